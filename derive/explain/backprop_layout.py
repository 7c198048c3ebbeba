"""Where the parts of a backpropagation stand in its drawing: a column after all that a part is made of, and the ways.

A way that goes past columns has a lane of its own in each of them, so that no box hides it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from derive.expressions import symbols
from derive.notation.block import columns

if TYPE_CHECKING:
    from derive.engine.backprop import Backprop

LETTER, LINE = 8.2, 18.0  # pixels
_GAP_X, _GAP_Y, _LANE, _MARGIN = 90.0, 26.0, 12.0, 20.0
SMALL = 7.2  # pixels for a letter on a way

Lines: TypeAlias = tuple[str, str, str]
"""What is written in a box: the part, its value, its adjoint ("" where it has none)."""
Way: TypeAlias = tuple[str, str]
"""(part, one that is made of it)"""
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """x is the middle, y the top."""

    lines: Lines
    x: float
    y: float
    width: float

    @property
    def height(self) -> float:
        return height_of(self.lines)


@dataclass(frozen=True, slots=True)
class Layout:
    """ways  the points of every way: from a box, into and out of each lane, to a box"""

    boxes: dict[str, Box]
    ways: dict[Way, list[Point]]
    width: float
    height: float


def height_of(lines: Lines) -> float:
    return LINE * (3 if lines[2] else 2) + 10


def layout(b: Backprop, texts: Mapping[str, Lines], slopes: Mapping[Way, str]) -> Layout:
    """`texts`: what is written in each box; `slopes`: what is written on each way."""
    made = made_of(b)
    rank = _ranks(b, made)
    last = {p.name: max([rank[u] for u, names in made.items() if p.name in names], default=0) for p in b.parts}
    names = [p.name for p in b.parts]
    stacks = [[n for n in names if rank[n] <= k < max(last[n], rank[n] + 1)] for k in range(max(rank.values()) + 1)]
    tops = _tops(stacks, rank, made, texts)
    ends: list[tuple[float, float]] = []  # left and right of each column
    for k, stack in enumerate(stacks):
        wide = max([columns(line) for n in stack if rank[n] == k for line in texts[n]]) * LETTER + 24
        labels = [columns(s) * SMALL + 30 for (_, user), s in slopes.items() if rank[user] == k]
        left = ends[-1][1] + max([_GAP_X, *labels]) if ends else _MARGIN
        ends.append((left, left + wide))
    middle = {
        (n, k): y + (height_of(texts[n]) if rank[n] == k else _LANE) / 2
        for k, column in enumerate(tops)
        for n, y in column.items()
    }
    boxes = {}
    for n in names:
        left, right = ends[rank[n]]
        boxes[n] = Box(texts[n], (left + right) / 2, tops[rank[n]][n], right - left)
    ways = {}
    for user, parts in made.items():
        for n in parts:
            points = [(ends[rank[n]][1], middle[n, rank[n]])]
            for k in range(rank[n] + 1, rank[user]):
                points += [(x, middle[n, k]) for x in ends[k]]
            ways[n, user] = [*points, (ends[rank[user]][0], middle[user, rank[user]])]
    bottom = max([middle[n, k] + (height_of(texts[n]) if rank[n] == k else _LANE) / 2 for n, k in middle])
    return Layout(boxes, ways, ends[-1][1] + _MARGIN, bottom + _MARGIN)


def made_of(b: Backprop) -> dict[str, list[str]]:
    """For every part the parts and letters that it is made of."""
    known = {p.name for p in b.parts}
    return {
        p.name: [name for name in sorted(symbols(p.expression)) if name in known] if p.kind == "part" else []
        for p in b.parts
    }


def _ranks(b: Backprop, made: dict[str, list[str]]) -> dict[str, int]:
    """The column of every part: after all that it is made of; letters stand right before their first user."""
    rank: dict[str, int] = {}
    for p in b.parts:
        rank[p.name] = max([rank[name] + 1 for name in made[p.name]], default=0)
    for p in b.parts:
        if p.kind != "part":
            rank[p.name] = min([rank[user] for user, names in made.items() if p.name in names], default=1) - 1
    return rank


def _tops(
    stacks: Sequence[list[str]], rank: dict[str, int], made: dict[str, list[str]], texts: Mapping[str, Lines]
) -> list[dict[str, float]]:
    """The top of every box and lane of each column, near what comes before it; every column in the middle."""
    found: list[dict[str, float]] = []
    heights: list[float] = []
    for k, stack in enumerate(stacks):
        if found:
            before = found[-1]
            near = {n: _mean([before[c] for c in (made[n] if rank[n] == k else [n]) if c in before]) for n in stack}
            stack = sorted(stack, key=near.__getitem__)
        y, column = 0.0, {}
        for n in stack:
            column[n] = y
            y += (height_of(texts[n]) if rank[n] == k else _LANE) + _GAP_Y
        found.append(column)
        heights.append(y - _GAP_Y)
    tallest = max(heights)
    return [
        {n: y + _MARGIN + (tallest - height) / 2 for n, y in column.items()}
        for column, height in zip(found, heights, strict=True)
    ]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
