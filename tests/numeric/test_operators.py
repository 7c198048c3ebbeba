"""Derivative operators, evaluation at a point and limits have values without any rule."""

from __future__ import annotations

from contextlib import suppress

import mpmath as mp
import pytest
from hypothesis import given

from derive.errors import DomainError, LimitError
from derive.expressions import Expression, derivative, symbol
from derive.notation.parser import parse
from derive.numeric import compare, evaluate
from tests.strategies import differentiable


@pytest.mark.parametrize(
    ("text", "point", "value"),
    [
        ("d/dx(x^2)", {"x": 3}, 6),
        ("d^10/dx^10(x^10)", {"x": "0.5"}, 3628800),
        ("d/dx(d/dx(x^3))", {"x": 2}, 12),
        ("d/dx(x*d/dx(x^3))", {"x": 2}, 36),
        ("x + d/dx(x^2)*d/dy(y^3)", {"x": 2, "y": 3}, 110),
        ("d/dx(y)", {"x": 2, "y": 3}, 0),
        ("d^0/dx^0(x^2)", {"x": 3}, 9),
        ("∂^2/∂x∂y(x^2*y^3)", {"x": 2, "y": 3}, 108),
        ("∂^3/∂x^2∂y(x^2*y^3)", {"x": 2, "y": 3}, 54),
        ("∂/∂x(y*∂/∂y(x^2*y^3))", {"x": 2, "y": 3}, 324),
        ("∂/∂z(∂^2/∂x∂y(x*y*z^2))", {"x": 2, "y": 3, "z": 5}, 10),
        ("at(x^2 + y, x = 3)", {"y": 1}, 10),
        ("at(d/dw(w^3), w = 2*x)", {"x": 1}, 12),
        ("d/dx(at(d/dw(w^3), w = 2*x))", {"x": 1}, 24),
        ("d/dx(at(d/dw(w^3*x), w = x^2))", {"x": 2}, 240),
        ("at(at(d/dx(x^3), x = y), y = 2)", {}, 12),
        ("at(∂^2/∂u∂v(u^2*v^3), u = x, v = x)", {"x": 2}, 48),
        ("sqrt(x)*d/dx(x^2)", {"x": 0}, 0),
        ("lim h->0 (((x + h)^2 - x^2)/h)", {"x": 3}, 6),
        ("lim h->0 ((sqrt(x + h) - sqrt(x))/h)", {"x": 4}, 0.25),
        ("lim x->0 (sin(x)/x)", {}, 1),
        ("lim x->0 ((1 - cos(x))/x^2)", {}, 0.5),
        ("lim x->2 ((x^2 - 4)/(x - 2))", {}, 4),
        ("lim x->2 (x^2)", {}, 4),
        ("lim h->0+ (abs(h)/h)", {}, 1),
        ("lim h->0- (abs(h)/h)", {}, -1),
        ("lim x->infinity (x/(2*x + 1))", {}, 0.5),
        ("lim x->-infinity (x/abs(x))", {}, -1),
        ("lim h->0 (lim k->0 ((1 + k)*2))", {}, 2),
        ("piecewise(d/dx(x^2), x > 0, ln(x))", {"x": 3}, 6),
        ("d^n/dx^n(x^2)", {"x": 2, "n": 2}, 2),
    ],
)  # fmt: skip
def test_operators_have_values(text: str, point: dict[str, str | int], value: float) -> None:
    assert evaluate(parse(text), point) == pytest.approx(value, rel=1e-15, abs=1e-300)


