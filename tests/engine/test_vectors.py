"""Several variables: results, layouts, shapes, names that do not occur, circles; random functions keep their value."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Expression, Matrix
from derive.numeric import compare
from tests.engine.replay import check_trace
from tests.strategies import differentiable

FEW = settings(max_examples=20, suppress_health_check=[*HealthCheck], deadline=None)
FUNCTIONS = ("sin", "cos", "exp", "atan")
surfaces = differentiable(("x", "y"), functions=FUNCTIONS, max_leaves=4)
solids = differentiable(("x", "y", "z"), functions=FUNCTIONS, max_leaves=4)
paths = differentiable(("s", "t"), functions=FUNCTIONS, max_leaves=3)


def test_the_gradient_is_a_row() -> None:
    d = derive.gradient("x^2*y", ["x", "y"])
    assert str(d.result) == "[[2*x*y, x^2]]"
    assert d.steps[0].rule == "gradient.definition"
    assert isinstance(d.result, Matrix)
    assert d.result.label == 2


def test_the_column_layout_shows_the_transposition() -> None:
    d = derive.gradient("x^2*y", ["x", "y"], layout="column")
    assert str(d.problem) == "transpose(gradient(x^2*y, x, y))"
    assert str(d.result) == "[[2*x*y], [x^2]]"
    assert d.steps[-1].rule == "matrix.transpose"
    with pytest.raises(derive.UsageError, match="row, column"):
        derive.gradient("x*y", layout="diagonal")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("d", "result"),
    [
        (derive.jacobian(["x*y", "x + y"], ["x", "y"]), "[[y, x], [1, 1]]"),
        (derive.jacobian(["x*y", "x + y"], ["x", "y"], layout="column"), "[[y, 1], [x, 1]]"),
        (derive.hessian("x^2*y", ["x", "y"]), "[[2*y, 2*x], [2*x, 0]]"),
        (derive.divergence(["x*y", "y^2"], ["x", "y"]), "3*y"),
        (derive.curl(["-y", "x"], ["x", "y"]), "2"),
        (derive.curl(["y*z", "x*z", "x*y^2"], ["x", "y", "z"]), "[[2*x*y - x], [y - y^2], [0]]"),
        (derive.laplacian("x^2*y + y^3", ["x", "y"]), "8*y"),
        (derive.directional("x^2*y", ["3", "4"], ["x", "y"]), "(6*x*y + 4*x^2)/5"),
        (derive.gradient("f(x, y)"), "[[∂/∂x(f(x, y)), ∂/∂y(f(x, y))]]"),
        (derive.chain("x1^2 + 2*x2", {"x1": "sin(t)", "x2": "cos(t)"}, ["t"]), "2*sin(t)*(cos(t) - 1)"),
        (derive.chain("t^2*x", {"x": "x(t)"}, ["t"]), "2*t*`x`(t) + t^2*d/dt(`x`(t))"),
        (derive.chain(["x*y", "x + y"], {"x": "s*t", "y": "s"}, ["s", "t"]), "[[2*s*t, s^2], [t + 1, s]]"),
        (derive.chain("x*y", {"x": "u*v", "y": "u", "u": "t^2", "v": "t"}, ["t"]), "5*t^4"),
        (derive.chain("x^2", {"x": "3"}, ["t"]), "0"),
    ],
)
def test_results(d: derive.Derivation, result: str) -> None:
    check_trace(d, d.problem)
    assert d.outcome == "done"
    assert str(d.result) == result
    assert d.verification.verdict == "agrees"


def test_the_chain_rule_is_a_row_times_a_jacobian() -> None:
    d = derive.chain("f(x1, x2)", {"x1": "x1(s, t)", "x2": "x2(s, t)"}, ["s", "t"])
    assert d.steps[0].rule == "chain.matrix-form"
    assert [s.rule for s in d.steps[1:]] == ["gradient.definition", "jacobian.definition", "matrix.product"]
    page = d.render("latex")
    for formula in (
        r"\frac{\partial f}{\partial (x_{1},x_{2})}\frac{\partial (x_{1},x_{2})}{\partial (s,t)}",
        r"\begin{bmatrix}\frac{\partial f}{\partial x_{1}} & \frac{\partial f}{\partial x_{2}}\end{bmatrix}\cdot",
        r"\frac{\partial x_{1}}{\partial s} & \frac{\partial x_{1}}{\partial t} \\ \frac{\partial x_{2}}",
        r"\frac{\partial x_{1}}{\partial s} + \frac{\partial f}{\partial x_{2}}\frac{\partial x_{2}}{\partial s} & ",
    ):
        assert formula in page


def test_several_levels_are_several_jacobians() -> None:
    d = derive.chain("f(x, y)", {"x": "x(u, t)", "y": "y(t)", "u": "u(t)"}, ["t"])
    assert str(d.states[1]).count("jacobian") == 2
    assert d.verification.verdict == "agrees"


def test_schwarz_is_recorded_where_it_is_needed() -> None:
    assert not derive.hessian("x^2*y", ["x", "y"]).conditions
    (condition,) = derive.hessian("f(x, y)", ["x", "y"]).conditions
    assert str(condition) == "∂^2/∂x∂y(f(x, y)) = ∂^2/∂y∂x(f(x, y))"


def test_a_variable_that_does_not_occur_is_told() -> None:
    d = derive.gradient("x^2", ["x", "y"])
    assert str(d.result) == "[[2*x, 0]]"
    assert [(n.kind, n.reading) for n in d.interpretation] == [("variable-absent", "y")]


@pytest.mark.parametrize(
    ("problem", "message", "column"),
    [
        ("gradient [x, y]", "1×2 matrix", 10),
        ("divergence [x*y, y^2] with respect to x, y, z", "1×2 and 3 variables", 12),
        ("curl [x, y, z, w] with respect to x, y, z, w", "2 or 3 variables", 6),
        ("jacobian [[x, y], [y, x]]", "row or a column", 10),
        ("directional derivative of x*y in the direction [1, 2, 3]", "1×3 and 2 variables", 48),
        ("df/dt where f(x, y), x = y + t, y = x*t", "circle", 22),
        ("gradient f(x, y)*f(x)", "2 and with 1", 18),
        ("simplify [[1, 2]]*[[1, 2]]", "2 columns do not fit 1 rows", 10),
        ("d/dx ([[x, 2]] + [[1], [2]])", "cannot be added", 7),
    ],
)
def test_bad_input_has_its_place(problem: str, message: str, column: int) -> None:
    with pytest.raises(derive.ReadError, match=message) as caught:
        derive.solve(problem)
    assert caught.value.column == column


def test_partial_and_total() -> None:
    assert str(derive.solve("∂f/∂t where f = t^2*x, x = sin(t)").result) == "2*t*x"
    assert str(derive.solve("df/dt where f = t^2*x, x = sin(t)").result) == "2*t*sin(t) + t^2*cos(t)"


def test_conditions_are_about_the_variables() -> None:
    d = derive.chain("ln(x) + 1/y", {"x": "t", "y": "t^2 + 1"}, ["t"])
    assert [str(c) for c in d.conditions] == ["t > 0"]


def test_a_chain_can_be_stored() -> None:
    d = derive.chain("f(x, y)", {"x": "x(t)", "y": "y(t)"}, ["t"])
    again = derive.Derivation.from_json(d.to_json())
    assert again.result == d.result
    assert again.outcome == "done"
    assert again.render("latex") == d.render("latex")


def test_bad_calls() -> None:
    with pytest.raises(derive.UsageError, match="2×1 and 3 variables"):
        derive.divergence(["x", "y"], ["x", "y", "z"])
    with pytest.raises(derive.UsageError, match="twice"):
        derive.gradient("x*y", ["x", "x"])
    with pytest.raises(derive.UsageError, match="twice"):
        derive.chain("x", {"x": "s"}, ["s", "s"])
    with pytest.raises(derive.UsageError, match="a relation"):
        derive.gradient("x = y")
    with pytest.raises(derive.UsageError, match="circle"):
        derive.chain("x", {"x": "y", "y": "x"}, ["t"])
    with pytest.raises(derive.UsageError, match="name the variables"):
        derive.chain("x", {"x": "t"}, [])
    with pytest.raises(derive.UsageError, match="empty"):
        derive.jacobian([], ["x"])


def holds(d: derive.Derivation) -> None:
    """Every state has the value of the next, wherever the judge can say."""
    check_trace(d, d.problem)
    conditions = [
        c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1 and c.alternatives[0].label != "="
    ]
    for before, after in zip(d.states, d.states[1:], strict=False):
        assert compare(before, after, points=4, conditions=conditions, seconds=2).verdict != "different"


@FEW
@given(surfaces)
def test_random_gradients_and_hessians(f: Expression) -> None:
    holds(derive.gradient(f, ["x", "y"]))
    assert derive.hessian(f, ["x", "y"]).verification.verdict != "disagrees"
    assert derive.laplacian(f, ["x", "y"]).verification.verdict != "disagrees"


@FEW
@given(st.lists(solids, min_size=3, max_size=3))
def test_random_fields(parts: list[Expression]) -> None:
    for operator in (derive.jacobian, derive.divergence, derive.curl):
        assert operator(parts, ["x", "y", "z"]).verification.verdict != "disagrees"


@FEW
@given(surfaces, paths, paths)
def test_random_chains(f: Expression, x: Expression, y: Expression) -> None:
    holds(derive.chain(f, {"x": x, "y": y}, ["s", "t"]))
