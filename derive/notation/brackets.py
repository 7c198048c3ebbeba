"""Where brackets stand: the node kinds that are bracketed in each position, and the pieces all printers share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.expressions import (
    Constant, Derivative, Equation, Expression, Integral, Limit, Negation, Number, Power, Product, Quotient, Sum,
    Summation, Symbol,
)  # fmt: skip
from derive.notation.rope import Piece, first, join, without_first

Kinds: TypeAlias = frozenset[type[Expression]]
Brackets: TypeAlias = Callable[[Expression, Piece, Kinds], Piece]

EQUATION: Kinds = frozenset({Equation})
TERM: Kinds = frozenset({Sum, Equation})
OPERAND: Kinds = frozenset({Sum, Negation, Equation})  # of a sign, of a fraction bar seen from above
FACTOR: Kinds = OPERAND | {Product, Quotient}
FIRST_FACTOR: Kinds = OPERAND | {Product}
DENOMINATOR: Kinds = FACTOR | {Derivative, Limit}  # a prefix operator would draw in what follows
BASE: Kinds = DENOMINATOR | {Power}
SIGNS: Kinds = frozenset({Integral, Summation})  # ∫ and Σ, which begin what they take and show no end
BARE: Kinds = frozenset({Number, Constant, Symbol})


def brackets(left: str, right: str) -> Brackets:
    """A function that puts a piece between `left` and `right` where its node is of certain kinds."""

    def within(node: Expression, piece: Piece, bracketed: Kinds) -> Piece:
        return join((left, piece, right)) if type(node) in bracketed else piece

    return within


def sum_of_pieces(node: Expression, parts: list[Piece], within: Brackets, bracketed: Kinds, minus: str = "-") -> Piece:
    """`a + b - c`: a term that begins with a minus sign is subtracted."""
    pieces: list[Piece] = []
    for term, part in zip(node.arguments, parts, strict=True):
        part = within(term, part, bracketed)
        if not pieces:
            pieces.append(part)
        elif first(part)[0] == minus:
            pieces += (f" {minus} ", without_first(part))
        else:
            pieces += (" " if type(term) is Negation else " + ", part)  # a marked negation brings its sign
    return join(pieces)


def listed(
    nodes: tuple[Expression, ...], parts: list[Piece], within: Brackets, comma: str = ", ", bracketed: Kinds = EQUATION
) -> list[Piece]:
    """The parts with `comma` between them."""
    pieces: list[Piece] = []
    for node, part in zip(nodes, parts, strict=True):
        pieces += (comma, within(node, part, bracketed))
    return pieces[1:]


def first_factor(e: Expression) -> Expression:
    """What a product written without brackets begins with."""
    while type(e) is Product:
        e = e.arguments[0]
    return e


def last_factor(e: Expression) -> Expression:
    """What a product written without brackets ends with."""
    while type(e) is Product:
        e = e.arguments[-1]
    return e


def draws_in(factor: Expression) -> bool:
    """Whether a factor would draw the next ones in: `Σ k` before `x` is not `Σ k·x`."""
    return type(last_factor(factor)) in SIGNS


def total_order(orders: tuple[Expression, ...]) -> int | None:
    """The sum of orders of differentiation that are all natural numbers, else None."""
    naturals = [o.label for o in orders if type(o) is Number and type(o.label) is int]
    return sum(naturals) if len(naturals) == len(orders) else None


def name_and_orders(call: Expression) -> tuple[str, tuple[int, ...]]:
    """A call's name, and its orders of differentiation; () where it is not differentiated."""
    if isinstance(call.label, tuple):
        name, orders = call.label
        return str(name), tuple(orders)
    return str(call.label), ()


def places(orders: tuple[int, ...]) -> list[str]:
    """The arguments a partial derivative is taken in, one by one: `(2, 1)  →  1, 1, 2`."""
    return [str(i + 1) for i, n in enumerate(orders) for _ in range(n)]
