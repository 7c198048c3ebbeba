"""Operators and arrangements on one line of Unicode: derivatives, limits, matrices, equations, cases."""

from __future__ import annotations

from derive.expressions import Expression, Negation
from derive.notation.brackets import BARE, EQUATION, OPERAND, TERM, brackets, listed, total_order
from derive.notation.print_text import number_text
from derive.notation.rope import Piece, join
from derive.notation.line_names import raised


within = brackets("(", ")")


def derivative_pieces(node: Expression, parts: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The two halves of an operator: `∂³` and `∂x²∂y`."""
    d = "∂" if node.label else "d"
    orders = node.arguments[2::2]
    under: list[Piece] = []
    for variable, order, part in zip(parts[1::2], orders, parts[2::2], strict=True):
        under += (d, variable) if part == "1" else (d, variable, *_order(order, part))
    total = total_order(orders)
    if total is not None:
        return [d, "" if total == 1 else raised(number_text(total)) or f"^{number_text(total)}"], under
    if len(orders) == 1:
        return [d, *_order(orders[0], parts[2])], under
    over = listed(orders, parts[2::2], within, " + ", TERM)
    return [d, "^(", *over, ")"], under


def _order(order: Expression, part: Piece) -> tuple[Piece, ...]:
    shown = raised(part)
    return (shown,) if shown else ("^", part if type(order) in BARE else join(("(", part, ")")))


def derivative(node: Expression, parts: list[Piece]) -> Piece:
    over, under = derivative_pieces(node, parts)
    return join((*over, "/", *under, "(", parts[0], ")"))


def limit_pieces(node: Expression, parts: list[Piece]) -> list[Piece]:
    """What stands under lim: `h→0⁺`."""
    point = parts[2]
    if type(node.arguments[2]) not in BARE and (node.label or type(node.arguments[2]) is not Negation):
        point = join(("(", point, ")"))
    return [parts[1], "→", point, {"+": "⁺", "-": "⁻"}.get(str(node.label), "")]


def limit(node: Expression, parts: list[Piece]) -> Piece:
    return join(("lim ", *limit_pieces(node, parts), " (", parts[0], ")"))


def assignment_pieces(node: Expression, parts: list[Piece]) -> list[Piece]:
    """What stands at the foot of the bar: `x=2, y=3`."""
    shown = listed(node.arguments, parts, within)[::2]
    pieces: list[Piece] = []
    for variable, value in zip(shown[1::2], shown[2::2], strict=True):
        pieces += (", ", variable, "=", value)
    return pieces[1:]


def substitution(node: Expression, parts: list[Piece]) -> Piece:
    return join(("[", parts[0], "](", *assignment_pieces(node, parts), ")"))


def integral(node: Expression, parts: list[Piece]) -> Piece:
    body = within(node.arguments[0], parts[0], TERM)
    return join(("∫", *_ends(node, parts, (parts[2],)), " ", body, " d", parts[1]))


def summation(node: Expression, parts: list[Piece]) -> Piece:
    body = within(node.arguments[0], parts[0], OPERAND)
    return join(("∑", *_ends(node, parts, ("(", parts[1], "=", parts[2], ")")), " ", body))


def _ends(node: Expression, parts: list[Piece], below: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """What stands below and above the sign: `_0^(x²)`."""
    lower, upper = node.arguments[2:]
    if len(below) == 1 and type(lower) not in BARE:
        below = ("(", *below, ")")
    above: tuple[Piece, ...] = (parts[3],) if type(upper) in BARE else ("(", parts[3], ")")
    return ("_", *below, "^", *above)


def matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        row = listed(node.arguments[start : start + columns], parts[start : start + columns], within)
        pieces += (", [" if pieces else "[[", *row, "]")
    return join((*pieces, "]"))


RELATIONS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (within(side, part, EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return join((left, f" {RELATIONS[str(node.label)]} ", right))


def piecewise(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, within)[::2]
    pieces: list[Piece] = []
    for i in range(0, len(parts), 2):
        pieces += ("; ", shown[i])
        if i + 1 < len(parts):
            pieces += (" if ", parts[i + 1])
    return join(("{", *pieces[1:], "}"))
