"""Conditions no stronger than needed: where a rule claims nothing, the function itself is looked at from both sides.

x*|x| is differentiated by the product rule, which needs |x| to have a slope, so x ≠ 0; but at 0 the function has the
slope 0 from both sides, and 2*|x| has that value too. Such a condition is lifted, and a finding says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from derive.engine.agenda import Worked
from derive.expressions import (
    ZERO, Call, Constant, Derivative, Equation, Expression, Piecewise, Substitution, Symbol, equation, integer_value,
    product_of, quotient, rational,
)  # fmt: skip
from derive.rules import domain, status
from derive.rules.conditions import contains
from derive.rules.joins import (
    Join, agrees, defined_beside, derivative_at, fails_at_single_points, is_continuous, points_of, value_at,
)  # fmt: skip
from derive.rules.simplest import implied, simplest
from derive.trace import Condition, Finding

MAX_CONDITIONS = 12  # looked at in one derivation
MAX_POINTS = 6  # of one condition
_PI = Constant((), "pi")
_TRIED = (
    ZERO, rational(1), rational(-1), rational(2), quotient(_PI, rational(2)), _PI, quotient(rational(1), rational(2)),
    rational(Fraction(-1, 2)), product_of((quotient(rational(1), rational(4)), _PI)), rational(3), rational(-2),
)  # fmt: skip
"""Where a condition that cannot be solved is tried: sin(x) != 0 at 0, cos(x) != 0 at π/2."""


class Asked(NamedTuple):
    """The derivative of order n of f by x, at a point or everywhere."""

    f: Expression
    x: Expression
    order: int
    point: Expression | None = None


def asked(problem: Expression) -> Asked | None:
    """What a problem asks for, where that is a derivative by one variable: `d^2/dx^2(f)  →  f, x, 2`."""
    point: Expression | None = None
    e = problem
    if type(e) is Substitution and len(e.arguments) == 3:
        point, e = e, e.arguments[0]
    if type(e) is not Derivative or len(e.arguments) != 3 or e.arguments[0].open:
        return None
    f, x, n = e.arguments
    order = integer_value(n)
    if order is None or order < 1 or (type(point) is Substitution and point.arguments[1] != x):
        return None
    return Asked(f, x, order, None if point is None else point.arguments[2])


def asked_at(problem: Expression) -> Asked | None:
    """The derivative that a problem about one point stands on: `y = tangent(f, x, 2)  →  f, x, 1, 2`."""
    e = problem.right if type(problem) is Equation and type(problem.left) is Symbol else problem
    if type(e) is Call and e.label in ("tangent", "taylor") and len(e.arguments) == 3 + (e.label == "taylor"):
        f, x, point = e.arguments[:3]
        order = integer_value(e.arguments[3]) if e.label == "taylor" else 1
        return Asked(f, x, order, point) if order and order > 0 and not f.open else None
    found = asked(problem)
    return found if found is not None and found.point is not None else None


def at_its_point(worked: Worked) -> Join | None:
    """What the derivative does at the point that the problem asks about."""
    wanted = asked_at(worked.problem)
    if wanted is None or wanted.point is None or worked.facts.depends(wanted.point, wanted.x):
        return None
    return derivative_at(wanted.f, wanted.x, wanted.point, wanted.order)


def _says(worked: Worked, wanted: Asked, join: Join) -> bool:
    """Whether the result has the derivative's value, or is a polynomial that touches the function at the point."""
    point, result = wanted.point, worked.result
    if join.value is None or point is None or result is None:
        return False
    if asked(worked.problem) is not None:
        return agrees(result, wanted.x, point, join.value)
    line = result.right if type(result) is Equation else result
    here = value_at(wanted.f, wanted.x, point)
    if here is None or value_at(line, wanted.x, point) != here:
        return False
    slopes = [
        [derivative_at(f, wanted.x, point, n).value for n in range(1, wanted.order + 1)] for f in (wanted.f, line)
    ]
    return None not in slopes[0] and slopes[0] == slopes[1]


def has_a_slope(worked: Worked) -> bool:
    """Whether the derivative may exist somewhere: it does at one of the usual points, or that is not known."""
    wanted = asked(worked.problem)
    if wanted is None:
        return True
    return any(derivative_at(wanted.f, wanted.x, p).kind in ("smooth", "edge", "unknown") for p in _TRIED)


