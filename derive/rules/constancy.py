"""Parts that only look as if they changed: x - x is 0, x/x is 1, 0*x is 0."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Number, Product, Quotient, Sum, rational,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import are_unlike, split_coefficient

MAX_TERMS = 64  # of a sum that is looked at; sums that cancel as they are written have two or three


def constant_part(u: Expression, facts: Facts) -> tuple[Expression, Expression] | None:
    """The first part of u that has letters and always the same value, with the value: `|x - x|  →  x - x, 0`."""
    memo = facts.constant_parts
    known = memo.get(u, memo)
    if known is not memo:
        return known  # type: ignore[return-value]
    for node in facts.unknown(u, memo):
        found = None
        for a in node.arguments:
            found = memo[a]
            if found is not None:
                break
        else:
            look = _VALUES.get(type(node))
            value = None if look is None else look(node.arguments)
            if value is not None:
                found = node, value
        memo[node] = found
    return memo[u]


def _ratio(sides: tuple[Expression, ...]) -> Expression | None:
    """x/x  →  1"""
    top, bottom = sides
    return ONE if top == bottom and type(top) is not Number else None


def _product(factors: tuple[Expression, ...]) -> Expression | None:
    """x*0  →  0"""
    return ZERO if True in [type(f) is Number and f.value == 0 for f in factors] else None


def _total(terms: tuple[Expression, ...]) -> Expression | None:
    """2*x + 1 - 2*x  →  1"""
    if len(terms) > MAX_TERMS or Negation not in map(type, terms) or are_unlike(terms):
        return None
    totals: dict[Expression, Fraction] = {}
    for t in terms:
        coefficient, body = split_coefficient(t)
        totals[body] = totals.get(body, Fraction(0)) + coefficient
    constant = totals.pop(ONE, Fraction(0))
    return rational(constant) if totals and not any(totals.values()) else None


_VALUES: dict[type[Expression], Callable[[tuple[Expression, ...]], Expression | None]] = {
    Quotient: _ratio, Product: _product, Sum: _total,
}  # fmt: skip
"""The number that a part always is, from its own parts; None where it is not seen at once."""
