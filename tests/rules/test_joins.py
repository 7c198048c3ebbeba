"""The derivative at one point, from both sides: what kind of point it is, and the slopes."""

from __future__ import annotations

import re

import pytest

from derive.notation import parse
from derive.rules import Facts
from derive.rules.joins import derivative_at, points_of

JOINS = """
x*abs(x)                                   0        1  smooth     0            0
abs(x)                                     0        1  corner     -1           1
abs(x)^3                                   0        2  smooth     0            0
abs(x)^3                                   0        3  corner     -6           6
x^2*sign(x)                                0        1  smooth     0            0
sqrt(abs(x))                               0        1  cusp       None         None
sqrt(x^4)                                  0        1  smooth     0            0
cbrt(x)                                    0        1  vertical   None         None
x^(4/3)                                    0        1  smooth     0            0
x^(4/3)                                    0        2  vertical   None         None
x*sqrt(x)                                  0        1  edge       None         0
sqrt(x)                                    0        1  vertical   None         None
floor(x)                                   1        1  jump       None         None
floor(x)*(x - 1)                           1        1  corner     0            1
mod(x, 5)                                  5        1  jump       None         None
piecewise(x^2, x < 1, 2*x - 1)             1        1  smooth     2            2
piecewise(x^2, x < 1, x)                   1        1  corner     2            1
piecewise(e^x, x < 1, e*x)                 1        1  smooth     e            e
piecewise(sin(x)/x, x != 0, 1)             0        2  smooth     -1/3         -1/3
sinc(x)                                    0        4  smooth     1/5          1/5
piecewise(x^2*sin(1/x), x != 0, 0)         0        1  smooth     0            0
piecewise(x*sin(1/x), x != 0, 0)           0        1  unknown    None         None
piecewise(x*atan(1/x), x != 0, 0)          0        1  corner     -pi/2        pi/2
piecewise(e^(-1/x^2), x != 0, 0)           0        3  smooth     0            0
piecewise(x^2*ln(abs(x)), x != 0, 0)       0        1  smooth     0            0
asin(x)                                    1        1  vertical   None         None
asin(2*x/(1 + x^2))                        1        1  corner     1            -1
max(x^2, x^3)                              0        1  smooth     0            0
relu(x)^2                                  0        1  smooth     0            0
abs(x - a)*(x - a)                         a        1  smooth     0            0
piecewise(a*x^2, x < 1, b*x)               1        1  unknown    None         None
abs(x^2 - 2)                               sqrt(2)  1  corner     -2*sqrt(2)   2*sqrt(2)
abs(sin(x))                                pi       1  corner     -1           1
sqrt(1 - cos(x))                           0        1  corner     -sqrt(2)/2   sqrt(2)/2
f(x*abs(x))                                0        1  smooth     0            0
f(abs(x))                                  0        1  unknown    None         None
ln(abs(x))                                 0        1  undefined  None         None
cosh(sqrt(abs(x)))                         0        1  corner     -1/2         1/2
log_2(1 + abs(x))                          0        1  corner     -1/ln(2)     1/ln(2)
gamma(1 + abs(x))                          0        1  unknown    None         None
"""

POINTS = """
x != 0                   0
2*x - 6 != 0             3
x != x^2                 0; 1
x^2 - 2 != 0             sqrt(2); -sqrt(2)
x^2 + 1 != 0             nothing
6*x^2 + x - 1 != 0       -1/2; 1/3
x - a != 0               a
sin(x) != 0              unknown
x*y != 0                 0
"""


def rows(table: str) -> list[list[str]]:
    return [re.split(r" {2,}", line) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("f", "point", "order", "kind", "left", "right"), rows(JOINS))
def test_joins(f: str, point: str, order: str, kind: str, left: str, right: str) -> None:
    found = derivative_at(parse(f), parse("x"), parse(point), int(order))
    assert (found.kind, str(found.left), str(found.right)) == (kind, left, right)


@pytest.mark.parametrize(("relation", "expected"), rows(POINTS))
def test_points(relation: str, expected: str) -> None:
    found = points_of(parse(relation), parse("x"), Facts())
    assert ("unknown" if found is None else "; ".join(map(str, found)) or "nothing") == expected


def test_what_is_too_much_is_not_known() -> None:
    wide = "+".join(f"abs(x)*sin({n}*x)" for n in range(300))
    assert derivative_at(parse(wide), parse("x"), parse("0")).kind == "unknown"
    deep = "abs(" * 500 + "x" + ")" * 500
    assert derivative_at(parse(deep), parse("x"), parse("0")).kind == "unknown"
    assert derivative_at(parse("abs(x)"), parse("x"), parse("0"), 7).kind == "unknown"
