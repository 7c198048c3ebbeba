"""LaTeX of operators and arrangements: derivatives, limits, matrices, equations, cases."""

from __future__ import annotations

from derive.expressions import Expression, Negation
from derive.notation.brackets import BARE, EQUATION, OPERAND, TERM, brackets, listed, total_order
from derive.notation.latex_names import runs_plainly
from derive.notation.print_text import number_text
from derive.notation.rope import Piece, first, join


within = brackets(r"\left(", r"\right)")


def in_brackets(piece: Piece) -> Piece:
    return join((r"\left(", piece, r"\right)"))


def derivative(node: Expression, parts: list[Piece]) -> Piece:
    d = r"\partial" if node.label else "d"
    orders = node.arguments[2::2]
    under: list[Piece] = []
    for variable, order in zip(parts[1::2], parts[2::2], strict=True):
        gap = " " if node.label and first(variable)[0].isalpha() else ""
        under += (r"\," if under else "", d, gap, variable)
        if order != "1":
            under += ("^{", order, "}")
    return join((rf"\frac{{{d}", *_total(orders, parts[2::2]), "}{", *under, r"}\left(", parts[0], r"\right)"))


def _total(orders: tuple[Expression, ...], shown: list[Piece]) -> tuple[Piece, ...]:
    """The order over the line, with its `^`: the sum of the orders below it."""
    total = total_order(orders)
    if total is not None:
        return () if total == 1 else (f"^{{{number_text(total)}}}",)
    pieces: list[Piece] = []
    for node, order in zip(orders, shown, strict=True):
        pieces += (" + ", within(node, order, OPERAND) if len(shown) > 1 else order)
    return ("^{", *pieces[1:], "}")


def limit(node: Expression, parts: list[Piece]) -> Piece:
    point = parts[2] if type(node.arguments[2]) in BARE else in_brackets(parts[2])
    side = f"^{{{node.label}}}" if node.label else ""
    if not side and type(node.arguments[2]) is Negation and type(node.arguments[2].arguments[0]) in BARE:
        point = parts[2]
    return join((r"\lim_{", parts[1], r"\to ", point, side, r"}\left(", parts[0], r"\right)"))


def substitution(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, within)[::2]
    pieces: list[Piece] = []
    for variable, value in zip(shown[1::2], shown[2::2], strict=True):
        pieces += (r",\,", variable, "=", value)
    return join((r"\left.", shown[0], r"\right|_{", *pieces[1:], "}"))


def integral(node: Expression, parts: list[Piece]) -> Piece:
    body, variable = node.arguments[:2]
    name = str(variable.label)
    if not (name.startswith("?") or runs_plainly(name)):
        return join((r"\operatorname{integral}\left(", *listed(node.arguments, parts, within, ","), r"\right)"))
    shown = within(body, parts[0], TERM)
    gap = " " if first(shown)[0].isalnum() else ""
    return join((r"\int_{", parts[2], "}^{", parts[3], "}", gap, shown, r"\,d", parts[1]))


def summation(node: Expression, parts: list[Piece]) -> Piece:
    shown = within(node.arguments[0], parts[0], OPERAND)
    gap = " " if first(shown)[0].isalnum() else ""
    lower = within(node.arguments[2], parts[2], EQUATION)
    return join((r"\sum_{", parts[1], "=", lower, "}^{", parts[3], "}", gap, shown))


def matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        pieces.append(r" \\ ")
        pieces += listed(node.arguments[start : start + columns], parts[start : start + columns], within, " & ")
    return join((r"\begin{bmatrix}", *pieces[1:], r"\end{bmatrix}"))


_RELATIONS = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}


def equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (within(side, part, EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return join((left, f" {_RELATIONS[str(node.label)]} ", right))


def piecewise(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, within)[::2]
    pieces: list[Piece] = []
    for i in range(0, len(parts), 2):
        pieces += (r" \\ ", shown[i], r" & \text{")
        pieces += ("if } ", parts[i + 1]) if i + 1 < len(parts) else ("otherwise}",)
    return join((r"\begin{cases}", *pieces[1:], r"\end{cases}"))
