"""The derivative at a single point, from the function on both sides of it, where the formula beside has no value."""

from __future__ import annotations

from derive.expressions import ONE, Derivative, Expression, Substitution, natural
from derive.rules.joins import derivative_at
from derive.rules.model import Match, Mistake, Rule


def from_both_sides(m: Match) -> Expression | None:
    """at(d/dx(x*abs(x)), x = 0)  →  0"""
    node = m.node
    if type(node) is not Substitution or len(node.arguments) != 3 or type(node.operand) is not Derivative:
        return None
    d = node.operand
    x, point = node.arguments[1:]
    if d.operand.open or len(d.arguments) != 3 or d.arguments[1:] != (x, ONE) or m.facts.depends(point, x):
        return None
    return derivative_at(d.operand, x, point).value


def slope_is_zero(m: Match) -> Expression | None:
    """at(d/dx(abs(x)*(x + 2) - 2*abs(x) + x), x = 0)  →  0: a value without letters differentiated, which is wrong"""
    right = from_both_sides(m)
    return None if right is None or right == natural(0) else natural(0)


AT_POINT = Rule(
    "derivative.at-point", "?u", from_both_sides, kind="substitution",
    mistakes=(Mistake("value-differentiated", slope_is_zero),),
    examples=(
        ("at(d/dx(x*abs(x)), x = 0)", "0"),
        ("at(d/dx(x^2), x = 3)", "6"),
        ("at(d/dx(abs(x)), x = 0)", None),
        ("at(d/dx(1/x), x = 0)", None),
    ),
)  # fmt: skip
