"""SymPy: `diff` by each variable; nothing cached from before; evaluated by `lambdify` with common parts taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import sympy
from sympy.core.cache import clear_cache
from sympy.parsing.sympy_parser import parse_expr

from tests.benchmarks.competition.jobs import Evaluator, Job
from tests.benchmarks.competition.problems import INPUTS, NEST, given, hidden, text

NAME = "SymPy"
DISTRIBUTION = "sympy"
X = sympy.Symbol("x")


def variables(n: int) -> list[Any]:
    return list(sympy.symbols(f"x_1:{n + 1}"))


def nested(n: int) -> Any:
    e: Any = X
    for k in reversed(range(n)):
        e = getattr(sympy, NEST[k % 3])(e)
    return e


def factors(n: int) -> Any:
    return sympy.Mul(*[sympy.sin(k * X) for k in range(1, n + 1)])


def rosenbrock(n: int) -> Any:
    x = variables(n)
    return sympy.Add(*[100 * (b - a**2) ** 2 + (1 - a) ** 2 for a, b in pairwise(x)])


def logsumexp(n: int) -> Any:
    return sympy.log(sympy.Add(*[sympy.exp(x) for x in variables(n)]))


def network(n: int) -> Any:
    w = iter(variables(n))
    inputs = [sympy.Rational(*given(k)) for k in range(INPUTS)]
    outer = []
    for _ in range(hidden(n)):
        into = sympy.Add(*[next(w) * a for a in inputs])
        outer.append(sympy.tanh(into + next(w)) * next(w))
    return (sympy.Add(*outer) + next(w) - sympy.Rational(1, 2)) ** 2


def distinct(f: Any, results: Sequence[Any]) -> tuple[int, int]:
    """The shared size: nodes that differ, a sum of k parts being k - 1 operations."""
    seen: set[Any] = set()

    def count(roots: Sequence[Any]) -> int:
        stack = list(roots)
        while stack:
            e = stack.pop()
            if e not in seen:
                seen.add(e)
                stack.extend(e.args)
        return sum([max(1, len(e.args) - 1) for e in seen])

    return count([f]), count(results)


def job(f: Any, names: Sequence[Any], derive: Callable[[], list[Any]]) -> Job:
    def fresh() -> list[Any]:
        clear_cache()
        return derive()

    return Job(fresh, lambda ds: distinct(f, ds), lambda ds: evaluator(names, ds))


def evaluator(names: Sequence[Any], outputs: Sequence[Any]) -> Evaluator:
    function = sympy.lambdify([list(names)], list(outputs), modules="math", cse=True)
    return lambda x: list(function(x))


def one_variable(make_f: Callable[[int], Any]) -> Callable[[int], Job]:
    def build(n: int) -> Job:
        f = make_f(n)
        return job(f, [X], lambda: [f.diff(X)])

    return build


def many(make_f: Callable[[int], Any]) -> Callable[[int], Job]:
    def build(n: int) -> Job:
        f, x = make_f(n), variables(n)
        return job(f, x, lambda: [f.diff(v) for v in x])

    return build


def second(n: int) -> Job:
    f, x = logsumexp(n), variables(n)
    return job(f, x, lambda: list(sympy.hessian(f, x)))


def nth(n: int) -> Job:
    f = sympy.exp(X**2) * sympy.sin(X)
    return job(f, [X], lambda: [f.diff(X, n)])


def reading(n: int) -> Job:
    source = text(n).replace("^", "**")

    def read() -> Any:
        clear_cache()
        return parse_expr(source)

    return Job(read)


JOBS: dict[str, Callable[[int], Job]] = {
    "chain": one_variable(nested),
    "product": one_variable(factors),
    "rosenbrock": many(rosenbrock),
    "logsumexp": many(logsumexp),
    "speelpenning": many(lambda n: sympy.Mul(*variables(n))),
    "network": many(network),
    "hessian": second,
    "nth": nth,
    "parse": reading,
}
