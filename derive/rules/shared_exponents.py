"""Powers with the same exponent: 2^x*3^x is 6^x, 3^x/2^x is (3/2)^x."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import gcd

from derive.expressions import (
    ONE, ZERO, Constant, Expression, Power, Symbol, equation, postorder, power, product_of, quotient, rational,
    rational_value,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule


MAX_MULTIPLE = 4  # in an exponent that is taken into the base: 2^(2*x) is 4^x
MAX_BASE = 10_000  # that is still written


def one_exponent_product(m: Match) -> Expression | None:
    """2^x*3^x  →  6^x"""
    factors = m.node.arguments
    seen: dict[Expression, int] = {}
    for j, f in enumerate(factors):
        b = _numeric_base(f)
        if b is None:
            continue
        n = f.arguments[1]
        i = seen.setdefault(n, j)
        a = _numeric_base(factors[i])
        if i != j and a is not None and a != b:
            new = power(rational(a * b), n)
            return product_of([new if k == i else g for k, g in enumerate(factors) if k != j])
    return None


def _numeric_base(f: Expression) -> Fraction | None:
    """The base of a power of a positive number with an exponent that is none."""
    if type(f) is not Power or rational_value(f.arguments[1]) is not None:
        return None
    value = rational_value(f.arguments[0])
    return Fraction(value) if value is not None and value > 0 else None


def bases_added(m: Match) -> Expression | None:
    """2^x*3^x  →  5^x, which is wrong"""
    if len(m.node.arguments) != 2 or one_exponent_product(m) is None:
        return None
    a, b = (_numeric_base(f) for f in m.node.arguments)
    if a is None or b is None or a + b == a * b:
        return None
    return power(rational(a + b), m.node.arguments[0].arguments[1])


def one_exponent_quotient(m: Match) -> Expression | None:
    """6^x/2^x  →  3^x,   6^x/2^(2*x)  →  (3/2)^x,   sin(1)^y/cos(1)^y  →  (sin(1)/cos(1))^y"""
    top, bottom = m.node.arguments
    above, below = list(factors_of(top)), list(factors_of(bottom))
    for i, f in enumerate(above):
        if not _is_constant_power(f):
            continue
        for j, g in enumerate(below):
            joined = _divided(f, g) if _is_constant_power(g) else None
            if joined is None:
                continue
            above[i] = joined
            del below[j]
            numerator, denominator = product_of(above), product_of(below)
            result = numerator if denominator == ONE else quotient(numerator, denominator)
            return result if m.facts.size(result) < m.facts.size(m.node) else None
    return None


def _divided(f: Expression, g: Expression) -> Expression | None:
    """6^x over 2^(2*x) as (6/4)^x, worked out for numbers; None where the exponents differ in more than a number."""
    (p, u), (q, v) = f.arguments, g.arguments
    a, b = rational_value(p), rational_value(q)
    if a is None or b is None:
        return power(quotient(p, q), u) if u == v and (a is None) == (b is None) else None
    (c, body), (d, other) = split_coefficient(u), split_coefficient(v)
    if body != other or a <= 0 or b <= 0:
        return None
    p_times, q_times = Fraction(c), Fraction(d)
    if not c or p_times.denominator != 1 or q_times.denominator != 1 or max(abs(p_times), abs(q_times)) > MAX_MULTIPLE:
        return None
    shared = gcd(p_times.numerator, q_times.numerator)
    base = Fraction(a) ** (p_times.numerator // shared) / Fraction(b) ** (q_times.numerator // shared)
    if base == 1 or max(base.numerator, base.denominator) > MAX_BASE:
        return None
    return power(rational(base), with_coefficient(shared, body))


def _is_constant_power(f: Expression) -> bool:
    """Whether f is a power of something without letters, other than e, to an exponent that is no number."""
    if type(f) is not Power or rational_value(f.arguments[1]) is not None:
        return False
    base = f.arguments[0]
    if type(base) is Constant:
        return False
    return not any(type(n) is Symbol for n in postorder(base))


def both_positive(m: Match) -> Iterator[Expression]:
    """The bases are positive."""
    for side in m.node.arguments:
        for f in factors_of(side):
            if _is_constant_power(f):
                yield equation(f.arguments[0], ">", ZERO)


ONE_EXPONENT = Rule(
    "exponential.one-exponent", "?u*??rest", one_exponent_product, among=("power",), within=("^",),
    mistakes=(Mistake("bases-added", bases_added),),
    examples=(("2^x*3^x", "6^x"), ("y*2^x*5^x", "y*10^x"), ("2^x*3^y", None), ("2^x*2^x", None), ("e^x*2^x", None)),
    weight="minor",
)  # fmt: skip
ONE_EXPONENT_QUOTIENT = Rule(
    "exponential.one-exponent-quotient", "?u/?v", one_exponent_quotient, assumes=both_positive, within=("^",),
    examples=(
        ("6^x/2^x", "3^x"), ("6^x/2^(2*x)", "(3/2)^x"),
        ("3^x/2^x", "(3/2)^x"), ("sin(1)^y/cos(1)^y", "(sin(1)/cos(1))^y"), ("e^x/2^x", None),
        ("x^n/y^n", None),
    ),
    weight="minor",
)  # fmt: skip
