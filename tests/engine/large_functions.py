"""Functions of many variables that grow with n, each with its variables."""

from __future__ import annotations

from itertools import pairwise

from derive.expressions import Expression, Product, Sum, call, make, natural, negation, power, symbol


def rosenbrock(n: int) -> tuple[Expression, list[Expression]]:
    """The sum of 100*(x_(i+1) - x_i^2)^2 + (1 - x_i)^2, and its variables."""
    xs = [symbol(f"x_{i}") for i in range(1, n + 1)]
    terms: list[Expression] = []
    for a, b in pairwise(xs):
        terms.append(make(Product, (natural(100), power(make(Sum, (b, negation(power(a, natural(2))))), natural(2)))))
        terms.append(power(make(Sum, (natural(1), negation(a))), natural(2)))
    return make(Sum, tuple(terms)), xs


def log_sum_exp(n: int) -> tuple[Expression, list[Expression]]:
    xs = [symbol(f"x_{i}") for i in range(1, n + 1)]
    return call("ln", make(Sum, tuple([call("exp", x) for x in xs]))), xs


def product(n: int) -> tuple[Expression, list[Expression]]:
    """Speelpenning's product x_1*x_2*…*x_n."""
    xs = [symbol(f"x_{i}") for i in range(1, n + 1)]
    return make(Product, tuple(xs)), xs


def network(n: int) -> tuple[Expression, list[Expression]]:
    """The squared loss of a tanh network with n inputs, n hidden units and one output; its weights."""
    ws = [[symbol(f"w_{i * n + j}") for j in range(n)] for i in range(n)]
    us = [symbol(f"u_{i}") for i in range(n)]
    inputs = [symbol(f"a_{j}") for j in range(n)]
    hidden = [
        call("tanh", make(Sum, tuple([make(Product, (w, a)) for w, a in zip(row, inputs, strict=True)]))) for row in ws
    ]
    out = make(Sum, tuple([make(Product, (u, h)) for u, h in zip(us, hidden, strict=True)]))
    return power(make(Sum, (out, negation(symbol("t")))), natural(2)), [*us, *[w for row in ws for w in row]]
