"""Coefficients of germs: polynomials over the rationals in letters and constants, equal only where that is certain."""

from __future__ import annotations

from fractions import Fraction
from math import floor as floor_of
from typing import TypeAlias

from derive.expressions import (
    E, Constant, Expression, Number, Symbol, Power, call, replace_all, postorder, sum_of,
)  # fmt: skip
from derive.expressions import power as power_of
from derive.expressions import rational as written_number
from derive.rules.bounds import bounds_of
from derive.rules.enclosures import sign_of_constant
from derive.rules.polynomial import Monomial, terms_of

Coefficient: TypeAlias = "dict[Monomial, Fraction | int]"
"""{atoms with their exponents: factor}; the empty one is 0."""

MAX_TERMS = 30  # of one coefficient
MAX_PRIME = 1000  # numbers under a root are taken apart by primes below
_UNIT: Monomial = frozenset()
_PI = Constant((), "pi")
_HALF_POWER = written_number(Fraction(1, 2))


class Undecided(Exception):
    """It may be one or the other: nothing is claimed."""


class NoValue(Exception):
    """There certainly is no real value."""


def number(q: Fraction | int) -> Coefficient:
    """A rational number; what is whole is an int, which is reckoned with at a tenth of the time."""
    return {_UNIT: q.numerator if q.denominator == 1 else q} if q else {}


def atom(e: Expression) -> Coefficient:
    return {frozenset({(e, 1)}): 1}


def rational(a: Coefficient) -> Fraction | int | None:
    """The value of a coefficient that is a rational number."""
    if not a:
        return 0
    return a[_UNIT] if len(a) == 1 and _UNIT in a else None


def written(a: Coefficient) -> Expression:
    """The coefficient as an expression."""
    value = rational(a)
    if value is not None:
        return written_number(value)
    e = sum_of(terms_of(a))
    roots = [n for n in postorder(e) if type(n) is Power and n.arguments[1] == _HALF_POWER]
    return replace_all(e, {n: call("sqrt", n.arguments[0]) for n in roots if type(n.arguments[0]) is Number})


def added(a: Coefficient, b: Coefficient) -> Coefficient:
    total = dict(a)
    for monomial, q in b.items():
        total[monomial] = total.get(monomial, 0) + q
    return {monomial: q for monomial, q in total.items() if q}


def scaled(a: Coefficient, q: Fraction | int) -> Coefficient:
    return {monomial: k * q for monomial, k in a.items()} if q else {}


def multiplied(a: Coefficient, b: Coefficient) -> Coefficient:
    if len(a) * len(b) > MAX_TERMS:
        raise Undecided("too many terms")
    total: Coefficient = {}
    for m, p in a.items():
        for n, q in b.items():
            if not m or not n:
                total[m or n] = total.get(m or n, 0) + p * q
                continue
            exponents = dict(m)
            for e, k in n:
                exponents[e] = exponents.get(e, 0) + k
            monomial = frozenset((e, k) for e, k in exponents.items() if k)
            total[monomial] = total.get(monomial, 0) + p * q
    return _normal({monomial: q for monomial, q in total.items() if q})


def power(a: Coefficient, q: Fraction | int) -> Coefficient:
    """a^q over the reals; NoValue for even roots of negative numbers."""
    value = rational(a)
    if value is not None:
        return _power_of_number(value, q)
    if len(a) != 1:
        if q.denominator == 1 and 0 < q <= 4:
            return multiplied(a, power(a, q - 1))
        _checked_root(a, q)
        return atom(power_of(written(a), written_number(q)))
    ((monomial, k),) = a.items()
    if q.denominator != 1:
        if _checked_root(a, q) < 0 or any(_sign_of_atom(e) != 1 for e, _ in monomial):
            return atom(power_of(written(a), written_number(q)))
    elif q < 0 and any(type(e) is not Symbol for e, _ in monomial):
        sign(a)  # 1/u: u must be known not to be 0; of a letter the domain says so
    raised: Coefficient = {frozenset((e, n * q) for e, n in monomial): 1}
    return multiplied(raised, _power_of_number(k, q))


def exponential(a: Coefficient) -> Coefficient:
    """e^a"""
    if not a:
        return number(1)
    value = rational(a)
    return {frozenset({(E, value)}): 1} if value is not None else atom(power_of(E, written(a)))


def logarithm(a: Coefficient) -> Coefficient:
    """ln(a) for a positive a"""
    if rational(a) == 1:
        return {}
    if len(a) == 1:
        ((monomial, k),) = a.items()
        if k == 1 and len(monomial) == 1:
            ((e, n),) = monomial
            if e == E:
                return number(n)
    return atom(call("ln", written(a)))


