"""Fields and directions: divergence, curl, Laplacian, directional derivative."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    TWO, ZERO, Expression, Matrix, call, equation, make, negation, power, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.multivariable import a_function, a_vector, by_variables, second, slope
from derive.rules.shapes import column, dot, entries, is_vector, row


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


DIVERGENCE = Rule(
    "divergence.definition", "divergence(?f, ??xs)", sum_of_slopes, given=(a_vector, by_variables),
    mistakes=(
        Mistake("divergence-not-added", slopes_not_added),
        Mistake("divergence-by-wrong-variables", divergence_by_wrong_variables),
    ),
    examples=(("divergence([[x*y, x*y^2]], x, y)", "∂/∂x(x*y) + ∂/∂y(x*y^2)"), ("divergence([[x, y]], x)", None)),
)  # fmt: skip
CURL = Rule(
    "curl.definition", "curl(?f, ??xs)", turning, given=(a_vector, by_variables),
    mistakes=(Mistake("curl-sign", middle_sign_lost),),
    examples=(
        ("curl([[-y, x*y]], x, y)", "∂/∂x(x*y) - ∂/∂y(-y)"),
        ("curl([[y*z, x*z, x*y^2]], x, y, z)",
         "[[∂/∂y(x*y^2) - ∂/∂z(x*z), ∂/∂z(y*z) - ∂/∂x(x*y^2), ∂/∂x(x*z) - ∂/∂y(y*z)]]"),
        ("curl([[x, y]], x, y, z)", None),
    ),
)  # fmt: skip
LAPLACIAN = Rule(
    "laplacian.definition", "laplacian(?f, ??xs)", sum_of_second_slopes, given=(a_function, by_variables),
    mistakes=(Mistake("laplacian-slopes-squared", sum_of_squared_slopes),),
    examples=(("laplacian(x^2*y, x, y)", "∂^2/∂x^2(x^2*y) + ∂^2/∂y^2(x^2*y)"), ("laplacian([[x, y]], x, y)", None)),
)  # fmt: skip
DIRECTIONAL = Rule(
    "directional.definition", "directional(?f, ?v, ??xs)", along_unit_vector, given=(a_function, by_variables),
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

FIELDS = (DIVERGENCE, CURL, LAPLACIAN, DIRECTIONAL)
