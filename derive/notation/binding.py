r"""Integrals and sums as they are written, put into the form of calls: what is bound, from where to where, over what.

int_0^(x^2) sin(x t) dt              →  int(0, (x^2), sin(x t), t)
\int_1^x \frac{dt}{t}                →  int(1, x, \frac{1}{t}, t)
integral of sin(t) from 0 to x       →  int(0, x, sin(t))
sum_(k=1)^n x^k + 1                  →  sum(k, 1, n, x^k) + 1
"""

from __future__ import annotations

from itertools import pairwise
from typing import NoReturn

from derive.errors import LimitError
from derive.expressions import ONE
from derive.notation.lexed import Lexed
from derive.notation.names import is_abstract
from derive.notation.tokens import CLOSERS, OPENERS, Token

MAX_BINDERS = 200  # each moves the tokens after it; books have three
MAX_NEST = 20  # functions of functions in a limit without brackets around it
BINDING = frozenset({"INTEGRAL", "SUMMATION"})
_WORDS = frozenset({"BY", "AT", "WHERE", "OF", "AS", "SEMICOLON", "FROM", "UPTO", "TASK"})
_ENDS = _WORDS | {"COMMA", "RELATION", "AMPERSAND", "NEWLINE", "OVER", "TO", "$END", "LINE", "DIFFERENTIAL"}
_OPERATORS = frozenset({"PLUS", "MINUS", "TIMES", "SLASH", "MOD", "CARET", "SUB"})
_OPEN = frozenset(OPENERS)


def with_calls(lexed: Lexed) -> list[Token]:
    """The tokens with every integral and sum as a call; ReadError where limits or the differential are missing."""
    tokens = lexed.tokens
    for token, following in pairwise(tokens):
        if token.kind in BINDING and following.kind == "LPAR" and following.value and not following.blank:
            token.kind, token.value = (
                "FUNCTION",
                "integral" if token.kind == "INTEGRAL" else "sum",
            )  # a call, far inside
    if sum([t.kind in BINDING for t in tokens]) > MAX_BINDERS:
        raise LimitError(f"more than {MAX_BINDERS} integrals and sums", limit="integrals", value=MAX_BINDERS)
    for at in [i for i, t in enumerate(tokens) if t.kind in BINDING][::-1]:  # inner ones stand further right
        tokens = _integral(lexed, tokens, at) if tokens[at].kind == "INTEGRAL" else _sum(lexed, tokens, at)
    for token in tokens:
        if token.kind == "DIFFERENTIAL":
            raise lexed.error("a differential without its integral", token.start)
    return tokens


def _integral(lexed: Lexed, tokens: list[Token], at: int) -> list[Token]:
    head = tokens[at]
    marks, i = _marks(lexed, tokens, at + 1)
    lower, upper = marks.get("SUB"), marks.get("CARET")
    if not marks and tokens[i].kind == "FROM":
        lower, upper, i = _from_to(lexed, tokens, i)
        i += tokens[i].kind == "OF"
    named, operand, end = _integrand(tokens, i)
    if not operand:
        raise lexed.error("an integral needs something to integrate", tokens[i].start)
    if not marks and upper is None and tokens[end].kind == "FROM":
        lower, upper, end = _from_to(lexed, tokens, end)
    if lower is None or upper is None:
        _without_limits(lexed, head, bool(lower or upper))
    if named is None and marks:
        raise lexed.error(
            "an integral needs its differential", tokens[end].start, "end it with the letter that runs: … dt"
        )
    parts = [lower, upper, operand] if named is None else [lower, upper, operand, [named]]
    return [*tokens[:at], *_call("int-from", head, parts, tokens[end]), *tokens[end:]]


def _without_limits(lexed: Lexed, head: Token, one: bool) -> NoReturn:
    if one:
        raise lexed.error("an integral needs both limits", head.start, "write int_0^x f(t) dt")
    raise lexed.error(
        "integrals are read with both limits only; antiderivatives are not worked out here", head.start,
        "this program differentiates: write d/dx int_0^x f(t) dt",
    )  # fmt: skip


