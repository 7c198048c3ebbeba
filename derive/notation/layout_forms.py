"""The forms of books in two dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions import Expression
from derive.notation import forms
from derive.notation.block import Block, beside, fenced, line, stacked
from derive.notation.forms import Form, Fraction, Raised, form
from derive.notation.layout_operators import Drawn, small
from derive.notation.print_forms import form_line


def laid_out(node: Expression, parts: list[Drawn]) -> Block | None:
    """A node in the form of books; None where it has none of its own."""
    found = form(node)
    return _block(found, parts) if found else None


def _block(pieces: Form, parts: list[Drawn]) -> Block:
    def flat(inside: Sequence[forms.Piece]) -> Block:
        return small(form_line(tuple(inside), [p.line for p in parts]))

    def one(piece: forms.Piece) -> Block:
        match piece:
            case forms.Part(index, bracketed):
                return fenced(parts[index].block, "(") if bracketed else parts[index].block
            case Fraction(top, bottom):
                above, below = flat(top), flat(bottom)
                bar = line("─" * max(above.width, below.width))
                return stacked((above, bar, below), above.height)
            case Raised(base, "⊤"):
                return beside((one(base), line("ᵀ")))
            case _:
                return flat((piece,))

    blocks: list[Block] = []
    for piece in pieces:
        if blocks and isinstance(piece, forms.Part) and not isinstance(pieces[0], forms.Part):
            blocks.append(line(" "))
        blocks.append(one(piece))
    return beside(blocks)
