"""What `derive.compile` takes and gives: shapes, names, sharing, size, and refusals with their reasons."""

from __future__ import annotations

import ast
import math
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

import derive
from derive.compilation import building
from derive.compilation.names import identifiers
from derive.expressions import Expression, call, product_of, sum_of, symbol
from tests.compilation.closeness import expected, near

needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: the target is not tested")
NETWORK = "(v_1*tanh(a*x + b) + v_2*tanh(c*x + d) - y)^2"
WEIGHTS = ["v_1", "v_2", "a", "b", "c", "d", "x", "y"]


def test_shared_parts_are_computed_once() -> None:
    source = derive.compile(["sin(x)^2 + sin(x)", "cos(sin(x))"], ["x"]).source
    assert source.count("math.sin(") == 1
    assert source.count("math.cos(") == 1


def test_one_expression_gives_a_number_several_a_list_a_matrix_rows() -> None:
    assert derive.compile("x^2", ["x"])(3) == 9.0
    assert derive.compile(["x^2", "x*y"], ["x", "y"])(3, 4) == [9.0, 12.0]
    assert derive.compile("[[x, 1], [y, x*y]]", ["x", "y"])(3, 4) == [[3.0, 1.0], [4.0, 12.0]]
    assert derive.compile(derive.differentiate("x^3", "x"), ["x"])(2) == 12.0


@needs_cc
def test_c_gives_the_same_shapes() -> None:
    assert derive.compile(["x^2", "x*y"], ["x", "y"], "c")(3, 4) == [9.0, 12.0]
    assert derive.compile("[[x, 1], [y, x*y]]", ["x", "y"], "c")(3, 4) == [[3.0, 1.0], [4.0, 12.0]]


def test_arrays_keep_their_shape_also_where_a_result_is_constant() -> None:
    np = pytest.importorskip("numpy", reason="NumPy is not installed: the target is not tested")
    x, y = np.ones((3, 1)), np.full(4, 2)
    value, gradient = derive.compile("3x + y", ["x", "y"], "numpy", gradient=True)(x, y)
    assert value.shape == (3, 4)
    assert gradient.shape == (2, 3, 4)
    assert (gradient[0] == 3).all()
    assert derive.compile("[[x, 1], [y, x*y]]", ["x", "y"], "numpy")(x, y).shape == (2, 2, 3, 4)


@pytest.mark.parametrize("target", ["python", pytest.param("c", marks=needs_cc)])
def test_value_and_gradient_in_one_function(target: Any) -> None:
    program = derive.compile(NETWORK, WEIGHTS, target, gradient=True)
    random = Random(5)
    point = {name: random.uniform(-1, 1) for name in WEIGHTS}
    value, slopes = program(*point.values())
    f = derive.parse(NETWORK)
    assert near(value, expected(f, point) or (math.nan, 0))
    for name, slope in zip(WEIGHTS, slopes, strict=True):
        h = 1e-30  # the slope by a difference of values with 80 digits: no derivative formula
        ends = [derive.evaluate(f, point | {name: fraction(point[name], s * h)}, 80) for s in (1, -1)]
        assert math.isclose(slope, float(ends[0] - ends[1]) / (2 * h), rel_tol=1e-11)
    assert program.source.count("tanh(") == 2


def fraction(x: float, h: float) -> Any:
    from fractions import Fraction

    return Fraction(x) + Fraction(h)


def test_jax_differentiates_and_jits_the_function() -> None:
    jax = pytest.importorskip("jax", reason="JAX is not installed: the target is not tested")
    with jax.enable_x64(True):
        program = derive.compile("x^2*sin(y)", ["x", "y"], "jax", gradient=True)
        value, gradient = jax.jit(program.function)(0.5, 2.0)
        alone = derive.compile("x^2*sin(y)", ["x", "y"], "jax").function
        assert jax.numpy.allclose(gradient, jax.numpy.array(jax.grad(alone, (0, 1))(0.5, 2.0)), rtol=1e-14)
        assert math.isclose(float(value), 0.25 * math.sin(2), rel_tol=1e-15)


# ── names ──


