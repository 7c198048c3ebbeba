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
    if u in memo:
        return memo[u]
    for node in postorder(u, memo):
        value = None if is_operator(node) else _value(node)
        inner = next((memo[a] for a in node.arguments if memo[a] is not None), None)
        memo[node] = inner if inner is not None or value is None else (node, value)
    return memo[u]


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
