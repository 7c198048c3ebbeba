"""`derive batch`: an answer a line in their order, whatever the lines beside it are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SLOW = "d/dx " + "*".join([f"sin(x^{k}+cos(x/{k}))" for k in range(2, 40)])


def run(*arguments: str, stdin: str = "", **environment: str) -> tuple[int, list[dict[str, Any]], str]:
    """(the exit status, the answers, what went to standard error) of `derive batch ARGUMENTS`."""
    chosen = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-m", "derive", "batch", *arguments]
    found = subprocess.run(command, input=stdin, capture_output=True, text=True, env=chosen, timeout=120)
    return found.returncode, [json.loads(line) for line in found.stdout.splitlines()], found.stderr


def test_one_error_never_spoils_the_others(tmp_path: Path) -> None:
    file = tmp_path / "problems.jsonl"
    file.write_text(
        "\n".join([
            '{"problem": "d/dx x^2*sin(x)", "id": ["sheet", 1], "detail": "full"}',
            '"d/dx ln(x)"',
            "",
            '{"problem": "(("}',
            "nonsense",
            '{"problem": "x", "more": 1, "id": 7}',
            "[1]",
            json.dumps({"problem": "x" * 70_000}),
            json.dumps({"problem": SLOW}),
            '{"problem": "x^2*y", "wrt": ["y"]}',
        ]),
        "utf-8",
    )  # fmt: skip
    status, answers, complaint = run(
        str(file), "--jobs", "2", "--lang", "ko", "--detail", "brief", DERIVE_SECONDS="0.4"
    )
    assert (status, complaint) == (1, "")
    assert [a["line"] for a in answers] == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    assert [a["status"] for a in answers] == [200, 200, 400, 422, 422, 422, 413, 422, 200]
    assert [a.get("id") for a in answers] == [["sheet", 1], None, None, None, 7, None, None, None, None]
    bodies = [a["body"] for a in answers]
    assert [b["detail"] for b in bodies[:2]] == ["full", "brief"]
    assert bodies[1]["language"] == "ko"
    assert bodies[1]["result"]["text"] == "1/x"
    assert bodies[2]["column"] == 3
    assert [e["field"] for e in bodies[4]["errors"]] == ["more"]
    assert bodies[-1]["result"]["text"] == "x^2"


def test_standard_input_and_a_file_to_write(tmp_path: Path) -> None:
    target = tmp_path / "answers.jsonl"
    status, told, _ = run("-", "--output", str(target), stdin='"d/dx x^2"\n"d/dx x^3"\n')
    assert (status, told) == (0, [])
    answers = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [a["body"]["result"]["text"] for a in answers] == ["2*x", "3*x^2"]


def test_a_derivation_that_is_stuck_is_no_success() -> None:
    status, answers, _ = run("-", stdin='"d/dn sum(k, k, 1, n)"\n')
    assert answers[0]["body"]["outcome"]["kind"] == "stuck"
    assert status == 1


def test_who_stops_reading_hears_no_complaint() -> None:
    command = f"{sys.executable} -m derive batch - | head -1"
    chosen = os.environ | {"PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        ["sh", "-c", command], input='"d/dx x^2"\n' * 50, capture_output=True, text=True, env=chosen, timeout=60
    )
    assert json.loads(found.stdout)["status"] == 200
    assert found.stderr == ""


@pytest.mark.parametrize("arguments", [("/nowhere.jsonl",), ("-", "--jobs", "0"), ()])
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    status, answers, complaint = run(*arguments)
    assert (status, answers) == (2, [])
    assert complaint.startswith("derive: ")
