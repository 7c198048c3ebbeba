"""What is open while tokens are made explicit: brackets, typed or put in, and functions that wait for arguments."""

from __future__ import annotations

from typing import Any

from derive.expressions import Expression
from derive.notation.tokens import CLOSERS, Token


class Head:
    """A function before its arguments: `sin`, `sin^2`, `log_2`, `f''`; `known` is false for an abstract one."""

    __slots__ = ("base", "end", "exponent", "inverted", "known", "name", "places", "start")

    def __init__(self, name: str, known: bool, start: int, end: int, places: tuple[int, ...] = ()) -> None:
        self.name = name
        self.known = known
        self.start = start
        self.end = end
        self.places = places
        self.base: Expression | None = None
        self.exponent: Expression | None = None
        self.inverted = False


class Frame:
    """An open bracket, typed or put in.

    mode  "real", or for a virtual one what it takes: "one" operand, a "primary" with its exponent, a "run" of factors
          up to the next function, the "rest" of the sum, the "point" of a limit
    then  what must follow its end: "argument" of a function, "group" of a command, "operand" of an operator
    """

    __slots__ = ("closer", "mode", "opener", "pending", "run", "slash", "start", "then")

    def __init__(self, mode: str, opener: Token, closer: str, then: str = "") -> None:
        self.mode = mode
        self.opener = opener
        self.closer = closer
        self.then = then
        self.start = opener.start
        self.run: int | None = None
        self.slash: int | None = None
        self.pending: tuple[Any, ...] | None = None


_WORDS = frozenset({"TASK", "BY", "AT", "WHERE", "OF", "AS", "SEMICOLON"})
_SEPARATORS = frozenset({"COMMA", "RELATION", "OVER", "AMPERSAND", "NEWLINE", "AT_BAR", "TO", "$END"})
REST_ENDS = _WORDS | _SEPARATORS | CLOSERS
"""What ends the rest of a sum that an operator without a bracket takes."""

RUN_ENDS = REST_ENDS | {"PLUS", "MINUS", "TIMES", "SLASH", "MOD", "DIRECTION", "FUNCTION", "DERIVATIVE", "LIMIT"}
"""What ends the product that a function without a bracket takes."""

TERM_ENDS = frozenset({"PLUS", "MINUS", *_WORDS, *_SEPARATORS})
PRIMARY_GOES_ON = frozenset({"CARET", "BANG", "PRIMES"})
COMPLETE = frozenset({"ATOM", "NAME", "BANG", "PRIMES"})
