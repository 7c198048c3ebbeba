"""Tidying integrals: from a to a, of zero or a constant, constant factors in front; no antiderivative is looked for."""

from __future__ import annotations

from derive.expressions import (
    ZERO, Expression, Integral, Negation, Product, make, negation, product_of, put_in, sum_of,
)  # fmt: skip
from derive.rules.conditions import free_of, satisfies
from derive.rules.model import Match, Mistake, Rule


def constants_in_front(m: Match) -> Expression | None:
    """integral(3*x*t^2, t, a, b)  →  3*x*integral(t^2, t, a, b);   integral(-u, t, a, b)  →  -integral(u, t, a, b)"""
    body = m["f"]
    if type(body) is Negation:
        return negation(_with(m, body.operand))
    if type(body) is not Product:
        return None
    still = [f for f in body.arguments if not m.facts.depends(f, m["t"])]
    moving = [f for f in body.arguments if m.facts.depends(f, m["t"])]
    if not still or not moving:
        return None
    return product_of([*still, _with(m, product_of(moving))])


def _with(m: Match, body: Expression) -> Expression:
    return make(Integral, (body, m["t"], m["a"], m["b"]))


def letter_in_front(m: Match) -> Expression | None:
    """integral(t*sin(t), t, a, b)  →  b*integral(sin(t), t, a, b), which is wrong"""
    body = m["f"]
    if type(body) is not Product or m["t"] not in body.arguments:
        return None
    others = [f for f in body.arguments if f != m["t"]]
    return product_of([m["b"], _with(m, product_of(others))]) if others else None


def constant_times_length(m: Match) -> Expression:
    """integral(c, t, a, b)  →  c*(b - a);   integral(c, t, 0, b)  →  c*b"""
    length = m["b"] if m["a"] == ZERO else sum_of([m["b"], negation(m["a"])])
    return product_of([m["f"], length])


EMPTY = Rule(
    "integral.empty", "integral(?f, ?t, ?a, ?a)", "0",
    mistakes=(Mistake("value-for-empty-integral", lambda m: put_in(m["f"], {m["t"]: m["a"]})),),
    examples=(("integral(sin(t), t, x, x)", "0"), ("integral(sin(t), t, 0, x)", None)),
    weight="minor",
)  # fmt: skip
ZERO_INTEGRAND = Rule(
    "integral.zero", "integral(0, ?t, ?a, ?b)", "0",
    mistakes=(Mistake("length-for-zero-integral", "?b - ?a"),),
    examples=(("integral(0, t, 0, x)", "0"), ("integral(t, t, 0, x)", None)),
    weight="minor",
)  # fmt: skip
CONSTANT = Rule(
    "integral.constant", "integral(?f, ?t, ?a, ?b)", constant_times_length,
    given=(free_of("f", "t"),),
    mistakes=(Mistake("constant-integrated-to-itself", "?f"),),
    examples=(
        ("integral(3, t, 1, x)", "3*(x - 1)"),
        ("integral(cos(x), t, 0, x)", "cos(x)*x"),
        ("integral(3*t, t, 1, x)", None),
    ),
    weight="minor",
)  # fmt: skip
CONSTANT_FACTOR = Rule(
    "integral.constant-factor", "integral(?f, ?t, ?a, ?b)", constants_in_front,
    given=(satisfies("f is a product, or has a sign", lambda m: type(m["f"]) in (Product, Negation)),),
    mistakes=(Mistake("running-letter-taken-out", letter_in_front),),
    examples=(
        ("integral(2*x*t, t, 0, 1)", "2*x*integral(t, t, 0, 1)"),
        ("integral(-sin(t), t, 0, x)", "-integral(sin(t), t, 0, x)"),
        ("integral(t*sin(t), t, 0, x)", None),
    ),
    weight="minor",
)  # fmt: skip
TIDYING = (ZERO_INTEGRAND, EMPTY, CONSTANT, CONSTANT_FACTOR)
