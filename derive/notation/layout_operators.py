"""Operators and arrangements in two dimensions: derivatives, limits, matrices, equations, cases."""

from __future__ import annotations

from typing import NamedTuple

from derive.expressions import Expression
from derive.notation.block import Block, beside, columns, fenced, line, lowered, stacked
from derive.notation.brackets import EQUATION, OPERAND, TERM, Kinds
from derive.notation.line_operators import RELATIONS, assignment_pieces, derivative_pieces, limit_pieces
from derive.notation.print_line import MARKS
from derive.notation.rope import Piece, join


class Drawn(NamedTuple):
    """An expression on one line (for exponents and feet, with mark characters), and laid out."""

    line: Piece
    block: Block


def from_line(text: str) -> Block:
    """One line whose mark characters become a region."""
    if MARKS[0] not in text:
        return line(text)
    shown: list[str] = []
    marks: list[tuple[int, int, int]] = []
    column = start = depth = 0
    for c in text:
        if c == MARKS[0]:
            start = column if not depth else start
            depth += 1
        elif c == MARKS[1]:
            depth -= 1
            if not depth:
                marks.append((0, start, column))
        else:
            shown.append(c)
            column += columns(c)
    return Block(("".join(shown),), 0, tuple(marks))


def small(piece: Piece) -> Block:
    return from_line(str(piece))


def within(node: Expression, block: Block, bracketed: Kinds) -> Block:
    return fenced(block, "(") if type(node) in bracketed else block


def derivative(node: Expression, parts: list[Drawn]) -> Block:
    over, under = derivative_pieces(node, [p.line for p in parts])
    top, bottom = small(join(over)), small(join(under))
    bar = line("─" * max(top.width, bottom.width))
    return beside((stacked((top, bar, bottom), top.height), line(" "), fenced(parts[0].block, "(")))


def limit(node: Expression, parts: list[Drawn]) -> Block:
    foot = small(join(limit_pieces(node, [p.line for p in parts])))
    return beside((stacked((line("lim"), foot), 0), line(" "), fenced(parts[0].block, "(")))


def substitution(node: Expression, parts: list[Drawn]) -> Block:
    block = parts[0].block
    height = max(block.height + 1, 2)
    bar = Block(("│",) * height, block.baseline)
    foot = small(join(assignment_pieces(node, [p.line for p in parts])))
    return lowered(beside((within(node.arguments[0], block, TERM), bar)), foot)


WIDE = 18  # columns of a matrix entry, from which entries need more room between them than factors


def matrix(node: Expression, parts: list[Drawn]) -> Block:
    width = int(node.label)  # type: ignore[arg-type]
    cells = [within(e, p.block, EQUATION) for e, p in zip(node.arguments, parts, strict=True)]
    widths = [max([c.width for c in cells[j::width]]) for j in range(width)]
    gap = line("    " if max(widths) > WIDE else "  ")
    rows: list[Block] = []
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        padded = [stacked((c, line(" " * w)), c.baseline) for c, w in zip(row, widths, strict=True)]
        padded = [_without_last_row(c) for c in padded]
        gaps = [gap for _ in padded]
        both = beside([b for pair in zip(gaps, padded, strict=True) for b in pair][1:])
        if rows and (both.height > 1 or rows[-1].height > 1):
            rows.append(line(""))
        rows.append(both)
    body = stacked(rows, left=True)
    return fenced(Block(body.lines, (body.height - 1) // 2, body.marks), "[")


def _without_last_row(block: Block) -> Block:
    return Block(block.lines[:-1], block.baseline, block.marks)


def integral(node: Expression, parts: list[Drawn]) -> Block:
    body = within(node.arguments[0], parts[0].block, TERM)
    inner = ["⎮"] * (body.height - 2)
    sign = Block(("⌠", *inner, "⌡"), body.baseline) if body.height > 1 else line("∫")
    return beside((_with_ends(sign, small(parts[2].line), parts[3].line), line(" "), body, line(" d"), parts[1].block))


def summation(node: Expression, parts: list[Drawn]) -> Block:
    body = within(node.arguments[0], parts[0].block, OPERAND)
    below = small(join((parts[1].line, "=", parts[2].line)))
    return beside((_with_ends(line("∑"), below, parts[3].line), line(" "), body))


def _with_ends(sign: Block, below: Block, above: Piece) -> Block:
    top = small(above)
    return stacked((top, sign, below), top.height + sign.baseline)


def equation(node: Expression, parts: list[Drawn]) -> Block:
    left, right = (within(side, p.block, EQUATION) for side, p in zip(node.arguments, parts, strict=True))
    return beside((left, line(f" {RELATIONS[str(node.label)]} "), right))


def piecewise(node: Expression, parts: list[Drawn]) -> Block:
    values = [within(e, p.block, EQUATION) for e, p in zip(node.arguments[::2], parts[::2], strict=True)]
    width = max([v.width for v in values])
    rows: list[Block] = []
    for i, value in enumerate(values):
        gap = line(" " * (width - value.width + 2))
        has_condition = 2 * i + 1 < len(parts)
        condition = beside((line("if "), parts[2 * i + 1].block)) if has_condition else line("otherwise")
        rows.append(beside((value, gap, condition)))
    body = stacked(rows, left=True)
    return fenced(Block(body.lines, body.height // 2, body.marks), "{")
