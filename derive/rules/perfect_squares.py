"""Perfect squares under a root: sqrt(x^2 + 2*x + 1) is sqrt((x + 1)^2), found by polynomials in kernels."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derive.expressions import (
    ONE, Call, Expression, Negation, Number, Power, Product, Quotient, Sum, call, postorder, power, rational,
    rational_value,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.rational_fractions import vanished
from derive.rules.rational_rings import is_same, square_root

MAX_TERMS = 12  # of a sum that is tried
MAX_NODES = 120


def square_inside(m: Match) -> Expression | None:
    """sqrt(x^2 + 2*x + 1)  →  sqrt((x + 1)^2),   sqrt(1 - 4*x^2/(x^2 + 1)^2)  →  sqrt(((x^2 - 1)/(x^2 + 1))^2)"""
    root = _root(m)
    return None if root is None else call("sqrt", power(root, rational(2)))


def root_without_bars(m: Match) -> Expression | None:
    """sqrt(x^2 + 2*x + 1)  →  x + 1, which is wrong where that is negative"""
    return _root(m)


def _root(m: Match) -> Expression | None:
    u = m["u"]
    if not may_be_square(u):
        return None
    root = square_root(u, m.facts)
    if root is None or m.facts.size(root) + 2 > 2 * m.facts.size(u) or rational_value(root) is not None:
        return None
    return root if is_same(u, power(root, rational(2)), m.facts) else None


def may_be_square(u: Expression) -> bool:
    """Whether it may pay to look for the square root of a sum: two of three terms are squares, or it has fractions."""
    if type(u) is Quotient:
        return any(type(side) is Sum and may_be_square(side) for side in u.arguments)
    if type(u) is not Sum or len(u.arguments) > MAX_TERMS or len(postorder(u)) > MAX_NODES:
        return False
    if any(_is_compound(t) for t in u.arguments):
        return True
    return len(u.arguments) > 2 and sum(map(_is_square, u.arguments)) > 1


def _is_compound(t: Expression) -> bool:
    """Whether a term has a letter below the line, or a power of a sum."""
    inner = t.operand if type(t) is Negation else t
    if type(inner) is Quotient:
        return type(inner.denominator) is not Number or any(map(_is_bracket, factors_of(inner.numerator)))
    return any(map(_is_bracket, factors_of(inner)))


def _is_bracket(f: Expression) -> bool:
    return type(f) is Power and type(f.base) in (Sum, Quotient)


def _is_square(t: Expression) -> bool:
    """Whether a term is a square: 4*x^2, e^(2*x), 9."""
    if type(t) is Negation:
        return False
    c, body = split_coefficient(t)
    c = Fraction(c)
    if c < 0 or isqrt(c.numerator) ** 2 != c.numerator or isqrt(c.denominator) ** 2 != c.denominator:
        return False
    return body == ONE or all([_is_even(f) for f in (body.arguments if type(body) is Product else (body,))])


def _is_even(f: Expression) -> bool:
    if type(f) is not Power:
        return type(f) is Call and f.label in ("exp", "abs")
    n = rational_value(f.exponent)
    return n is None or (n.denominator == 1 and n % 2 == 0)


PERFECT_SQUARE = Rule(
    "root.perfect-square", "sqrt(?u)", square_inside, assumes=vanished,
    mistakes=(Mistake("perfect-square-without-bars", root_without_bars),),
    examples=(
        ("sqrt(x^2 + 2*x + 1)", "sqrt((x + 1)^2)"), ("sqrt(4*x^4 - 4*x^2 + 1)", "sqrt((2*x^2 - 1)^2)"),
        ("sqrt(1 - 4*x^2/(x^2 + 1)^2)", "sqrt(((x^2 - 1)/(x^2 + 1))^2)"),
        ("sqrt(x^2 + 2*x + 2)", None), ("sqrt(x^2 + 1)", None), ("sqrt(2*x^2 + 4*x + 2)", None),
    ),
)  # fmt: skip

CALLS = (PERFECT_SQUARE,)
