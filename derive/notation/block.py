"""Rectangles of characters: the layout of two-dimensional formulas.

Every line of a block has the same width; `baseline` is the line that stands beside other blocks' baselines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias
from unicodedata import combining, east_asian_width

Region: TypeAlias = tuple[int, int, int]
"""A stretch of a line: row, first column, column after the last."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of equal width, the row of the baseline, and the marked regions for a terminal to style."""

    lines: tuple[str, ...]
    baseline: int = 0
    marks: tuple[Region, ...] = ()

    @property
    def width(self) -> int:
        return columns(self.lines[0]) if self.lines else 0

    @property
    def height(self) -> int:
        return len(self.lines)

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum([0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text])


def line(text: str) -> Block:
    """A block of one line."""
    return Block((text,))


def beside(blocks: Iterable[Block]) -> Block:
    """Blocks from left to right, on one baseline."""
    blocks = [b for b in blocks if b.lines and (b.height > 1 or b.lines[0])]
    if len(blocks) == 1:
        return blocks[0]
    above = max([b.baseline for b in blocks], default=0)
    below = max([b.height - b.baseline for b in blocks], default=1)
    rows = [""] * (above + below)
    marks: list[Region] = []
    left = 0
    for b in blocks:
        shift = above - b.baseline
        width = b.width
        for r in range(above + below):
            rows[r] += b.lines[r - shift] if 0 <= r - shift < b.height else " " * width
        marks += [(r + shift, start + left, end + left) for r, start, end in b.marks]
        left += width
    return Block(tuple(rows), above, tuple(marks))


def stacked(blocks: Iterable[Block], baseline: int = 0, *, left: bool = False) -> Block:
    """Blocks from top to bottom, centred or flush left; `baseline` counts rows of the result."""
    blocks = list(blocks)
    width = max([b.width for b in blocks])
    rows: list[str] = []
    marks: list[Region] = []
    for b in blocks:
        gap = 0 if left else (width - b.width) // 2
        marks += [(r + len(rows), start + gap, end + gap) for r, start, end in b.marks]
        rows += [" " * gap + text + " " * (width - b.width - gap) for text in b.lines]
    return Block(tuple(rows), baseline, tuple(marks))


def fraction(top: Block, bottom: Block) -> Block:
    """A fraction with its bar on the baseline, longer than the bars above and below it."""
    width = max(top.width, bottom.width)
    bar = line("─" * (width + 2 if "─" * width in (*top.lines, *bottom.lines) else width))
    return stacked((top, bar, bottom), top.height)


def raised(base: Block, exponent: Block) -> Block:
    """`exponent` to the right of `base`, one row above its top."""
    lifted = Block(exponent.lines, exponent.height + base.baseline, exponent.marks)
    return beside((base, lifted))


def lowered(base: Block, index: Block) -> Block:
    """`index` to the right of `base`, at its last row."""
    return beside((base, Block(index.lines, base.baseline - base.height + 1, index.marks)))


def fenced(block: Block, kind: str) -> Block:
    """A block between brackets as high as it is: kinds ( [ | ⌊ ⌈ and { (left only)."""
    left, right = _FENCES[kind]
    return beside((_fence(left, block), block, _fence(right, block)))


def marked(block: Block) -> Block:
    """The block with its whole area marked."""
    rows = [(r, len(text) - len(text.lstrip()), len(text.rstrip())) for r, text in enumerate(block.lines)]
    return Block(block.lines, block.baseline, tuple([row for row in rows if row[1] < row[2]]))


_FENCES = {
    "(": ("(⎛⎜⎝⎜", ")⎞⎟⎠⎟"),
    "[": ("[⎡⎢⎣⎢", "]⎤⎥⎦⎥"),
    "|": ("|││││", "|││││"),
    "⌊": ("⌊⎢⎢⎣⎢", "⌋⎥⎥⎦⎥"),
    "⌈": ("⌈⎡⎢⎢⎢", "⌉⎤⎥⎥⎥"),
    "{": ("{⎧⎪⎩⎨", ""),
}  # alone, top, extension, bottom, middle


def _fence(shape: str, block: Block) -> Block:
    if not shape:
        return Block(("",))
    height = block.height
    if height == 1:
        return line(shape[0])
    rows = [shape[2]] * height
    rows[0], rows[-1] = shape[1], shape[3]
    if height > 2:
        rows[height // 2] = shape[4]
    return Block(tuple(rows), block.baseline)
