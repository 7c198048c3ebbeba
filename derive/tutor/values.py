"""Values at a few points: whether an expression can be what somebody answered, in a fraction of a millisecond.

Only a filter: what agrees at these points is looked at again by the judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb

from derive.errors import DeriveError
from derive.expressions import Equation, Expression, symbols
from derive.numeric import NoValue, ball
from derive.numeric.grid import Grid
from derive.numeric.points import sample

BITS = 128
POINTS = 3
TRIES = 60


class Fingerprint:
    """The values of an answer at points where the right result has one too."""

    __slots__ = ("points", "values")

    def __init__(self, answer: Expression, right: Expression) -> None:
        self.points: list[dict[str, Fraction]] = []
        self.values: list[Any] = []
        names = tuple(sorted(symbols(answer) | symbols(right)))
        for point in sample(names, TRIES) if names else ({},):
            value = value_at(answer, point)
            if value is not None and value_at(right, point) is not None:
                self.points.append(point)
                self.values.append(value)
            if len(self.points) == POINTS:
                return

    def fits(self, e: Expression) -> bool:
        """Whether `e` has the answer's values at every point."""
        if not self.points:
            return False
        for point, value in zip(self.points, self.values, strict=True):
            found = value_at(e, point)
            if found is None or not _same(found, value):
                return False
        return True


def value_at(e: Expression, point: dict[str, Fraction]) -> Any:
    """A ball, or a grid of balls; None where there is no value. Of an equation y = u, the value of u."""
    if type(e) is Equation:
        e = e.arguments[1]
    try:
        found = ball(e, point, BITS)
    except (NoValue, DeriveError):
        return None
    return None if isinstance(found, bool) else found


def _same(a: Any, b: Any) -> bool:
    if type(a) is Grid or type(b) is Grid:
        if type(a) is not type(b) or (a.rows, a.columns) != (b.rows, b.columns):
            return False
        return all(_same(p, q) for p, q in zip(a.entries, b.entries, strict=True))
    return type(a) is arb and type(b) is arb and bool(a.overlaps(b)) and _tight(a) and _tight(b)


def _tight(a: arb) -> bool:
    """Whether the ball is narrow enough for its overlap to mean something."""
    return bool(a.rad() <= arb(2) ** -40 * (1 + abs(a).upper()))


def points_of(fingerprint: Fingerprint) -> Iterator[dict[str, str]]:
    """The points as exact text."""
    for point in fingerprint.points:
        yield {name: str(value) for name, value in point.items()}
