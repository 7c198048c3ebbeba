"""Difference quotients of sine, cosine, tangent and their kin: the addition theorems."""

from __future__ import annotations


from derive.expressions import (
    ONE, Call, Expression, Negation, Quotient, Sum, call, negation, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    at_zero_limit, difference, limit, minus, over_h, quotient_limit, shifted,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule


def sine_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((sin(x + h) - sin(x))/h)  →  lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)"""
    found = shifted(m, "sin")
    if found is None:
        return None
    _, p, k = found
    s, c = call("sin", p), call("cos", p)
    first = product_of([s, call("cos", k)])
    top = sum_of([first, product_of([c, call("sin", k)]), negation(s)])
    return limit(m, quotient(top, m.node.arguments[1]))


def cosine_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((cos(x + h) - cos(x))/h)  →  lim h->0 ((cos(x)*cos(h) - sin(x)*sin(h) - cos(x))/h)"""
    found = shifted(m, "cos")
    if found is None:
        return None
    _, p, k = found
    s, c = call("sin", p), call("cos", p)
    second = negation(product_of([s, call("sin", k)]))
    return limit(m, quotient(sum_of([product_of([c, call("cos", k)]), second, negation(c)]), m.node.arguments[1]))


def sine_split(m: Match) -> Expression | None:
    """sin(x + h) taken for sin(x) + sin(h), which is wrong"""
    found = shifted(m, "sin", "cos")
    if found is None:
        return None
    name, p, k = found
    top = sum_of([call(name, p), call(name, k), negation(call(name, p))])
    return limit(m, quotient(top, m.node.arguments[1]))


def sorted_by_factor(m: Match) -> Expression | None:
    """lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)  →  … sin(x)*((cos(h) - 1)/h) + cos(x)*(sin(h)/h)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    top = found.operand.numerator
    if type(top) is not Sum or len(top.arguments) != 3 or type(top.arguments[2]) is not Negation:
        return None
    first, second, third = top.arguments
    minus_sign = type(second) is Negation
    second = second.arguments[0] if minus_sign else second
    a, b = factors_of(first), factors_of(second)
    if len(a) != 2 or len(b) != 2 or a[0] != third.arguments[0] or a[1].label != "cos" or b[1].label != "sin":
        return None
    if over_h(a[1].arguments[0], found.h, m.facts) is None or a[1].arguments != b[1].arguments:
        return None
    left = product_of([a[0], quotient(minus(a[1], ONE), found.h)])
    right = product_of([b[0], quotient(b[1], found.h)])
    return limit(m, sum_of([left, negation(right) if minus_sign else right]))


def tangents_subtracted(m: Match) -> Expression | None:
    """lim h->0 ((tan(x + h) - tan(x))/h)  →  lim h->0 (sin(h)/(h*cos(x + h)*cos(x)))"""
    found = difference(m)
    moved = shifted(m, "tan", "cot")
    if found is None or moved is None:
        return None
    name, p, k = moved
    below = "cos" if name == "tan" else "sin"
    later = call(below, found.later.arguments[0])
    result = quotient(call("sin", k), product_of([found.h, later, call(below, p)]))
    return limit(m, result if name == "tan" else negation(result))


def tangent_of_difference(m: Match) -> Expression | None:
    """tan(x + h) - tan(x) taken for tan(h), which is wrong"""
    moved = shifted(m, "tan", "cot")
    return None if moved is None else limit(m, quotient(call("tan", moved[2]), m.node.arguments[1]))


_RECIPROCALS = {"sec": "cos", "csc": "sin"}


def as_reciprocal(m: Match) -> Expression | None:
    """lim h->0 ((sec(x + h) - sec(x))/h)  →  lim h->0 ((1/cos(x + h) - 1/cos(x))/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    name = _RECIPROCALS.get(str(found.now.label))
    if name is None or found.later.label != found.now.label:
        return None
    a, b = (quotient(ONE, call(name, e.arguments[0])) for e in (found.later, found.now))
    return quotient_limit(m, a, b)


SINE = Rule(
    "definition.sine", "?l", sine_of_sum, kind="limit",
    mistakes=(Mistake("sine-of-sum-split", sine_split),),
    examples=(
        ("lim h->0 ((sin(x + h) - sin(x))/h)", "lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)"),
        ("lim h->0 ((sin((x + h)^2) - sin(x^2))/h)", None),
    ),
)  # fmt: skip
COSINE = Rule(
    "definition.cosine", "?l", cosine_of_sum, kind="limit",
    mistakes=(Mistake("cosine-of-sum-split", sine_split),),
    examples=(
        ("lim h->0 ((cos(x + h) - cos(x))/h)", "lim h->0 ((cos(x)*cos(h) - sin(x)*sin(h) - cos(x))/h)"),
        ("lim h->0 ((cos(1/(x + h)) - cos(1/x))/h)", None),
    ),
)  # fmt: skip
SORT = Rule(
    "definition.sort", "?l", sorted_by_factor, kind="limit",
    examples=(
        ("lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)",
         "lim h->0 (sin(x)*((cos(h) - 1)/h) + cos(x)*(sin(h)/h))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
TANGENT = Rule(
    "definition.tangent", "?l", tangents_subtracted, kind="limit",
    mistakes=(Mistake("tangent-of-difference", tangent_of_difference),),
    examples=(
        ("lim h->0 ((tan(x + h) - tan(x))/h)", "lim h->0 (sin(h)/(h*cos(x + h)*cos(x)))"),
        ("lim h->0 ((cot(x + h) - cot(x))/h)", "lim h->0 (-(sin(h)/(h*sin(x + h)*sin(x))))"),
        ("lim h->0 ((tan((x + h)^2) - tan(x^2))/h)", None),
    ),
)  # fmt: skip
RECIPROCAL = Rule(
    "definition.reciprocal", "?l", as_reciprocal, kind="limit",
    examples=(
        ("lim h->0 ((sec(x + h) - sec(x))/h)", "lim h->0 ((1/cos(x + h) - 1/cos(x))/h)"),
        ("lim h->0 ((cos(x + h) - cos(x))/h)", None),
    ),
    weight="minor",
)  # fmt: skip
