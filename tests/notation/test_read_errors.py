"""What cannot be read is refused with its place, in words, and with something to try."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from derive.errors import DeriveError, LimitError, ReadError
from derive.notation import parse

HOSTILE = Path(__file__).parents[2] / ".." / "shared" / "examples" / "hostile.jsonl"

ERRORS = [
    ("", 1, "nothing to read"),
    ("   ", 1, "nothing to read"),
    ("2 +* 3", 4, 'expected a number, a name or "(" after "+"'),
    ("x^2+", 5, 'after "+"'),
    ("(x+1", 1, "never closed"),
    ("2*(x+[y", 6, "never closed"),
    ("x)", 2, "closes nothing"),
    ("(x]", 3, 'expected ")"'),
    ("sin()", 5, "expected a number"),
    ("cos*2", 4, "cos needs an argument"),
    ("sine(x)", 1, "did you mean sin"),
    ("cosine(x)", 1, "did you mean cos"),
    ("sqr(x)", 1, "did you mean sqrt"),
    ("speed*t", 1, "backquotes"),
    ("2 integrate x", 3, "antiderivatives are not worked out"),
    ("foo(x)", 1, "not a function known here"),
    ("x#comment", 2, "comments"),
    ("1.5 .5", 5, "two numbers"),
    ("x%2", 2, "mod"),
    ("∫x", 1, "integral"),
    ("sin(x, y)", 4, "takes 1 argument"),
    ("atan2(x)", 6, "takes 2 arguments"),
    ("sin(x = 2)", 1, "relation"),
    ("d^2/dx x", 1, "order"),
    ("x\ny", 1, "new line"),
    ("__import__('os')", 3, "not a name known here"),
    (r"x + \unknown", 5, "not a command"),
    (r"\sinn x", 1, r"did you mean \\sin"),
    (r"\int x", 1, "integrals"),
    (r"\frac{1}{2", 9, "never closed"),
    (r"\left( x", 1, "never closed"),
]


@pytest.mark.parametrize(("text", "column", "words"), ERRORS)
def test_errors(text: str, column: int, words: str) -> None:
    with pytest.raises(ReadError, match=words.replace("(", r"\(").replace("+", r"\+").replace(")", r"\)")) as caught:
        parse(text)
    assert caught.value.column == column
    assert caught.value.text == text
    assert caught.value.caret()


def test_places_in_later_lines() -> None:
    with pytest.raises(ReadError) as caught:
        parse("1 +\n2 + * 3")
    assert (caught.value.line, caught.value.column) == (2, 5)


@pytest.mark.parametrize("text", ["1" * 5000, "1e999999999", "2^1e99999", "0." + "1" * 5000])
def test_absurd_numbers(text: str) -> None:
    with pytest.raises(LimitError):
        parse(text)


def test_absurd_length() -> None:
    with pytest.raises(LimitError, match="characters"):
        parse("x+" * 5_000_001)


def test_relations_can_be_refused() -> None:
    with pytest.raises(ReadError, match="not an expression") as caught:
        parse("x = y", relations=False)
    assert caught.value.column == 3


def _hostile() -> list[dict[str, Any]]:
    if not HOSTILE.is_file():
        return []
    rows = [json.loads(line) for line in HOSTILE.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["op"] == "parse"]


@pytest.mark.skipif(not HOSTILE.is_file(), reason="the shared examples are not here")
@pytest.mark.parametrize("row", _hostile(), ids=lambda row: row["id"])
def test_hostile(row: dict[str, Any]) -> None:
    """Errors are errors, with their column; readings are readings; nothing crashes or hangs."""
    text = row["input"] or row.get("latex") or "".join(piece * count for piece, count in row["repeat"])
    begin = time.process_time()
    try:
        parse(text, relations=False)
    except DeriveError as error:
        assert row["expect"] in ("error", "either"), str(error)
        if row.get("column") and isinstance(error, ReadError):
            columns = row["column"] if isinstance(row["column"], list) else [row["column"]]
            assert any(abs(error.column - c) <= row["column_slack"] for c in columns), str(error)
    else:
        assert row["expect"] in ("reading", "either")
    assert time.process_time() - begin < row.get("max_seconds", 5)  # 1.4 s of 20, 0.1 s of 5
