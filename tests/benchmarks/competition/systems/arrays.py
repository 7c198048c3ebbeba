"""The problems as array programs, for systems that differentiate programs; `np` is their NumPy."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.competition.problems import INPUTS, NEST, given, hidden


def nested(np: Any, x: Any, n: int) -> Any:
    e = x[0]
    for k in reversed(range(n)):
        e = getattr(np, NEST[k % 3])(e)
    return e


def factors(np: Any, x: Any, n: int) -> Any:
    return np.prod(np.sin(np.arange(1.0, n + 1) * x[0]))


def rosenbrock(np: Any, x: Any, n: int) -> Any:
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def logsumexp(np: Any, x: Any, n: int) -> Any:
    return np.log(np.sum(np.exp(x)))


def speelpenning(np: Any, x: Any, n: int) -> Any:
    return np.prod(x)


def network(np: Any, x: Any, n: int) -> Any:
    inputs = np.array([a / b for a, b in map(given, range(INPUTS))])
    w = np.reshape(x[:-1], (hidden(n), INPUTS + 2))
    return (np.sum(np.tanh(np.dot(w[:, :INPUTS], inputs) + w[:, INPUTS]) * w[:, INPUTS + 1]) + x[-1] - 0.5) ** 2


def smooth(np: Any, x: Any, n: int) -> Any:
    return np.exp(x[0] ** 2) * np.sin(x[0])


FUNCTIONS = {
    "chain": nested, "product": factors, "rosenbrock": rosenbrock, "logsumexp": logsumexp,
    "speelpenning": speelpenning, "network": network,
}  # fmt: skip
"""The functions whose gradient is asked for."""
ALONE = frozenset(("chain", "product", "nth"))
"""Problems of one variable."""
