"""Derivatives of several variables: gradient, Jacobian, Hessian, divergence, curl, Laplacian, direction, chain rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from derive import notation
from derive.engine import tasks
from derive.engine.agenda import Limits
from derive.engine.assemble import derivation
from derive.engine.composition import as_vector, composed
from derive.errors import UsageError
from derive.expressions import Call, Equation, Expression, Matrix, Symbol, call, postorder, symbol, symbols
from derive.notation import Note
from derive.rules.chains import is_named
from derive.rules.multivariable import is_abstract
from derive.rules.shapes import entries, is_vector, shape
from derive.strategy import Method
from derive.strategy.methods import CHAIN, NAMED, RULES
from derive.trace import Derivation

if TYPE_CHECKING:
    from derive.numeric import Verify

Function: TypeAlias = "str | Expression"
Variables: TypeAlias = "Sequence[str | Expression]"
Layout: TypeAlias = Literal["row", "column"]
REVERSE = "reverse"  # the method of a sweep, whose modules are loaded when it is asked for


def gradient(
    f: Function, variables: Variables = (), *, layout: Layout = "row", method: str = "rules",
    limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """The gradient of f, a 1×n row vector; layout "column" transposes it in a step of its own.

    method  "rules", entry by entry; "reverse", by one sweep back through the parts of f, at the cost of a few times f
    """
    if method == REVERSE:
        from derive.engine.reverse_problems import gradient_of

        _known_layout(layout)
        return gradient_of(f, variables, limits, layout=layout).verified(verify)
    if method != RULES.name:
        raise UsageError(f"unknown method {method!r} for a gradient: there is {RULES.name}, {REVERSE}")
    return _task("gradient", f, variables, layout, limits).verified(verify)


def jacobian(
    f: Function | Sequence[Function], variables: Sequence[str] = (), *, layout: Layout = "row",
    limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """The Jacobian of m functions of n variables, an m×n matrix; layout "column" transposes it."""
    return _task("jacobian", f, variables, layout, limits).verified(verify)


def hessian(
    f: Function, variables: Sequence[str] = (), *, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """The Hessian of f, the n×n matrix of its second derivatives."""
    return _task("hessian", f, variables, "row", limits).verified(verify)


def divergence(
    f: Function | Sequence[Function],
    variables: Sequence[str] = (),
    *,
    limits: Limits | None = None,
    verify: Verify = "quick",
) -> Derivation:
    """The divergence of a vector field with as many components as variables."""
    return _task("divergence", f, variables, "row", limits).verified(verify)


def curl(
    f: Function | Sequence[Function],
    variables: Sequence[str] = (),
    *,
    limits: Limits | None = None,
    verify: Verify = "quick",
) -> Derivation:
    """The curl of a vector field: a vector in three dimensions, a number in the plane."""
    return _task("curl", f, variables, "row", limits).verified(verify)


def laplacian(
    f: Function, variables: Sequence[str] = (), *, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """The Laplacian of f, the sum of its second derivatives."""
    return _task("laplacian", f, variables, "row", limits).verified(verify)


def directional(
    f: Function, direction: Sequence[Function] | Function, variables: Sequence[str] = (), *,
    limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """The derivative of f along a vector, which is divided by its length."""
    e, notes = _expression(f)
    along = _expression(direction)[0]
    return vector_derivation("directional", e, variables, notes, str(e), limits, direction=along).verified(verify)


def chain(
    f: Function | Sequence[Function], inner: Mapping[str, Function], variables: Sequence[str], *,
    limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """The derivative of f by the variables through its inner functions: a row or matrix times their Jacobians."""
    e, notes = _expression(f)
    given = {variable_name(name): _declared(name, value) for name, value in inner.items()}
    return chain_derivation(e, given, [variable_name(v) for v in variables], notes, limits).verified(verify)


def vector_derivation(
    task: str, f: Expression, variables: Variables, notes: tuple[Note, ...] = (), text: str = "",
    limits: Limits | None = None, *, layout: Layout = "row", direction: Expression | None = None,
    at: Mapping[str, Expression] | None = None, by: Method | None = None,
) -> Derivation:  # fmt: skip
    """One of tasks.VECTORS worked out, `by` a method if one is named; UsageError names shapes that do not fit."""
    _known_layout(layout)
    names = [variable_name(v) for v in variables]
    if not names:
        names = sorted(symbols(f))
        if not names:
            raise UsageError(f"a {task} needs a variable, and {f} has none")
        if not any(n.kind == "all-variables" for n in notes):
            notes += (_note("all-variables", text or str(f), ", ".join(names)),)
    present = symbols(f)
    for name in names:
        if name not in present:
            notes += (_note("variable-absent", text or str(f), name),)
    more = () if direction is None else (direction,)
    problem = call(task, f, *more, *[symbol(n) for n in names])
    check_shapes(problem)
    if layout == "column":
        problem = call("transpose", problem)
    if at:
        from derive.expressions import Substitution, make

        problem = make(Substitution, (problem, *[e for x, v in at.items() for e in (symbol(x), v)]))
    return derivation(task, problem, by or method_for(problem), limits, notes)


def chain_derivation(
    f: Expression, given: Mapping[str, Expression], variables: Sequence[str], notes: tuple[Note, ...] = (),
    limits: Limits | None = None,
) -> Derivation:  # fmt: skip
    """f with its inner functions, differentiated by the variables."""
    if not variables:
        raise UsageError("name the variables to differentiate by")
    problem = composed(f, given, variables)
    check_shapes(problem)
    notes = tuple(n for n in notes if not _is_said(n, given))
    reached = set().union(*[symbols(a) for a in problem.arguments[: len(problem.arguments) - len(variables)]])
    for name in variables:
        if name not in reached:
            notes += (_note("variable-absent", str(f), name),)
    return derivation("chain", problem, method_for(problem), limits, notes)


def _is_said(n: Note, given: Mapping[str, Expression]) -> bool:
    """Whether a note only repeats what `where` says: that f and x are functions."""
    return n.kind == "depends" or (n.kind == "call-not-product" and n.reading.partition("(")[0].strip("`") in given)


def method_for(problem: Expression) -> Method:
    """The method that suits a problem with vector operators in it."""
    calls = [n for n in postorder(problem) if type(n) is Call]
    if any(n.label == "chain" for n in calls):
        return CHAIN
    plain = [u for n in calls if n.label in tasks.VECTORS for u in entries(n.arguments[0])]
    return NAMED if plain and all(is_abstract(u) and _is_plain(u) for u in plain) else RULES


def _is_plain(u: Expression) -> bool:
    """Whether u is f(x, y) with the variables themselves as arguments."""
    from derive.expressions import derivative

    return is_named(derivative(u, u.arguments[0])) if type(u.arguments[0]) is Symbol else False


def check_shapes(problem: Expression) -> None:
    """UsageError where an operator is given what it is not for, with the shapes that do not fit."""
    for node in postorder(problem):
        if type(node) is Call and node.label in (*tasks.VECTORS, "chain"):
            check_arguments(str(node.label), node.arguments)


def check_arguments(task: str, arguments: tuple[Expression, ...]) -> None:
    """The same for one operator."""
    f, *rest = arguments
    rows, columns = shape(f)
    named = f"a {rows}×{columns} matrix" if type(f) is Matrix else "one function"
    if any(type(u) is Equation for u in entries(f)):
        raise UsageError(f"{f} is a relation, not a function")
    if task == "chain":
        variables = [a for a in rest if type(a) is not Matrix]
        if len(set(variables)) != len(variables):
            raise UsageError(f"the chain rule by {', '.join(str(x) for x in variables)}: a variable stands twice")
        if not is_vector(f):
            raise UsageError(f"the chain rule needs a function or a vector of functions, not {named}")
        return
    direction = rest.pop(0) if task == "directional" and rest else None
    if not rest or not all(type(x) is Symbol for x in rest):
        raise UsageError(f"a {task} needs the variables after the function: {task}(f, x, y)")
    if len(set(rest)) != len(rest):
        raise UsageError(f"a {task} by {', '.join(str(x) for x in rest)}: a variable stands twice")
    n = len(rest)
    if task in ("gradient", "hessian", "laplacian", "directional") and type(f) is Matrix:
        instead = "; a vector of functions has a Jacobian" if task == "gradient" else ""
        raise UsageError(f"a {task} is for one function, not for {named}{instead}")
    if task == "jacobian" and not is_vector(f):
        raise UsageError(f"a Jacobian needs a row or a column of functions, not {named}")
    if task in ("divergence", "curl") and (not is_vector(f) or len(entries(f)) != n):
        plural = "variable" if n == 1 else "variables"
        raise UsageError(f"a {task} needs as many components as variables: {rows}×{columns} and {n} {plural}")
    if task == "curl" and n not in (2, 3):
        raise UsageError(f"a curl needs 2 or 3 variables, not {n}")
    if direction is not None and (not is_vector(direction) or len(entries(direction)) != n):
        r, c = shape(direction)
        raise UsageError(f"a direction needs as many components as variables: {r}×{c} and {n} variables")


def _task(
    task: str, f: Function | Sequence[Function], variables: Variables, layout: Layout, limits: Limits | None
) -> Derivation:
    e, notes = _expression(f)
    return vector_derivation(task, e, variables, notes, str(e), limits, layout=layout)


def _expression(f: Function | Sequence[Function]) -> tuple[Expression, tuple[Note, ...]]:
    """A function, or several as a column."""
    if isinstance(f, Expression):
        return f, ()
    if isinstance(f, str):
        reading = notation.read(f)
        return reading.expression, reading.notes
    parts = [_expression(u) for u in f]
    if not parts:
        raise UsageError("a list of functions is empty")
    return as_vector([e for e, _ in parts]), tuple(n for _, notes in parts for n in notes)


def _declared(name: str, value: Function) -> Expression:
    """x1(s, t) as a value of x1 is a function of its own, also where it would be read as a product: x(t)."""
    from derive.notation.dependence import declared, defines

    e = _expression(value)[0]
    said = declared(e)
    return said.arguments[1] if said is not e and defines(said) == variable_name(name) else e


def variable_name(name: str | Expression) -> str:
    """The name of a variable as it is kept, x1 is x_1; UsageError for what is none."""
    if isinstance(name, Symbol):
        return name.name
    name = str(name)
    e = notation.parse(name, names=[name] if len(name) > 1 and name.isalpha() else [])
    if not isinstance(e, Symbol):
        raise UsageError(f"{name!r} is not a variable")
    return e.name


def _known_layout(layout: str) -> None:
    if layout not in ("row", "column"):
        raise UsageError(f"unknown layout {layout!r}: there is row, column")


def _note(kind: str, text: str, reading: str) -> Note:
    return Note(kind, 1, 1, 1 + len(text), text, reading)