def test_names_become_identifiers() -> None:
    assert identifiers(["x_1", "lambda", "t1", "α", "max", "α"[:1] + "b"], {"max"}) == [
        "x_1", "lambda_", "t1_", "v_", "max_", "v_b",
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["python", "numpy", "jax", "c"])
def test_a_name_is_never_code(target: Any) -> None:
    nasty = "x):\n    import os\n    os.abort() # */ #include"
    f = sum_of([call("sin", symbol(nasty)), symbol("y")])
    from derive.compilation.compiling import compiled
    from derive.compilation.lowering import lower

    program = compiled(lower([f], [nasty, "y"]), [nasty, "y"], target, "number", None)
    assert "os.abort" not in program.source
    assert "#include <stdlib" not in program.source
    assert target == "c" or len(ast.parse(program.source).body) < 9


@pytest.mark.parametrize(
    "name", ["math", "abs", "f", "t", "exp", "quiet", "shape", "np", "t_7", "lambda", "float", "root"]
)
def test_a_variable_may_have_any_name(name: str) -> None:
    e = sum_of([call("exp", symbol(name)), call("abs", symbol(name)), derive.parse("y^(2/3)")])
    assert math.isclose(derive.compile(e, [name, "y"])(-1, 1), math.exp(-1) + 2)


# ── numbers ──


def test_constants_are_folded_to_the_nearest_double() -> None:
    assert "0.5235987755982989" in derive.compile("x*(pi/6)", ["x"]).source
    source = derive.compile("x + (0.1 + 0.2)", ["x"]).source
    assert "0.3" in source
    assert "0.30000000000000004" not in source


def test_real_roots_of_negative_numbers() -> None:
    f = derive.compile(["x^(1/3)", "x^(2/3)", "x^(-3/5)", "cbrt(x)", "root(x, 5)"], ["x"])
    for found, wanted in zip(f(-32), [-(32 ** (1 / 3)), 32 ** (2 / 3), -1 / 8, -(32 ** (1 / 3)), -2], strict=True):
        assert math.isclose(found, wanted, rel_tol=1e-15)


def test_remainders_have_the_sign_of_the_divisor() -> None:
    assert derive.compile("mod(x, y)", ["x", "y"])(-7, 3) == 2.0
    assert derive.compile("mod(x, y)", ["x", "y"])(7, -3) == -2.0


@pytest.mark.parametrize(
    "e", ["1/x", "ln(x)", "sqrt(x - 1)", "x^x", "x^0", "atan2(x, x)", "gamma(x)", "0/0 + x", "log(2, x)"]
)
def test_python_raises_where_there_is_no_value(e: str) -> None:
    with pytest.raises(derive.DomainError):
        derive.compile(e, ["x"])(0)


def test_too_large_for_a_double() -> None:
    with pytest.raises(derive.LimitError):
        derive.compile("x^2", ["x"])(1e200)
    with pytest.raises(derive.LimitError):
        derive.compile("10^400*x", ["x"])
    assert derive.compile("logistic(x) + sech(x)", ["x"])(-1000) == 0.0
    assert derive.compile("softplus(x)", ["x"])(1000) == 1000.0


@pytest.mark.parametrize("target", ["python", "numpy", pytest.param("c", marks=needs_cc)])
def test_the_piece_that_holds_decides(target: Any) -> None:
    if target == "numpy":
        pytest.importorskip("numpy", reason="NumPy is not installed: the target is not tested")
    f = derive.compile("piecewise(sqrt(-x), x < 0, ln(x), x > 1, max(x, 1/(x - 1/2)))", ["x"], target)
    assert f(-4) == 2.0
    assert f(math.e) == 1.0
    assert f(1) == 2.0
    g = derive.compile("piecewise(1, ln(x) > 0, 2, x < 5)", ["x"], target)
    assert g(2) == 1.0
    if target == "numpy":
        assert math.isnan(g(-2))
    else:
        with pytest.raises(derive.DomainError):
            g(-2)


def test_values_at_a_substitution() -> None:
    from derive.expressions import Substitution, make

    e = make(Substitution, (derive.parse("x^2 + y"), symbol("x"), derive.parse("y + 1")))
    assert derive.compile(e, ["y"])(2) == 11.0


# ── size ──


def test_a_chain_100_000_deep() -> None:
    e = symbol("x")
    for k in range(100_000):
        e = call("sin" if k % 2 else "cos", e)
    value = 0.3
    for k in range(100_000):
        value = math.sin(value) if k % 2 else math.cos(value)
    assert derive.compile(e, ["x"])(0.3) == value


