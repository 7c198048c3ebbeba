"""Canonical text: samples, round trip, any depth, and the size budget."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import example, given

from derive.errors import LimitError
from derive.expressions import Call, Derivative, Expression, Negation, Number, Power, Product, Sum, Symbol, call
from derive.notation import text
from derive.notation.parser import parse
from tests.notation.printed import ROWS
from tests.strategies import expressions
from tests.work import growth

X, Y = Symbol((), "x"), Symbol((), "y")


@pytest.mark.parametrize("shown", [row[0] for row in ROWS])
def test_samples_are_canonical(shown: str) -> None:
    assert text(parse(shown)) == shown


@given(expressions())
@example(Sum((X, Negation((Negation((Y,)),)))))
@example(Product((X, Negation((Y,)), Product((X, Y)))))
@example(Power((Derivative((X, X, Number((), 1)), False), X)))
@example(Call((X,), "x"))
@example(Call((X, Y), ("f", (2, 1))))
def test_text_reads_back(e: Expression) -> None:
    assert parse(str(e)) == e


@pytest.mark.parametrize(
    ("exact", "flat"),
    [
        ("x*(y*z)", "x*y*z"),
        ("x + (y - z)", "x + y - z"),
        ("x + (-y + z)", "x - y + z"),
        ("x - (y + z)", "x - (y + z)"),
        ("x*(y/z)", "x*(y/z)"),
    ],
)
def test_flat_text_leaves_out_brackets_of_nested_sums_and_products(exact: str, flat: str) -> None:
    e = parse(exact)
    assert (text(e), text(e, flat=True)) == (exact, flat)


def test_a_memo_serves_many_calls() -> None:
    memo: dict = {}
    e = parse("x*sin(x + 1)")
    assert text(e, memo=memo) == "x*sin(x + 1)"
    assert text(Sum((e, X)), memo=memo) == "x*sin(x + 1) + x"


def nested_sines(n: int) -> Expression:
    e: Expression = X
    for _ in range(n):
        e = call("sin", e)
    return e


def test_work_grows_with_depth() -> None:
    assert growth(lambda n: partial(text, nested_sines(n)), 1_000, 10_000) < 1.1


def test_depth_of_100_000() -> None:
    e = nested_sines(100_000)
    assert text(e) == "sin(" * 100_000 + "x" + ")" * 100_000


def test_a_shared_tree_is_refused_before_it_is_written_out() -> None:
    e: Expression = X
    for _ in range(100_000):
        e = Product((e, e))
    with pytest.raises(LimitError) as caught:
        text(e)
    assert (caught.value.limit, caught.value.value) == ("characters", 5_000_000)


def test_numbers_of_any_length() -> None:
    assert text(Number((), 10**6000)) == "1" + "0" * 6000


@pytest.mark.nightly
@given(expressions(40))
def test_large_expressions_read_back(e: Expression) -> None:
    assert parse(str(e)) == e
