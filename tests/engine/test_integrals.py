"""Integrals and sums as problems: conditions on bound letters, refusals, words, and every state of the same value."""

from __future__ import annotations

import re

import pytest

import derive
from derive.expressions import symbols
from derive.numeric import verify
from tests import golden

CONDITIONS = [
    ("d/dx int_1^x 1/t dt", ["x > 0"]),
    ("d/dx int_(-1)^x 1/t dt", ["x < 0"]),
    ("d/dx int_1^x ln(t)/(t - 3) dt", ["x > 0", "x < 3"]),
    ("d/dx int_0^1 1/(1 + t) dt", []),
    ("d/dx int_0^1 ln(x + t) dt", ["x + t > 0 for t between 0 and 1"]),
    ("d/dx int_0^x floor(t) dt", ["x != floor(x)"]),
    ("d/dx int_0^x abs(t) dt", []),
    ("d/dx int_y^x 1/t dt", ["y*x > 0"]),
    ("d/dx sum_(k=1)^n x^k", []),
    ("d/dx sum_(k=0)^n x^k/k!", []),
    ("d/dx sum_(k=m)^n x^k", ["x != 0"]),
    ("d/dx sum_(k=m)^n x/k", ["k != 0 for k between m and n"]),
    ("d/dx sum_(k=1)^n x^(k/2)", ["x > 0"]),
    ("d/dx sum_(k=2)^n x/(k - 1)", []),
]
STUCK = [
    ("d/dx sum_(k=1)^x k", "whole-number", "d/dx(sum(k, k, 1, x))"),
    ("d/dn sum_(k=1)^n k^2", "whole-number", "d/dn(sum(k^2, k, 1, n))"),
]
PROBLEMS = [b[0][2:] for name in ("integrals", "summations") for b in golden.blocks(golden.FOLDER / f"{name}.txt")]
IMPLICIT = frozenset(p for p in PROBLEMS if "dy/dx" in p)


@pytest.mark.parametrize(("problem", "conditions"), CONDITIONS)
def test_conditions_on_bound_letters(problem: str, conditions: list[str]) -> None:
    d = derive.solve(problem)
    assert sorted(str(c) for c in d.conditions) == sorted(conditions)
    for c in d.conditions:
        bound = {str(c.along[0].label)} if c.along else set()
        assert {n for a in c.alternatives for n in symbols(a)} <= symbols(d.problem) | bound


@pytest.mark.parametrize(("problem", "reason", "part"), STUCK)
def test_a_bound_of_a_sum_cannot_change_a_little(problem: str, reason: str, part: str) -> None:
    d = derive.solve(problem)
    assert (d.outcome.kind, d.outcome.reason, str(d.outcome.part)) == ("stuck", reason, part)
    assert "whole numbers" in d.render("text")
    assert "정수" in d.render("text", language="ko")


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_state_has_the_value_of_the_problem(problem: str) -> None:
    d = derive.solve(problem)
    relations = tuple(c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1 and c.along is None)
    for state in d.states[1:] if problem not in IMPLICIT else [d.result]:
        assert verify(d.problem, state, conditions=relations, seconds=1.0).verdict != "disagrees", str(state)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_stored_and_read_back(problem: str) -> None:
    d = derive.solve(problem)
    again = derive.Derivation.from_json(d.to_json())
    assert again.result == d.result
    assert [str(c) for c in again.conditions] == [str(c) for c in d.conditions]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["text", "unicode", "latex", "markdown", "html"])
def test_pages(form: str, language: str) -> None:
    for problem in ("d/dx int_0^(x^2) sin(x t) dt", "d/dx int_0^1 ln(x + t) dt", "d/dx sum_(k=0)^n x^k/k!"):
        page = derive.solve(problem).render(form, language=language, detail="full")
        assert not re.search(r"(derivative|integral|summation|condition)\.[a-z]", page), "a word is missing"


def test_nested_integrals_keep_their_letters_apart() -> None:
    d = derive.solve("d/dx int_0^x int_0^t x*s*t ds dt")
    assert d.outcome == "done"
    assert symbols(d.result) == {"x"}
    d = derive.solve("d/dt int_0^t int_0^s t*u du ds")
    assert symbols(d.result) == {"t"}
    assert d.verification.verdict != "disagrees"


def test_the_same_letter_runs_and_stands() -> None:
    d = derive.solve("d/dx (x*int_0^x x^2 dx)")
    assert str(d.result) == "integral(x^2, x, 0, x) + x^3"
    assert d.verification.verdict == "agrees"


def test_put_in_does_not_touch_what_runs() -> None:
    d = derive.solve("d/dx int_0^x sin(x*t) dt at x = t^2")
    assert "integral(s*cos(t^2*s), s, 0, t^2)" in str(d.result) or "integral(s*cos(s*t^2), s, 0, t^2)" in str(d.result)


@pytest.mark.parametrize("text", ["int_0^x sin(t) dt", "x + sum_(k=1)^9 x^k"])
def test_they_are_not_compiled(text: str) -> None:
    with pytest.raises(derive.UnsupportedError, match="are not compiled"):
        derive.compile(text, ["x"], target="python")
