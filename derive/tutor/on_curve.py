"""Answers about a curve are judged on the curve: for x*y = 1, -y/x and -1/x^2 are the same slope."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import Any, NamedTuple

from flint import arb

from derive.expressions import Call, Equation, Expression, Symbol, equation, natural, symbol, symbols
from derive.numeric.curve_points import OnCurve, curve_points
from derive.numeric.grid import apart
from derive.trace import Derivation
from derive.tutor.values import BITS, is_tight, value_at
from derive.tutor.verdicts import Evidence, Point, Verdict
from derive.tutor.witness import shown

MOST = 16  # points at which both are compared
LEAST = 6  # at which they have to agree
LEAST_ON_A_SIDE = 3  # where they agree under a condition only
DIGITS = 30  # that agree there: what is_tight asks of balls


class _Seen(NamedTuple):
    """One point of the curve, and the values there; no value of the answer is None."""

    point: OnCurve
    right: Any
    given: Any

    @property
    def agrees(self) -> bool:
        return self.given is not None and not apart(self.right, self.given)


def judged_on_curve(derivation: Derivation, right: Expression, given: Expression) -> Verdict | None:
    """The verdict on a slope of the curve that the problem is about; None for other problems, or without points."""
    problem = derivation.problem
    if type(problem) is not Call or problem.label != "implicit":
        return None
    curve, y, *_ = problem.arguments
    if type(curve) is not Equation or type(y) is not Symbol:
        return None
    others = (symbols(curve) | symbols(right)) - {y.label}
    if not symbols(given) <= others | {y.label}:
        return None
    seen = list(islice(_compared(curve, str(y.label), sorted(others), right, given), MOST))
    alike = [s for s in seen if s.agrees]
    unlike = [s for s in seen if not s.agrees]
    evidence = Evidence("points", len(alike), DIGITS)
    if not unlike:
        return Verdict("correct", evidence=evidence) if len(alike) >= LEAST else None
    if len(alike) >= LEAST_ON_A_SIDE:
        side = _side(alike, unlike, (str(y.label), *sorted(others)))
        if side is not None:
            return Verdict("under-conditions", conditions=(side,), evidence=evidence)
    known = [s for s in unlike if s.given is not None]
    if not known:
        return None
    plain = min(known, key=lambda s: sum([v < 0 for v in s.point.values()]))
    at = {n: _coordinate(v) for n, v in plain.point.items()}
    return Verdict("wrong", witness=Point(at, shown(plain.right), shown(plain.given)), evidence=Evidence("witness", 1))


def _compared(curve: Equation, y: str, others: list[str], right: Expression, given: Expression) -> Iterator[_Seen]:
    """Points of the curve at which the right answer has a value that is known well, and the given one too or none."""
    for point in curve_points(curve, y, others, 2 * BITS):
        a, b = value_at(right, point), value_at(given, point)
        if a is not None and is_tight(a) and (b is None or apart(a, b) or is_tight(b)):
            yield _Seen(point, a, b)


def _coordinate(value: Fraction | arb) -> str:
    """A coordinate as it is told; a ball around a whole number is that number."""
    if isinstance(value, Fraction):
        return str(value)
    return str(value.unique_fmpz()) if value.contains_integer() else shown(value)


def _side(alike: list[_Seen], unlike: list[_Seen], names: tuple[str, ...]) -> Expression | None:
    """The sign of a coordinate that parts the points at which they agree from the others: y > 0."""
    for name in names:
        for relation, sign in ((">", 1), ("<", -1)):
            if all(s.point[name] * sign > 0 for s in alike) and all(s.point[name] * sign < 0 for s in unlike):
                return equation(symbol(name), relation, natural(0))
    return None
