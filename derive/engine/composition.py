"""Functions in functions: from `f(x, y) where x = …, y = …` to the chain of inner functions, level by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derive.errors import UsageError
from derive.expressions import Call, Expression, Matrix, Symbol, call, make, open_parts, postorder, symbol, symbols
from derive.notation.dependence import circle
from derive.rules.chains import levels
from derive.rules.shapes import row


def composed(f: Expression, given: Mapping[str, Expression], variables: Sequence[str]) -> Expression:
    """chain(f, [[x, y]], [[g, h]], …, s, t): f with its inner functions, differentiated by the variables.

    A level is passed through by what is needed below it; UsageError for names that stand for each other in a circle.
    """
    f, inner = _without_names(f, dict(given))
    names = _ordered(f, inner, variables)
    xs = [symbol(v) for v in variables]
    if not any(n in inner for n in names):
        return call("jacobian" if type(f) is Matrix else "gradient", f, *xs)
    matrices: list[Expression] = []
    while any(n in inner for n in names):
        below = {n: _needed(n, inner) for n in names}
        now = [n for n in names if n in inner and not any(n in below[m] for m in names if m != n)]
        values = [inner[n] if n in now else symbol(n) for n in names]
        matrices += [row(symbol(n) for n in names), row(values)]
        names = _ordered(row(values), inner, variables)
    return call("chain", f, *matrices, *xs)


def _without_names(f: Expression, given: dict[str, Expression]) -> tuple[Expression, dict[str, Expression]]:
    """f itself where only its name is asked for: f where f = x^2."""
    around = circle(given)
    if around:
        raise UsageError(f"{' needs '.join([*around, around[0]])}: the inner functions go in a circle")
    while isinstance(f, Symbol) and f.name in given:
        f = given.pop(f.name)
    return f, given


def _ordered(e: Expression, given: Mapping[str, Expression], variables: Sequence[str]) -> list[str]:
    """The inner names and variables in e, in the order of writing."""
    found = [str(n.label) for n in postorder(e) if type(n) is Symbol]
    return [n for n in dict.fromkeys(found) if n in given or n in variables]


def _needed(name: str, given: Mapping[str, Expression]) -> set[str]:
    """Every name that `name` stands upon, at any depth."""
    found: set[str] = set()
    stack = [name]
    while stack:
        e = given.get(stack.pop())
        for n in symbols(e) - found if e is not None else ():
            found.add(n)
            stack.append(n)
    return found


def as_vector(parts: Sequence[Expression]) -> Expression:
    """One function as itself, several as a column."""
    return parts[0] if len(parts) == 1 else make(Matrix, tuple(parts), 1)


def levels_of(problem: Expression) -> Iterator[dict[Expression, Expression]]:
    """What the names of a chain stand for, outermost level first; nothing for other problems."""
    for node in open_parts(problem):
        if type(node) is Call and node.label == "chain":
            for names, values, _ in levels(node) or ():
                yield {x: value for x, value in zip(names, values, strict=True) if x != value}


def inner_names(problem: Expression) -> set[str]:
    """The names that stand for inner functions, and so are no variables of the problem."""
    return {str(x.label) for inner in levels_of(problem) for x in inner}
