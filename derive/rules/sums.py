"""Rules for sums: brackets, zeros, like terms, order."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Number, Sum, make, negation, product_of, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import MAX_BITS, has_point
from derive.rules.factors import are_unlike, factors_of, split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.order import in_order


def without_brackets(m: Match) -> Expression | None:
    """a - (b - c)  →  a - b + c"""
    if not any(
        type(t) is Sum or (type(t) is Negation and type(t.arguments[0]) in (Sum, Negation)) for t in m.node.arguments
    ):
        return None
    return sum_of(_signed_terms(m.node))


def _signed_terms(root: Expression) -> list[Expression]:
    terms: list[Expression] = []
    stack = [(root, False)]
    while stack:
        e, minus = stack.pop()
        if type(e) is Sum:
            stack.extend((t, minus) for t in reversed(e.arguments))
        elif type(e) is Negation and (minus or type(e.arguments[0]) in (Sum, Negation)):
            stack.append((e.arguments[0], not minus))
        else:
            terms.append(negation(e) if minus else e)
    return terms


def minus_only_first(m: Match) -> Expression | None:
    """a - (b + c)  →  a - b + c, which is wrong"""
    terms: list[Expression] = []
    slipped = False
    for t in m.node.arguments:
        if type(t) is Negation and type(t.arguments[0]) is Sum:
            first, *rest = t.arguments[0].arguments
            terms += [negation(first), *rest]
            slipped = True
        else:
            terms.append(t)
    return sum_of(terms) if slipped else None


def without_zeros(m: Match) -> Expression | None:
    """x + 0  →  x"""
    terms = [t for t in m.node.arguments if not _is_zero(t)]
    return sum_of(terms) if len(terms) < len(m.node.arguments) else None


def _is_zero(t: Expression) -> bool:
    return type(t) is Number and t.value == 0


def collected(m: Match) -> Expression | None:
    """2*x + y + 3*x  →  5*x + y"""
    terms = m.node.arguments
    if are_unlike(terms):
        return None
    totals: dict[Expression, Fraction | int] = {}
    bodies: dict[Expression, Expression] = {}
    point = False
    for t in terms:
        coefficient, body = split_coefficient(t)
        key = m.facts.representative(body)
        totals[key] = totals.get(key, 0) + coefficient
        bodies.setdefault(key, body)
        point = point or _decimal(t)
    if len(totals) == len(terms):
        return None
    if any(c.numerator.bit_length() > MAX_BITS for c in totals.values()):
        return None
    return sum_of(with_coefficient(c, bodies[key], point=point) for key, c in totals.items() if c != 0)


def _decimal(term: Expression) -> bool:
    """Whether the number in front of a term is typed with a point."""
    while type(term) is Negation:
        term = term.arguments[0]
    return has_point(factors_of(term)[0])


def coefficients_multiplied(m: Match) -> Expression | None:
    """2*x + 3*x  →  6*x, which is wrong"""
    if len(m.node.arguments) != 2:
        return None
    (a, u), (b, v) = (split_coefficient(t) for t in m.node.arguments)
    return with_coefficient(a * b, u) if u == v and a * b not in (0, a + b) else None


def exponents_added_too(m: Match) -> Expression | None:
    """x^2 + x^2  →  2*x^4, which is wrong"""
    if len(m.node.arguments) != 2:
        return None
    (a, u), (b, v) = (split_coefficient(t) for t in m.node.arguments)
    return with_coefficient(a + b, product_of([u, u])) if u == v and u != ONE and a + b != 0 else None


def in_textbook_order(m: Match) -> Expression | None:
    """3 + x^2 - 2*x  →  x^2 - 2*x + 3"""
    terms = m.node.arguments
    ordered = in_order(terms)
    return None if ordered == terms else make(Sum, ordered)


BRACKETS = Rule(
    "sum.brackets", "?u + ??rest", without_brackets, among=("sum", "negation"),
    mistakes=(Mistake("minus-only-for-first-term", minus_only_first),),
    examples=(("a - (b - c)", "a - b + c"), ("(a + b) + c", "a + b + c"), ("a + b*(c + d)", None)),
    weight="cosmetic",
)  # fmt: skip
ZEROS = Rule(
    "sum.zero", "?u + ??rest", without_zeros, among=("number",),
    examples=(("x + 0", "x"), ("x + 1", None)),
    weight="minor",
)  # fmt: skip
LIKE_TERMS = Rule(
    "sum.like-terms", "?u + ??rest", collected,
    mistakes=(
        Mistake("coefficients-multiplied", coefficients_multiplied),
        Mistake("powers-multiplied-in-sum", exponents_added_too),
    ),
    examples=(("2*x + y + 3*x", "5*x + y"), ("x - x", "0"), ("0.5*x + 0.25*x", "0.75*x"), ("x^2 + x", None)),
    weight="minor",
)  # fmt: skip
ORDER = Rule(
    "sum.order", "?u + ??rest", in_textbook_order,
    examples=(("3 + x^2 - 2*x", "x^2 - 2*x + 3"), ("1 + x", None), ("-sin(x) + x", "x - sin(x)")),
    weight="cosmetic",
)  # fmt: skip
DOUBLE_NEGATION = Rule(
    "negation.double", "-(-?u)", "?u",
    mistakes=(Mistake("double-minus-kept", "-?u"),),
    examples=(("-(-x)", "x"), ("-x", None)),
    weight="minor",
)  # fmt: skip
NEGATED_ZERO = Rule(
    "negation.zero", "-?u", lambda m: ZERO if _is_zero(m["u"]) else None, among=("number",),
    examples=(("-0", "0"), ("-x", None)),
    weight="minor",
)  # fmt: skip
NEGATED_SUM = Rule(
    "negation.sum", "-?u", lambda m: _all_negative(m["u"]), among=("sum",),
    examples=(("-(-x - 1)", "x + 1"), ("-(x + 1)", None)),
    weight="minor",
)  # fmt: skip


def _all_negative(e: Expression) -> Expression | None:
    if type(e) is not Sum or not all(type(t) is Negation for t in e.arguments):
        return None
    return sum_of(t.arguments[0] for t in e.arguments)


NEGATIONS = (DOUBLE_NEGATION, NEGATED_ZERO, NEGATED_SUM)
