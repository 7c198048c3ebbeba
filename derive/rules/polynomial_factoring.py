"""Sums as products: what all terms share is taken out, and polynomials are factored over the whole numbers."""

from __future__ import annotations

from derive.expressions import (
    ONE,
    Expression,
    Negation,
    Power,
    Product,
    Quotient,
    Sum,
    integer_value,
    power,
    product_of,
    rational_value,
    sum_of,
)
from derive.rules.factors import factors_of
from derive.rules.kernels import skeleton
from derive.rules.model import Match, Mistake, Rule
from derive.rules.rational_fractions import vanished
from derive.rules.rational_rings import common_in_front, in_factors, is_same


def common_factor(m: Match) -> Expression | None:
    """2*x*e^x + x^2*e^x  →  x*(2 + x)*e^x"""
    after = common_in_front(m.node, m.facts)
    if after is None or m.facts.size(after) >= m.facts.size(m.node):
        return None
    return after if is_same(m.node, after, m.facts) else None


def factored(m: Match) -> Expression | None:
    """x^2 + x - 2  →  (x - 1)*(x + 2)"""
    node = m.node
    if not any(type(n) is Sum for n in skeleton(node)) or has_inner_fraction(node):
        return None
    after = in_factors(node, m.facts)
    if after is None or after == node or brackets(after) <= brackets(node):
        return None
    return after if is_same(node, after, m.facts) else None


def has_inner_fraction(e: Expression) -> bool:
    """Whether there are fractions besides the one that e itself is."""
    return any(type(n) is Quotient and rational_value(n) is None for n in skeleton(e) if n is not e)


def brackets(e: Expression) -> int:
    """How many factors above and below the line are there, a power counted so many times: 2*(x + 1)^2/x has 4."""
    while type(e) is Negation:
        e = e.operand
    sides = e.arguments if type(e) is Quotient else (e,)
    total = 0
    for f in [f for side in sides for f in factors_of(side) if f != ONE]:
        n = integer_value(f.exponent) if type(f) is Power else 1
        total += abs(n) if n is not None else 1
    return total


def one_lost(m: Match) -> Expression | None:
    """x*y + x  →  x*y, where the 1 is lost, which is wrong"""
    after = common_factor(m)
    if type(after) is not Product:
        return None
    rest = [f for f in after.arguments if type(f) is Sum and ONE in f.arguments]
    if not rest:
        return None
    kept = sum_of([t for t in rest[0].arguments if t != ONE])
    return product_of(kept if f is rest[0] else f for f in after.arguments)


def sum_of_squares(m: Match) -> Expression | None:
    """x^2 + y^2  →  (x + y)^2, which is wrong"""
    node = m.node
    if type(node) is not Sum or len(node.arguments) != 2:
        return None
    squares = [t for t in node.arguments if type(t) is Power and integer_value(t.exponent) == 2]
    if len(squares) != 2:
        return None
    return power(sum_of([t.arguments[0] for t in squares]), squares[0].arguments[1])


COMMON_FACTOR = Rule(
    "polynomial.common-factor", "?u + ??rest", common_factor,
    mistakes=(Mistake("one-lost-in-common-factor", one_lost),),
    examples=(
        ("2*x*e^(-x) - x^2*e^(-x)", "x*(2 - x)*e^(-x)"), ("e^x + x*e^x", "(1 + x)*e^x"),
        ("3*x^2 + 6*x", "3*x*(x + 2)"), ("x^n*y + x^(n + 1)", "x^n*(y + x)"), ("x + y", None),
    ),
    weight="minor",
)  # fmt: skip
FACTOR = Rule(
    "polynomial.factor", "?u", factored, assumes=vanished,
    mistakes=(Mistake("sum-of-squares-factored", sum_of_squares),),
    examples=(
        ("x^2 + x - 2", "(x - 1)*(x + 2)"), ("e^(2*x) - 1", "(e^x - 1)*(e^x + 1)"),
        ("(x^2 - 1)/(x^2 + 2*x)", "(x - 1)*(x + 1)/(x*(x + 2))"), ("x^2 + 4", None), ("x^2 + y^2", None),
        ("x*(x + 1)", None),
    ),
    weight="minor",
)  # fmt: skip
