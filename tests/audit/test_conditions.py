"""Conditions that the audit found to be stronger than needed, each pinned by the problem that showed it."""

from __future__ import annotations

import pytest

from derive import solve
from derive.audit.detectors import defects


@pytest.mark.parametrize(
    ("problem", "needed"),
    [
        ("simplify x^(2 + 3)", []),
        ("d/dx x^(2 + 3)", []),
        ("d/dx sin(x)^(1 + 1)", []),
        ("d/dx x^(1/3 - 1)", ["x != 0"]),
        ("simplify x^(1 - 1)", ["x != 0"]),
        ("d/dx x^a", ["x > 0"]),
        ("simplify x^2*x^y", ["x > 0"]),
    ],
)
def test_an_exponent_that_is_a_number_is_known_to_be_one(problem: str, needed: list[str]) -> None:
    d = solve(problem)
    assert [str(c) for c in d.conditions] == needed
    assert not list(defects(d))
