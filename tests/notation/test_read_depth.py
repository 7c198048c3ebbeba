"""No depth or width breaks the reader, and its time grows with the length of the text."""

from __future__ import annotations

import contextlib
import time

import pytest

from derive.errors import DeriveError
from derive.expressions import Expression
from derive.notation import parse, read, read_problem

N = 100_000
DEEP = {
    "parentheses": ("(" * N + "x" + ")" * N, 1),
    "calls": ("sin(" * N + "x" + ")" * N, N + 1),
    "bare calls": ("sin " * N + "x", N + 1),
    "signs": ("-" * N + "x", N + 1),
    "fractions": ("1/(" * N + "x" + ")" * N, N + 1),
    "powers": ("x^" * N + "x", N + 1),
    "quotients": ("x/" * N + "x", N + 1),
    "operators": ("d/dx " * 20_000 + "x", 20_001),
    "bars": ("abs(" * 20_000 + "x" + ")" * 20_000, 20_001),
    "roots": (r"\sqrt{" * 20_000 + "x" + "}" * 20_000, 20_001),
    "LaTeX fractions": (r"\frac{1}{" * 20_000 + "x" + "}" * 20_000, 20_001),
    "LaTeX brackets": (r"\left(" * 20_000 + "x" + r"\right)" * 20_000, 1),
}
WIDE = {"sum": "x+" * N + "x", "product": "x*" * N + "x", "without signs": "x " * N + "x"}


@pytest.mark.parametrize("name", DEEP)
def test_deep(name: str) -> None:
    text, depth = DEEP[name]
    e: Expression = parse(text)
    assert e.depth == depth


@pytest.mark.parametrize("name", WIDE)
def test_wide(name: str) -> None:
    assert len(parse(WIDE[name]).arguments) == N + 1


def test_orders_within_orders_are_limited() -> None:
    from derive.errors import ReadError

    text = "d^(" * 60 + "n" + ")/dx^n(x)" * 60
    with pytest.raises(ReadError):
        parse(text)


TIRING = {
    "blanks in an operator": r"\frac{d" + " " * 50_000 + "x",
    "variables under a line": "d/(" + "dx_ddddddd" * 12,
    "variables of D": "D_{" + "a" * 60 + "!",
    "arguments on a left side": "f(" + "a" * 60,
    "orders within orders": r"\frac{d^{" * 5_000,
    "operators of brackets": "d(" * 5_000,
    "bars with a value": "x|_" * 5_000,
    "notes": "xy+" * 10_000 + "x",
    "one long run": "a" * 200_000,
    "definitions": "y=x;" * 1_000 + "y",
}


@pytest.mark.parametrize("name", TIRING)
def test_every_pattern_matches_in_one_way(name: str) -> None:
    """Each took minutes when one could match in many ways, inside the regular expression, where no line is counted."""
    for reader in (read, read_problem):
        begin = time.process_time()
        with contextlib.suppress(DeriveError):
            reader(TIRING[name])
        assert time.process_time() - begin < 20  # 0.7 s
