"""A worked solution: a verdict a line, in the documented order."""

from __future__ import annotations

import pytest

from derive import parse
from derive.tutor import diagnose

SOLUTIONS = [
    ("d/dx sin(3x)", ["cos(3x)*d/dx(3x)", "cos(3x)*3", "3*cos(3x)"], ["expected", "expected", "similar"]),
    ("d/dx x^2*sin(3x)", ["2x*sin(3x) + x^2*cos(3x)", "x^2*cos(3x) + 2x*sin(3x)"], ["mistake", "similar"]),
    ("d/dx (x^2+1)^3", ["6x(x^2+1)^2", "6x^5+12x^3+6x", "6x^5+12x^3+7x"], [None, None, "not-equivalent"]),
    ("d/dx e^x/x", ["f'(x) = (x*e^x - e^x)/x^2", "e^x*(x-1"], ["skipped", "unreadable"]),
    ("d/dx ln(2x)", ["ln(2x)"], ["mistake"]),
]
RIGHT = {"similar", "expected", "skipped", "other-path", "unexplained"}


@pytest.mark.parametrize(("problem", "lines", "wanted"), SOLUTIONS)
def test_lines(problem: str, lines: list[str], wanted: list[str | None]) -> None:
    found = diagnose(problem, lines)
    assert [v.text for v in found] == lines
    for verdict, kind in zip(found, wanted, strict=True):
        if kind is None:
            assert verdict.verdict in RIGHT, verdict
        else:
            assert verdict.verdict == kind, verdict
        assert verdict.message("en")
        assert verdict.message("ko")


def test_what_follows_from_a_wrong_line_is_carried() -> None:
    wrong, after = diagnose("d/dx x^2*sin(3x)", ["2x*sin(3x) + x^2*cos(3x)", "x^2*cos(3x) + 2x*sin(3x)"])
    assert wrong.mistake == "sin-inner-left-out"
    assert after.carried
    assert not after.correct


def test_an_unreadable_line_is_skipped() -> None:
    first, second = diagnose("d/dx sin(3x)", ["cos(3x", "3cos(3x)"])
    assert first.verdict == "unreadable"
    assert "column" in first.reason
    assert second.correct


def test_a_chain_of_equalities_is_read_piece_by_piece() -> None:
    (verdict,) = diagnose("d/dx sin(3x)", ["y' = cos(3x)*d/dx(3x) = cos(3x)"])
    assert verdict.verdict == "mistake"


@pytest.mark.parametrize(
    ("problem", "lines"),
    [
        ("d/dx x^2*sin(3x)", ["2x*sin(3x) + x^2*cos(3x)"]),
        ("d/dx 5 + x*ln(x + 3)", ["ln(x + 3) + x/(x + 3)", "ln(x) + ln(3) + x/(x + 3)"]),
        ("d/dx x*sin(3x)", ["cos(3x)"]),
    ],
)
def test_a_mistake_tells_its_place(problem: str, lines: list[str]) -> None:
    verdict = diagnose(problem, lines)[-1]
    assert verdict.verdict == "mistake"
    assert verdict.slips[-1].path, "the last mistake is made inside of a line"
    told = verdict.to_dict()["slips"]
    for slip, data in zip(verdict.slips, told, strict=True):
        assert data["path"] == list(slip.path)


def test_the_place_is_in_the_line_before() -> None:
    line, wrong = "ln(x + 3) + x/(x + 3)", "ln(x) + ln(3) + x/(x + 3)"
    verdict = diagnose("d/dx x*ln(x + 3)", [line, wrong])[-1]
    assert parse(line).at(verdict.path) == verdict.slips[0].before == parse("ln(x + 3)")
