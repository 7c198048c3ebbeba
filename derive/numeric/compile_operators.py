"""Operations for derivative operators, evaluation at a point, limits, matrices, relations and pieces."""

from __future__ import annotations

from math import factorial, prod
from typing import Any

from flint import arb, arb_series

from derive.expressions import (
    Derivative, Equation, Expression, Limit, Matrix, Piecewise, Substitution, integer_value, symbols,
)  # fmt: skip
from derive.numeric import operators
from derive.numeric.compile_plain import exact_at
from derive.numeric.compiler import Compiler, Method, Missing
from derive.numeric.conditions import relation_holds
from derive.numeric.grid import Grid, Truth
from derive.numeric.jets import Caps
from derive.numeric.laurent import TERMS
from derive.numeric.precision import MAX_ORDER, MAX_TERMS
from derive.numeric.program import ROOT, Key, Scope, Step, Values, ball_of
from derive.numeric.signals import Unsupported

MAX_LIMITS = 4  # each limit doubles the work below it: from the left and from the right


def derivative(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    orders: dict[str, int] = {}
    for x, n in zip(node.arguments[1::2], node.arguments[2::2], strict=True):
        order = integer_value(n)
        if order is None or order < 0:
            raise Unsupported("a derivative whose order is not a number", node)
        orders[str(x.label)] = orders.get(str(x.label), 0) + order
    before = _raised(caps, orders, node)
    missing, slots = compiler.need([(scope, before, node.arguments[0])])
    if missing:
        return missing
    for name in orders:
        if scope.find(name) is None:
            compiler.inputs.add(name)
    (k,) = slots
    if before and not caps and len(before) == 1:
        compiler.emit(key, _coefficient(k, before), slots)
    else:
        compiler.emit(key, lambda v: operators.derivative(v[k], orders, before, caps), slots)
    return None


def _coefficient(k: int, before: Caps) -> Step:
    """The derivative of a series in one variable, which nobody needs a series of."""
    ((name, n),) = before
    if n == 1:
        return lambda v: v[k][1] if type(v[k]) is arb_series else operators.derivative(v[k], {name: 1}, before, ())
    times = factorial(n)

    def value(v: Values) -> Any:
        z = v[k]
        return z[n] * times if type(z) is arb_series else operators.derivative(z, dict(before), before, ())

    return value


def _raised(caps: Caps, orders: dict[str, int], node: Expression) -> Caps:
    """The orders to which the operand of a derivative is needed."""
    total = dict(caps)
    for name, order in orders.items():
        total[name] = total.get(name, 0) + order
    if len(total) == 1:
        ((name, order),) = total.items()
        if order <= MAX_ORDER:
            return ((name, order),) if order else ()
    elif sum(total.values()) <= MAX_ORDER and prod([n + 1 for n in total.values()]) <= max(MAX_TERMS, MAX_ORDER + 1):
        return tuple(sorted([(name, n) for name, n in total.items() if n]))
    raise Unsupported("derivatives of too high an order", node)


def substitution(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    names = [str(x.label) for x in node.arguments[1::2]]
    missing, slots = compiler.need([(scope, caps, a) for a in node.arguments[2::2]])
    if missing:
        return missing
    operand = node.arguments[0]
    values = dict(zip(names, slots, strict=True))
    if compiler.operator_free(operand):
        return compiler.alias(key, (compiler.scope((key, "values"), scope, values, "value"), caps, operand))
    inner = compiler.scope((key, "centres"), scope, values, "centre")
    in_limit = 0 if not scope.limits else TERMS if len(values) == 1 else 3
    others = moved_by(symbols(operand) - values.keys(), scope, caps)
    orders = {n: k for n, k in caps if n in others and n not in values}
    for name, value in zip(names, node.arguments[2::2], strict=True):
        orders[name] = sum([k for n, k in caps if n in moved_by(symbols(value), scope, caps)]) + in_limit
    before: Caps = tuple(sorted([(n, k) for n, k in orders.items() if k]))
    if prod([k + 1 for _, k in before]) > max(MAX_TERMS, MAX_ORDER + 1):
        raise Unsupported("derivatives of too high an order", node)
    missing, found = compiler.need([(inner, before, operand)])
    if missing:
        return missing
    (k,) = found
    compiler.emit(key, lambda v: operators.substitution(v, k, before, values, caps, in_limit), (k, *slots))
    return None


def moved_by(names: set[str], scope: Scope, caps: Caps) -> set[str]:
    """The active variables with which an expression in these names moves: all, where a name stands for a value."""
    for n in names:
        found = scope.find(n)
        if found is not None and found[0][0] != "centre":
            return {name for name, _ in caps}
    return names & {name for name, _ in caps}


def limit(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    if caps:
        raise Unsupported("a derivative of a limit", node)
    if scope.limits >= MAX_LIMITS:
        raise Unsupported(f"more than {MAX_LIMITS} limits in one another", node)
    operand, x, point = node.arguments
    infinite = operators.infinite_sign(point)
    sides = (-infinite,) if infinite else {"+": (1,), "-": (-1,)}.get(str(node.label), (1, -1))
    missing, slots = compiler.need([] if infinite else [(scope, (), point)])
    if missing:
        return missing
    keys: list[Key] = []
    for side in sides:
        if (key, side) not in compiler.scopes:
            start = slots[0] if slots else None
            compiler.steps.append(operators.approaching(start, side, operators.root_order(operand)))
            compiler.nodes.append(x)
            compiler.reads.append(slots)
            compiler.at_root.append(False)
            compiler.scope((key, side), scope, {str(x.label): len(compiler.steps)}, "limit")
        keys.append((compiler.scopes[key, side], (), operand))
    missing, found = compiler.need(keys)
    if not missing:
        compiler.emit(key, lambda v: operators.limit([v[k] for k in found]), found)
    return missing


def matrix(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        columns = int(key[2].label)  # type: ignore[arg-type]
        compiler.emit(key, lambda v: Grid([v[k] for k in slots], columns), slots)
    return missing


def equation(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        a, b = slots
        node = key[2]
        relation = str(node.label)

        def holds(v: Values) -> Truth:
            known = relation_holds(v[a], relation, v[b])
            return Truth(_exact_relation(node, v) if known is None and key[0] is ROOT else known)

        compiler.emit(key, holds, slots)
    return missing


def piecewise(compiler: Compiler, key: Key) -> Missing | None:
    missing, slots = compiler.children(key)
    if not missing:
        compiler.pieces = True
        compiler.emit(key, lambda v: operators.piecewise([v[k] for k in slots]), slots)
    return missing


def _exact_relation(node: Expression, v: Values) -> bool | None:
    """The truth of a relation whose sides are rational at a rational point."""
    left, right = exact_at(node.arguments[0], v), exact_at(node.arguments[1], v)
    if left is None or right is None:
        return None
    return relation_holds(ball_of(left - right), str(node.label), arb(0))


OPERATORS: dict[type[Expression], Method] = {
    Derivative: derivative, Substitution: substitution, Limit: limit, Matrix: matrix, Equation: equation,
    Piecewise: piecewise,
}  # fmt: skip
