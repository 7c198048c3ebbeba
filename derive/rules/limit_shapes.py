"""The shapes that rules about limits look at: a limit at 0, a difference quotient, multiples of its variable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derive.expressions import (
    ONE, ZERO, Call, Expression, Limit, Negation, Quotient, Sum, make, negation, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import factors_of
from derive.rules.model import Match
from derive.rules.polynomial import Polynomial, degree_in, polynomial, terms_of


MAX_DEPTH = 300  # of what a limit is taken of; textbook functions have below 12


class AtZero(NamedTuple):
    """lim h→0 (operand), from one side or both."""

    operand: Expression
    h: Expression
    side: str


class Difference(NamedTuple):
    """lim h→0 ((later - now)/h): a function's value a little later, and now."""

    later: Expression
    now: Expression
    h: Expression


def is_plain_limit(node: Expression) -> bool:
    """Whether it is a limit of something without operators, not too deep to be looked through rule by rule."""
    return type(node) is Limit and not node.arguments[0].open and node.depth <= MAX_DEPTH


def at_zero_limit(m: Match) -> AtZero | None:
    """The limit at 0 that the match stands at, else None; its operand contains the variable."""
    node = m.node
    if not is_plain_limit(node) or node.arguments[2] != ZERO:
        return None
    operand, h, _ = node.arguments
    return AtZero(operand, h, str(node.label)) if m.facts.depends(operand, h) else None


def difference(m: Match) -> Difference | None:
    """The difference quotient whose limit the match stands at, else None."""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient:
        return None
    top, bottom = found.operand.arguments
    if bottom != found.h or type(top) is not Sum or len(top.arguments) != 2 or type(top.arguments[1]) is not Negation:
        return None
    later, now = top.arguments[0], top.arguments[1].arguments[0]
    if m.facts.depends(now, found.h) or not m.facts.depends(later, found.h):
        return None
    return Difference(later, now, found.h)


def limit(m: Match, e: Expression) -> Expression:
    """The limit of another operand, the rest as it is."""
    return make(Limit, (e, *m.node.arguments[1:]), m.node.label)


def minus(a: Expression, b: Expression) -> Expression:
    """a - b"""
    return sum_of((a, negation(b)))


def over(a: Expression, b: Expression) -> Expression:
    """a/b, a alone over 1."""
    return a if b == ONE else quotient(a, b)


def ratio(m: Match, later: Expression, now: Expression) -> Expression:
    """(later - now)/h"""
    return quotient(minus(later, now), m.node.arguments[1])


def quotient_limit(m: Match, later: Expression, now: Expression) -> Expression:
    """lim h→0 ((later - now)/h)"""
    return limit(m, ratio(m, later, now))


def split_factors(e: Expression, h: Expression, facts: Facts) -> tuple[list[Expression], list[Expression]]:
    """The factors of e without h and those with it."""
    free: list[Expression] = []
    bound: list[Expression] = []
    for f in factors_of(e):
        (bound if facts.depends(f, h) else free).append(f)
    return free, bound


def over_h(e: Expression, h: Expression, facts: Facts) -> Expression | None:
    """c where e is c*h for a c without h, else None: `2*h/x  →  2/x`."""
    if e == h:
        return ONE
    p = in_powers_of(h, e, facts)
    if not p or any(degree_in(monomial, h) != 1 for monomial in p):
        return None
    return sum_of(terms_of(lowered(p, h)))


def increment(later: Expression, now: Expression, h: Expression, facts: Facts) -> Expression | None:
    """later - now where that is a multiple of h: `3*(x + h) + 1, 3*x + 1  →  3*h`."""
    e = minus(later, now)
    c = over_h(e, h, facts)
    if c is None:
        return None
    return product_of([c, h]) if type(c) is Sum else terms_of(in_powers_of(h, e, facts) or {}, h)[0]


def shifted(m: Match, *names: str) -> tuple[str, Expression, Expression] | None:
    """(function, p, k) of lim h→0 ((f(p + k) - f(p))/h), k a multiple of h."""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    name = found.now.label
    if name not in names or found.later.label != name or found.now.arguments[0] == ZERO:
        return None
    p = found.now.arguments[0]
    k = increment(found.later.arguments[0], p, found.h, m.facts)
    return None if k is None else (str(name), p, k)


def lowered(p: Polynomial, h: Expression) -> Polynomial:
    """A polynomial divided by h."""
    result: Polynomial = {}
    for monomial, c in p.items():
        exponents = dict(monomial)
        exponents[h] = exponents.get(h, 0) - 1
        result[frozenset((a, n) for a, n in exponents.items() if n)] = c
    return result


def in_powers_of(h: Expression, e: Expression, facts: Facts) -> Polynomial | None:
    """e as a polynomial in h, None where it is none."""
    p = polynomial(e)
    if p is None:
        return None
    for monomial in p:
        for atom, n in monomial:
            if atom == h and (n < 0 or n != int(n)):
                return None
            if atom != h and facts.depends(atom, h):
                return None
    return p


def lowest(p: Polynomial, h: Expression) -> int:
    """The lowest power of h in a polynomial that is not 0."""
    return int(min(degree_in(monomial, h) for monomial in p))


def flat_terms(e: Expression) -> Iterator[Expression]:
    """The terms of e, of sums in it and of minus a sum in it, in the order of writing."""
    stack = [(e, False)]
    while stack:
        node, negative = stack.pop()
        if type(node) is Sum:
            stack.extend([(t, negative) for t in reversed(node.arguments)])
        elif type(node) is Negation:
            stack.append((node.arguments[0], not negative))
        else:
            yield negation(node) if negative else node
