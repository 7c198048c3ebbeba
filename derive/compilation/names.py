"""Names of variables as identifiers: letters, digits and underscores alone, so that no name is ever code."""

from __future__ import annotations

import keyword
import re
from collections.abc import Collection, Sequence

_TEMPORARY = re.compile(r"t[0-9]+")


def identifiers(names: Sequence[str], reserved: Collection[str]) -> list[str]:
    """An identifier for each name, all different: `["x_1", "lambda", "t1"]  →  ["x_1", "lambda_", "t1_"]`."""
    taken = set(reserved)
    found = []
    for name in names:
        safe = re.sub(r"[^A-Za-z0-9_]", "_", name)
        if not re.match("[A-Za-z]", safe):
            safe = "v" + safe
        while safe in taken or keyword.iskeyword(safe) or keyword.issoftkeyword(safe) or _TEMPORARY.fullmatch(safe):
            safe += "_"
        taken.add(safe)
        found.append(safe)
    return found
