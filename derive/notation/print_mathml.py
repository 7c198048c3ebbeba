"""MathML Core for web pages, written by hand: everything escaped, marked parts carry `class="changed"`."""

from __future__ import annotations

from html import escape

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Limit, Matrix, Negation, Number, Piecewise, Power,
    Product, Quotient, Substitution, Sum, Summation, Symbol,
)  # fmt: skip
from derive.notation.brackets import (
    BARE,
    BASE,
    EQUATION,
    OPERAND,
    TERM,
    Kinds,
    SIGNS,
    draws_in,
    first_factor,
    last_factor,
    name_and_orders,
    places,
)
from derive.notation.letters import GREEK, is_plain, split_name
from derive.notation.line_names import function_line, is_raised_call
from derive.notation.print_forms import in_mathml
from derive.notation.print_text import number_text, text
from derive.notation.rope import MAX_CHARACTERS, Mark, Memo, Piece, Render, Table, first, join, written
from derive.notation.mathml_operators import (
    COMMA,
    derivative,
    equation,
    integral,
    limit,
    matrix,
    piecewise,
    substitution,
    summation,
    row,
    within,
)

MAX_MATHML = 4 * MAX_CHARACTERS  # tags: a 100,000-deep nested sin is 9 million characters
MARK = ('<mrow class="changed">', "</mrow>")
"""What stands around a marked part."""


def mathml(
    e: Expression,
    *,
    flat: bool = False,
    mark: Expression | None = None,
    memo: Memo | None = None,
    display: bool = True,
    max_characters: int = MAX_MATHML,
    alternative: str | None = None,
) -> str:
    """`e` as one `<math>` element whose `alttext` is its text.

    flat            sums in sums and products in products stand without brackets
    mark            an expression that gets `class="changed"` wherever it occurs
    memo            pieces already printed without mark, read and filled; keep one for each value of `flat`
    max_characters  LimitError(limit="characters") above it, before anything is written out
    alternative     the text of `e`, where it is known already
    """
    inner = mathml_inner(e, flat=flat, mark=mark, memo=memo, max_characters=max_characters)
    kind = ' display="block"' if display else ""
    if alternative is None:
        alternative = text(e, flat=flat, max_characters=max_characters)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML"{kind} alttext="{escape(alternative)}">{inner}</math>'


def mathml_inner(
    e: Expression,
    *,
    flat: bool = False,
    mark: Expression | None = None,
    memo: Memo | None = None,
    max_characters: int = MAX_MATHML,
) -> str:
    """The same without the `<math>` around it: one element."""
    marking = Mark(mark, *MARK) if mark is not None else None
    return written(e, _FLAT if flat else _EXACT, memo, max_characters, marking)


_TIMES = "<mo>&#x2062;</mo>"
_APPLY = "<mo>&#x2061;</mo>"
_MINUS = "<mrow><mo>\u2212</mo>"  # how a negation begins


def _identifier(name: str) -> str:
    name = name.lstrip("?")
    letter, subscript = split_name(name) if is_plain(name) else (name, "")
    shown = f"<mi>{escape(GREEK.get(letter, letter))}</mi>"
    kind = "mn" if subscript.isdigit() else "mi"
    return f"<msub>{shown}<{kind}>{escape(subscript)}</{kind}></msub>" if subscript else shown


def _sum(node: Expression, parts: list[Piece], bracketed: Kinds = TERM) -> Piece:
    pieces: list[Piece] = []
    for term, part in zip(node.arguments, parts, strict=True):
        if pieces and type(term) is Negation and first(part).startswith(_MINUS):
            pieces += ("<mo>\u2212</mo><mrow>", *_tail(part, len(_MINUS)))  # a sign between two terms
        else:
            plus = pieces and not (type(term) in (Negation, Sum) and _begins_with_minus(term, bracketed))
            pieces += ("<mo>+</mo>" if plus else "", within(term, part, bracketed))
    return row(*pieces)


def _begins_with_minus(term: Expression, bracketed: Kinds) -> bool:
    """Whether a term that stands without brackets brings its own sign."""
    while type(term) is Sum and Sum not in bracketed:
        term = term.arguments[0]
    return type(term) is Negation


_FACTOR: Kinds = OPERAND | {Product}
_DOTTED = frozenset({Quotient, Number, Limit, Substitution, Matrix})


def _product(node: Expression, parts: list[Piece], bracketed: Kinds = _FACTOR) -> Piece:
    before = node.arguments[0]
    ends = len(parts) - 1
    pieces = [_in_brackets(parts[0]) if draws_in(before) else within(before, parts[0], bracketed)]
    for k, (factor, part) in enumerate(zip(node.arguments[1:], parts[1:], strict=True), 1):
        shown = _in_brackets(part) if k < ends and draws_in(factor) else within(factor, part, bracketed)
        pieces += ("<mo>\u22c5</mo>" if _is_dotted(before, factor) else _TIMES, shown)
        before = factor
    return row(*pieces)


def _in_brackets(piece: Piece) -> Piece:
    return row("<mo>(</mo>", piece, "<mo>)</mo>")


