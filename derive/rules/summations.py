"""Tidying sums over an index: empty ones, single terms, short ones written out, constants and constant factors."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Product, Quotient, Summation, equation, integer_value, make, natural, negation,
    product_of, put_in, sum_of,
)  # fmt: skip
from derive.rules.conditions import free_of, satisfies
from derive.rules.differentiation.summations import exact, written_terms
from derive.rules.model import Match, Mistake, Rule


def terms_written_out(m: Match) -> Expression | None:
    """sum(x^k, k, 1, 3)  →  x^1 + x^2 + x^3"""
    terms = written_terms(m["u"], m["k"], m["a"], m["b"])
    return None if terms is None or len(terms) < 2 else sum_of(terms)


def last_term_left_out(m: Match) -> Expression | None:
    """sum(x^k, k, 1, 3)  →  x^1 + x^2, which is wrong"""
    terms = written_terms(m["u"], m["k"], m["a"], m["b"])
    return None if terms is None or len(terms) < 2 else sum_of(terms[:-1])


def nothing(m: Match) -> Expression | None:
    """sum(x^k, k, 1, 0)  →  0"""
    first, last = integer_value(m["a"]), integer_value(m["b"])
    return ZERO if first is not None and last is not None and last < first else None


def constants_in_front(m: Match) -> Expression | None:
    """sum(3*x*k, k, 1, n)  →  3*x*sum(k, k, 1, n);   sum(-u, k, 1, n)  →  -sum(u, k, 1, n)"""
    term = m["u"]
    if type(term) is Negation:
        return negation(_with(m, term.operand))
    if type(term) is not Product:
        return None
    still = [f for f in term.arguments if not m.facts.depends(f, m["k"])]
    moving = [f for f in term.arguments if m.facts.depends(f, m["k"])]
    return product_of([*still, _with(m, product_of(moving))]) if still and moving else None


def _with(m: Match, term: Expression) -> Expression:
    return make(Summation, (term, m["k"], m["a"], m["b"]))


def index_in_front(m: Match) -> Expression | None:
    """sum(k*x^k, k, 1, n)  →  n*sum(x^k, k, 1, n), which is wrong"""
    term = m["u"]
    if type(term) is not Product or m["k"] not in term.arguments:
        return None
    others = [f for f in term.arguments if f != m["k"]]
    return product_of([m["b"], _with(m, product_of(others))]) if others else None


def constant_times_count(m: Match) -> Expression:
    """sum(c, k, 1, n)  →  n*c;   sum(c, k, a, b)  →  (b - a + 1)*c"""
    return product_of([_count(m), m["u"]]) if m["u"] != ONE else _count(m)


def _count(m: Match) -> Expression:
    first = integer_value(m["a"])
    if first is None:
        return sum_of([m["b"], negation(m["a"]), ONE])
    if first == 1:
        return m["b"]
    return sum_of([m["b"], natural(1 - first) if first < 1 else negation(natural(first - 1))])


def not_empty(m: Match) -> Iterator[Expression]:
    """b >= a - 1: sums that would go backwards are empty"""
    first, last = integer_value(m["a"]), integer_value(m["b"])
    if first is not None:
        least = first - 1
        yield equation(m["b"], ">=", natural(least) if least >= 0 else negation(natural(-least)))
    else:
        below = natural(last + 1) if last is not None and last >= -1 else sum_of([m["b"], ONE])
        yield equation(below, ">=", m["a"])


def without_zero_term(m: Match) -> Expression | None:
    """sum(k*x^(k - 1), k, 0, n)  →  sum(k*x^(k - 1), k, 1, n)"""
    first = integer_value(m["a"])
    if first is None or first < 0 or not m.facts.depends(m["u"], m["k"]):
        return None
    term = put_in(m["u"], {m["k"]: natural(first)})
    term = term.operand if type(term) is Negation else term
    top = term.numerator if type(term) is Quotient else term
    factors = top.arguments if type(top) is Product else (top,)
    if not any([exact(f) == 0 for f in factors]):
        return None
    return make(Summation, (m["u"], m["k"], natural(first + 1), m["b"]))


def _is_plain(m: Match) -> bool:
    return type(m["u"]) in (Product, Negation)


SINGLE = Rule(
    "summation.single", "sum(?u, ?k, ?a, ?a)", lambda m: put_in(m["u"], {m["k"]: m["a"]}),
    mistakes=(Mistake("single-term-is-zero", "0"),),
    examples=(("sum(x^k, k, n, n)", "x^n"), ("sum(x^k, k, 1, n)", None)),
    weight="minor",
)  # fmt: skip
EMPTY = Rule(
    "summation.empty", "sum(?u, ?k, ?a, ?b)", nothing,
    mistakes=(
        Mistake("empty-sum-begins", lambda m: put_in(m["u"], {m["k"]: m["a"]}) if nothing(m) is not None else None),
    ),
    examples=(("sum(x^k, k, 1, 0)", "0"), ("sum(x^k, k, 1, 1)", None)),
    weight="minor",
)  # fmt: skip
ZERO_TERMS = Rule(
    "summation.zero", "sum(0, ?k, ?a, ?b)", "0",
    mistakes=(Mistake("zeros-counted", "?b"),),
    examples=(("sum(0, k, 1, n)", "0"), ("sum(k, k, 1, n)", None)),
    weight="minor",
)  # fmt: skip
WRITTEN_OUT = Rule(
    "summation.written-out", "sum(?u, ?k, ?a, ?b)", terms_written_out,
    mistakes=(Mistake("last-summand-left-out", last_term_left_out),),
    examples=(("sum(x^k, k, 1, 3)", "x^1 + x^2 + x^3"), ("sum(x^k, k, 1, n)", None), ("sum(x^k, k, 1, 100)", None)),
    weight="minor",
)  # fmt: skip
CONSTANT = Rule(
    "summation.constant", "sum(?u, ?k, ?a, ?b)", constant_times_count,
    given=(free_of("u", "k"),), assumes=not_empty,
    mistakes=(Mistake("constant-summed-once", "?u"),),
    examples=(
        ("sum(x, k, 1, n)", "n*x"),
        ("sum(x, k, 0, n)", "(n + 1)*x"),
        ("sum(x, k, m, n)", "(n - m + 1)*x"),
        ("sum(k*x, k, 1, n)", None),
    ),
    weight="minor",
)  # fmt: skip
CONSTANT_FACTOR = Rule(
    "summation.constant-factor", "sum(?u, ?k, ?a, ?b)", constants_in_front,
    given=(satisfies("u is a product, or has a sign", _is_plain),),
    mistakes=(Mistake("index-taken-out", index_in_front),),
    examples=(
        ("sum(2*x*sin(k), k, 1, n)", "2*x*sum(sin(k), k, 1, n)"),
        ("sum(-x^k, k, 1, n)", "-sum(x^k, k, 1, n)"),
        ("sum(k*x^k, k, 1, n)", None),
    ),
    weight="minor",
)  # fmt: skip
ZERO_TERM = Rule(
    "summation.first-term-zero", "sum(?u, ?k, ?a, ?b)", without_zero_term,
    mistakes=(Mistake("first-term-zero-so-sum-zero", lambda m: ZERO if without_zero_term(m) else None),),
    examples=(
        ("sum(k*x^(k - 1), k, 0, n)", "sum(k*x^(k - 1), k, 1, n)"),
        ("sum(x^k, k, 0, n)", None),
    ),
    weight="minor",
)  # fmt: skip
TIDYING = (ZERO_TERMS, EMPTY, SINGLE, CONSTANT, WRITTEN_OUT, ZERO_TERM, CONSTANT_FACTOR)