@pytest.mark.parametrize(
    "text",
    [
        "lim h->0 (abs(h)/h)", "lim h->0 (1/h)", "lim x->infinity (x)", "lim x->2 (floor(x))",
        "d^1000/dx^1000(x^2)", "infinity", "[[1, 2]] + 1",
    ],
)  # fmt: skip
def test_what_has_no_value_says_so(text: str) -> None:
    with pytest.raises(DomainError):
        evaluate(parse(text), {"x": 2, "n": 2})


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("d/dx(f(g(x)))", "f'(g(x))*g'(x)"),
        ("d^2/dx^2(f(x^2))", "2*f'(x^2) + 4*x^2*f''(x^2)"),
        ("∂/∂x(f(x*y, x + y))", "D[1](f)(x*y, x + y)*y + D[2](f)(x*y, x + y)"),
        ("∂^2/∂x∂y(f(x, y))", "D[1,2](f)(x, y)"),
        ("∂^2/∂x∂y(f(x, y))", "∂^2/∂y∂x(f(x, y))"),
        ("d/dt(f(g(t), h(t)))", "D[1](f)(g(t), h(t))*g'(t) + D[2](f)(g(t), h(t))*h'(t)"),
        ("lim h->0 ((f(x + h) - f(x))/h)", "f'(x)"),
        ("lim h->0 ((f'(x + h) - f'(x))/h)", "f''(x)"),
        ("lim h->0 ((f(x + h, y) - f(x, y))/h)", "D[1](f)(x, y)"),
        ("lim h->0 ((D[2](f)(x + h, y) - D[2](f)(x, y))/h)", "D[1,2](f)(x, y)"),
        ("d/dx(sin(x))", "at(d/dw(sin(w)), w = x)"),
        ("sin'(x)", "cos(x)"),
        ("d/dx([[x^2, sin(x)]])", "[[2*x, cos(x)]]"),
        ("[[1, x], [0, 1]]*[[x], [1]]", "[[2*x], [1]]"),
    ],
)  # fmt: skip
def test_abstract_functions_and_operators_are_consistent(left: str, right: str) -> None:
    assert compare(parse(left), parse(right)).verdict == "equal"


def test_an_abstract_function_is_no_other_one() -> None:
    for left, right in [("f(x)", "g(x)"), ("f'(x)", "f(x)"), ("f(x, y)", "f(y, x)"), ("f(x)", "f(x, x)")]:
        assert compare(parse(left), parse(right)).verdict == "different"


@given(differentiable())
def test_series_agree_with_differences_of_values(e: Expression) -> None:
    """60-digit differences of values, on random expressions, wherever both exist."""
    x = symbol("x")
    for place in ("0.71", "-1.37", "2.19"):
        with suppress(DomainError, LimitError), mp.workdps(80):  # no value is no counterexample
            found = mp.mpf(str(evaluate(derivative(e, x), {"x": place}, digits=25)))
            h, centre = mp.mpf(10) ** -25, mp.mpf(place)
            left, middle, right = (
                mp.mpf(str(evaluate(e, {"x": mp.nstr(centre + s * h, 70)}, digits=75))) for s in (-1, 0, 1)
            )
            scale = max(1, abs(found), abs(left + right - 2 * middle) / h**2)
            assert scale > 1e8 or abs((right - left) / (2 * h) - found) <= mp.mpf("1e-12") * scale, place


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("lim h->0+ (sqrt(h))", 0),
        ("lim h->0+ (sqrt(h)*cbrt(h)/h^(5/6))", 1),
        ("lim h->0+ (sqrt(h + h^2)/sqrt(h))", 1),
        ("lim h->0 (cbrt(h^3 + h^4)/h)", 1),
        ("lim x->infinity (atan(x))", 1.5707963267948966),
        ("lim x->-infinity (atan(x))", -1.5707963267948966),
        ("lim x->infinity (x^3*e^(-x))", 0),
        ("lim x->infinity (erf(x))", 1),
        ("lim x->infinity (sqrt(x^2 + x) - x)", 0.5),
        ("lim n->infinity ((1 + 2/n)^n)", 7.38905609893065),
        ("lim x->0 ((e^x - 1 - x)/x^2)", 0.5),
    ],
)
def test_limits_at_infinity_and_of_roots(text: str, value: float) -> None:
    assert evaluate(parse(text), {}) == pytest.approx(value, rel=1e-15, abs=1e-300)


def test_an_abstract_function_may_be_given() -> None:
    given = {"f": (("t",), parse("t^3"))}
    assert compare(parse("d/dx(f(x^2))"), parse("6*x^5"), functions=given).verdict == "equal"
    assert compare(parse("f''(x)"), parse("6*x"), functions=given).verdict == "equal"
