"""The endpoints that tell of the rules: all of them, or one with its patterns, examples and mistakes."""

from __future__ import annotations

from typing import Any

from derive.explain import words
from derive.explain.inline import one_line
from derive.service.problems import Problem, Refused
from derive.service.settings import Settings


def rules(request: Any, settings: Settings) -> dict[str, Any]:
    """Every rule of the book, in its order."""
    from derive.rules import registry

    language = (request or {}).get("language", "en")
    return {"rules": [{"id": r.id, "title": one_line(words.name(r.id, language))} for r in registry().values()]}


def rule(request: Any, settings: Settings) -> dict[str, Any]:
    """One rule: its patterns, examples, mistakes and words."""
    from derive.rules import registry

    book, id, language = registry(), request["id"], request.get("language", "en")
    if id not in book:
        raise Refused(Problem("not-found", f"there is no rule {id[:60]!r}"))
    found = book[id]
    return {
        "id": found.id,
        "title": one_line(words.name(found.id, language)),
        "left": found.lhs,
        "right": found.rhs if isinstance(found.rhs, str) else None,
        "weight": found.weight,
        "given": [g.words for g in found.given],
        "assumes": list(found.assumes) if isinstance(found.assumes, tuple) else [],
        "examples": [{"before": b, "after": a} for b, a in found.examples],
        "mistakes": [m.id for m in found.mistakes],
    }
