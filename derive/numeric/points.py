"""Points at which expressions are compared: odd dyadic rationals at six scales, both signs, and searched regions.

Nothing here is a small integer, so accidental coincidences (sin at 0, x^2 = x at 1) do not occur; everything is
fixed by the names of the variables, so that a verdict can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, TypeAlias

Place: TypeAlias = dict[str, Fraction]

SEED = 20261
BITS = 14  # mantissas are odd multiples of 2^-14: short to print, and no coincidences met in the examples
LATE_SCALES = (Fraction(1, 4096), 400, 6000, 10**6)  # for domains far out, tried when the usual ones find nothing
BASES = (0, 1, Fraction(1, 2), Fraction(3, 2), 3, 2)


class Spot(Place):
    """A usual point, with its coordinates as balls and as text once they were asked for."""

    __slots__ = ("inputs", "text")

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.inputs: Any = None
        self.text: dict[str, str] = {}


def shown(place: Place) -> dict[str, str]:
    """A point as exact text."""
    if type(place) is not Spot:
        return {name: str(q) for name, q in place.items()}
    if not place.text:
        place.text = {name: str(q) for name, q in place.items()}
    return dict(place.text)


@cache
def sample(names: tuple[str, ...], count: int, late: bool = False) -> tuple[Spot, ...]:
    """The first `count` points for these variables; with `late`, at very small and very large scales."""
    rng = Random(f"{SEED}/{names}/{late}")  # noqa: S311  # repeatable, not secret
    patterns = 1 << min(len(names), 3)
    points: list[Spot] = []
    for i in range(count):
        scale = (i + i // patterns) % 6
        points.append(
            Spot(
                {
                    name: _coordinate(rng, scale, bool(i >> min(k, 2) & 1) if k < 3 else rng.random() < 0.5, late)
                    for k, name in enumerate(names)
                }
            )
        )
    return tuple(points)


def _coordinate(rng: Random, scale: int, negative: bool, late: bool) -> Fraction:
    """One coordinate; the six scales: (0,1), (0,3), (0,4), (0,12), close to a small number, (0,40)."""
    part = Fraction(rng.getrandbits(BITS) | 1, 1 << BITS)
    if late:
        size = part * LATE_SCALES[scale % len(LATE_SCALES)]
    elif scale == 4:
        size = part / 64 + rng.choice(BASES)
    else:
        size = part * (1, 3, 4, 12, 0, 40)[scale]
    return -size if negative else size


def lines(names: tuple[str, ...], per: int = 3) -> Iterator[tuple[Place, str]]:
    """(base point, variable to move) pairs: lines through the usual points along each axis."""
    for base in sample(names, per):
        for name in names:
            yield base, name


OFF = Fraction(5, 4096)  # off the round numbers where formulas change


@cache
def grid() -> tuple[Fraction, ...]:
    """Places along a line, from -1000 to 1000, dense near 0, never integers."""
    steps = [Fraction(k, 2) for k in range(1, 9)] + [Fraction(k) for k in (5, 6, 7, 8, 10, 12, 16, 24, 40, 100, 1000)]
    positive = [s + OFF for s in steps]
    return tuple([-p for p in reversed(positive)] + [OFF] + positive)


def dyadic(q: Fraction, bits: int) -> Fraction:
    """q rounded to an odd multiple of 2^-bits."""
    return Fraction(int(q * (1 << bits)) | 1, 1 << bits)
