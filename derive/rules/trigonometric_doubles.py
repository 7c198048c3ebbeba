"""Double angles: 2*sin(x)*cos(x) is sin(2*x), 1/2 - cos(2*x)/2 is sin(x)^2: whichever is shorter."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from derive.expressions import (
    ZERO, Call, Expression, Negation, Power, Quotient, call, power, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import Key, Term, combined, key, term, term_of
from derive.rules.trigonometric_angles import MAX_TERMS, SINES, calls_in, pairs_in, replaced, size_allows, terms_of


_COSINES = ("cos", "cosh")


class _Double(NamedTuple):
    """A cosine of a double angle 2*u in a term, or a hyperbolic one."""

    place: int
    term: Term
    name: str
    u: Expression
    rest: tuple[Expression, ...]
    """The other factors above the line."""


def _doubles(m: Match) -> tuple[list[Term], dict[Key, int], list[_Double]]:
    """The terms of a sum, the first place of each up to its number, and the cosines of double angles in them."""
    terms = m.node.arguments
    if len(terms) > MAX_TERMS or not any([_has_double_cosine(t) for t in terms]):
        return [], {}, []
    parts = [term(t) for t in terms]
    places: dict[Key, int] = {}
    found: list[_Double] = []
    for i, t in enumerate(parts):
        places.setdefault(key(t.above, t.below, m.facts), i)
        for k, f in enumerate(t.above):
            u = _halved(f.arguments[0]) if type(f) is Call and f.label in _COSINES else None
            if u is not None:
                found.append(_Double(i, t, str(f.label), u, t.above[:k] + t.above[k + 1 :]))
    return parts, places, found


def half_angle(m: Match) -> Expression | None:
    """1/2 - cos(2*x)/2  →  sin(x)^2,   1/2 + cosh(2*x)/2  →  cosh(x)^2"""
    parts, places, doubles = _doubles(m)
    for i, t, name, u, rest in doubles:
        j = places.get(key(rest, t.below, m.facts))
        if j is None or j == i:
            continue
        sine, cosine, sign = SINES[name]
        c, number = t.coefficient, parts[j].coefficient
        if c == number:
            new = term_of(2 * c, (*rest, power(call(cosine, u), rational(2))), t.below, point=t.point)
        elif c == -number:
            new = term_of(-sign * 2 * c, (*rest, power(call(sine, u), rational(2))), t.below, point=t.point)
        else:
            continue
        result = replaced(m, i, j, new)
        if result is not None:
            return result
    return None


def _has_double_cosine(t: Expression) -> bool:
    """Whether a factor of the term is a cosine of twice something."""
    if type(t) is Negation:
        t = t.arguments[0]
    if type(t) is Quotient:
        t = t.arguments[0]
    return any([type(f) is Call and f.label in _COSINES and _halved(f.arguments[0]) for f in factors_of(t)])


def _halved(u: Expression) -> Expression | None:
    """2*x → x, 6*x + 4 → 3*x + 2; None where a coefficient is odd or broken."""
    for t in terms_of(u):
        c = split_coefficient(t)[0]
        if c.denominator != 1 or int(c) % 2:
            return None
    return combined(u, ZERO, 1, 2)


def same_argument_kept(m: Match) -> Expression | None:
    """1/2 - cos(2*x)/2  →  sin(2*x)^2, which is wrong"""
    right = half_angle(m)
    if type(right) is not Power or type(right.base) is not Call:
        return None
    return power(call(right.base.name, combined(right.base.arguments[0], right.base.arguments[0])), right.exponent)


def double_product(m: Match) -> Expression | None:
    """2*sin(x)*cos(x)  →  sin(2*x)"""
    factors = m.node.arguments
    if calls_in(m.node) < 2 or rational_value(factors[0]) is None:
        return None
    parts = term(m.node)
    for f, g, above in pairs_in(parts.above):
        if f.label != g.label and f.arguments == g.arguments:
            sine = SINES[str(f.label)][0]
            new = call(sine, combined(f.arguments[0], f.arguments[0]))
            half = Fraction(parts.coefficient) / 2
            result = term_of(half, (*above, new), parts.below, point=parts.point)
            return result if m.facts.size(result) < m.facts.size(m.node) else None
    return None


def doubles_collected(m: Match) -> Expression | None:
    """sin(2*x) + sin(x)*cos(x)  →  3*sin(x)*cos(x)"""
    terms = m.node.arguments
    if not size_allows(terms, 1) or not any([calls_in(t) > 1 for t in terms]):
        return None
    parts = [term(t) for t in terms]
    pairs: dict[tuple[Key, str, Expression], int] = {}
    for i, t in enumerate(parts):
        for f, g, above in pairs_in(t.above):
            if f.label != g.label and f.arguments == g.arguments:
                sine = SINES[str(f.label)][0]
                pairs.setdefault((key(above, t.below, m.facts), sine, f.arguments[0]), i)
    if not pairs:
        return None
    for j, t in enumerate(parts):
        for k, double in enumerate(t.above):
            if type(double) is not Call or double.label not in ("sin", "sinh"):
                continue
            u = _halved(double.arguments[0])
            rest = key(t.above[:k] + t.above[k + 1 :], t.below, m.facts)
            at = None if u is None else pairs.get((rest, str(double.label), u))
            if at is None:
                continue
            other = parts[at]
            total = 2 * t.coefficient + other.coefficient
            kept = [s for n, s in enumerate(terms) if n not in (at, j)]
            if total:
                kept.insert(min(at, j), term_of(total, other.above, other.below, point=t.point or other.point))
            return sum_of(kept)
    return None


def cosine_of_double_collected(m: Match) -> Expression | None:
    """cos(2*x) + 2*sin(x)^2  →  1,   cos(2*x) - 2*cos(x)^2  →  -1"""
    parts, places, doubles = _doubles(m)
    for j, t, double, u, rest in doubles:
        sine, cosine, sign = SINES[double]
        for name, times, left in ((sine, -2 * sign, 1), (cosine, 2, -sign)):  # cos(2*u) = times*f(u)^2 + left
            square = power(call(name, u), rational(2))
            at = places.get(key((*rest, square), t.below, m.facts))
            if at is not None and parts[at].coefficient == -times * t.coefficient:
                new = term_of(left * t.coefficient, rest, t.below, point=t.point)
                return replaced(m, at, j, new)
    return None


def double_added_as_one(m: Match) -> Expression | None:
    """sin(2*x) + sin(x)*cos(x)  →  2*sin(x)*cos(x), taking the double angle once, which is wrong"""
    if len(m.node.arguments) != 2 or doubles_collected(m) is None:
        return None
    parts = [(t, calls_in(e)) for t, e in zip(map(term, m.node.arguments), m.node.arguments, strict=True)]
    (double, _), (pair, _) = sorted(parts, key=lambda p: p[1])
    return term_of(double.coefficient + pair.coefficient, pair.above, pair.below, point=False)


def sine_of_the_square(m: Match) -> Expression | None:
    """2*sin(x)*cos(x)  →  sin(x)^2, which is wrong"""
    right = double_product(m)
    if type(right) is not Call:
        return None
    return power(call(right.name, combined(right.arguments[0], ZERO, 1, 2)), rational(2))


HALF_ANGLE = Rule(
    "trigonometry.half-angle", "?u + ??rest", half_angle, within=_COSINES,
    mistakes=(Mistake("half-angle-argument-kept", same_argument_kept),),
    examples=(
        ("1/2 - cos(2*x)/2", "sin(x)^2"), ("1/2 + cos(4*x)/2", "cos(2*x)^2"), ("cosh(2*x)/2 - 1/2", "sinh(x)^2"),
        ("1/2 - cos(x)/2", None), ("1 - cos(2*x)", None),
    ),
)  # fmt: skip
DOUBLE_PRODUCT = Rule(
    "trigonometry.double-angle-product", "?u*??rest", double_product, among=("sin", "cos", "sinh", "cosh"),
    mistakes=(Mistake("double-angle-as-square", sine_of_the_square),),
    examples=(
        ("2*sin(x)*cos(x)", "sin(2*x)"), ("2*x*sin(3*x)*cos(3*x)", "x*sin(6*x)"), ("2*sinh(x)*cosh(x)", "sinh(2*x)"),
        ("sin(x)*cos(x)", None), ("2*sin(x)*cos(y)", None),
    ),
)  # fmt: skip
DOUBLES = Rule(
    "trigonometry.double-angle-collected", "?u + ??rest", doubles_collected, within=tuple(SINES),
    mistakes=(Mistake("double-angle-taken-once", double_added_as_one),),
    examples=(
        ("sin(2*x) + sin(x)*cos(x)", "3*sin(x)*cos(x)"), ("y*sin(2*x) - 2*y*sin(x)*cos(x)", "0"),
        ("sinh(2*x) + 4*sinh(x)*cosh(x)", "6*sinh(x)*cosh(x)"), ("sin(2*x) + sin(x)*cos(y)", None),
    ),
)  # fmt: skip
COSINES = Rule(
    "trigonometry.double-angle-cosine", "?u + ??rest", cosine_of_double_collected, within=_COSINES,
    examples=(
        ("cos(2*x) + 2*sin(x)^2", "1"), ("y*cos(4*x) - 2*y*cos(2*x)^2", "-y"), ("cosh(2*x) - 2*sinh(x)^2", "1"),
        ("cos(2*x) + sin(x)^2", None), ("cos(x) + 2*sin(x)^2", None),
    ),
)  # fmt: skip

SUMS = (DOUBLES, COSINES, HALF_ANGLE)
