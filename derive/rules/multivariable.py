"""The definitions of several variables: gradient, Jacobian, Hessian, divergence, curl, Laplacian, direction.

The gradient is a row vector, the Jacobian of f: Rⁿ → Rᵐ an m×n matrix (Mathematics for Machine Learning, chapter 5).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, OPERATORS, TWO, ZERO, Call, Derivative, Expression, Matrix, Symbol, call, derivative, equation, make,
    negation, postorder, power, product_of, quotient, sum_of, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.conditions import satisfies
from derive.rules.model import Match, Mistake, Rule
from derive.rules.shapes import column, dot, entries, is_vector, row, transposed

_variables = satisfies("xs are variables", lambda m: all(type(x) is Symbol for x in m.run("xs")))
_scalar = satisfies("f is one function", lambda m: type(m["f"]) is not Matrix)
_vector = satisfies("f is a row or a column", lambda m: is_vector(m["f"]))


def is_abstract(e: Expression) -> bool:
    """Whether e is f(x, y) of a function that is not known, or a derivative of it."""
    return type(e) is Call and e.name not in FUNCTIONS and e.name not in OPERATORS


def slope(f: Expression, x: Expression, xs: tuple[Expression, ...]) -> Expression:
    """∂/∂x(f), or d/dx(f) where f has no other variable."""
    alone = (len(xs) == 1 or is_abstract(f)) and symbols(f) <= {str(x.label)}
    return derivative(f, x, partial=not alone)


def second(f: Expression, x: Expression, y: Expression) -> Expression:
    """∂²/∂x∂y(f), ∂²/∂x²(f)"""
    return make(Derivative, (f, *((x, TWO) if x == y else (x, ONE, y, ONE))), True)


def row_of_slopes(m: Match) -> Expression:
    """gradient(f, x, y)  →  [[∂/∂x(f), ∂/∂y(f)]]"""
    xs = m.run("xs")
    return row(slope(m["f"], x, xs) for x in xs)


def column_of_slopes(m: Match) -> Expression | None:
    """gradient(f, x, y)  →  [[∂/∂x(f)], [∂/∂y(f)]], which is a row written as a column"""
    return transposed(row_of_slopes(m)) if len(m.run("xs")) > 1 else None


def slopes_swapped(m: Match) -> Expression | None:
    """gradient(f, x, y)  →  [[∂/∂y(f), ∂/∂x(f)]], which is wrong"""
    xs = m.run("xs")
    return row(slope(m["f"], x, xs) for x in reversed(xs)) if len(xs) > 1 else None


def component_a_row(m: Match) -> Expression:
    """jacobian([[f], [g]], x, y)  →  [[∂/∂x(f), ∂/∂y(f)], [∂/∂x(g), ∂/∂y(g)]]"""
    xs = m.run("xs")
    return make(Matrix, tuple(slope(u, x, xs) for u in entries(m["f"]) for x in xs), len(xs))


def component_a_column(m: Match) -> Expression | None:
    """The transposed Jacobian, which is wrong."""
    return transposed(component_a_row(m)) if len(m.run("xs")) > 1 or len(entries(m["f"])) > 1 else None


def second_slopes(m: Match) -> Expression:
    """hessian(f, x, y)  →  [[∂^2/∂x^2(f), ∂^2/∂x∂y(f)], [∂^2/∂x∂y(f), ∂^2/∂y^2(f)]]"""
    xs = m.run("xs")
    cells = [second(m["f"], xs[min(i, j)], xs[max(i, j)]) for i in range(len(xs)) for j in range(len(xs))]
    return make(Matrix, tuple(cells), len(xs))


def only_the_diagonal(m: Match) -> Expression | None:
    """hessian(f, x, y)  →  [[∂^2/∂x^2(f), 0], [0, ∂^2/∂y^2(f)]], which is wrong"""
    xs = m.run("xs")
    if len(xs) < 2:
        return None
    return make(Matrix, tuple(second(m["f"], x, x) if x == y else ZERO for x in xs for y in xs), len(xs))


def exchanged_orders(m: Match) -> Iterator[Expression]:
    """∂²f/∂x∂y = ∂²f/∂y∂x (Schwarz), for functions that are not known; the known ones are smooth where defined."""
    xs = m.run("xs")
    unknown = [e for e in postorder(m["f"]) if is_abstract(e)]
    for i, x in enumerate(xs):
        for y in xs[i + 1 :]:
            if any(m.facts.depends(e, x) and m.facts.depends(e, y) for e in unknown):
                yield equation(second(m["f"], x, y), "=", second(m["f"], y, x))


def sum_of_slopes(m: Match) -> Expression | None:
    """divergence([[F, G]], x, y)  →  ∂/∂x(F) + ∂/∂y(G)"""
    parts, xs = entries(m["f"]), m.run("xs")
    return sum_of(slope(u, x, xs) for u, x in zip(parts, xs, strict=True)) if len(parts) == len(xs) else None


def slopes_not_added(m: Match) -> Expression | None:
    """divergence([[F, G]], x, y)  →  [[∂/∂x(F), ∂/∂y(G)]], which is wrong"""
    right = sum_of_slopes(m)
    return row(right.arguments) if right is not None and len(m.run("xs")) > 1 else None


def divergence_by_wrong_variables(m: Match) -> Expression | None:
    """divergence([[F, G]], x, y)  →  ∂/∂y(F) + ∂/∂x(G), which is wrong"""
    parts, xs = entries(m["f"]), m.run("xs")
    if not len(parts) == len(xs) > 1:
        return None
    return sum_of(slope(u, x, xs) for u, x in zip(parts, (*xs[1:], xs[0]), strict=True))


def _turning(m: Match, i: int, j: int) -> Expression:
    parts, xs = entries(m["f"]), m.run("xs")
    return sum_of([slope(parts[j], xs[i], xs), negation(slope(parts[i], xs[j], xs))])


def turning(m: Match) -> Expression | None:
    """curl([[F, G]], x, y)  →  ∂/∂x(G) - ∂/∂y(F);  in three dimensions a vector of three such differences"""
    parts, xs = entries(m["f"]), m.run("xs")
    if not len(parts) == len(xs) in (2, 3):
        return None
    if len(xs) == 2:
        return _turning(m, 0, 1)
    return make(Matrix, (_turning(m, 1, 2), _turning(m, 2, 0), _turning(m, 0, 1)), m["f"].label)


def middle_sign_lost(m: Match) -> Expression | None:
    """The curl with the other sign in its middle component (in the plane: everywhere), which is wrong."""
    right = turning(m)
    if right is None:
        return None
    if type(right) is not Matrix:
        return _turning(m, 1, 0)
    first, _, last = right.arguments
    return make(Matrix, (first, _turning(m, 0, 2), last), right.label)


def sum_of_second_slopes(m: Match) -> Expression:
    """laplacian(f, x, y)  →  ∂^2/∂x^2(f) + ∂^2/∂y^2(f)"""
    return sum_of(second(m["f"], x, x) for x in m.run("xs"))


def sum_of_squared_slopes(m: Match) -> Expression:
    """laplacian(f, x, y)  →  ∂/∂x(f)^2 + ∂/∂y(f)^2, which is wrong"""
    xs = m.run("xs")
    return sum_of(power(slope(m["f"], x, xs), TWO) for x in xs)


def _length_squared(m: Match) -> Expression:
    return sum_of(power(a, TWO) for a in entries(m["v"]))


def along_unit_vector(m: Match) -> Expression | None:
    """directional(f, [[a, b]], x, y)  →  gradient(f, x, y)*[[a], [b]]/sqrt(a^2 + b^2)"""
    return None if not _fits(m) else quotient(_gradient_times(m), call("sqrt", _length_squared(m)))


def not_normalised(m: Match) -> Expression | None:
    """directional(f, [[a, b]], x, y)  →  gradient(f, x, y)*[[a], [b]], which is wrong"""
    return _gradient_times(m) if _fits(m) else None


def slopes_weighted_without_gradient(m: Match) -> Expression | None:
    """directional(f, [[a, b]], x, y)  →  f*a + f*b over the length, which is wrong"""
    if not _fits(m):
        return None
    parts = entries(m["v"])
    return quotient(dot([m["f"]] * len(parts), parts), call("sqrt", _length_squared(m)))


def _fits(m: Match) -> bool:
    return is_vector(m["v"]) and len(entries(m["v"])) == len(m.run("xs"))


def _gradient_times(m: Match) -> Expression:
    return product_of([call("gradient", m["f"], *m.run("xs")), column(entries(m["v"]))])


def a_direction(m: Match) -> Iterator[Expression]:
    """The zero vector has no direction."""
    yield equation(_length_squared(m), "!=", ZERO)


GRADIENT = Rule(
    "gradient.definition", "gradient(?f, ??xs)", row_of_slopes, given=(_scalar, _variables),
    mistakes=(Mistake("gradient-as-column", column_of_slopes), Mistake("gradient-entries-swapped", slopes_swapped)),
    examples=(("gradient(x^2*y, x, y)", "[[∂/∂x(x^2*y), ∂/∂y(x^2*y)]]"), ("gradient([[x], [y]], x, y)", None)),
)  # fmt: skip
JACOBIAN = Rule(
    "jacobian.definition", "jacobian(?f, ??xs)", component_a_row, given=(_vector, _variables),
    mistakes=(Mistake("jacobian-transposed", component_a_column),),
    examples=(
        ("jacobian([[x*y], [x + y^2]], x, y)", "[[∂/∂x(x*y), ∂/∂y(x*y)], [∂/∂x(x + y^2), ∂/∂y(x + y^2)]]"),
        ("jacobian([[sin(t)], [cos(t)]], t)", "[[d/dt(sin(t))], [d/dt(cos(t))]]"),
        ("jacobian([[x, y], [y, x]], x, y)", None),
    ),
)  # fmt: skip
HESSIAN = Rule(
    "hessian.definition", "hessian(?f, ??xs)", second_slopes, given=(_scalar, _variables), assumes=exchanged_orders,
    mistakes=(Mistake("hessian-only-diagonal", only_the_diagonal),),
    examples=(
        ("hessian(x^2*y, x, y)",
         "[[∂^2/∂x^2(x^2*y), ∂^2/∂x∂y(x^2*y)], [∂^2/∂x∂y(x^2*y), ∂^2/∂y^2(x^2*y)]]"),
        ("hessian([[x], [y]], x, y)", None),
    ),
)  # fmt: skip
DIVERGENCE = Rule(
    "divergence.definition", "divergence(?f, ??xs)", sum_of_slopes, given=(_vector, _variables),
    mistakes=(
        Mistake("divergence-not-added", slopes_not_added),
        Mistake("divergence-by-wrong-variables", divergence_by_wrong_variables),
    ),
    examples=(("divergence([[x*y, x*y^2]], x, y)", "∂/∂x(x*y) + ∂/∂y(x*y^2)"), ("divergence([[x, y]], x)", None)),
)  # fmt: skip
CURL = Rule(
    "curl.definition", "curl(?f, ??xs)", turning, given=(_vector, _variables),
    mistakes=(Mistake("curl-sign", middle_sign_lost),),
    examples=(
        ("curl([[-y, x*y]], x, y)", "∂/∂x(x*y) - ∂/∂y(-y)"),
        ("curl([[y*z, x*z, x*y^2]], x, y, z)",
         "[[∂/∂y(x*y^2) - ∂/∂z(x*z), ∂/∂z(y*z) - ∂/∂x(x*y^2), ∂/∂x(x*z) - ∂/∂y(y*z)]]"),
        ("curl([[x, y]], x, y, z)", None),
    ),
)  # fmt: skip
LAPLACIAN = Rule(
    "laplacian.definition", "laplacian(?f, ??xs)", sum_of_second_slopes, given=(_scalar, _variables),
    mistakes=(Mistake("laplacian-slopes-squared", sum_of_squared_slopes),),
    examples=(("laplacian(x^2*y, x, y)", "∂^2/∂x^2(x^2*y) + ∂^2/∂y^2(x^2*y)"), ("laplacian([[x, y]], x, y)", None)),
)  # fmt: skip
DIRECTIONAL = Rule(
    "directional.definition", "directional(?f, ?v, ??xs)", along_unit_vector, given=(_scalar, _variables),
    assumes=a_direction,
    mistakes=(
        Mistake("direction-not-normalised", not_normalised),
        Mistake("direction-without-gradient", slopes_weighted_without_gradient),
    ),
    examples=(
        ("directional(x^2*y, [[3, 4]], x, y)", "gradient(x^2*y, x, y)*[[3], [4]]/sqrt(3^2 + 4^2)"),
        ("directional(x^2*y, [[3, 4]], x)", None),
    ),
)  # fmt: skip

DEFINITIONS = (GRADIENT, JACOBIAN, HESSIAN, DIVERGENCE, CURL, LAPLACIAN, DIRECTIONAL)
