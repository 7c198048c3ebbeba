"""LaTeX as books, MathLive and language models write it, with the right meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derive.notation import parse, read_problem

EXAMPLES = Path(__file__).parents[2] / ".." / "shared" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the shared examples are not here")

LINES = {
    r"\frac{d}{dx}\left(x^2\sin x\right)": "d/dx(x^2*sin(x))",
    r"\dfrac{d}{dx}[x^2\sin(x)]": "d/dx(x^2*sin(x))",
    r"\frac{\mathrm{d}}{\mathrm{d}x} e^{-x^2}": "d/dx(e^(-x^2))",
    r"\frac{d}{\differentialD x}x^2": "d/dx(x^2)",
    r"\frac{\partial}{\partial x}\left(x^2 y\right)": "∂/∂x(x^2*y)",
    r"\frac{\partial^2 f}{\partial x\,\partial y}": "∂^2/∂x∂y(f(x, y))",
    r"\frac{d^2y}{dx^2}": "d^2/dx^2(`y`(x))",
    r"\frac{dy}{dx}": "d/dx(`y`(x))",
    "f'(x)": "f'(x)",
    "f''(x)": "f''(x)",
    r"D_x\left[x^2\right]": "d/dx(x^2)",
    r"\nabla f(x,y)": "f(x, y)",
    r"\lim_{h \to 0} \frac{f(x+h)-f(x)}{h}": "lim h->0 ((f(x + h) - f(x))/h)",
    r"\operatorname{sech}^2(x)": "sech(x)^2",
    r"\operatorname{\mathrm{sech}}x": "sech(x)",
    r"\sin^2 x\cos x": "sin(x)^2*cos(x)",
    r"\sin^{-1}(x)": "asin(x)",
    r"\arcsin x": "asin(x)",
    "2xy": "2*x*y",
    "xe^{x}": "x*e^x",
    "x(x+1)": "x*(x + 1)",
    "f(x)": "f(x)",
    r"\left|x\right|": "abs(x)",
    "|x|": "abs(x)",
    r"\lvert x \rvert": "abs(x)",
    r"\sqrt[3]{x}": "cbrt(x)",
    r"\frac12 x": "1/2*x",
    r"\tfrac{1}{2}x": "1/2*x",
    r"\log_{2}(x)": "log(x, 2)",
    r"\ln x": "ln(x)",
    r"\log x": "ln(x)",
    "e^x": "e^x",
    r"\mathrm{e}^{x}": "e^x",
    r"\exp\left(x\right)": "exp(x)",
    "x_1^2+x_{2}": "x_1^2 + x_2",
    r"\theta^2 \cos\theta": "theta^2*cos(theta)",
    r"\vec{v}\cdot\vec{w}": "v*w",
    r"\begin{bmatrix} x^2 y \\ \sin y \end{bmatrix}": "[[x^2*y], [sin(y)]]",
    r"3\times 4": "3*4",
    r"a \div b": "a/b",
    r"x^{\frac{1}{2}}": "x^(1/2)",
    r"\sin 2x": "sin(2*x)",
    r"\sin x y": "sin(x*y)",
    r"\displaystyle x^2\,\mathrm{d}x": "x^2*`dx`",
    "f(x)=x^2+1": "f(x) = x^2 + 1",
    "{x^2}^3": "(x^2)^3",
    "-x^2": "-x^2",
    "2^{3^x}": "2^3^x",
    "1{,}000x": "1000*x",
    r"x\ne 0": "x != 0",
}
HABITS = [
    (r"$x^2 \sin x$", "x^2*sin(x)"),
    (r"\(\tfrac1x\)", "1/x"),
    (r"\[ x \]", "x"),
    (r"{a \over b}", "a/b"),
    (r"{d \over dx} x^2", "d/dx(x^2)"),
    (r"\frac{d(x^2)}{dx}", "d/dx(x^2)"),
    (r"\frac{d}{dx}\Big(x\Big)", "d/dx(x)"),
    (r"\frac{\partial^{2}}{\partial x^{2}}u", "∂^2/∂x^2(u)"),
    (r"\frac{d^{n + 1}}{dx^{n + 1}}\left(x\right)", "d^(n + 1)/dx^(n + 1)(x)"),
    (r"\partial_{1,2}f\left(x,y\right)", "D[1,2](f)(x, y)"),
    (r"D_{1}f\left(x,y\right)", "D[1](f)(x, y)"),
    (r"\partial_x u", "∂/∂x(u)"),
    (r"f^{\prime}(x)+f^{\prime\prime}(x)+f^\prime(x)", "f'(x) + f''(x) + f'(x)"),
    (r"\sqrt 2 x", "sqrt(2)*x"),
    (r"\sqrt23", "sqrt(2)*3"),
    (r"\sqrt[5]{x}", "root(x, 5)"),
    (r"\exponentialE^{\imath}".replace(r"\imath", "x"), "e^x"),
    (r"x\bmod 5", "mod(x, 5)"),
    (r"\left\lfloor x\right\rfloor + \lceil x \rceil", "floor(x) + ceil(x)"),
    (r"\left.x^2\right|_{x=2}", "at(x^2, x = 2)"),
    (r"x^{1/3}\big|_{x=0}", "at(x^(1/3), x = 0)"),
    (r"\lim_{h\to 0^{+}}\left(h\right)", "lim h->0+ (h)"),
    (r"\begin{cases} x^2 & \text{if } x < 0 \\ 0 & \text{otherwise} \end{cases}", "piecewise(x^2, x < 0, 0)"),
    (r"\begin{cases} x, & x < 0 \\ -x, & x \ge 0 \end{cases}", "piecewise(x, x < 0, -x, x >= 0)"),
    (r"\begin{pmatrix}a & b\\c & d\end{pmatrix}", "[[a, b], [c, d]]"),
    (r"\mathrm{speed}\cdot t", "`speed`*t"),
    (r"\mathit{e}+\mathit{x}\left(t\right)", "`e` + `x`(t)"),
    (r"\operatorname{blob}\left(x\right)", "`blob`(x)"),
    (r"\operatorname{arsinh} x", "asinh(x)"),
    (r"\Gamma(x)", "gamma(x)"),
    (r"\psi\left(x\right)", "psi(x)"),
    (r"C_{2}-C_1", "C_2 - C_1"),
    (r"h_{\theta}+x_{\text{max}}", "h_theta + x_max"),
    (r"\varepsilon+\epsilon", "varepsilon + epsilon"),
    (r"xi\,\xi", "x*i*xi"),
    (r"\binom{n}{2}", "factorial(n)/(factorial(2)*factorial(n - 2))"),
    (r"3\cdot\cos\theta\;e^{2t}", "3*cos(theta)*e^(2*t)"),
    (r"\bigl[\ln(1+e^x)\bigr]^{9}", "ln(1 + e^x)^9"),
    (r"\sin\frac{x}{2}", "sin(x/2)"),
    (r"\log_2 8x", "log(8*x, 2)"),
    (r"\lg x", "log(x, 10)"),
    (r"\operatorname{lg}^2 x", "log(x, 10)^2"),
    (r"\frac{\mathrm d}{\mathrm dx} e^{-x^2}", "d/dx(e^(-x^2))"),
    (r"\frac{\mathrm d^2}{\mathrm dx^2} \sin x", "d^2/dx^2(sin(x))"),
]


@pytest.mark.parametrize(("typed", "canonical"), [*LINES.items(), *HABITS])
def test_reading(typed: str, canonical: str) -> None:
    shown = str(read_problem(typed).expression if typed.startswith(r"\nabla") else parse(typed))
    assert shown == canonical


@needs_examples
def test_every_collected_line_has_its_meaning_here() -> None:
    lines = (EXAMPLES / "latex_lines.txt").read_text(encoding="utf-8").splitlines()
    assert set(lines) == set(LINES)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXAMPLES / name).read_text(encoding="utf-8").splitlines()]


@needs_examples
@pytest.mark.parametrize("name", ["textbook.jsonl", "multivariable.jsonl"])
def test_latex_means_what_the_plain_text_means(name: str) -> None:
    """Roots and logarithms with a base are spelled with powers and quotients in the plain text: left out here."""
    for row in _rows(name):
        if row.get("latex") and isinstance(row["input"], str) and not _spelled_otherwise(row["latex"]):
            assert parse(row["latex"]) == parse(row["input"]), row["latex"]


def _spelled_otherwise(latex: str) -> bool:
    return r"\log_" in latex or r"\sqrt[" in latex


@needs_examples
def test_latex_reading_examples_are_read() -> None:
    for row in _rows("latex_reading.jsonl"):
        found = parse(row["latex"], latex=True)
        expected = parse(row["expected"])
        names = {str(n.label) for n in _leaves(found)} - {"e", "pi"}
        assert names >= {str(n.label) for n in _leaves(expected) if n.kind == "symbol"}, row["latex"]


def _leaves(e: Any) -> list[Any]:
    from derive.expressions import postorder

    return [n for n in postorder(e) if n.kind in ("symbol", "constant")]
