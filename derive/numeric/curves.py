"""Tangents, Taylor polynomials and slopes of curves by definition: operators that series evaluate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import factorial

from derive.expressions import (
    ONE, ZERO, Call, Derivative, Equation, Expression, Matrix, Substitution, Symbol, integer_value, make, natural,
    negation, postorder, power, product_of, quotient, rebuild, sum_of, symbol,
)  # fmt: skip
from derive.numeric.signals import Unsupported

SLOPE = symbol("slope of the curve")  # no text is read as this name


def _by(f: Expression, *pairs: tuple[Expression, int]) -> Expression:
    kept = [e for x, n in pairs if n for e in (x, natural(n))]
    return make(Derivative, (f, *kept), len(pairs) > 1) if kept else f


def _at(f: Expression, point: Sequence[tuple[Expression, Expression]]) -> Expression:
    return make(Substitution, (f, *[e for pair in point for e in pair]))


def _minus(a: Expression, b: Expression) -> Expression:
    return sum_of((a, negation(b)))


def _pairs(node: Expression, given: Sequence[Expression]) -> list[tuple[Expression, Expression]]:
    if not given or len(given) % 2 or not all([type(x) is Symbol for x in given[::2]]):
        raise Unsupported(f"{node.label} needs a value for every variable", node)
    return list(zip(given[::2], given[1::2], strict=True))


def _differential(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    if not given or not all([type(x) is Symbol for x in given]):
        raise Unsupported("differential without variables", node)
    return sum_of([product_of([_by(f, (x, 1)), symbol(f"d{x.label}")]) for x in given])


def _tangent(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    point = _pairs(node, given)
    rises = [product_of([_at(_by(f, (x, 1)), point), _minus(x, a)]) for x, a in point]
    return sum_of([_at(f, point), *rises])


def _taylor(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    last = given[-1].arguments[0] if type(given[-1]) is Matrix else given[-1]  # in the Hessian form
    point, order = _pairs(node, given[:-1]), integer_value(last)
    if order is None or order < 0:
        raise Unsupported("a Taylor polynomial whose order is not a number", node)
    terms = []
    for index in _indices(len(point), order):
        slope = _at(_by(f, *[(x, n) for (x, _), n in zip(point, index, strict=True)]), point)
        steps = [power(_minus(x, a), natural(n)) for (x, a), n in zip(point, index, strict=True) if n]
        below = 1
        for n in index:
            below *= factorial(n)
        terms.append(quotient(product_of([slope, *steps]), natural(below)))
    return sum_of(terms)


def _indices(count: int, order: int) -> Iterator[tuple[int, ...]]:
    return (index for index in product(range(order + 1), repeat=count) if sum(index) <= order)


def _zero_form(node: Expression, e: Expression) -> Expression:
    if type(e) is not Equation or e.label != "=":
        raise Unsupported(f"{node.label} of what is not an equation", node)
    return _minus(*e.arguments)


def _implicit(node: Expression, e: Expression, given: Sequence[Expression]) -> Expression:
    y, x, *order = given
    if type(y) is Call:
        e, y = _plain(e, y), symbol(y.name)
    if type(y) is not Symbol or type(x) is not Symbol or x == y:
        raise Unsupported("implicit without two variables", node)
    f = _zero_form(node, e)
    slope = negation(quotient(_by(f, (x, 1), (y, 0)), _by(f, (x, 0), (y, 1))))
    found = slope
    for _ in range((integer_value(order[0]) or 1) - 1 if order else 0):
        found = _total(found, y, x, slope)
    return found


def _total(u: Expression, y: Expression, x: Expression, slope: Expression) -> Expression:
    return sum_of([_by(u, (x, 1), (y, 0)), product_of([_by(u, (x, 0), (y, 1)), slope])])


def _along(node: Expression, u: Expression, given: Sequence[Expression]) -> Expression:
    y, x, slope = given
    if type(y) is not Symbol or type(x) is not Symbol:
        raise Unsupported("along without two variables", node)
    return _total(u, y, x, slope)


def _plain(e: Expression, function: Call) -> Expression:
    """`e` with y written for y(x), a letter for y'(x), and derivatives by x along the curve."""
    (x,), y = function.arguments, symbol(function.name)
    made: dict[Expression, Expression] = {}
    for n in postorder(e):
        if type(n) is Call and n.name == function.name and n.arguments == (x,):
            if n.orders[0] > 1:
                raise Unsupported("a second derivative in an equation", n)
            made[n] = SLOPE if n.orders[0] else y
        elif type(n) is Derivative and n.arguments[1:] == (x, ONE):
            made[n] = _total(made[n.arguments[0]], y, x, SLOPE)
        else:
            made[n] = rebuild(n, tuple([made[a] for a in n.arguments]))
    return made[e]


def _solve(node: Expression, e: Expression, given: Sequence[Expression]) -> Expression:
    (unknown,) = given
    if type(unknown) is Call and unknown.orders == (1,) and type(unknown.arguments[0]) is Symbol:
        e, unknown = _plain(e, unknown), SLOPE
    if type(unknown) is not Symbol:
        raise Unsupported("solve for what is not a letter", node)
    f = _zero_form(node, e)
    return negation(quotient(_at(f, [(unknown, ZERO)]), _at(_by(f, (unknown, 1)), [(unknown, ONE)])))


def _parametric(node: Expression, across: Expression, given: Sequence[Expression]) -> Expression:
    up, t, *order = given
    found = up
    for _ in range(integer_value(order[0]) or 1 if order else 1):
        found = quotient(_by(found, (t, 1)), _by(across, (t, 1)))
    return found


def _inverse(node: Expression, f: Expression, given: Sequence[Expression]) -> Expression:
    x, a, *_ = given
    if type(x) is not Symbol:
        raise Unsupported("inverse without a variable", node)
    return quotient(ONE, _at(_by(f, (x, 1)), [(x, a)]))


DEFINITIONS: dict[str, Callable[[Expression, Expression, Sequence[Expression]], Expression]] = {
    "differential": _differential, "tangent": _tangent, "taylor": _taylor, "implicit": _implicit, "along": _along,
    "solve": _solve, "parametric": _parametric, "inverse": _inverse,
}  # fmt: skip
"""What each operator is, in terms of derivatives and evaluation at a point: (node, first argument, the others)."""
