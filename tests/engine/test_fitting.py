"""Matrices that are added or multiplied fit, or it is said why not."""

from __future__ import annotations

import re

import pytest

import derive
from derive.errors import DeriveError


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("d/dx ([x, 1] + [x, 2, 3])", "a 1×2 matrix and a 1×3 matrix cannot be added"),
        ("d/dx ([x, 1] - [x, 2, 3])", "a 1×2 matrix and a 1×3 matrix cannot be added"),
        ("d/dx ([x, x^2] + 1)", "a 1×2 matrix and a number cannot be added"),
        ("d/dx [x, x^2] - pi", "a 1×2 matrix and a number cannot be added"),
        ("d/dx ([[x, 1]]*[[x, 2]])", "a 1×2 matrix times a 1×2 matrix: 2 columns do not fit 1 rows"),
    ],
)
def test_shapes_that_do_not_fit(problem: str, told: str) -> None:
    with pytest.raises(DeriveError, match=re.escape(told)):
        derive.solve(problem)


@pytest.mark.parametrize(
    ("problem", "result"),
    [
        ("d/dx ([x, 1] + [x^2, 2])", "[[1 + 2*x, 0]]"),
        ("d/dx ([x, 1] - [x^2, x])", "[[1 - 2*x, -1]]"),
        ("d/dx ([[x, 1]]*[[x], [2]])", "2*x"),
        ("d/dx ([[x]] + 1)", "[[1]]"),
    ],
)
def test_shapes_that_fit(problem: str, result: str) -> None:
    assert derive.similar(str(derive.solve(problem).result), result)
