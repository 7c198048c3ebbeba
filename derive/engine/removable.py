"""Conditions no stronger than needed: where a rule claims nothing, the function itself is looked at from both sides.

x*|x| is differentiated by the product rule, which needs |x| to have a slope, so x ≠ 0; but at 0 the function has the
slope 0 from both sides, and 2*|x| has that value too. Such a condition is lifted, and a finding says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from derive.engine.agenda import Worked
from derive.expressions import (
    ZERO, Constant, Derivative, Equation, Expression, Substitution, equation, integer_value, product_of, quotient,
    rational,
)  # fmt: skip
from derive.rules.joins import Join, agrees, derivative_at, points_of
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


def at_its_point(worked: Worked) -> Join | None:
    """What the derivative does at the point that the problem asks about."""
    wanted = asked(worked.problem)
    if wanted is None or wanted.point is None or worked.facts.depends(wanted.point, wanted.x):
        return None
    return derivative_at(wanted.f, wanted.x, wanted.point, wanted.order)


def sharpened(worked: Worked, conditions: Iterable[Condition]) -> tuple[list[Condition], tuple[Finding, ...]]:
    """The conditions without those that are more than needed, and what was found where rules claim nothing."""
    given = list(conditions)
    wanted = asked(worked.problem)
    if wanted is None or wanted.point is not None or worked.result is None or worked.result.open:
        return given, ()
    if any(c.never for c in given):
        return given, ()
    looking = _Looking(worked, wanted)
    own = {c.alternatives for c in given if c.source == "domain"}
    kept: list[Condition] = []
    for c in given:
        if c.source == "domain" or c.alternatives in own or len(c.alternatives) > 1:
            kept.append(c)
        else:
            kept.extend(looking.at(c))
    return kept, tuple(looking.findings.values())


class _Looking:
    """What has been looked at in one derivation."""

    def __init__(self, worked: Worked, wanted: Asked) -> None:
        self.facts = worked.facts
        self.result: Expression = worked.result  # type: ignore[assignment]
        self.wanted = wanted
        self.joins: dict[Expression, Join] = {}
        self.findings: dict[Expression, Finding] = {}
        self.known: dict[tuple[Expression, ...], list[Condition]] = {}

    def at(self, c: Condition) -> list[Condition]:
        """What is left of a condition: itself, less, or nothing."""
        if c.alternatives not in self.known:
            enough = len(self.known) >= MAX_CONDITIONS
            self.known[c.alternatives] = [c] if enough else list(self.left(c, c.alternatives[0]))
        return self.known[c.alternatives]

    def left(self, c: Condition, relation: Expression) -> Iterator[Condition]:
        x = self.wanted.x
        if type(relation) is not Equation or not self.facts.depends(relation, x):
            yield c
        elif relation.relation == "!=":
            points = points_of(relation, x, self.facts)
            if points is None or len(points) > MAX_POINTS:
                yield self.unsolved(c, relation)
                return
            for point in points:
                if not self.holds_at(point, c):
                    yield self.told(c, equation(x, "!=", point), point)
        elif relation.left == x and relation.relation in (">", "<") and not self.facts.depends(relation.right, x):
            lifted = self.holds_at(relation.right, c)
            yield self.told(
                c, equation(x, relation.relation + "=", relation.right) if lifted else relation, relation.right
            )
        else:
            yield self.unsolved(c, relation)

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

    def told(self, c: Condition, relation: Expression, point: Expression) -> Condition:
        """The condition at one point, and whether it is known to be needed."""
        sure = self.join(point).kind != "unknown"
        return Condition((relation,), c.source, c.part, enough=not sure)

    def unsolved(self, c: Condition, relation: Equation) -> Condition:
        """A condition that cannot be solved: needed where it fails at one of the usual points and no slope is there."""
        x = self.wanted.x
        for point in _TRIED:
            if _meets(relation, x, point):
                kind = self.join(point).kind
                if kind in ("corner", "jump", "vertical", "cusp", "undefined"):
                    return c
        return Condition(c.alternatives, c.source, c.part, enough=True)


def _meets(relation: Equation, x: Expression, point: Expression) -> bool:
    """Whether both sides certainly are equal at the point."""
    from derive.rules.joins import value_at

    left, right = (value_at(side, x, point) for side in relation.arguments)
    return left is not None and left == right
