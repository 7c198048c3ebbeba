"""Values at a few points: whether an expression can be what somebody answered, in a fraction of a millisecond.

Only a filter: what agrees at these points is looked at again by the judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb

from derive.errors import DeriveError
from derive.expressions import Equation, Expression, natural, symbol
from derive.numeric import NoValue, ball
from derive.numeric.grid import Grid
from derive.numeric.instances import instance, order_letters
from derive.numeric.points import sample
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program

BITS = 128
POINTS = 3
TRIES = 60
LATE = 8  # very small and very large ones, for domains far out
ORDER = 3  # what n is in d^n/dx^n: low enough to be quick, high enough to tell n! from n

Point: TypeAlias = dict[str, Fraction]


class Fingerprint:
    """The values of an answer at points where the others, the problem and its right result, have one too."""

    __slots__ = ("counts", "points", "values")

    def __init__(self, answer: Expression, *others: Expression) -> None:
        self.points: list[Point] = []
        self.values: list[Any] = []
        letters = order_letters(*others, answer)
        self.counts: dict[Expression, Expression] = {symbol(name): natural(ORDER) for name in letters}
        programs = [p for p in map(self._program, (answer, *others)) if p is not None]
        if len(programs) <= len(others):
            return
        names = tuple(sorted(frozenset[str]().union(*[p.symbols for p in programs])))
        for point in (*sample(names, TRIES), *sample(names, LATE, late=True)) if names else ({},):
            value = _run(programs[0], point)
            if value is not None and is_tight(value) and all(_run(p, point) is not None for p in programs[1:]):
                self.points.append(point)
                self.values.append(value)
            if len(self.points) == POINTS:
                return

    def fits(self, e: Expression) -> bool | None:
        """Whether `e` has the answer's value at every point where it has one; None when it has none at any."""
        program = self._program(e) if self.points else None
        if program is None:
            return None
        met = None
        for point, value in zip(self.points, self.values, strict=True):
            found = _run(program, point)
            if found is None:
                continue
            if not _overlap(found, value):
                return False
            met = met or is_tight(found) or None
        return met

    def _program(self, e: Expression) -> Program | None:
        """The operations of an expression; None where it has no value anywhere."""
        try:
            return _program(instance(e, self.counts) if self.counts else e)
        except DeriveError:
            return None


def _program(e: Expression) -> Program | None:
    """The operations of an expression, of an equation y = u those of u; None where it has no value anywhere."""
    try:
        with working(BITS):
            return Program(e.arguments[1] if type(e) is Equation else e)
    except (NoValue, DeriveError):
        return None


def _run(program: Program, point: Point) -> Any:
    if not program.symbols <= point.keys():
        return None
    try:
        with working(BITS):
            found = program.value(Inputs(point))
    except (NoValue, DeriveError):
        return None
    return None if isinstance(found, bool) else found


def value_at(e: Expression, point: Mapping[str, Fraction | arb]) -> Any:
    """A ball, or a grid of balls; None where there is no value. Of an equation y = u, the value of u."""
    if type(e) is Equation:
        e = e.arguments[1]
    try:
        found = ball(e, point, BITS)
    except (NoValue, DeriveError):
        return None
    return None if isinstance(found, bool) else found


def _overlap(a: Any, b: Any) -> bool:
    """Whether two values may be one."""
    if type(a) is Grid or type(b) is Grid:
        if type(a) is not type(b) or (a.rows, a.columns) != (b.rows, b.columns):
            return False
        return all(_overlap(p, q) for p, q in zip(a.entries, b.entries, strict=True))
    return type(a) is arb and type(b) is arb and bool(a.overlaps(b))


def is_tight(a: Any) -> bool:
    """Whether a ball is narrow enough for an overlap with it to mean something."""
    if type(a) is Grid:
        return all(is_tight(e) for e in a.entries)
    return type(a) is arb and bool(a.rad() <= arb(2) ** -40 * (1 + abs(a).upper()))
