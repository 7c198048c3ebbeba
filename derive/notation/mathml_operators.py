"""MathML of operators and arrangements: derivatives, limits, matrices, equations, cases."""

from __future__ import annotations

from html import escape

from derive.expressions import Expression, Negation, Number
from derive.notation.brackets import BARE, EQUATION, OPERAND, TERM, brackets, total_order
from derive.notation.line_operators import RELATIONS
from derive.notation.print_text import number_text
from derive.notation.rope import Piece, join


COMMA = "<mo>,</mo>"
within = brackets("<mrow><mo>(</mo>", "<mo>)</mo></mrow>")


def row(*pieces: Piece) -> Piece:
    return join(("<mrow>", *pieces, "</mrow>"))


def derivative(node: Expression, parts: list[Piece]) -> Piece:
    d = "<mo>\u2202</mo>" if node.label else '<mi mathvariant="normal">d</mi>'
    orders = node.arguments[2::2]
    under: list[Piece] = []
    for variable, order, part in zip(parts[1::2], orders, parts[2::2], strict=True):
        plain = type(order) is Number and order.label == 1
        under += (d, variable) if plain else (d, "<msup>", variable, part, "</msup>")
    total = total_order(orders)
    if total is not None:
        over: list[Piece] = [d] if total == 1 else ["<msup>", d, f"<mn>{number_text(total)}</mn>", "</msup>"]
    else:
        over = ["<msup>", d, "<mrow>"]
        for i, (order, part) in enumerate(zip(orders, parts[2::2], strict=True)):
            over += ("<mo>+</mo>" if i else "", within(order, part, TERM))
        over += ("</mrow>", "</msup>")
    operator = join(("<mfrac>", row(*over), row(*under), "</mfrac>"))
    return row(operator, row("<mo>(</mo>", parts[0], "<mo>)</mo>"))


def limit(node: Expression, parts: list[Piece]) -> Piece:
    bare = type(node.arguments[2]) in BARE or (not node.label and type(node.arguments[2]) is Negation)
    point = parts[2] if bare else row("<mo>(</mo>", parts[2], "<mo>)</mo>")
    if node.label:
        sign = "+" if node.label == "+" else "\u2212"
        point = join(("<msup>", point, f"<mo>{sign}</mo></msup>"))
    foot = row(parts[1], "<mo>\u2192</mo>", point)
    return row(join(("<munder><mo>lim</mo>", foot, "</munder>")), row("<mo>(</mo>", parts[0], "<mo>)</mo>"))


def substitution(node: Expression, parts: list[Piece]) -> Piece:
    pieces: list[Piece] = []
    values = zip(node.arguments[2::2], parts[1::2], parts[2::2], strict=True)
    for value, variable, part in values:
        pieces += (COMMA, variable, "<mo>=</mo>", within(value, part, EQUATION))
    operand = row(within(node.arguments[0], parts[0], TERM), '<mo fence="true" stretchy="true">|</mo>')
    return join(("<msub>", operand, row(*pieces[1:]), "</msub>"))


def integral(node: Expression, parts: list[Piece]) -> Piece:
    sign = join(("<msubsup><mo>\u222b</mo>", row(parts[2]), row(parts[3]), "</msubsup>"))
    differential = row('<mi mathvariant="normal">d</mi>', parts[1])
    return row(sign, within(node.arguments[0], parts[0], TERM), '<mspace width="0.17em"/>', differential)


def summation(node: Expression, parts: list[Piece]) -> Piece:
    foot = row(parts[1], "<mo>=</mo>", within(node.arguments[2], parts[2], EQUATION))
    sign = join(("<munderover><mo>\u2211</mo>", foot, row(parts[3]), "</munderover>"))
    return row(sign, within(node.arguments[0], parts[0], OPERAND))


def matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        pieces.append("<mtr>")
        for e, part in zip(node.arguments[start : start + columns], parts[start : start + columns], strict=True):
            pieces += ("<mtd>", within(e, part, EQUATION), "</mtd>")
        pieces.append("</mtr>")
    return row("<mo>[</mo>", join(("<mtable>", *pieces, "</mtable>")), "<mo>]</mo>")


def equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (within(side, part, EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return row(left, f"<mo>{escape(RELATIONS[str(node.label)])}</mo>", right)


def piecewise(node: Expression, parts: list[Piece]) -> Piece:
    pieces: list[Piece] = []
    for i in range(0, len(parts), 2):
        pieces += ("<mtr><mtd>", within(node.arguments[i], parts[i], EQUATION), "</mtd><mtd>")
        pieces += ("<mtext>if&#xA0;</mtext>", parts[i + 1]) if i + 1 < len(parts) else ("<mtext>otherwise</mtext>",)
        pieces.append("</mtd></mtr>")
    return row("<mo>{</mo>", join(("<mtable>", *pieces, "</mtable>")))
