"""Gradients, Jacobians and their kin by definition: matrices of derivative operators, which series evaluate."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.expressions import (
    ONE, TWO, Derivative, Expression, Matrix, Substitution, Symbol, call, make, negation, power, product_of, quotient,
    sum_of,
)  # fmt: skip
from derive.numeric.curves import DEFINITIONS
from derive.numeric.signals import Unsupported


def expanded(node: Expression) -> Expression:
    """`gradient(f, x, y)  →  [[∂/∂x(f), ∂/∂y(f)]]`; Unsupported where the shapes do not fit."""
    define = _DEFINITIONS.get(str(node.label)) or DEFINITIONS.get(str(node.label))
    if define is None:
        raise Unsupported(f"{node.label} has no numeric method", node)
    f, *rest = node.arguments
    return define(node, f, rest)


def _by(f: Expression, *variables: Expression) -> Expression:
    """∂/∂x∂y(f)"""
    pairs = [e for x in variables for e in (x, ONE)]
    return make(Derivative, (f, *pairs), True)


def _variables(node: Expression, given: Sequence[Expression]) -> Sequence[Expression]:
    if not given or not all([type(x) is Symbol for x in given]):
        raise Unsupported(f"{node.label} without variables", node)
    return given


def _row(entries: Sequence[Expression]) -> Expression:
    return make(Matrix, tuple(entries), len(entries))


def _entries(f: Expression) -> tuple[Expression, ...]:
    return f.arguments if type(f) is Matrix else (f,)


def _fitting(node: Expression, f: Expression, given: Sequence[Expression]) -> tuple[Expression, ...]:
    entries = _entries(f)
    if len(entries) != len(_variables(node, given)):
        raise Unsupported(f"{node.label}: {len(entries)} components, {len(given)} variables", node)
    return entries


def _gradient(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    return _row([_by(f, x) for x in _variables(node, given)])


def _jacobian(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    xs = _variables(node, given)
    return make(Matrix, tuple([_by(u, x) for u in _entries(f) for x in xs]), len(xs))


def _hessian(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    xs = _variables(node, given)
    second = [make(Derivative, (f, x, TWO), True) if x == y else _by(f, x, y) for x in xs for y in xs]
    return make(Matrix, tuple(second), len(xs))


def _divergence(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    return sum_of([_by(u, x) for u, x in zip(_fitting(node, f, given), given, strict=True)])


def _curl(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    parts = _fitting(node, f, given)

    def turning(i: int, j: int) -> Expression:
        return sum_of([_by(parts[j], given[i]), negation(_by(parts[i], given[j]))])

    if len(parts) == 2:
        return turning(0, 1)
    if len(parts) != 3:
        raise Unsupported("a curl in neither two nor three dimensions", node)
    return make(Matrix, (turning(1, 2), turning(2, 0), turning(0, 1)), f.label)


def _laplacian(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    return sum_of([make(Derivative, (f, x, TWO), True) for x in _variables(node, given)])


def _directional(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    v, *xs = given
    steps = _fitting(node, v, xs)
    slope = sum_of([product_of([_by(f, x), a]) for x, a in zip(xs, steps, strict=True)])
    return quotient(slope, call("sqrt", sum_of([power(a, TWO) for a in steps])))


def _chain(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    matrices = [a for a in given if type(a) is Matrix]
    xs = [a for a in given if type(a) is Symbol]
    if not matrices or len(matrices) % 2 or len(matrices) + len(xs) != len(given):
        raise Unsupported("a chain without its inner functions", node)
    entries = list(_entries(f))
    for names, values in zip(matrices[::2], matrices[1::2], strict=True):
        if len(names.arguments) != len(values.arguments):
            raise Unsupported("a chain with as many names as values", node)
        pairs = zip(names.arguments, values.arguments, strict=True)
        moved = [e for name, value in pairs if name != value for e in (name, value)]
        entries = [make(Substitution, (u, *moved)) if moved else u for u in entries]
    whole = [_by(u, x) for u in entries for x in _variables(node, xs)]
    return whole[0] if len(whole) == 1 else make(Matrix, tuple(whole), len(xs))


_DEFINITIONS: dict[str, Callable[[Expression, Expression, Sequence[Expression]], Expression]] = {
    "gradient": _gradient, "jacobian": _jacobian, "hessian": _hessian, "divergence": _divergence, "curl": _curl,
    "laplacian": _laplacian, "directional": _directional, "chain": _chain,
}  # fmt: skip
