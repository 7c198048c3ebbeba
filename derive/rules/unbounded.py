"""Powers of the variable of a limit: written as one power, and without bound where its exponent is negative."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    ZERO, Call, Constant, Expression, Negation, Number, Power, Product, Quotient, fold, integer_value, make,
    negation, power, product_of, quotient, rational, rational_value,
)  # fmt: skip
from derive.rules.limit_shapes import at_zero_limit, limit
from derive.rules.model import Match, Rule

INFINITY = make(Constant, (), "infinity")


def power_of_step(e: Expression, h: Expression) -> tuple[Fraction, Fraction] | None:
    """(c, q) of c*h^q for numbers c and q: `2/cbrt(h)  →  (2, -1/3)`, else None."""
    return fold(e, lambda node, parts: _power_of(node, parts, h))


_Monomial = tuple[Fraction, Fraction] | None


def _power_of(node: Expression, parts: list[_Monomial], h: Expression) -> _Monomial:
    if node == h:
        return Fraction(1), Fraction(1)
    if type(node) is Number:
        return Fraction(node.value), Fraction(0)
    known = [p for p in parts if p is not None]
    if len(known) < len(parts) or not known:
        return None
    match node:
        case Negation():
            return -known[0][0], known[0][1]
        case Product():
            c, q = Fraction(1), Fraction(0)
            for factor in known:
                c, q = c * factor[0], q + factor[1]
            return c, q
        case Quotient():
            (a, p), (b, q) = known
            return (a / b, p - q) if b else None
        case Power():
            n = rational_value(node.exponent)
            (c, p) = known[0]
            if n is None or (c != 1 and n.denominator != 1) or not c or not _may_multiply(p, Fraction(n)):
                return None
            return (c ** int(n) if n.denominator == 1 else c), p * n
        case Call():
            index = {"sqrt": 2, "cbrt": 3}.get(str(node.label))
            if node.label == "root":
                index = integer_value(node.arguments[1])
            c, p = known[0]
            return (c, p / index) if index and index > 1 and c == 1 and p == 1 else None
        case _:
            return None


def _may_multiply(p: Fraction, n: Fraction) -> bool:
    """Whether (h^p)^n is h^(p*n) on both sides of 0."""
    return n.denominator == 1 or p == 1


def one_power(m: Match) -> Expression | None:
    """lim h->0 (cbrt(h)/h)  →  lim h->0 (1/h^(2/3))"""
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    if found is None or made is None or not made[0]:
        return None
    c, q = made
    raised = found.h if abs(q) == 1 else power(found.h, rational(abs(q)))
    if q > 0:
        after = raised if c == 1 else product_of([rational(c), raised])
    else:
        after = rational(c) if q == 0 else quotient(rational(c), raised)
    return None if after == found.operand or q == 0 else limit(m, after)


def without_bound(m: Match) -> Expression | None:
    """lim h->0 (1/h^(2/3))  →  infinity"""
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    if found is None or made is None or made[1] >= 0 or not made[0]:
        return None
    c, q = made
    odd = q.numerator % 2 == 1
    if odd and q.denominator % 2 == 1 and not found.side:
        return None
    if q.denominator % 2 == 0 and found.side == "-":
        return None
    negative = (c < 0) != (found.side == "-" and odd)
    return negation(INFINITY) if negative else INFINITY


def odd_pole(m: Match) -> bool:
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    return made is not None and made[1] < 0 and made[1].numerator % 2 == 1 and made[1].denominator % 2 == 1


def zero_to_a_power(m: Match) -> Expression | None:
    """0^(1/3)  →  0"""
    base, exponent = m.node.arguments
    n = rational_value(exponent)
    return ZERO if base == ZERO and n is not None and n > 0 else None


def root_of_zero(m: Match) -> Expression | None:
    """root(0, 4)  →  0"""
    n = integer_value(m["n"])
    return ZERO if n is not None and n > 1 else None


ONE_POWER = Rule(
    "limit.one-power", "?l", one_power, kind="limit",
    examples=(
        ("lim h->0 (cbrt(h)*h/cbrt(h))", "lim h->0 (h)"),
        ("lim h->0 (cbrt(h)/h)", "lim h->0 (1/h^(2/3))"),
        ("lim h->0 (1/h^(2/3))", None),
    ),
    weight="minor",
)  # fmt: skip
INFINITE = Rule(
    "limit.infinite", "?l", without_bound, kind="limit",
    examples=(
        ("lim h->0 (1/h^(2/3))", "infinity"), ("lim h->0- (1/h)", "-infinity"), ("lim h->0 (1/h)", None),
        ("piecewise(1, 1 = 2)", None),
    ),
)  # fmt: skip
ZERO_POWER = Rule(
    "power.of-zero", "0^?n", zero_to_a_power,
    examples=(("0^(1/3)", "0"), ("0^0", None), ("0^(-1)", None)),
    weight="minor",
)  # fmt: skip
ZERO_ROOT = Rule(
    "root.of-zero", "root(0, ?n)", root_of_zero,
    examples=(("root(0, 4)", "0"), ("root(2, 4)", None)),
    weight="minor",
)  # fmt: skip
