"""An equation solved for a letter that stands in it to the first power: brackets, sides, factor, division."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Equation, Expression, Negation, Product, Quotient, Sum, Symbol, call, equation, negation, postorder,
    product_of, quotient, rational_value, sum_of,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule


def _sides(m: Match) -> tuple[list[Expression], list[Expression], Expression] | None:
    """The terms of both sides and the unknown, of an equation to be solved for a letter."""
    e, p = m["e"], m["p"]
    if type(e) is not Equation or e.label != "=" or type(p) is not Symbol or not m.facts.depends(e, p):
        return None
    return _terms(e.left), _terms(e.right), p


def _terms(side: Expression) -> list[Expression]:
    return [] if side == ZERO else list(side.arguments) if type(side) is Sum else [side]


def _solve(left: list[Expression], right: list[Expression], p: Expression) -> Expression:
    return call("solve", equation(sum_of(left), "=", sum_of(right)), p)


def _opened(term: Expression, m: Match) -> list[Expression] | None:
    """a*(b + c*p)  →  a*b, a*c*p; None where the unknown stands in no bracket."""
    p = m["p"]
    if not m.facts.depends(term, p):
        return None
    if type(term) is Negation:
        inner = _opened(term.operand, m)
        if inner is None and type(term.operand) is Sum:
            inner = list(term.operand.arguments)
        return inner and [_minus(t) for t in inner]
    if type(term) is Sum:
        return list(term.arguments)
    if type(term) is Quotient and m.facts.depends(term.numerator, p):
        inner = _opened(term.numerator, m)
        return inner and [quotient(t, term.denominator) for t in inner]
    if type(term) is Product:
        for i, f in enumerate(term.arguments):
            if m.facts.depends(f, p):
                inner = _opened(f, m)
                before, after = term.arguments[:i], term.arguments[i + 1 :]
                return inner and [_times([*before, t, *after]) for t in inner]
    return None


def _minus(t: Expression) -> Expression:
    return t.operand if type(t) is Negation else negation(t)


def _times(factors: list[Expression]) -> Expression:
    """2, -x  →  -(2*x)"""
    negative = sum(type(f) is Negation for f in factors) % 2
    plain = [f.operand if type(f) is Negation else f for f in factors]
    flat = [g for f in plain for g in (f.arguments if type(f) is Product else (f,))]
    result = product_of([f for f in flat if f != ONE])
    return negation(result) if negative else result


def multiplied_out(m: Match) -> Expression | None:
    """solve(2*(x + y*p) = 0, p)  →  solve(2*x + 2*y*p = 0, p)"""
    sides = _sides(m)
    if sides is None:
        return None
    left, right, p = sides
    opened = [[t for term in side for t in (_opened(term, m) or [term])] for side in (left, right)]
    return None if opened == [left, right] else _solve(opened[0], opened[1], p)


def _collected(m: Match, moved: bool) -> Expression | None:
    sides = _sides(m)
    if sides is None or multiplied_out(m) is not None:
        return None
    left, right, p = sides
    depends = m.facts.depends
    there, here = [t for t in left if not depends(t, p)], [t for t in right if depends(t, p)]
    if not there and not here:
        return None

    def across(t: Expression) -> Expression:
        return _minus(t) if moved else t

    with_p = [t for t in left if depends(t, p)] + [across(t) for t in here]
    without = [t for t in right if not depends(t, p)] + [across(t) for t in there]
    return _solve(with_p, without, p)


def collected(m: Match) -> Expression | None:
    """solve(2*x + 2*y*p = 0, p)  →  solve(2*y*p = -2*x, p)"""
    return _collected(m, moved=True)


def signs_kept(m: Match) -> Expression | None:
    """solve(2*x + 2*y*p = 0, p)  →  solve(2*y*p = 2*x, p), which is wrong"""
    return _collected(m, moved=False)


def _coefficient(term: Expression, p: Expression) -> Expression | None:
    """2*y*p  →  2*y; None where the term is not a multiple of p."""
    if term == p:
        return ONE
    if type(term) is Negation:
        inner = _coefficient(term.operand, p)
        return None if inner is None else negation(inner)
    if type(term) is Quotient:
        inner = _coefficient(term.numerator, p)
        clean = p not in postorder(term.denominator)
        return quotient(inner, term.denominator) if inner is not None and clean else None
    if type(term) is Product:
        places = [i for i, f in enumerate(term.arguments) if p in postorder(f)]
        if len(places) == 1:
            (i,) = places
            inner = _coefficient(term.arguments[i], p)
            if inner is not None:
                return _times([*term.arguments[:i], inner, *term.arguments[i + 1 :]])
    return None


def _ready(m: Match) -> tuple[list[Expression], list[Expression], Expression] | None:
    """The coefficients of the unknown on the left, the terms on the right, the unknown."""
    sides = _sides(m)
    if sides is None or any(m.facts.depends(t, sides[2]) for t in sides[1]):
        return None
    found = [_coefficient(t, sides[2]) for t in sides[0]]
    return None if None in found else ([c for c in found if c is not None], sides[1], sides[2])


def factored_out(m: Match) -> Expression | None:
    """solve(x*p + 2*y*p = -y, p)  →  solve((x + 2*y)*p = -y, p)"""
    ready = _ready(m)
    if ready is None or len(ready[0]) < 2:
        return None
    coefficients, right, p = ready
    return _solve([product_of([sum_of(coefficients), p])], right, p)


def divided(m: Match) -> Expression | None:
    """solve(2*y*p = -2*x, p)  →  -2*x/(2*y)"""
    ready = _ready(m)
    if ready is None or len(ready[0]) != 1:
        return None
    (c,), right, _ = ready
    return sum_of(right) if c == ONE else quotient(sum_of(right), c)


def subtracted_instead(m: Match) -> Expression | None:
    """solve(2*y*p = -2*x, p)  →  -2*x - 2*y, which is wrong"""
    right = divided(m)
    return sum_of([right.numerator, negation(right.denominator)]) if type(right) is Quotient else None


def factor_not_zero(m: Match) -> Iterator[Expression]:
    """What is divided by is not 0."""
    right = divided(m)
    if type(right) is Quotient and not rational_value(right.denominator):
        yield equation(right.denominator, "!=", ZERO)


MULTIPLY_OUT = Rule(
    "equation.multiply-out", "solve(?e, ?p)", multiplied_out,
    examples=(
        ("solve(2*(x + y*z) = 0, z)", "solve(2*x + 2*y*z = 0, z)"),
        ("solve((x + 1)*z = 3, z)", None),
    ),
    weight="minor",
)  # fmt: skip
COLLECT = Rule(
    "equation.collect", "solve(?e, ?p)", collected,
    mistakes=(Mistake("sign-kept-when-moved", signs_kept),),
    examples=(
        ("solve(2*x + 2*y*z = 0, z)", "solve(2*y*z = -(2*x), z)"),
        ("solve(2*y*z = x, z)", None),
    ),
)  # fmt: skip
FACTOR_OUT = Rule(
    "equation.factor-out", "solve(?e, ?p)", factored_out,
    examples=(
        ("solve(x*z + 2*y*z = -y, z)", "solve((x + 2*y)*z = -y, z)"),
        ("solve(x*z = y, z)", None),
    ),
)  # fmt: skip
DIVIDE = Rule(
    "equation.divide", "solve(?e, ?p)", divided, assumes=factor_not_zero,
    mistakes=(Mistake("subtracted-instead-of-divided", subtracted_instead),),
    examples=(
        ("solve(2*y*z = -x, z)", "(-x)/(2*y)"),
        ("solve(x*z + y*z = 1, z)", None),
    ),
)  # fmt: skip
EQUATIONS = (MULTIPLY_OUT, COLLECT, FACTOR_OUT, DIVIDE)