def _integrand(tokens: list[Token], start: int) -> tuple[Token | None, list[Token], int]:
    """(the letter that runs, the integrand, where it ends): up to `dt`, or the term that holds `dt` in a numerator."""
    depth, i = 0, start
    while True:
        token = tokens[i]
        kind = token.kind
        if kind == "DIFFERENTIAL":
            break
        if kind == "$END" or (depth == 0 and (kind in CLOSERS or kind in _WORDS or kind == "LINE")):
            return None, tokens[start:i], i
        depth += (kind in _OPEN) - (kind in CLOSERS)
        i += 1
    named = Token("NAME", token.value, token.start, token.end)
    following = tokens[i + 1].kind
    if depth == 0 and following != "SLASH":
        inside = tokens[start:i] or [_one(token)]
        return named, inside, i + 1
    alone = tokens[i - 1].kind in _OPEN or i == start
    inside = [*tokens[start:i], *([_one(token)] if alone else []), *tokens[i + 1 :]]
    end = _term_end(inside, 0, i - start)
    return named, inside[:end], len(tokens) - len(inside) + end


def _one(token: Token) -> Token:
    return Token("ATOM", ONE, token.start, token.end, token.blank, virtual=True)


def _sum(lexed: Lexed, tokens: list[Token], at: int) -> list[Token]:
    head = tokens[at]
    marks, i = _marks(lexed, tokens, at + 1)
    below, upper = marks.get("SUB"), marks.get("CARET")
    if not marks and tokens[i].kind == "FROM":
        below, upper, i = _from_to(lexed, tokens, i)
        i += tokens[i].kind == "OF"
    end = _term_end(tokens, i)
    operand = tokens[i:end]
    if not operand:
        raise lexed.error("a sum needs its terms", tokens[i].start)
    if not marks and upper is None:
        letter = tokens[end + 1 : end + 2] if tokens[end].kind == "WHERE" else []
        stop = end + 2 if letter else end
        if tokens[stop].kind == "FROM":
            below, upper, end = _from_to(lexed, tokens, stop)
            below = [*letter, Token("RELATION", "=", head.end, head.end), *below] if letter else below
    elif tokens[end].kind in ("PLUS", "MINUS"):
        lexed.notes.append(("sum-takes-term", head.start, tokens[end].start, tokens[i].start, tokens[end].start))
    below = _unwrapped(below or [])
    if len(below) < 3 or below[0].kind not in ("NAME", "QUOTED", "META") or below[1].kind != "RELATION" or not upper:
        raise lexed.error("a sum needs its index with the first and the last value", head.start, "write sum_(k=1)^n …")
    return [
        *tokens[:at],
        *_call("sum-from", head, [below[:1], below[2:], upper, operand], tokens[end]),
        *tokens[end:],
    ]


def _call(form: str, head: Token, parts: list[list[Token]], end: Token) -> list[Token]:
    """form(part, part, …) in place of a binder; the commas stand where the parts end."""
    found = [Token("FUNCTION", form, head.start, head.end, head.blank, virtual=True)]
    for k, part in enumerate(parts):
        place = part[0].start if k == 0 else parts[k - 1][-1].end
        found.append(Token("COMMA" if k else "LPAR", True if not k else None, place, place, virtual=True))
        found += part
    found.append(Token("RPAR", None, end.start, end.start, virtual=True))
    return found


def _marks(lexed: Lexed, tokens: list[Token], i: int) -> tuple[dict[str, list[Token]], int]:
    """What stands below and above the sign, in either order, and where the operand begins."""
    found: dict[str, list[Token]] = {}
    while tokens[i].kind in ("SUB", "CARET"):
        mark = tokens[i]
        if mark.kind in found:
            raise lexed.error("a second limit at the same place", mark.start, "put a limit in brackets: int_0^(x^2)")
        stop = _bound_end(lexed, tokens, i + 1)
        if mark.kind == "SUB" and tokens[stop].kind == "RELATION" and tokens[stop - 1].kind == "NAME":
            stop = _bound_end(lexed, tokens, stop + 1)  # sum_k=1^n
        found[mark.kind] = tokens[i + 1 : stop]
        i = stop
    return found, i


