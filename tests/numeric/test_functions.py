"""Every function of the table: values and series against mpmath, and the edges of its domain."""

from __future__ import annotations

from fractions import Fraction

import mpmath as mp
import pytest

from derive.errors import DomainError
from derive.expressions import Derivative, Expression, call, make, natural, rational, symbol
from derive.functions import FUNCTIONS
from derive.notation.parser import parse
from derive.numeric import evaluate
from tests.numeric.oracle import DEFAULT, ORACLE, PLACES

STEPPED = {"floor", "ceil", "sign", "abs", "relu", "min", "max", "mod"}  # mpmath's differences are exact on pieces too


def applied(name: str, arguments: tuple[str, ...]) -> Expression:
    return call(name, *[rational(Fraction(a)) for a in arguments])


def test_every_row_has_an_oracle() -> None:
    assert set(ORACLE) == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_values_agree_with_mpmath(name: str) -> None:
    for arguments in PLACES.get(name, DEFAULT):
        with mp.workdps(60):
            expected = mp.nstr(ORACLE[name](*[mp.mpf(a) for a in arguments]), 50, strip_zeros=False)
        found = evaluate(applied(name, arguments), {}, digits=50)
        assert abs(found - type(found)(expected)) <= type(found)("1e-47") * max(1, abs(found)), (name, arguments)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_series_agree_with_differences(name: str) -> None:
    """Orders 1 to 4 in each argument, against mpmath's differences of values at 90 digits."""
    for arguments in PLACES.get(name, DEFAULT):
        for k in range(len(arguments)):
            if name in ("root", "polygamma") and k == (name == "root"):
                continue  # an index, not a variable
            x = symbol("x")
            operand = call(name, *[x if i == k else rational(Fraction(a)) for i, a in enumerate(arguments)])
            for order in range(1, 5):
                found = evaluate(make(Derivative, (operand, x, natural(order)), False), {"x": arguments[k]})
                with mp.workdps(90):
                    numbers = [mp.mpf(a) for a in arguments]

                    def along(t: object, k: int = k, numbers: list[object] = numbers) -> object:
                        return ORACLE[name](*[t if i == k else n for i, n in enumerate(numbers)])

                    expected = mp.diff(along, numbers[k], order)
                assert abs(found - float(expected)) <= 1e-9 * max(1.0, abs(found)), (name, arguments, k, order)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("asin(x)", "1.01"),
        ("acos(x)", "-1.01"),
        ("asec(x)", "0.5"),
        ("acsc(x)", "0"),
        ("acosh(x)", "0.99"),
        ("atanh(x)", "1"),
        ("acoth(x)", "1"),
        ("asech(x)", "0"),
        ("asech(x)", "1.5"),
        ("acsch(x)", "0"),
        ("ln(x)", "0"),
        ("ln(x)", "-1"),
        ("log(x, 1)", "2"),
        ("log(2, x)", "-1"),
        ("sqrt(x)", "-1e-30"),
        ("root(x, 4)", "-1"),
        ("x^(1/4)", "-1"),
        ("x^0.5", "-1"),
        ("x^x", "-0.5"),
        ("x^pi", "-1"),
        ("1/x", "0"),
        ("x^(-2)", "0"),
        ("0^x", "0"),
        ("x^0", "0"),
        ("gamma(x)", "0"),
        ("gamma(x)", "-3"),
        ("digamma(x)", "-2"),
        ("factorial(x)", "-1"),
        ("polygamma(1, x)", "0"),
        ("coth(x)", "0"),
        ("csch(x)", "0"),
        ("cot(x)", "0"),
        ("csc(x)", "0"),
        ("tan(pi/2 + x)", "0"),
        ("mod(1, x)", "0"),
        ("atan2(x, x)", "0"),
        ("piecewise(1, x < 0)", "0"),
        ("d/dx(abs(x))", "0"),
        ("d/dx(sqrt(x))", "0"),
        ("d/dx(floor(x))", "3"),
        ("d/dx(asin(x))", "1"),
        ("d/dx(cbrt(x))", "0"),
        ("d/dx(max(x, 0))", "0"),
        ("d/dx(ln(x))", "-1"),
    ],
)
def test_outside_the_domain_there_is_no_value(text: str, at: str) -> None:
    with pytest.raises(DomainError):
        evaluate(parse(text), {"x": at})


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("asin(x)", "1", 1.5707963267948966),
        ("acosh(x)", "1", 0.0),
        ("asech(x)", "1", 0.0),
        ("asec(x)", "-1", 3.141592653589793),
        ("sqrt(x)", "0", 0.0),
        ("cbrt(x)", "-8", -2.0),
        ("root(x, 3)", "-27", -3.0),
        ("root(x, 5)", "0", 0.0),
        ("x^(1/3)", "-8", -2.0),
        ("x^(2/3 - 1/3)", "-8", -2.0),
        ("x^(2/6)", "-8", -2.0),
        ("x^0.2", "-32", -2.0),
        ("x^(-2/3)", "-8", 0.25),
        ("x^3", "-2", -8.0),
        ("x^pi", "0", 0.0),
        ("(-8)^x", "1/3", -2.0),
        ("(-2)^x", "3", -8.0),
        ("sign(x)", "0", 0.0),
        ("floor(x)", "-3", -3.0),
        ("ceil(x)", "-2.5", -2.0),
        ("sinc(x)", "0", 1.0),
        ("mod(x, 5)", "-3", 2.0),
        ("atan2(0, x)", "-1", 3.141592653589793),
        ("factorial(x)", "5", 120.0),
        ("max(x, 2, 3)", "2.5", 3.0),
        ("min(x, 2, 3)", "2.5", 2.0),
        ("relu(x)", "0", 0.0),
        ("0^x", "2", 0.0),
        ("piecewise(ln(x), x > 0, 7)", "-2", 7.0),
        ("piecewise(1, x < 1/10, 2, x >= 0.1)", "0.1", 2.0),
        ("sqrt(10*x - 1)", "0.1", 0.0),
        ("asin(10*x)", "0.1", 1.5707963267948966),
        ("d^2/dx^2(sinc(x))", "0", -0.3333333333333333),
    ],
)
def test_values_at_edges_are_real(text: str, at: str, value: float) -> None:
    assert evaluate(parse(text), {"x": at}) == value
