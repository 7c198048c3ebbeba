"""Marks that need a decision first: bars open or close, a sign may be a direction, a new line may end a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.notation.frames import Frame
from derive.notation.tokens import STARTS, Token

if TYPE_CHECKING:
    from derive.notation.explicit import Explicit


def bar(it: Explicit, token: Token) -> Token | None:
    """| closes the bar that is open in the same bracket, once an operand stands before it; else it opens one."""
    following = it.tokens[it.position]
    if it.done:
        index = len(it.frames) - 1
        while it.frames[index].mode != "real":
            index -= 1
        if it.frames[index].closer == "BAR_CLOSE":
            token.kind = "BAR_CLOSE"
            return token
        if following.kind == "SUB":
            at_bar(it, token)
            return None
    token.kind = "BAR_OPEN"
    return token


def at_bar(it: Explicit, token: Token) -> None:
    """u|_{x=2}: everything before it in the bracket, evaluated."""
    token.kind = "AT_BAR"
    while it.frames[-1].mode != "real":
        it.close_virtual(token)
    point_below(it, token)


def evaluate(it: Explicit, token: Token) -> None:
    """\\left.u\\right|_{x=2}: the group, evaluated."""
    point_below(it, token)


def point_below(it: Explicit, token: Token) -> None:
    """The x = 2 below a bar."""
    if it.tokens[it.position].kind == "SUB":
        it.position += 1
    it.out.append(token)
    following = it.tokens[it.position]
    if following.kind == "LBRACE":
        it.position += 1
        it.out.append(following)
        it.frames.append(Frame("real", following, "RBRACE"))
        it.done = False
    else:
        it.open_virtual("one", following.start, "LBRACE")


def below(it: Explicit, token: Token) -> Token | None:
    r"""[x^2]_{x=3} is evaluated there, with the d/dx before it."""
    if it.done and it.out[-1].kind in ("RSQB", "RPAR") and it.tokens[it.position].kind == "LBRACE":
        while it.frames[-1].mode != "real":
            it.close_virtual(token)
        token.kind = "EVALUATE"
        point_below(it, token)
        return None
    return token


def at_point(it: Explicit, token: Token) -> Token:
    """at (1, 2): the bracket holds a point, not an expression."""
    following = it.tokens[it.position]
    if following.kind == "LPAR" and following.value:
        following.kind = "POINT_OPEN"
    return token


def line(it: Explicit, token: Token) -> Token | None:
    """A new line ends a step of a problem; within an expression it must not stand for a product."""
    if it.lexed.problem and it.done and all(f.mode != "real" for f in it.frames[1:]):
        token.kind = "SEMICOLON"
        return token
    it.newline = it.done
    following = it.tokens[it.position]
    if following.kind in STARTS and it.done and not it.lexed.latex and following.kind != "BAR":
        raise it.lexed.error("the expression goes on in a new line", following.start, "write an operator between them")
    return None


def caret(it: Explicit, token: Token) -> Token:
    """x → 0^+ in a limit is a direction, not a power."""
    tokens, i = it.tokens, it.position
    if tokens[i].kind in ("PLUS", "MINUS") and tokens[i + 1].kind in ("RBRACE", "LPAR") and in_limit(it):
        it.position += 1
        return Token("DIRECTION", "+" if tokens[i].kind == "PLUS" else "-", token.start, tokens[i].end)
    if tokens[i].kind == "LBRACE" and tokens[i + 1].kind in ("PLUS", "MINUS") and tokens[i + 2].kind == "RBRACE":
        it.position += 3
        return Token("DIRECTION", "+" if tokens[i + 1].kind == "PLUS" else "-", token.start, tokens[i + 2].end)
    return token


def in_limit(it: Explicit) -> bool:
    frame = it.frames[-1]
    return frame.mode == "point" or frame.then == "operand"


def sign(it: Explicit, token: Token) -> Token:
    """lim_{x → 0+}: a sign just before the closing brace is the direction."""
    if it.done and it.tokens[it.position].kind == "RBRACE" and in_limit(it):
        token.value = "+" if token.kind == "PLUS" else "-"
        token.kind = "DIRECTION"
    return token


def nabla(it: Explicit, token: Token) -> Token:
    """∇ f: the gradient, at the beginning of a problem."""
    token.kind, token.value = "TASK", ("gradient", 1, False)
    return token


DECIDE: dict[str, Callable[[Explicit, Token], Token | None]] = {
    "BAR": bar, "LINE": line, "CARET": caret, "PLUS": sign, "MINUS": sign, "NABLA": nabla, "EVALUATE": evaluate,
    "SUB": below, "AT": at_point,
}  # fmt: skip
"""What a mark becomes; None where everything about it has been done."""
