"""Values along a line or over a grid, as floats for a drawing: None where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flint import arb

from derive.expressions import Expression
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program
from derive.numeric.signals import NoValue

BITS = 64


def samples(e: Expression, points: Iterable[Mapping[str, Fraction]]) -> list[float | None]:
    """The value of e at every point, as accurate as a drawing needs; the expression is compiled once."""
    found: list[float | None] = []
    with working(BITS):
        try:
            program = Program(e)
        except NoValue:
            return [None for _ in points]
        for point in points:
            try:
                value = program.value(Inputs(point))
            except NoValue:
                found.append(None)
                continue
            found.append(float(value.mid()) if type(value) is arb and float(value.rad()) < 1e-3 else None)
    return found
