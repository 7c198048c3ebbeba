"""`derive check`, `hint` and `practice` from end to end: what they say, in which language, with which status."""

from __future__ import annotations

import json
import sys
from io import StringIO

import pytest

from derive import cli
from derive.explain.catalog import LANGUAGES
from derive.tutor.practice import practice


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """(exit status, standard output, standard error) of a command."""
    status = cli.main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("d/dx sin(3x)", "3 cos(3x)"), 0, "Right."),
        (("d/dx sin(3x)", "cos(3x)"), 1, "The derivative of the inner function 3x is missing."),
        (("d/dx sin(3x)", "cos(3x)", "--lang", "ko"), 1, "안쪽 함수 3x의 도함수를 빠뜨렸습니다."),
        (("d/dx (x+1)^3", "3(x+1)^2", "--form", "expanded"), 0, "not in the form that was asked for"),
        (("d/dx (x+1)^3", "3x^2 + 6x + 3", "--form", "expanded"), 0, "Right."),
        (("d/dx -x^2", "-2x"), 0, "Right."),
        (("d/dx abs(x)", "1"), 1, "Right only where x > 0"),
        (("d/dx 1/2x", "-1/(2x^2)"), 1, "another reading"),
    ],
)
def test_one_answer(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, said: str) -> None:
    found, out, err = told(capsys, "check", *arguments)
    assert (found, err) == (status, "")
    assert said in out


def test_lines_of_a_worked_solution(capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["2x*sin(3x) + x^2*cos(3x)*3", "x*(2sin(3x) + 3x cos(3x))", "x*(2sin(3x) - 3x cos(3x))"]
    status, out, _ = told(capsys, "check", "d/dx x^2*sin(3x)", *lines)
    assert status == 1
    assert [line.startswith(text) for line, text in zip(out.splitlines(), lines, strict=True)] == [True] * 3
    assert "The sign of a term changed" in out.splitlines()[2]


def test_an_answer_that_cannot_be_read_is_an_error_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "check", "d/dx x^2", "2x+")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].index("^") == 5


def test_a_verdict_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(capsys, "check", "d/dx sin(3x)", "cos(3x)", "--json")
    assert status == 1
    data = json.loads(out)
    assert data["mistake"] == "sin-inner-left-out"
    assert data["slips"][0]["path"] == []
    assert data["evidence"]["method"] == "witness"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hints_climb(capsys: pytest.CaptureFixture[str], language: str) -> None:
    _, one, _ = told(capsys, "hint", "d/dx x^2*sin(3x)", "--lang", language)
    _, all_, _ = told(capsys, "hint", "d/dx x^2*sin(3x)", "--rungs", "0", "--lang", language)
    assert all_.startswith(one)
    assert len(all_.splitlines()) == 4
    _, there, _ = told(capsys, "hint", "d/dx x^2", "--at", "2x", "--lang", language)
    assert len(there.splitlines()) == 1


def test_a_hint_from_a_wrong_line_is_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "hint", "d/dx sin(3x)", "--at", "cos(3x)")
    assert "3x is missing" in out
    assert "Mend this first" in out


def test_a_lesson(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hint, wrong, unreadable, right; then the solution is asked for; then the input ends."""
    first, _ = practice("chain-rule", 1, 1, 2)
    wrong = str(first.distractors[0].answer)
    monkeypatch.setattr(sys, "stdin", StringIO(f"?\n{wrong}\n2x+\n{first.answer}\n!\n"))
    status, out, _ = told(capsys, "practice", "chain-rule", "--difficulty", "1", "--count", "2")
    assert status == 0
    assert "Exercise 1 of 2" in out
    assert "Not right." in out
    assert "column 4" in out
    assert "Right." in out
    assert "Answer" in out
    assert "0 of 2 right at the first try." in out


def test_exercises_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "practice", "gradient", "--count", "2", "--json")
    found = json.loads(out)
    assert [e["topic"] for e in found] == ["gradient"] * 2
    assert all(e["problem"].startswith("gradient ") and e["distractors"] for e in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet(capsys: pytest.CaptureFixture[str], language: str) -> None:
    status, out, _ = told(capsys, "practice", "power-rule", "--count", "2", "--sheet", "markdown", "--lang", language)
    assert status == 0
    assert out.startswith("# ")


def test_a_topic_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = told(capsys, "practice", "cooking")
    assert (status, out) == (2, "")
    assert "chain-rule" in err
