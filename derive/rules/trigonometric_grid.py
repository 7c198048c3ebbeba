"""A sum seen as a grid: its terms by their powers of sine and of cosine, and what three neighbours on it may become.

Every function of the family is a product sin^a*cos^b. Neighbours are sin^(a+2)*cos^b, sin^a*cos^(b+2) and sin^a*cos^b.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from derive.expressions import Call, Expression, Negation, Power, Quotient, call, sum_of
from derive.rules.factors import factors_of
from derive.rules.facts import Facts
from derive.rules.model import Match
from derive.rules.terms import Key, Term, combined, key, term, term_of, weight, weight_of
from derive.rules.trigonometry import SHARE, share, written

MAX_TERMS = 40  # of a sum that is looked at: results of textbook problems have below 20
MAX_FACTORS = 200  # in all its terms; their pairs are looked at
MAX_POWER = 20  # of a sine or cosine in it

Point: TypeAlias = tuple[int, int]
"""The exponents of sine and of cosine."""
Coefficients: TypeAlias = "tuple[Fraction | int, Fraction | int, Fraction | int]"
"""Of sin^(a + 2)*cos^b, of sin^a*cos^(b + 2), and of sin^a*cos^b."""
Candidates: TypeAlias = "Callable[[Coefficients], Iterator[tuple[Coefficients, Fraction | int]]]"
"""What three coefficients may become, and how often cos(2*u) is added to that."""


_Share: TypeAlias = "tuple[tuple[str, ...], Expression, int, int, Fraction | int]"
"""The family, the argument, the exponents of sine and cosine, and the weight of a factor."""


class Shortened(NamedTuple):
    """A sum written shorter, with what it was about."""

    result: Expression
    family: tuple[str, ...]
    u: Expression
    points: tuple[Point, ...]


class Group(NamedTuple):
    """The terms that differ in powers of sine and cosine of one argument only."""

    above: tuple[Expression, ...]
    below: tuple[Expression, ...]
    at: dict[Point, list[int]]


class Grid:
    """A sum with its terms taken apart."""

    def __init__(self, node: Expression, facts: Facts) -> None:
        self.node = node
        self.facts = facts
        self.terms: list[Term] = [term(t) for t in node.arguments]
        self.weights = [weight_of(t, facts) for t in self.terms]
        self.shares = [[*self._shares(t.above, 1), *self._shares(t.below, -1)] for t in self.terms]

    def _shares(self, factors: tuple[Expression, ...], sign: int) -> Iterator[_Share]:
        """The factors that are powers of one function, as powers of sine and cosine, with their weights."""
        for f in factors:
            known = share(f)
            if known is not None:
                family, u, a, b = known
                yield family, u, sign * a, sign * b, sign * weight(f, self.facts)

    def arguments(self, family: tuple[str, ...]) -> list[Expression]:
        """What the functions of the family are taken of, as they come."""
        found: dict[Expression, None] = {}
        for shares in self.shares:
            for own, u, *_ in shares:
                if own is family:
                    found[u] = None
        return list(found)

    def groups(self, family: tuple[str, ...], u: Expression) -> list[Group]:
        """The groups of at least two terms for functions of u."""
        points: dict[Fraction | int, set[Point]] = {}  # weight of what is kept → where it stands
        places: list[tuple[Fraction | int, Point]] = []
        for shares, total in zip(self.shares, self.weights, strict=True):
            a = b = 0
            for own, v, p, q, factor_weight in shares:
                if own is family and v == u:
                    a, b, total = a + p, b + q, total - factor_weight
            places.append((total, (a, b)))
            points.setdefault(total, set()).add((a, b))
        found: dict[Key, Group] = {}
        for i, (total, point) in enumerate(places):
            if len(points[total]) > 1:
                t = self.terms[i]
                above, below = (tuple([f for f in side if not _is_of(f, family, u)]) for side in (t.above, t.below))
                group = found.setdefault(key(above, below, self.facts), Group(above, below, {}))
                group.at.setdefault(point, []).append(i)
        return [g for g in found.values() if len(g.at) > 1]

    def coefficient(self, group: Group, point: Point) -> Fraction | int:
        return sum(self.terms[i].coefficient for i in group.at.get(point, ()))

    def replaced(self, old: list[int], new: list[Expression]) -> Expression:
        """The sum with `new` in place of the first of the old terms."""
        first, gone = min(old), set(old)
        terms: list[Expression] = []
        for i, t in enumerate(self.node.arguments):
            if i == first:
                terms += new
            if i not in gone:
                terms.append(t)
        return sum_of(terms)


def _is_of(f: Expression, family: tuple[str, ...], u: Expression) -> bool:
    """Whether a factor is a power of a function of the family of u."""
    known = share(f)
    return known is not None and known[0] is family and known[1] == u


def count_factors(terms: tuple[Expression, ...]) -> int:
    """How many factors stand in the terms, those of numerators and denominators."""
    plain = [t.arguments[0] if type(t) is Negation else t for t in terms]
    return sum([len(factors_of(side)) for t in plain for side in (t.arguments if type(t) is Quotient else (t,))])


def has_squares(node: Expression, facts: Facts) -> bool:
    """Whether some term has two functions of the families, or a power of one; several rules ask for it."""
    known = facts.squares.get(node)
    if known is None:
        known = facts.squares[node] = _has_squares(node)
    return known


def _has_squares(node: Expression) -> bool:
    if len(node.arguments) > MAX_TERMS or count_factors(node.arguments) > MAX_FACTORS:
        return False
    for t in node.arguments:
        if type(t) is Negation:
            t = t.arguments[0]
        found = 0
        for side in t.arguments if type(t) is Quotient else (t,):
            for f in factors_of(side):
                if type(f) is Call:
                    found += f.label in SHARE
                elif type(f) is Power and type(f.arguments[0]) is Call and f.arguments[0].label in SHARE:
                    found += 2
        if found > 1:
            return True
    return False


def shortest(m: Match, family: tuple[str, ...], candidates: Candidates) -> Shortened | None:
    """The shortest sum with three neighbours replaced by others and a multiple of the double argument's cosine."""
    if not has_squares(m.node, m.facts):
        return None
    seen = Grid(m.node, m.facts)
    best: Shortened | None = None
    least = m.facts.size(m.node)
    for u in seen.arguments(family):
        for group in seen.groups(family, u):
            for p in _corners(group):
                points = ((p[0] + 2, p[1]), (p[0], p[1] + 2), p)
                old = [i for q in points for i in group.at.get(q, ())]
                if len(old) < 2:
                    continue
                a, b, k = (seen.coefficient(group, q) for q in points)
                for new, double in candidates((a, b, k)):
                    if double and not (p == (0, 0) and _leaves_one_angle(seen, old, family, u)):
                        continue
                    left = sum([c != 0 for c in new]) + (double != 0)
                    if left >= len(old) and not (left == len(old) and new[2] and _is_number(group, p)):
                        continue
                    terms = [term_at(seen, group, family, u, q, c) for q, c in zip(points, new, strict=True) if c]
                    if double:
                        terms.insert(0, _double(group, family, u, p, double))
                    result = seen.replaced(old, terms)
                    size = m.facts.size(result)
                    if size < least:
                        least = size
                        best = Shortened(result, family, u, tuple(q for q in points if q in group.at))
    return best