def needs_both_sides(
    worked: Worked, conditions: Callable[[Worked], tuple[tuple[Condition, ...], tuple[Finding, ...]]]
) -> bool:
    """Whether the derivative exists at the point that is asked about, and the formula does not say so."""
    wanted = asked(worked.problem)
    if wanted is None or wanted.point is None or wanted.order > 1 or worked.result is None:
        return False
    needed, found = conditions(worked)
    return any(c.never and c.source != "domain" for c in needed) and any(f.kind in ("smooth", "edge") for f in found)


def sharpened(worked: Worked, conditions: Iterable[Condition]) -> tuple[list[Condition], tuple[Finding, ...]]:
    """The conditions without those that are more than needed, and what was found where rules claim nothing."""
    given = list(conditions)
    if not given:
        return given, ()
    wanted = asked_at(worked.problem) or asked(worked.problem)
    if wanted is None or worked.result is None or worked.result.open:
        return given, ()
    if wanted.point is not None:
        return _at_one_point(worked, wanted, given)
    own = {c.alternatives for c in given if c.source == "domain"}
    held = [a[0] for a in own if len(a) == 1]
    looking = _Looking(worked, wanted, {c.alternatives for c in given})
    if looking.pieces:  # what never holds in one piece may not matter in another
        given = [replace(c, never=False, enough=True) if c.never and c.source != "domain" else c for c in given]
    if any(c.never for c in given):
        return given, ()
    kept: list[Condition] = []
    for c in given:
        if c.source == "domain" or c.alternatives in own or len(c.alternatives) > 1 or implied(c.alternatives[0], held):
            kept.append(c)
        else:
            kept.extend(looking.at(c))
    return kept, tuple(looking.findings.values())


def _at_one_point(worked: Worked, wanted: Asked, given: list[Condition]) -> tuple[list[Condition], tuple[Finding, ...]]:
    """Where the problem asks about one point, only what the function does there counts."""
    if not any(c.never for c in given):
        return given, ()
    join = at_its_point(worked)
    if join is None or join.kind == "unknown" or join.kind == "undefined":
        return given, ()
    assert wanted.point is not None
    holds = _says(worked, wanted, join)
    kept = [c for c in given if not (holds and c.never and c.source != "domain")]
    place = equation(wanted.x, "=", wanted.point)
    return kept, (Finding(join.kind, place, join.left, join.right, join.order, holds, "derivative.at-point"),)


