"""`derive simplify` and `derive equal` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(list(arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["2x + 3x"], "Answer: 5*x"),
        (["-x + 3x"], "Answer: 2*x"),
        (["-x", "+", "3x"], "Answer: 2*x"),
        (["-(x - 1)"], "Answer: 1 - x"),
        (["--lang", "ko", "2x + 3x"], "답: 5*x"),
        (["tan(x)*cos(x)"], "cos(x) != 0"),
        (["d/dx x^2"], "Answer: 2*x"),
        (["--form", "factored", "-1 + x^2"], "Answer: (x - 1)*(x + 1)"),
        (["--form", "expanded", "(x + 1)^2"], "Answer: x^2 + 2*x + 1"),
    ],
)
def test_simplify(capsys: pytest.CaptureFixture[str], arguments: list[str], answer: str) -> None:
    status, out, err = run(capsys, "simplify", *arguments, "--format", "text")
    assert (status, err) == (0, "")
    assert answer in out


def test_simplify_without_options_shows_the_page_and_needs_no_option_parser(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "simplify", "-x + 3x")
    assert (status, err) == (0, "")
    assert "2x" in out


def test_simplify_writes_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "page.json"
    status, out, _ = run(capsys, "simplify", "2x + 3x", "--output", str(path), "--detail", "full")
    assert (status, out) == (0, "")
    data = json.loads(path.read_text("utf-8"))
    assert data["outcome"]["kind"] == "done"
    assert [step["rule"] for step in data["steps"]]


def test_simplify_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "simplify", "2x +")
    assert (status, out) == (2, "")
    assert "column 5" in err
    assert run(capsys, "simplify")[0] == 2
    status, _, err = run(capsys, "simplify", "--formt", "text", "x")
    assert status == 2
    assert "--format" in err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["2 - x", "-x + 2"], 0, "The same up to order and spelling."),
        (["-x", "x"], 1, "Different: at x = 2 the first is -2 and the second is 2."),
        (["(x+1)^2", "x^2 + 2x + 1"], 0, "Equal: the difference comes to 0 when it is multiplied out."),
        (["sqrt(x^2)", "x", "--given", "x > 0"], 0, "They agree at"),
        (["ln(x)", "ln(-x)"], 1, "Not decided: no point was found at which both have a value."),
        (["x + 1", "x + 2", "--lang", "ko"], 1, "다릅니다. x = 2에서 첫 번째는 3, 두 번째는 4입니다."),
    ],
)
def test_equal(capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, said: str) -> None:
    found, out, err = run(capsys, "equal", *arguments)
    assert (found, err) == (status, "")
    assert out.startswith(said)


def test_equal_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "equal", "x/x", "1", "--json")
    assert status == 0
    data = json.loads(out)
    assert data["verdict"] == "under-conditions"
    assert data["witness"]["point"] == {"x": "0"}
    assert data["witness"]["lacks"] == "left"


def test_equal_says_what_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "equal", "x +", "2")
    assert (status, out) == (2, "")
    assert "column" in err
    assert run(capsys, "equal", "x")[0] == 2
