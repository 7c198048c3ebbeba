"""How each node is laid out in two dimensions, its children laid out already."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Matrix, Negation, Number, Piecewise, Power,
    Product, Quotient, Substitution, Sum, Summation, Symbol,
)  # fmt: skip
from derive.notation.block import Block, beside, columns, fenced, fraction, line, raised, stacked
from derive.notation.brackets import BARE, EQUATION, OPERAND, SIGNS, TERM, Kinds, draws_in, name_and_orders
from derive.notation.line_names import OPEN_CALLS, call_head, function_line, is_juxtaposed, is_raised_call
from derive.notation.print_line import LINE
from derive.notation.line_names import lowered as subscript
from derive.notation.line_names import raised as superscript
from derive.notation.layout_forms import laid_out
from derive.notation.layout_operators import (
    Drawn,
    derivative,
    equation,
    integral,
    limit,
    matrix,
    piecewise,
    small,
    substitution,
    summation,
    within,
)


def _leaf(node: Expression) -> Block:
    return small(LINE[type(node)](node, []))


def _sum(node: Expression, parts: list[Drawn], bracketed: Kinds = TERM) -> Block:
    blocks: list[Block] = []
    for term, part in zip(node.arguments, parts, strict=True):
        block = within(term, part.block, bracketed)
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
    return beside((line(sign), within(operand, parts[0].block, OPERAND)))


def _begins_with_bar(block: Block) -> bool:
    return block.lines[block.baseline][:1] == "─"


_FACTOR: Kinds = OPERAND | {Product}


def _product(node: Expression, parts: list[Drawn], bracketed: Kinds = _FACTOR) -> Block:
    before = node.arguments[0]
    ends = len(parts) - 1
    blocks = [fenced(parts[0].block, "(") if draws_in(before) else within(before, parts[0].block, bracketed)]
    for k, (factor, part) in enumerate(zip(node.arguments[1:], parts[1:], strict=True), 1):
        shown = fenced(part.block, "(") if k < ends and draws_in(factor) else within(factor, part.block, bracketed)
        blocks += (line("" if is_juxtaposed(before, factor) else " · "), shown)
        before = factor
    return beside(blocks)


def _power(node: Expression, parts: list[Drawn]) -> Block:
    base, exponent = node.arguments
    power = small(superscript(parts[1].line) or parts[1].line)
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
        power = small(parts[1].line)
    return raised(block, power)


_BRACKETED_BASE = _FACTOR | SIGNS | {Quotient, Power, Derivative, Limit, Substitution}


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
        blocks += (line(", "), within(node, part.block, EQUATION))
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
    foot = small(parts[1].line)
    return beside(
        (line("log"), Block((" " * foot.width, *foot.lines), 0, tuple((1, s, e) for _, s, e in foot.marks)), value)
    )


def _factorial(node: Expression, parts: list[Drawn]) -> Block:
    block = parts[0].block
    return beside((block if type(node.arguments[0]) in BARE else fenced(block, "("), line("!")))


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
LAY_OUT: dict[type[Expression], LayOut] = {
    Number: lambda node, parts: _leaf(node),
    Constant: lambda node, parts: _leaf(node),
    Symbol: lambda node, parts: _leaf(node),
    Sum: _sum,
    Product: _product,
    Quotient: lambda node, parts: fraction(parts[0].block, parts[1].block),
    Power: _power,
    Negation: _negation,
    Call: _call,
    Derivative: derivative,
    Limit: limit,
    Substitution: substitution,
    Matrix: matrix,
    Equation: equation,
    Piecewise: piecewise,
    Integral: integral,
    Summation: summation,
}
LAY_OUT_FLAT: dict[type[Expression], LayOut] = {
    **LAY_OUT,
    Sum: lambda node, parts: _sum(node, parts, EQUATION),
    Product: lambda node, parts: _product(node, parts, OPERAND),
    Derivative: lambda node, parts: laid_out(node, parts) or derivative(node, parts),
    Substitution: lambda node, parts: laid_out(node, parts) or substitution(node, parts),
    Call: lambda node, parts: laid_out(node, parts) or _call(node, parts),
}
