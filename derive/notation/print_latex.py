r"""LaTeX as a book sets it, that compiles and reads back to the same tree.

Four forms are agreements with the reader: `\mathit{…}` is what a backquote is in text (an exact name, and a call
where `\left(` follows directly), `\mathrm{speed}` is a symbol of several letters, `\sqrt[3]{x}` is cbrt(x) where
root(x, 3) is `\sqrt[{3}]{x}`, and `\partial_{1,2}f\left(x,y\right)` is D[1,2](f)(x, y).
"""

from __future__ import annotations

import re

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Matrix, Negation, Number, Piecewise, Power,
    Product, Quotient, Substitution, Sum, Summation, Symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation.brackets import (
    BARE, BASE, EQUATION, OPERAND, SIGNS, TERM, Kinds, draws_in, first_factor, last_factor, listed, name_and_orders,
    places, sum_of_pieces,
)  # fmt: skip
from derive.notation.print_forms import in_latex
from derive.notation.print_text import number_text
from derive.notation.rope import MAX_CHARACTERS, Mark, Memo, Piece, Render, Table, first, join, last, written
from derive.notation.latex_names import head_latex, is_variable, run_together, symbol_latex
from derive.notation.latex_operators import (
    derivative,
    equation,
    in_brackets,
    integral,
    limit,
    matrix,
    piecewise,
    substitution,
    summation,
    within,
)

MARK = (r"{\color{purple}", "}")
"""What stands around a marked part."""


