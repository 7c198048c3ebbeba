"""The front door of the engine: a problem as text or expression in, a Derivation out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from derive.engine import tasks
from derive.engine.agenda import Limits
from derive.engine.alternatives import with_alternatives, without_way
from derive.engine.assemble import derivation, unsupported
from derive.engine.points import At, at_point, without_method
from derive.engine.reach import limit_over_all
from derive.errors import ReadError, UsageError
from derive.expressions import (
    OPERATORS, Call, Derivative, Equation, Expression, Limit, Substitution, Symbol, call, integer_value, make, natural,
    postorder, replace_all, symbol, symbols,
)  # fmt: skip
from derive import notation
from derive.notation.problems import Problem
from derive.strategy.methods import READY, RULES, Method
from derive.trace import Derivation

if TYPE_CHECKING:
    from derive.numeric import Verify

DEFINITION = "definition"  # the method whose rules are loaded when it is asked for
_WORKED = ("differentiate", "simplify", "evaluate-derivative")
_OWN_FORM = ("tangent", "linearization", "taylor", "chain")


def solve(
    problem: str,
    *,
    wrt: Sequence[str] = (),
    order: int = 1,
    method: str = "rules",
    names: Sequence[str] = (),
    at: At = None,
    alternatives: bool = False,
    form: str = READY,
    limits: Limits | None = None,
    verify: Verify = "quick",
    admit: Callable[[Problem], object] | None = None,
) -> Derivation:
    """Any problem of the problem language, worked out and explained: "d/dx x^2*sin(x)", "simplify 2x + 3x".

    wrt, order  differentiate by these variables where the text names none
    names       names of several letters that are one variable each
    method      "rules", or "definition": by the limit of the difference quotient; `… by definition` says it too
    at          the point where a derivative is asked for: 2, "x = 1, y = 2", {"x": 1}
    alternatives  other methods that apply as well, in the derivation's `alternatives`
    form        what the result is brought into: "ready", "simplified", "expanded", "factored", "single-fraction", or
                "as-derived", which is left as the rules give it
    verify      how the result is judged: "quick", "thorough" (more points, more digits, every step) or "off"
    admit       called with the problem as it is read, before anything is worked out; what it raises is raised
    Raises ReadError for what cannot be read, UsageError for an unknown method; what cannot be worked out is an outcome.
    """
    found = _solve(problem, tuple(wrt), order, method, tuple(names), at, form, limits, admit).verified(verify)
    return with_alternatives(found, limits) if alternatives else found


def _solve(
    problem: str,
    wrt: tuple[str, ...],
    order: int,
    method: str,
    names: tuple[str, ...],
    at: At,
    form: str,
    limits: Limits | None,
    admit: Callable[[Problem], object] | None,
) -> Derivation:
    """The problem worked out, by its kind."""
    problem, by_definition = without_method(problem)
    if by_definition and method == RULES.name:
        method = DEFINITION
    problem, way = without_way(problem)
    if way and method == RULES.name:
        method = way
    found = notation.read_problem(problem, wrt=wrt, order=order, names=names)
    if admit is not None:
        admit(found)
    if form != READY and found.task in _OWN_FORM:
        raise UsageError(f"the result of this task has a form of its own: {found.task}")
    if found.task in ("chain", *tasks.VECTORS):
        return _of_vectors(found, limits, method, form)
    if found.task in tasks.CURVES:
        with _at_its_place(problem):
            return _of_curves(found, method_named(method, form), limits)
    if "[" in problem or "matrix" in problem:
        from derive.engine.fitting import check_fit

        with _at_its_place(problem):
            check_fit(found.expression)
    if any(type(n) is Limit for n in postorder(found.expression)):
        if method not in (RULES.name, DEFINITION):
            method_named(method, form)  # an unknown one is refused as such
            raise UsageError(f"a limit is worked out by the laws of limits: the method {method} is for derivatives")
        expression, notes = limit_over_all(problem, found.expression)
        return derivation("limit", expression, method_named(DEFINITION), limits, (*found.notes, *notes))
    if found.task not in _WORKED:
        return unsupported(found.task, found.expression, f"task-{found.task}", found.notes)
    chosen = method_named(method, form)
    if at is not None:
        return derivation("evaluate-derivative", at_point(found.expression, at), chosen, limits, found.notes)
    if found.expression.open and any(type(n) is Call and n.label in OPERATORS for n in postorder(found.expression)):
        from derive.engine.vectors import check_shapes, method_for

        with _at_its_place(problem):
            check_shapes(found.expression)
        chosen = _formed(method_for(found.expression), form) if method == "rules" else chosen
    return derivation(found.task, found.expression, chosen, limits, found.notes)


def differentiate(
    f: str | Expression,
    *variables: str,
    method: str = "rules",
    at: At = None,
    alternatives: bool = False,
    form: str = READY,
    limits: Limits | None = None,
    verify: Verify = "quick",
) -> Derivation:
    """The derivative of f by the variables, left to right: ordinary, or partial where f has other variables.

    method  "rules"; "definition", by the limit of the difference quotient; "logarithmic", "negative-power",
            "exponential", "expand-first"; alternatives=True gives the others that apply beside it
    form    as in `solve`: "simplified", "expanded", "factored", "single-fraction" or "as-derived"
    verify  as in `solve`: "quick", "thorough" or "off"
    `at` asks for the value at a point, 2 or {"x": 1}.
    """
    expression, notes = _expression(f, variables)
    wanted = variables or _only_variable(expression)
    xs = [_variable(v) for v in wanted]
    partial = bool(symbols(expression) - {x.name for x in xs if isinstance(x, Symbol)}) or len(set(xs)) > 1
    operator = make(Derivative, (expression, *_orders(xs)), partial)
    task = "differentiate" if at is None else "evaluate-derivative"
    found = derivation(task, at_point(operator, at), method_named(method, form), limits, notes).verified(verify)
    return with_alternatives(found, limits) if alternatives else found


def simplify(
    f: str | Expression, *, form: str = READY, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """f brought into the form a textbook prints, or into another one as in `solve`, every change a step."""
    expression, notes = _expression(f, ())
    return derivation("simplify", expression, method_named("rules", form), limits, notes).verified(verify)


def _of_curves(found: Problem, method: Method, limits: Limits | None) -> Derivation:
    """A tangent, a Taylor polynomial, the slope of a curve, as the problem states it."""
    from derive.engine.curves import check_height, work

    expression = found.expression
    if isinstance(expression, Equation) and found.task == "implicit":
        x, y = found.variables
        expression = call("implicit", expression, symbol(y), symbol(x))
    if found.at and found.task == "tangent":
        check_height(expression, found.at[0][1])
    elif found.at:
        expression = make(Substitution, (expression, *[e for n, a in found.at for e in (symbol(n), a)]))
    return work(found.task, expression, method, limits, found.notes)


def _of_vectors(found: Problem, limits: Limits | None, method: str, form: str) -> Derivation:
    """A gradient, a Jacobian, …, or the chain rule, as the problem states it."""
    from derive.engine.vectors import REVERSE, chain_derivation, vector_derivation

    by = None if method in (RULES.name, REVERSE) and form == READY else method_named(method, form)
    if method == REVERSE and found.task != "gradient":
        raise UsageError(f"the method {REVERSE} is for a gradient, not for this: {found.task}")
    with _at_its_place(found.text):
        if found.task != "chain":
            where = dict(found.where)
            direction = where.pop("direction", None)
            f = replace_all(found.expression, {symbol(name): e for name, e in where.items()})
            if method == REVERSE:
                from derive.engine.reverse_problems import reverse_gradient

                return reverse_gradient(f, found.variables, found.notes, found.text, limits, at=dict(found.at))
            return vector_derivation(
                found.task,
                f,
                found.variables,
                found.notes,
                found.text,
                limits,
                direction=direction,
                at=dict(found.at),
                by=by,
            )
        f = found.expression
        while isinstance(f, Derivative):  # d/dt of f where …
            if len(f.arguments) > 3 or integer_value(f.arguments[2]) != 1:
                return unsupported("chain", found.expression, "task-chain", found.notes)
            f = f.operand
        given = {name: e for name, e in found.where if name not in found.variables}
        if f.open:
            return unsupported("chain", found.expression, "task-chain", found.notes)
        if isinstance(found.expression, Derivative) and found.expression.partial:
            outer = given.get(f.name, f) if isinstance(f, Symbol) else f
            if found.variables[0] in symbols(outer):  # ∂f/∂t of f(t, x): x is held still, though it depends on t
                held = make(Derivative, (outer, *found.expression.arguments[1:]), True)
                return derivation("differentiate", held, RULES, limits, found.notes)
        return chain_derivation(f, given, found.variables, found.notes, limits)


@contextmanager
def _at_its_place(text: str) -> Iterator[None]:
    """Shapes that do not fit are complained of at the matrix in the text, where there is one."""
    try:
        yield
    except UsageError as error:
        at = min([i for i in (text.find("["), text.find("\\begin")) if i >= 0], default=0)
        line = text[:at].count("\n") + 1
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        raise ReadError(str(error), text=text, line=line, column=column) from None


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


@lru_cache(maxsize=256)  # the same few letters all the time; reading one takes as long as two steps
def _variable(name: str) -> Expression:
    """The variable of that name: `x`, `theta`, `x_1`."""
    x = notation.parse(name, names=[name])
    if not isinstance(x, Symbol):
        raise UsageError(f"{name!r} is not a variable")
    return x


def method_named(name: str, form: str = READY) -> Method:
    """The method of a name, giving its results in a form; UsageError for what there is not."""
    return _formed(_named(name), form)


def _formed(method: Method, form: str) -> Method:
    if form == READY:
        return method
    from derive.strategy.forms import in_form

    return in_form(method, form)


def _named(name: str) -> Method:
    if name == DEFINITION:
        from derive.strategy import first_principles

        return first_principles.DEFINITION
    if name == RULES.name:
        return RULES
    from derive.strategy.ways import METHODS

    if name == "reverse":
        raise UsageError("the method reverse is for a gradient, which may have a single variable: gradient x*sin(x)")
    if name not in METHODS:
        raise UsageError(f"unknown method {name!r}: there is {', '.join(sorted((*METHODS, DEFINITION)))}")
    return METHODS[name]
