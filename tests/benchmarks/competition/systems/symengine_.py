"""SymEngine, SymPy's core rewritten in C++: `diff` by each variable; evaluated by `Lambdify` with common parts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import symengine

from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import INPUTS, NEST, given, hidden, text

NAME = "SymEngine"
DISTRIBUTION = "symengine"
X = symengine.Symbol("x")


def variables(n: int) -> list[Any]:
    return [symengine.Symbol(f"x_{k + 1}") for k in range(n)]


def nested(n: int) -> Any:
    e: Any = X
    for k in reversed(range(n)):
        e = getattr(symengine, NEST[k % 3])(e)
    return e


def factors(n: int) -> Any:
    return symengine.Mul(*[symengine.sin(k * X) for k in range(1, n + 1)])


def rosenbrock(n: int) -> Any:
    x = variables(n)
    return symengine.Add(*[100 * (b - a**2) ** 2 + (1 - a) ** 2 for a, b in pairwise(x)])


def logsumexp(n: int) -> Any:
    return symengine.log(symengine.Add(*[symengine.exp(x) for x in variables(n)]))


def network(n: int) -> Any:
    w = iter(variables(n))
    inputs = [symengine.Rational(*given(k)) for k in range(INPUTS)]
    outer = []
    for _ in range(hidden(n)):
        into = symengine.Add(*[next(w) * a for a in inputs])
        outer.append(symengine.tanh(into + next(w)) * next(w))
    return (symengine.Add(*outer) + next(w) - symengine.Rational(1, 2)) ** 2


def job(names: Sequence[Any], derive: Callable[[], list[Any]]) -> Job:
    return Job(derive, None, lambda ds: evaluator(names, ds))


def evaluator(names: Sequence[Any], outputs: Sequence[Any]) -> Evaluator:
    function = symengine.Lambdify(list(names), list(outputs), cse=True)
    return lambda x: [float(v) for v in function(x).flat]


def one_variable(make_f: Callable[[int], Any]) -> Callable[[int], Job]:
    def build(n: int) -> Job:
        f = make_f(n)
        return job([X], lambda: [f.diff(X)])

    return build


def many(make_f: Callable[[int], Any]) -> Callable[[int], Job]:
    def build(n: int) -> Job:
        f, x = make_f(n), variables(n)
        return job(x, lambda: [f.diff(v) for v in x])

    return build


def second(n: int) -> Job:
    f, x = logsumexp(n), variables(n)
    return job(x, lambda: [d.diff(w) for d in [f.diff(v) for v in x] for w in x])


def nth(n: int) -> Job:
    def derive() -> list[Any]:
        e = symengine.exp(X**2) * symengine.sin(X)
        for _ in range(n):
            e = e.diff(X)
        return [e]

    return job([X], derive)


def reading(n: int) -> Job:
    source = text(n).replace("^", "**")
    return Job(lambda: symengine.sympify(source))


JOBS: dict[str, Callable[[int], Job]] = {
    "chain": one_variable(nested),
    "product": one_variable(factors),
    "rosenbrock": many(rosenbrock),
    "logsumexp": many(logsumexp),
    "speelpenning": many(lambda n: symengine.Mul(*variables(n))),
    "network": many(network),
    "hessian": second,
    "nth": nth,
    "parse": reading,
}
