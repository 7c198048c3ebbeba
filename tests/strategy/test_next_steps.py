"""A strategy says the next steps of any expression, best first; the first ones lead where the engine goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import derive
from derive.expressions import Derivative, Expression, Number, Symbol, at, make, replace
from derive.notation import parse, text
from derive.rules import Facts
from derive.strategy import DIFFERENTIATION, RULES, TIDYING, first, innermost, next_steps, outermost, use
from tests.strategies import differentiable

X = Symbol((), "x")


def followed(problem: Expression, most: int = 400) -> Expression:
    """What the first next step leads to, again and again, each taken wherever it occurs."""
    state = problem
    facts = Facts()
    for _ in range(most):
        redex = next(next_steps(RULES.strategy, state, facts), None)
        if redex is None:
            return state
        assert at(state, redex.path) == redex.before
        state = replace(state, redex.before, redex.after)
    raise AssertionError(f"no end after {most} steps: {text(state)}")


@pytest.mark.parametrize(
    "source",
    [
        "x^2*sin(x)",
        "sqrt(1 - x^2)",
        "x^x",
        "ln(x)/x",
        "(x + 1)/(x - 1)",
        "e^(-x^2)",
        "atan(x/2)",
        "sin(x)^2 + cos(x)^2",
    ],
)
def test_first_steps_lead_to_the_result_of_the_engine(source: str) -> None:
    d = derive.differentiate(source, "x")
    assert text(followed(d.problem)) == text(d.result)


@given(differentiable(("x",), functions=("sin", "exp", "ln", "sqrt"), max_leaves=4))
@settings(max_examples=40 if settings.default.max_examples <= 100 else settings.default.max_examples)
def test_first_steps_end_without_operators(e: Expression) -> None:
    end = followed(make(Derivative, (e, X, Number((), 1)), False))
    assert not any(next_steps(RULES.strategy, end, Facts()))


def test_steps_are_found_lazily_and_best_first() -> None:
    steps = next_steps(RULES.strategy, parse("d/dx(x^2*sin(x))"), Facts())
    assert next(steps).rule.id == "derivative.product"


def test_outermost_takes_parents_first_and_innermost_children() -> None:
    state, facts = parse("sin(d/dx(x^2)) + d/dx(x)"), Facts()
    operators = use(*DIFFERENTIATION)
    outer = [r.path for r in next_steps(outermost(operators), state, facts)]
    inner = [r.path for r in next_steps(innermost(operators), state, facts)]
    assert outer[0] == (0, 0)
    assert inner[0] == (1,)
    assert sorted(outer) == sorted(inner)


def test_first_answers_with_the_first_strategy_that_has_steps() -> None:
    strategy = first(outermost(use(*DIFFERENTIATION)), innermost(use(*TIDYING)))
    kinds = {r.rule.id.split(".")[0] for r in next_steps(strategy, parse("d/dx(x) + 1*x"), Facts())}
    assert kinds == {"derivative"}
    assert next(next_steps(strategy, parse("1*x"), Facts())).rule.id == "product.one"
    assert next(next_steps(strategy, parse("x"), Facts()), None) is None


def test_no_rule_stands_twice_in_a_method() -> None:
    for rules in (DIFFERENTIATION, TIDYING):
        assert len({rule.id for rule in rules}) == len(rules)
