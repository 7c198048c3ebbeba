"""Which lane a request belongs to: what looks heavy is kept apart from the start. A guess, never a refusal."""

from __future__ import annotations

import re
from typing import Any

LIGHT_CHARACTERS = 400  # the longest of the shared textbook functions has 120
LIGHT_ORDER = 4
LIGHT_NESTING = 12
_POWER = re.compile(r"(?:\^|\*\*)\s*[({]?\s*-?\d{3,}(?!\d)(?!\s*\*?\s*[A-Za-z\\])")  # e^(100x) is not meant
_ORDER = re.compile(r"d\s*\^\s*\{?\s*(\d{1,9})")


def is_heavy(name: str, request: dict[str, Any]) -> bool:
    """Whether the request is long, deep, of high order, or has large exponents; sets of things always are."""
    if name == "practice":
        return bool(request.get("count", 5) > 5 or request.get("difficulty", 2) > 3)
    if name in ("batch", "diagnose"):
        return True
    texts = [value for value in request.values() if isinstance(value, str)]
    whole = " ".join(texts)
    if len(whole) > LIGHT_CHARACTERS or request.get("order", 1) > LIGHT_ORDER or request.get("alternatives"):
        return True
    if _POWER.search(whole) or any(int(n) > LIGHT_ORDER for n in _ORDER.findall(whole)):
        return True
    return nesting(whole) > LIGHT_NESTING or whole.count("^") > LIGHT_NESTING


def nesting(text: str) -> int:
    """How deep the brackets of a text go."""
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    return deepest
