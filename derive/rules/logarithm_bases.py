"""Logarithms to a base, and quotients of logarithms: log_2 8 is 3, ln 8/ln 2 is 3."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log

from derive.expressions import (
    ONE, ZERO, Call, Expression, Negation, Power, Quotient, Sum, call, equation, negation, power, product_of, quotient,
    rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.model import Match, Mistake, Rule
from derive.rules.logarithms import logarithm_of


MAX_EXPONENT = 64  # of a number that is a power of another: 2^64
MAX_BITS = 512


def ratio_of_numbers(m: Match) -> Expression | None:
    """ln(8)/ln(2)  →  3,   x*ln(4)/ln(8)  →  2*x/3"""
    top, bottom = m.node.arguments
    above, below = list(factors_of(top)), list(factors_of(bottom))
    for i, f in enumerate(above):
        a = _number_in(f)
        if a is None:
            continue
        for j, g in enumerate(below):
            b = _number_in(g)
            ratio = None if b is None else _ratio(a, b)
            if ratio is None:
                continue
            above[i], below[j] = rational(ratio.numerator), rational(ratio.denominator)
            numerator = product_of([f for f in above if f != ONE])
            denominator = product_of([g for g in below if g != ONE])
            return numerator if denominator == ONE else quotient(numerator, denominator)
    return None


def _number_in(f: Expression) -> Fraction | None:
    u = logarithm_of(f)
    value = None if u is None else rational_value(u)
    if value is None or value <= 0 or value == 1:
        return None
    value = Fraction(value)
    return value if max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_BITS else None


def _ratio(a: Fraction, b: Fraction) -> Fraction | None:
    """q with a = b^q, where there is one with small parts: (8, 4) gives 3/2; checked in whole numbers."""
    guess = Fraction(_log(a) / _log(b)).limit_denominator(MAX_EXPONENT)
    if guess == 0 or abs(guess.numerator) > MAX_EXPONENT:
        return None
    return guess if a**guess.denominator == b**guess.numerator else None


def _log(q: Fraction) -> float:
    return log(q.numerator) - log(q.denominator)


def divided_arguments(m: Match) -> Expression | None:
    """ln(8)/ln(2)  →  ln(4), which is wrong"""
    a, b = (_number_in(e) for e in m.node.arguments)
    if a is None or b is None or a == b:
        return None
    return call("ln", rational(a / b))


def to_a_base(m: Match) -> Expression | None:
    """log(8, 2)  →  3,   log(2^x, 2)  →  x,   log(1, b)  →  0"""
    u, b = m["u"], m["b"]
    if u == b:
        return ONE
    if u == ONE:
        return ZERO
    if type(u) is Power and u.arguments[0] == b:
        return u.arguments[1]
    p, q = rational_value(u), rational_value(b)
    if p is None or q is None or p <= 0 or q <= 0 or q == 1:
        return None
    if max(n.numerator.bit_length() + n.denominator.bit_length() for n in map(Fraction, (p, q))) > MAX_BITS:
        return None
    ratio = _ratio(Fraction(p), Fraction(q))
    return None if ratio is None else rational(ratio)


def base_is_fit(m: Match) -> Iterator[Expression]:
    """The base is positive, and not 1."""
    yield equation(m["b"], ">", ZERO)
    yield equation(m["b"], "!=", ONE)


def divided_by_base(m: Match) -> Expression | None:
    """log(8, 2)  →  4, dividing by the base, which is wrong"""
    p, q = rational_value(m["u"]), rational_value(m["b"])
    if p is None or not q or to_a_base(m) is None or Fraction(p) / q == rational_value(to_a_base(m) or ZERO):
        return None
    return rational(Fraction(p) / q)


def power_of_base(m: Match) -> Expression | None:
    """2^log(x, 2)  →  x,   5^(2*ln(x)/ln(5))  →  x^2,   3^((1/ln(3) + 1)*ln(x))  →  x^(1 + ln(3))"""
    found = _logarithm_to(m["b"], m["v"])
    if found is None:
        return None
    u, n = found
    if type(n) is Negation:
        return quotient(ONE, u if n.operand == ONE else power(u, n.operand))
    return u if n == ONE else power(u, n)


def _logarithm_to(b: Expression, v: Expression) -> tuple[Expression, Expression] | None:
    """(u, c) with v the logarithm of u to the base b times c; None where v has no such logarithm."""
    if type(v) is Negation:
        found = _logarithm_to(b, v.operand) if type(v.operand) is not Negation else None
        return None if found is None else (found[0], negation(found[1]))
    top, bottom = v.arguments if type(v) is Quotient else (v, ONE)
    above, below = factors_of(top), factors_of(bottom)
    for i, f in enumerate(above):
        others = above[:i] + above[i + 1 :]
        if type(f) is Call and f.label == "log" and f.arguments[1] == b:
            return f.arguments[0], _over(others, below)
        u = logarithm_of(f)
        if u is None:
            continue
        own = call("ln", b)
        if own in below:
            at = below.index(own)
            return u, _over(others, below[:at] + below[at + 1 :])
        for j, s in enumerate(others):
            times = _times_logarithm(s, own) if type(s) is Sum else None
            if times is not None:
                return u, _over((*others[:j], times, *others[j + 1 :]), below)
    return None


def _over(above: tuple[Expression, ...], below: tuple[Expression, ...]) -> Expression:
    top, bottom = product_of(above), product_of([f for f in below if f != ONE])
    return top if bottom == ONE else quotient(top, bottom)


def _times_logarithm(s: Sum, own: Expression) -> Expression | None:
    """(1/ln(3) + 1)*ln(3)  →  1 + ln(3); None where ln(3) stands below no term."""
    terms, divided = [], False
    for t in s.terms:
        inner = t.operand if type(t) is Negation else t
        below = factors_of(inner.denominator) if type(inner) is Quotient else ()
        if type(inner) is Quotient and own in below:
            at = below.index(own)
            made, divided = _over(factors_of(inner.numerator), below[:at] + below[at + 1 :]), True
        else:
            made = own if inner == ONE else product_of([*factors_of(inner), own])
        terms.append(negation(made) if type(t) is Negation else made)
    return sum_of(terms) if divided else None


def base_logarithm_exists(m: Match) -> Iterator[Expression]:
    """What the logarithm is taken of is positive."""
    found = _logarithm_to(m["b"], m["v"])
    if found is not None:
        yield equation(found[0], ">", ZERO)


def exponent_of_logarithm(m: Match) -> Expression | None:
    """3^(2*log(x, 3))  →  2*x, as if a factor of the exponent were one of the power, which is wrong"""
    found = _logarithm_to(m["b"], m["v"])
    return None if found is None or found[1] == ONE else product_of([found[1], found[0]])


RATIO = Rule(
    "logarithm.ratio-of-numbers", "?u/?v", ratio_of_numbers, within=("ln",),
    mistakes=(Mistake("logarithm-arguments-divided", divided_arguments),),
    examples=(("ln(8)/ln(2)", "3"), ("x*ln(4)/(y*ln(8))", "x*2/(y*3)"), ("ln(6)/ln(2)", None), ("ln(x)/ln(2)", None)),
    weight="minor",
)  # fmt: skip
TO_A_BASE = Rule(
    "logarithm.to-a-base", "log(?u, ?b)", to_a_base, assumes=base_is_fit,
    mistakes=(Mistake("logarithm-as-quotient", divided_by_base),),
    examples=(
        ("log(8, 2)", "3"), ("log(2^x, 2)", "x"), ("log(1/100, 10)", "-2"), ("log(1, b)", "0"), ("log(6, 2)", None),
        ("log(x, 2)", None),
    ),
)  # fmt: skip
POWER_OF_BASE = Rule(
    "logarithm.power-of-base", "?b^?v", power_of_base, assumes=base_logarithm_exists, within=("ln", "log"),
    mistakes=(Mistake("exponent-of-logarithm-as-factor", exponent_of_logarithm),),
    examples=(
        ("2^log(x, 2)", "x"), ("3^(2*log(x, 3))", "x^2"), ("5^(-ln(x)/ln(5))", "1/x"),
        ("3^((1/ln(3) + 1)*ln(x))", "x^(1 + ln(3))"), ("2^log(x, 3)", None), ("2^(ln(x)/ln(3))", None),
        ("2^ln(x)", None),
    ),
)  # fmt: skip
