"""Enclosures: rational numbers just below and above a constant, e^2 - 7 or sqrt(2)/2, to tell its sign.

Exact rational arithmetic with series whose remainders are bounded; what is not known here has no enclosure.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from math import ceil, floor, isqrt
from typing import NamedTuple

from derive.expressions import (
    Call, Constant, Expression, Negation, Number, Power, Product, Quotient, Sum, postorder, rational_value,
)  # fmt: skip

BITS = 96
MAX_NODES = 200  # of a constant that is enclosed
MAX_SIZE = 64  # |x| for which e^x and sin(x) are worked out
CACHED = 4096  # constants that are remembered; a derivation asks of the same few again and again
SLACK = 1 << 16  # units of 2^-_WORK: more than the rounding of any of these series
_WORK = BITS + 48
_ONE = 1 << _WORK
_UNIT = Fraction(1, 1 << BITS)


class Enclosure(NamedTuple):
    """low ≤ value ≤ high"""

    low: Fraction
    high: Fraction


class _Unknown(Exception):
    """There is no enclosure."""


@lru_cache(CACHED)
def sign_of_constant(e: Expression) -> int | None:
    """1 or -1 where that is certain of an expression without letters; None otherwise."""
    found = enclosure(e)
    if found is None:
        return None
    return 1 if found.low > 0 else -1 if found.high < 0 else None


def enclosure(e: Expression) -> Enclosure | None:
    """Rational bounds of a constant: `pi  →  3.1415926… ≤ pi ≤ 3.1415926…`."""
    nodes = postorder(e)
    if len(nodes) > MAX_NODES:
        return None
    found: dict[Expression, Enclosure] = {}
    try:
        for node in nodes:
            found[node] = _outward(*_of(node, [found[a] for a in node.arguments]))
    except _Unknown:
        return None
    return found[e]


def _of(node: Expression, parts: list[Enclosure]) -> Enclosure:
    match node:
        case Number():
            return Enclosure(Fraction(node.value), Fraction(node.value))
        case Constant() if node.label == "pi":
            return _pi()
        case Constant() if node.label == "e":
            return _exp(Enclosure(Fraction(1), Fraction(1)))
        case Negation():
            return Enclosure(-parts[0].high, -parts[0].low)
        case Sum():
            return Enclosure(sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0)))
        case Product():
            total = parts[0]
            for part in parts[1:]:
                total = _outward(*_times(total, part))
            return total
        case Quotient():
            return _times(parts[0], _inverse(parts[1]))
        case Power():
            return _power(parts[0], rational_value(node.arguments[1]), parts[1])
        case Call() if isinstance(node.label, str) and len(parts) == 1:
            return _call(node.label, parts[0])
        case _:
            raise _Unknown


def _call(name: str, u: Enclosure) -> Enclosure:
    match name:
        case "sqrt":
            return _root(u, 2)
        case "cbrt":
            return _root(u, 3)
        case "exp":
            return _exp(u)
        case "ln":
            return Enclosure(_ln(u.low).low, _ln(u.high).high)
        case "sin":
            return _sine(Enclosure(u.low, u.high))
        case "cos":
            quarter = _pi()
            return _sine(_outward(quarter.low / 2 - u.high, quarter.high / 2 - u.low))
        case "abs":
            if u.low >= 0:
                return u
            return Enclosure(-u.high, -u.low) if u.high <= 0 else Enclosure(Fraction(0), max(-u.low, u.high))
        case _:
            raise _Unknown


def _outward(low: Fraction, high: Fraction) -> Enclosure:
    """The same with denominators of at most 2^BITS."""
    return Enclosure(floor(low / _UNIT) * _UNIT, ceil(high / _UNIT) * _UNIT)


def _times(a: Enclosure, b: Enclosure) -> Enclosure:
    ends = [x * y for x in a for y in b]
    return Enclosure(min(ends), max(ends))


def _inverse(a: Enclosure) -> Enclosure:
    if a.low <= 0 <= a.high:
        raise _Unknown
    return Enclosure(1 / a.high, 1 / a.low)


def _power(base: Enclosure, n: Fraction | int | None, exponent: Enclosure) -> Enclosure:
    if n is None:
        low, high = _ln(base.low), _ln(base.high)
        return _exp(_outward(*_times(Enclosure(low.low, high.high), exponent)))
    n = Fraction(n)
    if abs(n.numerator) > MAX_SIZE or n.denominator > MAX_SIZE:
        raise _Unknown
    u = base if n.denominator == 1 else _outward(*_root(base, n.denominator))
    result = Enclosure(Fraction(1), Fraction(1))
    for _ in range(abs(n.numerator)):
        result = _outward(*_times(result, u))
    return _inverse(result) if n < 0 else result


def _root(u: Enclosure, n: int) -> Enclosure:
    if u.low < 0 and n % 2 == 0:
        raise _Unknown
    return Enclosure(_root_of(u.low, n), _root_of(u.high, n) + _UNIT)


def _root_of(q: Fraction, n: int) -> Fraction:
    """A multiple of the unit just below the root."""
    if q < 0:
        return -_root_of(-q, n) - _UNIT
    scaled = floor(q * (1 << BITS * n))
    if n == 2:
        return isqrt(scaled) * _UNIT
    low, high = 0, 1 << (scaled.bit_length() // n + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**n <= scaled else (low, middle)
    return low * _UNIT


def _exp(u: Enclosure) -> Enclosure:
    return Enclosure(_exp_of(u.low).low, _exp_of(u.high).high)


@lru_cache(CACHED)
def _exp_of(q: Fraction) -> Enclosure:
    if abs(q) > MAX_SIZE:
        raise _Unknown
    halvings = 8
    x = _fixed(q / (1 << halvings))
    term = total = _ONE
    for k in range(1, 30):  # |x| ≤ 1/4: the next term is below 2^-150
        term = (term * x // k) >> _WORK
        total += term
    found = _near(total)
    for _ in range(halvings):
        found = _outward(*_times(found, found))
    return found


def _fixed(q: Fraction) -> int:
    """q in units of 2^-_WORK, rounded down."""
    return (q.numerator << _WORK) // q.denominator


def _near(value: int) -> Enclosure:
    """A number worked out in units of 2^-_WORK with fewer than SLACK roundings."""
    return Enclosure(Fraction(value - SLACK, _ONE), Fraction(value + SLACK, _ONE))


def _ln(q: Fraction) -> Enclosure:
    """ln(q) = 2·artanh((q - 1)/(q + 1)), q brought near 1 by square roots."""
    if q <= 0:
        raise _Unknown
    root, times = _outward(q, q), 0
    while abs(root.low - 1) > Fraction(1, 8):
        root, times = _outward(*_root(root, 2)), times + 1
        if times > 20:
            raise _Unknown
    ends = []
    for end in root:
        z = _fixed((end - 1) / (end + 1))
        square = (z * z) >> _WORK
        power = total = z
        for k in range(1, 24):  # |z| < 1/14: the next term is below 2^-180
            power = (power * square) >> _WORK
            total += power // (2 * k + 1)
        found = _near(2 * total)
        ends += [found.low, found.high]
    return Enclosure(min(ends) * (1 << times), max(ends) * (1 << times))


def _sine(u: Enclosure) -> Enclosure:
    """sin between its values at the ends of a short interval: its slope is at most 1."""
    if max(abs(u.low), abs(u.high)) > MAX_SIZE:
        raise _Unknown
    turn = _pi()
    turns = round(u.low / (2 * turn.low))
    low, high = u.low - 2 * turns * turn.low, u.high - 2 * turns * turn.high
    spread = abs(high - low) + abs(turns) * 4 * (turn.high - turn.low) + _UNIT
    x = _fixed((low + high) / 2)
    square = (x * x) >> _WORK
    power = total = x
    for k in range(1, 32):  # |x| ≤ π and a little: the next term is below 2^-180
        power = -((power * square // (2 * k * (2 * k + 1))) >> _WORK)
        total += power
    found = _near(total)
    return Enclosure(found.low - spread, found.high + spread)


@cache
def _pi() -> Enclosure:
    """π = 16·arctan(1/5) - 4·arctan(1/239)"""

    def arctan(n: int) -> Fraction:
        return sum(((-1) ** k * Fraction(1, (2 * k + 1) * n ** (2 * k + 1)) for k in range(60)), Fraction(0))

    middle = 16 * arctan(5) - 4 * arctan(239)
    return _outward(middle - _UNIT, middle + _UNIT)
