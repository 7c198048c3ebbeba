"""CasADi: scalar graphs in C++, derivatives by its reverse sweep; evaluated by its virtual machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import casadi

from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import INPUTS, NEST, given, hidden

NAME = "CasADi"
DISTRIBUTION = "casadi"


def nested(x: Any, n: int) -> Any:
    e = x[0]
    for k in reversed(range(n)):
        e = getattr(casadi, NEST[k % 3])(e)
    return e


def factors(x: Any, n: int) -> Any:
    e = casadi.SX(1)
    for k in range(1, n + 1):
        e = e * casadi.sin(k * x[0])
    return e


def rosenbrock(x: Any, n: int) -> Any:
    a, b = x[: n - 1], x[1:]
    return casadi.sum1(100 * (b - a**2) ** 2 + (1 - a) ** 2)


def logsumexp(x: Any, n: int) -> Any:
    return casadi.log(casadi.sum1(casadi.exp(x)))


def speelpenning(x: Any, n: int) -> Any:
    e = casadi.SX(1)
    for k in range(n):
        e = e * x[k]
    return e


def network(x: Any, n: int) -> Any:
    inputs = [a / b for a, b in map(given, range(INPUTS))]
    k, outer = 0, x[n - 1] - 0.5
    for _ in range(hidden(n)):
        into = x[k + INPUTS]
        for i, a in enumerate(inputs):
            into = into + x[k + i] * a
        outer = outer + casadi.tanh(into) * x[k + INPUTS + 1]
        k += INPUTS + 2
    return outer**2


def with_derivatives(of: Callable[[Any, Any], Any], make_f: Callable[[Any, int], Any], alone: bool) -> Any:
    """A job that applies `of`, casadi.gradient or hessian, to the function; `alone`: of one variable."""

    def build(n: int) -> Job:
        x = casadi.SX.sym("x", 1 if alone else n)
        f = make_f(x, n)
        return Job(
            lambda: of(f, x),
            lambda g: (casadi.n_nodes(f), casadi.n_nodes(casadi.veccat(f, g))),
            lambda g: evaluator(casadi.Function("g", [x], [g])),
        )

    return build


def evaluator(function: Any) -> Evaluator:
    def apply(x: Sequence[float]) -> list[float]:
        return list(function(x).full().flat)

    return apply


def nth(n: int) -> Job:
    x = casadi.SX.sym("x")
    f = casadi.exp(x**2) * casadi.sin(x)

    def derive() -> Any:
        e = f
        for _ in range(n):
            e = casadi.gradient(e, x)
        return e

    return Job(
        derive,
        lambda g: (casadi.n_nodes(f), casadi.n_nodes(casadi.veccat(f, g))),
        lambda g: evaluator(casadi.Function("g", [x], [g])),
    )


JOBS: dict[str, Callable[[int], Job]] = {
    "chain": with_derivatives(casadi.gradient, nested, True),
    "product": with_derivatives(casadi.gradient, factors, True),
    "rosenbrock": with_derivatives(casadi.gradient, rosenbrock, False),
    "logsumexp": with_derivatives(casadi.gradient, logsumexp, False),
    "speelpenning": with_derivatives(casadi.gradient, speelpenning, False),
    "network": with_derivatives(casadi.gradient, network, False),
    "hessian": with_derivatives(lambda f, x: casadi.hessian(f, x)[0], logsumexp, False),
    "nth": nth,
}
