"""One line of Unicode, for people: `2x·sin(3x) + x²·cos(3x)`."""

from __future__ import annotations

from functools import cache

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Substitution, Sum, Symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation.brackets import (
    BARE, BASE, DENOMINATOR, EQUATION, FACTOR, FIRST_FACTOR, OPERAND, TERM, Kinds, brackets, listed,
    name_and_orders, places, sum_of_pieces, total_order,
)  # fmt: skip
from derive.notation.letters import GREEK, is_plain, split_name
from derive.notation.print_text import number_text
from derive.notation.rope import MAX_CHARACTERS, Mark, Memo, Piece, Render, Table, join, written

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


@cache
def symbol_line(name: str) -> str:
    """`theta_1  →  θ₁`, `x_ab  →  x_ab`, `?u  →  u`."""
    name = name.lstrip("?")
    if not is_plain(name):
        return name
    letter, subscript = split_name(name)
    letter = GREEK.get(letter, letter)
    if not subscript:
        return letter
    return letter + (subscript.translate(_LOWERED) if subscript.isdigit() else f"_{subscript}")


@cache
def function_line(name: str) -> str:
    """A function's name as books print it: `asin  →  arcsin`, `gamma  →  Γ`, `f  →  f`."""
    if name in ("gamma", "digamma", "mod"):
        return "Γ" if name == "gamma" else name
    row = FUNCTIONS.get(name)
    if row is None:
        return symbol_line(name)
    return row.latex.removeprefix(r"\operatorname{").removesuffix("}").removeprefix("\\") or name


def raised(exponent: Piece) -> str | None:
    """An exponent in superscript characters, or None where there are none: `n − 1  →  ⁿ⁻¹`."""
    if isinstance(exponent, str) and len(exponent) <= 12 and all(c in _RAISABLE for c in exponent):
        return exponent.translate(_RAISED)
    return None


def lowered(subscript: Piece) -> str | None:
    """Digits as subscripts, or None."""
    return subscript.translate(_LOWERED) if isinstance(subscript, str) and subscript.isdecimal() else None


def is_juxtaposed(before: Expression, factor: Expression) -> bool:
    """Whether two factors stand side by side: a number before a letter or a bracket, `2x`, `3x²`, `2(x + 1)`."""
    if type(before) is not Number or (type(before.label) is str and not before.label.replace(".", "").isdigit()):
        return False
    kind = type(factor)
    if kind is Power:
        factor = factor.arguments[0]
        return type(factor) in _LETTERS or (type(factor) is Call and type(factor.label) is str)
    return kind in _LETTERS or kind is Sum or (kind is Call and factor.label in ("sqrt", "cbrt"))


_LETTERS = frozenset({Symbol, Constant})
_RAISED = str.maketrans("0123456789−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", " ")
_RAISABLE = frozenset("0123456789−+n ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED_NAMES = frozenset(
    n for n, row in FUNCTIONS.items() if row.latex and row.arity == (1,) and n not in ("exp", "gamma")
)
"""Functions whose powers are written sin²(x)."""
OPEN_CALLS = frozenset({"sqrt", "cbrt", "root", "factorial"})
"""Calls that print without a bracket of their own at the end."""

_within = brackets("(", ")")


def _product(node: Expression, parts: list[Piece], first: Kinds = FIRST_FACTOR, others: Kinds = FACTOR) -> Piece:
    before = node.arguments[0]
    pieces = [_within(before, parts[0], first)]
    for factor, part in zip(node.arguments[1:], parts[1:], strict=True):
        pieces += ("" if is_juxtaposed(before, factor) else "·", _within(factor, part, others))
        before = factor
    return join(pieces)


def _quotient(node: Expression, parts: list[Piece]) -> Piece:
    top, bottom = node.arguments
    return join((_within(top, parts[0], OPERAND), "/", _within(bottom, parts[1], DENOMINATOR)))


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    if type(base) is Call and isinstance(parts[0], str) and is_raised_call(base, exponent):
        name = function_line(str(base.label))
        if parts[0].startswith(name):
            return join((name, raised(parts[1]) or "", parts[0][len(name) :]))
    shown = raised(parts[1])
    tail = (shown,) if shown else ("^", _within(exponent, parts[1], DENOMINATOR))
    bracketed = BASE | {Call} if base.label in OPEN_CALLS else BASE
    return join((_within(base, parts[0], bracketed), *tail))


def is_raised_call(base: Expression, exponent: Expression) -> bool:
    """Whether a power of a call is written with the exponent at the name, `sin²(x)`."""
    natural = type(exponent) is Number and type(exponent.label) is int and exponent.label >= 2
    return natural and type(base) is Call and base.label in RAISED_NAMES and len(base.arguments) == 1


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name, orders = name_and_orders(node)
    special = None if orders else _SPECIAL.get((name, len(parts)))
    if special:
        return special(node, parts)
    return join((call_head(name, orders), "(", *listed(node.arguments, parts, _within), ")"))


def call_head(name: str, orders: tuple[int, ...]) -> str:
    """What stands before the bracket: `f`, `f″`, `∂₁₂f`."""
    if not orders:
        return function_line(name)
    if len(orders) == 1 and orders[0] <= 3:
        return symbol_line(name) + ("", "′", "″", "‴")[orders[0]]
    shown = places(orders)
    index = "".join(shown) if len(orders) < 10 else ",".join(shown)
    return f"∂{lowered(index) or f'[{index}]'}{symbol_line(name)}"


