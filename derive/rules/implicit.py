"""Implicit differentiation: y as a function of x, both sides differentiated, the equation solved for y′."""

from __future__ import annotations


from derive.expressions import (
    Call, Derivative, Equation, Expression, Symbol, call, derivative,
    equation, integer_value, make, natural, postorder, product_of, put_in, replace_all,
    sum_of, symbol,
)  # fmt: skip
from derive.rules.equations import EQUATIONS
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
    return call("implicit", put_in(m["e"], {y: function}), function, x)


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
IMPLICIT = (FUNCTION_OF, BOTH_SIDES, SHORT, *EQUATIONS, AGAIN, ALONG)
