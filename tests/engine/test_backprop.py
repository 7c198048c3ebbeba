"""Backpropagation with numbers: the derivatives at the point, every row right, and errors that name the part."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree as ET

import math_core
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derive
from derive.engine.backprop import Backprop
from derive.expressions import Expression, Matrix, derivative, make, symbol, symbols
from derive.numeric import ball
from derive.numeric.program import ball_of
from derive.numeric.signals import NoValue
from tests.strategies import differentiable

COMPILER = math_core.LatexToMathML()
NETWORK = "(t - u_1*tanh(w_1*a + w_2*b) - u_2*tanh(w_3*a + w_4*b))^2"
WEIGHTS = ["u_1", "u_2", "w_1", "w_2", "w_3", "w_4"]
POINT: dict[str, str | int] = {
    "t": 1, "a": 2, "b": -1, "u_1": "0.5", "u_2": "-0.3", "w_1": "0.1", "w_2": "0.2", "w_3": "-0.4", "w_4": "0.3",
}  # fmt: skip


def network() -> Backprop:
    return derive.backprop(NETWORK, WEIGHTS, at=POINT)


def test_rationals_stay_exact() -> None:
    b = derive.backprop("x^2*y/(x + 1) + cos(0*x)", at={"x": "1/3", "y": 2})
    assert b.value == Fraction(7, 6)
    assert b.gradient == {"x": Fraction(7, 8), "y": Fraction(1, 12)}
    assert all(isinstance(p.value, Fraction) for p in b.parts)


def test_the_rows() -> None:
    b = derive.backprop("x*y + sin(x)", at="x = 1, y = 2")
    assert [(p.name, str(p.expression)) for p in b.forward] == [
        ("x", "x"), ("y", "y"), ("v_1", "x*y"), ("v_2", "sin(x)"), ("v_3", "v_1 + v_2"),
    ]  # fmt: skip
    assert [p.name for p in b.backward] == ["v_3", "v_2", "v_1", "x", "y"]
    x = b.parts[0]
    assert [(c.user, str(c.slope), c.slope_value) for c in x.contributions] == [
        ("v_1", "y", 2), ("v_2", "cos(x)", Decimal("0.54030231")),
    ]  # fmt: skip
    assert x.adjoint == Decimal("2.5403023")
    assert b.backward[0].adjoint == 1
    assert b.backward[0].contributions == ()


def test_digits_are_right() -> None:
    b = derive.backprop("e^(x*y)", at={"x": 1, "y": "1/2"}, digits=50)
    assert b.gradient["y"] == derive.evaluate("e^(1/2)", {}, digits=50)
    assert b.gradient["x"] == derive.evaluate("e^(1/2)/2", {}, digits=50)
    hard = derive.backprop("sin(x) - (1 - 10^-60)*x", at={"x": "1/10^30"}, digits=8)
    assert hard.gradient["x"] == derive.evaluate("cos(x) - (1 - 10^-60)", {"x": "1/10^30"}, digits=8)


def test_what_cannot_be_told_from_zero_is_zero() -> None:
    b = derive.backprop("sin(x)*y", at={"x": "pi", "y": 2})
    assert b.value == 0
    assert b.gradient == {"x": -2, "y": 0}


def test_an_adjoint_is_the_sum_of_what_arrives() -> None:
    for p in network().backward[1:]:
        assert p.adjoint is not None
        assert abs(sum(Fraction(c.value) for c in p.contributions) - Fraction(p.adjoint)) < Fraction(1, 10**6)
        for c in p.contributions:
            assert abs(Fraction(c.adjoint) * Fraction(c.slope_value) - Fraction(c.value)) < Fraction(1, 10**6)


def test_the_gradient_of_a_network() -> None:
    b = network()
    d = derive.gradient(NETWORK, WEIGHTS, method="reverse")
    for name, entry in zip(WEIGHTS, d.result.arguments, strict=True):
        assert float(b.gradient[name]) == pytest.approx(float(derive.evaluate(entry, POINT)), abs=1e-7)
    assert [p.kind for p in b.parts[:4]] == ["given", "given", "given", "variable"]
    assert b.parts[0].adjoint is None


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    differentiable(("x", "y"), functions=("sin", "exp", "tanh", "atan", "sqrt", "ln"), max_leaves=8),
    st.fractions(-3, 3, max_denominator=8),
    st.fractions(-3, 3, max_denominator=8),
)
def test_any_function(f: Expression, x: Fraction, y: Fraction) -> None:
    """The adjoints lie in the enclosures that the series of the function give, and it fails only where those do."""
    letters = sorted(symbols(f))
    if not letters:
        return
    at = {"x": x, "y": y}
    slopes = make(Matrix, tuple([derivative(f, symbol(v), partial=True) for v in letters]), len(letters))
    try:
        b = derive.backprop(f, letters, at={v: at[v] for v in letters})
    except derive.DomainError:
        return
    try:
        expected = ball(slopes, {v: at[v] for v in letters}, 256)
    except NoValue:
        return
    for name, enclosure in zip(letters, expected.entries, strict=True):
        off = abs(enclosure - ball_of(Fraction(b.gradient[name])))
        assert off < 1e-5 * (1 + abs(enclosure))


@pytest.mark.parametrize(
    ("f", "at", "error", "said"),
    [
        ("x*y", {"x": 1}, derive.UsageError, "no value is given for y"),
        ("x", {"x": 1, "z": 2}, derive.UsageError, "z does not occur"),
        ("x", {"x": "y"}, derive.UsageError, "is a number"),
        ("x", "x", derive.UsageError, "a value for every letter"),
        ("x", {"x": float("inf")}, derive.UsageError, "finite"),
        ("2", {}, derive.UsageError, "needs a variable"),
        ("[[x, x]]", {"x": 1}, derive.UsageError, "one function"),
        ("ln(x - y)", {"x": 1, "y": 2}, derive.DomainError, "no real value of v_2 = ln(v_1)"),
        ("1/(x - y)", {"x": 1, "y": 1}, derive.DomainError, "no real value of v_2 = 1/v_1"),
        ("sqrt(x)", {"x": 0}, derive.DomainError, "no slope of v_1 = sqrt(x) here: it needs x > 0"),
        ("x*abs(x - 1)", {"x": 1}, derive.DomainError, "no slope of v_2 = abs(v_1) here"),
        ("max(x, y)", {"x": 1, "y": 1}, derive.DomainError, "no slope of v_1 = max(x, y) here"),
        ("floor(x)", {"x": 1}, derive.DomainError, "no slope of v_1 = floor(x) here"),
        ("polygamma(x, y)", {"x": 1, "y": 1}, derive.UnsupportedError, "no slope is known"),
        ("d/dt(t^2*x)", {"x": 1, "t": 1}, derive.UnsupportedError, "functions only"),
        ("x = 2", {"x": 1}, derive.UsageError, "a relation, not a function"),
        ("sum(k*x, k, 1, 3)", {"x": 1}, derive.UnsupportedError, "no slope is known: d/dx(sum("),
        ("f(x)", {"x": 1}, derive.UnsupportedError, "f(x) has no value: there is no formula for f"),
    ],
)
def test_errors(f: str, at: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said.replace("(", r"\(").replace(")", r"\)").replace("[", r"\[")):
        derive.backprop(f, at=at)  # type: ignore[arg-type]


def test_a_float_is_the_decimal_that_was_typed() -> None:
    assert derive.backprop("x^2", at={"x": 0.1}).gradient == {"x": Fraction(1, 5)}


def test_misuse() -> None:
    with pytest.raises(derive.UsageError, match="y does not occur"):
        derive.backprop("x", ["y"], at={"x": 1})
    with pytest.raises(derive.LimitError, match="digits"):
        derive.backprop("x", at={"x": 1}, digits=0)
    b = derive.backprop("x", at={"x": 1})
    with pytest.raises(derive.UsageError, match="no format"):
        b.render("pdf")
    with pytest.raises(derive.UsageError, match="no language"):
        b.table("tlh")
    with pytest.raises(derive.UsageError, match="no language"):
        b.svg("tlh")
    wide = derive.backprop("*".join(f"x_{i}" for i in range(160)), at={f"x_{i}": 1 for i in range(160)})
    with pytest.raises(derive.LimitError, match="150 parts"):
        wide.svg()
    assert "<figure" not in wide.render("html")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("form", ["text", "markdown", "latex", "html", "json"])
def test_every_format(form: str, language: str) -> None:
    shown = network().render(form, language=language)
    assert "0.16376354" in shown or form == "html"
    if form == "json":
        table = json.loads(shown)
        assert table["gradient"]["w_4"] == {"value": "-0.16376354", "exact": False}
        assert table["parts"][0]["value"] == {"value": "1", "exact": True}
    if form == "html":
        assert f'<html lang="{language}">' in shown
        assert "<svg" in shown


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_drawing_is_whole(language: str) -> None:
    b = network()
    root = ET.fromstring(b.svg(language))
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    title, desc = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert desc is not None
    assert f"{title.attrib['id']} {desc.attrib['id']}" == root.attrib["aria-labelledby"]
    assert "v₁₂" in (desc.text or "")
    boxes = root.findall(f"{space}rect")
    assert len(boxes) == len(b.parts)
    edges = root.findall(f"{space}path")
    assert len(edges) == sum(len(symbols(p.expression)) for p in b.parts if p.kind == "part")
    assert len([e for e in edges if "stroke-dasharray" not in e.attrib]) == sum(len(p.contributions) for p in b.parts)
    corners = [(float(r.attrib["x"]), float(r.attrib["y"])) for r in boxes]
    assert len(set(corners)) == len(corners)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for r in boxes:
        assert float(r.attrib["x"]) + float(r.attrib["width"]) <= width
        assert float(r.attrib["y"]) + float(r.attrib["height"]) <= height


TANGLED: list[tuple[str, dict[str, str | int]]] = [
    ("x^2*y/(x + 1) + exp(x*y)", {"x": "1/3", "y": 2}),
    ("x*sin(x*y)*cos(x)*exp(x*y) + ln(x)*y/(x + y) + sqrt(x)*z", {"x": 2, "y": "1/2", "z": 3}),
    ("x + x*y - 10^20*y/7", {"x": "123456789123456789/7", "y": "1e-20"}),
]


@pytest.mark.parametrize(("f", "at"), TANGLED)
def test_nothing_in_a_drawing_hides_something_else(f: str, at: dict[str, str | int]) -> None:
    space = "{http://www.w3.org/2000/svg}"
    root = ET.fromstring(derive.backprop(f, at={**at}, digits=4).svg())
    boxes = [[float(r.attrib[k]) for k in ("x", "y", "width", "height")] for r in root.findall(f"{space}rect")]
    lanes = [re.findall(r"L([\d.]+),([\d.]+)", way.attrib["d"]) for way in root.findall(f"{space}path")]
    assert any(lanes)
    for x, y in [point for lane in lanes for point in lane]:
        assert not any(left < float(x) <= left + w and top < float(y) < top + h for left, top, w, h in boxes)
    labels = [t for t in root.findall(f"{space}text") if t.attrib.get("font-size") == "12"]
    places = [(float(t.attrib["x"]), float(t.attrib["y"]), 7 * len(t.text or "")) for t in labels]
    for i, (x, y, w) in enumerate(places):
        assert not any(abs(x - u) < (w + v) / 2 and abs(y - z) < 12 for u, z, v in places[:i])
        assert not any(abs(x - left - wide / 2) < (w + wide) / 2 and top < y < top + h for left, top, wide, h in boxes)


def test_latex_compiles() -> None:
    blocks = network().render("latex").strip().split("\n\n")
    assert len(blocks) == 3
    for block in blocks:
        COMPILER.convert_with_local_state(block.removeprefix("\\[").removesuffix("\\]"), displaystyle=True)