def latex(
    e: Expression,
    *,
    flat: bool = False,
    mark: Expression | None = None,
    memo: Memo | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> str:
    r"""`e` in LaTeX: `x^2*sin(3*x)  →  x^{2}\sin\left(3x\right)`.

    flat            sums in sums and products in products stand without brackets, for people; not for reading back
    mark            an expression that is set in colour wherever it occurs
    memo            pieces already printed without mark, read and filled; keep one for each value of `flat`
    max_characters  LimitError(limit="characters") above it, before anything is written out
    """
    marking = Mark(mark, *MARK) if mark is not None else None
    return written(e, _FLAT if flat else EXACT, memo, max_characters, marking)


_FACTOR: Kinds = OPERAND | {Product}  # fractions close themselves
_BASE: Kinds = BASE | SIGNS | {Substitution}


def _number(node: Expression) -> Piece:
    digits = number_text(node.label)
    return digits if digits.isdigit() or "e" not in digits.lower() else rf"\mathrm{{{digits}}}"


def _product(node: Expression, parts: list[Piece], bracketed: Kinds = _FACTOR) -> Piece:
    factors = node.arguments
    before = factors[0]
    ends = len(factors) - 1
    pieces = [in_brackets(parts[0]) if draws_in(before) else within(before, parts[0], bracketed)]
    left = last(pieces[0])
    for k, (factor, part) in enumerate(zip(factors[1:], parts[1:], strict=True), 1):
        piece = in_brackets(part) if k < ends and draws_in(factor) else within(factor, part, bracketed)
        gap = _between(before, factor, left, first(piece))
        pieces += (gap, piece)
        end = last(piece)
        left = left + end if not gap and len(end) == 1 and len(left) < 8 else end  # letters run on: a, ab, abc
        before = factor
    return join(pieces)


def _between(before: Expression, factor: Expression, left: str, right: str) -> str:
    """What stands between two factors: nothing, a blank after a command, or a dot where reading would go wrong."""
    if not left.endswith(r"\right)"):
        before = last_factor(before)
    if not right.startswith(r"\left("):
        factor = first_factor(factor)
    if right[0].isdigit() or right[0] == "." or type(factor) in _DOTTED or type(before) in _DOT_AFTER:
        dot = True
    elif type(before) is Symbol:
        name = str(before.label)
        dot = name in ("d", "D") or (right.startswith(r"\left") and not is_variable(name))
    else:
        dot = False
    if not dot and right[0].isalpha() and left[-1].isalpha() and not _ends_in_command(left):
        dot = not run_together(_LAST_LETTERS.search(left)[0], _FIRST_LETTERS.match(right)[0])  # type: ignore[index]
    blank = right[0].isalnum() and (dot or _ends_in_command(left))
    return (r"\cdot" if dot else "") + (" " if blank else "")


_DOTTED = frozenset({Quotient, Number, Limit, Substitution, Matrix})
_DOT_AFTER = frozenset({Integral, Limit, Matrix})


_LAST_LETTERS = re.compile(r"[A-Za-z]{1,4}\Z")
_FIRST_LETTERS = re.compile(r"[A-Za-z]+")


def _ends_in_command(left: str) -> bool:
    """Whether a letter after `left` would be drawn into a command: `\\alpha`, `3\\pi`."""
    tail = left[left.rfind("\\") :]
    return tail[:1] == "\\" and tail[1:].isalpha()


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    if type(base) is Call and not _is_delimited(base):
        if _is_natural(exponent) and type(base.label) is str and base.label in _RAISED and len(base.arguments) == 1:
            command = FUNCTIONS[base.label].latex
            if first(parts[0]).startswith(command):
                return join((f"{command}^{{", parts[1], "}", *_tail(parts[0], len(command))))
        return join((in_brackets(parts[0]), "^{", parts[1], "}"))
    return join((within(base, parts[0], _BASE), "^{", parts[1], "}"))


_NOT_RAISED = ("exp", "gamma", "digamma")
_RAISED = frozenset(  # sin²(x) is written for these
    name for name, row in FUNCTIONS.items() if row.latex and row.arity == (1,) and name not in _NOT_RAISED
)


def _is_natural(e: Expression) -> bool:
    return type(e) is Number and type(e.label) is int and e.label >= 2


def _is_delimited(call: Expression) -> bool:
    r"""Whether a call closes itself on both sides, as `\left|x\right|` does."""
    return call.label in ("abs", "floor", "ceil") and len(call.arguments) == 1


def _tail(piece: Piece, count: int) -> tuple[Piece, ...]:
    """The parts of a piece without its first `count` characters, which stand in its first part."""
    if isinstance(piece, str):
        return (piece[count:],)
    head, *rest = piece.parts
    return (str(head)[count:], *rest)


def _negation(node: Expression, parts: list[Piece]) -> Piece:
    return join(("-", within(node.arguments[0], parts[0], OPERAND)))


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name, orders = name_and_orders(node)
    special = None if orders else _SPECIAL.get((name, len(parts)))
    if special:
        return special(node, parts)
    head = head_latex(name, len(parts), bool(orders))
    if len(orders) == 1 and orders[0] <= 3:
        head += "'" * orders[0]
    elif orders:
        head = rf"\partial_{{{','.join(places(orders))}}}{head}"
    return join((head, r"\left(", *listed(node.arguments, parts, within, ","), r"\right)"))


def _around(left: str, right: str) -> Render:
    return lambda node, parts: join((left, within(node.arguments[0], parts[0], EQUATION), right))


def _root(node: Expression, parts: list[Piece]) -> Piece:
    index = parts[1]
    if index == "3":
        index = "{3}"  # \sqrt[3]{x} is cbrt(x)
    elif type(node.arguments[1]) not in BARE:
        index = join(("{", index, "}"))
    return join((r"\sqrt[", index, "]{", within(node.arguments[0], parts[0], EQUATION), "}"))


def _log(node: Expression, parts: list[Piece]) -> Piece:
    value, base = (within(a, part, EQUATION) for a, part in zip(node.arguments, parts, strict=True))
    return join((r"\log_{", base, r"}\left(", value, r"\right)"))


def _factorial(node: Expression, parts: list[Piece]) -> Piece:
    bare = type(node.arguments[0]) in BARE
    return join((parts[0] if bare else in_brackets(parts[0]), "!"))


_SPECIAL: dict[tuple[str, int], Render] = {
    ("abs", 1): _around(r"\left|", r"\right|"),
    ("floor", 1): _around(r"\left\lfloor ", r"\right\rfloor"),
    ("ceil", 1): _around(r"\left\lceil ", r"\right\rceil"),
    ("sqrt", 1): _around(r"\sqrt{", "}"),
    ("cbrt", 1): _around(r"\sqrt[3]{", "}"),
    ("root", 2): _root,
    ("log", 2): _log,
    ("factorial", 1): _factorial,
}
EXACT: Table = {
    Number: lambda node, parts: _number(node),
    Constant: lambda node, parts: {"e": "e", "pi": r"\pi", "infinity": r"\infty"}[str(node.label)],
    Symbol: lambda node, parts: symbol_latex(str(node.label)),
    Sum: lambda node, parts: sum_of_pieces(node, parts, within, TERM),
    Product: _product,
    Quotient: lambda node, parts: join((r"\frac{", parts[0], "}{", parts[1], "}")),
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
_FLAT: Table = {
    **EXACT,
    Sum: lambda node, parts: sum_of_pieces(node, parts, within, EQUATION),
    Product: lambda node, parts: _product(node, parts, OPERAND),
    Derivative: in_latex(derivative),
    Substitution: in_latex(substitution),
    Call: in_latex(_call),
}
