"""Lines and planes that touch, total differentials, slopes of parametric curves and of inverse functions.

Each operator begins with its definition, in derivatives and in values at a point; the usual rules do the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Derivative, Expression, Quotient, Substitution, Sum, Symbol, call, derivative, equation, integer_value,
    make, natural, negation, product_of, quotient, rational, rational_value, sum_of, symbol,
)  # fmt: skip
from derive.rules.conditions import satisfies
from derive.rules.factors import split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.order import in_order

Points = list[tuple[Expression, Expression]]
"""(variable, its value at the point), …"""


def at(u: Expression, point: Points) -> Expression:
    """u evaluated at the point."""
    return make(Substitution, (u, *[e for pair in point for e in pair]))


def distance(x: Expression, a: Expression) -> Expression:
    """x - a; x itself where a is 0."""
    return x if a == ZERO else sum_of((x, negation(a)))


def points(given: Sequence[Expression]) -> Points | None:
    """x, a, y, b  →  (x, a), (y, b); None where a value is missing or what is named is no variable."""
    xs, values = given[::2], given[1::2]
    if not xs or len(xs) != len(values) or len(set(xs)) != len(xs) or not all(type(x) is Symbol for x in xs):
        return None
    return list(zip(xs, values, strict=True))


def _point(m: Match) -> Points | None:
    point = points(m.run("rest"))
    clean = point and not any(m.facts.depends(a, x) for _, a in point for x, _ in point)
    return point if clean else None


def _touching(m: Match, slope: str) -> Expression | None:
    point = _point(m)
    if point is None:
        return None
    f, several = m["f"], len(point) > 1
    terms = [at(f, point)]
    for x, a in point:
        d = derivative(f, x, partial=several)
        steep = d if slope == "anywhere" else at(d, point)
        terms.append(product_of((steep, x if slope == "from-zero" else distance(x, a))))
    return sum_of(terms)


def touching(m: Match) -> Expression | None:
    """tangent(f, x, a)  →  at(f, x = a) + at(d/dx(f), x = a)*(x - a), one term a variable"""
    return _touching(m, "")


def slope_not_evaluated(m: Match) -> Expression | None:
    """tangent(f, x, a)  →  at(f, x = a) + d/dx(f)*(x - a), which is wrong"""
    return _touching(m, "anywhere")


def step_from_zero(m: Match) -> Expression | None:
    """tangent(f, x, a)  →  at(f, x = a) + at(d/dx(f), x = a)*x, which is wrong"""
    return _touching(m, "from-zero")


def _variables(m: Match) -> tuple[Expression, ...]:
    xs = m.run("rest")
    return xs if all(type(x) is Symbol for x in xs) and len(set(xs)) == len(xs) else ()


def every_change(m: Match) -> Expression | None:
    """differential(f, x, y)  →  ∂/∂x(f)*dx + ∂/∂y(f)*dy"""
    xs = _variables(m)
    several = len(xs) > 1
    terms = [product_of((derivative(m["f"], x, partial=several), symbol(f"d{x.label}"))) for x in xs]
    return sum_of(terms) if xs else None


def changes_without_steps(m: Match) -> Expression | None:
    """differential(f, x, y)  →  ∂/∂x(f) + ∂/∂y(f), which is wrong"""
    xs = _variables(m)
    return sum_of([derivative(m["f"], x, partial=len(xs) > 1) for x in xs]) if xs else None


def slope_of_curve(m: Match) -> Expression | None:
    """parametric(x, y, t)  →  d/dt(y)/d/dt(x)"""
    return quotient(derivative(m["v"], m["t"]), derivative(m["u"], m["t"])) if type(m["t"]) is Symbol else None


def slope_upside_down(m: Match) -> Expression | None:
    """parametric(x, y, t)  →  d/dt(x)/d/dt(y), which is wrong"""
    return quotient(derivative(m["u"], m["t"]), derivative(m["v"], m["t"])) if type(m["t"]) is Symbol else None


def slope_of_slope(m: Match) -> Expression | None:
    """parametric(x, y, t, 2)  →  d/dt(parametric(x, y, t))/d/dt(x)"""
    n = integer_value(m["n"])
    if n is None or not 2 <= n <= 9 or type(m["t"]) is not Symbol:
        return None
    before = (m["u"], m["v"], m["t"]) if n == 2 else (m["u"], m["v"], m["t"], natural(n - 1))
    return quotient(derivative(call("parametric", *before), m["t"]), derivative(m["u"], m["t"]))


def not_divided_again(m: Match) -> Expression | None:
    """parametric(x, y, t, 2)  →  d/dt(parametric(x, y, t)), which is wrong"""
    right = slope_of_slope(m)
    return None if right is None else right.arguments[0]


def second_by_second(m: Match) -> Expression | None:
    """parametric(x, y, t, 2)  →  d^2/dt^2(y)/d^2/dt^2(x), which is wrong"""
    if slope_of_slope(m) is None:
        return None
    return quotient(
        make(Derivative, (m["v"], m["t"], m["n"]), False), make(Derivative, (m["u"], m["t"], m["n"]), False)
    )


def moving_across(m: Match) -> Iterator[Expression]:
    """dx/dt ≠ 0"""
    yield equation(derivative(m["u"], m["t"]), "!=", ZERO)


def reciprocal_slope(m: Match) -> Expression | None:
    """inverse(f, x, a, b)  →  1/at(d/dx(f), x = a)"""
    return quotient(ONE, slope_kept(m)) if type(m["x"]) is Symbol else None


def slope_kept(m: Match) -> Expression:
    """inverse(f, x, a, b)  →  at(d/dx(f), x = a), which is wrong"""
    return at(derivative(m["f"], m["x"]), [(m["x"], m["a"])])


def slope_at_value(m: Match) -> Expression | None:
    """inverse(f, x, a, b)  →  1/at(d/dx(f), x = b), which is wrong"""
    return quotient(ONE, at(derivative(m["f"], m["x"]), [(m["x"], m["b"])])) if type(m["x"]) is Symbol else None


def not_flat(m: Match) -> Iterator[Expression]:
    """f'(a) ≠ 0"""
    yield equation(slope_kept(m), "!=", ZERO)


