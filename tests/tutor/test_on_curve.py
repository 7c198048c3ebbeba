"""Answers about curves are judged on the curve: what is equal there is right, and what differs is shown there."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive
from derive.tutor import check


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("x*y = 1, dy/dx", "-1/x^2"),
        ("x*y = 1, dy/dx", "-y^2"),
        ("x^2 + y^2 = 25, d^2y/dx^2", "-25/y^3"),
        ("sqrt(x) + sqrt(y) = a, dy/dx", "-(a - sqrt(x))/sqrt(x)"),
        ("e^y + x = 3, dy/dx", "1/(x - 3)"),
        ("x^3 + y^3 = 6x y, dy/dx", "(2y - x^2)/(y^2 - 2x)"),
    ],
)
def test_what_is_equal_on_the_curve_is_right(problem: str, answer: str) -> None:
    verdict = check(problem, answer)
    assert verdict.verdict == "correct", verdict


@pytest.mark.parametrize(
    ("problem", "answer", "side"),
    [
        ("x^2 + y^2 = 25, dy/dx", "-x/sqrt(25 - x^2)", "y > 0"),
        ("x^2 + y^2 = 25, dy/dx", "x/sqrt(25 - x^2)", "y < 0"),
        ("y^2 = x, dy/dx", "1/(2*sqrt(x))", "y > 0"),
    ],
)
def test_what_is_equal_on_one_branch_is_right_there(problem: str, answer: str, side: str) -> None:
    verdict = check(problem, answer)
    assert (verdict.verdict, [str(c) for c in verdict.conditions]) == ("under-conditions", [side])
    assert side in verdict.message("en")


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("x*y = 1, dy/dx", "1/x^2"),
        ("x^2 + y^2 = 25, dy/dx", "x/y"),
        ("x^2 + y^2 = 25, d^2y/dx^2", "-24/y^3"),
        ("x^3 + y^3 = 6x y, dy/dx", "(2y - x^2)/(y^2 - x)"),
    ],
)
def test_what_differs_is_shown_at_a_point_of_the_curve(problem: str, answer: str) -> None:
    verdict = check(problem, answer)
    assert verdict.verdict == "wrong"
    assert verdict.witness is not None
    point = {name: Fraction(value) for name, value in verdict.witness.at.items()}
    left, right = derive.parse(problem.split(",")[0]).arguments
    values = [derive.evaluate(side, point) for side in (left, right)]
    assert abs(float(values[0]) - float(values[1])) < 1e-5, verdict.witness


def test_a_jump_is_no_point_of_a_curve() -> None:
    assert check("floor(y) + x = 5/2, dy/dx", "7*x").verdict != "correct"


def test_letters_that_the_curve_does_not_have_are_not_taken_for_its_own() -> None:
    assert check("x*y = 1, dy/dx", "-k/x^2").verdict == "wrong"
