"""What begins an operand, and what it takes: names and functions, operators, fractions, roots."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.expressions import Call, Number, make
from derive.notation.frames import Frame, Head
from derive.notation.names import is_abstract
from derive.notation.tokens import OPENERS, Token

if TYPE_CHECKING:
    from derive.notation.explicit import Explicit


def name(it: Explicit, token: Token) -> None:
    """A symbol, or a function where a bracket says so."""
    following = it.tokens[it.position]
    symbol = token.value
    kind = token.kind
    token.kind = "NAME"
    if following.kind == "PRIMES" and it.tokens[it.position + 1].kind == "LPAR":
        call(it, token, symbol.label)
        return
    if following.kind == "LPAR" and (not following.blank or it.lexed.latex):
        if kind != "NAME" or following.value or is_call(it, token):
            call(it, token, symbol.label)
            return
        it.lexed.notes.append(("product-not-call", token.start, None, symbol.label))
    it.out.append(token)
    it.done = True


def call(it: Explicit, token: Token, name: str) -> None:
    token.kind = "FUNCTION"
    token.value = Head(name, False, token.start, token.end)
    it.out.append(token)
    it.follow("argument")


def is_call(it: Explicit, token: Token) -> bool:
    """Whether a name directly before a bracket is a function: f(…), and x(t) with a letter alone in it."""
    name = token.value.label
    if name in it.lexed.names:
        return False
    if name in it.lexed.functions or is_abstract(name):
        return True
    _, inside, end = (*it.tokens[it.position : it.position + 3], token, token)[:3]
    letter = name.partition("_")[0]
    if inside.kind == "NAME" and end.kind == "RPAR" and letter in _DEPENDENT and inside.value.label in _INDEPENDENT:
        if inside.value.label != name:
            it.lexed.notes.append(("call-not-product", token.start, end.end, name))
            return True
    return False


def function(it: Explicit, token: Token) -> None:
    """A function of the table, or the partial derivative of an abstract one; then its argument."""
    if token.kind == "PARTIAL":
        of, places = token.value
        token.kind = "FUNCTION"
        head = Head(of, False, token.start, token.end, places)
    else:
        if token.value == "ln" and it.lexed.text[token.end - 1] == "g":
            it.lexed.notes.append(("natural-log", token.start, token.end))
        head = Head(token.value, True, token.start, token.end)
    token.value = head
    it.lexed.heads.append(head)
    it.head_start = token.start
    it.out.append(token)
    it.follow("argument")


def derivative(it: Explicit, token: Token) -> None:
    """d/dx and its operand; dy/dx has its operand with it: y(x)."""
    if it.tokens[it.position].kind == "RPAR" and it.out and it.out[-1].kind == "LPAR" and not it.out[-1].virtual:
        it.out.pop()  # (d/dx)(u)
        it.frames.pop()
        it.position += 1
    it.out.append(token)
    depends = token.value[3]
    if depends is None:
        operand(it)
        return
    variables = tuple(sorted({v for v, _ in token.value[2]}, key=lambda v: str(v.label)))
    at = token.end
    it.out.append(Token("LPAR", None, at, at, virtual=True))
    it.out.append(Token("ATOM", make(Call, variables, depends.label), token.start, at, virtual=True))
    it.out.append(Token("RPAR", None, at, at, virtual=True))
    it.lexed.notes.append(("depends", token.start, at, depends.label))
    it.done = True


def limit(it: Explicit, token: Token) -> None:
    """lim x->0 or \\lim_{x \\to 0}; then its operand."""
    it.out.append(token)
    it.done = False
    tokens = it.tokens
    following = tokens[it.position]
    for name in tokens[it.position : it.position + 3]:
        if name.kind in ("QUOTED", "META"):
            name.kind = "NAME"
    if following.kind == "SUB" and tokens[it.position + 1].kind == "LBRACE":
        brace = tokens[it.position + 1]
        it.out += (following, brace)
        it.position += 2
        it.frames.append(Frame("real", brace, "RBRACE", "operand"))
    elif following.kind == "NAME" and tokens[it.position + 1].kind == "TO":
        it.out += (following, tokens[it.position + 1])
        it.position += 2
        it.frames.append(Frame("point", token, "", "operand"))


def fraction(it: Explicit, token: Token) -> None:
    """\\frac and \\binom take two groups."""
    it.out.append(token)
    it.done = False
    group(it)
    it.frames[-1].then = "group"


def root(it: Explicit, token: Token) -> None:
    """√x, √(x + 1), \\sqrt{x}, \\sqrt[3]{x}"""
    token.kind = "ROOT"
    it.out.append(token)
    it.done = False
    following = it.tokens[it.position]
    index = it.tokens[it.position : it.position + 3]
    if token.value == 3 or (following.kind == "LSQB" and index[-1].kind == "RSQB" and _is_three(index[1])):
        it.position += 0 if token.value == 3 else 3
        token.kind = "CUBE_ROOT"
        group(it)
    elif following.kind == "LSQB":
        it.position += 1
        it.out.append(following)
        it.frames.append(Frame("real", following, "RSQB", "group"))
    elif following.kind == "LPAR" and not it.lexed.latex:
        it.open_virtual("one", following.start, "LBRACE")
    else:
        group(it)


def bracket(it: Explicit, token: Token) -> None:
    """[ begins a row inside another [, else a vector, a matrix, or a plain bracket."""
    out, frames = it.out, it.frames
    following = it.tokens[it.position]
    if frames[-1].closer == "ROWS":
        token.kind = "ROW_OPEN"
        frames.append(Frame("real", token, "RSQB"))
    else:
        frames.append(Frame("real", token, "ROWS" if following.kind == "LSQB" else "RSQB"))
    out.append(token)
    it.done = False


def argument(it: Explicit) -> None:
    """The argument of a function: powers and bases first, then a bracket, or the product that follows."""
    tokens, out = it.tokens, it.out
    while True:
        token = tokens[it.position]
        kind = token.kind
        if kind == "PRIMES":
            out.append(token)
            it.position += 1
            continue
        if kind != "CARET" and kind != "SUB":
            break
        out.append(token)
        it.position += 1
        token = tokens[it.position]
        if token.kind == "MINUS":
            out.append(token)
            it.position += 1
            token = tokens[it.position]
        if token.kind in ("ATOM", "NAME"):
            if it.lexed.latex:
                token = one_digit(it, token)
            else:
                it.position += 1
            out.append(token)
        elif token.kind in ("LPAR", "LBRACE"):
            it.position += 1
            out.append(token)
            it.frames.append(Frame("real", token, OPENERS[token.kind], "argument"))
            return
        else:
            return
    if kind == "LPAR" or kind == "LBRACE":
        it.position += 1
        out.append(token)
        it.frames.append(Frame("real", token, "RPAR" if kind == "LPAR" else "BRACE_AS_PAREN"))
        token.kind = "LPAR"
        return
    it.open_virtual("run", token.start)
    it.frames[-1].start = it.head_start


def operand(it: Explicit) -> None:
    """The operand of d/dx or lim: a bracket with its exponent, or the rest of the sum."""
    token = it.tokens[it.position]
    bracket = token.kind in ("LPAR", "LSQB", "LBRACE")
    start = it.out[-1].start
    operator = it.out[-1].kind == "DERIVATIVE"
    it.open_virtual("primary" if bracket else "rest", token.start)
    if operator:
        it.frames[-1].start = start


def group(it: Explicit) -> None:
    """The next argument of a command: a group in braces, or one token."""
    token = it.tokens[it.position]
    if token.kind == "LBRACE":
        it.position += 1
        it.out.append(token)
        it.frames.append(Frame("real", token, "RBRACE"))
        return
    it.open_virtual("one", token.start, "LBRACE")
    if token.kind == "ATOM" and it.lexed.latex:
        it.out.append(one_digit(it, token))
        it.done = True


def one_digit(it: Explicit, token: Token) -> Token:
    """The first digit of a number, as TeX takes it: `\\frac12` is one half; the others stay to be read."""
    node = token.value
    if type(node) is Number and token.end - token.start > 1 and it.lexed.text[token.start : token.end].isdigit():
        digits = it.lexed.text[token.start : token.end]
        token.value = make(Number, (), int(digits[1:]))
        token.start += 1
        return Token("ATOM", make(Number, (), int(digits[0])), token.start - 1, token.start, token.blank)
    it.position += 1
    return token


def _is_three(token: Token) -> bool:
    return token.kind == "ATOM" and token.value.label == 3


_DEPENDENT = frozenset("u v w x y z r s q p theta phi psi rho".split())
_INDEPENDENT = frozenset("x t s u v theta tau".split())

BEGIN: dict[str, Callable[[Explicit, Token], None]] = {
    "NAME": name, "QUOTED": name, "META": name, "FUNCTION": function, "PARTIAL": function, "DERIVATIVE": derivative,
    "LIMIT": limit, "FRACTION": fraction, "BINOMIAL": fraction, "ROOT": root, "RADICAL": root, "LSQB": bracket,
}  # fmt: skip
"""What to do at a token that begins an operand; the others stand for themselves."""

FOLLOW: dict[str, Callable[[Explicit], None]] = {"argument": argument, "operand": operand, "group": group}
"""What must come after a part: the argument of a function, the group of a command, the operand of an operator."""
