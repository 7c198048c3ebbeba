"""derive, gradients by the rules from the outside in, as a book does them: one derivation a variable."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions import product_of
from tests.benchmarks.competition.jobs import Job
from tests.benchmarks.competition.systems.ours import logsumexp, many, network, rosenbrock, variables

NAME = "derive, forward"
DISTRIBUTION = "derive-steps"

JOBS: dict[str, Callable[[int], Job]] = {
    "rosenbrock": many(rosenbrock, {}),
    "logsumexp": many(logsumexp, {}),
    "speelpenning": many(lambda n: product_of(variables(n)), {}),
    "network": many(network, {}),
}
