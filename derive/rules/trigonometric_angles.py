"""Sines and cosines of sums, read from right to left."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from derive.expressions import ZERO, Call, Expression, Negation, Quotient, Sum, call, product_of, sum_of
from derive.rules.factors import factors_of, split_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import Term, combined, flipped, key, term, term_of, weight, weight_of
from derive.rules.trigonometric_grid import MAX_FACTORS, count_factors

MAX_TERMS = 40  # of a sum that is looked at: results of textbook problems have below 20

SINES = {
    "sin": ("sin", "cos", 1),
    "cos": ("sin", "cos", 1),
    "sinh": ("sinh", "cosh", -1),
    "cosh": ("sinh", "cosh", -1),
}

Cell: TypeAlias = tuple[str, Expression]
"""A function and its argument."""


class _Place(NamedTuple):
    """A term that has the functions looked for: its number in the sum, taken apart, without them."""

    number: int
    term: Term
    above: tuple[Expression, ...]


class _Angle(NamedTuple):
    """An angle u of a function in a term: where, what u is a sum of but numbers, the sizes of that and of the term."""

    place: _Place
    u: Expression
    bodies: frozenset[Expression]
    amount: int
    size: int


def calls_in(t: Expression) -> int:
    """How many sines and cosines a term has as factors."""
    if type(t) is Negation:
        t = t.arguments[0]
    if type(t) is Quotient:
        t = t.arguments[0]
    return sum([type(f) is Call and f.label in SINES for f in factors_of(t)])


def replaced(m: Match, i: int, j: int, new: Expression) -> Expression | None:
    """The sum with `new` for its terms i and j, where that is shorter."""
    first, second = min(i, j), max(i, j)
    terms = list(m.node.arguments)
    terms[first] = new
    del terms[second]
    result = sum_of(terms)
    return result if m.facts.size(result) < m.facts.size(m.node) else None


def size_allows(terms: tuple[Expression, ...], calls: int) -> bool:
    """Whether two terms of a sum that is not too wide have so many sines and cosines."""
    if len(terms) > MAX_TERMS or count_factors(terms) > MAX_FACTORS:
        return False
    return sum([calls_in(t) >= calls for t in terms]) > 1


def of_a_sum(m: Match) -> Expression | None:
    """sin(x)*cos(y) + cos(x)*sin(y)  →  sin(x + y)"""
    terms = m.node.arguments
    if not size_allows(terms, 2):
        return None
    found: dict[tuple[Fraction | int, Cell, Cell], list[_Place]] = {}  # by the weight of what is beside the two
    for i, t in enumerate(terms):
        if calls_in(t) < 2:
            continue
        parts = term(t)
        whole = weight_of(parts, m.facts)
        weights = {f: weight(f, m.facts) for f in parts.above}
        for f, g, above in pairs_in(parts.above):
            rest = whole - weights[f] - weights[g]
            here = _Place(i, parts, above)
            for (p, u), (q, v) in (((f.label, f.arguments[0]), (g.label, g.arguments[0])),
                                   ((g.label, g.arguments[0]), (f.label, f.arguments[0]))):  # fmt: skip
                others = found.get((rest, (_other(str(p)), u), (_other(str(q)), v)), ())
                other = next((place for place in others if _same_rest(place, here, m)), None)
                if other is not None:
                    result = _joined(m, other, here, (str(p), u), (str(q), v))
                    if result is not None:
                        return result
            for cells in (((f.label, f.arguments[0]), (g.label, g.arguments[0])),
                          ((g.label, g.arguments[0]), (f.label, f.arguments[0]))):  # fmt: skip
                found.setdefault((rest, *cells), []).append(here)  # type: ignore[arg-type]
    return None


def _same_rest(one: _Place, other: _Place, m: Match) -> bool:
    """Whether what stands beside the functions is the same at both places."""
    rests = [key(place.above, place.term.below, m.facts) for place in (one, other)]
    return rests[0] == rests[1]


def pairs_in(above: tuple[Expression, ...]) -> Iterator[tuple[Call, Call, tuple[Expression, ...]]]:
    """Two functions of one family among the factors, and the other factors."""
    for j, g in enumerate(above):
        if type(g) is Call and g.label in SINES:
            for i, f in enumerate(above[:j]):
                if type(f) is Call and f.label in SINES and SINES[str(f.label)] == SINES[str(g.label)]:
                    yield f, g, above[:i] + above[i + 1 : j] + above[j + 1 :]


def _other(name: str) -> str:
    sine, cosine, _ = SINES[name]
    return cosine if name == sine else sine


def _joined(m: Match, other: _Place, here: _Place, f: Cell, g: Cell) -> Expression | None:
    """The other place has the two functions that this one has not: one sine or cosine of a sum for both."""
    a, b = other.term.coefficient, here.term.coefficient
    if abs(a) != abs(b) or not a:
        return None
    sine, cosine, sign = SINES[f[0]]
    (p, u), (q, v) = f, g
    if p != q:
        if p == sine:
            u, v = v, u
        new, c = call(sine, _sum(u, v, 1 if a == b else -1)), a  # a*sin(u)*cos(v) there, b*cos(u)*sin(v) here
    else:
        both = b if p == cosine else a  # of cos(u)*cos(v)
        new, c = call(cosine, _sum(u, v, 1 if a == -sign * b else -1)), both
    point = other.term.point or here.term.point
    return replaced(m, other.number, here.number, term_of(c, (*here.above, new), here.term.below, point=point))


def _sum(u: Expression, v: Expression, sign: int) -> Expression:
    """u + v or u - v, not worked out."""
    return sum_of([*terms_of(u), *terms_of(v if sign > 0 else flipped(v))])


def terms_of(u: Expression) -> tuple[Expression, ...]:
    """The terms of a sum; of anything else, itself."""
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
    if not size_allows(terms, 1):
        return None
    found: dict[tuple[Fraction | int, str], list[_Angle]] = {}
    for i, t in enumerate(terms):
        if not calls_in(t):
            continue
        parts = term(t)
        whole = weight_of(parts, m.facts)
        for k, f in enumerate(parts.above):
            if type(f) is Call and f.label in SINES:
                above = parts.above[:k] + parts.above[k + 1 :]
                others = found.setdefault((whole - weight(f, m.facts), str(f.label)), [])
                here = _angle(m, _Place(i, parts, above), f.arguments[0])
                for other in others:
                    result = None if _are_longer(m, other, here) else _factored(m, other, here, str(f.label))
                    if result is not None:
                        return result
                others.append(here)
    return None


def _angle(m: Match, place: _Place, u: Expression) -> _Angle:
    bodies = frozenset([split_coefficient(t)[1] for t in terms_of(u)])
    term = m.node.arguments[place.number]
    return _Angle(place, u, bodies, sum([m.facts.size(b) for b in bodies]), m.facts.size(term))


def _are_longer(m: Match, first: _Angle, second: _Angle) -> bool:
    """Whether (u + v)/2 and (u - v)/2 are certainly longer than u and v: where nothing in them combines.

    Each of them is then a sum of what both are made of, in a call; both calls are in a product.
    """
    if not first.bodies.isdisjoint(second.bodies):
        return False
    least = 2 * (2 + first.amount + second.amount) + 1 + sum([m.facts.size(f) for f in first.place.above])
    return least >= first.size + second.size + (len(m.node.arguments) == 2)


def _factored(m: Match, first: _Angle, second: _Angle, name: str) -> Expression | None:
    here, u, there, v = first.place, first.u, second.place, second.u
    c = here.term.coefficient
    if abs(c) != abs(there.term.coefficient) or not c or here.number == there.number:
        return None
    if not _same_rest(here, there, m):
        return None
    sine, cosine, sign = SINES[name]
    same = c == there.term.coefficient
    p, q = combined(u, v, 1, 2), combined(u, v, -1, 2)
    if p == ZERO or q == ZERO:
        return None
    if name == sine:
        both = (sine, cosine) if same else (cosine, sine)
    else:
        both, c = ((cosine, cosine), c) if same else ((sine, sine), -sign * c)
    if type(terms_of(q)[0]) is Negation:  # cos(-q) = cos(q), sin(-q) = -sin(q)
        q, c = flipped(q), c if same else -c
    factors = (*here.above, call(both[0], p), call(both[1], q))
    return replaced(m, here.number, there.number, term_of(2 * c, factors, here.term.below, point=False))


def arguments_added(m: Match) -> Expression | None:
    """cos(x + y) + cos(x - y)  →  cos(2*x), which is wrong"""
    terms = m.node.arguments
    if len(terms) != 2 or as_product(m) is None:
        return None
    f, g = terms
    if type(f) is not Call or type(g) is not Call:
        return None
    return call(str(f.label), combined(f.arguments[0], g.arguments[0]))


ANGLE_SUM = Rule(
    "trigonometry.angle-sum", "?u + ??rest", of_a_sum, within=tuple(SINES),
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
    "trigonometry.sum-to-product", "?u + ??rest", as_product, within=tuple(SINES),
    mistakes=(Mistake("arguments-of-cosines-added", arguments_added),),
    examples=(
        ("cos(x + y) + cos(x - y)", "2*cos(x)*cos(y)"), ("a*sin(x + y) - a*sin(x - y)", "2*a*cos(x)*sin(y)"),
        ("cos(x + y) - cos(x - y)", "-2*sin(x)*sin(y)"), ("cosh(x + y) - cosh(x - y)", "2*sinh(x)*sinh(y)"),
        ("cos(3*x) + cos(x)", None), ("cos(x + y) + sin(x - y)", None),
    ),
)  # fmt: skip
SUMS = (ANGLE_SUM, SUM_TO_PRODUCT)
