"""Values for users: floats and decimals correctly rounded, and clear errors."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from time import process_time

import mpmath as mp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.errors import DomainError, LimitError, UsageError
from derive.expressions import ONE, Expression, call, derivative, natural, power, product_of, quotient, sum_of, symbol
from derive.notation.parser import parse
from derive.numeric import evaluate, verify

DEEP = 100_000


@given(st.fractions(min_value=-50, max_value=50), st.integers(1, 80))
def test_every_digit_is_right(q: Fraction, digits: int) -> None:
    with mp.workdps(200):
        x = mp.mpf(q.numerator) / q.denominator
        expected = mp.exp(mp.sin(x)) * (1 + x**2)
        found = evaluate(parse("e^sin(x)*(1 + x^2)"), {"x": q}, digits=digits)
        assert isinstance(found, Decimal)
        assert (
            abs(mp.mpf(str(found)) - expected) <= expected * mp.mpf(10) ** (1 - digits) / 2 * (1 + mp.mpf("1e-60")) * 10
        )
        exponent = int(mp.floor(mp.log10(expected)))
        assert abs(mp.mpf(str(found)) - expected) <= mp.mpf(10) ** (exponent - digits + 1) / 2


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_floats_go_through_unchanged(value: float) -> None:
    assert evaluate(parse("x"), {"x": value}) == value


@given(st.fractions())
def test_rationals_are_rounded_to_the_nearest_float(q: Fraction) -> None:
    assert evaluate(parse("x"), {"x": q}) == q.numerator / q.denominator


@pytest.mark.parametrize(
    ("text", "digits", "value"),
    [
        ("1/3", 5, "0.33333"),
        ("2/3", 5, "0.66667"),
        ("1/8", 2, "0.13"),
        ("-1/8", 2, "-0.13"),
        ("999.96", 4, "1000"),
        ("0", 7, "0"),
        ("2", 50, "2"),
        ("9^9^9", 5, "4.2812E+369693099"),
        ("1/9^9^9", 5, "2.3358E-369693100"),
        ("sin(pi)", 5, "0"),
        ("sqrt(2)^2", 30, "2"),
        ("e^(pi*sqrt(163)) - 262537412640768744", 5, "-7.4993E-13"),
        ("sin(10^30)", 10, "-0.09011690191"),
        ("(x + 1)^1000000 ", 3, "9.80E+602059"),
    ],
)
def test_decimals(text: str, digits: int, value: str) -> None:
    assert evaluate(parse(text), {"x": 3}, digits=digits) == Decimal(value)


def test_coordinates_are_numbers_or_text() -> None:
    e = parse("x_1^2")
    for value in ("1/2", "0.5", 0.5, Fraction(1, 2), Decimal("0.5"), "2^(-1)", "sqrt(1/4)"):
        assert evaluate(e, {"x1": value}) == 0.25
    assert evaluate(parse("sin(x)"), {"x": "pi/2"}) == 1.0


def test_errors_say_what_is_wrong() -> None:
    with pytest.raises(UsageError, match="for x, y"):
        evaluate(parse("x + y"), {"z": 1})
    with pytest.raises(UsageError, match="not a finite number"):
        evaluate(parse("x"), {"x": float("nan")})
    with pytest.raises(DomainError, match=r"ln needs u > 0 in ln\(x - 2\)"):
        evaluate(parse("3 + ln(x - 2)"), {"x": 1})
    with pytest.raises(DomainError, match="division by 0"):
        evaluate(parse("1/(10*x - 1)"), {"x": "0.1"})
    with pytest.raises(LimitError):
        evaluate(parse("x"), {"x": 1}, digits=10**9)
    with pytest.raises(LimitError):
        evaluate(parse("10^400"), {})
    with pytest.raises(UsageError):
        evaluate(parse("[[1, 2]]"), {})


@pytest.mark.parametrize(
    "text", ["9^9^9^9", "e^e^e^e^9", "factorial(10^30)^(10^30)", "floor(9^9^9 + 1/2)", "2^2^70", "(-2)^(2^70)"]
)
def test_huge_values_end_at_once(text: str) -> None:
    start = process_time()
    with suppress(LimitError, DomainError):
        evaluate(parse(text), {}, digits=20)
    verify(parse(text), parse(text))
    assert process_time() - start < 5  # 5 ms


x = symbol("x")


def nested(build: object, depth: int = DEEP) -> Expression:
    e = x
    for _ in range(depth):
        e = build(e)  # type: ignore[operator]
    return e


@pytest.mark.parametrize(
    ("build", "at"),
    [
        (lambda e: call("sin", e), "1"),
        (lambda e: quotient(ONE, sum_of((ONE, e))), "1"),
        (lambda e: power(x, e), "1.2"),
        (lambda e: product_of((natural(1), e)), "1"),
        (lambda e: call("tanh", e), "1"),
    ],
)
def test_deep_expressions_have_values_and_series(build: object, at: str) -> None:
    for e in (nested(build, DEEP // 5), derivative(nested(build, DEEP // 5), x)):
        assert abs(evaluate(e, {"x": at})) < 2


def test_sines_100_000_deep_are_judged() -> None:
    e = derivative(nested(lambda e: call("sin", e)), x)
    seen = verify(e, e, seconds=0.1)  # the first point is always taken, and is enough where the time is over
    assert seen.verdict == "agrees"
    assert 1 <= len(seen.points) < 6


def test_wide_expressions_have_values_and_series() -> None:
    e = sum_of([product_of((natural(k), x)) for k in range(1, DEEP + 1)])
    assert evaluate(e, {"x": 2}) == DEEP * (DEEP + 1)
    assert evaluate(derivative(e, x), {"x": 2}) == DEEP * (DEEP + 1) // 2


def test_deeply_nested_operators_are_refused() -> None:
    with pytest.raises(DomainError):
        evaluate(nested(lambda e: derivative(e, x)), {"x": 1})
