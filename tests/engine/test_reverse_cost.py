"""What reverse mode costs: size and work in proportion to the function, however deep or wide it is."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import pairwise
from math import isqrt

import pytest

import derive
from derive.expressions import Expression, Number, Product, Sum, call, make, postorder, symbol
from tests.engine.large_functions import log_sum_exp, network, product, rosenbrock
from tests.work import growth

SIZES = [(rosenbrock(50), 50), (log_sum_exp(60), 60), (product(200), 200), (network(12), 156)]


@pytest.mark.parametrize(("f", "n"), SIZES, ids=["rosenbrock", "log-sum-exp", "product", "network"])
def test_cheap_gradient(f: tuple[Expression, list[Expression]], n: int) -> None:
    """All partial derivatives together are a small multiple of the function (Baur and Strassen)."""
    e, xs = f
    assert len(xs) == n
    d = derive.gradient(e, xs, method="reverse")
    assert d.outcome == "done"
    assert len(d.result.arguments) == n
    own, whole = len(postorder(e)), len(postorder(make(Sum, (e, d.result))))
    assert whole <= 5 * own


@pytest.mark.parametrize(
    ("f", "own", "whole"),
    [(rosenbrock, 9 * 60 - 4, 15 * 60 - 6), (log_sum_exp, 2 * 60 + 2, 3 * 60 + 6), (product, 60 + 1, 4 * 60 - 3)],
)
def test_exact_sizes(f: Callable[[int], tuple[Expression, list[Expression]]], own: int, whole: int) -> None:
    """Distinct parts of the function, and of it with its gradient (a matrix and a sum that joins them included)."""
    e, xs = f(60)
    d = derive.gradient(e, xs, method="reverse")
    assert len(postorder(e)) == own
    assert len(postorder(make(Sum, (e, d.result)))) == whole


@pytest.mark.parametrize(("n", "flat"), [(4, True), (9, True), (10, False), (20, False)])
def test_a_small_result_is_tidied_unless_that_undoes_the_sharing(n: int, flat: bool) -> None:
    f, xs = product(n)
    result = derive.gradient(f, xs, method="reverse").result
    assert all(factor.kind != "product" for entry in result.arguments for factor in entry.arguments) == flat


FAMILIES: dict[str, Callable[[int], tuple[Expression, list[Expression]]]] = {
    "rosenbrock": rosenbrock, "log-sum-exp": log_sum_exp, "product": product, "network": lambda n: network(isqrt(n)),
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("what", ["result", "steps"])
def test_the_work_is_in_proportion(family: str, what: str) -> None:
    """To the size of the function, for the gradient as for the steps that are made when they are asked for."""

    def job(n: int) -> Callable[[], object]:
        f, xs = FAMILIES[family](n)
        d = derive.gradient(f, xs, method="reverse", verify="off")
        if what == "steps":
            return lambda: d.steps
        return lambda: derive.gradient(f, xs, method="reverse", verify="off").result

    small, large = (500, 2000) if what == "result" else (50, 200)
    exponent = growth(job, small, large)
    assert exponent < 1.1, exponent


def test_no_trivial_factor_is_ever_written() -> None:
    for f, xs in (rosenbrock(150), log_sum_exp(150), product(300), network(15)):
        d = derive.gradient(f, xs, method="reverse")
        known = set(postorder(f))
        for node in postorder(d.result):
            if node not in known and type(node) in (Product, Sum):
                numbers = [a for a in node.arguments if type(a) is Number and a.label in (0, 1)]
                assert not numbers, node


def test_a_chain_100_000_deep() -> None:
    f: Expression = symbol("x")
    for i in range(100_000):
        f = call("sin" if i % 2 else "cos", f)
    d = derive.gradient(f, ["x"], method="reverse")
    assert d.outcome == "done"
    assert len(d.states) == 100_003
    assert d.states[50_000].open
    assert not d.states[100_001].open
    assert d.states[-1] == d.result


def test_the_steps_of_a_chain_5_000_deep() -> None:
    f: Expression = symbol("x")
    for _ in range(5_000):
        f = call("sin", f)
    d = derive.gradient(f, ["x"], method="reverse")
    assert len(d.steps) == 5_002
    assert {s.rule for s in d.steps[1:-1]} == {"edge.function"}
    assert d.steps[2_000].places == 1


def test_a_wide_sum() -> None:
    xs = [symbol(f"x_{i}") for i in range(20_000)]
    f = make(Sum, tuple([call("sin", make(Product, (x, y))) for x, y in pairwise(xs)]))
    d = derive.gradient(f, xs, method="reverse")
    assert d.outcome == "done"
    assert len(postorder(d.result)) < 5 * len(postorder(f))


def test_a_product_is_a_sweep_without_the_jacobian() -> None:
    """100 functions of 100 variables: the Jacobian has 10,000 entries, the products a few hundred parts."""
    xs = [symbol(f"x_{i}") for i in range(100)]
    whole = make(Product, tuple(xs))
    fs = [call("sin", make(Product, (whole, x))) for x in xs]
    d = derive.vjp(fs, [1] * 100, xs)
    assert len(postorder(d.result)) < 2000
    d = derive.jvp(fs, [1] * 100, xs)
    assert len(postorder(d.result)) < 2000


def test_the_collector_works_again_afterwards() -> None:
    assert gc.isenabled()
    derive.gradient("x*y", method="reverse")
    assert gc.isenabled()
