"""Derivatives of sums over an index: term by term, the constant first term left out, short ones written out first."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    Expression, Negation, Power, Product, Quotient, Sum, Summation, derivative, integer_value, make, natural,
    negation, postorder, put_in, rational_value, sum_of,
)  # fmt: skip
from derive.rules.conditions import depends, free_of, satisfies
from derive.rules.differentiation.parts import operator
from derive.rules.model import Match, Mistake, Rule

MAX_WRITTEN = 6  # terms of a sum that is written out; a book writes three and dots


def each_term(m: Match) -> Expression:
    """d/dx(sum(u, k, a, b))  →  sum(d/dx(u), k, a, b)"""
    return make(Summation, (operator(m, m["u"]), m["k"], m["a"], m["b"]))


def written_terms(term: Expression, index: Expression, lower: Expression, upper: Expression) -> list[Expression] | None:
    """sum(x^k, k, 1, 3)  →  x^1, x^2, x^3; None where the bounds are no numbers, or the terms too many"""
    first, last = integer_value(lower), integer_value(upper)
    if first is None or last is None or not first <= last < first + MAX_WRITTEN:
        return None
    values = [natural(k) if k >= 0 else negation(natural(-k)) for k in range(first, last + 1)]
    return [put_in(term, {index: value}) for value in values]


def terms_then_derivative(m: Match) -> Expression | None:
    """d/dx(sum(x^k, k, 1, 3))  →  d/dx(x^1 + x^2 + x^3)"""
    terms = written_terms(m["u"], m["k"], m["a"], m["b"])
    return None if terms is None else operator(m, sum_of(terms))


def last_term_left_out(m: Match) -> Expression | None:
    """d/dx(sum(x^k, k, 1, 3))  →  d/dx(x^1 + x^2), which is wrong"""
    terms = written_terms(m["u"], m["k"], m["a"], m["b"])
    return operator(m, sum_of(terms[:-1])) if terms and len(terms) > 1 else None


def without_constant_first_term(m: Match) -> Expression | None:
    """d/dx(sum(x^k, k, 0, n))  →  d/dx(sum(x^k, k, 1, n))"""
    first = integer_value(m["a"])
    if first is None or first < 0 or not _constant_at(m["u"], m["k"], first, m):
        return None
    return operator(m, make(Summation, (m["u"], m["k"], natural(first + 1), m["b"])))


def _constant_at(term: Expression, index: Expression, value: int, m: Match) -> bool:
    """Whether the term for one value of the index is free of x: x^k/k! for k = 0."""
    x, k = m["x"], natural(value)
    free: dict[Expression, bool] = {}
    for node in postorder(put_in(term, {index: k})):
        if type(node) is Power and exact(node.arguments[1]) == 0:
            free[node] = True
        elif type(node) is Product and any([exact(f) == 0 for f in node.arguments]):
            free[node] = True
        elif node.arguments:
            free[node] = all([free[a] for a in node.arguments])
        else:
            free[node] = node != x
    return free[node]


def exact(e: Expression) -> Fraction | None:
    """The value of a small sum or product of numbers: 0 - 0, 2*0."""
    known: dict[Expression, Fraction | None] = {}
    for node in postorder(e):
        parts = [known[a] for a in node.arguments]
        q = rational_value(node) if not node.arguments else None
        if q is None and parts and None not in parts:
            values = [p for p in parts if p is not None]
            if type(node) is Sum:
                q = sum(values, Fraction(0))
            elif type(node) is Negation:
                q = -values[0]
            elif type(node) is Product:
                q = Fraction(1)
                for p in values:
                    q *= p
            elif type(node) is Quotient and values[1]:
                q = values[0] / values[1]
        known[node] = None if q is None else Fraction(q)
    return known[e]


def by_the_index(m: Match) -> Expression:
    """d/dx(sum(u, k, a, b))  →  sum(∂/∂k(u), k, a, b), which is wrong"""
    return make(Summation, (derivative(m["u"], m["k"], partial=True), m["k"], m["a"], m["b"]))


_bounds_free = (free_of("a", "x"), free_of("b", "x"))
_other_letter = satisfies("k is not x", lambda m: m["k"] != m["x"])

WRITTEN_OUT = Rule(
    "derivative.written-out-sum", "d/d?x(sum(?u, ?k, ?a, ?b))", terms_then_derivative,
    given=(depends("u", "x"), _other_letter),
    mistakes=(Mistake("last-term-left-out", last_term_left_out),),
    examples=(
        ("d/dx(sum(x^k, k, 1, 3))", "d/dx(x^1 + x^2 + x^3)"),
        ("d/dx(sum(x^k, k, 1, 100))", None),
        ("d/dx(sum(x^k, k, 1, n))", None),
    ),
    weight="minor",
)  # fmt: skip
CONSTANT_FIRST_TERM = Rule(
    "derivative.constant-first-term", "d/d?x(sum(?u, ?k, ?a, ?b))", without_constant_first_term,
    given=(depends("u", "x"), _other_letter, *_bounds_free),
    mistakes=(Mistake("sum-differentiated-to-zero", lambda m: natural(0) if without_constant_first_term(m) else None),),
    examples=(
        ("d/dx(sum(x^k/factorial(k), k, 0, n))", "d/dx(sum(x^k/factorial(k), k, 1, n))"),
        ("d/dx(sum(x^k, k, 1, n))", None),
    ),
    weight="minor",
)  # fmt: skip
TERM_BY_TERM = Rule(
    "derivative.sum-over-index", "d/d?x(sum(?u, ?k, ?a, ?b))", each_term,
    given=(depends("u", "x"), _other_letter, *_bounds_free),
    mistakes=(Mistake("differentiated-by-the-index", by_the_index),),
    examples=(
        ("d/dx(sum(x^k, k, 1, n))", "sum(d/dx(x^k), k, 1, n)"),
        ("d/dx(sum(x^k, k, 1, floor(x)))", None),
        ("d/dx(sum(k^2, k, 1, n))", None),
    ),
)  # fmt: skip
