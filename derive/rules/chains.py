"""The chain rule of several variables: the derivative of f(g₁, g₂) is a product of a row and Jacobians."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    Call, Derivative, Expression, Matrix, Substitution, Symbol, call, derivative, is_operator, make, product_of, put_in,
    symbols,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.multivariable import is_abstract
from derive.rules.shapes import column, entries

Level = tuple[tuple[Expression, ...], tuple[Expression, ...], tuple[Expression, ...]]
"""Names, what they stand for, and the variables of that."""


def levels(node: Expression) -> list[Level] | None:
    """The inner functions of chain(f, [[x, y]], [[g, h]], …, s, t), outermost first; None for another form."""
    _, *rest = node.arguments
    matrices = [a for a in rest if type(a) is Matrix]
    variables = tuple(rest[len(matrices) :])
    if not matrices or len(matrices) % 2 or not variables or not all(type(x) is Symbol for x in variables):
        return None
    names = [m.arguments for m in matrices[::2]]
    values = [m.arguments for m in matrices[1::2]]
    if any(len(a) != len(b) for a, b in zip(names, values, strict=True)):
        return None
    return list(zip(names, values, [*names[1:], variables], strict=True))


def slopes(f: Expression, names: tuple[Expression, ...]) -> Expression:
    """The first factor: the gradient of f, or its Jacobian."""
    components = entries(f)
    return call("gradient", components[0], *names) if len(components) == 1 else call("jacobian", f, *names)


def evaluated(e: Expression, found: list[Level]) -> Expression:
    """e with every name replaced by what it stands for, innermost level last."""
    for names, values, _ in found:
        pairs = [p for name, value in zip(names, values, strict=True) if name != value for p in (name, value)]
        if pairs:
            e = make(Substitution, (e, *pairs))
    return e


def row_times_jacobians(m: Match) -> Expression | None:
    """chain(f, [[x, y]], [[g, h]], s, t)  →  at(gradient(f, x, y)*jacobian([[g], [h]], s, t), x = g, y = h)"""
    found = levels(m.node)
    if found is None:
        return None
    factors = [slopes(m["f"], found[0][0])]
    factors += [_inner(values, by, first=k == 0) for k, (_, values, by) in enumerate(found)]
    return evaluated(product_of(factors), found)


def _inner(values: tuple[Expression, ...], by: tuple[Expression, ...], first: bool) -> Expression:
    """The Jacobian of a level; past the first, where rows times columns have become a number, one slope is a number."""
    if not first and len(values) == len(by) == 1:
        return derivative(values[0], by[0])
    return call("jacobian", column(values), *by)


def without_inner(m: Match) -> Expression | None:
    """chain(f, [[x, y]], [[g, h]], s, t)  →  at(gradient(f, x, y), x = g, y = h), which is wrong"""
    found = levels(m.node)
    return None if found is None else evaluated(slopes(m["f"], found[0][0]), found)


def inner_transposed(m: Match) -> Expression | None:
    """The inner Jacobian with its rows as columns, which is wrong: ∂x/∂t where ∂y/∂s belongs."""
    found = levels(m.node)
    if found is None or len(found[0][1]) != len(found[0][2]) or len(found) > 1:
        return None
    names, values, by = found[0]
    inner = call("transpose", call("jacobian", column(values), *by))
    return evaluated(product_of([slopes(m["f"], names), inner]), found)


def given_functions_put_in(m: Match) -> Expression | None:
    """at(2*x*∂/∂t(f(t)), x = sin(t))  →  2*sin(t)*∂/∂t(f(t)): what no remaining operator is about"""
    node = m.node
    if not isinstance(node, Substitution) or not node.operand.open:
        return None
    about: set[str] = set()
    for operator in _outer_operators(node.operand):
        about |= symbols(operator)
    ready = {x: value for x, value in node.assignments if x.label not in about}
    kept = [(x, value) for x, value in node.assignments if x not in ready]
    names = {str(x.label) for x, _ in kept}
    if not ready or any(names & symbols(value) for value in ready.values()):
        return None
    operand = put_in(node.operand, ready)
    return make(Substitution, (operand, *[e for pair in kept for e in pair])) if kept else operand


def _outer_operators(root: Expression) -> Iterator[Expression]:
    stack = [root]
    seen: set[Expression] = set()
    while stack:
        node = stack.pop()
        if node in seen or (not node.open and type(node) is not Substitution):
            continue
        seen.add(node)
        if is_operator(node) or type(node) is Substitution:
            yield node
        else:
            stack.extend(node.arguments)


def is_named(e: Expression) -> bool:
    """Whether e is ∂f/∂x of an abstract f(x, y): a derivative with a name of its own, which no rule works out."""
    if type(e) is not Derivative:
        return False
    f, *pairs = e.arguments
    if not is_abstract(f) or type(f) is not Call or not isinstance(f.label, str):
        return False
    slots = f.arguments
    if not all(type(a) is Symbol for a in slots) or len(set(slots)) != len(slots):
        return False
    return all(x in slots for x in pairs[::2])


CHAIN = Rule(
    "chain.matrix-form", "chain(?f, ??rest)", row_times_jacobians,
    mistakes=(
        Mistake("chain-inner-jacobian-left-out", without_inner),
        Mistake("chain-inner-transposed", inner_transposed),
    ),
    examples=(
        ("chain(f(x, y), [[x, y]], [[s*t, s + t]], s, t)",
         "at(gradient(f(x, y), x, y)*jacobian([[s*t], [s + t]], s, t), x = s*t, y = s + t)"),
        ("chain(x^2, [[x]], [[u*v]], [[u, v]], [[2*t, t]], t)",
         "at(at(gradient(x^2, x)*jacobian([[u*v]], u, v)*jacobian([[2*t], [t]], t), x = u*v), u = 2*t, v = t)"),
        ("chain(x*y, [[x, y]], [[t^2, t]], [[t]], [[s^2]], s)",
         "at(at(gradient(x*y, x, y)*jacobian([[t^2], [t]], t)*d/ds(s^2), x = t^2, y = t), t = s^2)"),
        ("chain(f(x, y), [[x, y]], [[s*t]], s, t)", None),
    ),
)  # fmt: skip
GIVEN = Rule(
    "chain.given", "?u", given_functions_put_in,
    examples=(
        ("at(2*x*d/dt(g(t)), x = sin(t))", "2*sin(t)*d/dt(g(t))"),
        ("at(x*∂/∂y(f(y, z)), x = t, y = s, z = t)", "at(t*∂/∂y(f(y, z)), y = s, z = t)"),
        ("at(∂/∂x(f(x, y)), x = t, y = s)", None),
    ),
    kind="substitution",
)  # fmt: skip
