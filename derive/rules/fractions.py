"""Fractions without fractions in them, without negative powers, without a minus that a difference can take in."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt, lcm
from typing import NamedTuple

from derive.expressions import (
    ONE, ZERO, Call, Constant, Expression, Negation, Number, Power, Quotient, Sum, call, equation, integer_value,
    negation, product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import has_point
from derive.rules.facts import Facts
from derive.rules.factors import factors_of, raised, split_coefficient, split_power, with_coefficient
from derive.rules.model import Match, Mistake, Rule

MAX_TERMS = 40  # of a sum whose fractions are brought to one denominator
MAX_DEGREE = 8  # of that denominator: beyond, the cleared fraction is longer than the compound one


class Term(NamedTuple):
    """-3*x^2/(4*y) is -3/4 with {x: 2, y: -1}."""

    coefficient: Fraction
    powers: dict[Expression, Fraction | int]


def term(t: Expression, facts: Facts) -> Term:
    """A term as a number and powers of bases; signs and numbers anywhere in it are part of the number."""
    c, body = split_coefficient(t)
    coefficient, body = _unsigned(Fraction(c), body)
    top, bottom = body.arguments if type(body) is Quotient else (body, ONE)
    powers: dict[Expression, Fraction | int] = {}
    for way, side in ((1, top), (-1, bottom)):
        coefficient, side = _unsigned(coefficient, side)
        for f in factors_of(side):
            value = rational_value(f)
            if value is None:
                base, n = split_power(f)
                base = facts.representative(base)
                powers[base] = powers.get(base, 0) + way * n
            elif value:
                coefficient *= Fraction(value) ** way
            else:
                powers[f] = powers.get(f, 0) + way  # 0 stays a factor
    return Term(coefficient, {base: n for base, n in powers.items() if n})


def _unsigned(c: Fraction, e: Expression) -> tuple[Fraction, Expression]:
    while type(e) is Negation:
        c, e = -c, e.arguments[0]
    return c, e


def _denominator(terms: list[Term]) -> tuple[int, dict[Expression, Fraction | int]]:
    """The least common denominator of terms: a whole number, and powers."""
    number = lcm(*(t.coefficient.denominator for t in terms))
    powers: dict[Expression, Fraction | int] = {}
    for t in terms:
        for base, n in t.powers.items():
            if n < 0 and type(base) is not Constant and not _exponential(base):
                powers[base] = max(powers.get(base, 0), -n)
    return number, powers


def _exponential(base: Expression) -> bool:
    if type(base) is Call:
        return base.label == "exp"
    return type(base) is Power and rational_value(base.arguments[1]) is None


def _cleared(s: Expression, facts: Facts) -> tuple[Expression, list[Expression]] | None:
    """(the sum times its least common denominator, the factors of that denominator), None where there is none."""
    if type(s) is not Sum or len(s.arguments) > MAX_TERMS or True not in [_has_fraction(t) for t in s.arguments]:
        return None
    if any(has_point(factors_of(t)[0]) for t in s.arguments):
        return None
    terms = [term(t, facts) for t in s.arguments]
    number, powers = _denominator(terms)
    if (number == 1 and not powers) or sum(powers.values()) > MAX_DEGREE:
        return None
    multiplied = []
    for t in terms:
        exponents = dict(t.powers)
        for base, n in powers.items():
            exponents[base] = exponents.get(base, 0) + n
        body = product_of(f for f in (raised(b, n) for b, n in exponents.items()) if f != ONE)
        multiplied.append(with_coefficient(t.coefficient * number, body))
    factors = [*([rational(number)] if number != 1 else []), *(raised(b, n) for b, n in powers.items())]
    return sum_of(multiplied), factors


def _cleared_root(f: Expression, facts: Facts) -> tuple[Expression, list[Expression]] | None:
    """The same for the root of a sum, where the denominator is a square: sqrt(x^2/4 + 1) is sqrt(x^2 + 4)/2."""
    if type(f) is not Call or f.label != "sqrt":
        return None
    cleared = _cleared(f.arguments[0], facts)
    if cleared is None:
        return None
    roots: list[Expression] = []
    for g in cleared[1]:
        base, n = split_power(g)
        value = integer_value(g)
        if value is not None:
            if isqrt(value) ** 2 != value:
                return None
            roots.append(rational(isqrt(value)))
        elif n % 2:
            return None
        else:
            root = raised(base, n // 2)
            roots.append(root if n % 4 == 0 or facts.bounds(base).low >= 0 else call("abs", root))
    return call("sqrt", cleared[0]), roots


def _has_fraction(t: Expression) -> bool:
    while type(t) is Negation:
        t = t.arguments[0]
    return type(t) is Quotient or True in [type(f) is Power and _negative_power(f) for f in factors_of(t)]


def _negative_power(f: Expression) -> bool:
    if type(f) is not Power or type(f.arguments[0]) in (Number, Constant):
        return False
    n = rational_value(f.arguments[1])
    return n is not None and n < 0


def without_inner_fractions(m: Match) -> Expression | None:
    """1/(2*(1 + x^2/4))  →  4/(2*(4 + x^2)), where that is no longer than before"""
    sides: list[list[Expression]] = []
    moved: list[list[Expression]] = []
    for side in m.node.arguments:
        kept: list[Expression] = []
        over: list[Expression] = []
        for f in factors_of(side):
            cleared = _cleared(f, m.facts) if type(f) is Sum else _cleared_root(f, m.facts)
            if cleared is None:
                kept.append(f)
            else:
                kept.append(cleared[0])
                over += cleared[1]
        sides.append(kept)
        moved.append(over)
    if not moved[0] and not moved[1]:
        return None
    above, below = [*sides[0], *moved[1]], [*sides[1], *moved[0]]
    shared = [f for f in above if f in below and rational_value(f) is None]  # the next step cancels it
    left = fraction([f for f in above if f not in shared], [f for f in below if f not in shared])
    return fraction(above, below) if m.facts.size(left) <= m.facts.size(m.node) else None


def fraction(above: list[Expression], below: list[Expression]) -> Expression:
    """The quotient of two products, ones left out."""
    top, bottom = (product_of([f for f in side if f != ONE]) for side in (above, below))
    return top if bottom == ONE else quotient(top, bottom)


def inner_denominators(m: Match) -> Iterator[Expression]:
    """The inner denominators are not zero."""
    for side in m.node.arguments:
        for f in factors_of(side):
            inner = f.arguments[0] if type(f) is Call and f.label == "sqrt" else f
            if type(inner) is Sum and _cleared(inner, m.facts) is not None:
                for base in _denominator([term(t, m.facts) for t in inner.arguments])[1]:
                    yield equation(base, "!=", ZERO)


def across_the_line(m: Match) -> Expression | None:
    """x^(-1/2)/2  →  1/(2*x^(1/2))"""
    sides = [factors_of(a) for a in m.node.arguments]
    if True not in [type(f) is Power and _negative_power(f) for side in sides for f in side]:
        return None
    kept = [[f for f in side if not _negative_power(f)] for side in sides]
    moved = [[_inverted(f) for f in side if _negative_power(f)] for side in sides]
    return fraction([*kept[0], *moved[1]], [*kept[1], *moved[0]])


def _inverted(f: Expression) -> Expression:
    base, n = split_power(f)
    return raised(base, -n)


def moved_bases(m: Match) -> Iterator[Expression]:
    """What moves across the line is not zero."""
    for side in m.node.arguments:
        for f in factors_of(side):
            if _negative_power(f):
                yield equation(f.arguments[0], "!=", ZERO)


def only_sign_of_exponent(m: Match) -> Expression | None:
    """x^(-2)/3  →  x^2/3, which is wrong"""
    top, bottom = m.node.arguments
    if not any(_negative_power(f) for f in factors_of(top)):
        return None
    return quotient(product_of(_inverted(f) if _negative_power(f) else f for f in factors_of(top)), bottom)


def minus_taken_in(m: Match) -> Expression | None:
    """-(a - b)/c  →  (b - a)/c"""
    u = m["u"]
    top = u.arguments[0] if type(u) is Quotient else u
    factors = factors_of(top)
    for i, f in enumerate(factors):
        if type(f) is Sum and 2 * sum(type(t) is Negation for t in f.arguments) >= len(f.arguments):
            flipped = sum_of(t.arguments[0] if type(t) is Negation else negation(t) for t in f.arguments)
            above = product_of([*factors[:i], flipped, *factors[i + 1 :]])
            return quotient(above, u.arguments[1]) if type(u) is Quotient else above
    return None


def minus_for_first_term(m: Match) -> Expression | None:
    """-(a - b)  →  -a - b, which is wrong"""
    u = m["u"]
    if type(u) is not Sum or type(u.arguments[0]) is Negation:
        return None
    return sum_of([negation(u.arguments[0]), *u.arguments[1:]])


CLEAR = Rule(
    "quotient.clear-fractions", "?u/?v", without_inner_fractions, assumes=inner_denominators,
    examples=(
        ("1/(2*(1 + x^2/4))", "4/(2*(4 + x^2))"), ("(1/x + 1)/y", "(1 + x)/(y*x)"), ("(x + 1)/y", None),
        ("y/(x^2*(1 + y^2/x^2))", "y*x^2/(x^2*(x^2 + y^2))"),
        ("1/(2*sqrt(x^2/4 + 1))", "2/(2*sqrt(x^2 + 4))"),
        ("1/(x*abs(x)*sqrt(1/x^2 + 1))", "abs(x)/(x*abs(x)*sqrt(1 + x^2))"),
        ("(2*x/(1 + (x^2 - 1)^2) - 1)/3", None), ("1/sqrt(x^2/2 + 1)", None),
    ),
    weight="minor",
)  # fmt: skip
NEGATIVE_POWERS = Rule(
    "quotient.negative-powers", "?u/?v", across_the_line, assumes=moved_bases,
    mistakes=(Mistake("only-sign-of-exponent-changed", only_sign_of_exponent),),
    examples=(
        ("x^(-1/2)/2", "1/(2*x^(1/2))"), ("x/y^(-2)", "x*y^2"), ("e^(-x)/2", None),
        ("(x^(2/3))^(-1/2)/2", "1/(2*(x^(2/3))^(1/2))"),
    ),
    weight="minor",
)  # fmt: skip
DIFFERENCE = Rule(
    "negation.difference", "-?u", minus_taken_in,
    mistakes=(Mistake("minus-for-first-term-of-difference", minus_for_first_term),),
    examples=(("-((a - b)/c)", "(-a + b)/c"), ("-(2*(a - b))", "2*(-a + b)"), ("-((a + b)/c)", None)),
    weight="minor",
)  # fmt: skip
