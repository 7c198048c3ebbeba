"""Where parts stand while an expression is rewritten: the same as looked for in each state anew."""

from __future__ import annotations

from random import Random

import pytest

import derive
from derive import parse
from derive.expressions import Expression, Places, occurrences, postorder, replace

PROBLEMS = (
    "d/dx x^2*sin(3x)", "d^3/dx^3 x*sin(x)*e^x", "d/dx sin(cos(exp(sin(cos(exp(x))))))", "hessian x^2*y + sin(x*y)",
    "gradient x*y*z + sin(x*y*z)^2", "simplify (x + 1)^2 - x^2 + sin(x)^2 + cos(x)^2",
)  # fmt: skip


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_places_of_a_derivation_are_those_in_its_states(problem: str) -> None:
    d = derive.solve(problem)
    for step in reversed(d.steps):
        assert (step.path, step.places) == occurrences(d.states[step.index], step.before)
    assert d.states.last() == d.result


LEAVES = ("x", "y", "sin(x)", "x*y", "2", "sin(x)*y + x", "f(x, x, y)", "y + sin(sin(x))")


@pytest.mark.parametrize("seed", range(40))
def test_any_part_may_become_anything(seed: int) -> None:
    """Also what is there already, what it is made of, and what it is part of."""
    random = Random(seed)
    state = parse("sin(x)*y + f(x, sin(x), y*sin(x)) + sin(sin(x))^2")
    places = Places(state)
    for _ in range(12):
        nodes = postorder(state)
        before = random.choice(nodes)
        after = random.choice([*nodes, *map(parse, LEAVES), replace(parse("g(x)*x"), parse("x"), before)])
        if len(postorder(after)) > 60 or after == before:
            continue
        for part in nodes:
            assert places.place(part) == occurrences(state, part)
        state = replace(state, before, after)
        assert places.rewrite(before, after)
        assert places.is_whole(state)
        assert places.whole() == state


def test_what_does_not_stand_there_is_not_rewritten() -> None:
    places = Places(parse("sin(x) + y"))
    assert places.place(parse("cos(x)")) is None
    assert not places.rewrite(parse("sin(y)"), parse("x"))
    assert places.whole() == parse("sin(x) + y")
    assert places.is_at(parse("x"), (0, 0))
    assert not places.is_at(parse("y"), (0, 0))
    with pytest.raises(IndexError):
        places.is_at(parse("x"), (0, 1))


def test_a_chain_costs_what_is_rewritten() -> None:
    e: Expression = parse("x")
    for _ in range(20_000):
        e = derive.expressions.call("sin", e)
    places = Places(e)
    old = parse("x")
    for k in range(2_000):
        new = derive.expressions.call("f", derive.expressions.natural(k))
        assert places.rewrite(old, new)
        old = new
    assert places.place(old) == ((0,) * 20_000, 1)
