"""Correct rounding of a ball: the one float or decimal that every number in it rounds to, or None."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from flint import arb, fmpz

from derive.errors import LimitError
from derive.numeric.powers import whole

MAX_EXPONENT = 10**15  # of ten; a tower of powers passes any bound, and Decimal's is a thousand times this one


def to_float(value: arb) -> float | None:
    """The nearest float of every number in the ball; LimitError beyond the largest float."""
    low, high = _float(value.lower()), _float(value.upper())
    return low if low == high else None


def to_decimal(value: arb, digits: int) -> Decimal | None:
    """The decimal of `digits` significant digits that is nearest to every number in the ball (ties away from zero)."""
    if value == 0:
        return Decimal(0)
    if value.contains(0):
        return None
    size = abs(value)
    exponent = (size.log() / arb(10).log()).floor()  # of the leading digit
    if not exponent.is_exact():
        exponent = (size.mid().log() / arb(10).log()).floor()
        if not exponent.is_exact():
            exponent = exponent.mid().floor()
    if abs(exponent) > MAX_EXPONENT:
        raise LimitError("the value has too many digits to write down", limit="exponent", value=MAX_EXPONENT)
    e10 = whole(exponent)
    for shift in (e10, e10 - 1, e10 + 1):
        scaled = size * arb(10) ** (digits - 1 - shift)
        rounded = (scaled + arb("0.5")).floor()
        if not rounded.is_exact():
            return None
        number = whole(rounded)
        if 10 ** (digits - 1) <= number < 10**digits:
            return _decimal(number if value > 0 else -number, shift - digits + 1)
        if number == 10**digits and scaled < 10**digits:
            return _decimal((1 if value > 0 else -1) * 10 ** (digits - 1), shift - digits + 2)
    return None


def _decimal(number: int, exponent: int) -> Decimal:
    """number · 10^exponent with no trailing zeros after the point: 2.000 is 2."""
    while number % 10 == 0 and exponent < 0:
        number //= 10
        exponent += 1
    return Decimal((int(number < 0), _digits(abs(number)), exponent))


def _digits(number: int) -> tuple[int, ...]:
    return tuple(map(int, str(fmpz(number))))  # Python's own conversion stops at 4300 digits


def _float(end: arb) -> float:
    """An exact end of a ball as the nearest float."""
    if end == 0:
        return 0.0
    mantissa, exponent = (int(part) for part in end.man_exp())
    top = mantissa.bit_length() + exponent
    if top > 1024:
        raise LimitError("the value is too large for a float: ask for digits", limit="float", value=1024)
    if top < -1080:
        return 0.0
    q = Fraction(mantissa) * Fraction(2) ** exponent
    try:
        return float(q)
    except OverflowError as error:
        raise LimitError("the value is too large for a float: ask for digits", limit="float", value=1024) from error
