"""Polynomials in brackets in brackets are worked out in steps and work in proportion to what is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import derive
from derive.expressions import Expression, call, natural, product_of, sum_of, symbol
from tests.work import growth

X = symbol("x")


def horner(last: Callable[[int], Expression], n: int) -> Expression:
    """((x*x + 2)*x + 3)*x + …"""
    e = X
    for k in range(n):
        e = sum_of([product_of([e, X]), last(k + 2)])
    return e


def letter(k: int) -> Expression:
    return symbol(f"a_{k}")


@pytest.mark.parametrize("last", [natural, letter])
def test_deep_brackets_are_opened_once(last: Callable[[int], Expression]) -> None:
    """At each level the nest is one step, though one bracket of it a step would be several; all are written out."""
    few, many = (len(derive.differentiate(horner(last, n), "x", verify="off").states) for n in (20, 60))
    assert many < 3.1 * few


def test_the_work_is_what_the_lines_are_long() -> None:
    """A level's polynomial has as many terms as the level is high: n^2 of them are written, in 7*n steps."""
    assert growth(lambda n: lambda: derive.differentiate(horner(natural, n), "x", verify="off"), 20, 60) < 2.1


def test_the_result_is_the_polynomial() -> None:
    d = derive.differentiate(horner(natural, 12), "x")
    assert d.outcome == "done"
    assert d.result == derive.parse(
        "13*x^12 + 22*x^10 + 30*x^9 + 36*x^8 + 40*x^7 + 42*x^6 + 42*x^5 + 40*x^4 + 36*x^3 + 30*x^2 + 22*x + 12"
    )


def unlike(n: int) -> Expression:
    """sin(f_2(x)*(…)) + x: at each level another factor before the bracket, so that nothing combines."""
    e = X
    for k in range(n):
        e = sum_of([call("sin", product_of([e, call(f"f_{k}", X)])), X])
    return e


def test_a_nest_in_which_nothing_combines_costs_little() -> None:
    assert growth(lambda n: lambda: derive.differentiate(unlike(n), "x", verify="off"), 40, 160) < 1.2
