"""Real powers: integer, rational (odd roots of negative numbers are real), and general ones, on balls and on series."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb, arb_series, fmpq

from derive.numeric.laurent import Laurent
from derive.numeric.signals import AtPole, NotSmooth, Undefined, Unsure, Unsupported

Value = Any
_ZERO = arb(0)
MAX_INTEGER = 1 << 62  # FLINT's machine-word exponents; beyond it only e^(n ln u) is used


def rational_power(u: Value, q: Fraction) -> Value:
    """u^q over the reals: negative u has a value where the denominator of q is odd."""
    if q.denominator == 1:
        return integer_power(u, int(q))
    if type(u) is arb:
        return _ball(u, q)
    if type(u) is arb_series:
        return _series(q)(u)
    if type(u) is Laurent:
        return _laurent(u, q)
    return u.compose(_series(q))


def integer_power(u: Value, n: int) -> Value:
    """u^n; 0^0 and negative powers of 0 have no value."""
    if abs(n) >= MAX_INTEGER:
        return power_of_positive(u, arb(n))
    if type(u) is arb:
        if n <= 0:
            nonzero(u, "0 to the power 0" if n == 0 else "division by 0")
        return u**n
    if type(u) is arb_series:
        if n <= 0:
            nonzero(u[0], "0 to the power 0" if n == 0 else "division by 0")
        return u**n
    if type(u) is Laurent:
        return _repeated(u.inverse() if n < 0 else u, abs(n)) if n else u * 0 + u * u.inverse()
    return u.compose(lambda s: integer_power(s, n))


def power(u: Value, v: Value, exact: Callable[[], Fraction | None] = lambda: None) -> Value:
    """u^v for a computed exponent; `exact` tells the exponent's rational value where it has one."""
    if type(v) is arb:
        if v.is_integer() and abs(v) < MAX_INTEGER:
            return integer_power(u, whole(v))
        base = _constant(u)
        if base > 0:
            return u**v if type(u) is arb else power_of_positive(u, v)
        q = exact()
        if q is not None:
            return rational_power(u, q)
        if base == 0 and type(u) is arb and v != 0:
            if v > 0:
                return arb(0)
            raise Undefined("division by 0")
        if base < 0 and not v.contains_integer():
            raise Undefined("a negative base to a power that is not rational")
        raise Unsure("a power whose base may not be positive")
    return power_of_positive(u, v)


def power_of_positive(u: Value, v: Value) -> Value:
    """e^(v ln u), for u > 0."""
    exp, ln = _exp_and_ln()
    base = _constant(u)
    if not base > 0:
        if base < 0 or base == 0:
            raise Undefined("a power with a variable exponent needs a positive base")
        raise Unsure("a power whose base may not be positive")
    return exp(v * ln(u))


@cache
def _exp_and_ln() -> tuple[Callable[[Value], Value], Callable[[Value], Value]]:
    from derive.numeric.elementary import exp, ln

    return exp, ln


def nonzero(c: arb, reason: str) -> None:
    """Undefined for an exact 0, AtPole for a ball that contains 0."""
    if c != _ZERO and c.is_finite():
        return
    if c == 0:
        raise Undefined(reason)
    if not c.is_finite():
        raise Unsure("a value is too large, or at a pole")
    if c.contains(0):
        raise AtPole(f"{reason}, as far as can be told")


def whole(v: arb) -> int:
    """The integer that v is exactly."""
    return int(v.unique_fmpz())  # type: ignore[arg-type]  # None only where is_integer() is False


def _constant(u: Value) -> arb:
    if type(u) is arb:
        return u
    return u[0] if type(u) is arb_series else u.value() if type(u) is Laurent else u.centre


def _ball(u: arb, q: Fraction) -> arb:
    if u > 0:
        return _positive(u, q)
    if u == 0:
        if q > 0:
            return arb(0)
        raise Undefined("division by 0")
    if u < 0:
        if q.denominator % 2 == 0:
            raise Undefined("an even root of a negative number")
        result = _positive(-u, q)
        return -result if q.numerator % 2 else result
    raise Unsure("a root of a value that may be 0")


def _positive(u: arb, q: Fraction) -> arb:
    if q.denominator == 2 and q.numerator == 1:
        return u.sqrt()
    return u ** fmpq(q.numerator, q.denominator)


def _series(q: Fraction) -> Callable[[arb_series], arb_series]:
    def apply(u: arb_series) -> arb_series:
        c = u[0]
        if c > 0:
            return u ** fmpq(q.numerator, q.denominator)
        if c < 0:
            if q.denominator % 2 == 0:
                raise Undefined("an even root of a negative number")
            result = (-u) ** fmpq(q.numerator, q.denominator)
            return -result if q.numerator % 2 else result
        if c == 0:
            if q < 0:
                raise Undefined("division by 0")
            raise NotSmooth("a root has no derivative where its argument is 0")
        raise Unsure("a root of a value that may be 0")

    return apply


def _laurent(u: Laurent, q: Fraction) -> Laurent:
    lead = u.leading()
    shift = lead.valuation * q
    if shift.denominator != 1:
        if lead.sign() < 0 and q.denominator % 2 == 0:
            raise Undefined("an even root of a negative number")
        raise Unsupported("a root that is not smooth at the limit")
    unit = Laurent(0, lead.coefficients).compose(_series(q))
    return Laurent(int(shift), unit.coefficients)


def _repeated(u: Laurent, n: int) -> Laurent:
    if n > 10_000:
        raise Unsupported("a high power in a limit")
    result, base = None, u
    while n:
        if n & 1:
            result = base if result is None else result * base
        n >>= 1
        if n:
            base = base * base
    assert result is not None
    return result
