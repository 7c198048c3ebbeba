"""`derive.compile`: what is to be computed, in which variables, for which target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from derive.compilation import arrays, clang, scalar
from derive.compilation.compiled import Compiled
from derive.compilation.lowering import lower
from derive.compilation.names import identifiers
from derive.compilation.program import Program
from derive.errors import LimitError, UnsupportedError, UsageError
from derive.expressions import Expression, Matrix, Symbol
from derive.notation import parse
from derive.trace import Derivation

Function: TypeAlias = "str | Expression | Derivation"
Target: TypeAlias = Literal["python", "numpy", "jax", "c"]
TARGETS = ("python", "numpy", "jax", "c")


def compile(
    f: Function | Sequence[Function], variables: Sequence[str], target: Target = "python", *, gradient: bool = False
) -> Compiled:
    """Straight-line code for f, or for several at once, in which parts that occur more than once are computed once.

    f         an expression, its text, a derivation (its result) or a list of these; a matrix gives its rows
    variables the names in the order in which values are given
    target    "python" (numbers), "numpy", "jax" (arrays) or "c" (C99, built when it is first called)
    gradient  the value of one function and its gradient, by the reverse sweep, in one function

    UnsupportedError names a function or node that has no code, UsageError a variable that is missing.
    """
    if target not in TARGETS:
        raise UsageError(f"unknown target {target!r}: there are {', '.join(TARGETS)}")
    if isinstance(variables, str):
        raise UsageError("the variables are a list of names")
    names = [_variable(v) for v in variables]
    if len(set(names)) < len(names):
        raise UsageError(f"a variable stands twice in {', '.join(names[:10])}")
    several = isinstance(f, Sequence) and not isinstance(f, str)
    outputs = [_expression(e, names) for e in (f if several else [f])]  # type: ignore[union-attr]
    shape, columns = "list" if several else "number", None
    if not several and type(outputs[0]) is Matrix:
        shape, columns, outputs = "list", outputs[0].columns, list(outputs[0].arguments)
    if gradient:
        if shape != "number":
            raise UsageError("a gradient is for one function; give a list of functions their derivatives yourself")
        shape, outputs = "pair", [outputs[0], *_gradient(outputs[0], names)]
    if not outputs:
        raise UsageError("a list of functions is empty")
    return compiled(lower(outputs, names), names, target, shape, columns)


def compiled(program: Program, names: Sequence[str], target: str, shape: str, columns: int | None) -> Compiled:
    """The program written for the target."""
    match target:
        case "python":
            source = scalar.source(program, identifiers(names, scalar.RESERVED), shape)
        case "c":
            source = clang.source(program, identifiers(names, ()), shape)
        case _:
            source = arrays.source(program, identifiers(names, arrays.RESERVED), shape, target)
    language = "c" if target == "c" else "python"
    return Compiled(source, target, language, tuple(names), shape, len(program.outputs), columns)


def _variable(name: str) -> str:
    e = parse(name, names=[name] if len(name) > 1 and name.isalpha() else [])
    if not isinstance(e, Symbol):
        raise UsageError(f"{name!r} is not a variable")
    return e.name


def _expression(f: Any, names: Sequence[str]) -> Expression:
    if isinstance(f, Derivation):
        if f.outcome.kind != "done":
            raise UsageError("the derivation has no result")
        return f.result
    if isinstance(f, Expression):
        return f
    return parse(f, names=[n for n in names if len(n) > 1])


def _gradient(f: Expression, names: list[str]) -> list[Expression]:
    """The partial derivatives of f, as the reverse sweep makes them."""
    from derive.engine import gradient

    found = gradient(f, names, method="reverse").verified("off")  # evidence would cost more than the program
    outcome = found.outcome
    if outcome.kind == "budget":
        raise LimitError(
            f"the gradient is not worked out within its limit of {outcome.limit}", limit=str(outcome.limit)
        )
    if outcome.kind != "done":
        raise UnsupportedError(f"the gradient of {str(f)[:80]} is not worked out: {outcome.reason or outcome.kind}")
    return list(found.result.arguments)