def circular(name: str, a: Coefficient) -> Coefficient:
    """sin(a), cos(a): known at multiples of π/2"""
    if not a:
        return number(name == "cos")
    if len(a) == 1:
        ((monomial, k),) = a.items()
        quarter = 2 * k
        if monomial == frozenset({(_PI, 1)}) and quarter.denominator == 1:
            turned = (int(quarter) - (name == "sin")) % 4  # sin(u) = cos(u - π/2)
            return number((1, 0, -1, 0)[turned])
    return atom(call(name, written(a)))


_AT_ZERO = {"cosh": 1, "sech": 1, "factorial": 1, "sinc": 1}
_HALF = Fraction(1, 2)
_NAMED = {
    "acos": {0: _HALF, 1: Fraction(0), -1: Fraction(1)},
    "asin": {1: _HALF, -1: -_HALF},
    "asec": {1: Fraction(0), -1: Fraction(1)},
    "acsc": {1: _HALF, -1: -_HALF},
    "atan": {1: _HALF / 2, -1: -_HALF / 2},
    "acosh": {1: Fraction(0)},
    "asech": {1: Fraction(0)},
}
"""Values in multiples of π."""


def called(name: str, a: Coefficient) -> Coefficient:
    """The value of a function of the table."""
    value = rational(a)
    if value is not None and value.denominator == 1 and int(value) in _NAMED.get(name, {}):
        return scaled(atom(_PI), _NAMED[name][int(value)])
    if value == 0 and name in ("asin", "atan", "asinh", "atanh", "erf", "sinh", "tanh", "tan"):
        return {}
    if value == 0 and name in _AT_ZERO:
        return number(_AT_ZERO[name])
    return atom(call(name, written(a)))


def floor(a: Coefficient) -> int:
    """The whole number below; Undecided where that is not clear."""
    value = rational(a)
    if value is not None:
        return floor_of(value)
    for guess in (0, 1, -1, 2, -2, 3, -3):
        if sign(added(a, number(-guess))) > 0 and sign(added(a, number(-guess - 1))) < 0:
            return guess
    raise Undecided("between which whole numbers it lies")


def sign(a: Coefficient) -> int:
    """1, -1, or 0 where it is 0 by multiplying out; Undecided otherwise."""
    value = rational(a)
    if value is not None:
        return (value > 0) - (value < 0)
    e = written(a)
    bounds = bounds_of(e, {})
    if bounds.positive or bounds.negative:
        return 1 if bounds.positive else -1
    found = sign_of_constant(e)
    if found is not None:
        return found
    raise Undecided(f"the sign of {e}")


def equal(a: Coefficient, b: Coefficient) -> bool:
    """Whether two coefficients are equal; Undecided where neither is certain."""
    difference = added(a, scaled(b, -1))
    return not difference or sign(difference) == 0


def _checked_root(a: Coefficient, q: Fraction | int) -> int:
    found = sign(a)
    if found < 0 and q.denominator % 2 == 0:
        raise NoValue("an even root of a negative number")
    if found == 0 and q <= 0:
        raise NoValue("division by 0")
    return found


def _sign_of_atom(e: Expression) -> int:
    try:
        return sign(atom(e)) if type(e) is not Number else 1
    except Undecided:
        return 0


def _power_of_number(value: Fraction | int, q: Fraction | int) -> Coefficient:
    if q.denominator == 1:
        if not value and q <= 0:
            raise NoValue("division by 0")
        if abs(int(q)) > 1000:
            raise Undecided("a large power")
        return number(Fraction(value) ** int(q))
    if not value:
        if q < 0:
            raise NoValue("division by 0")
        return {}
    if value < 0 and q.denominator % 2 == 0:
        raise NoValue("an even root of a negative number")
    minus = -1 if value < 0 and q.numerator % 2 else 1
    exponents: dict[Expression, Fraction | int] = {}
    for n, times in ((abs(value.numerator), 1), (value.denominator, -1)):
        for base, k in _primes(n).items():
            key = written_number(base)
            exponents[key] = exponents.get(key, 0) + k * times * q
    return _normal({frozenset((e, k) for e, k in exponents.items() if k): minus})


def _primes(n: int) -> dict[int, int]:
    """n as a product of primes below MAX_PRIME, and what is left."""
    found: dict[int, int] = {}
    p = 2
    while n > 1 and p < MAX_PRIME:
        while n % p == 0:
            found[p] = found.get(p, 0) + 1
            n //= p
        p += 1
    if n > 1:
        found[n] = 1
    return found


def _normal(a: Coefficient) -> Coefficient:
    """Numbers to whole powers as factors: 2^(3/2) is 2·2^(1/2)."""
    if all(type(e) is not Number for monomial in a for e, _ in monomial):
        return a
    total: Coefficient = {}
    for monomial, q in a.items():
        kept = []
        for e, k in monomial:
            if type(e) is Number:
                whole = floor_of(k)
                q = q * Fraction(e.value) ** whole
                k = k - whole
            if k:
                kept.append((e, k))
        key = frozenset(kept)
        total[key] = total.get(key, 0) + q
    return {monomial: q for monomial, q in total.items() if q}
