"""Points of a curve that an equation gives: one letter is solved for by halving; its ball surely holds a root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import TypeAlias

from flint import arb

from derive.errors import DeriveError
from derive.expressions import Equation, negation, sum_of
from derive.numeric.points import Place, grid, sample
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program, ball_of
from derive.numeric.signals import NoValue

OnCurve: TypeAlias = "dict[str, Fraction | arb]"
"""The coordinates of a point; that of the letter solved for is a ball."""

SIMPLE = tuple([Fraction(s) for s in "2 1 3 1/2 -1 -2 4 -3".split()])
MOST_SIMPLE = 8  # places with simple coordinates, which are looked at first
PLACES = 24  # usual ones after them


def curve_points(curve: Equation, name: str, others: Sequence[str], bits: int) -> Iterator[OnCurve]:
    """Points at which `curve` holds: the `others` take values in a repeatable order, `name` is solved for.

    Found are the roots between -1000 and 1000 at which left minus right changes its sign and is continuous.
    """
    left, right = curve.arguments
    try:
        with working(bits):
            program = Program(sum_of((left, negation(right))))
    except (NoValue, DeriveError):
        return
    difference = _Difference(program, name, bits)
    for place in _places(tuple(others)):
        yield from difference.roots(place)


def _places(names: tuple[str, ...]) -> Iterator[Place]:
    if not names:
        yield {}
        return
    for values in islice(product(SIMPLE, repeat=min(len(names), 2)), MOST_SIMPLE):
        yield {name: values[k % len(values)] for k, name in enumerate(names)}
    yield from sample(names, PLACES)


class _Difference:
    """Left minus right of an equation, as a function of one letter."""

    def __init__(self, program: Program, name: str, bits: int) -> None:
        self.program = program
        self.name = name
        self.bits = bits

    def roots(self, place: Place) -> Iterator[OnCurve]:
        """The points of the curve over one place, from below."""
        low, sign = Fraction(0), 0
        for high in grid():
            found = self.sign(place, high)
            if sign * found < 0:
                root = self.between(place, low, high, sign)
                if root is not None:
                    yield {**place, self.name: root}
            low, sign = high, found

    def between(self, place: Place, low: Fraction, high: Fraction, sign: int) -> arb | None:
        """A ball with a root; None where there may be a jump instead. `sign` is that at the lower end."""
        for _ in range(self.bits + 10):  # ends are at most 900 apart
            middle = (low + high) / 2
            found = self.sign(place, middle)
            if not found:
                return ball_of(middle) if self.value({**place, self.name: middle}) == 0 else None
            low, high = (middle, high) if found == sign else (low, middle)
        with working(self.bits):
            around = ball_of(low).union(ball_of(high))
        return None if self.value({**place, self.name: around}) is None else around

    def sign(self, place: Place, y: Fraction) -> int:
        """1, -1, or 0 where there is no value or its sign is not certain."""
        value = self.value({**place, self.name: y})
        if value is None:
            return 0
        return 1 if value > 0 else -1 if value < 0 else 0

    def value(self, point: OnCurve) -> arb | None:
        try:
            with working(2 * self.bits):
                found = self.program.value(Inputs(point))
        except (NoValue, DeriveError):
            return None
        return found if isinstance(found, arb) and found.is_finite() else None
