"""The same function written otherwise before it is differentiated: negative powers, exponentials, brackets opened."""

from __future__ import annotations

from derive.expressions import (
    E, Expression, Negation, Power, Product, Quotient, Sum, call, derivative, integer_value, natural, negation,
    postorder, power, product_of, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.conditions import depends, satisfies
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import polynomial, terms_of

MAX_EXPONENT = 6  # of a bracket that is opened first: beyond, nobody would


def _d(m: Match, u: Expression) -> Expression:
    return derivative(u, m["x"], partial=m.partial)


def _with_negative_power(m: Match, v: Expression) -> Expression:
    u = m["u"]
    sign = type(u) is Negation
    u = u.operand if type(u) is Negation else u
    factors = u.arguments if type(u) is Product else (u,)
    product = product_of([*[f for f in factors if f != natural(1)], v])
    return _d(m, negation(product) if sign else product)


def negative_power(m: Match) -> Expression:
    """d/dx(u/v)  →  d/dx(u*v^(-1)),   d/dx(u/v^2)  →  d/dx(u*v^(-2))"""
    v = m["v"]
    n = rational_value(v.exponent) if type(v) is Power else None
    if type(v) is Power and n is not None and n > 0:
        return _with_negative_power(m, power(v.base, rational(-n)))
    return _with_negative_power(m, power(v, rational(-1)))


def exponent_not_negative(m: Match) -> Expression:
    """d/dx(u/v)  →  d/dx(u*v), which is wrong"""
    return _with_negative_power(m, m["v"])


def opened(m: Match) -> Expression | None:
    """d/dx((x + 1)*(x - 2))  →  d/dx(x^2 - x - 2)"""
    u = m["u"]
    brackets = False
    for node in postorder(u):
        if type(node) is Quotient and rational_value(node) is None:
            return None
        if type(node) is Power:
            n = integer_value(node.exponent)
            if type(node.base) is Sum and n is not None and n > 1:
                brackets = True
                if n > MAX_EXPONENT:
                    return None
        elif type(node) is Product and any(type(f) is Sum for f in node.arguments):
            brackets = True
    total = polynomial(u) if brackets else None
    if not total:
        return None
    result = sum_of(terms_of(total))
    return None if result == u else _d(m, result)


def square_of_each_term(m: Match) -> Expression | None:
    """d/dx((x + 1)^2)  →  d/dx(x^2 + 1^2), which is wrong"""
    u = m["u"]
    if type(u) is not Power or type(u.base) is not Sum or opened(m) is None:
        return None
    return _d(m, sum_of([power(t, u.exponent) for t in u.base.arguments]))


NEGATIVE_POWER = Rule(
    "rewriting.negative-power", "d/d?x(?u/?v)", negative_power,
    given=(depends("v", "x"),),
    mistakes=(Mistake("exponent-not-negative", exponent_not_negative),),
    examples=(
        ("d/dx(sin(x)/x^2)", "d/dx(sin(x)*x^(-2))"),
        ("d/dx(1/(x + 1))", "d/dx((x + 1)^(-1))"),
        ("d/dx(sin(x)/2)", None),
    ),
)  # fmt: skip
EXPONENTIAL = Rule(
    "rewriting.exponential", "d/d?x(?u^?v)", lambda m: _d(m, power(E, product_of([m["v"], call("ln", m["u"])]))),
    given=(
        depends("v", "x"),
        satisfies("u is not e", lambda m: m["u"] != E),
    ),
    assumes=("?u > 0",),
    mistakes=(Mistake("logarithm-of-the-exponent", "d/d?x(e^(?u*ln(?v)))"),),
    examples=(
        ("d/dx(x^x)", "d/dx(e^(x*ln(x)))"),
        ("d/dx(x^2)", None),
        ("d/dx(e^x)", None),
    ),
)  # fmt: skip
OPENED = Rule(
    "rewriting.open-brackets", "d/d?x(?u)", opened,
    mistakes=(Mistake("power-of-each-term", square_of_each_term),),
    examples=(
        ("d/dx((x + 1)^2)", "d/dx(x^2 + 2*x + 1)"),
        ("d/dx(x^2 + 1)", None),
    ),
)  # fmt: skip
