"""Claims about chain rules: which term is wrong, and what belongs there; signs, order and missing terms."""

from __future__ import annotations

import pytest

import derive
from derive import check_chain
from derive.cli import main

PROBLEM = "df/ds where f(x1, x2), x1(s, t), x2(s, t)"
CLAIM = "df/ds = ∂f/∂x1*∂x1/∂t + ∂f/∂x2*∂x2/∂s"


@pytest.mark.parametrize(
    ("problem", "claim"), [(CLAIM, None), (PROBLEM, CLAIM), (PROBLEM.replace("ds", "d(s,t)"), CLAIM)]
)
def test_one_wrong_term(problem: str, claim: str | None) -> None:
    found = check_chain(problem, claim)
    assert not found.correct
    (slip,) = found.slips
    assert slip.number == 1
    assert (str(slip.factor), str(slip.instead)) == ("∂/∂t(x_1(s, t))", "∂/∂s(x_1(s, t))")


@pytest.mark.parametrize(
    ("problem", "claim"),
    [
        (PROBLEM, "df/ds = ∂f/∂x2*∂x2/∂s + ∂x1/∂s*∂f/∂x1"),
        ("df/dt where f(t, x), x(t)", "df/dt = ∂f/∂t + ∂f/∂x*dx/dt"),
        (PROBLEM.replace("ds", "d(s,t)"), "[∂f/∂x1*∂x1/∂s + ∂f/∂x2*∂x2/∂s, ∂f/∂x1*∂x1/∂t + ∂f/∂x2*∂x2/∂t]"),
        ("d/dt f where f = x1^2 + 2*x2, x1 = sin(t), x2 = cos(t)", "sin(2*t) - 2*sin(t)"),
    ],
)
def test_right(problem: str, claim: str) -> None:
    assert check_chain(problem, claim).correct


def test_missing_extra_and_signs() -> None:
    (missing,) = check_chain(PROBLEM, "∂f/∂x2*∂x2/∂s").slips
    assert missing.found is None
    (extra,) = check_chain(PROBLEM, "∂f/∂x1*∂x1/∂s + ∂f/∂x2*∂x2/∂s + ∂x1/∂s").slips
    assert extra.wanted is None
    (sign,) = check_chain(PROBLEM, "∂f/∂x1*∂x1/∂s - ∂f/∂x2*∂x2/∂s").slips
    assert sign.number == 2


def test_a_wrong_value() -> None:
    found = check_chain("d/dt f where f = x^2, x = sin(t)", "2*cos(t)")
    assert not found.correct
    assert not found.slips
    assert str(found.result) == "sin(2*t)"


def test_claims_that_cannot_be_compared() -> None:
    with pytest.raises(derive.UsageError, match="begins with what it is about"):
        check_chain("∂f/∂x2*∂x2/∂s")
    with pytest.raises(derive.UsageError, match="2 entries"):
        check_chain(PROBLEM.replace("ds", "d(s,t)"), "∂f/∂x2*∂x2/∂s")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_command(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", CLAIM, "--lang", language]) == 1
    shown = capsys.readouterr().out
    assert "∂x₁/∂t" in shown
    assert "∂f/∂x₁·∂x₁/∂s" in shown
    assert main(["check", PROBLEM, "∂f/∂x1*∂x1/∂s + ∂f/∂x2*∂x2/∂s", "--lang", language]) == 0
