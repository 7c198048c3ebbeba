"""Every error that derive raises on purpose, in one tree.

DeriveError
├── ReadError            the input cannot be read: line, column, what was expected, a suggestion
│   └── NameProblem      a name is unknown, used twice in different roles, or one of several must be chosen
├── UsageError           a call that makes no sense: unknown method, wrong option, shapes that do not fit
├── DomainError          a value was asked for where the expression has none over the reals
├── LimitError           a limit was hit: which one, and its value
├── UnsupportedError     what was asked for cannot be done with this expression, or not on this machine
├── RuleError            a rule that is not well formed (raised when the rule is built)
└── TraceError           a stored derivation whose steps do not join
"""

from __future__ import annotations


class DeriveError(Exception):
    """Base of every error raised on purpose; `str(error)` is a message for people."""


class ReadError(DeriveError):
    """Input that cannot be read, with the place (1-based), what was expected there, and what to try."""

    def __init__(
        self,
        message: str,
        *,
        text: str = "",
        line: int = 1,
        column: int = 1,
        expected: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.line = line
        self.column = column
        self.expected = expected
        self.suggestion = suggestion

    def __str__(self) -> str:
        words = f"line {self.line}, column {self.column}: {self.message}"
        return f"{words}; {self.suggestion}" if self.suggestion else words

    def caret(self, width: int = 72) -> str:
        """The line of the input with a caret under the column, cut to `width` around it."""
        lines = self.text.splitlines() or [""]
        line = lines[min(self.line, len(lines)) - 1].replace("\t", " ")
        start = max(0, min(self.column - 1 - width // 2, len(line) - width))
        return f"{line[start : start + width]}\n{' ' * (self.column - 1 - start)}^"


class NameProblem(ReadError):
    """A name that is unknown, stands in two roles, or has to be chosen by the user."""


class UsageError(DeriveError):
    """A call that makes no sense: an unknown method or option, shapes that do not fit."""


class DomainError(DeriveError):
    """The expression has no real value at the point asked for."""


class LimitError(DeriveError):
    """A limit was hit; `limit` names it and `value` is its setting."""

    def __init__(self, message: str, *, limit: str, value: int | float | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.value = value


class UnsupportedError(DeriveError):
    """What was asked for cannot be done with this expression or on this machine; the message names the part."""


class RuleError(DeriveError):
    """A rule that is not well formed; raised when it is built, never while deriving."""


class TraceError(DeriveError):
    """A stored derivation that does not replay: a step's `before` is missing or the states do not join."""
