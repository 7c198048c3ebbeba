"""derive: gradients by the reverse sweep, everything else by its rules; steps, conditions and log included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import derive
from derive.expressions import (
    ONE,
    Expression,
    Sum,
    call,
    make,
    natural,
    negation,
    postorder,
    power,
    product_of,
    quotient,
    rational,
    sum_of,
    symbol,
)  # fmt: skip
from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import INPUTS, NEST, given, hidden, text

NAME = "derive"
DISTRIBUTION = "derive-steps"
NO_LIMITS = derive.Limits(steps=10**9, nodes=10**9, seconds=10**6)
X = symbol("x")


def variables(n: int) -> list[Expression]:
    return [symbol(f"x_{k + 1}") for k in range(n)]


def nested(n: int) -> Expression:
    e = X
    for k in reversed(range(n)):
        e = call(NEST[k % 3], e)
    return e


def factors(n: int) -> Expression:
    return product_of([call("sin", product_of([natural(k), X])) for k in range(1, n + 1)])


def rosenbrock(n: int) -> Expression:
    x = variables(n)
    two, hundred = natural(2), natural(100)
    terms: list[Expression] = []
    for a, b in pairwise(x):
        terms.append(product_of([hundred, power(sum_of([b, negation(power(a, two))]), two)]))
        terms.append(power(sum_of([ONE, negation(a)]), two))
    return sum_of(terms)


def logsumexp(n: int) -> Expression:
    return call("ln", sum_of([call("exp", x) for x in variables(n)]))


def network(n: int) -> Expression:
    w = iter(variables(n))
    inputs = [rational(Fraction(*given(k))) for k in range(INPUTS)]
    outer: list[Expression] = []
    for _ in range(hidden(n)):
        into = [product_of([next(w), a]) for a in inputs]
        outer.append(product_of([call("tanh", make(Sum, (*into, next(w)))), next(w)]))
    return power(sum_of([*outer, next(w), negation(quotient(ONE, natural(2)))]), natural(2))


def distinct(f: Expression, result: Expression) -> tuple[int, int]:
    """The shared size of f, and of f together with its derivatives: a sum of k distinct parts is k - 1 operations."""
    seen = postorder(f)
    before = operations(seen)
    return before, before + operations(postorder(result, frozenset(seen)))


def operations(nodes: Sequence[Expression]) -> int:
    return sum([max(1, len(e.arguments) - 1) for e in nodes if e.kind != "matrix"])


def held(d: derive.Derivation) -> int:
    """The distinct nodes of problem, result and log; what a sweep logs are records: its formulas are not held."""
    log = d.states.rewrites
    seen: set[Expression] = set()
    for e in (d.problem, d.result, *(e for pair in (log if isinstance(log, list) else ()) for e in pair)):
        seen.update(postorder(e, seen))
    return len(seen)


def worked(d: derive.Derivation) -> derive.Derivation:
    """The derivation, which has a result and the record of its steps; to check it by numbers is not to derive."""
    d.verified("off")
    assert d.outcome.kind == "done", d.outcome
    assert d.result is not None
    return d


def one_variable(make_f: Callable[[int], Expression]) -> Callable[[int], Job]:
    def job(n: int) -> Job:
        f = make_f(n)
        return Job(
            lambda: worked(derive.differentiate(f, "x", limits=NO_LIMITS)),
            lambda d: distinct(d.problem.arguments[0], d.result),
            lambda d: evaluator(list(d.result.arguments) if d.result.kind == "matrix" else [d.result], ["x"]),
            held,
        )

    return job


def many(make_f: Callable[[int], Expression], options: dict[str, Any]) -> Callable[[int], Job]:
    return lambda n: gradient(make_f(n), variables(n), options)


def gradient(f: Expression, xs: Sequence[Expression], options: dict[str, Any]) -> Job:
    names = [str(x) for x in xs]
    return Job(
        lambda: worked(derive.gradient(f, names, limits=NO_LIMITS, **options)),
        lambda d: distinct(d.problem.arguments[0], d.result),
        lambda d: evaluator(list(d.result.arguments), names),
        held,
    )


def second(n: int) -> Job:
    f = logsumexp(n)
    names = [str(x) for x in variables(n)]
    return Job(
        lambda: worked(derive.hessian(f, names, limits=NO_LIMITS)),
        lambda d: distinct(d.problem.arguments[0], d.result),
        lambda d: evaluator(list(d.result.arguments), names),
        held,
    )


def nth(n: int) -> Job:
    f = derive.parse("exp(x^2)*sin(x)")
    return Job(
        lambda: worked(derive.differentiate(f, *["x"] * n, limits=NO_LIMITS)),
        lambda d: distinct(d.problem.arguments[0], d.result),
        lambda d: evaluator([d.result], ["x"]),
        held,
    )


def reading(n: int) -> Job:
    source = text(n)
    return Job(lambda: derive.parse(source), lambda e: distinct(e, e), nodes=lambda e: len(postorder(e)))


def evaluator(outputs: Sequence[Expression], names: Sequence[str]) -> Evaluator:
    """Derivatives compiled to straight-line Python."""
    program = derive.compile(outputs, names)
    return lambda x: program(*x)


REVERSE = {"method": "reverse"}
JOBS: dict[str, Callable[[int], Job]] = {
    "chain": one_variable(nested),
    "product": one_variable(factors),
    "rosenbrock": many(rosenbrock, REVERSE),
    "logsumexp": many(logsumexp, REVERSE),
    "speelpenning": many(lambda n: product_of(variables(n)), REVERSE),
    "network": many(network, REVERSE),
    "hessian": second,
    "nth": nth,
    "parse": reading,
}
