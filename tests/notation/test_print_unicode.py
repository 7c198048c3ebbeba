"""Unicode for a terminal: samples in one line and in two dimensions, and the regions of marks."""

from __future__ import annotations

import pytest
from hypothesis import given

from derive.expressions import Expression, call, symbol
from derive.notation import unicode, unicode_block, unicode_line
from derive.notation.block import columns
from derive.notation.parser import parse
from tests.notation.printed import ROWS
from tests.strategies import expressions

LAID_OUT = {
    "x^2*sin(3*x)": "x² · sin(3x)",
    "(x + 1)/x^2": """\
x + 1
─────
 x²""",
    "x - 1/(2*x)": """\
    1
x − ──
    2x""",
    "x/y/z": """\
 x
 ─
 y
───
 z""",
    "e^(x^2/2)": """\
 x²/2
e""",
    "sin(x/2)^2": """\
    ⎛x⎞
sin²⎜─⎟
    ⎝2⎠""",
    "sqrt(x + 1)": """\
 _____
√x + 1""",
    "sqrt(1 + 1/x)": """\
    ______
   ╱     1
  ╱  1 + ─
╲╱       x""",
    "d/dx(x^2)": """\
d
── (x²)
dx""",
    "∂^2/∂x∂y(x*y)": """\
 ∂²
──── (x · y)
∂x∂y""",
    "abs(x/2)": """\
│x│
│─│
│2│""",
    "[[x, y^2], [1/x, 0]]": """\
⎡x  y²⎤
⎢     ⎥
⎢1    ⎥
⎢─  0 ⎥
⎣x    ⎦""",
    "piecewise(x, x >= 0, -x)": """\
⎧x   if x ≥ 0
⎩−x  otherwise""",
    "at(x^2, x = 3)": """\
x²│
  │x=3""",
    "lim h->0 (x + h)": """\
lim (x + h)
h→0""",
}


@pytest.mark.parametrize(("shown", "expected"), [(row[0], row[2]) for row in ROWS])
def test_samples_on_one_line(shown: str, expected: str) -> None:
    assert unicode_line(parse(shown)) == expected


@pytest.mark.parametrize(("shown", "expected"), LAID_OUT.items())
def test_samples_laid_out(shown: str, expected: str) -> None:
    assert unicode(parse(shown)) == expected


@given(expressions())
def test_blocks_are_rectangles_and_marks_stand_inside(e: Expression) -> None:
    mark = e.arguments[0] if e.arguments else e
    for flat in (False, True):
        block = unicode_block(e, flat=flat, mark=mark)
        assert {columns(row) for row in block.lines} == {block.width}
        assert 0 <= block.baseline < block.height
        assert all(0 <= row < block.height and 0 <= start < end <= block.width for row, start, end in block.marks)


def test_marks_say_where_the_part_stands() -> None:
    block = unicode_block(parse("x - 1/(2*x)"), mark=parse("2*x"))
    assert block.marks == ((2, 4, 6),)
    assert block.lines[2][4:6] == "2x"


def test_marks_in_exponents() -> None:
    block = unicode_block(parse("e^(x/2)"), mark=symbol("x"))
    assert [block.lines[row][start:end] for row, start, end in block.marks] == ["x"]


def test_formulas_too_large_to_lay_out_stay_on_one_line() -> None:
    e: Expression = symbol("x")
    for _ in range(100_000):
        e = call("sin", e)
    assert unicode(e) == "sin(" * 100_000 + "x" + ")" * 100_000
