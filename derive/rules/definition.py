"""The derivative by its definition: the limit of the difference quotient, everywhere or at a point."""

from __future__ import annotations

from derive.expressions import (
    ONE, ZERO, Derivative, Expression, Limit, Substitution, Symbol, make, quotient, put_in, sum_of,
)  # fmt: skip
from derive.rules.conditions import domain, satisfies, status
from derive.rules.limit_laws import fresh_step
from derive.rules.limit_shapes import MAX_DEPTH, minus
from derive.rules.model import Match, Mistake, Rule


def difference_quotient(m: Match) -> Expression | None:
    """d/dx(x^2)  →  lim h->0 (((x + h)^2 - x^2)/h)"""
    u, x = m["u"], m["x"]
    if u.open or type(x) is not Symbol or u.depth > MAX_DEPTH - 6:
        return None
    h = fresh_step(m, x)
    later = put_in(u, {x: sum_of((x, h))})
    return make(Limit, (quotient(minus(later, u), h), h, ZERO), "")


def step_added_outside(m: Match) -> Expression | None:
    """d/dx(x^2)  →  lim h->0 ((x^2 + h - x^2)/h), which is wrong"""
    right = difference_quotient(m)
    if right is None:
        return None
    h = right.arguments[1]
    return make(Limit, (quotient(minus(sum_of((m["u"], h)), m["u"]), h), h, ZERO), "")


def not_divided(m: Match) -> Expression | None:
    """d/dx(x^2)  →  lim h->0 ((x + h)^2 - x^2), not divided by h, which is wrong"""
    right = difference_quotient(m)
    if right is None:
        return None
    return make(Limit, (right.arguments[0].arguments[0], *right.arguments[1:]), "")


def at_a_point(m: Match) -> Expression | None:
    """at(d/dx(x^2), x = 3)  →  lim h->0 (((3 + h)^2 - 3^2)/h)"""
    node = m.node
    if type(node) is not Substitution or type(node.operand) is not Derivative:
        return None
    d = node.operand
    u, x = d.operand, d.arguments[1]
    if u.open or len(d.arguments) != 3 or d.arguments[2] != ONE or u.depth > MAX_DEPTH - 6:
        return None
    values = dict(node.assignments)
    h = fresh_step(m, *values, *values.values())
    point = values.get(x, x)
    now = put_in(u, values)
    if any(len(r) == 1 and status(m.facts, r[0]) is False for _, r in domain(now)):
        return None
    later = put_in(u, {**values, x: h if point == ZERO else sum_of((point, h))})
    return make(Limit, (quotient(minus(later, now), h), h, ZERO), "")


_partial = satisfies("other variables are held fixed", lambda m: m.partial)

PARTIAL = Rule(
    "definition.partial", "d/d?x(?u)", difference_quotient, given=(_partial,),
    mistakes=(Mistake("partial-not-divided-by-step", not_divided),),
    examples=(
        ("∂/∂x(x^2*y)", "lim h->0 (((x + h)^2*y - x^2*y)/h)"),
        ("d/dx(x^2)", None),
    ),
)  # fmt: skip
QUOTIENT = Rule(
    "definition.quotient", "d/d?x(?u)", difference_quotient,
    mistakes=(
        Mistake("not-divided-by-step", not_divided),
        Mistake("step-added-outside", step_added_outside),
    ),
    examples=(
        ("d/dx(x^2)", "lim h->0 (((x + h)^2 - x^2)/h)"),
        ("d/dh(h^2)", "lim k->0 (((h + k)^2 - h^2)/k)"),
        ("d/dx(d/dx(x^2))", None),
    ),
)  # fmt: skip
AT_POINT = Rule(
    "definition.at-point", "?u", at_a_point, kind="substitution",
    examples=(
        ("at(d/dx(x^2), x = 3)", "lim h->0 (((3 + h)^2 - 3^2)/h)"),
        ("at(d/dx(sin(x)), x = 0)", "lim h->0 ((sin(h) - sin(0))/h)"),
        ("at(x^2, x = 3)", None),
        ("at(d/dx(1/x), x = 0)", None),
    ),
)  # fmt: skip
