"""One line of Unicode, for people: `2x·sin(3x) + x²·cos(3x)`."""

from __future__ import annotations

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Matrix, Negation, Number, Piecewise, Power,
    Product, Quotient, Substitution, Sum, Summation, Symbol,
)  # fmt: skip
from derive.notation.brackets import (
    BARE, BASE, DENOMINATOR, EQUATION, FACTOR, FIRST_FACTOR, OPERAND, SIGNS, TERM, Kinds, draws_in, listed,
    name_and_orders, sum_of_pieces,
)  # fmt: skip
from derive.notation.print_forms import on_line
from derive.notation.print_text import number_text
from derive.notation.rope import MAX_CHARACTERS, Mark, Memo, Piece, Render, Table, join, written
from derive.notation.line_names import (
    OPEN_CALLS,
    call_head,
    function_line,
    is_juxtaposed,
    is_raised_call,
    lowered,
    raised,
    symbol_line,
)
from derive.notation.line_operators import (
    derivative,
    equation,
    integral,
    limit,
    matrix,
    piecewise,
    substitution,
    summation,
    within,
)

MARKS = ("\ue000", "\ue001")
"""Characters of private use that stand around a marked part until its place is known."""


def unicode_line(
    e: Expression,
    *,
    flat: bool = False,
    mark: Expression | None = None,
    marks: tuple[str, str] = MARKS,
    memo: Memo | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> str:
    """`e` in one line of Unicode: `2*x*sin(3*x)  →  2x·sin(3x)`.

    flat            sums in sums and products in products stand without brackets
    mark, marks     an expression that stands between two marks wherever it occurs
    memo            pieces already printed without mark, read and filled; keep one for each value of `flat`
    max_characters  LimitError(limit="characters") above it, before anything is written out
    """
    marking = Mark(mark, *marks) if mark is not None else None
    return written(e, FLAT_LINE if flat else LINE, memo, max_characters, marking)


def _product(node: Expression, parts: list[Piece], first: Kinds = FIRST_FACTOR, others: Kinds = FACTOR) -> Piece:
    before = node.arguments[0]
    ends = len(parts) - 1
    pieces = [_in_brackets(parts[0]) if draws_in(before) else within(before, parts[0], first)]
    for k, (factor, part) in enumerate(zip(node.arguments[1:], parts[1:], strict=True), 1):
        shown = _in_brackets(part) if k < ends and draws_in(factor) else within(factor, part, others)
        pieces += ("" if is_juxtaposed(before, factor) else "·", shown)
        before = factor
    return join(pieces)


def _in_brackets(piece: Piece) -> Piece:
    return join(("(", piece, ")"))


def _quotient(node: Expression, parts: list[Piece]) -> Piece:
    top, bottom = node.arguments
    above = _in_brackets(parts[0]) if draws_in(top) else within(top, parts[0], OPERAND)
    return join((above, "/", within(bottom, parts[1], DENOMINATOR | SIGNS)))


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    if type(base) is Call and isinstance(parts[0], str) and is_raised_call(base, exponent):
        name = function_line(str(base.label))
        if parts[0].startswith(name):
            return join((name, raised(parts[1]) or "", parts[0][len(name) :]))
    shown = raised(parts[1])
    tail = (shown,) if shown else ("^", within(exponent, parts[1], DENOMINATOR))
    bracketed = BASE | SIGNS | {Call} if base.label in OPEN_CALLS else BASE | SIGNS
    return join((within(base, parts[0], bracketed), *tail))


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name, orders = name_and_orders(node)
    special = None if orders else _SPECIAL.get((name, len(parts)))
    if special:
        return special(node, parts)
    return join((call_head(name, orders), "(", *listed(node.arguments, parts, within), ")"))


def _around(left: str, right: str) -> Render:
    return lambda node, parts: join((left, within(node.arguments[0], parts[0], EQUATION), right))


def _rooted(sign: str) -> Render:
    def root(node: Expression, parts: list[Piece]) -> Piece:
        return join((sign, parts[0] if type(node.arguments[0]) in BARE else join(("(", parts[0], ")"))))

    return root


def _root(node: Expression, parts: list[Piece]) -> Piece:
    index = raised(parts[1])
    if index is None:
        return join(("root(", *listed(node.arguments, parts, within), ")"))
    return _rooted(f"{index}√")(node, parts)


def _log(node: Expression, parts: list[Piece]) -> Piece:
    base = lowered(parts[1])
    tail: tuple[Piece, ...] = (base,) if base else ("_", parts[1])
    if not base and type(node.arguments[1]) not in BARE:
        tail = ("_(", parts[1], ")")
    return join(("log", *tail, "(", within(node.arguments[0], parts[0], EQUATION), ")"))


def _factorial(node: Expression, parts: list[Piece]) -> Piece:
    return join((parts[0] if type(node.arguments[0]) in BARE else join(("(", parts[0], ")")), "!"))


_SPECIAL: dict[tuple[str, int], Render] = {
    ("abs", 1): _around("|", "|"),
    ("floor", 1): _around("⌊", "⌋"),
    ("ceil", 1): _around("⌈", "⌉"),
    ("sqrt", 1): _rooted("√"),
    ("cbrt", 1): _rooted("∛"),
    ("root", 2): _root,
    ("log", 2): _log,
    ("factorial", 1): _factorial,
}
LINE: Table = {
    Number: lambda node, parts: number_text(node.label),
    Constant: lambda node, parts: {"e": "e", "pi": "π", "infinity": "∞"}[str(node.label)],
    Symbol: lambda node, parts: symbol_line(str(node.label)),
    Sum: lambda node, parts: sum_of_pieces(node, parts, within, TERM, "−"),
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Negation: lambda node, parts: join(("−", within(node.arguments[0], parts[0], OPERAND))),
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
FLAT_LINE: Table = {
    **LINE,
    Sum: lambda node, parts: sum_of_pieces(node, parts, within, EQUATION, "−"),
    Product: lambda node, parts: _product(node, parts, OPERAND, OPERAND | {Quotient}),
    Derivative: on_line(derivative),
    Substitution: on_line(substitution),
    Call: on_line(_call),
}
