"""The last line is what a book prints: nothing is left in it that the tidy form would write shorter."""

from __future__ import annotations

import pytest

import derive

LAST_LINES = [
    ("d/dx (x - tan(x) + tan(x)^3/3)", "tan(x)^4"),
    ("d/dx (cot(x)^2/2 - cot(x)^4/4 + ln(sin(x)))", "cot(x)^5"),
    ("d/dx (sin(x) - 2*sin(x)^3/3 + sin(x)^5/5)", "cos(x)^5"),
    ("d/dx sin(x)*cos(x)", "cos(2*x)"),
    ("d/dx ln(x + 1/x)", "(x^2 - 1)/(x*(x^2 + 1))"),
    ("d/dx x*sqrt(x)", "3*sqrt(x)/2"),
    ("d/dx 2*atanh(x/sqrt(x + x^2))", "1/sqrt(x + x^2)"),
    (
        "d/dx (2*a*atanh((a + b*tan(x/2))/sqrt(a^2 - b^2))/(b*sqrt(a^2 - b^2)) - atanh(cos(x))/b)",
        "1/(sin(x)*(a*sin(x) + b))",
    ),
]


@pytest.mark.parametrize(("problem", "last"), LAST_LINES)
def test_last_line(problem: str, last: str) -> None:
    result = derive.solve(problem, wrt="x").result
    assert str(result) == last
    assert derive.simplify(result).result == result
