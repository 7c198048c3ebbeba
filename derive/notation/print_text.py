"""Canonical text: `parse(text(e)) == e` for every expression."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Substitution, Sum, Symbol,
)  # fmt: skip
from derive.notation.letters import is_plain, is_plain_call
from derive.notation.rope import MAX_CHARACTERS, Memo, Piece, first, join, without_first, written


def text(
    e: Expression, *, flat: bool = False, memo: Memo | None = None, max_characters: int = MAX_CHARACTERS
) -> str:
    """`e` in the notation that reads back to the same tree: `2*x*sin(3*x) - x^2/(y + 1)`.

    flat            sums in sums and products in products stand without brackets, for people; not for reading back
    memo            pieces already printed, read and filled; keep one for each value of `flat`
    max_characters  LimitError(limit="characters") above it, before anything is written out
    """
    render = _FLAT if flat else _EXACT
    return written(e, lambda node, parts: render[type(node)](node, parts), memo, max_characters)


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


_SUMS = frozenset({Sum, Negation, Equation})
_OPERATORS = frozenset({Derivative, Limit})  # prefix operators: what follows them would be drawn in
_BRACKETED_FACTOR = _SUMS | {Product, Quotient}
_BRACKETED_FIRST_FACTOR = _SUMS | {Product}
_BRACKETED_NUMERATOR = _SUMS
_BRACKETED_DENOMINATOR = _SUMS | {Product, Quotient} | _OPERATORS
_BRACKETED_BASE = _BRACKETED_DENOMINATOR | {Power}
_BRACKETED_EXPONENT = _BRACKETED_DENOMINATOR
_EQUATION = frozenset({Equation})
_BRACKETED_TERM = frozenset({Sum, Equation})


def _within(node: Expression, piece: Piece, bracketed: frozenset[type[Expression]]) -> Piece:
    return join(("(", piece, ")")) if type(node) in bracketed else piece


def _sum(node: Expression, parts: list[Piece], bracketed: frozenset[type[Expression]] = _BRACKETED_TERM) -> Piece:
    pieces: list[Piece] = []
    for term, part in zip(node.arguments, parts, strict=True):
        part = _within(term, part, bracketed)
        if not pieces:
            pieces.append(part)
        elif first(part)[0] == "-":
            pieces += (" - ", without_first(part))
        else:
            pieces += (" + ", part)
    return join(pieces)


def _flat_sum(node: Expression, parts: list[Piece]) -> Piece:
    return _sum(node, parts, _EQUATION)


def _product(node: Expression, parts: list[Piece]) -> Piece:
    factors = node.arguments
    pieces = [_within(factors[0], parts[0], _BRACKETED_FIRST_FACTOR)]
    for factor, part in zip(factors[1:], parts[1:], strict=True):
        pieces += ("*", _within(factor, part, _BRACKETED_FACTOR))
    return join(pieces)


def _flat_product(node: Expression, parts: list[Piece]) -> Piece:
    pieces = [_within(node.arguments[0], parts[0], _SUMS)]
    for factor, part in zip(node.arguments[1:], parts[1:], strict=True):
        pieces += ("*", _within(factor, part, _SUMS | {Quotient}))
    return join(pieces)


def _quotient(node: Expression, parts: list[Piece]) -> Piece:
    top, bottom = node.arguments
    return join((
        _within(top, parts[0], _BRACKETED_NUMERATOR), "/", _within(bottom, parts[1], _BRACKETED_DENOMINATOR),
    ))  # fmt: skip


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    return join((_within(base, parts[0], _BRACKETED_BASE), "^", _within(exponent, parts[1], _BRACKETED_EXPONENT)))


def _negation(node: Expression, parts: list[Piece]) -> Piece:
    return join(("-", _within(node.arguments[0], parts[0], _SUMS)))


def _list(nodes: tuple[Expression, ...], parts: list[Piece]) -> list[Piece]:
    pieces: list[Piece] = []
    for node, part in zip(nodes, parts, strict=True):
        pieces += (", ", _within(node, part, _EQUATION))
    return pieces[1:]


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name = node.label if type(node.label) is str else node.label[0]  # type: ignore[index]
    orders: tuple[int, ...] = () if type(node.label) is str else node.label[1]  # type: ignore[index]
    primes = "'" * orders[0] if len(orders) == 1 and orders[0] <= 3 else ""
    head = name if is_plain_call(name, len(parts), bool(orders)) else f"`{name}`"
    if orders and not primes:
        places = [str(i + 1) for i, n in enumerate(orders) for _ in range(n)]
        head = f"D[{','.join(places)}]({symbol_text(name)})"
    return join((f"{head}{primes}(", *_list(node.arguments, parts), ")"))


def _derivative(node: Expression, parts: list[Piece]) -> Piece:
    d = "∂" if node.label else "d"
    orders = node.arguments[2::2]
    under: list[Piece] = []
    shown = [order_text(order, part) for order, part in zip(orders, parts[2::2], strict=True)]
    for variable, order in zip(parts[1::2], shown, strict=True):
        under += (d, variable) if order == "1" else (d, variable, "^", order)
    return join((d, *_total(orders, shown), "/", *under, "(", parts[0], ")"))


def _total(orders: tuple[Expression, ...], shown: list[Piece]) -> tuple[Piece, ...]:
    """The order over the line, with its `^`: the sum of the orders below it."""
    naturals = [o.label for o in orders if type(o) is Number and type(o.label) is int]
    if len(naturals) == len(orders):
        total = sum(naturals)
        return () if total == 1 else (f"^{number_text(total)}",)
    if len(shown) == 1:
        return ("^", shown[0])
    pieces: list[Piece] = []
    for order in shown:
        pieces += (" + ", order)
    return ("^(", *pieces[1:], ")")


def _limit(node: Expression, parts: list[Piece]) -> Piece:
    point = parts[2] if type(node.arguments[2]) in (Number, Constant, Symbol) else join(("(", parts[2], ")"))
    return join(("lim ", parts[1], "->", point, f"{node.label} (", parts[0], ")"))


def _substitution(node: Expression, parts: list[Piece]) -> Piece:
    shown = _list(node.arguments, parts)[::2]
    pieces: list[Piece] = ["at(", shown[0]]
    for variable, value in zip(shown[1::2], shown[2::2], strict=True):
        pieces += (", ", variable, " = ", value)
    return join((*pieces, ")"))


def _matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        row = _list(node.arguments[start : start + columns], parts[start : start + columns])
        pieces += (", [" if pieces else "[[", *row, "]")
    return join((*pieces, "]"))


def _equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (_within(side, part, _EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return join((left, f" {node.label} ", right))


def _piecewise(node: Expression, parts: list[Piece]) -> Piece:
    shown = _list(node.arguments, parts)[::2]
    conditions = range(1, len(parts), 2)
    pieces: list[Piece] = []
    for i, piece in enumerate(shown):
        pieces += (", ", parts[i] if i in conditions else piece)
    return join(("piecewise(", *pieces[1:], ")"))


Render = Callable[[Expression, list[Piece]], Piece]
_EXACT: dict[type[Expression], Render] = {
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
}
_FLAT: dict[type[Expression], Render] = {**_EXACT, Sum: _flat_sum, Product: _flat_product}
