"""Random expressions over the whole table: every target gives what ball arithmetic gives, as near as doubles can."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Expression, Piecewise, call, derivative, equation, postorder, symbol
from derive.functions import FUNCTIONS
from tests.compilation.closeness import expected, near
from tests.strategies import differentiable

ONE_ARGUMENT = [name for name, row in FUNCTIONS.items() if row.arity == (1,)]
expressions = differentiable(("x", "y"), functions=ONE_ARGUMENT, max_leaves=12)
pairs = st.tuples(expressions, expressions)
richer = st.one_of(
    expressions,
    st.tuples(st.sampled_from("mod min max atan2 log".split()), pairs).map(lambda t: call(t[0], *t[1])),
    st.tuples(expressions, expressions, expressions, st.sampled_from(["<", "<=", ">", ">=", "=", "!="])).map(
        lambda t: Piecewise((t[0], equation(symbol("x"), t[3], t[2]), t[1]))
    ),
)
coordinates = st.integers(-4096, 4096).map(lambda n: n / 512)
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
AT = ["x", "y"]


def compiled(e: Any, target: str = "python") -> Any:
    """The program, unless a constant of the expression is too large for a double."""
    try:
        return derive.compile(e, AT, target)  # type: ignore[arg-type]
    except derive.LimitError:
        assume(False)


def too_large(e: Expression, point: dict[str, float]) -> bool:
    """Whether a part of e has a value that is no double."""
    for part in postorder(e):
        try:
            if abs(float(derive.evaluate(part, point))) > 1e300:
                return True
        except derive.LimitError:
            return True
        except (derive.DomainError, derive.UsageError):  # no value, or a relation
            continue
    return False


@SETTINGS
@given(richer, coordinates, coordinates)
@example(derive.parse("piecewise(x, x < x^x^(-1), x)"), -0.001953125, 0.0)
@example(derive.parse("(x - y)^(2/3) + x^(-3/5)"), -2.0, 1.5)
@example(derive.parse("piecewise(1/x, x < 0, sqrt(x), x >= 0)"), 0.0, 0.0)
@example(derive.parse("x^3^y/(x*y)/y - (x - (y - x))"), 2.0, 3.0)
@example(derive.parse("-x^2*(-y)^3*-x^-2"), 2.0, 3.0)
def test_python(e: Expression, x: float, y: float) -> None:
    wanted = expected(e, {"x": x, "y": y})
    assume(wanted is not None)
    assert wanted is not None
    program = compiled(e)
    try:
        found = program(x, y)
    except (derive.LimitError, derive.DomainError):
        assert too_large(e, {"x": x, "y": y}), program.source  # a part overflows that the whole does not feel
        return
    assert near(found, wanted), program.source


@SETTINGS
@given(st.lists(richer, min_size=4, max_size=8), st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=3))
def test_numpy(several: list[Expression], points: list[tuple[float, float]]) -> None:
    np = pytest.importorskip("numpy", reason="NumPy is not installed: the target is not tested")
    xs, ys = (np.array(column) for column in zip(*points, strict=True))
    table = compiled(several, "numpy")(xs, ys)
    assert table.shape == (len(several), len(points))
    for e, row in zip(several, table, strict=True):
        for (x, y), found in zip(points, row, strict=True):
            wanted = expected(e, {"x": x, "y": y})
            assert wanted is None or near(found, wanted), (str(e), x, y, found, wanted)


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: the target is not tested")
@settings(SETTINGS, max_examples=8)
@given(
    st.lists(richer, min_size=12, max_size=40), st.lists(st.tuples(coordinates, coordinates), min_size=4, max_size=4)
)
def test_c(several: list[Expression], points: list[tuple[float, float]]) -> None:
    function = compiled(several, "c").function
    for x, y in points:
        for e, found in zip(several, function([x, y]), strict=True):
            wanted = expected(e, {"x": x, "y": y})
            assert wanted is None or near(found, wanted), (str(e), x, y, found, wanted)


@settings(SETTINGS, max_examples=10)
@given(st.lists(richer, min_size=3, max_size=5), st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=3))
def test_jax(several: list[Expression], points: list[tuple[float, float]]) -> None:
    jax = pytest.importorskip("jax", reason="JAX is not installed: the target is not tested")
    xs, ys = zip(*points, strict=True)
    with jax.enable_x64(True):
        function = compiled(several, "jax").function
        table = jax.jit(function)(jax.numpy.array(xs), jax.numpy.array(ys))
        for e, row in zip(several, table, strict=True):
            for (x, y), found in zip(points, row, strict=True):
                wanted = expected(e, {"x": x, "y": y})
                if wanted is not None and "polygamma" not in str(e):
                    assert near(found, (wanted[0], wanted[1] + 1e-10 * abs(wanted[0]))), (str(e), x, y, found, wanted)


@settings(SETTINGS, max_examples=60)
@given(differentiable(("x", "y"), max_leaves=8), coordinates, coordinates)
@example(derive.parse("(x - y)^(2/3)*sinc(x)"), -2.0, 1.5)
@example(derive.parse("x*y*(x + y)*sin(x)*e^y"), 1.0, 2.0)
def test_gradient(e: Expression, x: float, y: float) -> None:
    """Slopes against series of e itself; formulas for them may lose a few digits where e does not."""
    point = {"x": x, "y": y}
    value = expected(e, point)
    slopes = [expected(derivative(e, symbol(v), partial=True), point) for v in point]
    assume(value is not None and None not in slopes)
    assert value is not None
    try:
        found = derive.compile(e, AT, gradient=True)(x, y)
    except (derive.LimitError, derive.UnsupportedError):
        assume(False)
    assert near(found[0], value)
    for slope, wanted in zip(found[1], slopes, strict=True):
        assert wanted is not None
        assert near(slope, (wanted[0], wanted[1] + 1e-7 * (1 + abs(wanted[0])))), (str(e), point, slope, wanted)
