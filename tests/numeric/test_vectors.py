"""The judge knows gradients, Jacobians, fields and chains by their definition, and sees wrong ones."""

from __future__ import annotations

import pytest

from derive.notation import parse
from derive.numeric import compare

EQUAL = [
    ("gradient(x^2*y, x, y)", "[[2*x*y, x^2]]"),
    ("jacobian([[x*y], [x + y]], x, y)", "[[y, x], [1, 1]]"),
    ("hessian(x^2*y, x, y)", "[[2*y, 2*x], [2*x, 0]]"),
    ("divergence([[x*y, y^2]], x, y)", "3*y"),
    ("curl([[y*z, x*z, x*y^2]], x, y, z)", "[[2*x*y - x, y - y^2, 0]]"),
    ("curl([[-y, x]], x, y)", "2"),
    ("laplacian(x^2*y, x, y)", "2*y"),
    ("directional(x*y, [[3, 4]], x, y)", "(3*y + 4*x)/5"),
    ("transpose(gradient(x*y, x, y))", "[[y], [x]]"),
    ("at(gradient(x*y, x, y), x = 2, y = 3)", "[[3, 2]]"),
    ("[[a, b]]*[[c], [d]]", "a*c + b*d"),
    ("chain(x_1^2 + 2*x_2, [[x_1, x_2]], [[sin(t), cos(t)]], t)", "2*sin(t)*cos(t) - 2*sin(t)"),
    ("chain(f(x, y), [[x, y]], [[s*t, s]], s, t)",
     "at([[∂/∂x(f(x, y)), ∂/∂y(f(x, y))]]*[[t, s], [1, 0]], x = s*t, y = s)"),
    ("chain(x*y, [[x, y]], [[u*v, u]], [[u, v]], [[t^2, t]], t)", "5*t^4"),
]  # fmt: skip
DIFFERENT = [
    ("gradient(x^2*y, x, y)", "[[x^2, 2*x*y]]"),
    ("gradient(x^2*y, x, y)", "[[2*x*y], [x^2]]"),
    ("transpose(gradient(x*y, x, y))", "[[y, x]]"),
    ("chain(f(x, y), [[x, y]], [[s*t, s]], s)", "at(t*∂/∂x(f(x, y)) - ∂/∂y(f(x, y)), x = s*t, y = s)"),
]
UNKNOWN = ["divergence([[x, y]], x)", "gradient(x, 2)", "chain(x, t)", "curl([[x]], x)", "[[x, y]]*[[x, y]]"]


@pytest.mark.parametrize(("problem", "value"), EQUAL)
def test_equal(problem: str, value: str) -> None:
    assert compare(parse(problem), parse(value)).verdict == "equal"


@pytest.mark.parametrize(("problem", "value"), DIFFERENT)
def test_different(problem: str, value: str) -> None:
    assert compare(parse(problem), parse(value)).verdict == "different"


@pytest.mark.parametrize("problem", UNKNOWN)
def test_what_has_no_value_is_not_judged(problem: str) -> None:
    assert compare(parse(problem), parse("x")).verdict == "unknown"
