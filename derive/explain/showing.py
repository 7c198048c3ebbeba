"""How a book writes what is being solved: the equation alone, and dy/dx = … under it."""

from __future__ import annotations

from derive.expressions import (
    Call,
    Derivative,
    Equation,
    Expression,
    Matrix,
    Substitution,
    Symbol,
    integer_value,
    make,
    natural,
    symbol,
)
from derive.trace import Derivation

_EQUATIONS = ("solve", "implicit")


def shown(e: Expression) -> Expression:
    """The equation that is being solved: `solve(2*x + 2*y*p = 0, p)`  →  `2*x + 2*y*p = 0`; a curve as (x, y) = …"""
    if type(e) is Substitution and type(e.operand) is Call and e.operand.label in _EQUATIONS:
        return e.operand.arguments[0]  # at a point: the values are put in when it is solved
    if type(e) is not Call:
        return e
    if e.label == "along":  # first the slope itself, then its change along the curve
        e = e.arguments[0]
        return e.arguments[0] if type(e) is Call and e.label in _EQUATIONS else e
    if e.label == "parametric":
        left, right = make(Matrix, (symbol("x"), symbol("y")), 2), make(Matrix, e.arguments[:2], 2)
        return make(Equation, (left, right), "=")
    return e.arguments[0] if e.label in _EQUATIONS else e


def answered(d: Derivation) -> Expression:
    """The result as the answer to what was asked: `dy/dx = -x/y`."""
    asked = _asked(d.problem)
    return d.result if asked is None or d.outcome != "done" else make(Equation, (asked, d.result), "=")


def _asked(problem: Expression) -> Expression | None:
    """dy/dx, for a curve given by an equation or by a parameter."""
    if type(problem) is not Call or problem.label not in ("implicit", "parametric"):
        return None
    across: Expression
    if problem.label == "implicit":
        y, across, *order = problem.arguments[1:]
    else:
        y, across, order = symbol("y"), symbol("x"), list(problem.arguments[3:])
    if type(y) is not Symbol:
        return None
    n = natural(integer_value(order[0]) or 1) if order else natural(1)
    return make(Derivative, (make(Call, (across,), y.label), across, n), False)
