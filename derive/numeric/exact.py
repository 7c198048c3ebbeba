"""Exact rational values of subexpressions, within a size budget: exponents decide which real power is meant."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.expressions import (
    Call, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, fold,
)  # fmt: skip

MAX_BITS = 4096  # exponents written by people have under 20 bits; this stops 9^9^9


def exact_value(
    e: Expression, memo: dict[Expression, Fraction | None], point: Mapping[str, Fraction] | None = None
) -> Fraction | None:
    """The exact rational value of e, or None where it has none or it is too large: `2/3 - 1  →  -1/3`."""
    if e in memo:
        return memo[e]
    known = point or {}
    if not e.arguments:
        memo[e] = value = _combine(e, [], known)
        return value
    return fold(e, lambda node, values: _combine(node, values, known), memo)


def _combine(node: Expression, values: list[Fraction | None], point: Mapping[str, Fraction]) -> Fraction | None:
    kind = type(node)
    if kind is Number:
        label = node.label
        if isinstance(label, int) and label.bit_length() <= MAX_BITS:
            return Fraction(label)
        if isinstance(label, str) and abs(int(label.lower().partition("e")[2] or 0)) > MAX_BITS // 4:
            return None
        return _bounded(Fraction(str(label))) if isinstance(label, str) else None
    if kind is Symbol:
        return point.get(str(node.label))
    known = [v for v in values if v is not None]
    if not values or len(known) < len(values):
        return None
    if kind is Sum:
        return _bounded(_total(known)) if len(known) <= 64 else None
    if kind is Product:
        result = Fraction(1)
        for v in known[:64]:
            result *= v
        return _bounded(result) if len(known) <= 64 else None
    if kind is Negation:
        return -known[0]
    if kind is Quotient:
        return _bounded(known[0] / known[1]) if known[1] else None
    if kind is Power:
        return _power(known[0], known[1])
    if kind is Call and node.label == "abs":
        return abs(known[0])
    return None


def _total(values: list[Fraction]) -> Fraction:
    total = Fraction(0)
    for v in values:
        total += v
    return total


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1 or (base == 0 and exponent <= 0):
        return None
    if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > MAX_BITS:
        return None
    return base ** int(exponent)


def _bounded(q: Fraction) -> Fraction | None:
    return q if q.numerator.bit_length() <= MAX_BITS and q.denominator.bit_length() <= MAX_BITS else None
