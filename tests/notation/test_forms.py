"""Derivatives of several variables as books write them, in every printer; exact printing still reads back."""

from __future__ import annotations

import pytest

from derive.expressions import Expression
from derive.notation import latex, mathml, parse, text, unicode, unicode_line

FORMS = [
    ("∂/∂x_1(f(x_1, x_2))", "∂f/∂x₁", r"\frac{\partial f}{\partial x_{1}}"),
    ("∂^2/∂x∂y(f(x, y))", "∂²f/∂x∂y", r"\frac{\partial ^{2}f}{\partial x\partial y}"),
    ("d/dt(`x`(t))", "dx/dt", r"\frac{dx}{dt}"),
    ("gradient(f(x, y), x, y)", "∂f/∂(x, y)", r"\frac{\partial f}{\partial (x,y)}"),
    ("gradient(x*y, x, y)", "∇[x, y](x·y)", r"\nabla _{x,y}\left(xy\right)"),
    ("jacobian([[x(s, t)], [y(s, t)]], s, t)", "∂(x, y)/∂(s, t)", r"\frac{\partial (x,y)}{\partial (s,t)}"),
    ("jacobian([[x*y]], x, y)", "∂/∂(x, y)[[x·y]]", r"\frac{\partial }{\partial (x,y)}\begin{bmatrix}xy\end{bmatrix}"),
    ("hessian(x*y, x, y)", "∇²[x, y](x·y)", r"\nabla ^{2}_{x,y}\left(xy\right)"),
    ("laplacian(x*y, x, y)", "Δ[x, y](x·y)", r"\Delta _{x,y}\left(xy\right)"),
    ("transpose([[a, b]])", "[[a, b]]ᵀ", r"\begin{bmatrix}a & b\end{bmatrix}^{\top}"),
    ("chain(f(x, y), [[x, y]], [[x(s, t), y(s, t)]], s, t)", "df/d(s, t)", r"\frac{df}{d(s,t)}"),
    ("chain(f(x, y), [[x, y]], [[x(s, t), y(s, t)]], s)", "∂f/∂s", r"\frac{\partial f}{\partial s}"),
    ("chain(x^2, [[x]], [[t^3]], t)", "d/dt(x²),  [[x]] = [[t³]]",
     r"\frac{d}{dt}\left(x^{2}\right),\quad \begin{bmatrix}x\end{bmatrix} = \begin{bmatrix}t^{3}\end{bmatrix}"),
    ("at(x*y, x = x(s, t), y = y(s, t))", "x·y", "xy"),
]  # fmt: skip


@pytest.mark.parametrize(("spelling", "line", "tex"), FORMS)
def test_for_people(spelling: str, line: str, tex: str) -> None:
    e = parse(spelling)
    assert unicode_line(e, flat=True) == line
    assert latex(e, flat=True) == tex
    assert unicode(e, flat=True)
    assert "gradient" not in mathml(e, flat=True).partition(">")[2]


@pytest.mark.parametrize("spelling", [spelling for spelling, _, _ in FORMS])
def test_exact_printing_reads_back(spelling: str) -> None:
    e: Expression = parse(spelling)
    assert parse(text(e)) == e
    assert parse(latex(e)) == e


def test_a_function_of_something_else_is_written_out() -> None:
    assert unicode_line(parse("∂/∂x(f(x^2, y))"), flat=True) == "∂/∂x(f(x², y))"
    assert unicode_line(parse("at(x*y, x = sin(t), y = t)"), flat=True) == "[x·y](x=sin(t), y=t)"
    assert unicode_line(parse("at(f'(x), x = 2)"), flat=True) == "[f′(x)](x=2)"


def test_two_dimensions() -> None:
    assert unicode(parse("∂/∂x(f(x, y))*d/dt(`x`(t))"), flat=True).splitlines() == ["∂f   dx", "── · ──", "∂x   dt"]
