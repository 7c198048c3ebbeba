"""The laws of limits: constants, constant factors, sums, products, quotients, and putting in the value."""

from __future__ import annotations

from collections.abc import Iterable

from derive.expressions import (
    ONE, ZERO, Expression, Limit, Negation, Product, Quotient, Sum, make, negation, product_of, quotient,
    put_in, sum_of, symbol,
)  # fmt: skip
from derive.rules.continuity import continuous, smooth, tends, vanishes
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    at_zero_limit,
    in_powers_of,
    is_plain_limit,
    limit,
    lowered,
    lowest,
    over,
    split_factors,
)
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import is_zero, terms_of

STEPS = "hkrsuvw"
"""Letters for a small step, the first that is free."""


def fresh_step(m: Match, *taken: Expression) -> Expression:
    """A letter for a small step that does not occur yet."""
    for letter in STEPS:
        step = symbol(letter)
        if step not in taken and not any(m.facts.depends(e, step) for e in (*taken, *m.node.arguments)):
            return step
    return symbol("h_0")


def of_constant(m: Match) -> Expression | None:
    """lim h->0 (x^2)  →  x^2"""
    node = m.node
    if not is_plain_limit(node) or m.facts.depends(node.arguments[0], node.arguments[1]):
        return None
    return node.arguments[0]


def value_put_in(m: Match) -> Expression | None:
    """lim h->0 (2*x + h)  →  2*x + 0"""
    node = m.node
    if type(node) is not Limit or not is_plain_limit(node) or not m.facts.depends(node.operand, node.variable):
        return None
    if continuous(node.operand, node.variable, m.facts, node.point) is None or _infinite(node.point):
        return None
    return put_in(node.operand, {node.variable: node.point})


def _infinite(point: Expression) -> bool:
    return point.label == "infinity" or (bool(point.arguments) and point.arguments[0].label == "infinity")


def continuous_there(m: Match) -> Iterable[Expression]:
    """Where the operand is continuous at the point."""
    node = m.node
    assert isinstance(node, Limit)
    return continuous(node.operand, node.variable, m.facts, node.point) or ()


def constants_in_front(m: Match) -> Expression | None:
    """lim h->0 (x^2*sin(h)/h)  →  x^2*lim h->0 (sin(h)/h)"""
    found = at_zero_limit(m)
    if found is None:
        return None
    e, h, _ = found
    if type(e) is Negation:
        return negation(limit(m, e.arguments[0]))
    if type(e) is Product:
        free, bound = split_factors(e, h, m.facts)
        return _in_front(free, limit(m, product_of(bound)))
    if type(e) is Quotient:
        top, bottom = e.arguments
        free, bound = split_factors(top, h, m.facts)
        below, others = split_factors(bottom, h, m.facts)
        if type(top) is Negation:
            return negation(limit(m, quotient(top.arguments[0], bottom)))
        free = [f for f in free if f != ONE]
        if free and not any(is_zero(f) for f in free):
            return _in_front(free, limit(m, quotient(product_of(bound), bottom)))
        if below:
            return quotient(limit(m, over(top, product_of(others))), product_of(below))
    return None


def _in_front(constants: list[Expression], rest: Expression) -> Expression | None:
    if not constants or any(is_zero(c) for c in constants):
        return None
    return product_of([*constants, rest])


def constant_lost(m: Match) -> Expression | None:
    """lim h->0 (x^2*(sin(h)/h))  →  lim h->0 (sin(h)/h), which is wrong"""
    right = constants_in_front(m)
    return right.arguments[-1] if type(right) is Product else None


def term_by_term(m: Match) -> Expression | None:
    """lim h->0 (u + v)  →  lim h->0 (u) + lim h->0 (v)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Sum or _limits_exist(m) is None:
        return None
    return sum_of(
        negation(limit(m, t.arguments[0])) if type(t) is Negation else limit(m, t) for t in found.operand.arguments
    )


def factor_by_factor(m: Match) -> Expression | None:
    """lim h->0 (u*v)  →  lim h->0 (u)*lim h->0 (v)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Product or _limits_exist(m) is None:
        return None
    return product_of(limit(m, f) for f in found.operand.arguments)


def _limits_exist(m: Match) -> Iterable[Expression] | None:
    found = at_zero_limit(m)
    return None if found is None else tends(found.operand, found.h, m.facts)


def limits_exist(m: Match) -> Iterable[Expression]:
    """Where the limits of all parts exist."""
    return _limits_exist(m) or ()


def above_and_below(m: Match) -> Expression | None:
    """lim h->0 (u/v)  →  lim h->0 (u)/lim h->0 (v), where v does not come to 0"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.h in factors_of(found.operand.denominator):
        return None
    top, bottom = found.operand.arguments
    if not m.facts.depends(bottom, found.h) or _limits_exist(m) is None:
        return None
    return quotient(limit(m, top), limit(m, bottom))


def step_separated(m: Match) -> Expression | None:
    """lim h->0 (sin(h)/(h*cos(h)))  →  lim h->0 ((sin(h)/h)*(1/cos(h)))"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient:
        return None
    top, bottom = found.operand.arguments
    factors = factors_of(bottom)
    if factors.count(found.h) != 1 or len(factors) < 2:
        return None
    if not vanishes(top, found.h) or smooth(top, found.h, m.facts) is None:
        return None
    rest = product_of(f for f in factors if f != found.h)
    return limit(m, product_of([quotient(top, found.h), quotient(ONE, rest)]))


