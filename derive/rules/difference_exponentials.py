"""Difference quotients of exponentials and logarithms: the laws of powers and logarithms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Call, Constant, Expression, Power, Product, Quotient, call, equation, power, product_of,
    quotient, sum_of,
)  # fmt: skip
from derive.rules.limit_shapes import (
    at_zero_limit, difference, increment, limit, minus, over, quotient_limit, shifted,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule


def _exponents(m: Match) -> tuple[Expression, Expression, Expression] | None:
    """(a^k, a^p, a) of lim h→0 ((a^(p + k) - a^p)/h), k a multiple of h; exp(p) is written as it comes."""
    found = difference(m)
    if found is None:
        return None
    later, now, h = found
    if type(later) is Call and type(now) is Call and later.label == now.label == "exp":
        k = increment(later.arguments[0], now.arguments[0], h, m.facts)
        return None if k is None else (call("exp", k), now, later)
    if type(later) is not Power or type(now) is not Power or later.base != now.base or m.facts.depends(now.base, h):
        return None
    k = increment(later.exponent, now.exponent, h, m.facts)
    return None if k is None or now.exponent == ZERO else (power(now.base, k), now, now.base)


def exponential_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((e^(x + h) - e^x)/h)  →  lim h->0 ((e^x*e^h - e^x)/h)"""
    found = _exponents(m)
    return None if found is None else quotient_limit(m, product_of([found[1], found[0]]), found[1])


def base_positive(m: Match) -> Iterator[Expression]:
    """The base is positive."""
    found = _exponents(m)
    if found is not None and type(found[1]) is Power and type(found[2]) is not Constant:
        yield equation(found[2], ">", ZERO)


def exponents_added(m: Match) -> Expression | None:
    """e^(x + h) taken for e^x + e^h, which is wrong"""
    found = _exponents(m)
    return None if found is None else quotient_limit(m, sum_of([found[1], found[0]]), found[1])


def exponential_taken_out(m: Match) -> Expression | None:
    """lim h->0 ((e^x*e^h - e^x)/h)  →  lim h->0 (e^x*((e^h - 1)/h))"""
    found = difference(m)
    if found is None or type(found.later) is not Product or len(found.later.arguments) != 2:
        return None
    kept, step = found.later.arguments
    if kept != found.now or m.facts.depends(kept, found.h):
        return None
    return limit(m, product_of([kept, quotient(minus(step, ONE), found.h)]))


def logarithms_subtracted(m: Match) -> Expression | None:
    """lim h->0 ((ln(x + h) - ln(x))/h)  →  lim h->0 (ln((x + h)/x)/h)"""
    found = difference(m)
    if found is None or shifted(m, "ln") is None:
        return None
    inside = over(found.later.arguments[0], found.now.arguments[0])
    return limit(m, quotient(call("ln", inside), found.h)) if found.now.arguments[0] != ONE else None


def both_positive(m: Match) -> Iterator[Expression]:
    """The argument of the logarithm is positive."""
    found = difference(m)
    assert found is not None
    yield equation(found.now.arguments[0], ">", ZERO)


def logarithm_of_difference(m: Match) -> Expression | None:
    """ln(x + h) - ln(x) taken for ln(x + h - x), which is wrong"""
    moved = shifted(m, "ln")
    return None if moved is None else limit(m, quotient(call("ln", moved[2]), m.node.arguments[1]))


def one_plus(m: Match) -> Expression | None:
    """lim h->0 (ln((x + h)/x)/h)  →  lim h->0 (ln(1 + h/x)/h)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    top = found.operand.numerator
    if type(top) is not Call or top.label != "ln" or type(top.arguments[0]) is not Quotient:
        return None
    later, now = top.arguments[0].arguments
    if m.facts.depends(now, found.h):
        return None
    k = increment(later, now, found.h, m.facts)
    if k is None:
        return None
    return limit(m, quotient(call("ln", sum_of([ONE, quotient(k, now)])), found.h))


def base_changed(m: Match) -> Expression | None:
    """lim h->0 ((log(x + h, 2) - log(x, 2))/h)  →  lim h->0 ((ln(x + h)/ln(2) - ln(x)/ln(2))/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    if not found.later.label == found.now.label == "log" or found.later.arguments[1] != found.now.arguments[1]:
        return None
    a, b = (quotient(call("ln", e.arguments[0]), call("ln", e.arguments[1])) for e in (found.later, found.now))
    return quotient_limit(m, a, b)


EXPONENTIAL = Rule(
    "definition.exponential", "?l", exponential_of_sum, kind="limit", assumes=base_positive,
    mistakes=(Mistake("exponential-of-sum-split", exponents_added),),
    examples=(
        ("lim h->0 ((e^(x + h) - e^x)/h)", "lim h->0 ((e^x*e^h - e^x)/h)"),
        ("lim h->0 ((2^(3*(x + h)) - 2^(3*x))/h)", "lim h->0 ((2^(3*x)*2^(3*h) - 2^(3*x))/h)"),
        ("lim h->0 (((x + h)^2 - x^2)/h)", None),
    ),
)  # fmt: skip
TAKE_OUT = Rule(
    "definition.take-out", "?l", exponential_taken_out, kind="limit",
    examples=(
        ("lim h->0 ((e^x*e^h - e^x)/h)", "lim h->0 (e^x*((e^h - 1)/h))"),
        ("lim h->0 ((e^(x + h) - e^x)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
LOGARITHM = Rule(
    "definition.logarithm", "?l", logarithms_subtracted, kind="limit", assumes=both_positive,
    mistakes=(Mistake("logarithm-of-difference", logarithm_of_difference),),
    examples=(
        ("lim h->0 ((ln(x + h) - ln(x))/h)", "lim h->0 (ln((x + h)/x)/h)"),
        ("lim h->0 ((ln((x + h)^2) - ln(x^2))/h)", None),
    ),
)  # fmt: skip
ONE_PLUS = Rule(
    "definition.one-plus", "?l", one_plus, kind="limit",
    examples=(("lim h->0 (ln((x + h)/x)/h)", "lim h->0 (ln(1 + h/x)/h)"), ("lim h->0 (ln(1 + h)/h)", None)),
    weight="minor",
)  # fmt: skip
CHANGE_OF_BASE = Rule(
    "definition.change-of-base", "?l", base_changed, kind="limit",
    examples=(
        ("lim h->0 ((log(x + h, 2) - log(x, 2))/h)", "lim h->0 ((ln(x + h)/ln(2) - ln(x)/ln(2))/h)"),
        ("lim h->0 ((ln(x + h) - ln(x))/h)", None),
    ),
    weight="minor",
)  # fmt: skip
