"""Inner functions that stand on one another: level by level, and the value is that of the function written out."""

from __future__ import annotations

import pytest

import derive
from derive.engine.composition import levels_of

CASES = [
    ("u*v", {"u": "v^2", "v": "sin(x)"}, ["x"], "3*sin(x)^2*cos(x)"),
    ("u^2", {"u": "v^3", "v": "sin(x)"}, ["x"], "6*sin(x)^5*cos(x)"),
    ("u^2", {"u": "v^3", "v": "sin(w)", "w": "x^2"}, ["x"], "12*x*sin(x^2)^5*cos(x^2)"),
    ("u*v*w", {"u": "v*w", "v": "w^2", "w": "x^3"}, ["x"], "18*x^17"),
    ("u + w", {"u": "w*v", "w": "v^2", "v": "x*y"}, ["x", "y"], "[[3*x^2*y^3 + 2*x*y^2, 3*x^3*y^2 + 2*x^2*y]]"),
]


@pytest.mark.parametrize(("f", "inner", "variables", "expected"), CASES)
def test_names_that_stand_on_names(f: str, inner: dict[str, str], variables: list[str], expected: str) -> None:
    d = derive.chain(f, inner, variables)
    assert (d.outcome, d.verification.verdict) == ("done", "agrees")
    assert derive.equivalent(d.result, expected)


def test_a_name_is_replaced_before_what_it_stands_on() -> None:
    d = derive.chain("u + w", {"u": "w*v", "w": "v^2", "v": "x*y"}, ["x", "y"])
    told = [{str(x): str(value) for x, value in level.items()} for level in levels_of(d.problem)]
    assert told == [{"u": "w*v"}, {"w": "v^2"}, {"v": "x*y"}]


def test_other_problems_have_no_levels() -> None:
    assert not list(levels_of(derive.solve("gradient sin(x*y)").problem))
