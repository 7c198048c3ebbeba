"""derive, functions of one variable by the sweep back, whose result is a gradient of one entry."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions import Expression
from tests.benchmarks.competition.jobs import Job
from tests.benchmarks.competition.systems.ours import REVERSE, X, factors, gradient, nested

NAME = "derive, reverse"
DISTRIBUTION = "derive-steps"


def one(make_f: Callable[[int], Expression]) -> Callable[[int], Job]:
    return lambda n: gradient(make_f(n), [X], REVERSE)


JOBS: dict[str, Callable[[int], Job]] = {"chain": one(nested), "product": one(factors)}