def linear_form(m: Match) -> Expression | None:
    """2 + (x - 4)/4  →  x/4 + 1,   2*x - 5 + 4*y  →  2*x + 4*y - 5"""
    numbers: dict[Expression, Fraction | int] = {}
    work = [(t, Fraction(1)) for t in reversed(m.node.arguments)]
    while work:
        term, factor = work.pop()
        c, body = split_coefficient(term)
        if type(body) is Quotient and rational_value(body.denominator):
            c, body = c / Fraction(rational_value(body.denominator) or 1), body.numerator
            inner, body = split_coefficient(body)
            c *= inner
        if type(body) is Sum:
            work += [(t, factor * c) for t in reversed(body.arguments)]
        elif type(body) is Symbol or body == ONE:
            numbers[body] = numbers.get(body, 0) + factor * c
        else:
            return None
    letters = [x for x in numbers if x != ONE and numbers[x]]
    if not letters:
        return None
    terms = [with_coefficient(numbers[x], x) for x in letters]
    return sum_of(in_order((*terms, *([rational(numbers[ONE])] if numbers.get(ONE) else []))))


def denominator_for_one_term(m: Match) -> Expression | None:
    """2 + (x - 4)/4  →  2 + x/4 - 4, which is wrong"""
    for i, t in enumerate(m.node.arguments):
        if type(t) is Quotient and type(t.numerator) is Sum:
            first, *rest = t.numerator.arguments
            split = (quotient(first, t.denominator), *rest)
            return sum_of([*m.node.arguments[:i], *split, *m.node.arguments[i + 1 :]])
    return None


_fixed = satisfies("a does not contain x", lambda m: not m.facts.depends(m["a"], m["x"]))

TANGENT = Rule(
    "tangent.definition", "tangent(?f, ??rest)", touching,
    mistakes=(
        Mistake("tangent-slope-not-evaluated", slope_not_evaluated),
        Mistake("tangent-step-from-zero", step_from_zero),
    ),
    examples=(
        ("tangent(x^2, x, 3)", "at(x^2, x = 3) + at(d/dx(x^2), x = 3)*(x - 3)"),
        ("tangent(x*y, x, 1, y, 2)",
         "at(x*y, x = 1, y = 2) + at(∂/∂x(x*y), x = 1, y = 2)*(x - 1) + at(∂/∂y(x*y), x = 1, y = 2)*(y - 2)"),
        ("tangent(x^2, x)", None),
        ("tangent(x^2, x, x)", None),
    ),
)  # fmt: skip
DIFFERENTIAL = Rule(
    "differential.definition", "differential(?f, ??rest)", every_change,
    mistakes=(Mistake("differential-without-steps", changes_without_steps),),
    examples=(
        ("differential(x^2*y, x, y)", "∂/∂x(x^2*y)*`dx` + ∂/∂y(x^2*y)*`dy`"),
        ("differential(x^2, 3)", None),
    ),
)  # fmt: skip
PARAMETRIC = Rule(
    "parametric.definition", "parametric(?u, ?v, ?t)", slope_of_curve, assumes=moving_across,
    mistakes=(Mistake("parametric-upside-down", slope_upside_down),),
    examples=(("parametric(t^2, t^3, t)", "d/dt(t^3)/(d/dt(t^2))"), ("parametric(t^2, t^3, 2)", None)),
)  # fmt: skip
PARAMETRIC_AGAIN = Rule(
    "parametric.again", "parametric(?u, ?v, ?t, ?n)", slope_of_slope, assumes=moving_across,
    mistakes=(
        Mistake("parametric-not-divided-again", not_divided_again),
        Mistake("parametric-second-by-second", second_by_second),
    ),
    examples=(
        ("parametric(t^2, t^3, t, 2)", "d/dt(parametric(t^2, t^3, t))/(d/dt(t^2))"),
        ("parametric(t^2, t^3, t, 1)", None),
    ),
)  # fmt: skip
INVERSE = Rule(
    "inverse.definition", "inverse(?f, ?x, ?a, ?b)", reciprocal_slope, given=(_fixed,), assumes=not_flat,
    mistakes=(
        Mistake("inverse-slope-kept", slope_kept),
        Mistake("inverse-at-the-value", slope_at_value),
    ),
    examples=(
        ("inverse(x^3 + x, x, 1, 2)", "1/at(d/dx(x^3 + x), x = 1)"),
        ("inverse(x^3 + x, x, x, 2)", None),
    ),
)  # fmt: skip
LINEAR = Rule(
    "sum.linear-form", "?u + ??rest", linear_form,
    mistakes=(Mistake("denominator-for-one-term", denominator_for_one_term),),
    examples=(
        ("2 + (x - 4)/4", "x/4 + 1"),
        ("2*x - 5 + 4*y", "2*x + 4*y - 5"),
        ("2*x + 4*y - 5", None),
        ("x^2 + (x - 4)/4", None),
    ),
    weight="minor",
)  # fmt: skip
CURVES = (TANGENT, DIFFERENTIAL, PARAMETRIC, PARAMETRIC_AGAIN, INVERSE)
