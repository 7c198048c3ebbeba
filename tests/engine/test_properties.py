"""Every derivation of a random expression is contiguous, keeps its value, and ends without operators."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Derivative, Expression, Number, Symbol, make
from derive.notation import parse, text
from derive.numeric import compare
from derive.trace import Derivation
from tests.engine.replay import check_trace
from tests.strategies import differentiable

X, Y = Symbol((), "x"), Symbol((), "y")
BASIC = ("sin", "cos", "tan", "exp", "ln", "sqrt", "atan", "abs", "sinh", "cbrt")
functions_of_x = differentiable(("x",), abstract=("f",), max_leaves=7)
functions_of_xy = differentiable(("x", "y"), parameters=("a",), functions=BASIC, max_leaves=6)
small_functions = differentiable(("x",), functions=BASIC, max_leaves=4)


def operator(e: Expression, *variables: Expression, partial: bool = False) -> Expression:
    """d/dx or a mixed partial derivative of e, the first variable first."""
    arguments: list[Expression] = [e]
    for x in reversed(variables):
        arguments += [x, Number((), 1)]
    return make(Derivative, tuple(arguments), partial)


def finished(d: Derivation) -> bool:
    """Whether nothing is left to be done: it is worked out, or a rule's condition never holds: (-1)^x, sqrt(x - x)."""
    return d.outcome == "done" or d.outcome.reason in ("empty-domain", "nowhere-differentiable", "rules-never-hold")


def relations(d: Derivation) -> list[Expression]:
    """The conditions of the result that are single relations."""
    return [c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1 and not c.never]


def check_values(d: Derivation) -> None:
    """Where the conditions hold, every state has the value of the one before."""
    known = relations(d)
    for index, step in enumerate(d.steps):
        seen = compare(d.states[index], d.states[index + 1], points=6, conditions=known)
        where = f"step {index + 1}, {step.rule}: {text(d.states[index])}  →  {text(d.states[index + 1])}"
        assert seen.verdict != "different", f"{where}: {seen.witness} {seen.reason}"
        assert seen.narrower is None, f"{where} has no value at {seen.narrower}"


def check_result(d: Derivation) -> None:
    """Where the conditions hold, the result is what the power series of the input says."""
    seen = compare(d.problem, d.result, points=8, conditions=relations(d))
    assert seen.verdict != "different", f"{text(d.problem)} = {text(d.result)}: {seen.witness} {seen.reason}"
    assert seen.narrower is None, f"{text(d.problem)} = {text(d.result)} has no value at {seen.narrower}"


@given(functions_of_x)
@example(parse("x^2*sin(3*x)"))
@example(parse("sqrt(x + sqrt(x + sqrt(x)))"))
@example(parse("x^x"))
@example(parse("abs(x)*abs(x)"))
def test_ordinary(e: Expression) -> None:
    d = derive.differentiate(e, "x")
    check_trace(d, operator(e, X))
    assert finished(d)
    check_result(d)


@given(small_functions)
@settings(max_examples=60 if settings.default.max_examples <= 100 else settings.default.max_examples)
def test_every_state_has_the_same_value(e: Expression) -> None:
    check_values(derive.differentiate(e, "x"))


@given(functions_of_xy)
def test_partial(e: Expression) -> None:
    d = derive.differentiate(e, "x")
    check_trace(d, d.problem)
    assert finished(d)
    check_result(d)


@given(differentiable(("x", "y"), functions=BASIC, max_leaves=4), st.sampled_from([(X, X), (X, Y), (Y, X)]))
@settings(max_examples=40 if settings.default.max_examples <= 100 else settings.default.max_examples)
def test_second_order(e: Expression, variables: tuple[Expression, Expression]) -> None:
    d = derive.differentiate(e, *[v.label for v in variables])  # type: ignore[misc]
    check_trace(d, d.problem)
    assert finished(d)
    check_result(d)


@given(differentiable(("x", "y"), functions=BASIC, max_leaves=8))
def test_simplifying(e: Expression) -> None:
    d = derive.simplify(e)
    check_trace(d, e)
    check_result(d)


@given(small_functions)
@settings(max_examples=40 if settings.default.max_examples <= 100 else settings.default.max_examples)
def test_result_is_tidy(e: Expression) -> None:
    """What is printed as the answer has nothing left to tidy, and nothing is written twice."""
    result = derive.differentiate(e, "x").result
    assert derive.simplify(result).steps == ()


@pytest.mark.parametrize("source", ["d/dx(x^2)", "d/dx(x*sin(x))", "∂^2/∂x∂y(x^2*y^3)", "d^3/dx^3(x^5)"])
def test_solve_reads_the_problem(source: str) -> None:
    d = derive.solve(source)
    check_trace(d, parse(source))
    assert finished(d)
