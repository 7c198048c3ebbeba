"""Long strings put together without copying them level by level.

A piece is a short `str` or a `Rope` that only knows its parts and its length; a tree 100,000 deep is
printed in linear time, and a shared tree that would be gigabytes is refused before it is written out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from derive.errors import LimitError
from derive.expressions import Expression

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
Render: TypeAlias = Callable[[Expression, list[Piece]], Piece]
"""How one node is printed, its children printed already."""

Table: TypeAlias = dict[type[Expression], Render]
Memo: TypeAlias = dict[Expression, Piece]


def join(parts: Sequence[Piece]) -> Piece:
    """The parts one after the other."""
    try:
        whole = "".join(parts)  # type: ignore[arg-type]  # the rule; a Rope among them is the exception
    except TypeError:
        return Rope(tuple(parts), sum([len(p) for p in parts]))
    return whole if len(whole) <= SHORT else Rope((whole,), len(whole))


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
    """A part to set off wherever it occurs, and what stands around it."""

    part: Expression
    before: str
    after: str


def written(root: Expression, table: Table, memo: Memo | None, max_characters: int, mark: Mark | None = None) -> str:
    """`root` printed by `table`, once per distinct node; LimitError above `max_characters`."""

    def render(node: Expression, parts: list[Piece]) -> Piece:
        piece = table[type(node)](node, parts)
        if len(piece) > max_characters:
            raise LimitError(
                f"written out, this expression has more than {max_characters:,} characters",
                limit="characters",
                value=max_characters,
            )
        return piece

    memo = {} if memo is None else memo
    if mark is None:
        return str(_printed(root, render, memo))
    return str(marked_fold(root, mark.part, render, lambda piece: join((mark.before, piece, mark.after)), memo))


def _printed(root: Expression, render: Render, memo: Memo) -> Piece:
    """`shared_fold` for printing: leaves are printed where they are met, half of the nodes."""
    get = memo.get
    found = get(root)
    stack = [root]
    while found is None:
        node = stack[-1]
        parts: list[Piece] = []
        waiting = len(stack)
        for a in node.arguments:
            part = get(a)
            if part is None:
                if a.arguments:
                    stack.append(a)
                    continue
                part = memo[a] = render(a, [])
            parts.append(part)
        if len(stack) > waiting:
            continue
        stack.pop()
        memo[node] = piece = render(node, parts)
        if not stack:
            found = piece
    return found


def shared_fold(root: Expression, combine: Callable[[Expression, list[T]], T], memo: dict[Expression, T]) -> T:
    """`fold` with half its look-ups, for values that are never None."""
    get = memo.get
    found = get(root)
    stack = [root]
    while found is None:
        node = stack[-1]
        parts = [get(a) for a in node.arguments]
        if None in parts:
            stack += [a for a, part in zip(node.arguments, parts, strict=True) if part is None]
            continue
        stack.pop()
        memo[node] = value = combine(node, parts)  # type: ignore[arg-type]  # none is None
        if not stack:
            found = value
    return found


def marked_fold(
    root: Expression, part: Expression, combine: Callable[[Expression, list[T]], T], wrap: Callable[[T], T],
    memo: dict[Expression, T],
) -> T:  # fmt: skip
    """The same with the values of `part` wrapped; what does not contain `part` is taken from `memo`, and kept there."""
    above = {part: wrap(shared_fold(part, combine, memo))}
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
            parts = [above[a] if a in above else shared_fold(a, combine, memo) for a in node.arguments]
            above[node] = combine(node, parts)
        else:
            plain.add(node)
    return above[root] if root in above else shared_fold(root, combine, memo)
