"""Abstract functions, roots with an index, min and max, pieces; the others are rows of functions.py."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    Call, Equation, Expression, Piecewise, Sum, call, equation, integer_value, make, natural, power, product_of,
    quotient, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.conditions import depends, free_of, not_just, satisfies
from derive.rules.differentiation.parts import operator
from derive.rules.joins import derivative_at, points_of
from derive.rules.model import Match, Mistake, Rule


def with_one_order_more(m: Match) -> Expression:
    """d/dx(f'(x))  →  f''(x)"""
    f = m.node.arguments[0]
    assert isinstance(f, Call)
    return make(Call, f.arguments, (f.name, (f.orders[0] + 1,)))


def outer_prime_times_inner(m: Match) -> Expression:
    """d/dx(f(u))  →  f'(u)*d/dx(u)"""
    return product_of([with_one_order_more(m), operator(m, m["u"])])


def prime_of_slope(m: Match) -> Expression:
    """d/dx(f(u))  →  f'(d/dx(u)), which is wrong"""
    return make(Call, (operator(m, m["u"]),), with_one_order_more(m).label)


def slopes_multiplied(m: Match) -> Expression:
    """d/dx(f(u))  →  f'(x)*d/dx(u), which is wrong"""
    return product_of([make(Call, (m["x"],), with_one_order_more(m).label), operator(m, m["u"])])


def _partial_of(f: Call, index: int) -> Expression:
    orders = tuple(n + (k == index) for k, n in enumerate(f.orders))
    return make(Call, f.arguments, (f.name, orders))


def along_every_argument(m: Match) -> Expression | None:
    """d/dt(f(u, v))  →  D[1](f)(u, v)*d/dt(u) + D[2](f)(u, v)*d/dt(v)"""
    f = m["f"]
    if not isinstance(f, Call) or f.name in FUNCTIONS or len(f.arguments) < 2:
        return None
    terms = []
    for index, u in enumerate(f.arguments):
        if u == m["x"]:
            terms.append(_partial_of(f, index))
        elif m.facts.depends(u, m["x"]):
            terms.append(product_of([_partial_of(f, index), operator(m, u)]))
    return sum_of(terms)


def first_argument_only(m: Match) -> Expression | None:
    """d/dt(f(u, v))  →  D[1](f)(u, v)*d/dt(u), which is wrong"""
    right = along_every_argument(m)
    return right.arguments[0] if isinstance(right, Sum) else None


def along_every_known_argument(m: Match) -> Expression | None:
    """min and max of three and more are nested: max(a, b, c)  →  max(a, max(b, c))"""
    f = m["f"]
    if not isinstance(f, Call) or f.name not in ("min", "max") or len(f.arguments) < 3:
        return None
    first, *rest = f.arguments
    return operator(m, call(f.name, first, call(f.name, *rest)))


def smaller_one(m: Match) -> Expression:
    """d/dx(min(u, v))  →  piecewise(d/dx(u), u < v, d/dx(v), u > v)"""
    u, v = m["u"], m["v"]
    pieces = (operator(m, u), equation(u, "<", v), operator(m, v), equation(u, ">", v))
    return make(Piecewise, pieces)


def larger_one(m: Match) -> Expression:
    """d/dx(max(u, v))  →  piecewise(d/dx(u), u > v, d/dx(v), u < v)"""
    u, v = m["u"], m["v"]
    return make(Piecewise, (operator(m, u), equation(u, ">", v), operator(m, v), equation(u, "<", v)))


def piece_by_piece(m: Match) -> Expression | None:
    """d/dx(piecewise(u, x < 0, v))  →  piecewise(d/dx(u), x < 0, d/dx(v))

    A piece that holds at a single point has no slope of its own: there it is that of the function, if it has one.
    """
    p = m["p"]
    if not isinstance(p, Piecewise):
        return None
    made: list[Expression] = []
    for value, condition in p.pieces:
        if condition.label != "=":
            made += (operator(m, value), condition)
            continue
        slope = _slope_at(m, condition)
        made += () if slope is None else (slope, condition)
    if p.otherwise is not None:
        lone = _lone_point(p)
        slope = _slope_at(m, lone) if lone is not None else operator(m, p.otherwise)
        made += () if slope is None else (slope,)
    if not len(made) - 1:
        return made[0]
    return make(Piecewise, tuple(made)) if made else None


def _lone_point(p: Piecewise) -> Expression | None:
    """x != 0, where the last piece is left only the point 0."""
    *_, (_, last) = p.pieces
    return last if last.label == "!=" else None


def _slope_at(m: Match, condition: Expression) -> Expression | None:
    """The slope of the whole function at the one point where x = a; None where there is none, or none is known."""
    assert isinstance(condition, Equation)
    points = points_of(condition, m["x"], m.facts)
    if points is None or len(points) != 1:
        return None
    return derivative_at(m["p"], m["x"], points[0]).value


def off_the_joins(m: Match) -> Iterator[Expression]:
    """The boundaries between pieces, where nothing is claimed."""
    p = m["p"]
    assert isinstance(p, Piecewise)
    for _, condition in p.pieces:
        single = condition.label == "=" or (condition.label == "!=" and condition == _lone_point(p))
        if not single or _slope_at(m, condition) is None:
            yield equation(condition.arguments[0], "!=", condition.arguments[1])


def root_derivative(m: Match) -> Expression | None:
    """d/dx(root(u, n))  →  d/dx(u)/(n*root(u, n)^(n - 1))"""
    n = integer_value(m["n"])
    if n is None or n < 2:
        return None
    u, x = m["u"], m["x"]
    root = call("root", u, m["n"])
    below = product_of([m["n"], power(root, natural(n - 1)) if n > 2 else root])
    return quotient(natural(1) if u == x else operator(m, u), below)


def root_without_inner(m: Match) -> Expression | None:
    """d/dx(root(u, n))  →  1/(n*root(u, n)^(n - 1)), which is wrong"""
    right = root_derivative(m)
    return None if right is None or m["u"] == m["x"] else quotient(natural(1), right.arguments[1])


def smooth_root(m: Match) -> Iterator[Expression]:
    """Where a root is differentiable: u > 0 for an even index, u ≠ 0 for an odd one."""
    n = integer_value(m["n"]) or 2
    yield equation(m["u"], "!=" if n % 2 else ">", natural(0))


def root_as_power(m: Match) -> Expression | None:
    """d/dx(root(x, n))  →  d/dx(x^(1/n)), where the index is no number"""
    n = integer_value(m["n"])
    return None if n is not None and n >= 2 else operator(m, power(m["u"], quotient(natural(1), m["n"])))


_several = satisfies("f takes several arguments", lambda m: isinstance(m["f"], Call) and len(m["f"].arguments) > 1)

ROOT = Rule(
    "derivative.root", "d/d?x(root(?u, ?n))", root_derivative,
    given=(depends("u", "x"), free_of("n", "x")), assumes=smooth_root,
    mistakes=(Mistake("root-inner-left-out", root_without_inner),),
    examples=(
        ("d/dx(root(x, 4))", "1/(4*root(x, 4)^3)"),
        ("d/dx(root(2*x, 4))", "d/dx(2*x)/(4*root(2*x, 4)^3)"),
        ("d/dx(root(2, x))", None),
    ),
)  # fmt: skip
ROOT_AS_POWER = Rule(
    "derivative.root-as-power", "d/d?x(root(?u, ?n))", root_as_power, assumes=("?u > 0", "?n != 0"),
    mistakes=(Mistake("root-as-power-upside-down", lambda m: operator(m, power(m["u"], m["n"]))),),
    examples=(
        ("d/dx(root(x, n))", "d/dx(x^(1/n))"), ("d/dx(root(2, x))", "d/dx(2^(1/x))"), ("d/dx(root(x, 3))", None),
    ),
    weight="minor",
)  # fmt: skip
MINIMUM = Rule(
    "derivative.minimum", "d/d?x(min(?u, ?v))", smaller_one, assumes=("?u != ?v",),
    mistakes=(Mistake("minimum-pieces-swapped", larger_one),),
    examples=(("d/dx(min(x, x^2))", "piecewise(d/dx(x), x < x^2, d/dx(x^2), x > x^2)"), ("d/dx(min(x, y, z))", None)),
)  # fmt: skip
MAXIMUM = Rule(
    "derivative.maximum", "d/d?x(max(?u, ?v))", larger_one, assumes=("?u != ?v",),
    mistakes=(Mistake("maximum-pieces-swapped", smaller_one),),
    examples=(("d/dx(max(x, x^2))", "piecewise(d/dx(x), x > x^2, d/dx(x^2), x < x^2)"), ("d/dx(max(x, y, z))", None)),
)  # fmt: skip
EXTREME_NESTED = Rule(
    "derivative.extreme-nested", "d/d?x(?f)", along_every_known_argument, among=("call",),
    examples=(("d/dx(max(x, 2, x^2))", "d/dx(max(x, max(2, x^2)))"), ("d/dx(max(x, 2))", None)),
    weight="minor",
)  # fmt: skip
ABSTRACT = Rule(
    "derivative.abstract", "d/d?x(?f(?x))", with_one_order_more,
    mistakes=(Mistake("prime-forgotten", lambda m: m.node.arguments[0]),),
    examples=(("d/dx(f(x))", "f'(x)"), ("d/dx(f(x^2))", None), ("d/dx(sin(x))", None)),
)  # fmt: skip
CHAIN_ABSTRACT = Rule(
    "derivative.chain-abstract", "d/d?x(?f(?u))", outer_prime_times_inner,
    given=(depends("u", "x"), not_just("u", "x")),
    mistakes=(
        Mistake("abstract-inner-left-out", with_one_order_more),
        Mistake("abstract-inner-differentiated-inside", prime_of_slope),
        Mistake("abstract-slopes-at-the-variable", slopes_multiplied),
    ),
    examples=(("d/dx(f(x^2))", "f'(x^2)*d/dx(x^2)"), ("d/dx(f(x))", None)),
    side="d/d?w(?f(?w))",
)  # fmt: skip
CHAIN_SEVERAL = Rule(
    "derivative.chain-several", "d/d?x(?f)", along_every_argument, among=("call",),
    given=(_several, depends("f", "x")),
    mistakes=(Mistake("only-first-argument", first_argument_only),),
    examples=(
        ("d/dt(f(t^2, t))", "D[1](f)(t^2, t)*d/dt(t^2) + D[2](f)(t^2, t)"),
        ("d/dt(f(t))", None),
    ),
)  # fmt: skip
PIECEWISE = Rule(
    "derivative.piecewise", "d/d?x(?p)", piece_by_piece, among=("piecewise",),
    given=(satisfies("p is given in pieces", lambda m: isinstance(m["p"], Piecewise)), depends("p", "x")),
    assumes=off_the_joins,
    examples=(
        ("d/dx(piecewise(x^2, x < 0, x))", "piecewise(d/dx(x^2), x < 0, d/dx(x))"),
        ("d/dx(piecewise(sin(x)/x, x != 0, 1))", "piecewise(d/dx(sin(x)/x), x != 0, 0)"),
        ("d/dx(piecewise(x, x != 0, 1))", "piecewise(d/dx(x), x != 0)"),
        ("d/dx(abs(x))", None),
    ),
)  # fmt: skip