def _bound_end(lexed: Lexed, tokens: list[Token], i: int, depth: int = 0) -> int:
    """Where a limit ends that begins at i: one number, letter or bracket, a function with its argument."""
    start = i
    while tokens[i].kind in ("MINUS", "PLUS"):
        i += 1
    token = tokens[i]
    kind = token.kind
    if kind in ("NAME", "QUOTED", "META"):
        following = tokens[i + 1]
        called = not lexed.latex and following.kind == "LPAR" and not following.blank
        name = str(token.value.label)
        return _closed(tokens, i + 1) if called and (name in lexed.functions or is_abstract(name)) else i + 1
    if kind in _OPEN:
        return _closed(tokens, i)
    if kind == "ATOM":
        if lexed.latex and token.end - token.start > 1 and lexed.text[token.start : token.end].isdigit():
            _split_digit(tokens, i, lexed.text)
        return i + 1
    if kind in ("FUNCTION", "ROOT", "RADICAL", "FRACTION", "BINOMIAL") and depth < MAX_NEST:
        i += 1
        while tokens[i].kind in ("SUB", "CARET"):
            i = _bound_end(lexed, tokens, i + 1, depth + 1)
        if tokens[i].kind == "LSQB":
            i = _closed(tokens, i)
        i = _bound_end(lexed, tokens, i, depth + 1)
        return _bound_end(lexed, tokens, i, depth + 1) if kind in ("FRACTION", "BINOMIAL") else i
    raise lexed.error("a limit was expected here", tokens[start].start, "put it in brackets: int_(-1)^(x^2)")


def _split_digit(tokens: list[Token], i: int, text: str) -> None:
    """\\int_0^12x is from 0 to 1 over 2x, as TeX sets it."""
    from derive.expressions import natural

    token = tokens[i]
    digits = text[token.start : token.end]
    rest = Token("ATOM", natural(int(digits[1:])), token.start + 1, token.end)
    tokens[i : i + 1] = [Token("ATOM", natural(int(digits[0])), token.start, token.start + 1, token.blank), rest]


def _closed(tokens: list[Token], i: int) -> int:
    """Where the bracket that opens at i is closed, one further; the end where it is not."""
    depth = 0
    while tokens[i].kind != "$END":
        depth += (tokens[i].kind in _OPEN) - (tokens[i].kind in CLOSERS)
        i += 1
        if depth == 0:
            return i
    return i


def _unwrapped(part: list[Token]) -> list[Token]:
    return part[1:-1] if part and part[0].kind in ("LPAR", "LBRACE") and part[-1].kind in CLOSERS else part


def _from_to(lexed: Lexed, tokens: list[Token], i: int) -> tuple[list[Token], list[Token], int]:
    """from 0 to x: both ends, and what stands after them."""
    middle = _clause_end(tokens, i + 1)
    if tokens[middle].kind not in ("UPTO", "TO"):
        raise lexed.error("an end was expected here", tokens[middle].start, "write from 0 to x")
    end = _clause_end(tokens, middle + 1)
    lower, upper = tokens[i + 1 : middle], tokens[middle + 1 : end]
    if not lower or not upper:
        raise lexed.error("an end is missing", tokens[middle].start, "write from 0 to x")
    return lower, upper, end


def _clause_end(tokens: list[Token], i: int) -> int:
    depth = 0
    while tokens[i].kind != "$END":
        kind = tokens[i].kind
        if depth == 0 and (kind in CLOSERS or kind in _WORDS or kind in ("TO", "COMMA", "LINE")):
            return i
        depth += (kind in _OPEN) - (kind in CLOSERS)
        i += 1
    return i


def _term_end(tokens: list[Token], start: int, after: int = 0) -> int:
    """Where the product that begins at `start` ends: before the next sign, comma or word outside of brackets."""
    depth, i, bar = 0, start, False
    while True:
        kind = tokens[i].kind
        if kind == "$END":
            return i
        if kind == "BAR" and depth == 0:
            bar = not bar
        elif depth == 0 and not bar and i >= after:
            if kind in CLOSERS or kind in _ENDS:
                return i
            if kind in ("PLUS", "MINUS") and i > start and tokens[i - 1].kind not in _OPERATORS:
                return i
        depth += (kind in _OPEN) - (kind in CLOSERS)
        i += 1
