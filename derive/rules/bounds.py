"""Bounds: for every expression an interval that contains all its real values, by exact interval arithmetic.

Good for showing that a condition always holds (x^2 + 1 > 0) or never does (-1 < sqrt(x^2 + 2) < 1).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product
from math import inf, isqrt
from typing import Any, NamedTuple, TypeAlias

from derive.expressions import (
    Call, Constant, Expression, Negation, Number, Piecewise, Power, Product, Quotient, Sum, natural, postorder,
    rational_value,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.rules.factors import split_coefficient

End: TypeAlias = Fraction | int | float  # floats are infinities only


class Bounds(NamedTuple):
    """low ≤ value ≤ high, strictly where the end is open."""

    low: End = -inf
    high: End = inf
    low_open: bool = True
    high_open: bool = True

    @property
    def positive(self) -> bool:
        return self.low > 0 or (self.low == 0 and self.low_open)

    @property
    def negative(self) -> bool:
        return self.high < 0 or (self.high == 0 and self.high_open)


ALL = Bounds()
POSITIVE = Bounds(0, inf, True, True)
NOT_NEGATIVE = Bounds(0, inf, False, True)
_CONSTANTS = {
    "pi": Bounds(Fraction(314159265, 10**8), Fraction(314159266, 10**8)),
    "e": Bounds(Fraction(271828182, 10**8), Fraction(271828183, 10**8)),
}
_STRICT = frozenset("exp sech logistic softplus gamma".split())  # an end of the range that is never reached
_STEP = Fraction(1, 1 << 20)  # between a square root and the rational numbers that stand for it
_MAX_BITS = 512  # ends with more bits are given up: bounds are for small facts, not for arithmetic


def bounds_of(root: Expression, memo: dict[Expression, Bounds]) -> Bounds:
    """Bounds of every real value of `root`; each distinct node is worked out once."""
    known = memo.get(root)
    if known is not None:
        return known
    for node in postorder(root, memo):
        look = _OF_KIND.get(type(node))
        found = ALL if look is None else _modest(look(node, [memo[a] for a in node.arguments]))
        memo[node] = POSITIVE if type(node) is Sum and found == ALL and _outweighed(node, memo) else found
    return memo[root]


def _outweighed(s: Sum, memo: dict[Expression, Bounds]) -> bool:
    """Whether a root is larger than the only term beside it: x + sqrt(x^2 + 1) > 0, since x^2 + 1 > x^2."""
    if len(s.arguments) != 2:
        return False
    for root, beside in (s.arguments, s.arguments[::-1]):
        inside = root.arguments[0] if type(root) is Call and root.label == "sqrt" else None
        if type(inside) is Sum:
            c, u = split_coefficient(beside)
            for k, t in enumerate(inside.arguments):
                d, square = split_coefficient(t)
                if type(square) is Power and square.arguments[0] == u and rational_value(square.exponent) == 2:
                    rest = inside.arguments[:k] + inside.arguments[k + 1 :]
                    return d >= c * c and _sum([memo[a] for a in rest]).positive
    return False


def _point(value: Fraction | int) -> Bounds:
    return Bounds(value, value, False, False)


def _negative(a: Bounds) -> Bounds:
    return Bounds(-a.high, -a.low, a.high_open, a.low_open)


def _sum(parts: list[Bounds]) -> Bounds:
    low: End = 0
    high: End = 0
    low_open = high_open = False
    for part in parts:
        if part is ALL:
            return ALL
        low += part.low
        high += part.high
        low_open = low_open or part.low_open
        high_open = high_open or part.high_open
    return Bounds(low, high, low_open, high_open)


def _product(parts: list[Bounds]) -> Bounds:
    total = parts[0]
    for part in parts[1:]:
        total = _times(total, part)
    return total


def _times(a: Bounds, b: Bounds) -> Bounds:
    if b is ALL and (a is ALL or a.low == a.high != 0):
        return ALL  # 2*x may be anything where x may
    ends = [(_multiply(x, y), _never(x, y, xo, yo)) for (x, xo), (y, yo) in product(_ends(a), _ends(b))]
    low = min(value for value, _ in ends)
    high = max(value for value, _ in ends)
    return Bounds(low, high, all(o for v, o in ends if v == low), all(o for v, o in ends if v == high))


def _ends(a: Bounds) -> tuple[tuple[End, bool], tuple[End, bool]]:
    return (a.low, a.low_open), (a.high, a.high_open)


def _multiply(x: End, y: End) -> End:
    return 0 if x == 0 or y == 0 else x * y


def _never(x: End, y: End, x_open: bool, y_open: bool) -> bool:
    if (x == 0 and not x_open) or (y == 0 and not y_open):
        return False
    return x_open or y_open


def _reciprocal(a: Bounds) -> Bounds:
    if a.low >= 0:
        low: End = 0 if a.high == inf else 1 / Fraction(a.high) if a.high else inf
        high: End = inf if a.low == 0 else 0 if a.low == inf else 1 / Fraction(a.low)
        return Bounds(low, high, a.high_open or a.high == inf, a.low_open or a.low == 0)
    if a.high <= 0:
        return _negative(_reciprocal(_negative(a)))
    return ALL


def _power(base: Bounds, exponent: Expression) -> Bounds:
    n = rational_value(exponent)
    if n is None:
        return POSITIVE if base.positive else NOT_NEGATIVE
    if n < 0:
        positive = _power(base, natural(int(-n))) if n.denominator == 1 else _root(base, Fraction(-n))
        return _reciprocal(positive)
    if n.denominator != 1:
        return _root(base, Fraction(n))
    n = int(n)
    if n == 0 or n > 64:
        return _point(1) if n == 0 else _root(base, Fraction(n))
    if n % 2 or base.low >= 0:
        return Bounds(_pow(base.low, n), _pow(base.high, n), base.low_open, base.high_open)
    if base.high <= 0:
        return Bounds(_pow(base.high, n), _pow(base.low, n), base.high_open, base.low_open)
    return _from_zero(base, _pow(base.low, n), _pow(base.high, n))


def _from_zero(base: Bounds, low: End, high: End) -> Bounds:
    """What |u| or an even power takes where u takes both signs: from 0 to the value at the farther end."""
    if low == high:
        return Bounds(0, high, False, base.low_open and base.high_open)
    return Bounds(0, max(low, high), False, base.low_open if low > high else base.high_open)


def _pow(end: End, n: int) -> End:
    if isinstance(end, float):
        return end if n % 2 else inf
    return end**n


def _root(base: Bounds, n: Fraction) -> Bounds:
    """Signs only: u^(p/q), and u^n for a large n."""
    if base.positive:
        return POSITIVE
    if base.low >= 0 or n.numerator % 2 == 0 or n.denominator % 2 == 0:
        return NOT_NEGATIVE
    return ALL


def _call(name: str, parts: list[Bounds]) -> Bounds:
    a = parts[0]
    if name == "sqrt":
        low = _sqrt_below(a.low) if 0 < a.low < inf else 0
        if not 0 <= a.high < inf:
            return Bounds(low, inf, a.low_open and low * low == a.low, True)
        high = _sqrt_below(a.high)
        exact = high * high == a.high
        return Bounds(low, high if exact else high + _STEP, a.low_open and low * low == a.low, a.high_open or not exact)
    if name == "abs":
        if a.low >= 0:
            return a
        if a.high <= 0:
            return _negative(a)
        return _from_zero(a, -a.low, a.high)
    if (name == "factorial" and a.low > -1) or (name == "gamma" and a.low > 0):
        return POSITIVE
    if name == "exp" and a.low >= 0:
        return Bounds(1, inf, a.low_open, True)
    if name == "ln":
        return POSITIVE if a.low > 1 or (a.low == 1 and a.low_open) else NOT_NEGATIVE if a.low == 1 else ALL
    if name in ("cbrt", "sinh", "asinh", "atan", "erf", "tanh", "sign") and (a.positive or a.negative):
        return POSITIVE if a.positive else _negative(POSITIVE)
    return _range(name)


@cache
def _range(name: str) -> Bounds:
    row = FUNCTIONS.get(name)
    if row is None:
        return ALL
    low, high = row.range
    strict = name in _STRICT
    memo: dict[Expression, Bounds] = {}
    return Bounds(
        -inf if low is None else bounds_of(parse(low), memo).low,
        inf if high is None else bounds_of(parse(high), memo).high,
        strict or low is None,
        strict or high is None,
    )


def _sqrt_below(value: End) -> Fraction:
    """A rational number just below the square root."""
    value = Fraction(value)
    scale = _STEP.denominator
    return Fraction(isqrt(value.numerator * scale * scale // value.denominator), scale)


def _union(parts: list[Bounds]) -> Bounds:
    return Bounds(min(p.low for p in parts), max(p.high for p in parts), False, False)


def _pieces(parts: list[Bounds]) -> Bounds:
    """Of values and the relations where they count, in turns; the last value counts elsewhere."""
    return _union([*parts[0::2], parts[-1]] if len(parts) % 2 else parts[0::2])


def _modest(a: Bounds) -> Bounds:
    low, high = a.low, a.high
    if not isinstance(low, float) and low.numerator.bit_length() > _MAX_BITS:
        a = a._replace(low=1 if low > 0 else -inf, low_open=True)
    if not isinstance(high, float) and high.numerator.bit_length() > _MAX_BITS:
        a = a._replace(high=-1 if high < 0 else inf, high_open=True)
    if not isinstance(low, float) and low.denominator.bit_length() > _MAX_BITS:
        a = a._replace(low=0 if low > 0 else -inf, low_open=low > 0)
    if not isinstance(high, float) and high.denominator.bit_length() > _MAX_BITS:
        a = a._replace(high=0 if high < 0 else inf, high_open=high < 0)
    return a


_OF_KIND: dict[type[Expression], Callable[[Any, list[Bounds]], Bounds]] = {
    Number: lambda node, parts: _point(node.value),
    Constant: lambda node, parts: _CONSTANTS.get(node.name, ALL),
    Negation: lambda node, parts: _negative(parts[0]),
    Sum: lambda node, parts: _sum(parts),
    Product: lambda node, parts: _product(parts),
    Quotient: lambda node, parts: _times(parts[0], _reciprocal(parts[1])),
    Power: lambda node, parts: _power(parts[0], node.exponent),
    Call: lambda node, parts: _call(node.name, parts) if isinstance(node.label, str) else ALL,
    Piecewise: lambda node, parts: _pieces(parts),
}
"""The bounds of a node from those of its parts; of any other kind nothing is known."""
