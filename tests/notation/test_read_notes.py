"""Ambiguity is never silent: what is noted, where, and what it might have been; and what needs no note."""

from __future__ import annotations

import pytest

from derive.notation import read
from derive.notation.reading import NOTE_KINDS

NOTED = [
    ("1/2x", "product-after-slash", "1/2x", "1/2*x", ("1/(2*x)",)),
    ("1/2(x+1)", "product-after-slash", "1/2(x+1)", "1/2*(x + 1)", ("1/(2*(x + 1))",)),
    ("xy", "letters", "xy", "x*y", ("`xy`",)),
    ("log x", "natural-log", "log", "ln(…)", ("log(…, 10)",)),
    ("lg x", "decimal-log", "lg", "log(…, 10)", ("log(…, 2)",)),
    (r"\log x", "natural-log", r"\log", "ln(…)", ("log(…, 10)",)),
    ("sin^-1 x", "inverse-function", "sin", "asin(…)", ("1/sin(…)",)),
    ("a(x+1)", "product-not-call", "a(x+1)", "a*(x + 1)", ("`a`(x + 1)",)),
    ("x(t)", "call-not-product", "x(t)", "`x`(t)", ("x*t",)),
    ("sin x y", "function-reach", "sin x y", "sin(x*y)", ("sin(x)*y",)),
    ("sin x/2", "function-before-slash", "sin x", "sin(x)/…", ("sin(x/…)",)),
    ("e^2x", "exponent-then-factor", "e^2x", "e^2*x", ("e^(2*x)",)),
    ("dy/dx", "depends", "dy/dx", "y", ()),
    ("d/dx x^2 + x", "operator-takes-rest", "d/dx x^2 + x", "d/dx(x^2 + x)", ("d/dx(x^2) + x",)),
    ("d/dx (x+1)^2", "operator-takes-power", "d/dx (x+1)^2", "d/dx((x + 1)^2)", ("(d/dx(x + 1))^2",)),
    ("d/dx (x+1)(x+2)", "operator-takes-bracket", "d/dx (x+1)", "d/dx((x+1))·…", ("d/dx((x+1)·…)",)),
    (r"x^2\,\mathrm{d}x", "differential", r"\mathrm{d}x", "`dx`", ()),
    (r"\vec{v}\cdot 2", "accent", r"\vec{v}", "v", ()),
    ("1,500x", "comma-in-number", "1,500", "1500", ()),
]


@pytest.mark.parametrize(("typed", "kind", "piece", "reading", "alternatives"), NOTED)
def test_noted(typed: str, kind: str, piece: str, reading: str, alternatives: tuple[str, ...]) -> None:
    note = next(n for n in read(typed).notes if n.kind == kind)
    assert (note.text, note.reading, note.alternatives) == (piece, reading, alternatives)
    assert typed[note.column - 1 : note.end_column - 1] == piece
    assert note.kind in NOTE_KINDS


@pytest.mark.parametrize(
    "typed",
    [
        "2x", "2x sin(3x)", "x^2 + 3*x", "sin 2x", "sin^2 x", "x^2y", "d/dx x^2*sin(x)", "d/dx(x^2)*sin(x)", "f(x)",
        "1/(2x)",
        r"\frac12 x", r"\sin 2x \cos x", "2(x+1)", "x*(x+1)", "sin(x)/2", "|x|", "e^(2x)", "alpha*x", r"xy\,z",
    ],
)  # fmt: skip
def test_nothing_to_note(typed: str) -> None:
    assert read(typed).notes == ()


def test_lines_and_columns() -> None:
    note = read("1 +\n  xy").notes[0]
    assert (note.line, note.column, note.end_column) == (2, 3, 5)


def test_one_note_for_each_piece() -> None:
    assert [n.text for n in read("xy + xy + yz").notes] == ["xy", "yz"]


@pytest.mark.parametrize("text", ["log(x, 2)", r"\log_{10}(x)", "log_2 x", "3log(x, a)"])
def test_a_logarithm_with_a_base_is_not_said_to_have_none(text: str) -> None:
    assert not [note for note in read(text).notes if note.kind == "natural-log"]