def test_a_sum_of_30_000_shared_products() -> None:
    x, y = symbol("x"), symbol("y")
    terms = [product_of([call("sin", sum_of([x, derive.parse(str(k))])), y]) for k in range(30_000)]
    found = derive.compile(sum_of(terms), ["x", "y"])(0.25, 2.0)
    assert math.isclose(found, math.fsum([2 * math.sin(0.25 + k) for k in range(30_000)]), abs_tol=1e-9)


def long(seed: int, n: int) -> list[Expression]:
    """n expressions over each other, early ones used late."""
    random = Random(seed)
    made = [symbol("x"), symbol("y")]
    for _ in range(n):
        a, b = random.choice(made), random.choice(made[-5:])
        made.append(random.choice([sum_of([a, b]), call("sin", product_of([a, b])), call("tanh", b)]))
    return made


@needs_cc
@pytest.mark.parametrize("shape", ["number", "list"])
def test_c_in_parts(shape: str) -> None:
    made = long(3, 6000)
    outputs: Any = made[-1] if shape == "number" else made[::50]
    program = derive.compile(outputs, ["x", "y"], "c")
    assert "part2(" in program.source
    found, wanted = program(0.3, -0.7), derive.compile(outputs, ["x", "y"])(0.3, -0.7)
    if shape == "number":
        found, wanted = [found], [wanted]
    for a, b in zip(found, wanted, strict=True):
        assert math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)


def test_c_source_is_strict_c99(tmp_path: Path) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler: the target is not tested")
    names = " ".join([f"{f}(x)" for f in "sinc gamma digamma sign floor".split()]).split()
    several = [*names, "mod(x, y)", "min(x, y)", "max(x, y)", "atan2(x, y)", "x^y", "x^(2/3)", "polygamma(2, x)",
               "piecewise(1, x != y, y)", "x^0"]  # fmt: skip
    file = tmp_path / "f.c"
    file.write_text(derive.compile(several, ["x", "y"], "c").source)
    flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-c", "-o", str(tmp_path / "f.o")]
    done = subprocess.run([compiler, *flags, str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# ── refusals ──


@pytest.mark.parametrize(
    ("e", "reason"),
    [
        ("f(x)", "abstract"),
        ("d/dx x^2", "work it out first"),
        ("x < 2", "relation"),
        ("polygamma(x, 2)", "polygamma"),
        ("x^(10^20)", "exponent"),
        ("lim h->0 (x + h)", "work it out first"),
        ("infinity*x", "constant has no code"),
        ("[x, 1] + x", "matrix has no code"),
    ],
)
def test_what_has_no_code_is_named(e: str, reason: str) -> None:
    with pytest.raises(derive.UnsupportedError, match=reason):
        derive.compile(e, ["x"])


def test_wrong_calls_say_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, said in [
        ((["x"], ["x"], "fortran"), "python, numpy, jax, c"),
        (("x*y", ["x"]), "y is not among"),
        (("x", "x"), "list of names"),
        (("x", ["x", "x"]), "twice"),
        (([], ["x"]), "empty"),
    ]:
        with pytest.raises(derive.UsageError, match=said):
            derive.compile(*arguments)  # type: ignore[arg-type]
    with pytest.raises(derive.UsageError, match="one function"):
        derive.compile(["x", "x^2"], ["x"], gradient=True)
    f = derive.compile("x*y", ["x", "y"])
    with pytest.raises(derive.UsageError, match="2 values"):
        f(1)
    with pytest.raises(derive.UsageError, match="takes numbers"):
        f(1, "two")
    monkeypatch.setattr(building.shutil, "which", lambda name: None)
    with pytest.raises(derive.UnsupportedError, match="no C compiler"):
        derive.compile("x", ["x"], "c")(1)
    monkeypatch.setattr(building, "find_spec", lambda name: None)
    with pytest.raises(derive.UnsupportedError, match="numpy"):
        derive.compile("x", ["x"], "numpy")(1)


def test_compiling_loads_no_array_package() -> None:
    code = "import sys, derive; derive.compile('x', ['x'])(2); sys.exit(len({'numpy', 'jax'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], timeout=60).returncode == 0
