"""The terms of a sum taken apart: a number, the factors above the line, those below it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from derive.expressions import (
    ONE, Expression, Negation, Product, Quotient, Sum, negation, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import has_point, written
from derive.rules.factors import factors_of, split_coefficient, split_power, with_coefficient
from derive.rules.facts import Facts

Key: TypeAlias = frozenset[tuple[Expression, Fraction | int]]
"""Bases with their exponents: equal for factors that differ in their order only."""


class Term(NamedTuple):
    """-3*x^2/(4*y) is -3/4 with x^2 above and y below; `point` where the number was typed with a point."""

    coefficient: Fraction | int
    above: tuple[Expression, ...]
    below: tuple[Expression, ...]
    point: bool = False


def term(t: Expression) -> Term:
    """A term taken apart; term_of puts it together again."""
    coefficient, body = split_coefficient(t)
    top, bottom = body.arguments if type(body) is Quotient else (body, ONE)
    above = () if top == ONE else factors_of(top)
    return Term(coefficient, above, () if bottom == ONE else factors_of(bottom), _typed_with_point(t))


def term_of(coefficient: Fraction | int, above: Iterable[Expression], below: Iterable[Expression], *, point: bool
            ) -> Expression:  # fmt: skip
    """A term put together."""
    top, bottom = product_of(above), product_of(below)
    body = top if bottom == ONE else quotient(top, bottom)
    if body == ONE and point:
        number = written(coefficient, point=True)
        if number is not None:
            return number
    return with_coefficient(coefficient, body, point=point)


def key(above: Iterable[Expression], below: Iterable[Expression], facts: Facts) -> Key:
    """The same for all factors that are equal up to their order: {(x, 2), (y, -1)} for x^2/y."""
    found: dict[Expression, Fraction | int] = {}
    for sign, side in ((1, above), (-1, below)):
        for f in side:
            base, n = split_power(f)
            base = facts.representative(base)
            found[base] = found.get(base, 0) + sign * n
    return frozenset((base, n) for base, n in found.items() if n)


def weight(f: Expression, facts: Facts) -> Fraction | int:
    """A number for a factor: sums of them differ where keys differ, nearly always, and are equal where keys are."""
    base, n = split_power(f)
    return n * hash(facts.representative(base))


def weight_of(t: Term, facts: Facts) -> Fraction | int:
    """The sum of the weights of a term's factors, those below the line taken away."""
    return sum([weight(f, facts) for f in t.above]) - sum([weight(f, facts) for f in t.below])


def combined(u: Expression, v: Expression, sign: int = 1, over: int = 1) -> Expression:
    """(u + v)/over or (u - v)/over, term by term: (x + y, x - y, 1, 2) is x."""
    totals: dict[Expression, Fraction] = {}
    for weight, e in ((1, u), (sign, v)):
        for t in e.arguments if type(e) is Sum else (e,):
            coefficient, body = split_coefficient(t)
            totals[body] = totals.get(body, Fraction(0)) + Fraction(weight * coefficient) / over
    return sum_of(with_coefficient(c if c.denominator != 1 else int(c), body) for body, c in totals.items() if c)


def flipped(e: Expression) -> Expression:
    """-e, each term of a sum with its other sign."""
    return sum_of(_negated(t) for t in e.arguments) if type(e) is Sum else _negated(e)


def _negated(t: Expression) -> Expression:
    return t.arguments[0] if type(t) is Negation else negation(t)


def _typed_with_point(t: Expression) -> bool:
    while type(t) is Negation:
        t = t.arguments[0]
    return has_point(t.arguments[0] if type(t) is Product else t)