def _around(left: str, right: str) -> Render:
    return lambda node, parts: join((left, _within(node.arguments[0], parts[0], EQUATION), right))


def _rooted(sign: str) -> Render:
    def root(node: Expression, parts: list[Piece]) -> Piece:
        return join((sign, parts[0] if type(node.arguments[0]) in BARE else join(("(", parts[0], ")"))))

    return root


def _root(node: Expression, parts: list[Piece]) -> Piece:
    index = raised(parts[1])
    if index is None:
        return join(("root(", *listed(node.arguments, parts, _within), ")"))
    return _rooted(f"{index}√")(node, parts)


def _log(node: Expression, parts: list[Piece]) -> Piece:
    base = lowered(parts[1])
    tail: tuple[Piece, ...] = (base,) if base else ("_", parts[1])
    if not base and type(node.arguments[1]) not in BARE:
        tail = ("_(", parts[1], ")")
    return join(("log", *tail, "(", _within(node.arguments[0], parts[0], EQUATION), ")"))


def _factorial(node: Expression, parts: list[Piece]) -> Piece:
    return join((parts[0] if type(node.arguments[0]) in BARE else join(("(", parts[0], ")")), "!"))


def derivative_pieces(node: Expression, parts: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The two halves of an operator: `∂³` and `∂x²∂y`."""
    d = "∂" if node.label else "d"
    orders = node.arguments[2::2]
    under: list[Piece] = []
    for variable, order, part in zip(parts[1::2], orders, parts[2::2], strict=True):
        under += (d, variable) if part == "1" else (d, variable, *_order(order, part))
    total = total_order(orders)
    if total is not None:
        return [d, "" if total == 1 else raised(number_text(total)) or f"^{total}"], under
    if len(orders) == 1:
        return [d, *_order(orders[0], parts[2])], under
    over = listed(orders, parts[2::2], _within, " + ", TERM)
    return [d, "^(", *over, ")"], under


def _order(order: Expression, part: Piece) -> tuple[Piece, ...]:
    shown = raised(part)
    return (shown,) if shown else ("^", part if type(order) in BARE else join(("(", part, ")")))


def _derivative(node: Expression, parts: list[Piece]) -> Piece:
    over, under = derivative_pieces(node, parts)
    return join((*over, "/", *under, "(", parts[0], ")"))


def limit_pieces(node: Expression, parts: list[Piece]) -> list[Piece]:
    """What stands under lim: `h→0⁺`."""
    point = parts[2]
    if type(node.arguments[2]) not in BARE and (node.label or type(node.arguments[2]) is not Negation):
        point = join(("(", point, ")"))
    return [parts[1], "→", point, {"+": "⁺", "-": "⁻"}.get(str(node.label), "")]


def _limit(node: Expression, parts: list[Piece]) -> Piece:
    return join(("lim ", *limit_pieces(node, parts), " (", parts[0], ")"))


def assignment_pieces(node: Expression, parts: list[Piece]) -> list[Piece]:
    """What stands at the foot of the bar: `x=2, y=3`."""
    shown = listed(node.arguments, parts, _within)[::2]
    pieces: list[Piece] = []
    for variable, value in zip(shown[1::2], shown[2::2], strict=True):
        pieces += (", ", variable, "=", value)
    return pieces[1:]


def _substitution(node: Expression, parts: list[Piece]) -> Piece:
    return join(("[", parts[0], "](", *assignment_pieces(node, parts), ")"))


def _matrix(node: Expression, parts: list[Piece]) -> Piece:
    columns = int(node.label)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    for start in range(0, len(parts), columns):
        row = listed(node.arguments[start : start + columns], parts[start : start + columns], _within)
        pieces += (", [" if pieces else "[[", *row, "]")
    return join((*pieces, "]"))


RELATIONS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def _equation(node: Expression, parts: list[Piece]) -> Piece:
    left, right = (_within(side, part, EQUATION) for side, part in zip(node.arguments, parts, strict=True))
    return join((left, f" {RELATIONS[str(node.label)]} ", right))


def _piecewise(node: Expression, parts: list[Piece]) -> Piece:
    shown = listed(node.arguments, parts, _within)[::2]
    pieces: list[Piece] = []
    for i in range(0, len(parts), 2):
        pieces += ("; ", shown[i])
        if i + 1 < len(parts):
            pieces += (" if ", parts[i + 1])
    return join(("{", *pieces[1:], "}"))


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
    Sum: lambda node, parts: sum_of_pieces(node, parts, _within, TERM, "−"),
    Product: _product,
    Quotient: _quotient,
    Power: _power,
    Negation: lambda node, parts: join(("−", _within(node.arguments[0], parts[0], OPERAND))),
    Call: _call,
    Derivative: _derivative,
    Limit: _limit,
    Substitution: _substitution,
    Matrix: _matrix,
    Equation: _equation,
    Piecewise: _piecewise,
}
FLAT_LINE: Table = {
    **LINE,
    Sum: lambda node, parts: sum_of_pieces(node, parts, _within, EQUATION, "−"),
    Product: lambda node, parts: _product(node, parts, OPERAND, OPERAND | {Quotient}),
}
