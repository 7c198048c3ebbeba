"""Lines through a point of a curve: what a tangent and a normal are, of a function and of a relation.

tangent to f at x = a         y = tangent(f, x, a)
normal to f at x = a          y = f(a) - (x - a)/f'(a)
tangent to e at (a, b)        y = b + (dy/dx at the point)*(x - a)
"""

from __future__ import annotations

from typing import TypeAlias

from derive.expressions import (
    ZERO, Equation, Expression, Substitution, call, derivative, equation, make, negation, product_of, quotient, sum_of,
    symbol, symbols,
)  # fmt: skip

Pairs: TypeAlias = tuple[tuple[str, Expression], ...]
"""x = a, y = b"""
Found: TypeAlias = tuple[str, Expression, tuple[str, ...]] | tuple[str, Expression, tuple[str, ...], Pairs, Pairs]
"""Task, expression, variables; what stands for what, and the values of a point that are to be compared."""


def touching(
    f: Expression, point: list[tuple[Expression, Expression]], name: str = ""
) -> tuple[str, Expression, tuple[str, ...]]:
    """y = tangent(f, x, a), z = tangent(f, x, a, y, b); the letter is one that is free."""
    xs = tuple(str(x.label) for x, _ in point)
    line = call("tangent", f, *[e for pair in point for e in pair])
    return "tangent", _named(line, symbols(f) | set(xs), name, "y" if len(point) == 1 else "z"), xs


def crossing(
    f: Expression, place: tuple[Expression, Expression], name: str = ""
) -> tuple[str, Expression, tuple[str, ...]]:
    """y = at(f, x = a) - (x - a)/at(d/dx(f), x = a): the line at a right angle to the tangent."""
    x, a = place
    across = quotient(_distance(x, a), make(Substitution, (derivative(f, x), x, a)))
    line = sum_of((make(Substitution, (f, x, a)), negation(across)))
    return "tangent", _named(line, symbols(f) | {str(x.label)}, name, "y"), (str(x.label),)


def tangent_to_relation(e: Equation, point: tuple[Expression, Expression]) -> Found:
    """y = at(implicit(e, y, x), x = a, y = b)*(x - a) + b"""
    slope, x, y = _slope(e, point)
    line = sum_of((product_of((slope, _distance(x, point[0]))), point[1]))
    return "tangent", equation(y, "=", line), ("x", "y"), (), ()


def normal_to_relation(e: Equation, point: tuple[Expression, Expression]) -> Found:
    """y = b - (x - a)/at(implicit(e, y, x), x = a, y = b)"""
    slope, x, y = _slope(e, point)
    line = sum_of((point[1], negation(quotient(_distance(x, point[0]), slope))))
    return "tangent", equation(y, "=", line), ("x", "y"), (), ()


def _slope(e: Equation, point: tuple[Expression, Expression]) -> tuple[Expression, Expression, Expression]:
    x, y = symbol("x"), symbol("y")
    return make(Substitution, (call("implicit", e, y, x), x, point[0], y, point[1])), x, y


def _distance(x: Expression, a: Expression) -> Expression:
    return x if a == ZERO else sum_of((x, negation(a)))


def _named(line: Expression, taken: set[str] | frozenset[str], name: str, usual: str) -> Expression:
    free = [n for n in (name, usual, "z", "w", "u") if n and n not in taken]
    return equation(symbol(free[0]), "=", line) if free else line
