"""Marks that need a decision first: bars open or close, a sign may be a direction, a new line may end a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.expressions import TWO
from derive.notation.frames import Frame
from derive.notation.tokens import CLOSERS, OPENERS, STARTS, Token

if TYPE_CHECKING:
    from derive.notation.explicit import Explicit

MOST_TOKENS = 1_000  # among which the end of a vector is looked for


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


def vector(it: Explicit, token: Token) -> Token:
    """curl of (y, -x, 0), in the direction <3, 4>: the bracket holds a vector, as [3, 4] does."""
    tokens, begin = it.tokens, it.position
    is_angle = tokens[begin].kind == "RELATION" and tokens[begin].value == "<"
    if not is_angle and not (tokens[begin].kind == "LPAR" and tokens[begin].value):
        return token
    open_brackets = 0
    for k in range(begin, min(begin + MOST_TOKENS, len(tokens))):
        kind = tokens[k].kind
        if kind in OPENERS:
            open_brackets += 1
        elif kind in CLOSERS:
            open_brackets -= 1
        if not open_brackets and (kind in CLOSERS or (is_angle and kind == "RELATION" and tokens[k].value == ">")):
            tokens[begin].kind, tokens[k].kind = "LSQB", "RSQB"
            break
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
    """∇f: the gradient, ∇·F: the divergence, ∇×F: the curl, ∇²f: the Laplacian, at the beginning of a problem."""
    tokens, task = it.tokens, "gradient"
    following = tokens[it.position]
    if following.kind == "TIMES":
        is_cross = it.lexed.text[following.start : following.end] in ("×", "\\times")
        task = "curl" if is_cross else "divergence"
        it.position += 1
    elif following.kind == "CARET":
        raised = tokens[it.position + 1 : it.position + 4]
        in_braces = [t.kind for t in raised] == ["LBRACE", "ATOM", "RBRACE"]
        if raised[in_braces].value == TWO:
            task = "laplacian"
            it.position += 4 if in_braces else 2
    token.kind, token.value = "TASK", (task, 1, False)
    return vector(it, token)


DECIDE: dict[str, Callable[[Explicit, Token], Token | None]] = {
    "BAR": bar, "LINE": line, "CARET": caret, "PLUS": sign, "MINUS": sign, "NABLA": nabla, "EVALUATE": evaluate,
    "SUB": below, "AT": at_point, "TASK": vector, "WHERE": vector,
}  # fmt: skip
"""What a mark becomes; None where everything about it has been done."""
