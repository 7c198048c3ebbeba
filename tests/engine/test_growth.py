"""The cost of a derivation is in proportion to its steps: four times the input is about four times the work."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

import derive
from derive.engine import work_out
from derive.expressions import (
    Expression,
    Number,
    Symbol,
    call,
    derivative,
    make,
    postorder,
    power,
    product_of,
    quotient,
    sum_of,
)  # fmt: skip
from derive.expressions import natural as n_
from derive.strategy import RULES
from tests.work import growth

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


def nested_functions(n: int) -> Expression:
    """exp(cos(sin(exp(…)))): a minus sign every third level"""
    e: Expression = X
    for k in range(n):
        e = call(("sin", "cos", "exp")[k % 3], e)
    return e


def nested_logarithms(n: int) -> Expression:
    """ln(ln(…)): a fraction in a fraction, n deep"""
    e: Expression = X
    for _ in range(n):
        e = call("ln", e)
    return e


def nested_inverses(n: int) -> Expression:
    e: Expression = X
    for k in range(n):
        e = call(("atan", "tanh")[k % 2], e)
    return e


def chain_of_quotients(n: int) -> Expression:
    """x/x/x/…"""
    e: Expression = X
    for _ in range(n // 4):
        e = quotient(e, X)
    return e


def wide_product_of_functions(n: int) -> Expression:
    return product_of([call(f"f_{k}", X) for k in range(1, n + 1)])


SHAPES = [
    nested_sines, nested_functions, nested_powers, nested_products, nested_logarithms, nested_inverses,
    chain_of_quotients, wide_sum, wide_sum_of_calls, wide_product_of_functions,
]  # fmt: skip


def steps_of(shape: Callable[[int], Expression], n: int) -> int:
    d = derive.differentiate(shape(n), "x")
    assert d.outcome == "done"
    return len(d.steps)


def differentiating(shape: Callable[[int], Expression]) -> Callable[[int], Callable[[], object]]:
    """Of a size, what differentiates the shape of that size."""

    def sized(n: int) -> Callable[[], object]:
        e = shape(n)
        return lambda: derive.differentiate(e, "x")

    return sized


@pytest.mark.parametrize("shape", SHAPES)
def test_steps_and_work_are_linear(shape: Callable[[int], Expression]) -> None:
    assert steps_of(shape, 1000) < 5 * steps_of(shape, 250)
    assert growth(differentiating(shape), 250, 1000) < 1.2  # n*log(n) is 1.16


@pytest.mark.parametrize("shape", [nested_functions, nested_logarithms, wide_product_of_functions])
def test_shared_size_is_linear(shape: Callable[[int], Expression]) -> None:
    few, many = (len(postorder(derive.differentiate(shape(n), "x").result)) for n in (100, 400))
    assert 3 * few < many < 5 * few


def test_pointers_of_a_wide_product_are_nearly_linear() -> None:
    """A sum of n products of n factors would have n^2 of them; halves of halves have n*log(n)."""
    few, many = (
        sum(len(e.arguments) for e in postorder(derive.differentiate(wide_product_of_functions(n), "x").result))
        for n in (100, 1000)
    )
    assert many < 16 * few


def test_memory_is_in_proportion() -> None:
    """At most 500 bytes a distinct node, log included."""
    e = derivative(nested_functions(3_000), X)
    work_out(derivative(nested_functions(6), X), RULES)  # patterns are read
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        worked = work_out(e, RULES)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    made: set[Expression] = set()
    for step in worked.log:
        for state in (step.before, step.after):
            made.update(postorder(state, made))
    assert (after - before) / len(made) < 500  # 376


@pytest.mark.nightly
def test_a_hundred_thousand_functions() -> None:
    assert abs(steps_of(nested_functions, 100_000) - 10 * steps_of(nested_functions, 10_000)) < 100
    assert growth(differentiating(nested_functions), 10_000, 100_000) < 1.1


def test_a_part_that_comes_again_is_cited_or_shared() -> None:
    """d/dx of u*u + u, u = sin(sin(…)): u is worked out once."""
    u = nested_sines(50)
    once = len(derive.differentiate(u, "x").states)
    twice = len(derive.differentiate(sum_of([product_of([n_(3), u]), call("cos", u)]), "x").states)
    assert twice < once + 25
