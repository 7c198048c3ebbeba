"""Errors as `application/problem+json` (RFC 9457): what went wrong, where, and what to try. Never a traceback."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from derive.errors import DeriveError, DomainError, LimitError, NameProblem, ReadError, UsageError

MEDIA = "application/problem+json"

TITLES = {
    "unreadable": (400, "The mathematics cannot be read"),
    "name": (400, "A name has to be chosen or is unknown"),
    "request": (400, "This is not a request that can be read"),
    "usage": (422, "The request makes no sense"),
    "fields": (422, "Fields are missing, unknown or of the wrong kind"),
    "domain": (422, "There is no real value at this point"),
    "limit": (422, "A limit was hit"),
    "not-found": (404, "There is no such thing here"),
    "method": (405, "This method is not allowed here"),
    "body": (413, "The request is too large"),
    "slow": (408, "The request did not come in time"),
    "media": (415, "The request has to be JSON"),
    "key": (401, "An API key is needed"),
    "rate": (429, "Too many requests"),
    "busy": (503, "The service is busy"),
    "lost": (503, "The worker was lost"),
    "internal": (500, "An error of ours"),
}
"""Every kind of problem: its status and its title. Its type is `/problems/` with the kind."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem; `more` are its extension members: line, column, limit, partial, …"""

    kind: str
    detail: str
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return TITLES[self.kind][0]

    def body(self) -> dict[str, Any]:
        status, title = TITLES[self.kind]
        return {"type": f"/problems/{self.kind}", "title": title, "status": status, "detail": self.detail, **self.more}


class Refused(Exception):
    """A request that is answered by a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def of_error(error: Exception) -> Problem:
    """The problem that an error is told as; what is not ours says nothing of the machine."""
    match error:
        case Refused():
            return error.problem
        case ReadError():
            more: dict[str, Any] = {"line": error.line, "column": error.column}
            if error.expected:
                more["expected"] = list(error.expected)
            if error.suggestion:
                more["suggestion"] = error.suggestion
            if error.text:
                more["caret"] = error.caret()
            return Problem("name" if isinstance(error, NameProblem) else "unreadable", str(error), more)
        case LimitError():
            return Problem("limit", str(error), {"limit": error.limit, "value": error.value})
        case DomainError():
            return Problem("domain", str(error))
        case UsageError() | DeriveError():
            return Problem("usage", str(error))
        case MemoryError():
            return Problem("limit", "this needs more memory than is allowed", {"limit": "memory_mb"})
        case RecursionError():
            return Problem("limit", "this is nested too deep", {"limit": "depth"})
    return Problem("internal", f"an error of ours, please report it: {type(error).__name__}")


def over(limit: str, value: float, what: str) -> Refused:
    """A limit of the settings was hit: the problem names the setting and its value."""
    detail = f"{what}: the limit is {value:,} (setting DERIVE_{limit.upper()})"
    return Refused(Problem("limit", detail, {"limit": limit, "value": value}))
