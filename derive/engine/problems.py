"""The front door of the engine: a problem as text or expression in, a Derivation out."""

from __future__ import annotations

from collections.abc import Sequence

from derive.engine.agenda import Limits
from derive.engine.assemble import derivation, unsupported
from derive.errors import UsageError
from derive.expressions import Derivative, Expression, Symbol, make, natural, symbols
from derive import notation
from derive.strategy import METHODS, Method
from derive.trace import Derivation

_WORKED = ("differentiate", "simplify", "evaluate-derivative")


def solve(
    problem: str,
    *,
    wrt: Sequence[str] = (),
    order: int = 1,
    method: str = "rules",
    names: Sequence[str] = (),
    limits: Limits | None = None,
) -> Derivation:
    """Any problem of the problem language, worked out and explained: "d/dx x^2*sin(x)", "simplify 2x + 3x".

    wrt, order  differentiate by these variables where the text names none
    names       names of several letters that are one variable each
    Raises ReadError for what cannot be read, UsageError for an unknown method; what cannot be worked out is an outcome.
    """
    found = notation.read_problem(problem, wrt=tuple(wrt), order=order, names=tuple(names))
    if found.task not in _WORKED:
        return unsupported(found.task, found.expression, f"task-{found.task}", found.notes)
    return derivation(found.task, found.expression, _method(method), limits, found.notes)


def differentiate(
    f: str | Expression,
    *variables: str,
    method: str = "rules",
    limits: Limits | None = None,
) -> Derivation:
    """The derivative of f by the variables, left to right: ordinary, or partial where f has other variables."""
    expression, notes = _expression(f, variables)
    wanted = variables or _only_variable(expression)
    xs = [notation.parse(v, names=[v]) for v in wanted]
    for x, v in zip(xs, wanted, strict=True):
        if not isinstance(x, Symbol):
            raise UsageError(f"{v!r} is not a variable")
    partial = bool(symbols(expression) - {x.name for x in xs if isinstance(x, Symbol)}) or len(set(xs)) > 1
    operator = make(Derivative, (expression, *_orders(xs)), partial)
    return derivation("differentiate", operator, _method(method), limits, notes)


def simplify(f: str | Expression, *, limits: Limits | None = None) -> Derivation:
    """f brought into the form a textbook prints, every change a step."""
    expression, notes = _expression(f, ())
    return derivation("simplify", expression, _method("rules"), limits, notes)


def _expression(f: str | Expression, names: Sequence[str]):  # type: ignore[no-untyped-def]
    if isinstance(f, Expression):
        return f, ()
    reading = notation.read(f, names=[n for n in names if len(n) > 1])
    return reading.expression, reading.notes


def _only_variable(expression: Expression) -> tuple[str, ...]:
    names = sorted(symbols(expression))
    if len(names) == 1:
        return (names[0],)
    found = ", ".join(names) or "none"
    raise UsageError(f"name the variable to differentiate by: the expression has {found}")


def _orders(xs: Sequence[Expression]) -> list[Expression]:
    """x, x, y (x first) as the operator is written: y, 1, x, 2."""
    arguments: list[Expression] = []
    for x in reversed(xs):
        if arguments and arguments[-2] == x:
            arguments[-1] = natural(arguments[-1].value + 1)  # type: ignore[attr-defined]
        else:
            arguments += [x, natural(1)]
    return arguments


def _method(name: str) -> Method:
    if name not in METHODS:
        raise UsageError(f"unknown method {name!r}: there is {', '.join(sorted(METHODS))}")
    return METHODS[name]
