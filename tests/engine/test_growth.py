"""The cost of a derivation is in proportion to its steps: four times the input takes about four times as long."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from time import process_time

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
    """At most 400 bytes a distinct node, log included."""
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
    assert (after - before) / len(made) < 400


@pytest.mark.nightly
def test_a_hundred_thousand_functions() -> None:
    few, fast = measured(nested_functions, 10_000)
    many, slow = measured(nested_functions, 100_000)
    assert abs(many - 10 * few) < 100
    assert slow < 15 * fast, f"{fast:.3f} s for 10,000, {slow:.3f} s for 100,000"


def test_a_part_that_comes_again_is_cited_or_shared() -> None:
    """d/dx of u*u + u, u = sin(sin(…)): u is worked out once."""
    u = nested_sines(50)
    once = len(derive.differentiate(u, "x").states)
    twice = len(derive.differentiate(sum_of([product_of([n_(3), u]), call("cos", u)]), "x").states)
    assert twice < once + 25
