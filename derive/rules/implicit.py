"""Implicit differentiation: y as a function of x, both sides differentiated, the equation solved for y′."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Call, Derivative, Equation, Expression, Negation, Product, Quotient, Sum, Symbol, call, derivative,
    equation, integer_value, make, natural, negation, postorder, product_of, quotient, rational_value, replace_all,
    sum_of, symbol,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule

MAX_ORDER = 4  # of a derivative along a curve: each one is several times as long as the one before


def _parts(m: Match) -> tuple[Expression, Expression, Expression, Expression] | None:
    """(left, right, y, x) of implicit(left = right, y, x)."""
    e, y, x = m["e"], m["y"], m["x"]
    if type(e) is not Equation or e.label != "=" or type(x) is not Symbol or x == y:
        return None
    return e.left, e.right, y, x


def _is_function(y: Expression, x: Expression) -> bool:
    return type(y) is Call and type(y.label) is str and y.arguments == (x,)


def function_of(m: Match) -> Expression | None:
    """implicit(x^2 + y^2 = 25, y, x)  →  implicit(x^2 + `y`(x)^2 = 25, `y`(x), x)"""
    parts = _parts(m)
    if parts is None or type(parts[2]) is not Symbol or not m.facts.depends(m["e"], parts[2]):
        return None
    _, _, y, x = parts
    if any(type(n) is Derivative or (type(n) is Call and n.name == y.label) for n in postorder(m["e"])):
        return None
    function = make(Call, (x,), y.label)
    return call("implicit", replace_all(m["e"], {y: function}), function, x)


def _differentiated(m: Match, right: bool) -> Expression | None:
    parts = _parts(m)
    if parts is None or not _is_function(parts[2], parts[3]):
        return None
    a, b, y, x = parts
    sides = equation(derivative(a, x), "=", derivative(b, x) if right else b)
    return call("solve", sides, make(Call, (x,), (y.name, (1,))))  # type: ignore[attr-defined]


def both_sides(m: Match) -> Expression | None:
    """implicit(u = v, `y`(x), x)  →  solve(d/dx(u) = d/dx(v), y'(x))"""
    return _differentiated(m, right=True)


def left_side_only(m: Match) -> Expression | None:
    """implicit(u = v, `y`(x), x)  →  solve(d/dx(u) = v, y'(x)), which is wrong"""
    return _differentiated(m, right=False)


def short_names(m: Match) -> Expression | None:
    """solve(2*x + 2*`y`(x)*y'(x) = 0, y'(x))  →  solve(2*x + 2*y*`y'` = 0, `y'`)"""
    p = m["p"]
    if type(p) is not Call or p.orders != (1,) or m["e"].open:
        return None
    prime = symbol(f"{p.name}'")
    table = {p: prime, make(Call, p.arguments, p.name): symbol(p.name)}
    return call("solve", replace_all(m["e"], table), prime)


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


def once_again(m: Match) -> Expression | None:
    """implicit(e, y, x, 2)  →  along(implicit(e, y, x), y, x, implicit(e, y, x))"""
    n = integer_value(m["n"])
    if n is None or not 2 <= n <= MAX_ORDER or _parts(m) is None:
        return None
    slope = call("implicit", m["e"], m["y"], m["x"])
    before = slope if n == 2 else call("implicit", m["e"], m["y"], m["x"], natural(n - 1))
    return call("along", before, m["y"], m["x"], slope)


def along_curve(m: Match) -> Expression | None:
    """along(u, y, x, p)  →  ∂/∂x(u) + ∂/∂y(u)*p"""
    y, x = m["y"], m["x"]
    if type(y) is not Symbol or type(x) is not Symbol or x == y:
        return None
    across = derivative(m["u"], x, partial=True)
    return sum_of([across, product_of([derivative(m["u"], y, partial=True), m["p"]])])


def y_held_fast(m: Match) -> Expression | None:
    """along(u, y, x, p)  →  ∂/∂x(u), which is wrong"""
    right = along_curve(m)
    return None if right is None else right.arguments[0]


def slope_forgotten(m: Match) -> Expression | None:
    """along(u, y, x, p)  →  ∂/∂x(u) + ∂/∂y(u), which is wrong"""
    right = along_curve(m)
    return None if right is None else sum_of([right.arguments[0], right.arguments[1].arguments[0]])


FUNCTION_OF = Rule(
    "implicit.function-of", "implicit(?e, ?y, ?x)", function_of,
    examples=(
        ("implicit(x^2 + y^2 = 25, y, x)", "implicit(x^2 + `y`(x)^2 = 25, `y`(x), x)"),
        ("implicit(x^2 = 25, y, x)", None),
    ),
)  # fmt: skip
BOTH_SIDES = Rule(
    "implicit.both-sides", "implicit(?e, ?y, ?x)", both_sides,
    mistakes=(Mistake("right-side-not-differentiated", left_side_only),),
    examples=(
        ("implicit(x^2 + `y`(x)^2 = 25, `y`(x), x)", "solve(d/dx(x^2 + `y`(x)^2) = d/dx(25), y'(x))"),
        ("implicit(x^2 + y^2 = 25, y, x)", None),
    ),
)  # fmt: skip
SHORT = Rule(
    "implicit.short", "solve(?e, ?p)", short_names,
    examples=(
        ("solve(2*x + 2*`y`(x)*y'(x) = 0, y'(x))", "solve(2*x + 2*y*`y'` = 0, `y'`)"),
        ("solve(2*x + 2*y*z = 0, z)", None),
    ),
    weight="cosmetic",
)  # fmt: skip
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
AGAIN = Rule(
    "implicit.again", "implicit(?e, ?y, ?x, ?n)", once_again,
    examples=(
        ("implicit(x^2 + y^2 = 25, y, x, 2)",
         "along(implicit(x^2 + y^2 = 25, y, x), y, x, implicit(x^2 + y^2 = 25, y, x))"),
        ("implicit(x^2 + y^2 = 25, y, x, 1)", None),
    ),
)  # fmt: skip
ALONG = Rule(
    "implicit.along-curve", "along(?u, ?y, ?x, ?p)", along_curve,
    mistakes=(Mistake("y-held-fast", y_held_fast), Mistake("slope-of-curve-forgotten", slope_forgotten)),
    examples=(
        ("along(-x/y, y, x, -x/y)", "∂/∂x(-x/y) + ∂/∂y(-x/y)*(-x/y)"),
        ("along(x*y, 2, x, 1)", None),
    ),
)  # fmt: skip
IMPLICIT = (FUNCTION_OF, BOTH_SIDES, SHORT, MULTIPLY_OUT, COLLECT, FACTOR_OUT, DIVIDE, AGAIN, ALONG)
