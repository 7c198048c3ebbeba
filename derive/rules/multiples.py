"""A sum over a multiple of it: (x^2 + x*y)/(x + y) is x, (a - b)/(b - a) is -1."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Power, Quotient, Sum, equation, integer_value, negation, power, product_of,
    quotient, rational, sum_of,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import factors_of, raised, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.fractions import Term, fraction, term


MAX_COMPARED = 8  # terms of a sum that is compared with another: the work grows with their square


def multiple_cancelled(m: Match) -> Expression | None:
    """(x^2 + x*y)/(y + x)  →  x,   (a - b)/(b - a)  →  -1"""
    found = _multiple(m)
    return None if found is None else found[0]


def _multiple(m: Match) -> tuple[Expression, Expression] | None:
    """(the quotient with a sum above that is a multiple of one below cancelled, that sum below)."""
    above, below = (list(factors_of(a)) for a in m.node.arguments)
    for i, s in enumerate(above):
        if type(s) is not Sum or len(s.arguments) > MAX_COMPARED:
            continue
        for j, g in enumerate(below):
            t, n = g.arguments if type(g) is Power else (g, ONE)
            k = integer_value(n)
            if type(t) is not Sum or len(t.arguments) != len(s.arguments) or k is None or k < 1:
                continue
            factor = _times_what(t, s, m.facts)
            if factor is None:
                continue
            top, bottom = factor.arguments if type(factor) is Quotient else (factor, ONE)
            minus = type(top) is Negation
            above[i : i + 1] = factors_of(top.arguments[0] if type(top) is Negation else top)
            below[j : j + 1] = [] if k == 1 else [t if k == 2 else power(t, rational(k - 1))]
            result = fraction(above, [*factors_of(bottom), *below])
            return negation(result) if minus else result, t
    return None


def _times_what(t: Expression, s: Expression, facts: Facts) -> Expression | None:
    """The one term that t is to be multiplied by, term by term, to give s."""
    divisors = [term(e, facts) for e in t.arguments]
    terms = [term(e, facts) for e in s.arguments]
    wanted = {frozenset(e.powers.items()): e.coefficient for e in terms}
    first = divisors[0]
    if first.coefficient == 0:
        return None
    for e in terms:
        candidate = _quotient(e, first)
        second = _product(candidate, divisors[1])
        if wanted.get(frozenset(second.powers.items())) != second.coefficient:
            continue
        products = {frozenset(p.powers.items()): p.coefficient for p in (_product(candidate, d) for d in divisors)}
        if products == wanted and len(wanted) == len(divisors):
            above = product_of(raised(b, n) for b, n in candidate.powers.items() if n > 0)
            below = product_of(raised(b, -n) for b, n in candidate.powers.items() if n < 0)
            return with_coefficient(candidate.coefficient, above if below == ONE else quotient(above, below))
    return None


def _quotient(a: Term, b: Term) -> Term:
    return _product(a, Term(1 / b.coefficient, {base: -n for base, n in b.powers.items()}))


def _product(a: Term, b: Term) -> Term:
    powers = dict(a.powers)
    for base, n in b.powers.items():
        powers[base] = powers.get(base, 0) + n
    return Term(a.coefficient * b.coefficient, {base: n for base, n in powers.items() if n})


def divisor_not_zero(m: Match) -> Iterator[Expression]:
    """What is cancelled is not zero."""
    found = _multiple(m)
    if found is not None:
        yield equation(found[1], "!=", ZERO)


def first_terms_cancelled(m: Match) -> Expression | None:
    """(x^2 + x*y)/(x + y)  →  x^2/x + x*y/y, which is wrong"""
    top, bottom = m.node.arguments
    if type(top) is not Sum or type(bottom) is not Sum or _multiple(m) is None:
        return None
    return sum_of(quotient(a, b) for a, b in zip(top.arguments, bottom.arguments, strict=False))


MULTIPLE = Rule(
    "quotient.multiple", "?u/?v", multiple_cancelled, assumes=divisor_not_zero,
    mistakes=(Mistake("divided-term-by-term", first_terms_cancelled),),
    examples=(
        ("(x^2 + x*y)/(y + x)", "x"), ("(a - b)/(b - a)", "-1"), ("(2*(-x) - y)/(-x - y/2)", "2"),
        ("3*(2*x - 1)/(x - 1/2)^2", "3*2/(x - 1/2)"),
        ("(csc(x)^2 + csc(x)*cot(x))/(cot(x) + csc(x))", "csc(x)"),
        ("(x + y)/(x - y)", None), ("(x + 2)/(x + 1)", None),
    ),
    weight="minor",
)  # fmt: skip
