"""JAX: to derive is to trace the gradient into JAX's own language; to build is to compile that by XLA."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import point
from tests.benchmarks.competition.systems.arrays import FUNCTIONS, logsumexp, smooth

NAME = "JAX"
DISTRIBUTION = "jax"
jax.config.update("jax_enable_x64", True)  # double precision, like everybody else
jax.config.update("jax_platforms", "cpu")


def traced(problem: str, function: Any, n: int) -> Job:
    start = np.array(point(problem, n))

    def derive() -> Any:
        jax.clear_caches()
        return jax.jit(function).trace(start)

    def build(trace: Any) -> Evaluator:
        compiled = trace.lower().compile()

        def apply(x: Sequence[float]) -> list[float]:
            return list(np.asarray(compiled(np.array(x))).flat)

        return apply

    return Job(derive, None, build)


def gradient(problem: str, n: int) -> Job:
    f = FUNCTIONS[problem]
    return traced(problem, jax.grad(lambda x: f(jnp, x, n)), n)


def second(n: int) -> Job:
    return traced("hessian", jax.hessian(lambda x: logsumexp(jnp, x, n)), n)


def nth(n: int) -> Job:
    derivative: Any = lambda t: smooth(jnp, [t], n)  # noqa: E731 - rebound below
    for _ in range(n):
        derivative = jax.grad(derivative)
    return traced("nth", lambda x: derivative(x[0]), n)


JOBS: dict[str, Callable[[int], Job]] = {
    **{problem: partial(gradient, problem) for problem in FUNCTIONS},
    "hessian": second,
    "nth": nth,
}
