"""Reverse mode: the same gradient as entry by entry, a step an edge; what it costs is in test_reverse_cost.py."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import derive
from derive.expressions import Expression, Matrix, Product, Sum, make, natural, power, symbol
from derive.numeric import compare
from derive.rules import Facts, apply, registry
from tests.engine.large_functions import rosenbrock
from tests.engine.replay import check_trace
from tests.strategies import differentiable

NAMES = ("x", "y", "z")
FUNCTIONS = ("sin", "cos", "exp", "ln", "sqrt", "tan", "atan", "abs", "tanh", "f")
SEARCH = settings(
    max_examples=40 if settings.default.max_examples <= 100 else settings.default.max_examples,
    suppress_health_check=[*HealthCheck],
    deadline=None,
)
PROBLEMS = [
    "x^2*y + sin(x*y)", "x", "7", "x^x*y", "sign(x)*abs(x*y)", "x*x*x*y/x", "floor(x*y)*(x - x + 3*y) + y^0",
    "max(x, y, x*y)*piecewise(x, x < 0, y)", "ln(sqrt(x) + y^a)", "f(x, y)*g(x*y)", "e^(e^(-x*y))", "atan2(x, 2)/y",
    "2*(3*x)*(-4*y)*a*b*c*x", "x^(1/2) + y^(-3) + x^0.5", "log_2(x)*mod(x, y)", "root(x, 3)*cbrt(y)", "x!*y",
    "x*y*z*u*x*y*sin(x)*2*cos(y)*3*a", "(x + y)^2/(x*y + 1)^(1/3)", "1 + (1 + 1)*x + (2 - x) - (x - 2)",
    "v_1*sin(x*v_1)", "asin(x*y)*tan(x)", "x*y + x*y + cos(x*y)", "-(-(x))*y", "ln(e^x + e^y + e^z)", "0*(x*y) + x",
]  # fmt: skip


def replayed(d: derive.Derivation) -> None:
    """Each state comes from the one before by the step alone, and each edge is what its rule says."""
    check_trace(d, d.problem)
    for step in d.steps:
        if step.rule.startswith("edge."):
            found = apply(registry()[step.rule], step.before, Facts())
            assert found is not None, f"{step.rule} does not fit {step.before}"
            assert found[0] == step.after
        elif step.rule == "sweep.names":
            found = apply(registry()[step.rule], step.before, Facts())
            assert found is not None
            assert found[0] == step.after


@pytest.mark.parametrize("f", PROBLEMS)
def test_a_sweep_is_a_derivation(f: str) -> None:
    d = derive.gradient(f, ["x", "y"], method="reverse")
    assert d.outcome == "done"
    assert d.method == "reverse"
    replayed(d)
    assert d.verification.verdict == "agrees"
    forward = derive.gradient(f, ["x", "y"])
    relations = [c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1 and not c.never]
    seen = compare(forward.result, d.result, points=8, conditions=relations)
    assert seen.verdict == "equal", seen


@SEARCH
@given(differentiable(NAMES, parameters=("a",), functions=FUNCTIONS, max_leaves=12))
def test_any_function(f: Expression) -> None:
    d = derive.gradient(f, NAMES, method="reverse")
    assert d.outcome != "budget"
    replayed(d)
    relations = [c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1 and not c.never]
    seen = compare(d.problem, d.result, points=6, conditions=relations)
    assert seen.verdict != "different", f"{f}: {seen}"


@SEARCH
@given(differentiable(("x", "y"), functions=("sin", "exp", "tanh", "atan"), max_leaves=8))
def test_every_state_has_the_same_value(f: Expression) -> None:
    d = derive.gradient(f, ["x", "y"], method="reverse")
    for state in d.states[1:]:
        seen = compare(d.problem, state, points=3)
        assert seen.verdict != "different", f"{f}: {state} {seen}"


def test_a_budget_ends_a_sweep_where_it_is() -> None:
    f = "x*sin(x*y)*cos(x)*e^(x*y)"
    whole = derive.gradient(f, method="reverse")
    for steps in (1, 2, 5, 9):
        d = derive.gradient(f, method="reverse", limits=derive.Limits(steps=steps))
        assert d.outcome == "budget"
        assert d.outcome.limit == "steps"
        assert len(d.steps) == steps
        check_trace(d, d.problem)
        assert [s.rule for s in d.steps] == [s.rule for s in whole.steps[:steps]]
        assert compare(d.problem, d.result).verdict == "equal"
    assert derive.gradient(f, method="reverse", limits=derive.Limits(nodes=5)).outcome.limit == "nodes"
    f2, xs = rosenbrock(2000)
    d = derive.gradient(f2, xs, method="reverse", limits=derive.Limits(seconds=0.0))
    assert d.outcome.limit == "seconds"
    assert d.result == d.states[-1]


def test_a_number_too_long_to_write() -> None:
    many = natural(10**4000)
    f = power(make(Sum, (make(Product, (many, make(Product, (many, symbol("x"))))), natural(1))), natural(2))
    d = derive.gradient(f, method="reverse")
    assert d.outcome == "budget"
    assert d.outcome.limit == "digits"
    assert d.result == d.problem


def test_what_no_slope_is_known_of() -> None:
    d = derive.gradient("polygamma(x, y)*x + y", ["x", "y"], method="reverse")
    assert d.outcome == "stuck"
    assert str(d.outcome.part) == "∂/∂x(polygamma(x, y))"
    check_trace(d, d.problem)
    d = derive.gradient("sum(k^2*x*y, k, 1, 5)*y", ["x", "y"], method="reverse")
    assert d.outcome == "done"  # the other rules know what the sweep does not
    check_trace(d, d.problem)
    assert d.verification.verdict == "agrees"
    d = derive.gradient("d/dt(t^2*x)", ["x"], method="reverse")
    assert d.outcome == "stuck"
    assert d.outcome.reason == "operator-inside"
    assert "operator" in d.render("text")


def test_the_letter_of_a_sum_is_no_variable() -> None:
    f = "sum(k*x, k, 1, 3)*y + integrate(x*t, t, 0, 1)"
    d = derive.gradient(f, method="reverse")
    assert compare(derive.gradient(f).result, d.result).verdict == "equal"
    assert "x, y" in d.interpretation[0].reading
    assert len(derive.vjp([f, "y"], [1, 2]).result.arguments) == 2


@pytest.mark.parametrize(
    "problem",
    [
        "d/dx x*sin(x)", "hessian x*y", "jacobian [x*y, x]", "x^2 + x^2", "lim x->0 sin(x)/x", "laplacian x*y",
        "tangent to y = x^2 at x = 1", "x^2 + y^2 = 1, dy/dx",
    ],
)  # fmt: skip
def test_the_method_is_for_gradients(problem: str) -> None:
    with pytest.raises((derive.UsageError, derive.ReadError), match="reverse is for a gradient"):
        derive.solve(problem, method="reverse")


@pytest.mark.parametrize("method", ["logarithmic", "expand-first"])
def test_a_limit_is_not_worked_out_by_a_method_for_derivatives(method: str) -> None:
    with pytest.raises(derive.UsageError, match=f"a limit is worked out by .*: the method {method} is for derivatives"):
        derive.solve("lim x->0 sin(x)/x", method=method)
    with pytest.raises(derive.UsageError, match="unknown method 'sideways'"):
        derive.solve("lim x->0 sin(x)/x", method="sideways")
    assert str(derive.solve("lim x->0 sin(x)/x", method="definition").result) == "1"


def test_layout_and_point() -> None:
    d = derive.gradient("x^2*y", ["x", "y"], method="reverse", layout="column")
    assert str(d.result) == "[[2*x*y], [x^2]]"
    check_trace(d, d.problem)
    d = derive.solve("gradient x^2*y at x = 1, y = 2", method="reverse")
    assert str(d.result) == "[[4, 1]]"
    check_trace(d, d.problem)
    assert derive.solve("gradient x^2*y by reverse mode").method == "reverse"


@pytest.mark.parametrize("direction", ["vjp", "jvp"])
@pytest.mark.parametrize("f", [["x*y", "sin(x)"], ["x*y*z"], ["x", "x^2", "x^3"], ["x", "5"], ["x*y + f(x)", "x*y"]])
def test_products_with_a_jacobian(f: list[str], direction: str) -> None:
    jacobian = derive.jacobian(f).result if len(f) > 1 else derive.gradient(f[0]).result
    n = len(jacobian.arguments) // len(f)
    if direction == "vjp":
        row = make(Matrix, tuple([symbol(c) for c in "abc"[: len(f)]]), len(f))
        d, product = derive.vjp(f, list(row.arguments)), make(Product, (row, jacobian))
    else:
        column = make(Matrix, tuple([symbol(c) for c in "abc"[:n]]), 1)
        d, product = derive.jvp(f, list(column.arguments)), make(Product, (jacobian, column))
    assert d.outcome == "done"
    replayed(d)
    assert d.verification.verdict == "agrees"
    assert compare(product, d.result).verdict == "equal"


def test_seeds_may_be_anything() -> None:
    d = derive.vjp(["x*y", "x"], ["2*v_1", "-x"], ["x", "y"])
    replayed(d)
    assert d.verification.verdict == "agrees"
    d = derive.jvp("x*y", [0, "-3"], ["x", "y"])
    replayed(d)
    assert str(d.result) == "-3*x"


def test_misuse() -> None:
    with pytest.raises(derive.UsageError, match="a variable stands twice"):
        derive.gradient("x*y", ["x", "x"], method="reverse")
    with pytest.raises(derive.UsageError, match="needs a variable"):
        derive.gradient("2", method="reverse")
    with pytest.raises(derive.UsageError, match="unknown method"):
        derive.gradient("x", method="sideways")
    with pytest.raises(derive.UsageError, match="unknown layout"):
        derive.gradient("x", method="reverse", layout="diagonal")  # type: ignore[arg-type]
    with pytest.raises(derive.UsageError, match="one function"):
        derive.gradient("[[x, y]]", method="reverse")
    with pytest.raises(derive.UsageError, match="not a variable"):
        derive.gradient("x", ["2"], method="reverse")
    with pytest.raises(derive.UsageError, match="as many entries"):
        derive.vjp(["x", "y"], [1])
    with pytest.raises(derive.UsageError, match="as many entries"):
        derive.jvp(["x", "y"], [1])
    with pytest.raises(derive.UsageError, match="for a gradient"):
        derive.solve("hessian x^2*y", method="reverse")
    absent = derive.gradient("x", ["x", "y"], method="reverse")
    assert str(absent.result) == "[[1, 0]]"
    assert [n.kind for n in absent.interpretation] == ["variable-absent"]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["text", "unicode", "latex", "markdown", "html", "json"])
def test_every_format(form: str, language: str) -> None:
    d = derive.gradient("x^2*y + tanh(x*y)", method="reverse")
    assert d.render(form, language=language)
    if form == "json":
        again = derive.Derivation.from_json(d.to_json())
        assert again.result == d.result
        assert [s.rule for s in again.steps] == [s.rule for s in d.steps]


def test_the_words_name_the_parts() -> None:
    shown = derive.gradient("sin(x*y)", method="reverse").render("text")
    assert "v_1 = x*y" in shown
    assert "the adjoint of v_1 gets that of v_2, 1, times ∂/∂v_1(sin(v_1)) = cos(v_1)" in shown
    assert "the tangent of v_1 gets that of x, a, times" in derive.jvp("sin(x*y)", ["a", "b"]).render("text")
