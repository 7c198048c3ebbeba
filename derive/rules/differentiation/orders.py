"""Higher and mixed derivatives, one operator at a time."""

from __future__ import annotations

from derive.expressions import Derivative, Expression, derivative, integer_value, make, natural
from derive.rules.conditions import at_least, satisfies
from derive.rules.model import Match, Rule


def once_more(m: Match) -> Expression | None:
    """d^3/dx^3(u)  →  d/dx(d^2/dx^2(u))"""
    n = integer_value(m["n"])
    if n is None or n < 2:
        return None
    inner = (m["u"], m["x"], natural(n - 1))
    return derivative(make(Derivative, inner, m.partial), m["x"], partial=m.partial)


def innermost_variable_first(m: Match) -> Expression | None:
    """∂^2/∂x∂y(u)  →  ∂/∂x(∂/∂y(u))"""
    d = m.node
    if not isinstance(d, Derivative) or len(d.arguments) < 5:
        return None
    x, n, *others = d.arguments[1:]
    inner = make(Derivative, (d.operand, *others), m.partial)
    return make(Derivative, (inner, x, n), m.partial)


HIGHER_ORDER = Rule(
    "derivative.higher-order", "d^?n/d?x^?n(?u)", once_more,
    given=(at_least("n", 2),),
    examples=(("d^3/dx^3(x^5)", "d/dx(d^2/dx^2(x^5))"), ("d/dx(x^5)", None)),
    weight="minor",
)  # fmt: skip
MIXED = Rule(
    "derivative.mixed", "?d", innermost_variable_first,
    given=(
        satisfies("d has several variables", lambda m: isinstance(m["d"], Derivative) and len(m["d"].arguments) > 3),
    ),
    examples=(("∂^2/∂x∂y(x*y)", "∂/∂x(∂/∂y(x*y))"), ("∂^2/∂x^2(x*y)", None)),
    weight="minor", kind="derivative",
)  # fmt: skip
