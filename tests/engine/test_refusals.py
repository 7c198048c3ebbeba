"""Refusals: outcome "stuck" names the smallest part and says why, in both languages; what was worked out stands."""

from __future__ import annotations

import re

import pytest

import derive
from derive.cli import main
from derive.explain.catalog import Segments
from derive.explain.words import outcome
from tests.engine.replay import check_trace

REFUSALS = """
d/dx 0^x                                        empty-domain            0^x
d/dx (-2)^x                                     empty-domain            (-2)^x
d/dx ln(0)*x                                    empty-domain            ln(0)
d/dx sqrt(-1)*x                                 empty-domain            sqrt(-1)
d/dx x + sqrt(-1 - x^2)                         empty-domain            sqrt(-1 - x^2)
d/dx x*ln(-x^2)                                 empty-domain            ln(-x^2)
d/dx sin(asin(2 + x^2))                         empty-domain            asin(2 + x^2)
d/dx atanh(sqrt(x^2 + 2))                       empty-domain            atanh(sqrt(x^2 + 2))
d/dx ln(x) + ln(-x)                             empty-domain            ln(x) + ln(-x)
d/dx sqrt(x - 1) + sqrt(-x)                     empty-domain            sqrt(x - 1) + sqrt(-x)
d/dx x/0                                        empty-domain            x/0
d/dx x*tan(pi/2)                                empty-domain            tan(pi/2)
d/dx x*gamma(-1)                                empty-domain            gamma(-1)
d/dx log(x, 1)                                  empty-domain            log(x, 1)
d/dx ln(sin(x) - 2)                             empty-domain            ln(sin(x) - 2)
d/dx piecewise(asin(2), x < 0, ln(-1))          empty-domain            piecewise(asin(2), x < 0, ln(-1))
d/dx x*acosh(cos(x))                            nowhere-differentiable  acosh(cos(x))
d/dx abs(x) + x*acosh(cos(x))                   nowhere-differentiable  acosh(cos(x))
d/dx sqrt(-x^2)                                 nowhere-differentiable  sqrt(-x^2)
d/dx int_0^x ln(t) dt                           improper-integral       integral(ln(t), t, 0, x)
d/dx int_0^1 t^x dt                             improper-integral       integral(t^x, t, 0, 1)
d/dx polygamma(x, 2)                            no-rule                 d/dx(polygamma(x, 2))
d/dx x^2*polygamma(x, 2)                        no-rule                 d/dx(polygamma(x, 2))
d^(1/2)/dx^(1/2) x^2                            no-rule                 d^(1/2)/dx^(1/2)(x^2)
d^n/dx^n tan(x)                                 no-rule                 d^n/dx^n(tan(x))
d/dx abs(x) at x = 0                            no-derivative           at(d/dx(abs(x)), x = 0)
d/dx max(x, -x) at x = 0                        no-derivative           at(d/dx(max(x, -x)), x = 0)
d/dx piecewise(x, x < 1, x^2) at x = 1          no-derivative           at(d/dx(piecewise(x, x < 1, x^2)), x = 1)
d/dx floor(x) at x = 2                          jump                    at(d/dx(floor(x)), x = 2)
d/dx piecewise(x, x < 1, x + 1) at x = 1        jump                    at(d/dx(piecewise(x, x < 1, x + 1)), x = 1)
d/dx x^(1/3) at x = 0                           vertical-tangent        at(d/dx(x^(1/3)), x = 0)
d/dx asin(x) at x = 1                           vertical-tangent        at(d/dx(asin(x)), x = 1)
d/dx sqrt(abs(x)) at x = 0                      vertical-cusp           at(d/dx(sqrt(abs(x))), x = 0)
d/dx 1/x at x = 0                               not-defined-there       at(d/dx(1/x), x = 0)
d/dx ln(x) at x = -1                            not-defined-there       at(d/dx(ln(x)), x = -1)
d/dx ln(x*y) at x = -1, y = 1                   not-defined-there       at(d/dx(ln(x*y)), x = -1, y = 1)
d/dx piecewise(sin(1/x), x != 0, 0) at x = 0    undecided-there         at(d/dx(piecewise(sin(1/x), x != 0, 0)), x = 0)
"""

ROWS = [re.split(r" {2,}", line) for line in REFUSALS.strip().splitlines()]


def test_there_are_many() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("problem", "reason", "part"), ROWS)
def test_refusals(problem: str, reason: str, part: str) -> None:
    d = derive.solve(problem)
    assert (d.outcome.kind, d.outcome.reason, str(d.outcome.part)) == ("stuck", reason, part)
    check_trace(d, d.problem)


@pytest.mark.parametrize(("problem", "reason", "part"), ROWS)
def test_the_reason_is_said(problem: str, reason: str, part: str) -> None:
    d = derive.solve(problem)
    said = {language: text_of_all(outcome(d.outcome, language)) for language in ("en", "ko")}
    assert re.search(r"[a-z]{2} [a-z]{2}", said["en"])
    assert re.search(r"[가-힣]{2}", said["ko"])
    assert reason not in said["en"], "a reason is told in words, not by its name"
    again = derive.Derivation.from_json(d.to_json())
    assert (again.outcome.reason, again.outcome.part, again.findings) == (reason, d.outcome.part, d.findings)
    assert part


def text_of_all(lines: tuple[Segments, ...]) -> str:
    return " ".join(str(s.content) for line in lines for s in line)


@pytest.mark.parametrize("problem", ["d/dx atanh(sqrt(x^2 + 2))", "d/dx abs(x) at x = 0", "d/dx polygamma(x, 2)"])
def test_the_command_says_so(problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([problem]) == 1
    assert main([problem, "--lang", "ko"]) == 1
    assert "Traceback" not in capsys.readouterr().out


def test_what_was_worked_out_stands() -> None:
    d = derive.solve("d/dx x^2*polygamma(x, 2)")
    assert str(d.result) == "2*x*polygamma(x, 2) + x^2*d/dx(polygamma(x, 2))"
    assert [step.rule for step in d.steps][:2] == ["derivative.product", "derivative.power"]


def test_unknown_words_are_refused_when_read() -> None:
    for problem in ("d/dA ln det A", "d/dx frobnicate(x)", "integral of x^2"):
        with pytest.raises(derive.DeriveError):
            derive.solve(problem)


def test_a_piece_without_a_value_refuses_nothing() -> None:
    d = derive.solve("simplify piecewise(x^2 - x^2, x < 0, 1/(x - x))")
    assert (d.outcome, str(d.result)) == ("done", "piecewise(0, x < 0, 1/0)")


def test_a_division_by_0_that_shows_itself_on_the_way_is_refused() -> None:
    assert derive.solve("∂/∂x (x^(2/3)/(x - x) + y)").outcome.reason == "empty-domain"
