"""autograd: no formulas; to derive is to run the function once, recorded, and once backwards, with numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np

from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import point
from tests.benchmarks.competition.systems.arrays import FUNCTIONS, logsumexp, smooth

NAME = "autograd"
DISTRIBUTION = "autograd"


def run(problem: str, function: Any, n: int) -> Job:
    start = np.array(point(problem, n))

    def evaluator(_: Any) -> Evaluator:
        def apply(x: Sequence[float]) -> list[float]:
            return list(function(np.array(x)).flat)

        return apply

    return Job(lambda: function(start), None, evaluator)


def gradient(problem: str, n: int) -> Job:
    f = FUNCTIONS[problem]
    return run(problem, autograd.grad(lambda x: f(anp, x, n)), n)


def second(n: int) -> Job:
    return run("hessian", autograd.hessian(lambda x: logsumexp(anp, x, n)), n)


def nth(n: int) -> Job:
    derivative: Any = lambda t: smooth(anp, [t], n)  # noqa: E731 - rebound below
    for _ in range(n):
        derivative = autograd.elementwise_grad(derivative)
    return run("nth", lambda x: np.array([derivative(x[0])]), n)


JOBS: dict[str, Callable[[int], Job]] = {
    **{problem: partial(gradient, problem) for problem in FUNCTIONS},
    "hessian": second,
    "nth": nth,
}
