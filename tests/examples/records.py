"""The shared examples: real inputs with known answers, read where they lie."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / ".." / "shared" / "examples"
DIGITS = 25
CLOSE = Decimal("1e-20")  # relative; recorded values have 30 digits, some inputs are exact to fewer


def records(name: str) -> list[dict[str, Any]]:
    """The records of `name`.jsonl; the test is skipped, saying so, where the folder is absent."""
    path = EXAMPLES / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the shared examples are absent: {path.name}")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def derivative_tasks(name: str, every: int = 1) -> list[dict[str, Any]]:
    """The records that ask for a derivative, every n-th."""
    return [r for r in records(name) if "wrt" in r and r.get("task", "diff") == "diff"][::every]


def close(found: Decimal, wanted: str) -> bool:
    """Whether two values agree to 20 digits."""
    value = Decimal(wanted)
    return abs(found - value) <= CLOSE * max(Decimal(1), abs(value))
