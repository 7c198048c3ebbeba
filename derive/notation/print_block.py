"""Two-dimensional Unicode for a terminal: stacked fractions, raised exponents, roofs over roots, tall brackets."""

from __future__ import annotations

from typing import TypeAlias

from derive.expressions import Expression
from derive.notation.block import Block, marked
from derive.notation.print_line import FLAT_LINE, LINE, MARKS, unicode_line
from derive.notation.rope import MAX_CHARACTERS, join, marked_fold, shared_fold
from derive.notation.layout import LAY_OUT, LAY_OUT_FLAT
from derive.notation.layout_operators import Drawn, from_line

MAX_LAID_OUT = 600  # characters on one line; longer formulas are not laid out, they stay on one line


Memo: TypeAlias = dict[Expression, Drawn]


def unicode(e: Expression, *, flat: bool = False, memo: Memo | None = None) -> str:
    """`e` laid out in two dimensions, lines joined by newlines; one line when it is too large to lay out."""
    return str(unicode_block(e, flat=flat, memo=memo))


def unicode_block(
    e: Expression, *, flat: bool = False, mark: Expression | None = None, memo: Memo | None = None
) -> Block:
    """The same as a block, with the regions of `mark`; `memo` as for the other printers."""
    combine = _draw_flat if flat else _draw
    memo = {} if memo is None else memo
    try:
        if mark is not None:
            return marked_fold(e, mark, combine, _marked, memo).block
        return shared_fold(e, combine, memo).block
    except _TooLargeError:
        return line_block(e, flat=flat, mark=mark)


def line_block(
    e: Expression, *, flat: bool = False, mark: Expression | None = None, max_characters: int = MAX_CHARACTERS
) -> Block:
    """`e` on one line, as a block with the regions of `mark`."""
    return from_line(unicode_line(e, flat=flat, mark=mark, max_characters=max_characters))


class _TooLargeError(Exception):
    pass


def _draw(node: Expression, parts: list[Drawn]) -> Drawn:
    piece = LINE[type(node)](node, [p.line for p in parts])
    if len(piece) > MAX_LAID_OUT:
        raise _TooLargeError
    return Drawn(piece, LAY_OUT[type(node)](node, parts))


def _draw_flat(node: Expression, parts: list[Drawn]) -> Drawn:
    piece = FLAT_LINE[type(node)](node, [p.line for p in parts])
    if len(piece) > MAX_LAID_OUT:
        raise _TooLargeError
    return Drawn(piece, LAY_OUT_FLAT[type(node)](node, parts))


def _marked(drawn: Drawn) -> Drawn:
    return Drawn(join((MARKS[0], drawn.line, MARKS[1])), marked(drawn.block))
