"""What a reading error says: where, what was expected in words, and what to try."""

from __future__ import annotations

from derive.errors import ReadError
from derive.notation.lexed import Lexed, error_at
from derive.notation.machine import Unexpected
from derive.notation.tokens import CLOSERS, OPENERS, Token

_OPERAND = ("a number", "a name", '"("')
_TYPED = {"RPAR": '")"', "RBRACE": '"}"', "RSQB": '"]"', "BAR_CLOSE": '"|"', "FLOOR_CLOSE": "⌋", "CEIL_CLOSE": "⌉"}


def complaint(lexed: Lexed, tokens: list[Token], unexpected: Unexpected) -> ReadError:
    """The error for the token that fits nowhere."""
    index = unexpected.index
    token = tokens[index]
    before = next((t for t in reversed(tokens[:index]) if not t.virtual), None)
    open_bracket = _unclosed(tokens[:index])
    text = lexed.text
    if not text.strip() or (before is None and token.kind == "$END"):
        return error_at(text, 0, "nothing to read", expected=("an expression",), suggestion="try x^2*sin(x)")
    wants_operand = "ATOM" in unexpected.expected
    found = text[token.start : token.end]
    shown = f'"{found}"' if found.strip() and not token.virtual else ""
    if wants_operand:
        place = f' after "{text[before.start : before.end]}"' if before is not None else ""
        if tokens[index - 1].virtual and before is not None and before.kind == "FUNCTION":
            return error_at(
                text, token.start, f"{text[before.start : before.end]} needs an argument", expected=_OPERAND,
                suggestion=f"write {text[before.start : before.end]}(x)",
            )  # fmt: skip
        return error_at(text, token.start, f'expected a number, a name or "("{place}{_not(shown)}', expected=_OPERAND)
    if token.kind == "$END" and open_bracket is not None:
        opener = text[open_bracket.start : open_bracket.end] or "("
        return error_at(
            text,
            open_bracket.start,
            f'"{opener}" is never closed',
            expected=(_TYPED.get(OPENERS[open_bracket.kind], '")"'),),
        )
    if token.kind in CLOSERS and open_bracket is None:
        return error_at(text, token.start, f"{shown} closes nothing", suggestion="remove it, or open a bracket before")
    if token.kind in CLOSERS and open_bracket is not None and OPENERS[open_bracket.kind] != token.kind:
        wanted = _TYPED.get(OPENERS[open_bracket.kind], '")"')
        return error_at(text, token.start, f"expected {wanted}{_not(shown)}", expected=(wanted,))
    expected = (
        ("an operator", "the end")
        if open_bracket is None
        else ("an operator", _TYPED.get(OPENERS[open_bracket.kind], '")"'))
    )
    return error_at(text, token.start, f"expected {' or '.join(expected)}{_not(shown)}", expected=expected)


def _not(shown: str) -> str:
    return f", not {shown}" if shown else ""


def _unclosed(tokens: list[Token]) -> Token | None:
    """The innermost typed bracket that is still open."""
    stack: list[Token] = []
    for token in tokens:
        if token.kind in OPENERS:
            stack.append(token)
        elif token.kind in CLOSERS and stack:
            stack.pop()
    return next((t for t in reversed(stack) if not t.virtual), None)
