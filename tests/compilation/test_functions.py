"""Every function of the table, in every target, against ball arithmetic at points inside its domain and outside."""

from __future__ import annotations

import math
import shutil
from itertools import product
from types import ModuleType
from typing import Any

import pytest

import derive
from derive.compilation.compiling import TARGETS
from derive.expressions import Expression, call, natural, symbol
from derive.functions import FUNCTIONS
from tests.compilation.closeness import expected, near

X, Y = symbol("x"), symbol("y")
POINTS = (-170.3, -12.75, -3.0, -2.5, -1.0, -0.984375, -0.4, -0.367879, -0.35, -0.19, -1e-9, 0.0, 1e-7, 0.05, 0.3, 0.6,
          0.9, 1.0, 1.0625, 1.4616, 2.0, 7.5, 33.3, 130.25)  # fmt: skip
PAIRS = (-7.5, -2.0, -0.3, 0.0, 0.7, 1.0, 2.0, 3.0, 11.25)
OTHERS = {"polygamma": (0, 1, 2, 5)}
"""First arguments that have to be numbers."""


def shapes() -> list[tuple[str, int]]:
    return [(name, n) for name, row in FUNCTIONS.items() for n in row.arity if n <= 3]


def cases(name: str, arity: int) -> list[tuple[Expression, dict[str, float]]]:
    """The function at symbols, and the points to look at."""
    if name == "polygamma":
        return [(call(name, natural(n), X), {"x": x}) for n in OTHERS[name] for x in POINTS]
    if name == "root":
        return [(call(name, X, natural(n)), {"x": x}) for n in (2, 3, 4, 5) for x in POINTS] + [
            (call(name, X, Y), {"x": x, "y": y}) for x in (0.5, 2.0, 9.0) for y in (2.0, 3.0, -1.5)
        ]
    arguments = (X, Y, natural(1))[:arity]
    names = ("x", "y")[: min(arity, 2)]
    values = POINTS if arity == 1 else PAIRS
    return [(call(name, *arguments), dict(zip(names, p, strict=True))) for p in product(values, repeat=len(names))]


def compiled(e: Expression, point: dict[str, float], target: str) -> Any:
    return derive.compile(e, list(point), target)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "arity"), shapes())
def test_python(name: str, arity: int) -> None:
    seen = 0
    programs: dict[Expression, Any] = {}
    for e, point in cases(name, arity):
        program = programs.setdefault(e, None) or compiled(e, point, "python")
        programs[e] = program
        wanted = expected(e, point)
        if wanted is not None:
            found = program(*point.values())
            assert near(found, wanted), (str(e), point, found, wanted)
            seen += 1
        elif outside(e, point):
            with pytest.raises(derive.DomainError):
                program(*point.values())
    assert seen >= 5, "the points say nothing about this function"


def outside(e: Expression, point: dict[str, float]) -> bool:
    """Whether there is no value, as a fact and not for want of bits."""
    try:
        derive.evaluate(e, point)
    except derive.DomainError:
        return True
    except derive.LimitError:
        return False
    return False


@pytest.fixture(scope="module")
def numpy() -> ModuleType:
    return pytest.importorskip("numpy", reason="NumPy is not installed: the target is not tested")


@pytest.fixture(scope="module")
def jax() -> ModuleType:
    return pytest.importorskip("jax", reason="JAX is not installed: the target is not tested")


@pytest.mark.parametrize(("name", "arity"), shapes())
def test_numpy(name: str, arity: int, numpy: ModuleType) -> None:
    whole_arrays(name, arity, "numpy", numpy)


@pytest.mark.parametrize(("name", "arity"), shapes())
def test_jax(name: str, arity: int, jax: ModuleType, numpy: ModuleType) -> None:
    with jax.enable_x64(True):
        whole_arrays(name, arity, "jax", numpy)


def whole_arrays(name: str, arity: int, target: str, numpy: ModuleType) -> None:
    """All points of an expression at once; nan or an infinity where there is no value."""
    grouped: dict[Expression, list[dict[str, float]]] = {}
    for e, point in cases(name, arity):
        grouped.setdefault(e, []).append(point)
    for e, points in grouped.items():
        columns = [numpy.array([p[v] for p in points]) for v in points[0]]
        values = compiled(e, points[0], target)(*columns)
        assert values.shape == (len(points),)
        for point, found in zip(points, values, strict=True):
            wanted = expected(e, point)
            if wanted is None:
                assert not outside(e, point) or not math.isfinite(float(found)), (str(e), point, found)
            elif target == "jax" and special_gap(e, point):
                assert math.isnan(float(found))
            else:
                slack = (wanted[0], wanted[1] + (1e-11 * abs(wanted[0]) if target == "jax" else 0.0))
                assert near(found, slack), (str(e), point, float(found), wanted)


def special_gap(e: Expression, point: dict[str, float]) -> bool:
    """JAX's polygamma has no negative arguments: nan, never a wrong number."""
    return e.label == "polygamma" and e.arguments[0] != natural(0) and point["x"] < 0


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: the target is not tested")
def test_c() -> None:
    """All functions in one file, which is built once for each shape of point."""
    everything: dict[tuple[str, ...], list[tuple[Expression, list[dict[str, float]]]]] = {}
    for name, arity in shapes():
        grouped: dict[Expression, list[dict[str, float]]] = {}
        for e, point in cases(name, arity):
            grouped.setdefault(e, []).append(point)
        for e, points in grouped.items():
            everything.setdefault(tuple(points[0]), []).append((e, points))
    for names, rows in everything.items():
        function = derive.compile([e for e, _ in rows], names, "c").function
        for k, (e, points) in enumerate(rows):
            for point in points:
                found, wanted = function(list(point.values()))[k], expected(e, point)
                if wanted is not None:
                    assert near(found, wanted), (str(e), point, found, wanted)
                else:
                    assert not outside(e, point) or not math.isfinite(found), (str(e), point, found)


def test_every_target_is_tested_here() -> None:
    assert set(TARGETS) == {"python", "numpy", "jax", "c"}
