"""A limit is a limit: the time is looked at inside every loop, and what was done until then is a derivation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import derive
from derive.expressions import (
    ONE,
    TWO,
    Expression,
    call,
    natural,
    product_of,
    quotient,
    replace,
    sum_of,
    symbol,
    tree_size,
)  # fmt: skip
from derive.rules import clock
from tests.work import Counting

X = symbol("x")


def nest(step: Callable[[Expression, int], Expression], n: int) -> Expression:
    e = X
    for k in range(n):
        e = step(e, k)
    return e


def plus(k: int) -> Expression:
    return sum_of([X, natural(k)])


HOSTILE = {
    "the agenda": lambda: nest(lambda e, k: call("sin", e), 8_000),
    "the tidying walk": lambda: nest(lambda e, k: sum_of([product_of([X, call("sin", e)]), e]), 400),
    "a product of products that are one object": lambda: nest(lambda e, k: product_of([e, e]), 40),
    "a sum of sums that are one object": lambda: nest(lambda e, k: sum_of([e, call("sin", e), e]), 40),
    "brackets multiplied out": lambda: product_of([plus(k) for k in range(1, 1_500)]),
    "factors compared": lambda: product_of([call("sqrt", plus(k)) for k in range(1_000)]),
    "identities in a sum": lambda: product_of([call("sin", plus(k)) for k in range(1_000)]),
    "fractions added": lambda: sum_of([quotient(ONE, plus(k)) for k in range(2_000)]),
    "fractions in fractions": lambda: nest(lambda e, k: quotient(ONE, sum_of([X, e])), 2_000),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_seconds_end_every_loop(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock that goes on with every line: at most 0.15 s after the end, whatever else the machine does."""
    e = HOSTILE[kind]()
    with Counting() as counting:
        monkeypatch.setattr(clock, "monotonic", counting.time)
        d = derive.differentiate(e, "x", limits=derive.Limits(seconds=0.2))
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "seconds")
    assert 0.2 < counting.time() < 0.35


def test_what_was_done_until_then_is_a_derivation() -> None:
    e = nest(lambda e, k: product_of([X, call("sin", e)]), 30)
    whole = derive.differentiate(e, "x")
    d = derive.differentiate(e, "x", limits=derive.Limits(steps=70))
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "steps")
    assert [s.rule for s in d.steps] == [s.rule for s in whole.steps][: len(d.steps)]
    state = d.problem
    for step in d.steps:
        state = replace(state, step.before, step.after)
    assert state == d.states[-1] == d.result
    assert "too many steps" in d.render("text")


def test_nodes_are_counted_once_each() -> None:
    """x*x as one object, squared 18 times: 262,144 leaves, 20 nodes."""
    e = nest(lambda e, k: call("f", e, e), 18)
    assert tree_size(e) > 2**18
    assert derive.differentiate(e, "x", limits=derive.Limits(nodes=2_000)).outcome == "done"
    d = derive.differentiate(e, "x", limits=derive.Limits(nodes=60))
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "nodes")


def test_parts_of_a_bracket_count_as_nodes() -> None:
    e = nest(lambda e, k: product_of([e, e]), 24)
    d = derive.simplify(e, limits=derive.Limits(nodes=10_000))
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "nodes")


def test_a_finished_derivation_has_no_deadline() -> None:
    d = derive.differentiate("ln(x)/sqrt(x - 1)", "x", limits=derive.Limits(seconds=5))
    assert [str(c) for c in d.conditions] == ["x > 1"]
    assert derive.differentiate(power_of_two(9), "x", limits=derive.Limits(seconds=0.0)).outcome.limit == "seconds"


def power_of_two(n: int) -> Expression:
    return product_of([TWO] * n)


def test_a_number_has_at_most_so_many_bits() -> None:
    d = derive.solve("simplify 2^500*x", limits=derive.Limits(bits=500))
    assert (d.outcome.kind, d.outcome.limit, len(d.steps)) == ("budget", "bits", 1)
    d = derive.solve("simplify 2^500*x", limits=derive.Limits(bits=501))
    assert (d.outcome.kind, str(d.result)) == ("done", f"{2**500}*x")
    assert str(derive.solve("simplify 2^10001*x").result) == "2^10001*x", "a power beyond 10,000 bits is never taken"
