"""Roots in rational forms: a radicand that is nothing is left alone."""

from __future__ import annotations

from derive import simplify


def test_a_radicand_that_comes_to_nothing_ends() -> None:
    found = simplify("3*(1/(4*root(2*(x - x)^(1/2), 4)^3)) + x^2")
    assert found.outcome in ("done", "stuck")
