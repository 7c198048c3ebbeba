"""LaTeX: samples, it compiles, it reads back to the same tree, and marks."""

from __future__ import annotations

import math_core
import pytest
from hypothesis import given

from derive.expressions import Expression
from derive.notation import latex
from derive.notation.parser import parse
from tests.notation.printed import ROWS
from tests.strategies import differentiable, expressions

COMPILER = math_core.LatexToMathML()


def compiles(source: str) -> bool:
    return bool(COMPILER.convert_with_local_state(source, displaystyle=True))


@pytest.mark.parametrize(("shown", "expected"), [row[:2] for row in ROWS])
def test_samples(shown: str, expected: str) -> None:
    assert latex(parse(shown)) == expected


@given(expressions())
def test_latex_compiles(e: Expression) -> None:
    assert compiles(latex(e))
    assert compiles(latex(e, flat=True, mark=e.arguments[0] if e.arguments else e))


@given(expressions())
def test_latex_reads_back(e: Expression) -> None:
    assert parse(latex(e)) == e


@given(differentiable(("x", "y"), parameters=("a", "b"), abstract=("f", "g")))
def test_latex_of_functions_reads_back(e: Expression) -> None:
    assert parse(latex(e)) == e


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("x*(y*sin(x))", r"xy\sin\left(x\right)"),
        ("2*(3*x)", r"2\cdot 3x"),
        ("x*(1/2*y)", r"x\cdot\frac{1}{2}y"),
        ("x*f*(x + 1)", r"xf\cdot\left(x + 1\right)"),
        ("(x*f)*(x + 1)", r"xf\cdot\left(x + 1\right)"),
        ("x + (-y + 1)", "x - y + 1"),
    ],
)
def test_flat_latex_leaves_out_brackets(shown: str, expected: str) -> None:
    assert latex(parse(shown), flat=True) == expected


@pytest.mark.parametrize(
    ("shown", "marked", "expected"),
    [
        ("x*sin(x)", "sin(x)", r"x{\color{purple}\sin\left(x\right)}"),
        ("x - y^2", "y^2", r"x - {\color{purple}y^{2}}"),
        ("x - y", "-y", r"x {\color{purple}-y}"),
        ("sin(x)^2", "sin(x)", r"\left({\color{purple}\sin\left(x\right)}\right)^{2}"),
        ("x + 1", "y", "x + 1"),
    ],
)
def test_marked_parts_are_coloured(shown: str, marked: str, expected: str) -> None:
    memo: dict = {}
    e = parse(shown)
    assert latex(e, mark=parse(marked), memo=memo) == expected
    assert latex(e, memo=memo) == latex(e)


@pytest.mark.nightly
@given(expressions(40))
def test_large_latex_reads_back(e: Expression) -> None:
    assert parse(latex(e)) == e
