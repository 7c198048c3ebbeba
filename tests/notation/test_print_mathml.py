"""MathML: well-formed, escaped, with alternative text and marks."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from derive.expressions import Equation, Expression, Symbol
from derive.notation import mathml, mathml_inner
from derive.notation.parser import parse
from tests.strategies import expressions

SAMPLES = {
    "2*x": "<mrow><mn>2</mn><mo>&#x2062;</mo><mi>x</mi></mrow>",
    "2*3": "<mrow><mn>2</mn><mo>⋅</mo><mn>3</mn></mrow>",
    "x - y": "<mrow><mi>x</mi><mo>−</mo><mrow><mi>y</mi></mrow></mrow>",
    "x/2": "<mfrac><mi>x</mi><mn>2</mn></mfrac>",
    "x_1^2": "<msup><msub><mi>x</mi><mn>1</mn></msub><mn>2</mn></msup>",
    "sqrt(x)": "<msqrt><mi>x</mi></msqrt>",
    "sin(x)^2": "<mrow><msup><mi>sin</mi><mn>2</mn></msup><mo>&#x2061;</mo>"
    "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>",
    "d/dx(x)": '<mrow><mfrac><mrow><mi mathvariant="normal">d</mi></mrow><mrow><mi mathvariant="normal">d</mi>'
    "<mi>x</mi></mrow></mfrac><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>",
    "x < 1": "<mrow><mi>x</mi><mo>&lt;</mo><mn>1</mn></mrow>",
}


@pytest.mark.parametrize(("shown", "expected"), SAMPLES.items())
def test_samples(shown: str, expected: str) -> None:
    assert mathml_inner(parse(shown)) == expected


@given(expressions())
def test_mathml_is_well_formed(e: Expression) -> None:
    mark = e.arguments[0] if e.arguments else e
    assert ET.fromstring(mathml(e)).get("alttext") == str(e)
    assert 'class="changed"' in mathml(e, flat=True, mark=mark)
    ET.fromstring(mathml(e, flat=True, mark=mark))


def test_everything_is_escaped() -> None:
    e = Equation((Symbol((), '<script>"&'), Symbol((), "x")), "<")
    root = ET.fromstring(mathml(e))
    assert root.get("alttext") == '`<script>"&` < x'
    assert "<script>" not in mathml(e)


def test_marked_parts_carry_a_class() -> None:
    assert mathml_inner(parse("x + y"), mark=parse("y")) == (
        '<mrow><mi>x</mi><mo>+</mo><mrow class="changed"><mi>y</mi></mrow></mrow>'
    )
