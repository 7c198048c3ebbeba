"""Brackets multiplied out through polynomials in kernels, on request or where the result is shorter."""

from __future__ import annotations


from derive.expressions import (
    Expression, Negation, Power, Product, Quotient, Sum, integer_value, make, power, quotient, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.model import Match, Mistake, Rule
from derive.rules.rational_fractions import vanished
from derive.rules.rational_rings import is_same, multiplied_out


def without_brackets(m: Match) -> Expression | None:
    """(x + 1)*(x - 2)  →  x^2 - x - 2,   (x + 1)/2  →  x/2 + 1/2,   -(x + 1)  →  -x - 1"""
    node = m.node
    if not has_bracket(node):
        return None
    after = multiplied_out(node, m.facts)
    if after is None or after == node:
        return None
    return after if is_same(node, after, m.facts) else None


def has_bracket(e: Expression) -> bool:
    """Whether e has a sum or a whole power of one as a factor, above a product or not, or minus one of these."""
    if type(e) is Negation:
        e = e.operand
        if type(e) is Sum:
            return True
    if type(e) is Quotient:
        return any(_is_bracket(f) for f in factors_of(e.numerator)) and not any(
            _is_bracket(f) for f in factors_of(e.denominator)
        )
    return type(e) in (Product, Power) and any(_is_bracket(f) for f in factors_of(e))


def _is_bracket(f: Expression) -> bool:
    return type(f) is Sum or (type(f) is Power and type(f.base) is Sum and (integer_value(f.exponent) or 0) > 1)


def first_times_first(m: Match) -> Expression | None:
    """(a + b)*(c + d)  →  a*c + b*d, which is wrong"""
    node = m.node
    if type(node) is not Product or [type(f) for f in node.arguments] != [Sum, Sum]:
        return None
    a, b = (f.arguments for f in node.arguments)
    if len(a) != len(b):
        return None
    return sum_of(_product(s, t) for s, t in zip(a, b, strict=True))


def _product(s: Expression, t: Expression) -> Expression:
    minus = 0
    factors = []
    for f in (s, t):
        while type(f) is Negation:
            minus, f = minus + 1, f.operand
        factors.append(f)
    result = make(Product, tuple(factors))
    return make(Negation, (result,)) if minus % 2 else result


def only_first_over(m: Match) -> Expression | None:
    """(a + b)/c  →  a/c + b, which is wrong"""
    node = m.node
    if type(node) is not Quotient or type(node.numerator) is not Sum:
        return None
    first, *rest = node.numerator.arguments
    return sum_of([quotient(first, node.denominator), *rest])


def each_term_raised(m: Match) -> Expression | None:
    """(a + b)^2  →  a^2 + b^2, which is wrong"""
    node = m.node
    if type(node) is not Power or type(node.base) is not Sum:
        return None
    return sum_of(_raised(t, node.exponent) for t in node.base.arguments)


def _raised(t: Expression, n: Expression) -> Expression:
    return power(t, n)


EXPAND = Rule(
    "polynomial.expand", "?u", without_brackets, assumes=vanished,
    mistakes=(
        Mistake("first-with-first-only", first_times_first),
        Mistake("only-first-term-over", only_first_over),
        Mistake("each-term-raised", each_term_raised),
    ),
    examples=(
        ("(x + 1)*(x - 2)", "x^2 - x - 2"), ("(x + 1)^2", "x^2 + 2*x + 1"), ("(x + 1)/2", "x/2 + 1/2"),
        ("x*(x + 1)", "x^2 + x"), ("-(x + 1)^2", "-x^2 - 2*x - 1"), ("(x + 1)/(x + 2)", None), ("x*y", None),
    ),
    weight="minor",
)  # fmt: skip
