"""What one pass over a text finds: tokens, the guesses made on the way, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from derive.errors import LimitError, ReadError
from derive.expressions import Expression, Number, Symbol, make
from derive.notation.tokens import Token

MAX_DIGITS = 4_000  # Python's own limit for int(text) is 4,300


@dataclass(slots=True)
class Lexed:
    """What one pass over the text found, and the guesses it made on the way."""

    text: str
    names: frozenset[str] = frozenset()
    pattern: bool = False
    latex: bool = False
    tokens: list[Token] = field(default_factory=list)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    blank: bool = False
    brackets: list[Token] = field(default_factory=list)
    functions: frozenset[str] = frozenset()
    problem: bool = False  # whether the words of problems are read
    level: int = 0  # how deep within orders of differentiation the text stands
    heads: list[Any] = field(default_factory=list)
    jumps: dict[int, int] = field(default_factory=dict)  # LaTeX: where \frac{d(…)} ends → where its denominator ends
    lefts: list[str] = field(default_factory=list)  # LaTeX: brackets opened by \left
    binders: bool = False  # whether an integral or a sum was met
    integrals: int = 0  # integrals that wait for their differential
    environments: list[str] = field(default_factory=list)  # LaTeX: environments that are open
    leaves: dict[tuple[type[Expression], int | str], Expression] = field(default_factory=dict)

    def add(self, kind: str, value: Any, start: int, end: int) -> Token:
        token = Token(kind, value, start, end, self.blank)
        self.blank = False
        self.tokens.append(token)
        return token

    def leaf(self, kind: type[Expression], label: int | str) -> Expression:
        """A letter, number or constant: one object wherever it stands in the text."""
        found = self.leaves.get((kind, label))
        if found is None:
            found = self.leaves[kind, label] = make(kind, (), label)
        return found

    def error(self, message: str, at: int, suggestion: str | None = None, **more: Any) -> ReadError:
        return error_at(self.text, at, message, suggestion=suggestion, **more)


def error_at(text: str, at: int, message: str, **more: Any) -> ReadError:
    """A ReadError at an offset of the text."""
    before = text[:at]
    line = before.count("\n") + 1
    return ReadError(message, text=text, line=line, column=at - (before.rfind("\n") + 1) + 1, **more)


def number(lexed: Lexed, spelling: str, at: int) -> Expression:
    """A Number as typed; LimitError for absurd sizes."""
    if len(spelling) > MAX_DIGITS:
        raise LimitError(
            f"column {at + 1}: a number of {len(spelling):,} digits; {MAX_DIGITS:,} are read", limit="digits",
            value=MAX_DIGITS,
        )  # fmt: skip
    if spelling.isdigit():
        return lexed.leaf(Number, int(spelling))
    exponent = spelling.lower().partition("e")[2].lstrip("+-").lstrip("0")
    if len(exponent) > 4 or int(exponent or 0) > MAX_DIGITS:
        raise LimitError(
            f"column {at + 1}: the exponent of {spelling} is beyond {MAX_DIGITS:,}", limit="digits", value=MAX_DIGITS
        )
    return lexed.leaf(Number, spelling)


@cache
def tex() -> Any:
    """The module for LaTeX, loaded when there is some."""
    from derive.notation import tex_input

    return tex_input


def binder(lexed: Lexed, kind: str, at: int, end: int) -> int:
    """Adds the sign of an integral or a sum; returns where it ends."""
    lexed.binders = True
    lexed.integrals += kind == "INTEGRAL"
    lexed.add(kind, None, at, end)
    return end


def differential(lexed: Lexed, name: str, at: int, end: int) -> int:
    """Adds the d of the variable of an integral; returns where it ends."""
    lexed.integrals -= 1
    lexed.add("DIFFERENTIAL", make(Symbol, (), name), at, end)
    return end
