"""Two-dimensional Unicode for a terminal: stacked fractions, raised exponents, roofs over roots, tall brackets."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Substitution, Sum, Symbol,
)  # fmt: skip
from derive.notation.block import Block, beside, columns, fenced, fraction, line, lowered, marked, raised, stacked
from derive.notation.brackets import BARE, EQUATION, OPERAND, TERM, Kinds, name_and_orders
from derive.notation.print_line import (
    FLAT_LINE, LINE, MARKS, OPEN_CALLS, RELATIONS, assignment_pieces, call_head, derivative_pieces, function_line,
    is_juxtaposed, is_raised_call, limit_pieces, unicode_line,
)  # fmt: skip
from derive.notation.print_line import lowered as subscript
from derive.notation.print_line import raised as superscript
from derive.notation.rope import MAX_CHARACTERS, Piece, join, marked_fold, shared_fold

MAX_LAID_OUT = 600  # characters on one line; longer formulas are not laid out, they stay on one line


class Drawn(NamedTuple):
    """An expression on one line (for exponents and feet, with mark characters), and laid out."""

    line: Piece
    block: Block


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
    return _from_line(unicode_line(e, flat=flat, mark=mark, max_characters=max_characters))


class _TooLargeError(Exception):
    pass


def _draw(node: Expression, parts: list[Drawn]) -> Drawn:
    piece = LINE[type(node)](node, [p.line for p in parts])
    if len(piece) > MAX_LAID_OUT:
        raise _TooLargeError
    return Drawn(piece, _LAY_OUT[type(node)](node, parts))


def _draw_flat(node: Expression, parts: list[Drawn]) -> Drawn:
    piece = FLAT_LINE[type(node)](node, [p.line for p in parts])
    if len(piece) > MAX_LAID_OUT:
        raise _TooLargeError
    return Drawn(piece, _LAY_OUT_FLAT[type(node)](node, parts))


def _marked(drawn: Drawn) -> Drawn:
    return Drawn(join((MARKS[0], drawn.line, MARKS[1])), marked(drawn.block))


def _from_line(text: str) -> Block:
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


def _small(piece: Piece) -> Block:
    return _from_line(str(piece))


def _within(node: Expression, block: Block, bracketed: Kinds) -> Block:
    return fenced(block, "(") if type(node) in bracketed else block


def _leaf(node: Expression) -> Block:
    return _small(LINE[type(node)](node, []))


def _sum(node: Expression, parts: list[Drawn], bracketed: Kinds = TERM) -> Block:
    blocks: list[Block] = []
    for term, part in zip(node.arguments, parts, strict=True):
        block = _within(term, part.block, bracketed)
        first = block.lines[block.baseline][0]
        if blocks and first == "−":
            blocks += (line(" "), _spaced_sign(block))
        else:
            blocks += (line(" + ") if blocks else line(""), block)
    return beside(blocks)


def _spaced_sign(block: Block) -> Block:
    """A block that begins with a minus sign, with a blank after the sign."""
    if block.lines[block.baseline][1:2] == " ":
        return block
    rows = [text[:1] + " " + text[1:] for text in block.lines]
    marks = [(r, s + (s > 0), e + 1) for r, s, e in block.marks]
    return Block(tuple(rows), block.baseline, tuple(marks))


def _negation(node: Expression, parts: list[Drawn]) -> Block:
    operand = node.arguments[0]
    sign = "− " if _begins_with_bar(parts[0].block) else "−"
    return beside((line(sign), _within(operand, parts[0].block, OPERAND)))


def _begins_with_bar(block: Block) -> bool:
    return block.lines[block.baseline][:1] == "─"


_FACTOR: Kinds = OPERAND | {Product}
_PREFIXED = frozenset({Derivative, Limit})


def _product(node: Expression, parts: list[Drawn], bracketed: Kinds = _FACTOR) -> Block:
    before = node.arguments[0]
    blocks = [_within(before, parts[0].block, bracketed)]
    for factor, part in zip(node.arguments[1:], parts[1:], strict=True):
        blocks += (line("" if is_juxtaposed(before, factor) else " · "), _within(factor, part.block, bracketed))
        before = factor
    return beside(blocks)


def _power(node: Expression, parts: list[Drawn]) -> Block:
    base, exponent = node.arguments
    power = _small(superscript(parts[1].line) or parts[1].line)
    simple = superscript(parts[1].line) is not None
    if is_raised_call(base, exponent) and simple:
        name = function_line(str(base.label))
        block = parts[0].block
        if block.lines[block.baseline].startswith(name):
            return _insert(block, len(name), str(power))
    bracketed = base.label in OPEN_CALLS or type(base) in _BRACKETED_BASE
    block = fenced(parts[0].block, "(") if bracketed else parts[0].block
    if simple and block.height == 1:
        return beside((block, power))
    if simple:
        power = _small(parts[1].line)
    return raised(block, power)


_BRACKETED_BASE = _FACTOR | {Quotient, Power, Derivative, Limit, Substitution}


def _insert(block: Block, column: int, text: str) -> Block:
    """The block with `text` put in at a column of its baseline, the other lines moved aside."""
    width = columns(text)
    rows = [
        row[:column] + (text if r == block.baseline else " " * width) + row[column:]
        for r, row in enumerate(block.lines)
    ]
    marks = [(r, s + width * (s >= column), e + width * (e > column)) for r, s, e in block.marks]
    return Block(tuple(rows), block.baseline, tuple(marks))


def _list(nodes: tuple[Expression, ...], parts: list[Drawn]) -> Block:
    blocks: list[Block] = []
    for node, part in zip(nodes, parts, strict=True):
        blocks += (line(", "), _within(node, part.block, EQUATION))
    return beside(blocks[1:])


def _call(node: Expression, parts: list[Drawn]) -> Block:
    name, orders = name_and_orders(node)
    special = None if orders else _SPECIAL.get((name, len(parts)))
    if special:
        return special(node, parts)
    return beside((line(call_head(name, orders)), fenced(_list(node.arguments, parts), "(")))


def _around(kind: str) -> LayOut:
    return lambda node, parts: fenced(parts[0].block, kind)


def _root(index: str) -> LayOut:
    def root(node: Expression, parts: list[Drawn]) -> Block:
        shown = index or superscript(parts[1].line)
        if shown is None:
            return beside((line("root"), fenced(_list(node.arguments, parts), "(")))
        block = parts[0].block
        sign = {"²": "√", "³": "∛"}.get(shown) if index else f"{shown}√"
        if type(node.arguments[0]) in BARE:
            return beside((line(str(sign)), block))
        height = block.height
        if height == 1:
            roof = stacked((line("_" * block.width), block), 1)
            return beside((line(str(sign)), roof))
        stroke = [" " * (height - r) + "╱" + " " * r for r in range(height)]
        stroke[-1] = "╲╱" + " " * (height - 1)
        degree = "" if shown == "²" else shown
        if degree:
            stroke[-2] = degree.rjust(1) + stroke[-2][len(degree) :]
        roof = stacked((line("_" * (block.width + 1)), beside((line(" "), block))), 0)
        left = Block((" " * (height + 1), *stroke), 0)
        both = beside((left, roof))
        return Block(both.lines, block.baseline + 1, both.marks)

    return root


def _log(parts: list[Drawn]) -> Block:
    base = subscript(parts[1].line)
    value = fenced(parts[0].block, "(")
    if base:
        return beside((line(f"log{base}"), value))
    foot = _small(parts[1].line)
    return beside(
        (line("log"), Block((" " * foot.width, *foot.lines), 0, tuple((1, s, e) for _, s, e in foot.marks)), value)
    )


def _factorial(node: Expression, parts: list[Drawn]) -> Block:
    block = parts[0].block
    return beside((block if type(node.arguments[0]) in BARE else fenced(block, "("), line("!")))


def _derivative(node: Expression, parts: list[Drawn]) -> Block:
    over, under = derivative_pieces(node, [p.line for p in parts])
    top, bottom = _small(join(over)), _small(join(under))
    bar = line("─" * max(top.width, bottom.width))
    return beside((stacked((top, bar, bottom), top.height), line(" "), fenced(parts[0].block, "(")))


def _limit(node: Expression, parts: list[Drawn]) -> Block:
    foot = _small(join(limit_pieces(node, [p.line for p in parts])))
    return beside((stacked((line("lim"), foot), 0), line(" "), fenced(parts[0].block, "(")))


def _substitution(node: Expression, parts: list[Drawn]) -> Block:
    block = parts[0].block
    height = max(block.height + 1, 2)
    bar = Block(("│",) * height, block.baseline)
    foot = _small(join(assignment_pieces(node, [p.line for p in parts])))
    return lowered(beside((_within(node.arguments[0], block, TERM), bar)), foot)


def _matrix(node: Expression, parts: list[Drawn]) -> Block:
    width = int(node.label)  # type: ignore[arg-type]
    cells = [_within(e, p.block, EQUATION) for e, p in zip(node.arguments, parts, strict=True)]
    widths = [max([c.width for c in cells[j::width]]) for j in range(width)]
    rows: list[Block] = []
    for start in range(0, len(cells), width):
        row = cells[start : start + width]
        padded = [stacked((c, line(" " * w)), c.baseline) for c, w in zip(row, widths, strict=True)]
        padded = [_without_last_row(c) for c in padded]
        gaps = [line("  ") for _ in padded]
        both = beside([b for pair in zip(gaps, padded, strict=True) for b in pair][1:])
        if rows and (both.height > 1 or rows[-1].height > 1):
            rows.append(line(""))
        rows.append(both)
    body = stacked(rows, left=True)
    return fenced(Block(body.lines, (body.height - 1) // 2, body.marks), "[")


def _without_last_row(block: Block) -> Block:
    return Block(block.lines[:-1], block.baseline, block.marks)


def _equation(node: Expression, parts: list[Drawn]) -> Block:
    left, right = (_within(side, p.block, EQUATION) for side, p in zip(node.arguments, parts, strict=True))
    return beside((left, line(f" {RELATIONS[str(node.label)]} "), right))


def _piecewise(node: Expression, parts: list[Drawn]) -> Block:
    values = [_within(e, p.block, EQUATION) for e, p in zip(node.arguments[::2], parts[::2], strict=True)]
    width = max([v.width for v in values])
    rows: list[Block] = []
    for i, value in enumerate(values):
        gap = line(" " * (width - value.width + 2))
        has_condition = 2 * i + 1 < len(parts)
        condition = beside((line("if "), parts[2 * i + 1].block)) if has_condition else line("otherwise")
        rows.append(beside((value, gap, condition)))
    body = stacked(rows, left=True)
    return fenced(Block(body.lines, body.height // 2, body.marks), "{")


LayOut: TypeAlias = Callable[[Expression, list[Drawn]], Block]
_SPECIAL: dict[tuple[str, int], LayOut] = {
    ("abs", 1): _around("|"),
    ("floor", 1): _around("⌊"),
    ("ceil", 1): _around("⌈"),
    ("sqrt", 1): _root("²"),
    ("cbrt", 1): _root("³"),
    ("root", 2): _root(""),
    ("log", 2): lambda node, parts: _log(parts),
    ("factorial", 1): _factorial,
}
_LAY_OUT: dict[type[Expression], LayOut] = {
    Number: lambda node, parts: _leaf(node),
    Constant: lambda node, parts: _leaf(node),
    Symbol: lambda node, parts: _leaf(node),
    Sum: _sum,
    Product: _product,
    Quotient: lambda node, parts: fraction(parts[0].block, parts[1].block),
    Power: _power,
    Negation: _negation,
    Call: _call,
    Derivative: _derivative,
    Limit: _limit,
    Substitution: _substitution,
    Matrix: _matrix,
    Equation: _equation,
    Piecewise: _piecewise,
}
_LAY_OUT_FLAT: dict[type[Expression], LayOut] = {
    **_LAY_OUT,
    Sum: lambda node, parts: _sum(node, parts, EQUATION),
    Product: lambda node, parts: _product(node, parts, OPERAND),
}
