"""Expressions made of few parts that come up again and again: the trace joins all the same."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from derive.engine import Limits
from derive.engine.agenda import Worked, work_out
from derive.expressions import (
    ONE,
    TWO,
    ZERO,
    E,
    Expression,
    call,
    derivative,
    natural,
    negation,
    power,
    product_of,
    quotient,
    rational,
    replace,
    sum_of,
    symbol,
)  # fmt: skip
from derive.notation import parse
from derive.strategy import RULES

EXPONENTS = (TWO, natural(3), negation(ONE), rational(Fraction(1, 2)), ONE, ZERO, symbol("x"))
FUNCTIONS = ("sin", "cos", "ln", "sqrt", "exp", "abs", "tan")


def drawn(rng: random.Random) -> Expression:
    """An expression whose parts are drawn from what was made before."""
    x, y = symbol("x"), symbol("y")
    pool = [x, x, y, ONE, TWO, natural(3)]
    for _ in range(rng.randint(3, 9)):
        a, b, c = (rng.choice(pool) for _ in range(3))
        made = [
            sum_of([a, b]), sum_of([a, negation(b)]), product_of([a, b]), quotient(a, b), negation(a),
            power(a, rng.choice(EXPONENTS)), call(rng.choice(FUNCTIONS), a), product_of([a, b, c]), sum_of([a, b, c]),
            power(E, a),
        ]  # fmt: skip
        pool.append(rng.choice(made))
    e = pool[-1]
    shape = rng.random()
    if shape < 0.3:
        return sum_of([derivative(e, x), product_of([pool[-2], derivative(pool[-2], y)])])
    return derivative(derivative(e, x), x) if shape < 0.5 else derivative(e, x) if shape < 0.9 else e


def check_joins(worked: Worked) -> None:
    state = worked.problem
    seen = {state}
    for index, step in enumerate(worked.log):
        after = replace(state, step.before, step.after)
        assert after != state, f"{worked.problem}: step {index + 1}, {step.rule.id}: {step.before} is not in {state}"
        assert after not in seen, f"{worked.problem}: step {index + 1}, {step.rule.id}: {after} came before"
        seen.add(after)
        state = after
    assert worked.limit is not None or state == worked.result


@pytest.mark.parametrize("seed", range(10))
def test_traces_join(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(250):
        e = drawn(rng)
        if e.depth <= 13:
            check_joins(work_out(e, RULES, Limits(steps=3000)))


@pytest.mark.parametrize(
    "problem",
    [
        "d/dx((x + x) - (-(x + x)))",  # a bracket is worked out elsewhere while the sum it stands in is read
        "d/dx(15*((1 - x^2)^(3/2)/5 - x^2*(1 - x^2)^(3/2)/5)/(-60))",  # what replaced it is replaced in turn
        "d/dx(ln((x^2+1)^(1/4)/sqrt(x)+1)/8-ln((x^2+1)^(1/4)/sqrt(x)-1)/8+atan((x^2+1)^(1/4)/sqrt(x))/4)",  # twice
        "d/dx(d/dx(x*1*exp(x + x + 1)))",  # a part of what would be cited was replaced before
    ],
)
def test_traces_that_did_not_join(problem: str) -> None:
    check_joins(work_out(parse(problem), RULES))
