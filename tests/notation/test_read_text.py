"""Plain notation and Unicode: what people type, and the canonical text it becomes."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from derive.expressions import Call, Expression, Number, Product, Quotient, Sum, Symbol
from derive.notation import parse, parse_pattern
from tests.strategies import expressions

PLAIN = [
    ("x", "x"),
    ("2x sin(3x)", "2*x*sin(3*x)"),
    ("x(x+1)", "x*(x + 1)"),
    ("2(x+1)(x-1)", "2*(x + 1)*(x - 1)"),
    ("sin x cos x", "sin(x)*cos(x)"),
    ("sin 2x cos x", "sin(2*x)*cos(x)"),
    ("sin x y", "sin(x*y)"),
    ("sin x e^x", "sin(x)*e^x"),
    ("sin cos x", "sin(cos(x))"),
    ("sin -x", "sin(-x)"),
    ("sin x^2", "sin(x^2)"),
    ("sin^2 x", "sin(x)^2"),
    ("sin^2(x)y", "sin(x)^2*y"),
    ("sin^-1 x", "asin(x)"),
    ("sin^(-1)(x)", "asin(x)"),
    ("sin^-2 x", "sin(x)^(-2)"),
    ("sin x/2", "sin(x)/2"),
    ("sin x * y", "sin(x)*y"),
    ("e^x", "e^x"),
    ("e^-x^2", "e^(-x^2)"),
    ("e^sin x", "e^sin(x)"),
    ("2^-1/2", "2^(-1)/2"),
    ("2^3^x", "2^3^x"),
    ("x**2", "x^2"),
    ("x^{2}", "x^2"),
    ("a-b-c", "a - b - c"),
    ("a - -b", "a - (-b)"),
    ("2*-3", "2*(-3)"),
    ("-x^2", "-x^2"),
    ("a/b/c", "a/b/c"),
    ("a/b*c", "a/b*c"),
    ("1/2x", "1/2*x"),
    ("xy", "x*y"),
    ("xsin(x)", "x*sin(x)"),
    ("alpha beta", "alpha*beta"),
    ("2pi r", "2*pi*r"),
    ("x1 + x_2 + x_{12}", "x_1 + x_2 + x_12"),
    ("log(x)", "ln(x)"),
    ("log_2(x)", "log(x, 2)"),
    ("log_2 8x", "log(8*x, 2)"),
    ("log10(x)", "log(x, 10)"),
    ("log(x, b)", "log(x, b)"),
    ("x!", "factorial(x)"),
    ("x! != 2", "factorial(x) != 2"),
    ("|x|", "abs(x)"),
    ("|x|y|z|", "abs(x)*y*abs(z)"),
    ("||x| - |y||", "abs(abs(x) - abs(y))"),
    ("|sin x|", "abs(sin(x))"),
    ("ln|x|", "ln(abs(x))"),
    ("arctan2(y, x)", "atan2(y, x)"),
    ("gamma(x) + gamma", "gamma(x) + gamma"),
    ("f(x, y) + f'(x) + f''(g(x))", "f(x, y) + f'(x) + f''(g(x))"),
    ("D[1](f)(x, y)", "D[1](f)(x, y)"),
    ("y'(x)", "y'(x)"),
    ("x(s, t)", "x(s, t)"),
    ("`x`(t)", "`x`(t)"),
    ("`speed`*t", "`speed`*t"),
    ("0.50x + 1e-3", "0.50*x + 1e-3"),
    ("x mod 5", "mod(x, 5)"),
    ("[[1, x], [y, 2]]", "[[1, x], [y, 2]]"),
    ("[x, y]", "[[x, y]]"),
    ("d/dx x^2 + 1", "d/dx(x^2 + 1)"),
    ("d/dx(x^2) + 1", "d/dx(x^2) + 1"),
    ("d/dx (x+1)^2", "d/dx((x + 1)^2)"),
    ("d/dx (x+1)(x+2)", "d/dx(x + 1)*(x + 2)"),
    ("x d/dx x^2", "x*d/dx(x^2)"),
    ("d/dx d/dy x y", "d/dx(d/dy(x*y))"),
    ("d/dx delta*x", "d/dx(delta*x)"),
    ("d^2/dx^2 x^3", "d^2/dx^2(x^3)"),
    ("d^n/dx^n(e^x)", "d^n/dx^n(e^x)"),
    ("d/dspeed speed^2", "d/d`speed`(`speed`^2)"),
    ("dy/dx", "d/dx(`y`(x))"),
    ("d^2y/dx^2", "d^2/dx^2(`y`(x))"),
    ("diff(x^2*y, x, 2, y)", "∂^3/∂x^2∂y(x^2*y)"),
    ("D_x x^2", "d/dx(x^2)"),
    ("(x^2)'", "d/dx(x^2)"),
    ("sinc''(0)", "at(d^2/du^2(sinc(u)), u = 0)"),
    ("lim h->0 sin(h)/h", "lim h->0 (sin(h)/h)"),
    ("lim h->0+ (u)/h", "lim h->0+ (u)/h"),
    ("lim x->-infinity (e^x)", "lim x->(-infinity) (e^x)"),
    ("x^2|_{x=3}", "at(x^2, x = 3)"),
    ("piecewise(0, x < 0, 1)", "piecewise(0, x < 0, 1)"),
    ("a <= b", "a <= b"),
]
UNICODE = [
    ("−x", "-x"),
    ("2·x × y ÷ z", "2*x*y/z"),
    ("x² + x⁻¹ + x²ⁿ", "x^2 + x^(-1) + x^(2*n)"),
    ("√x + √(x+1)", "sqrt(x) + sqrt(x + 1)"),
    ("∛x", "cbrt(x)"),
    ("½x", "1/2*x"),
    ("sin ½x", "sin(1/2*x)"),
    ("x^½", "x^(1/2)"),
    ("2½", "2*(1/2)"),
    ("½²", "(1/2)^2"),
    ("πθ", "pi*theta"),
    ("α₁ + x₁₂", "alpha_1 + x_12"),
    ("log₂ x", "log(x, 2)"),
    ("sin²x", "sin(x)^2"),
    ("∂/∂x x²y", "∂/∂x(x^2*y)"),
    ("∂²/∂x∂y (x y)", "∂^2/∂x∂y(x*y)"),
    ("d²/dθ² cos θ", "d^2/dtheta^2(cos(theta))"),
    ("f′(x) + f″(x)", "f'(x) + f''(x)"),
    ("⌊x⌋ + ⌈x⌉", "floor(x) + ceil(x)"),
    ("x ≤ 2", "x <= 2"),
    ("𝑥 + 𝐲", "x + y"),
    ("2\u202fx", "2*x"),
]


@pytest.mark.parametrize(("typed", "canonical"), PLAIN + UNICODE)
def test_reading(typed: str, canonical: str) -> None:
    assert str(parse(typed)) == canonical


@pytest.mark.parametrize("canonical", [row[1] for row in PLAIN + UNICODE])
def test_canonical_text_reads_as_itself(canonical: str) -> None:
    assert str(parse(canonical)) == canonical


@given(expressions())
@example(Product((Quotient((Symbol((), "a"), Symbol((), "b"))), Symbol((), "c"))))
@example(Sum((Sum((Symbol((), "a"), Symbol((), "b"))), Symbol((), "c"))))
@example(Call((Symbol((), "u"),), ("sin", (2,))))
def test_every_expression_reads_back(e: Expression) -> None:
    assert parse(str(e)) == e


def test_trees_are_as_written() -> None:
    x, y = Symbol((), "x"), Symbol((), "y")
    two = Number((), 2)
    assert parse("2*x*y") == Product((two, x, y))
    assert parse("2*(x*y)") == Product((two, Product((x, y))))
    assert parse("(2*x)*y") == Product((Product((two, x)), y))
    assert parse("2 + 2") == Sum((two, two))


def test_names_of_several_letters() -> None:
    assert str(parse("xy + xy^2", names={"xy"})) == "`xy` + `xy`^2"
    assert str(parse("2e + pi", names={"e"})) == "2*`e` + pi"


@pytest.mark.parametrize(
    "pattern",
    ["d/d?x(?u*?v)", "??rest*?u", "?f(?u)", "?f'(?g(?x))", "d^?n/d?x^?n(?u)", "?u^(?n - 1)", "at(?u, ?x = ?a)"],
)
def test_patterns(pattern: str) -> None:
    assert str(parse_pattern(pattern)) == pattern