def _is_dotted(before: Expression, factor: Expression) -> bool:
    """Whether two factors need a dot: before digits and fractions, and between a letter and a bracket."""
    bracketed = type(factor) in _FACTOR
    factor = first_factor(factor)
    if type(factor) is Power:
        factor = factor.arguments[0]
    return type(factor) in _DOTTED or (type(last_factor(before)) is Symbol and bracketed)


def _power(node: Expression, parts: list[Piece]) -> Piece:
    base, exponent = node.arguments
    if is_raised_call(base, exponent):
        head = _head(str(base.label), ())
        begin = f"<mrow>{head}"
        shown = first(parts[0])
        if shown.startswith(begin):
            return join((f"<mrow><msup>{head}", parts[1], "</msup>", *_tail(parts[0], len(begin))))
    bracketed = BASE | SIGNS
    if base.label not in ("abs", "floor", "ceil"):
        bracketed |= {Call, Substitution}
    if exponent.label == "\u2032":  # (u v)′ of a book: fonts draw the prime raised, a superscript would be too high
        return join(("<mrow>", within(base, parts[0], bracketed), '<mo lspace="0">\u2032</mo></mrow>'))
    return join(("<msup>", within(base, parts[0], bracketed), parts[1], "</msup>"))


def _tail(piece: Piece, count: int) -> tuple[Piece, ...]:
    """The parts of a piece without its first `count` characters, which stand in its first part."""
    if isinstance(piece, str):
        return (piece[count:],)
    begin, *rest = piece.parts
    return (str(begin)[count:], *rest)


def _listed(nodes: tuple[Expression, ...], parts: list[Piece]) -> list[Piece]:
    pieces: list[Piece] = []
    for node, part in zip(nodes, parts, strict=True):
        pieces += (COMMA, within(node, part, EQUATION))
    return pieces[1:]


def _call(node: Expression, parts: list[Piece]) -> Piece:
    name, orders = name_and_orders(node)
    special = None if orders else _SPECIAL.get((name, len(parts)))
    if special:
        return special(node, parts)
    arguments = row("<mo>(</mo>", *_listed(node.arguments, parts), "<mo>)</mo>")
    return join((f"<mrow>{_head(name, orders)}", _APPLY, arguments, "</mrow>"))


def _head(name: str, orders: tuple[int, ...]) -> str:
    if not orders:
        shown = function_line(name)
        return f"<mi>{escape(shown)}</mi>" if shown.isascii() and "_" not in shown else _identifier(name)
    if len(orders) == 1 and orders[0] <= 3:
        return f'<mrow>{_identifier(name)}<mo lspace="0">{_PRIMES[orders[0]]}</mo></mrow>'
    index = COMMA.join(f"<mn>{i}</mn>" for i in places(orders))
    return f"<mrow><msub><mo>\u2202</mo><mrow>{index}</mrow></msub>{_identifier(name)}</mrow>"


def _around(left: str, right: str) -> Render:
    return lambda node, parts: row(f"<mo>{left}</mo>", parts[0], f"<mo>{right}</mo>")


def _log(parts: list[Piece]) -> Piece:
    head = join(("<msub><mi>log</mi>", parts[1], "</msub>"))
    return row(head, _APPLY, row("<mo>(</mo>", parts[0], "<mo>)</mo>"))


def _factorial(node: Expression, parts: list[Piece]) -> Piece:
    bare = type(node.arguments[0]) in BARE
    return row(parts[0] if bare else row("<mo>(</mo>", parts[0], "<mo>)</mo>"), "<mo>!</mo>")


_PRIMES = ("", "\u2032", "\u2033", "\u2034")
_CONSTANTS = {"e": "<mi>e</mi>", "pi": "<mi>\u03c0</mi>", "infinity": "<mi>\u221e</mi>"}
_SPECIAL: dict[tuple[str, int], Render] = {
    ("abs", 1): _around("|", "|"),
    ("floor", 1): _around("\u230a", "\u230b"),
    ("ceil", 1): _around("\u2308", "\u2309"),
    ("sqrt", 1): lambda node, parts: join(("<msqrt>", parts[0], "</msqrt>")),
    ("cbrt", 1): lambda node, parts: join(("<mroot>", parts[0], "<mn>3</mn></mroot>")),
    ("root", 2): lambda node, parts: join(("<mroot>", *parts, "</mroot>")),
    ("log", 2): lambda node, parts: _log(parts),
    ("factorial", 1): _factorial,
}
_EXACT: Table = {
    Number: lambda node, parts: f"<mn>{number_text(node.label)}</mn>",
    Constant: lambda node, parts: _CONSTANTS[str(node.label)],
    Symbol: lambda node, parts: _identifier(str(node.label)),
    Sum: _sum,
    Product: _product,
    Quotient: lambda node, parts: join(("<mfrac>", *parts, "</mfrac>")),
    Power: _power,
    Negation: lambda node, parts: join((_MINUS, within(node.arguments[0], parts[0], OPERAND), "</mrow>")),
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
    **_EXACT,
    Sum: lambda node, parts: _sum(node, parts, EQUATION),
    Product: lambda node, parts: _product(node, parts, OPERAND),
    Derivative: in_mathml(derivative),
    Substitution: in_mathml(substitution),
    Call: in_mathml(_call),
}
