"""Roots of powers over the reals: (x^2)^(1/2) is |x|, cbrt(x^3) is x, (x^6)^(1/6) is |x| again."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import Call, Expression, call, integer_value, power, rational, rational_value
from derive.rules.model import Match, Mistake, Rule


def _root_of_power(u: Expression, p: int, q: Fraction) -> Expression:
    """(u^p)^q for a whole number p, as a power of u, or of |u| where the root is even and p is."""
    total = p * q
    bars = q.denominator % 2 == 0 and p % 2 == 0 and not (total.denominator == 1 and total.numerator % 2 == 0)
    base = call("abs", u) if bars else u
    return base if total == 1 else power(base, rational(total))


def real_power(m: Match) -> Expression | None:
    """(x^2)^(1/2)  →  abs(x),   (x^3)^(1/3)  →  x,   (x^4)^(1/2)  →  x^2"""
    p, q = integer_value(m["a"]), rational_value(m["q"])
    if p is None or q is None or q.denominator == 1 or p * q == 0:
        return None
    return _root_of_power(m["u"], p, Fraction(q))


def without_bars(m: Match) -> Expression | None:
    """(x^2)^(1/2)  →  x, which is wrong"""
    right = real_power(m)
    p, q = integer_value(m["a"]), rational_value(m["q"])
    if right is None or p is None or q is None or not _has_bars(right):
        return None
    return m["u"] if p * q == 1 else power(m["u"], rational(p * q))


def _has_bars(e: Expression) -> bool:
    base = e.arguments[0] if e.kind == "power" else e
    return type(base) is Call and base.label == "abs"


def root_of_power(m: Match) -> Expression | None:
    """cbrt(x^3)  →  x,   root(x^4, 4)  →  abs(x)"""
    node = m.node
    if type(node) is not Call or node.label not in ("cbrt", "root"):
        return None
    inside = node.arguments[0]
    n = 3 if node.label == "cbrt" else integer_value(node.arguments[1])
    p = integer_value(inside.arguments[1]) if inside.kind == "power" else None
    if n is None or n < 2 or p is None or p <= 0 or p % n:
        return None
    return _root_of_power(inside.arguments[0], p, Fraction(1, n))


def exponents_subtracted(m: Match) -> Expression | None:
    """cbrt(x^6)  →  x^3, which is wrong"""
    right = root_of_power(m)
    p = integer_value(m.node.arguments[0].arguments[1]) if right is not None else None
    n = 3 if m.node.label == "cbrt" else 0
    return power(m.node.arguments[0].arguments[0], rational(p - n)) if p is not None and n and p > n else None


POWER = Rule(
    "power.real", "(?u^?a)^?q", real_power,
    mistakes=(Mistake("real-power-without-bars", without_bars),),
    examples=(
        ("(x^2)^(1/2)", "abs(x)"), ("(x^6)^(1/6)", "abs(x)"), ("(x^3)^(1/3)", "x"), ("(x^4)^(1/2)", "x^2"),
        ("(x^2)^(3/2)", "abs(x)^3"), ("(x^2)^(1/3)", "x^(2/3)"), ("(x^2)^(1/4)", "abs(x)^(1/2)"),
        ("(x^a)^(1/2)", None), ("(x^2)^3", None),
    ),
)  # fmt: skip
ROOT = Rule(
    "root.of-power", "?u", root_of_power, kind="call", among=("power",),
    mistakes=(Mistake("root-exponents-subtracted", exponents_subtracted),),
    examples=(
        ("cbrt(x^3)", "x"), ("cbrt(x^6)", "x^2"), ("root(x^4, 4)", "abs(x)"), ("root(x^5, 5)", "x"),
        ("cbrt(x^2)", None), ("root(x^2, n)", None),
    ),
)  # fmt: skip
