"""A function of the angle that another one's inverse gives: sin(acos(x)) is a leg of the triangle, sqrt(1 - x^2)."""

from __future__ import annotations

from derive.expressions import ONE, Call, Expression, call, negation, power, quotient, rational, sum_of
from derive.rules.model import Match, Mistake, Rule
from derive.rules.trigonometric_values import inverse_is_defined

_ARCS = ("asin", "acos", "atan")


def _legs(arc: str, u: Expression) -> tuple[Expression, Expression, Expression]:
    """Opposite leg, adjacent leg and hypotenuse of a right triangle with this angle, legs with their signs."""
    square = power(u, rational(2))
    if arc == "atan":
        return u, ONE, call("sqrt", sum_of((ONE, square)))
    other = call("sqrt", sum_of((ONE, negation(square))))
    return (u, other, ONE) if arc == "asin" else (other, u, ONE)


def side_of_triangle(m: Match) -> Expression | None:
    """sin(acos(x))  →  sqrt(1 - x^2),   sec(atan(x))  →  sqrt(1 + x^2)"""
    return on_triangle(m.node)


def on_triangle(e: Expression) -> Expression | None:
    """cos(asin(x))  →  sqrt(1 - x^2), cos(acos(x))  →  x; None for what is no function of such an angle."""
    inner = e.arguments[0] if type(e) is Call else e
    if type(e) is not Call or type(inner) is not Call or inner.label not in _ARCS or e.label not in _SIDES:
        return None
    legs = _legs(str(inner.label), inner.arguments[0])
    above, below = (legs[k] for k in _SIDES[str(e.label)])
    return above if below == ONE else quotient(above, below)


def cancelled(m: Match) -> Expression | None:
    """sin(acos(x))  →  x, as if the two undid each other, which is wrong"""
    return m.node.arguments[0].arguments[0] if side_of_triangle(m) is not None else None


_SIDES = {"sin": (0, 2), "cos": (1, 2), "tan": (0, 1), "cot": (1, 0), "sec": (2, 1), "csc": (2, 0)}
"""Which sides of the triangle stand above and below: the sine is the opposite leg by the hypotenuse."""

TRIANGLE = Rule(
    "trigonometry.of-arc", "?u", side_of_triangle, kind="call", among=_ARCS, assumes=inverse_is_defined,
    mistakes=(Mistake("other-inverse-cancelled", cancelled),),
    examples=(
        ("sin(acos(x))", "sqrt(1 - x^2)"), ("cos(asin(x))", "sqrt(1 - x^2)"), ("tan(asin(x))", "x/sqrt(1 - x^2)"),
        ("sec(atan(2*x))", "sqrt(1 + (2*x)^2)"), ("cos(atan(x))", "1/sqrt(1 + x^2)"), ("asin(cos(x))", None),
    ),
)  # fmt: skip

CALLS = (TRIANGLE,)
