"""Verdicts on answers: right ones in any form, wrong ones with their mistake and a point that shows it."""

from __future__ import annotations

import pytest

from derive import evaluate
from derive.errors import ReadError
from derive.tutor import Verdict, check

RIGHT = [
    ("d/dx x^2*sin(x)", "x^2*cos(x) + 2x*sin(x)"),
    ("d/dx sin(x^2)", "2x·cos(x²)+0"),
    ("d/dx sin(x^2)", r"2x\cos\left(x^2\right)"),
    ("d/dx (2x+1)^2", "8x + 4"),
    ("d/dx (2x+1)^2", "f'(x) = 4(2x+1)"),
    ("d/dx tan(x)", "1/cos(x)^2"),
    ("d/dx tan(x)", "y' = 1 + tan(x)^2"),
    ("d/dx ln(abs(x))", "1/x"),
    ("d/dx x^x", "x^x*(ln x + 1)"),
    ("gradient x^2*y", "(2xy, x^2)"),
    ("gradient x^2*y", "[2xy, x^2]"),
    ("tangent to x^2 at x = 1", "y = 2x - 1"),
    ("tangent to x^2 at x = 1", "2x - 1"),
    ("x^2 + y^2 = 1, dy/dx", "dy/dx = -x/y"),
    ("f(x) = x^2 + 1; f'(2)", "4"),
    ("d/dx y(x)^2", "2 y y'"),
    ("V = pi r^2; dV/dt", "2 pi r dr/dt"),
    ("lim x->0 1/x", "does not exist"),
    ("d/dx abs(x) at 0", "DNE"),
]
WRONG = [
    ("d/dx sin(3x)", "cos(3x)", "sin-inner-left-out"),
    ("d/dx x^2*sin(x)", "2x*cos(x)", "product-of-derivatives"),
    ("d/dx sin(x)/x", "(sin(x) - x*cos(x))/x^2", "quotient-order-swapped"),
    ("d/dx sin(x)/x", "(x*cos(x) + sin(x))/x^2", "quotient-plus"),
    ("d/dx x^5", "5x^5", "exponent-not-lowered"),
    ("d/dx x^5", "x^4", "exponent-not-brought-down"),
    ("d/dx x^5", "x^6/6", "integrated-power"),
    ("d/dx cos(x)", "sin(x)", "cos-wrong-sign"),
    ("d/dx (x^3 + 5)", "3x^2 + 5", "constant-term-kept"),
    ("d/dx 2^x", "2^x", "logarithm-of-base-forgotten"),
    ("∂/∂x x^2*y", "x^2", "other-variable"),
    ("gradient x^2*y", "[[2xy], [x^2]]", "gradient-as-column"),
    ("tangent to x^2 at x = 1", "2x + 1", "tangent-step-from-zero"),
]


def test_a_problem_given_back_is_not_finished() -> None:
    assert check("simplify (x^2 - 1)/(x - 1)", "(x^2 - 1)/(x - 1)").verdict == "not-in-form"
    assert check("simplify (x^2 - 1)/(x - 1)", "1 + x").verdict == "correct"
    assert check("simplify x + 1", "x + 1").verdict == "correct"


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_right_in_any_form(problem: str, answer: str) -> None:
    verdict = check(problem, answer)
    assert verdict.verdict == "correct", verdict
    assert verdict.evidence is not None
    assert bool(verdict)


@pytest.mark.parametrize(("problem", "answer", "mistake"), WRONG)
def test_wrong_with_its_mistake(problem: str, answer: str, mistake: str) -> None:
    verdict = check(problem, answer)
    assert verdict.verdict == "wrong"
    assert mistake in [slip.mistake for slip in verdict.slips], verdict
    for language in ("en", "ko"):
        assert len(verdict.message(language)) > 20


def test_two_mistakes_are_both_found() -> None:
    verdict = check("d/dx sin(3x)*e^(2x)", "cos(3x)*e^(2x) + sin(3x)*e^(2x)")
    assert [slip.mistake for slip in verdict.slips] == ["sin-inner-left-out", "exponential-inner-left-out"]


def test_a_witness_is_simple_and_true() -> None:
    verdict = check("d/dx x^2", "3x")
    assert verdict.witness is not None
    assert verdict.witness.at == {"x": "2"}
    assert float(verdict.witness.right) == evaluate("2x", {"x": 2})
    assert float(verdict.witness.answer) == evaluate("3x", {"x": 2})


@pytest.mark.parametrize(
    ("problem", "answer", "whole"),
    [
        ("d/dx ln(x)*x", "x^2*ln(x)/2 - x^2/4", "integrated"),
        ("d/dx x^3", "9x^2", "factor"),
        ("d/dx x^3", "3x^2 + 7", "constant"),
        ("f(x) = x^2; f'(3)", "9", "function"),
        ("d/dx atan(x)", "1/(1 + x^2) + C", "letter"),
        ("gradient x^2*y", "2xy", "shape"),
        ("d/dx x^2", "[2x, 0]", "shape"),
        ("lim x->0 sin(x)/x", "does not exist", "exists"),
        ("lim x->0 1/x", "0", "absent"),
    ],
)
def test_what_is_wrong_as_a_whole(problem: str, answer: str, whole: str) -> None:
    verdict = check(problem, answer)
    assert verdict.verdict == "wrong"
    assert verdict.whole == whole or verdict.slips


def test_right_for_another_reading() -> None:
    assert check("d/dx 1/2x", "-1/(2x^2)").verdict == "other-reading"
    assert check("d/dx log(x)", "1/(x*ln(10))").verdict == "other-reading"
    assert check("d/dx (x+1)/(x^2+1)", "(x^2 + 1 - 2x(x+1))/(x^2+1)^2").verdict == "other-reading"


def test_right_under_conditions() -> None:
    verdict = check("d/dx abs(x)", "1")
    assert verdict.verdict == "under-conditions"
    assert [str(c) for c in verdict.conditions] == ["x > 0"]
    assert not verdict


def test_not_finished() -> None:
    verdict = check("d/dx x^2*sin(x)", "2x*sin(x) + x^2*d/dx(sin(x))")
    assert verdict.verdict == "not-in-form"
    assert "derivative.sin" in verdict.left
    assert verdict.correct


@pytest.mark.parametrize("answer", ["", "2x+", "sine(x)", "(x", "2**"])
def test_bad_input_is_an_error_with_its_place(answer: str) -> None:
    with pytest.raises(ReadError) as found:
        check("d/dx x^2", answer)
    assert found.value.line == 1


def test_a_verdict_as_data() -> None:
    data = check("d/dx sin(3x)", "cos(3x)").to_dict("ko")
    assert data["verdict"] == "wrong"
    assert data["slips"][0]["mistake"] == "sin-inner-left-out"
    assert data["slips"][0]["right"]["text"] == "cos(3*x)*d/dx(3*x)"
    assert data["witness"]["at"] == {"x": "2"}


def test_the_other_shape_is_wrong_without_a_point() -> None:
    verdict = check("gradient x^2*y", "x^2")
    assert verdict.verdict == "wrong"
    assert verdict.whole == "shape"
    assert verdict.witness is None


def test_undefined_everywhere() -> None:
    assert check("d/dx x^2", "2x + 1/0").whole == "undefined"
    assert check("d/dx ln(x^0)", "1/0").whole == "undefined"
    assert check("d/dx 5", "ln(-1)").whole == "undefined"


def test_a_wrong_verdict_is_false_and_says_so() -> None:
    assert not Verdict("wrong")
