"""Taylor polynomials, in one variable and in several (a term a multi-index)."""

from __future__ import annotations

from itertools import product
from math import comb

from derive.expressions import (
    ONE, Derivative, Expression, Matrix, call, integer_value, make, natural, power, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.curves import Points, at, distance, points
from derive.rules.model import Match, Mistake, Rule

MAX_TERMS = 60  # of a Taylor polynomial that is written out: order 9 in two variables


def _asked(m: Match) -> tuple[Points, int] | None:
    *given, last = m.run("rest")
    point, order = points(given), integer_value(last)
    if point is None or order is None or order < 0 or comb(order + len(point), order) > MAX_TERMS:
        return None
    return None if any(m.facts.depends(a, x) for _, a in point for x, _ in point) else (point, order)


def _term(
    f: Expression, point: Points, index: tuple[int, ...], *, centred: bool = True, below: bool = True
) -> Expression:
    pairs = [e for (x, _), n in zip(point, index, strict=True) if n for e in (x, natural(n))]
    if not pairs:
        return at(f, point)
    slope = at(make(Derivative, (f, *pairs), len(point) > 1), point)
    lower = [call("factorial", natural(n)) for n in index if n > 1]
    factors = [quotient(slope, product_of(lower)) if lower and below else slope]
    for (x, a), n in zip(point, index, strict=True):
        step = distance(x, a) if centred else x
        if n:
            factors.append(step if n == 1 else power(step, natural(n)))
    return product_of(factors)


def _indices(count: int, order: int) -> list[tuple[int, ...]]:
    """Every way to differentiate `order` times at most, in all: by order, then x first."""
    found = [i for i in product(range(order + 1), repeat=count) if sum(i) <= order]
    return sorted(found, key=lambda i: (sum(i), [-n for n in i]))


def _polynomial(m: Match, *, centred: bool = True, below: bool = True) -> Expression | None:
    asked = _asked(m)
    if asked is None:
        return None
    point, order = asked
    indices = _indices(len(point), order)
    return sum_of([_term(m["f"], point, index, centred=centred, below=below) for index in indices])


def taylor_polynomial(m: Match) -> Expression | None:
    """taylor(f, x, a, 2)  →  at(f, x = a) + at(d/dx(f), x = a)*(x - a) + at(d^2/dx^2(f), x = a)/2!*(x - a)^2"""
    return _polynomial(m)


def factorials_forgotten(m: Match) -> Expression | None:
    """taylor(f, x, a, 2)  →  … + at(d^2/dx^2(f), x = a)*(x - a)^2, which is wrong"""
    return _polynomial(m, below=False)


def centre_forgotten(m: Match) -> Expression | None:
    """taylor(f, x, a, 2)  →  at(f, x = a) + at(d/dx(f), x = a)*x + …, which is wrong"""
    return _polynomial(m, centred=False)


def hessian_form(m: Match) -> Expression | None:
    """taylor(f, x, a, y, b, [[2]])  →  f + gradient·step + 1/2·stepᵀ·Hessian·step, for an order given as a matrix"""
    *given, last = m.run("rest")
    point = points(given)
    if point is None or last != make(Matrix, (natural(2),), 1) or len(point) < 2:
        return None
    f, xs = m["f"], [x for x, _ in point]
    steps = tuple(distance(x, a) for x, a in point)
    row, column = make(Matrix, steps, len(steps)), make(Matrix, steps, 1)
    slopes = at(call("gradient", f, *xs), point)
    bends = at(call("hessian", f, *xs), point)
    half = quotient(ONE, natural(2))
    return sum_of([at(f, point), product_of([slopes, column]), product_of([half, row, bends, column])])


def half_forgotten(m: Match) -> Expression | None:
    """taylor(f, x, a, y, b, [[2]])  →  … + stepᵀ·Hessian·step, which is wrong"""
    right = hessian_form(m)
    if right is None:
        return None
    *others, last = right.arguments
    return sum_of([*others, product_of(last.arguments[1:])])


TAYLOR = Rule(
    "taylor.definition", "taylor(?f, ??rest)", taylor_polynomial,
    mistakes=(
        Mistake("taylor-factorials-forgotten", factorials_forgotten),
        Mistake("taylor-centre-forgotten", centre_forgotten),
    ),
    examples=(
        ("taylor(ln(x), x, 1, 2)",
         "at(ln(x), x = 1) + at(d/dx(ln(x)), x = 1)*(x - 1) + at(d^2/dx^2(ln(x)), x = 1)/2!*(x - 1)^2"),
        ("taylor(x*y, x, 1, y, 0, 1)",
         "at(x*y, x = 1, y = 0) + at(∂/∂x(x*y), x = 1, y = 0)*(x - 1) + at(∂/∂y(x*y), x = 1, y = 0)*y"),
        ("taylor(ln(x), x, 1)", None),
        ("taylor(ln(x), x, 1, 1/2)", None),
    ),
)  # fmt: skip
HESSIAN_FORM = Rule(
    "taylor.hessian-form", "taylor(?f, ??rest)", hessian_form,
    mistakes=(Mistake("half-forgotten", half_forgotten),),
    examples=(
        ("taylor(x*y, x, 1, y, 0, [[2]])",
         ("at(x*y, x = 1, y = 0) + at(gradient(x*y, x, y), x = 1, y = 0)*[[x - 1], [y]]"
          " + 1/2*[[x - 1, y]]*at(hessian(x*y, x, y), x = 1, y = 0)*[[x - 1], [y]]")),
        ("taylor(x*y, x, 1, y, 0, 2)", None),
    ),
)  # fmt: skip
