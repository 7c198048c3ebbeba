"""Differences are proved, identities accepted, domains noticed, and everything is repeatable."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from derive.expressions import ZERO, Equation, Expression, product_of, rational
from derive.notation.parser import parse
from derive.numeric import ball, compare, holds
from tests.strategies import differentiable, expressions

IDENTITIES = """
sin(x)^2 + cos(x)^2                 | 1
sqrt(x^2)                           | abs(x)
abs(x)*abs(x - 3)                   | abs(x^2 - 3*x)
x^(1/3)                             | cbrt(x)
(x^2)^(1/2)                         | abs(x)
e^(x + y)                           | e^x*e^y
ln(x^2)                             | 2*ln(abs(x))
(x + 1)^3                           | x^3 + 3*x^2 + 3*x + 1
atan(x) + acot(x)                   | pi/2
cosh(x)^2 - sinh(x)^2               | 1
d/dx(ln(abs(x)))                    | 1/x
d/dx(abs(x))                        | x/abs(x)
d/dx(x^x)                           | x^x*(ln(x) + 1)
d/dx(asin(x))                       | 1/sqrt(1 - x^2)
d/dx(acosh(x))                      | 1/(sqrt(x - 1)*sqrt(x + 1))
d/dx(x*floor(x))                    | floor(x)
d/dx(piecewise(x^2, x < 1, 2*x))    | piecewise(2*x, x < 1, 2)
d/dx(atan2(y, x))                   | -y/(x^2 + y^2)
sqrt(x - 2) + sqrt(2.001 - x)       | sqrt(2.001 - x) + sqrt(x - 2)
sqrt(x - 100000)                    | (x - 100000)^(1/2)
ln(x + 1/1000)*sqrt(-x)             | sqrt(-x)*ln(x + 1/1000)
d^4/dx^4(sin(x*sin(x)))             | d/dx(d/dx(d/dx(d/dx(sin(x*sin(x))))))
x - x                               | 0
factorial(x)                        | x*gamma(x)
mod(x, 5)                           | x - 5*floor(x/5)
max(x, y)                           | (x + y + abs(x - y))/2
(x + 1)^1000000                     | (1 + x)^1000000
2                                   | sqrt(4)
"""

FALSEHOODS = """
sqrt(x^2)                           | x
(x^2)^(1/2)                         | x
abs(x - 1/1000)                     | x - 1/1000
abs(x - 1/100)*abs(x - 2/100)       | -abs((x - 1/100)*(x - 2/100))
ln(-x)                              | ln(x)
x                                   | x + 1e-50
1e-80*x                             | 2e-80*x
x                                   | x + 1e-100
d/dx(x^2)                           | x
d/dx(sin(3*x))                      | cos(3*x)
d/dx(x^x)                           | x*x^(x - 1)
x^(1/3)                             | abs(x)^(1/3)
sqrt(10*x - 7)^2*abs(x - 0.701)     | (10*x - 7)*(x - 0.701)
2                                   | sqrt(4.0001)
[[x, y]]                            | [[x, x]]
[[x, y]]                            | [[x], [y]]
"""


def pairs(table: str) -> list[tuple[str, str]]:
    lines = [line.partition("|") for line in table.strip().splitlines()]
    return [(left.strip(), right.strip()) for left, _, right in lines]


@pytest.mark.parametrize(("left", "right"), pairs(IDENTITIES))
def test_identities_are_accepted(left: str, right: str) -> None:
    seen = compare(parse(left), parse(right))
    assert seen.verdict == "equal", seen
    assert seen.digits >= 30
    assert seen.precision_bits >= 128


@pytest.mark.parametrize(("left", "right"), pairs(FALSEHOODS))
def test_differences_are_proved_with_a_witness(left: str, right: str) -> None:
    seen = compare(parse(left), parse(right))
    assert seen.verdict == "different", seen
    assert seen.witness is not None
    place = {name: Fraction(q) for name, q in seen.witness["point"].items()}
    if not left.startswith("[") and "none" not in seen.witness["right"]:
        a, b = (ball(parse(text), place, 512) for text in (left, right))
        assert a != b


@pytest.mark.parametrize(
    ("left", "right", "domain"),
    [
        ("sqrt(x)*sqrt(y)", "sqrt(x*y)", "wider"),
        ("sqrt(x*y)", "sqrt(x)*sqrt(y)", "narrower"),
        ("d/dx(ln(x))", "1/x", "wider"),
        ("ln(x^2)", "2*ln(x)", "narrower"),
        ("tan(x)*cos(x)", "sin(x)", "same"),
        ("sqrt(x - 3)*sqrt(x - 4)", "sqrt((x - 3)*(x - 4))", "wider"),
    ],
)
def test_domains_are_compared(left: str, right: str, domain: str) -> None:
    seen = compare(parse(left), parse(right))
    assert (seen.verdict, seen.domain) == ("equal", domain)
    assert (seen.wider is not None) == (domain == "wider")
    assert (seen.narrower is not None) == (domain == "narrower")


def test_conditions_choose_the_points() -> None:
    left, right = parse("sqrt(x^2)"), parse("x")
    assert compare(left, right).verdict == "different"
    assert compare(left, right, conditions=[parse("x > 0")]).verdict == "equal"
    assert compare(left, right, conditions=[parse("x < 0")]).verdict == "different"
    narrow = [parse("x > 7"), parse("x < 7.001")]
    assert compare(left, right, conditions=narrow).verdict == "equal"


@pytest.mark.parametrize("text", ["atanh(sqrt(x^2 + 2))", "ln(-x^2 - 1)", "sqrt(-1)", "9^9^9^9"])
def test_without_a_point_nothing_is_claimed(text: str) -> None:
    seen = compare(parse(text), parse(text))
    assert seen.verdict == "unknown"
    assert seen.reason


def test_relations_have_truth() -> None:
    def truth(text: str, **at: int) -> bool | None:
        relation = parse(text)
        assert isinstance(relation, Equation)
        return holds(relation, at)

    assert truth("x < 2", x=1) is True
    assert truth("x < 2", x=2) is False
    assert truth("x <= 2", x=2) is True
    assert truth("x != 2", x=2) is False
    assert truth("sin(x)^2 + cos(x)^2 = 1", x=2) is None
    assert truth("ln(x) > 0", x=-2) is None


def test_a_comparison_can_be_repeated() -> None:
    left, right = parse("d/dx(f(x)*x^2)"), parse("f'(x)*x^2 + 2*x*f(x)")
    assert compare(left, right) == compare(left, right)


@given(expressions(), expressions())
def test_any_two_expressions_can_be_compared(a: Expression, b: Expression) -> None:
    compare(a, b)
    assert compare(a, a).verdict != "different"


@given(differentiable(("x", "y")))
def test_an_expression_differs_from_one_a_little_larger(e: Expression) -> None:
    larger = product_of((e, rational(1 + Fraction(1, 10**40))))
    assert compare(e, larger).verdict != "equal" or compare(e, ZERO).verdict == "equal"


def test_derivatives_of_order_n_are_judged_order_by_order() -> None:
    problem = parse("d^n/dx^n(e^(2*x))")
    assert compare(problem, parse("2^n*e^(2*x)")).verdict == "equal"
    assert compare(problem, parse("2*e^(2*x)")).verdict == "different"
    assert compare(parse("d^n/dx^n(x*e^x)"), parse("x*e^x + n*d^(n - 1)/dx^(n - 1)(e^x)")).verdict == "equal"
    logarithm = parse("(-1)^(n - 1)*factorial(n - 1)/x^n")
    assert compare(parse("d^n/dx^n(ln(x))"), logarithm, conditions=[parse("n >= 1")]).verdict == "equal"


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        ("implicit(x^2 + y^2 = 25, y, x)", "-x/y"),
        ("implicit(x^2 + y^2 = 25, y, x, 2)", "-1/y - x^2/y^3"),
        ("solve(2*x + 2*y*z = 0, z)", "-x/y"),
        ("solve(d/dx(x^2 + `y`(x)^2) = d/dx(25), y'(x))", "-x/y"),
        ("along(x*y, y, x, z)", "y + x*z"),
        ("parametric(t^2, t^3, t, 2)", "3/(4*t)"),
        ("inverse(x^3 + x, x, 1, 2)", "1/4"),
        ("tangent(x*y, x, 1, y, 2)", "2*x + y - 2"),
        ("taylor(e^x, x, 0, 3)", "1 + x + x^2/2 + x^3/6"),
        ("taylor(x*y, x, 0, y, 0, [[2]])", "x*y"),
        ("differential(x^2*y, x, y)", "2*x*y*`dx` + x^2*`dy`"),
    ],
)
def test_operators_of_curves_have_values(operator: str, value: str) -> None:
    assert compare(parse(operator), parse(value)).verdict == "equal"
    assert compare(parse(operator), parse(f"{value} + 1")).verdict == "different"
