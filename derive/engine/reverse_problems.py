"""Reverse mode as a method: gradients by one sweep back, and vectors times Jacobians, v·J back and J·v forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from derive import notation
from derive.engine.agenda import Limits
from derive.engine.assemble import unsupported
from derive.engine.composition import as_vector
from derive.engine.quiet import quiet_collector
from derive.engine.reverse import Task, swept
from derive.engine.vectors import check_arguments, variable_name
from derive.errors import UsageError
from derive.expressions import (
    BINDERS, ONE, Expression, Interner, Matrix, Parts, Product, Substitution, call, make, symbol, symbols,
)  # fmt: skip
from derive.notation import Note
from derive.rules import adjoints
from derive.rules.computation import Computation
from derive.rules.shapes import column, entries, row
from derive.trace import Derivation

if TYPE_CHECKING:
    from derive.numeric import Verify

OPERATOR_INSIDE = "operator-inside"


def gradient_of(
    f: str | Expression, variables: Sequence[str | Expression], limits: Limits | None = None, *, layout: str = "row"
) -> Derivation:
    """The gradient of a function, an expression or its text."""
    e, notes = _expression(f)
    return reverse_gradient(e, variables, notes, "" if isinstance(f, Expression) else f, limits, layout=layout)


def reverse_gradient(
    f: Expression, variables: Sequence[str | Expression], notes: tuple[Note, ...] = (), text: str = "",
    limits: Limits | None = None, *, layout: str = "row", at: Mapping[str, Expression] | None = None,
) -> Derivation:  # fmt: skip
    """The gradient of f by one sweep from f back to its variables; all of them where none is named."""
    with quiet_collector():
        xs, parts, notes = variables_of("gradient", [f], variables, notes, text)
        core = call("gradient", f, *xs)
        check_arguments("gradient", core.arguments)
        problem = call("transpose", core) if layout == "column" else core
        if at:
            problem = make(Substitution, (problem, *[e for x, v in at.items() for e in (symbol(x), v)]))
        if f.open:
            return unsupported("gradient", problem, OPERATOR_INSIDE, notes)
        made = Computation([f], xs, parts)
        return swept(Task("gradient", problem, core, adjoints.GRADIENT, made, [ONE]), limits, notes)


def vjp(
    f: str | Expression | Sequence[str | Expression], vector: Sequence[str | int | Expression],
    variables: Sequence[str | Expression] = (), *, limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """A row vector times the Jacobian of f, one sweep back: `vjp(["x*y", "x"], ["a", "b"], ["x", "y"])`.

    A 1×n row, n the number of variables. The Jacobian itself is never made. UsageError where lengths do not fit.
    """
    functions, notes = functions_of(f)
    seeds = [_expression(s)[0] for s in vector]
    if len(seeds) != len(functions):
        raise UsageError(
            f"a vector times the Jacobian of {len(functions)} functions has as many entries: not {len(seeds)}"
        )
    with quiet_collector():
        xs, parts, notes = variables_of("jacobian", functions, variables, notes)
        core = make(Product, (row(seeds), _jacobian(functions, xs)))
        if any(e.open for e in (*functions, *seeds)):
            return unsupported("vjp", core, OPERATOR_INSIDE, notes)
        made = Computation(functions, xs, parts)
        task = Task("vjp", core, core, adjoints.ROW, made, seeds, flat=len(xs) == 1)
        return swept(task, limits, notes).verified(verify)


def jvp(
    f: str | Expression | Sequence[str | Expression], vector: Sequence[str | int | Expression],
    variables: Sequence[str | Expression] = (), *, limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """The Jacobian of f times a column vector, one sweep forward: `jvp("x*y", ["a", "b"], ["x", "y"])`.

    An m×1 column, m the number of functions; one expression for one function. The Jacobian itself is never made.
    UsageError where lengths do not fit.
    """
    functions, notes = functions_of(f)
    seeds = [_expression(s)[0] for s in vector]
    with quiet_collector():
        xs, parts, notes = variables_of("jacobian", functions, variables, notes)
        if len(seeds) != len(xs):
            raise UsageError(f"the Jacobian by {len(xs)} variables times a vector of as many entries: not {len(seeds)}")
        core = make(Product, (_jacobian(functions, xs), column(seeds)))
        if any(e.open for e in (*functions, *seeds)):
            return unsupported("jvp", core, OPERATOR_INSIDE, notes)
        made = Computation(functions, xs, parts)
        task = Task("jvp", core, core, adjoints.COLUMN, made, seeds, "forward", flat=len(functions) == 1)
        return swept(task, limits, notes).verified(verify)


def functions_of(f: str | Expression | Sequence[str | Expression]) -> tuple[list[Expression], tuple[Note, ...]]:
    """The functions, the entries of a row or column, or a single one, with the notes of reading them."""
    found: list[Expression] = []
    notes: tuple[Note, ...] = ()
    for e, more in map(_expression, [f] if isinstance(f, (str, Expression)) else f):
        notes += more
        found += entries(e) if type(e) is Matrix and 1 in (e.columns, len(e.rows)) else [e]
    if not found:
        raise UsageError("a list of functions is empty")
    return found, notes


def _expression(f: str | int | Expression) -> tuple[Expression, tuple[Note, ...]]:
    if isinstance(f, Expression):
        return f, ()
    reading = notation.read(str(f))
    return Interner().intern(reading.expression), reading.notes


def _jacobian(functions: Sequence[Expression], xs: Sequence[Expression]) -> Expression:
    matrix = call("jacobian", as_vector(functions), *xs)
    check_arguments("jacobian", matrix.arguments)
    return matrix


def variables_of(
    task: str, functions: Sequence[Expression], variables: Sequence[str | Expression], notes: tuple[Note, ...],
    text: object = "",
) -> tuple[list[Expression], Parts, tuple[Note, ...]]:  # fmt: skip
    """(the variables, the parts of the functions, the notes): all variables in order where none is named."""
    parts = Parts(functions)
    known = {name: parts.nodes[number] for name, number in parts.letters.items()}
    if not BINDERS.isdisjoint(map(type, parts.nodes)):  # the letter of a sum or an integral is no variable
        free = set[str]().union(*map(symbols, functions))
        known = {name: x for name, x in known.items() if name in free}
    if not variables:
        if not known:
            raise UsageError(f"a {task} needs a variable, and {functions[0]} has none")
        names = sorted(known)
        if not any(n.kind == "all-variables" for n in notes):
            notes += (_note("all-variables", text, functions, ", ".join(names)),)
        return [known[name] for name in names], parts, notes
    if known.keys() >= set(variables):  # by the names that stand there: as nearly always
        return [known[str(v)] for v in variables], parts, notes
    xs: list[Expression] = []
    for v in variables:
        name = v if isinstance(v, str) and v in known else variable_name(v)
        if name not in known:
            notes += (_note("variable-absent", text, functions, name),)
        xs.append(known.get(name) or symbol(name))
    return xs, parts, notes


def _note(kind: str, text: object, functions: Sequence[Expression], reading: str) -> Note:
    said = str(text or as_vector(functions))
    return Note(kind, 1, 1, 1 + len(said), said, reading)
