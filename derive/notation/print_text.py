"""Canonical text: `parse(text(e)) == e` for every expression."""

from __future__ import annotations

from decimal import Decimal

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Matrix, Negation, Number, Piecewise, Power,
    Product, Quotient, Substitution, Sum, Summation, Symbol,
)  # fmt: skip
from derive.notation.brackets import (
    BARE, BASE, DENOMINATOR, EQUATION, FACTOR, FIRST_FACTOR, OPERAND, TERM, Kinds, brackets, listed,
    name_and_orders, places, sum_of_pieces, total_order,
)  # fmt: skip
from derive.notation.letters import is_plain, is_plain_call
from derive.notation.rope import MAX_CHARACTERS, Memo, Piece, Render, Table, join, written


def text(e: Expression, *, flat: bool = False, memo: Memo | None = None, max_characters: int = MAX_CHARACTERS) -> str:
    """`e` in the notation that reads back to the same tree: `2*x*sin(3*x) - x^2/(y + 1)`.

    flat            sums in sums and products in products stand without brackets, for people; not for reading back
    memo            pieces already printed, read and filled; keep one for each value of `flat`
    max_characters  LimitError(limit="characters") above it, before anything is written out
    """
    return written(e, _FLAT if flat else EXACT, memo, max_characters)


def number_text(label: object) -> str:
    """The digits of a number's label, of any length."""
    if isinstance(label, int) and label.bit_length() > 14_000:  # str() of an int refuses 4,300 digits
        return f"{Decimal(label):f}"
    return str(label)


def symbol_text(name: str) -> str:
    return name if is_plain(name) else f"`{name}`"


def order_text(order: Expression, piece: Piece) -> Piece:
    """An order of differentiation after `^`: a natural number or a symbol plainly, the rest in brackets."""
    if type(order) is Symbol or (type(order) is Number and type(order.label) is int):
        return piece
    return join(("(", piece, ")"))


_within = brackets("(", ")")


def _sum(node: Expression, parts: list[Piece]) -> Piece:
    return sum_of_pieces(node, parts, _within, TERM)


def _flat_sum(node: Expression, parts: list[Piece]) -> Piece:
    return sum_of_pieces(node, parts, _within, EQUATION)


def _product(node: Expression, parts: list[Piece], first: Kinds = FIRST_FACTOR, others: Kinds = FACTOR) -> Piece:
    factors = node.arguments
    pieces = [_within(factors[0], parts[0], first)]
    for factor, part in zip(factors[1:], parts[1:], strict=True):
        pieces += ("*", _within(factor, part, others))
    return join(pieces)


def _flat_product(node: Expression, parts: list[Piece]) -> Piece:
    return _product(node, parts, OPERAND, OPERAND | {Quotient})


def _quotient(node: Expression, parts: list[Piece]) -> Piece:
    top, bottom = node.arguments
    return join((_within(top, parts[0], OPERAND), "/", _within(bottom, parts[1], DENOMINATOR)))


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    return join((_within(base, parts[0], BASE), "^", _within(exponent, parts[1], DENOMINATOR)))


def _negation(node: Expression, parts: list[Piece]) -> Piece:
    return join(("-", _within(node.arguments[0], parts[0], OPERAND)))


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name, orders = name_and_orders(node)
    primes = "'" * orders[0] if len(orders) == 1 and orders[0] <= 3 else ""
    head = name if is_plain_call(name, len(parts), bool(orders)) else f"`{name}`"
    if orders and not primes:
        head = f"D[{','.join(places(orders))}]({symbol_text(name)})"
    return join((f"{head}{primes}(", *listed(node.arguments, parts, _within), ")"))


def _derivative(node: Expression, parts: list[Piece]) -> Piece:
    d = "∂" if node.label else "d"
    orders = node.arguments[2::2]
    under: list[Piece] = []
    shown = [order_text(order, part) for order, part in zip(orders, parts[2::2], strict=True)]
    for variable, order in zip(parts[1::2], shown, strict=True):
        gap = " " if under and not node.label else ""  # dx_1dy would be one name
        under += (gap, d, variable) if order == "1" else (gap, d, variable, "^", order)
    return join((d, *_total(orders, parts[2::2]), "/", *under, "(", parts[0], ")"))


def _total(orders: tuple[Expression, ...], parts: list[Piece]) -> tuple[Piece, ...]:
    """The order over the line, with its `^`: the sum of the orders below it."""
    total = total_order(orders)
    if total is not None:
        return () if total == 1 else (f"^{number_text(total)}",)
    if len(orders) == 1:
        return ("^", order_text(orders[0], parts[0]))
    return ("^(", *listed(orders, parts, _within, " + ", OPERAND), ")")


def _limit(node: Expression, parts: list[Piece]) -> Piece:
    point = parts[2] if type(node.arguments[2]) in BARE else join(("(", parts[2], ")"))
    return join(("lim ", parts[1], "->", point, f"{node.label} (", parts[0], ")"))


def _substitution(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, _within)[::2]
    pieces: list[Piece] = ["at(", shown[0]]
    for variable, value in zip(shown[1::2], shown[2::2], strict=True):
        pieces += (", ", variable, " = ", value)
    return join((*pieces, ")"))


def _matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        row = listed(node.arguments[start : start + columns], parts[start : start + columns], _within)
        pieces += (", [" if pieces else "[[", *row, "]")
    return join((*pieces, "]"))


def _equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (_within(side, part, EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return join((left, f" {node.label} ", right))


def _piecewise(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, _within)[::2]
    conditions = range(1, len(parts), 2)
    pieces: list[Piece] = []
    for i, piece in enumerate(shown):
        pieces += (", ", parts[i] if i in conditions else piece)
    return join(("piecewise(", *pieces[1:], ")"))


def _bound(name: str) -> Render:
    return lambda node, parts: join((f"{name}(", *listed(node.arguments, parts, _within), ")"))


EXACT: Table = {
    Number: lambda node, parts: number_text(node.label),
    Constant: lambda node, parts: str(node.label),
    Symbol: lambda node, parts: symbol_text(str(node.label)),
    Sum: _sum,
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Negation: _negation,
    Call: _call,
    Derivative: _derivative,
    Limit: _limit,
    Substitution: _substitution,
    Matrix: _matrix,
    Equation: _equation,
    Piecewise: _piecewise,
    Integral: _bound("integral"),
    Summation: _bound("sum"),
}
_FLAT: Table = {**EXACT, Sum: _flat_sum, Product: _flat_product}
