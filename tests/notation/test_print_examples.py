"""Real inputs, printed as text and LaTeX, read back to the same tree."""

from __future__ import annotations

import json
from pathlib import Path

import math_core
import pytest

from derive.expressions import Expression
from derive.notation import latex, text
from derive.notation.parser import parse

EXAMPLES = Path(__file__).parents[2] / ".." / "shared" / "examples"
COMPILER = math_core.LatexToMathML()


def expressions(name: str) -> list[Expression]:
    path = EXAMPLES / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    return [parse(row["input"]) for row in rows if row["task"] == "diff"]


@pytest.mark.parametrize("name", ["textbook", "multivariable", "suites", "rubi"])
def test_printed_examples_read_back(name: str) -> None:
    for e in expressions(name):
        assert parse(text(e)) == e
        assert parse(latex(e)) == e
        assert COMPILER.convert_with_local_state(latex(e), displaystyle=True)
