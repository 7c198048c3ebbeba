"""The trace is that of the naive engine, which rescans the state after every step.

Where nothing is cited the two agree step by step: the same rule, the same left side, the same right side. Where a part
comes up again after it was worked out, the engine quotes that work in one step and the naive engine repeats it; then
they agree up to the first quotation, and in the result.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from derive.engine import Limits
from derive.engine.agenda import CITE, work_out
from derive.expressions import Expression, tree_size
from derive.notation import parse, text
from derive.strategy import RULES
from tests.engine.naive import TooLong, rewritings
from tests.engine.test_sharing import drawn

PLAIN = replace(RULES, form="")  # polishing plans its steps: they are not found one by one


def small(seed: int) -> Iterator[Expression]:
    rng = random.Random(seed)
    for _ in range(60):
        e = drawn(rng)
        if e.depth <= 6 and tree_size(e) <= 60:
            yield e


def check_same(e: Expression) -> bool:
    """Whether the traces agree to the end; they are compared as far as they have to."""
    worked = work_out(e, PLAIN, Limits(steps=400))
    if worked.limit is not None:
        return False
    try:
        expected, last = rewritings(e, PLAIN)
    except TooLong:
        return False
    quoted = [i for i, step in enumerate(worked.log) if step.rule is CITE]
    until = quoted[0] if quoted else max(len(expected), len(worked.log))
    steps = [(step.rule.id, step.before, step.after) for step in worked.log[:until]]
    for number, (step, wanted) in enumerate(zip(steps, expected[:until], strict=True), 1):
        assert step == tuple(wanted), f"{text(e)}: step {number} is {step[0]}, not {wanted.rule}"
    assert worked.result == last
    return not quoted


@pytest.mark.parametrize("seed", range(6))
def test_the_trace_is_that_of_the_naive_engine(seed: int) -> None:
    same = [check_same(e) for e in small(seed)]
    assert len(same) > 20
    assert sum(same) > len(same) * 0.9


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 500))
def test_the_trace_is_that_of_the_naive_engine_every_night(seed: int) -> None:
    for e in small(seed):
        check_same(e)


@pytest.mark.parametrize(
    "problem",
    [
        "d/dx(d/dx((x - y)/x))",  # what becomes a bracket while it is tidied is tidied to the end
        "d/dx(d/dx((sin(x)*sin(x))*3*y))",  # an operator waits for a tidy operand
        "d/dx(y*(2*x*1)^(-1))",
        "d/dx(sin(cos(exp(x))))",  # signs come out of a nest at once
        "d/dx(sin(cos(x)*(-x))*tan(x))",
    ],
)
def test_traces_that_are_easily_different(problem: str) -> None:
    assert check_same(parse(problem))


def test_a_quotation_replaces_what_the_naive_engine_repeats() -> None:
    e = parse("d/dx(sin(x^2)*d/dx(exp(sin(x^2))))")
    worked = work_out(e, PLAIN)
    expected, last = rewritings(e, PLAIN)
    assert worked.result == last
    assert any(step.rule is CITE for step in worked.log)
    assert len(worked.log) < len(expected)
