"""Sines and cosines of sums, of double and of half an argument, forwards or backwards: whichever is shorter."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from derive.expressions import (
    ZERO, Call, Expression, Negation, Power, Quotient, Sum, call, power, product_of, rational,
    rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import Key, Term, combined, flipped, key, term, term_of

MAX_TERMS = 40  # of a sum that is looked at: results of textbook problems have below 20

_SINES = {
    "sin": ("sin", "cos", 1),
    "cos": ("sin", "cos", 1),
    "sinh": ("sinh", "cosh", -1),
    "cosh": ("sinh", "cosh", -1),
}

_COSINES = ("cos", "cosh")

Cell: TypeAlias = tuple[str, Expression]
"""A function and its argument."""


class _Place(NamedTuple):
    """A term that has the functions looked for: its number in the sum, taken apart, without them."""

    number: int
    term: Term
    above: tuple[Expression, ...]


def _calls(t: Expression) -> int:
    """How many sines and cosines a term has as factors."""
    if type(t) is Negation:
        t = t.arguments[0]
    if type(t) is Quotient:
        t = t.arguments[0]
    return sum([type(f) is Call and f.label in _SINES for f in factors_of(t)])


def _replaced(m: Match, i: int, j: int, new: Expression) -> Expression | None:
    """The sum with `new` for its terms i and j, where that is shorter."""
    first, second = min(i, j), max(i, j)
    terms = list(m.node.arguments)
    terms[first] = new
    del terms[second]
    result = sum_of(terms)
    return result if m.facts.size(result) < m.facts.size(m.node) else None


def _size_allows(terms: tuple[Expression, ...], calls: int) -> bool:
    return len(terms) <= MAX_TERMS and sum([_calls(t) >= calls for t in terms]) > 1


def of_a_sum(m: Match) -> Expression | None:
    """sin(x)*cos(y) + cos(x)*sin(y)  →  sin(x + y)"""
    terms = m.node.arguments
    if not _size_allows(terms, 2):
        return None
    found: dict[tuple[Key, Cell, Cell], _Place] = {}
    for i, t in enumerate(terms):
        if _calls(t) < 2:
            continue
        parts = term(t)
        for f, g, above in _pairs(parts.above):
            rest = key(above, parts.below, m.facts)
            here = _Place(i, parts, above)
            for (p, u), (q, v) in (((f.label, f.arguments[0]), (g.label, g.arguments[0])),
                                   ((g.label, g.arguments[0]), (f.label, f.arguments[0]))):  # fmt: skip
                other = found.get((rest, (_other(str(p)), u), (_other(str(q)), v)))
                if other is not None:
                    result = _joined(m, other, here, (str(p), u), (str(q), v))
                    if result is not None:
                        return result
            for cells in (((f.label, f.arguments[0]), (g.label, g.arguments[0])),
                          ((g.label, g.arguments[0]), (f.label, f.arguments[0]))):  # fmt: skip
                found.setdefault((rest, *cells), here)  # type: ignore[arg-type]
    return None


def _pairs(above: tuple[Expression, ...]) -> Iterator[tuple[Call, Call, tuple[Expression, ...]]]:
    """Two functions of one family among the factors, and the other factors."""
    for j, g in enumerate(above):
        if type(g) is Call and g.label in _SINES:
            for i, f in enumerate(above[:j]):
                if type(f) is Call and f.label in _SINES and _SINES[str(f.label)] == _SINES[str(g.label)]:
                    yield f, g, above[:i] + above[i + 1 : j] + above[j + 1 :]


def _other(name: str) -> str:
    sine, cosine, _ = _SINES[name]
    return cosine if name == sine else sine


def _joined(m: Match, other: _Place, here: _Place, f: Cell, g: Cell) -> Expression | None:
    """The other place has the two functions that this one has not: one sine or cosine of a sum for both."""
    a, b = other.term.coefficient, here.term.coefficient
    if abs(a) != abs(b) or not a:
        return None
    sine, cosine, sign = _SINES[f[0]]
    (p, u), (q, v) = f, g
    if p != q:
        if p == sine:
            u, v = v, u
        new, c = call(sine, _sum(u, v, 1 if a == b else -1)), a  # a*sin(u)*cos(v) there, b*cos(u)*sin(v) here
    else:
        both = b if p == cosine else a  # of cos(u)*cos(v)
        new, c = call(cosine, _sum(u, v, 1 if a == -sign * b else -1)), both
    point = other.term.point or here.term.point
    return _replaced(m, other.number, here.number, term_of(c, (*here.above, new), here.term.below, point=point))


def _sum(u: Expression, v: Expression, sign: int) -> Expression:
    """u + v or u - v, not worked out."""
    return sum_of([*_terms(u), *_terms(v if sign > 0 else flipped(v))])


def _terms(u: Expression) -> tuple[Expression, ...]:
    return u.arguments if type(u) is Sum else (u,)


def sine_times_sine(m: Match) -> Expression | None:
    """sin(x)*cos(y) + cos(x)*sin(y)  →  sin(x)*sin(y), which is wrong"""
    right = of_a_sum(m)
    if type(right) is not Call or type(right.arguments[0]) is not Sum:
        return None
    return product_of(call(str(right.label), t) for t in right.arguments[0].arguments)


def as_product(m: Match) -> Expression | None:
    """cos(x + y) + cos(x - y)  →  2*cos(x)*cos(y)"""
    terms = m.node.arguments
    if not _size_allows(terms, 1):
        return None
    found: dict[tuple[Key, str], list[tuple[_Place, Expression]]] = {}
    for i, t in enumerate(terms):
        if not _calls(t):
            continue
        parts = term(t)
        for k, f in enumerate(parts.above):
            if type(f) is Call and f.label in _SINES:
                above = parts.above[:k] + parts.above[k + 1 :]
                others = found.setdefault((key(above, parts.below, m.facts), str(f.label)), [])
                here = _Place(i, parts, above), f.arguments[0]
                for other in others:
                    result = _factored(m, other, here, str(f.label))
                    if result is not None:
                        return result
                others.append(here)
    return None


def _factored(m: Match, first: tuple[_Place, Expression], second: tuple[_Place, Expression], name: str
              ) -> Expression | None:  # fmt: skip
    (here, u), (there, v) = first, second
    c = here.term.coefficient
    if abs(c) != abs(there.term.coefficient) or not c or here.number == there.number:
        return None
    sine, cosine, sign = _SINES[name]
    same = c == there.term.coefficient
    p, q = combined(u, v, 1, 2), combined(u, v, -1, 2)
    if p == ZERO or q == ZERO:
        return None
    if name == sine:
        both = (sine, cosine) if same else (cosine, sine)
    else:
        both, c = ((cosine, cosine), c) if same else ((sine, sine), -sign * c)
    if type(_terms(q)[0]) is Negation:  # cos(-q) = cos(q), sin(-q) = -sin(q)
        q, c = flipped(q), c if same else -c
    factors = (*here.above, call(both[0], p), call(both[1], q))
    return _replaced(m, here.number, there.number, term_of(2 * c, factors, here.term.below, point=False))


def arguments_added(m: Match) -> Expression | None:
    """cos(x + y) + cos(x - y)  →  cos(2*x), which is wrong"""
    terms = m.node.arguments
    if len(terms) != 2 or as_product(m) is None:
        return None
    f, g = terms
    if type(f) is not Call or type(g) is not Call:
        return None
    return call(str(f.label), combined(f.arguments[0], g.arguments[0]))


def half_angle(m: Match) -> Expression | None:
    """1/2 - cos(2*x)/2  →  sin(x)^2,   1/2 + cosh(2*x)/2  →  cosh(x)^2"""
    terms = m.node.arguments
    if len(terms) > MAX_TERMS or not any([_has_double_cosine(t) for t in terms]):
        return None
    parts = [term(t) for t in terms]
    plain: dict[Key, int] = {}
    for i, t in enumerate(parts):
        plain.setdefault(key(t.above, t.below, m.facts), i)
    for i, t in enumerate(parts):
        for k, f in enumerate(t.above):
            if type(f) is not Call or f.label not in _COSINES:
                continue
            u = _halved(f.arguments[0])
            above = t.above[:k] + t.above[k + 1 :]
            j = plain.get(key(above, t.below, m.facts))
            if u is None or j is None or j == i:
                continue
            sine, cosine, sign = _SINES[str(f.label)]
            c, number = t.coefficient, parts[j].coefficient
            if c == number:
                new = term_of(2 * c, (*above, power(call(cosine, u), rational(2))), t.below, point=t.point)
            elif c == -number:
                new = term_of(-sign * 2 * c, (*above, power(call(sine, u), rational(2))), t.below, point=t.point)
            else:
                continue
            result = _replaced(m, i, j, new)
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
    for t in _terms(u):
        c = split_coefficient(t)[0]
        if Fraction(c).denominator != 1 or int(c) % 2:
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
    if _calls(m.node) < 2 or rational_value(factors[0]) is None:
        return None
    parts = term(m.node)
    for f, g, above in _pairs(parts.above):
        if f.label != g.label and f.arguments == g.arguments:
            sine = _SINES[str(f.label)][0]
            new = call(sine, combined(f.arguments[0], f.arguments[0]))
            half = Fraction(parts.coefficient) / 2
            result = term_of(half, (*above, new), parts.below, point=parts.point)
            return result if m.facts.size(result) < m.facts.size(m.node) else None
    return None


def doubles_collected(m: Match) -> Expression | None:
    """sin(2*x) + sin(x)*cos(x)  →  3*sin(x)*cos(x)"""
    terms = m.node.arguments
    if not _size_allows(terms, 1) or not any([_calls(t) > 1 for t in terms]):
        return None
    parts = [term(t) for t in terms]
    pairs: dict[tuple[Key, str, Expression], int] = {}
    for i, t in enumerate(parts):
        for f, g, above in _pairs(t.above):
            if f.label != g.label and f.arguments == g.arguments:
                sine = _SINES[str(f.label)][0]
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


def double_added_as_one(m: Match) -> Expression | None:
    """sin(2*x) + sin(x)*cos(x)  →  2*sin(x)*cos(x), taking the double angle once, which is wrong"""
    if len(m.node.arguments) != 2 or doubles_collected(m) is None:
        return None
    parts = [(t, _calls(e)) for t, e in zip(map(term, m.node.arguments), m.node.arguments, strict=True)]
    (double, _), (pair, _) = sorted(parts, key=lambda p: p[1])
    return term_of(double.coefficient + pair.coefficient, pair.above, pair.below, point=False)


def sine_of_the_square(m: Match) -> Expression | None:
    """2*sin(x)*cos(x)  →  sin(x)^2, which is wrong"""
    right = double_product(m)
    if type(right) is not Call:
        return None
    return power(call(right.name, combined(right.arguments[0], ZERO, 1, 2)), rational(2))


ANGLE_SUM = Rule(
    "trigonometry.angle-sum", "?u + ??rest", of_a_sum,
    mistakes=(Mistake("sine-of-sum-as-product", sine_times_sine),),
    examples=(
        ("sin(x)*cos(y) + cos(x)*sin(y)", "sin(x + y)"),
        ("sin(1/50)*cos(1/25) + sin(1/25)*cos(1/50)", "sin(1/50 + 1/25)"),
        ("cos(x)*cos(y) - sin(x)*sin(y)", "cos(x + y)"), ("sin(2*x)*cos(x) - cos(2*x)*sin(x)", "sin(2*x - x)"),
        ("cosh(x)*cosh(y) + sinh(x)*sinh(y)", "cosh(x + y)"), ("sinh(x)*cosh(y) - cosh(x)*sinh(y)", "sinh(x - y)"),
        ("sin(x)*cos(y) + cos(x)*cos(y)", None), ("sin(x)*cos(y) + 2*cos(x)*sin(y)", None),
    ),
)  # fmt: skip
SUM_TO_PRODUCT = Rule(
    "trigonometry.sum-to-product", "?u + ??rest", as_product,
    mistakes=(Mistake("arguments-of-cosines-added", arguments_added),),
    examples=(
        ("cos(x + y) + cos(x - y)", "2*cos(x)*cos(y)"), ("a*sin(x + y) - a*sin(x - y)", "2*a*cos(x)*sin(y)"),
        ("cos(x + y) - cos(x - y)", "-2*sin(x)*sin(y)"), ("cosh(x + y) - cosh(x - y)", "2*sinh(x)*sinh(y)"),
        ("cos(3*x) + cos(x)", None), ("cos(x + y) + sin(x - y)", None),
    ),
)  # fmt: skip
HALF_ANGLE = Rule(
    "trigonometry.half-angle", "?u + ??rest", half_angle,
    mistakes=(Mistake("half-angle-argument-kept", same_argument_kept),),
    examples=(
        ("1/2 - cos(2*x)/2", "sin(x)^2"), ("1/2 + cos(4*x)/2", "cos(2*x)^2"), ("cosh(2*x)/2 - 1/2", "sinh(x)^2"),
        ("1/2 - cos(x)/2", None), ("1 - cos(2*x)", None),
    ),
)  # fmt: skip
DOUBLE_PRODUCT = Rule(
    "trigonometry.double-angle-product", "?u*??rest", double_product, among=("call",),
    mistakes=(Mistake("double-angle-as-square", sine_of_the_square),),
    examples=(
        ("2*sin(x)*cos(x)", "sin(2*x)"), ("2*x*sin(3*x)*cos(3*x)", "x*sin(6*x)"), ("2*sinh(x)*cosh(x)", "sinh(2*x)"),
        ("sin(x)*cos(x)", None), ("2*sin(x)*cos(y)", None),
    ),
)  # fmt: skip
DOUBLES = Rule(
    "trigonometry.double-angle-collected", "?u + ??rest", doubles_collected,
    mistakes=(Mistake("double-angle-taken-once", double_added_as_one),),
    examples=(
        ("sin(2*x) + sin(x)*cos(x)", "3*sin(x)*cos(x)"), ("y*sin(2*x) - 2*y*sin(x)*cos(x)", "0"),
        ("sinh(2*x) + 4*sinh(x)*cosh(x)", "6*sinh(x)*cosh(x)"), ("sin(2*x) + sin(x)*cos(y)", None),
    ),
)  # fmt: skip

SUMS = (DOUBLES, ANGLE_SUM, SUM_TO_PRODUCT, HALF_ANGLE)
