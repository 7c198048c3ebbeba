"""What the operators do with values: derivative, evaluation at a point, limit, pieces."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from typing import Any

from flint import arb

from derive.expressions import Call, Constant, Expression, Negation, Power, integer_value, postorder, rational_value
from derive.numeric.elementary import centre
from derive.numeric.grid import Grid, Truth
from derive.numeric.jets import Caps, differentiate, substitute
from derive.numeric.laurent import Laurent, approach
from derive.numeric.program import Values
from derive.numeric.signals import NoValue, Undefined, Unsure, Unsupported


def centre_of(z: Any) -> arb:
    """The constant term of a value; of an input given as a number, the number."""
    if type(z) is Grid:
        raise Unsupported("a matrix where a number is needed")
    return centre(z)


def derivative(z: Any, orders: dict[str, int], before: Caps, after: Caps) -> Any:
    """The derivative of a series, entry by entry for a matrix."""
    if type(z) is Grid:
        return Grid([differentiate(entry, orders, before, after) for entry in z.entries], z.columns)
    return differentiate(z, orders, before, after)


def substitution(v: Values, operand: int, names: Caps, slots: dict[str, int], caps: Caps, degree: int) -> Any:
    """The operand's series with the steps of its variables replaced by those of their values; `degree` in a limit."""
    z = v[operand]
    replaced = {name: v[k] for name, k in slots.items()}
    if type(z) is Grid:
        return Grid([substitute(entry, names, replaced, caps) for entry in z.entries], z.columns)
    result = substitute(z, names, replaced, caps)
    if type(result) is Laurent:  # the series says nothing beyond its degree
        return Laurent(result.valuation, result.coefficients[: degree + 1 - result.valuation])
    return result


def infinite_sign(point: Expression) -> int:
    """1 for ∞, -1 for -∞, else 0."""
    if type(point) is Constant and point.label == "infinity":
        return 1
    if type(point) is Negation and type(point.arguments[0]) is Constant and point.arguments[0].label == "infinity":
        return -1
    return 0


def root_order(operand: Expression) -> int:
    """The least common multiple of the roots in an expression, at most 12: `sqrt(x)*cbrt(x)  →  6`."""
    order = 1
    for node in postorder(operand):
        index = 1
        if type(node) is Call:
            index = {"sqrt": 2, "cbrt": 3}.get(str(node.label), 1)
            if node.label == "root":
                index = integer_value(node.arguments[1]) or 1
        elif type(node) is Power:
            q = rational_value(node.arguments[1])
            index = q.denominator if isinstance(q, Fraction) else 1
        if lcm(order, index) <= 12:
            order = lcm(order, index)
    return order


def approaching(slot: int | None, side: int, root: int) -> Callable[[Values], Laurent]:
    """The variable of a limit, coming to its point from one side."""
    if slot is None:
        return lambda v: approach(None, -side, root)

    def start(v: Values) -> Laurent:
        if type(v[slot]) is not arb:
            raise Unsupported("a limit whose point is moving")
        return approach(v[slot], side, root)

    return start


def limit(values: list[Any]) -> Any:
    """The common value of the one-sided limits."""
    found = [v.value() if type(v) is Laurent else v for v in values]
    for other in found[1:]:
        if type(other) is not arb or type(found[0]) is not arb:
            raise Unsupported("a limit of a matrix")
        if not other.overlaps(found[0]):
            raise Undefined("the limits from the left and from the right differ")
    return found[0]


def piecewise(values: list[Any]) -> Any:
    """The value of the first piece whose condition holds; failures of other pieces do not matter."""
    for k in range(0, len(values) - 1, 2):
        holds = values[k + 1]
        if isinstance(holds, NoValue):
            raise holds
        if not isinstance(holds, Truth):
            raise Unsupported("a condition that is not a relation")
        if holds.holds is None:
            raise Unsure("a condition that is not decided")
        if holds.holds:
            return _usable(values[k])
    if len(values) % 2:
        return _usable(values[-1])
    raise Undefined("no piece applies")


def _usable(value: Any) -> Any:
    if isinstance(value, NoValue):
        raise value
    return value
