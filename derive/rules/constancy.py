"""Parts that only look as if they changed: x - x is 0, x/x is 1, 0*x is 0."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Number, Product, Quotient, Sum, is_operator, postorder, rational,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import split_coefficient

MAX_TERMS = 64  # of a sum that is looked at; sums that cancel as they are written have two or three


def constant_part(u: Expression, facts: Facts) -> tuple[Expression, Expression] | None:
    """The first part of u that has letters and always the same value, with the value: `|x - x|  →  x - x, 0`."""
    memo = facts.constant_parts
    known = memo.get(u, memo)
    if known is not memo:
        return known  # type: ignore[return-value]
    for node in postorder(u, memo):
        found = None
        for a in node.arguments:
            found = memo[a]
            if found is not None:
                break
        if found is None and type(node) in _CANCELLING and not is_operator(node):
            value = _value(node)
            found = None if value is None else (node, value)
        memo[node] = found
    return memo[u]


_CANCELLING = frozenset((Quotient, Product, Sum))
"""The kinds of parts that `_value` looks at."""


def _value(node: Expression) -> Expression | None:
    """The number that a part always is; None where it is not seen at once."""
    match node:
        case Quotient() if node.numerator == node.denominator and node.numerator.arguments == ():
            return None if type(node.numerator) is Number else ONE
        case Quotient() if node.numerator == node.denominator:
            return ONE
        case Product() if any(type(f) is Number and f.value == 0 for f in node.factors):
            return ZERO
        case Sum() if len(node.terms) <= MAX_TERMS and any(type(t) is Negation for t in node.terms):
            return _total(node)
        case _:
            return None


def _total(s: Sum) -> Expression | None:
    """2*x + 1 - 2*x  →  1"""
    totals: dict[Expression, Fraction] = {}
    for t in s.terms:
        coefficient, body = split_coefficient(t)
        totals[body] = totals.get(body, Fraction(0)) + coefficient
    constant = totals.pop(ONE, Fraction(0))
    return rational(constant) if totals and not any(totals.values()) else None
