"""Parts under numbers: children first, one number for equal parts, however they were made."""

from __future__ import annotations

from typing import Any

import pytest

from derive import parse
from derive.expressions import Expression, Interner, Parts, base, call, negation, postorder, product_of, sum_of, symbol

TEXTS = ("x", "sin(x*y)^2 + x*y - cos(x*y)/y", "-(2*x)^(1/2) + piecewise(x, x < 0, -x)", "[[x, y], [x*y, x]]")


@pytest.mark.parametrize("text", TEXTS)
def test_numbers_are_places_in_the_walk_children_first(text: str) -> None:
    e = Interner().intern(parse(text))
    parts = Parts([e])
    assert parts.nodes == postorder(e)
    assert [tuple(parts.nodes[c] for c in made_of) for made_of in parts.children] == [n.arguments for n in parts.nodes]
    assert parts.roots == (len(parts.nodes) - 1,)
    assert {name: str(parts.nodes[i]) for name, i in parts.letters.items()} == {
        str(n): str(n) for n in postorder(e) if n.kind == "symbol"
    }


def test_equal_parts_that_are_different_objects_have_one_number() -> None:
    def product() -> Expression:
        return product_of([symbol("x"), negation(symbol("y"))])

    parts = Parts([sum_of([product(), call("sin", product())]), product()])
    assert [str(n) for n in parts.nodes] == ["x", "y", "-y", "x*(-y)", "sin(x*(-y))", "x*(-y) + sin(x*(-y))"]
    assert parts.roots == (5, 3)


def test_different_parts_with_the_same_hash_keep_their_own_numbers() -> None:
    alike: list[Any] = [symbol("x"), symbol("y"), symbol("y"), symbol("z")]
    for e in alike:
        base._set_hash(e, 7)
    parts = Parts([sum_of(alike)])
    assert [str(n) for n in parts.nodes[:3]] == ["x", "y", "z"]
    assert parts.children[-1] == (0, 1, 1, 2)


def test_equal_chains_made_twice_are_compared_once() -> None:
    def chain() -> Expression:
        e = symbol("x")
        for _ in range(20_000):
            e = call("sin", e)
        return e

    assert len(Parts([sum_of([chain(), chain(), symbol("x")])]).nodes) == 20_002