def moved_to_zero(m: Match) -> Expression | None:
    """lim x->2 (u)  →  lim h->0 (u with 2 + h in place of x)"""
    node = m.node
    if type(node) is not Limit or not is_plain_limit(node) or node.point == ZERO or _infinite(node.point):
        return None
    h = fresh_step(m)
    moved = put_in(node.operand, {node.variable: sum_of((node.point, h))})
    return make(Limit, (moved, h, ZERO), node.label)


def denominator_collected(m: Match) -> Expression | None:
    """lim h->0 (u/((2 + h) - 2))  →  lim h->0 (u/h)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient:
        return None
    top, bottom = found.operand.arguments
    if type(bottom) is not Sum:
        return None
    p = in_powers_of(found.h, bottom, m.facts)
    if not p or lowest(p, found.h) < 1:
        return None
    terms = terms_of(p, found.h)
    below = terms[0] if len(terms) == 1 else product_of([found.h, sum_of(terms_of(lowered(p, found.h), found.h))])
    return limit(m, quotient(top, below))


CONSTANT = Rule(
    "limit.constant", "?l", of_constant, kind="limit",
    mistakes=(Mistake("limit-of-constant-is-zero", lambda m: ZERO if of_constant(m) is not None else None),),
    examples=(("lim h->0 (x^2)", "x^2"), ("lim h->0 (x + h)", None)),
    weight="minor",
)  # fmt: skip
SUBSTITUTE = Rule(
    "limit.substitute", "?l", value_put_in, kind="limit", assumes=continuous_there,
    examples=(
        ("lim h->0 (2*x + h)", "2*x + 0"),
        ("lim h->0 (1/(x*(x + h)))", "1/(x*(x + 0))"),
        ("lim x->2 (x^2 + 1)", "2^2 + 1"),
        ("lim h->0 (sin(h)/h)", None),
    ),
)  # fmt: skip
CONSTANT_FACTOR = Rule(
    "limit.constant-factor", "?l", constants_in_front, kind="limit",
    mistakes=(Mistake("limit-constant-lost", constant_lost),),
    examples=(
        ("lim h->0 (x^2*(sin(h)/h))", "x^2*lim h->0 (sin(h)/h)"),
        ("lim h->0 (sin(h)/(2*h))", "lim h->0 (sin(h)/h)/2"),
        ("lim h->0 (-h)", "-lim h->0 (h)"),
        ("lim h->0 (sin(h)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "limit.sum", "?l", term_by_term, kind="limit", assumes=limits_exist,
    examples=(
        ("lim h->0 (x*(sin(h)/h) + (e^h - 1)/h)", "lim h->0 (x*(sin(h)/h)) + lim h->0 ((e^h - 1)/h)"),
        ("lim h->0 (1/h - 1/h)", None),
    ),
    weight="minor",
)  # fmt: skip
PRODUCT = Rule(
    "limit.product", "?l", factor_by_factor, kind="limit", assumes=limits_exist,
    examples=(
        ("lim h->0 ((sin(h)/h)*cos(x + h))", "lim h->0 (sin(h)/h)*lim h->0 (cos(x + h))"),
        ("lim h->0 (h*(1/h))", None),
    ),
    weight="minor",
)  # fmt: skip
QUOTIENT = Rule(
    "limit.quotient", "?l", above_and_below, kind="limit", assumes=limits_exist,
    examples=(
        ("lim h->0 ((sin(h)/h)/cos(x + h))", "lim h->0 (sin(h)/h)/lim h->0 (cos(x + h))"),
        ("lim h->0 (sin(h)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
SEPARATE = Rule(
    "limit.separate", "?l", step_separated, kind="limit",
    examples=(
        ("lim h->0 (sin(h)/(h*cos(x + h)))", "lim h->0 ((sin(h)/h)*(1/cos(x + h)))"),
        ("lim h->0 (cos(h)/(h*(x + h)))", None),
    ),
    weight="minor",
)  # fmt: skip
SHIFT = Rule(
    "limit.shift", "?l", moved_to_zero, kind="limit",
    mistakes=(Mistake("limit-shift-forgotten", lambda m: _only_point_moved(m)),),
    examples=(
        ("lim x->2 ((x^2 - 4)/(x - 2))", "lim h->0 (((2 + h)^2 - 4)/((2 + h) - 2))"),
        ("lim h->0 (sin(h)/h)", None),
    ),
)  # fmt: skip
DENOMINATOR = Rule(
    "limit.denominator", "?l", denominator_collected, kind="limit",
    examples=(
        ("lim h->0 (((2 + h)^2 - 4)/((2 + h) - 2))", "lim h->0 (((2 + h)^2 - 4)/h)"),
        ("lim h->0 (sin(h)/(h + 1))", None),
    ),
    weight="minor",
)  # fmt: skip


def _only_point_moved(m: Match) -> Expression | None:
    node = m.node
    return make(Limit, (node.arguments[0], node.arguments[1], ZERO), node.label) if moved_to_zero(m) else None
