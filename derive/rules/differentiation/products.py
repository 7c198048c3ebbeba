"""The product rule, the quotient rule, and the forms of them that write no needless term."""

from __future__ import annotations

from derive.expressions import Expression, product_of, sum_of
from derive.rules.conditions import depends, free_of
from derive.rules.differentiation.parts import operator, parts
from derive.rules.model import Match, Mistake, Rule


SPLIT_ABOVE = 24  # factors: up to here a textbook writes all terms of (uvw…)′; wider products are halved


def one_factor_at_a_time(m: Match) -> Expression | None:
    """d/dx(u*v*w)  →  d/dx(u)*v*w + u*d/dx(v)*w + u*v*d/dx(w)"""
    factors = parts(m)
    if not 2 < len(factors) <= SPLIT_ABOVE:
        return None
    return sum_of(product_of([*factors[:i], operator(m, f), *factors[i + 1 :]]) for i, f in enumerate(factors))


def all_factors_at_once(m: Match) -> Expression | None:
    """d/dx(u*v*w)  →  d/dx(u)*d/dx(v)*d/dx(w), which is wrong"""
    factors = parts(m)
    return product_of(operator(m, f) for f in factors) if len(factors) > 2 else None


def half_and_half(m: Match) -> Expression | None:
    """d/dx((a*b)*(c*d))  →  d/dx(a*b)*(c*d) + (a*b)*d/dx(c*d), for products too wide to write out"""
    factors = parts(m)
    if len(factors) <= SPLIT_ABOVE:
        return None
    u, v = product_of(factors[: len(factors) // 2]), product_of(factors[len(factors) // 2 :])
    return sum_of([product_of([operator(m, u), v]), product_of([u, operator(m, v)])])


def _halves_multiplied(m: Match) -> Expression | None:
    right = half_and_half(m)
    return None if right is None else product_of([right.arguments[0].arguments[0], right.arguments[1].arguments[1]])


PRODUCT = Rule(
    "derivative.product", "d/d?x(?u*?v)", "d/d?x(?u)*?v + ?u*d/d?x(?v)",
    given=(depends("u", "x"), depends("v", "x")),
    mistakes=(
        Mistake("product-of-derivatives", "d/d?x(?u)*d/d?x(?v)"),
        Mistake("product-rule-minus", "d/d?x(?u)*?v - ?u*d/d?x(?v)"),
        Mistake("product-rule-first-term-only", "d/d?x(?u)*?v"),
    ),
    examples=(("d/dx(x^2*sin(x))", "d/dx(x^2)*sin(x) + x^2*d/dx(sin(x))"), ("d/dx(x + 1)", None)),
)  # fmt: skip
PRODUCT_SEVERAL = Rule(
    "derivative.product-several", "d/d?x(?u*??rest)", one_factor_at_a_time,
    mistakes=(Mistake("product-of-all-derivatives", all_factors_at_once),),
    examples=(
        ("d/dx(x*e^x*sin(x))", "d/dx(x)*e^x*sin(x) + x*d/dx(e^x)*sin(x) + x*e^x*d/dx(sin(x))"),
        ("d/dx(x*sin(x))", None),
    ),
)  # fmt: skip
PRODUCT_WIDE = Rule(
    "derivative.product-wide", "d/d?x(?u*??rest)", half_and_half,
    mistakes=(Mistake("halves-multiplied", lambda m: _halves_multiplied(m)),),
    examples=(
        ("d/dx(" + "*".join(["x"] * 26) + ")",
         "d/dx({0})*({0}) + ({0})*d/dx({0})".format("*".join(["x"] * 13))),
        ("d/dx(x*x*x)", None),
    ),
)  # fmt: skip
CONSTANT_DENOMINATOR = Rule(
    "derivative.constant-denominator", "d/d?x(?u/?c)", "d/d?x(?u)/?c",
    given=(free_of("c", "x"),),
    mistakes=(Mistake("denominator-lost", "d/d?x(?u)"),),
    examples=(("d/dx(sin(x)/3)", "d/dx(sin(x))/3"), ("d/dx(sin(x)/x)", None)),
)  # fmt: skip
RECIPROCAL = Rule(
    "derivative.reciprocal", "d/d?x(?c/?v)", "-(?c*d/d?x(?v))/?v^2",
    given=(free_of("c", "x"),), assumes=("?v != 0",),
    mistakes=(
        Mistake("reciprocal-sign-lost", "?c*d/d?x(?v)/?v^2"),
        Mistake("reciprocal-square-forgotten", "-(?c*d/d?x(?v))/?v"),
        Mistake("reciprocal-of-derivative", "?c/(d/d?x(?v))"),
    ),
    examples=(("d/dx(3/(x + 1))", "-(3*d/dx(x + 1))/(x + 1)^2"), ("d/dx(x/3)", None)),
)  # fmt: skip
QUOTIENT = Rule(
    "derivative.quotient", "d/d?x(?u/?v)", "(d/d?x(?u)*?v - ?u*d/d?x(?v))/?v^2",
    given=(depends("u", "x"), depends("v", "x")), assumes=("?v != 0",),
    mistakes=(
        Mistake("quotient-order-swapped", "(?u*d/d?x(?v) - d/d?x(?u)*?v)/?v^2"),
        Mistake("quotient-plus", "(d/d?x(?u)*?v + ?u*d/d?x(?v))/?v^2"),
        Mistake("quotient-square-forgotten", "(d/d?x(?u)*?v - ?u*d/d?x(?v))/?v"),
        Mistake("quotient-of-derivatives", "d/d?x(?u)/(d/d?x(?v))"),
    ),
    examples=(("d/dx(sin(x)/x)", "(d/dx(sin(x))*x - sin(x)*d/dx(x))/x^2"), ("d/dx(sin(x)/2)", None)),
)  # fmt: skip