def _leaves_one_angle(seen: Grid, old: list[int], family: tuple[str, ...], u: Expression) -> bool:
    """Whether the other terms have no powers of functions of u: cos(x)^4 beside cos(2*x) is harder to read."""
    gone = set(old)
    for i, shares in enumerate(seen.shares):
        a = sum([p for own, v, p, _, _ in shares if own is family and v == u])
        b = sum([q for own, v, _, q, _ in shares if own is family and v == u])
        if i not in gone and not {a, b} <= {0, 1}:
            return False
    return True


def _is_number(group: Group, p: Point) -> bool:
    """Whether the terms at p are plain numbers."""
    return p == (0, 0) and not group.above and not group.below


def _corners(group: Group) -> Iterator[Point]:
    found: dict[Point, None] = {}
    for a, b in group.at:
        if max(abs(a), abs(b)) <= MAX_POWER:
            for p in ((a, b), (a - 2, b), (a, b - 2)):
                found[p] = None
    yield from found


def term_at(
    seen: Grid, group: Group, family: tuple[str, ...], u: Expression, point: Point, c: Fraction | int
) -> Expression:  # fmt: skip
    """The term of a group at a point, as it was written where it was."""
    indexes = group.at.get(point, ())
    if indexes:
        t = seen.terms[indexes[0]]
        return term_of(c, t.above, t.below, point=t.point)
    point_typed = any(seen.terms[i].point for where in group.at.values() for i in where)
    return term_of(c, (*group.above, *written(family, u, *point)), group.below, point=point_typed)


def _double(group: Group, family: tuple[str, ...], u: Expression, p: Point, c: Fraction | int) -> Expression:
    """c*cos(2*u) times what the group shares."""
    cosine = call(family[1], combined(u, u))
    return term_of(c, (*group.above, *written(family, u, *p), cosine), group.below, point=False)
