"""The definitions of several variables: gradient, Jacobian, Hessian.

The gradient is a row vector, the Jacobian of f: Rⁿ → Rᵐ an m×n matrix (Mathematics for Machine Learning, chapter 5).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, OPERATORS, TWO, ZERO, Call, Derivative, Expression, Matrix, Symbol, derivative, equation, make,
    postorder, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.conditions import satisfies
from derive.rules.model import Match, Mistake, Rule
from derive.rules.shapes import entries, is_vector, row, transposed

by_variables = satisfies("xs are variables", lambda m: all(type(x) is Symbol for x in m.run("xs")))
a_function = satisfies("f is one function", lambda m: type(m["f"]) is not Matrix)
a_vector = satisfies("f is a row or a column", lambda m: is_vector(m["f"]))


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


GRADIENT = Rule(
    "gradient.definition", "gradient(?f, ??xs)", row_of_slopes, given=(a_function, by_variables),
    mistakes=(Mistake("gradient-as-column", column_of_slopes), Mistake("gradient-entries-swapped", slopes_swapped)),
    examples=(("gradient(x^2*y, x, y)", "[[∂/∂x(x^2*y), ∂/∂y(x^2*y)]]"), ("gradient([[x], [y]], x, y)", None)),
)  # fmt: skip
JACOBIAN = Rule(
    "jacobian.definition", "jacobian(?f, ??xs)", component_a_row, given=(a_vector, by_variables),
    mistakes=(Mistake("jacobian-transposed", component_a_column),),
    examples=(
        ("jacobian([[x*y], [x + y^2]], x, y)", "[[∂/∂x(x*y), ∂/∂y(x*y)], [∂/∂x(x + y^2), ∂/∂y(x + y^2)]]"),
        ("jacobian([[sin(t)], [cos(t)]], t)", "[[d/dt(sin(t))], [d/dt(cos(t))]]"),
        ("jacobian([[x, y], [y, x]], x, y)", None),
    ),
)  # fmt: skip
HESSIAN = Rule(
    "hessian.definition", "hessian(?f, ??xs)", second_slopes,
    given=(a_function, by_variables), assumes=exchanged_orders,
    mistakes=(Mistake("hessian-only-diagonal", only_the_diagonal),),
    examples=(
        ("hessian(x^2*y, x, y)",
         "[[∂^2/∂x^2(x^2*y), ∂^2/∂x∂y(x^2*y)], [∂^2/∂x∂y(x^2*y), ∂^2/∂y^2(x^2*y)]]"),
        ("hessian([[x], [y]], x, y)", None),
    ),
)  # fmt: skip
DEFINITIONS = (GRADIENT, JACOBIAN, HESSIAN)
