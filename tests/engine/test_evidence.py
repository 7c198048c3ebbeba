"""A wrong rule is found out: "unsound", with the step that changed the value; the evidence says what was seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

import derive
from derive.engine import evidence
from derive.engine.assemble import derivation
from derive.engine.evidence import changed_step
from derive.errors import UsageError
from derive.expressions import Expression
from derive.notation import parse
from derive.numeric import judge, verify
from derive.numeric.identities import identical
from derive.rules import Rule, registry
from derive.strategy import Method
from derive.strategy.combinators import use
from derive.strategy.methods import DIFFERENTIATION, RULES, TIDYING
from derive.trace import Derivation

Right = str | Callable[..., Expression | None]
WRONG: list[tuple[str, Right, str]] = [
    ("derivative.power", "?n*?x^?n", "d/dx(x^5 + sin(x))"),
    ("derivative.product", "d/d?x(?u)*?v - ?u*d/d?x(?v)", "d/dx(x^2*sin(3*x))"),
    ("derivative.product", "d/d?x(?u)*d/d?x(?v)", "d/dx(x^2*exp(x))"),
    ("derivative.chain-sin", "cos(?u)", "d/dx(x*sin(x^2) + cos(x))"),
    ("derivative.quotient", "(d/d?x(?u)*?v + ?u*d/d?x(?v))/?v^2", "d/dx(sin(x)/(x + 2))"),
    ("derivative.chain-ln", "1/?u", "d/dx(ln(x^2 + 1))"),
    ("derivative.linear", lambda m: parse("7"), "d/dx(3*x + sin(x))"),
]


def method_with(wrong: Rule) -> Method:
    """The usual method, with one rule replaced."""
    swap = {wrong.id: wrong}
    operators = [swap.get(rule.id, rule) for rule in DIFFERENTIATION]
    tidying = [swap.get(rule.id, rule) for rule in TIDYING]
    return replace(RULES, operators=use(*operators), tidying=use(*tidying))


def worked(id: str, rhs: Right, problem: str) -> Derivation:
    wrong = replace(registry()[id], rhs=rhs, mistakes=())
    return derivation("differentiate", parse(problem), method_with(wrong))


@pytest.mark.parametrize(("id", "rhs", "problem"), WRONG)
def test_a_wrong_rule_is_found_out(id: str, rhs: Right, problem: str) -> None:
    d = worked(id, rhs, problem)
    assert (d.outcome.kind, d.outcome.reason) == ("unsound", "unsound")
    assert d.outcome.step is not None
    assert d.steps[d.outcome.step].rule == id
    assert d.outcome.part == d.steps[d.outcome.step].before
    assert d.verification.verdict == "disagrees"
    assert d.verification.witness is not None


def test_the_wrong_step_is_found_by_halving(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def differ(a: Expression, b: Expression, point: dict[str, str]) -> bool | None:
        compared.append(point)
        return judge.differ_at(a, b, point)

    monkeypatch.setattr("derive.numeric.differ_at", differ)
    monkeypatch.setattr(evidence, "_first_of", lambda *_: pytest.fail("step after step was looked at"))
    d = worked("derivative.chain-sin", "cos(?u)", "d/dx(x + x^2 + x^3 + x^4 + x^5 + x*sin(x^2) + x^6)")
    assert d.outcome.step is not None
    assert d.steps[d.outcome.step].rule == "derivative.chain-sin"
    assert len(compared) <= len(d.steps).bit_length() + 1


def test_an_unsound_result_is_not_shown_as_an_answer() -> None:
    d = worked(*WRONG[0])
    result = d.result.unicode()
    for language, heading in (("en", "No answer"), ("ko", "답이 없음")):
        for kind in ("text", "unicode", "latex", "markdown", "html"):
            page = d.render(kind, language=language)
            assert heading in page, kind
            assert "Answer" not in page.replace("No answer", "")
        last = d.render("unicode", language=language).split(heading)[1]
        assert result not in last
    told = json.loads(d.to_json())["outcome"]
    assert (told["kind"], told["step"]) == ("unsound", d.outcome.step)
    assert Derivation.from_json(d.to_json()).outcome.step == d.outcome.step


def test_a_wrong_step_that_another_one_undoes_is_found_when_it_is_looked_for() -> None:
    """d/dx(x^3) → -(3*x^2) → 3*x^2: the result is right, the way is not."""
    power = replace(registry()["derivative.power"], rhs="-(?n*?x^(?n - 1))", mistakes=())
    undo = Rule("wrong.sign", "-(?u*?v)", "?u*?v")
    method = replace(RULES, operators=use(power), tidying=use(undo, *TIDYING))
    assert derivation("differentiate", parse("d/dx(x^3)"), method).outcome == "done"
    d = derivation("differentiate", parse("d/dx(x^3)"), method).verified("thorough")
    assert d.outcome == "unsound"
    assert d.outcome.step == 0


def test_nothing_is_judged_where_that_is_asked_for() -> None:
    d = worked(*WRONG[0]).verified("off")
    assert d.outcome == "done"
    assert (d.verification.verdict, d.verification.verify, d.verification.points) == ("unchecked", "off", ())


def test_a_sound_derivation_has_no_changed_step() -> None:
    assert changed_step(derive.solve("d/dx x^2*sin(x)")) is None


@pytest.mark.parametrize("mode", ["quick", "thorough"])
def test_what_was_seen(mode: str) -> None:
    v = derive.solve("d/dx x^2*ln(x)", verify=mode).verification  # type: ignore[arg-type]
    assert v.verdict == "agrees"
    assert v.verify == mode
    assert len(v.points) == len(v.residuals) >= (40 if mode == "thorough" else 12)
    assert v.digits >= (60 if mode == "thorough" else 30)
    assert all("+/-" in r or r == "0" for r in v.residuals)
    assert v.rejected >= len(v.rejects) > 0
    assert all(r.reason == "x > 0 does not hold" for r in v.rejects)
    assert v.steps == (len(derive.solve("d/dx x^2*ln(x)").steps) if mode == "thorough" else 0)


def test_every_door_takes_the_mode() -> None:
    for d in (
        derive.differentiate("x^3", "x", verify="off"),
        derive.simplify("x + x", verify="off"),
        derive.gradient("x*y", ["x", "y"], verify="off"),
        derive.jacobian(["x*y", "x"], ["x", "y"], verify="off"),
        derive.hessian("x*y", ["x", "y"], verify="off"),
        derive.chain("f(u)", {"u": "x^2"}, ["x"], verify="off"),
    ):
        assert d.verification.verify == "off"
    with pytest.raises(UsageError, match="quick, thorough or off"):
        derive.solve("d/dx x", verify="some")  # type: ignore[arg-type]


EXACT = [
    ("d/dx((x^2 + 1)^3)", "6*x*(x^2 + 1)^2", True),
    ("d/dx((x^2 + 1)^3)", "6*x*(x^2 + 1)^3", False),
    ("d/dx(1/(x - 1))", "-(1/(x - 1)^2)", True),
    ("d/dx(1/(x - 1))", "1/(x - 1)^2", False),
    ("∂^2/∂x∂y(x^2*y^3)", "6*x*y^2", True),
    ("d/dx(pi*x^2)", "2*pi*x", True),
    ("d/dx(pi*x^2)", "2*e*x", False),
    ("gradient(x^2*y, x, y)", "[[2*x*y, x^2]]", True),
    ("hessian(x/y, x, y)", "[[0, -1/y^2], [-1/y^2, 2*x/y^3]]", True),
    ("(x^2 - 1)/(x - 1)", "x + 1", True),
    ("d/dx(sin(x))", "cos(x)", None),
    ("d/dx(x^n)", "n*x^(n - 1)", None),
    ("d/dx((x + 1)^1000)", "1000*(x + 1)^999", None),
    ("((2^199)^199)^199", "1", None),
    ("1/(x - x)", "1", None),
]


@pytest.mark.parametrize(("problem", "result", "same"), EXACT)
def test_rational_functions_are_compared_exactly(problem: str, result: str, same: bool | None) -> None:
    a, b = (parse(t, names=["gradient", "hessian"]) for t in (problem, result))
    assert identical(a, b) is same


def test_what_is_exact_says_so() -> None:
    v = verify(parse("d/dx(x^5)"), parse("5*x^4"))
    assert v.exact
    assert v.method.startswith("exact identity of rational functions; series of the input")
    assert not verify(parse("d/dx(sin(x))"), parse("cos(x)")).exact
