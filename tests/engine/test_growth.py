"""The cost of a derivation is in proportion to its steps: four times the input takes about four times as long."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

import derive
from derive.expressions import Expression, Number, Symbol, call, make, power, product_of, sum_of
from derive.expressions import natural as n_

X = Symbol((), "x")


def nested_sines(n: int) -> Expression:
    e: Expression = X
    for _ in range(n):
        e = call("sin", e)
    return e


def nested_powers(n: int) -> Expression:
    """(((x^2 + 1)^2 + 2)^2 + …)^2"""
    e: Expression = X
    for k in range(n):
        e = power(sum_of([e, n_(k + 1)]), n_(2))
    return e


def nested_products(n: int) -> Expression:
    """x*sin(x*sin(x*…))"""
    e: Expression = X
    for _ in range(n):
        e = product_of([X, call("sin", e)])
    return e


def wide_sum(n: int) -> Expression:
    return sum_of([power(X, n_(k)) for k in range(2, n + 2)])


def wide_sum_of_calls(n: int) -> Expression:
    return sum_of([call("sin", product_of([n_(k), X])) for k in range(2, n + 2)])


def wide_product(n: int) -> Expression:
    return product_of([sum_of([X, make(Number, (), k)]) for k in range(1, n // 8 + 2)])


SHAPES = [nested_sines, nested_powers, nested_products, wide_sum, wide_sum_of_calls]


def measured(shape: Callable[[int], Expression], n: int) -> tuple[int, float]:
    """(steps, seconds) of the derivation, the faster of two."""
    e = shape(n)
    best = float("inf")
    for _ in range(2):
        start = process_time()
        d = derive.differentiate(e, "x")
        best = min(best, process_time() - start)
    assert d.outcome == "done"
    return len(d.states) - 1, best


@pytest.mark.parametrize("shape", SHAPES)
def test_steps_and_time_are_linear(shape: Callable[[int], Expression]) -> None:
    few, fast = measured(shape, 250)
    many, slow = measured(shape, 1000)
    assert many < 5 * few
    assert slow < 8 * fast, f"{fast:.3f} s for 250, {slow:.3f} s for 1000"


def test_a_part_that_comes_again_is_cited_or_shared() -> None:
    """d/dx of u*u + u, u = sin(sin(…)): u is worked out once."""
    u = nested_sines(50)
    once = len(derive.differentiate(u, "x").states)
    twice = len(derive.differentiate(sum_of([product_of([n_(3), u]), call("cos", u)]), "x").states)
    assert twice < once + 25