class _Looking:
    """What has been looked at in one derivation."""

    def __init__(self, worked: Worked, wanted: Asked, given: set[tuple[Expression, ...]]) -> None:
        self.given = given
        self.facts = worked.facts
        self.result: Expression = worked.result  # type: ignore[assignment]
        self.wanted = wanted
        self.pieces = Piecewise in map(type, worked.facts.parts(worked.problem))
        self.joins: dict[Expression, Join] = {}
        self.findings: dict[Expression, Finding] = {}
        self.known: dict[tuple[Expression, ...], list[Condition]] = {}

    def at(self, c: Condition) -> list[Condition]:
        """What is left of a condition: itself, less, or nothing."""
        if c.alternatives not in self.known:
            enough = len(self.known) >= MAX_CONDITIONS
            guarded = self.guarded(c.alternatives[0]) if self.pieces else ()
            if guarded:
                self.known[c.alternatives] = [Condition(guarded, c.source, c.part, enough=True)]
            else:
                self.known[c.alternatives] = [c] if enough else list(self.left(c, c.alternatives[0]))
        return self.known[c.alternatives]

    def guarded(self, relation: Expression) -> tuple[Expression, ...]:
        """What a rule needs inside a piece, or another piece counts: x > 0 or x <= -1; () where it is no such thing."""
        if relation.label == "!=":
            return ()  # single points are looked at themselves
        for alternatives in self.given:
            if len(alternatives) > 1 and contains(alternatives[0], relation):
                return (relation, *alternatives[1:])
        return ()

    def left(self, c: Condition, relation: Expression) -> Iterator[Condition]:
        x = self.wanted.x
        if type(relation) is not Equation or not self.facts.depends(relation, x):
            yield c
        elif relation.relation == "!=":
            points = points_of(relation, x, self.facts)
            if points is None or len(points) > MAX_POINTS:
                yield from () if self.runs_through(c, relation) else (self.unsolved(c, relation),)
                return
            for point in points:
                if not self.holds_at(point, c):
                    yield self.told(c, equation(x, "!=", point), point)
        elif relation.left == x and relation.relation in (">", "<") and not self.facts.depends(relation.right, x):
            yield from self.one_sided(c, relation)
        elif relation.left == x and relation.relation in (">=", "<=") and not self.facts.depends(relation.right, x):
            beyond = -1 if relation.relation == ">=" else 1
            if not (self.pieces and defined_beside(self.wanted.f, x, relation.right, beyond)):
                yield c
        else:
            yield self.unsolved(c, relation)

    def one_sided(self, c: Condition, relation: Equation) -> Iterator[Condition]:
        """What is left of x > a: at a itself it may hold, and beyond a another piece may count."""
        x, point = relation.arguments
        holds = self.holds_at(point, c)
        beyond = -1 if relation.relation == ">" else 1
        if self.pieces and defined_beside(self.wanted.f, x, point, beyond):
            if not holds:
                yield self.told(c, equation(x, "!=", point), point)
            return
        yield self.told(c, equation(x, relation.relation + "=" * holds, point), point)

    def join(self, point: Expression) -> Join:
        if point not in self.joins:
            self.joins[point] = derivative_at(self.wanted.f, self.wanted.x, point, self.wanted.order)
        return self.joins[point]

    def holds_at(self, point: Expression, c: Condition) -> bool:
        """Whether the derivative exists at the point and the result has its value there."""
        join = self.join(point)
        holds = join.value is not None and agrees(self.result, self.wanted.x, point, join.value)
        if join.kind != "unknown" and join.kind != "undefined":
            place = equation(self.wanted.x, "=", point)
            self.findings[place] = Finding(join.kind, place, join.left, join.right, join.order, holds, c.source)
        return holds

    def runs_through(self, c: Condition, relation: Equation) -> bool:
        """Whether function and result are continuous where u = 0, at single points.

        By the mean value theorem the slope there is the limit of the slopes beside.
        """
        wanted = self.wanted
        if wanted.order > 1 or not (is_continuous(wanted.f) and is_continuous(self.result)):
            return False
        if not fails_at_single_points(relation, wanted.x) or not self.is_defined_beside(relation):
            return False
        place = equation(relation.left, "=", relation.right)
        self.findings[place] = Finding("continuous", place, covered=True, source=c.source)
        return True

    def is_defined_beside(self, relation: Expression) -> bool:
        """Whether the result is defined wherever the other conditions hold, as far as is known."""
        known = [a[0] for a in self.given if len(a) == 1 and a[0] != relation]
        for _, alternatives in domain(self.result):
            if len(alternatives) > 1:
                if alternatives not in self.given:
                    return False
                continue
            for r in simplest(alternatives[0], self.facts):
                if status(self.facts, r) is not True and r not in known and not implied(r, known):
                    return False
        return True

    def told(self, c: Condition, relation: Expression, point: Expression) -> Condition:
        """The condition at one point, and whether it is known to be needed."""
        sure = self.join(point).kind != "unknown"
        return Condition((relation,), c.source, c.part, enough=not sure)

    def unsolved(self, c: Condition, relation: Equation) -> Condition:
        """A condition that cannot be solved: needed where it fails at one of the usual points and no slope is there."""
        x = self.wanted.x
        needed = without = False
        for point in _TRIED:
            if _meets(relation, x, point):
                kind = self.join(point).kind
                needed = needed or kind in ("corner", "jump", "vertical", "cusp", "undefined")
                without = without or kind in ("smooth", "edge")
                if kind in ("smooth", "edge"):
                    self.holds_at(point, c)  # the finding stays, though the condition does
        needed = needed and not without and not self.pieces and fails_at_single_points(relation, x)
        return c if needed else Condition(c.alternatives, c.source, c.part, enough=True)


def _meets(relation: Equation, x: Expression, point: Expression) -> bool:
    """Whether both sides certainly are equal at the point."""
    left, right = (value_at(side, x, point) for side in relation.arguments)
    return left is not None and left == right
