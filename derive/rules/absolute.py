"""Absolute value and sign: bars opened where the sign is known, numbers taken out of them, u·sign(u) written as |u|."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    Call, Expression, Power, Product, Quotient, call, integer_value, negation, power, product_of, quotient, rational,
    rational_value,
)  # fmt: skip
from derive.rules.conditions import satisfies
from derive.rules.model import Match, Mistake, Rule

_not_negative = satisfies("u is not negative", lambda m: m.facts.bounds(m["u"]).low >= 0)


def number_out(m: Match) -> Expression | None:
    """abs(2*x)  →  2*abs(x),   sign(3*x)  →  sign(x),   abs(x/2)  →  abs(x)/2"""
    node = m.node
    if type(node) is not Call or node.label not in ("abs", "sign"):
        return None
    inside = node.arguments[0]
    below = Fraction(1)
    if type(inside) is Quotient and rational_value(inside.denominator):
        below, inside = Fraction(rational_value(inside.denominator) or 1), inside.numerator
    first = rational_value(inside.arguments[0]) if type(inside) is Product else None
    above = Fraction(first or 1)
    if first:
        inside = product_of(inside.arguments[1:])
    if above == 1 and below == 1:
        return None
    bars = call(node.label, inside)
    if node.label == "sign":
        positive = above * below > 0
        return bars if positive else negation(bars)
    top = bars if abs(above) == 1 else product_of([rational(abs(above)), bars])
    return top if abs(below) == 1 else quotient(top, rational(abs(below)))


def sign_lost_in_bars(m: Match) -> Expression | None:
    """abs(2*x)  →  2*x, which is wrong"""
    node = m.node
    right = number_out(m)
    return node.arguments[0] if right is not None and node.label == "abs" else None


def power_in_bars(m: Match) -> Expression | None:
    """abs(x^2)  →  x^2,   abs(x^3)  →  abs(x)^3"""
    n = integer_value(m["n"])
    if n is None or n == 0:
        return None
    return power(m["u"], m["n"]) if n % 2 == 0 else power(call("abs", m["u"]), m["n"])


def bars_dropped(m: Match) -> Expression | None:
    """abs(x^3)  →  x^3, which is wrong"""
    n = integer_value(m["n"])
    return power(m["u"], m["n"]) if n is not None and n % 2 else None


def times_its_sign(m: Match) -> Expression | None:
    """x*sign(x)  →  abs(x),   abs(x)*sign(x)  →  x"""
    factors = m.node.arguments
    for s in factors:
        if type(s) is not Call or s.label != "sign":
            continue
        u = s.arguments[0]
        bars = call("abs", u)
        for f in factors:
            n = integer_value(f.arguments[1]) if type(f) is Power else 1
            if f == bars:
                return product_of(u if g is f else g for g in factors if g is not s)
            if (f.arguments[0] if type(f) is Power else f) == u and n is not None and n >= 1:
                made = [bars] if n == 1 else [u if n == 2 else power(u, rational(n - 1)), bars]
                parts = [e for g in factors if g is not s for e in (made if g is f else [g])]
                return product_of(parts)
    return None


def bars_below(m: Match) -> Expression | None:
    """x*abs(x)^(-1)  →  x/abs(x): where the base stands in front, the fraction shows what cancels"""
    factors = m.node.arguments
    bases = [f.arguments[0] if type(f) is Power else f for f in factors]
    for p in factors:
        if (
            type(p) is not Power
            or type(p.base) is not Call
            or p.base.label != "abs"
            or p.base.arguments[0] not in bases
        ):
            continue
        n = integer_value(p.exponent)
        if n is not None and n < 0:
            below = p.base if n == -1 else power(p.base, rational(-n))
            return quotient(product_of(f for f in factors if f is not p), below)
    return None


NUMBER_OUT = Rule(
    "absolute.number-out", "?u", number_out, kind="call", among=("product", "quotient"),
    mistakes=(Mistake("bars-left-out", sign_lost_in_bars),),
    examples=(
        ("abs(2*x)", "2*abs(x)"), ("abs(x/2)", "abs(x)/2"), ("sign(3*x)", "sign(x)"),
        ("abs(x*y)", None),
    ),
    weight="minor",
)  # fmt: skip
OF_POWER = Rule(
    "absolute.of-power", "abs(?u^?n)", power_in_bars,
    mistakes=(Mistake("bars-of-odd-power-left-out", bars_dropped),),
    examples=(("abs(x^2)", "x^2"), ("abs(x^3)", "abs(x)^3"), ("abs(x^a)", None)),
    weight="minor",
)  # fmt: skip
OF_NOT_NEGATIVE = Rule(
    "absolute.of-not-negative", "abs(?u)", "?u", given=(_not_negative,),
    examples=(("abs(abs(x))", "abs(x)"), ("abs(sqrt(x))", "sqrt(x)"), ("abs(x)", None)),
    weight="minor",
)  # fmt: skip
TIMES_SIGN = Rule(
    "absolute.times-sign", "?u*??rest", times_its_sign, among=("sign",),
    examples=(
        ("x*sign(x)", "abs(x)"), ("2*x^2*sign(x)", "2*x*abs(x)"), ("abs(x)*sign(x)", "x"), ("x*sign(y)", None),
    ),
)  # fmt: skip
BARS_BELOW = Rule(
    "absolute.below", "?u*??rest", bars_below, among=("power",), within=("abs",),
    examples=(("x*abs(x)^(-1)", "x/abs(x)"), ("x^5*abs(x)^(-3)", "x^5/abs(x)^3"), ("x*abs(y)^(-1)", None)),
    weight="minor",
)  # fmt: skip
TIDYING = (OF_NOT_NEGATIVE, OF_POWER, NUMBER_OUT)
