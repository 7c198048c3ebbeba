"""Which sign a part has, whatever its letters are."""

from __future__ import annotations

import pytest

import derive
from derive.rules.bounds import bounds_of


@pytest.mark.parametrize(
    "text",
    [
        "x + sqrt(x^2 + 1)",
        "sqrt(x^2 + 1) - x",
        "sqrt(1 + 4*x^2) + 2*x",
        "x*y/2 + sqrt((x*y)^2 + 1)",
        "x + sqrt(2*x^2 + pi)",
    ],
)
def test_a_root_outweighs_what_is_squared_in_it(text: str) -> None:
    assert bounds_of(derive.parse(text), {}).positive


@pytest.mark.parametrize(
    "text", ["x + sqrt(x^2 - 1)", "x + sqrt(x^2)", "2*x + sqrt(x^2 + 1)", "x + sqrt(x^2 + y)", "x + y + sqrt(x^2 + 1)"]
)
def test_where_it_does_not_nothing_is_said(text: str) -> None:
    assert not bounds_of(derive.parse(text), {}).positive


def test_the_logarithm_of_asinh_needs_nothing() -> None:
    d = derive.solve("d/dx ln(x + sqrt(x^2 + 1))")
    assert str(d.result) == "1/sqrt(x^2 + 1)"
    assert d.conditions == ()
