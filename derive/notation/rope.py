"""Long strings put together without copying them level by level.

A piece is a short `str` or a `Rope` that only knows its parts and its length; a tree 100,000 deep is
printed in linear time, and a shared tree that would be gigabytes is refused before it is written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias, TypeVar

from derive.errors import LimitError
from derive.expressions import Expression, fold

MAX_CHARACTERS = 5_000_000  # a 100,000-deep nested sin is 0.5 million characters of text, 1.8 million of LaTeX
SHORT = 1_000  # up to here joining at once is faster than keeping parts


class Rope:
    """A string kept as its parts: `len`, the first part, and `str` when it is asked for."""

    __slots__ = ("length", "parts")

    def __init__(self, parts: tuple[Piece, ...], length: int) -> None:
        self.parts = parts
        self.length = length

    def __len__(self) -> int:
        return self.length

    def __str__(self) -> str:
        written: list[str] = []
        stack: list[Piece] = [self]
        while stack:
            piece = stack.pop()
            if isinstance(piece, str):
                written.append(piece)
            else:
                stack.extend(reversed(piece.parts))
        return "".join(written)


T = TypeVar("T")
Piece: TypeAlias = str | Rope
Combine: TypeAlias = Callable[[Expression, list[Piece]], Piece]
Memo: TypeAlias = dict[Expression, Piece]


def join(parts: Iterable[Piece]) -> Piece:
    """The parts one after the other."""
    parts = tuple(parts)
    length = sum([len(p) for p in parts])
    if length <= SHORT:
        return "".join(parts)  # type: ignore[arg-type]  # a Rope is longer than SHORT
    return Rope(parts, length)


def without_first(piece: Piece) -> Piece:
    """The piece without its first character."""
    if isinstance(piece, str):
        return piece[1:]
    spine: list[Rope] = []
    while isinstance(piece, Rope):
        spine.append(piece)
        piece = piece.parts[0]
    piece = piece[1:]
    for rope in reversed(spine):
        piece = Rope((piece, *rope.parts[1:]), rope.length - 1)
    return piece


def first(piece: Piece) -> str:
    """The first short part of a piece: enough to see how it begins."""
    while isinstance(piece, Rope):
        piece = piece.parts[0]
    return piece


def last(piece: Piece) -> str:
    """The last short part of a piece: enough to see how it ends."""
    while isinstance(piece, Rope):
        piece = piece.parts[-1]
    return piece


class Mark(NamedTuple):
    """A part to set off wherever it occurs, and how."""

    part: Expression
    wrap: Callable[[Piece], Piece]


def written(
    root: Expression, combine: Combine, memo: Memo | None, max_characters: int, mark: Mark | None = None
) -> str:
    """`root` printed by `combine`, once per distinct node; LimitError above `max_characters`."""

    def checked(node: Expression, parts: list[Piece]) -> Piece:
        piece = combine(node, parts)
        if len(piece) > max_characters:
            raise LimitError(
                f"written out, this expression has more than {max_characters:,} characters",
                limit="characters",
                value=max_characters,
            )
        return piece

    if mark is None:
        return str(fold(root, checked, memo))
    return str(marked(root, mark.part, checked, mark.wrap, memo))


def marked(
    root: Expression, part: Expression, combine: Callable[[Expression, list[T]], T], wrap: Callable[[T], T],
    memo: dict[Expression, T] | None,
) -> T:  # fmt: skip
    """`fold` with the values of `part` wrapped; what does not contain `part` is taken from `memo`, and kept there."""
    memo = {} if memo is None else memo
    above = {part: wrap(fold(part, combine, memo))}
    plain: set[Expression] = set()
    stack = [root]
    while stack:
        node = stack[-1]
        if node in above or node in plain:
            stack.pop()
            continue
        if node.depth <= part.depth:
            plain.add(stack.pop())
            continue
        missing = [a for a in node.arguments if a not in above and a not in plain]
        if missing:
            stack.extend(missing)
            continue
        stack.pop()
        if any(a in above for a in node.arguments):
            parts = [above[a] if a in above else fold(a, combine, memo) for a in node.arguments]
            above[node] = combine(node, parts)
        else:
            plain.add(node)
    return above[root] if root in above else fold(root, combine, memo)
