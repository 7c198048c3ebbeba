"""Building derivatives, limits, evaluations, matrices and what LaTeX adds to them."""

from __future__ import annotations

from typing import Any

from derive.expressions import (
    Call, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Product, Quotient, Substitution,
    Sum, Symbol, make, symbols,
)  # fmt: skip
from derive.notation.building import DEEPEST_UNNAMED, Slip, closed


def derivative(operator: tuple[Any, ...], operand: Any) -> Expression:
    partial, total, under, _, at = operator
    parts: list[Expression] = []
    for variable, order in under:
        parts += (variable, order)
    _check_orders(total, parts[1::2], len(under), at)
    return make(Derivative, (closed(operand), *parts), partial)


def _check_orders(total: Expression, orders: list[Expression], count: int, at: int) -> None:
    naturals = [n.label for n in orders if type(n) is Number and type(n.label) is int]
    if len(naturals) == count and type(total) is Number:
        if sum(naturals) != total.label:
            raise Slip(f"the order above is {total.label}, below it is {sum(naturals)}", at)
    elif count == 1 and total != orders[0]:
        raise Slip("the orders above and below differ", at)


def no_direction() -> str:
    return ""


def limit(variable: Expression, point: Any, direction: str, operand: Any) -> Expression:
    return make(Limit, (closed(operand), variable, closed(point)), direction)


limit_below = limit


def evaluated(operand: Any, assignments: list[Expression]) -> Expression:
    """u|_{x = 2}, or u|_{2} by the only variable of u."""
    operand = closed(operand)
    parts = [operand]
    for assignment in assignments:
        if type(assignment) is Equation and assignment.label == "=" and type(assignment.arguments[0]) is Symbol:
            parts += assignment.arguments
            continue
        names = symbols(operand) if operand.depth <= DEEPEST_UNNAMED else set()
        if type(assignment) is Equation or len(assignments) > 1 or len(names) != 1:
            raise Slip("needs x = value after the bar", -1)
        parts += (make(Symbol, (), names.pop()), assignment)
    return make(Substitution, tuple(parts))


def row_vector(entries: list[Expression]) -> Expression:
    """[a, b] is a row; [a] alone is a bracket."""
    return entries[0] if len(entries) == 1 else make(Matrix, tuple(entries), len(entries))


def row(entries: list[Expression]) -> list[Expression]:
    return entries


def matrix(rows: list[list[Expression]]) -> Expression:
    return matrix_lines(rows)


def matrix_lines(rows: list[list[Expression]]) -> Expression:
    if len({len(r) for r in rows}) != 1:
        raise Slip("the rows of a matrix have different lengths", -1)
    return make(Matrix, tuple(entry for r in rows for entry in r), len(rows[0]))


def cases(lines: list[list[Expression]]) -> Expression:
    parts: list[Expression] = []
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        if len(line) == 1 and last:
            parts.append(line[0])
        elif len(line) == 2 and type(line[1]) is Equation:
            parts += line
        elif len(line) == 2 and last and type(line[1]) is Symbol and line[1].label == "otherwise":
            parts.append(line[0])
        else:
            raise Slip("each case is a value, &, and a condition", -1)
    return make(Piecewise, tuple(parts)) if len(parts) > 1 else parts[0]


def fraction(top: Any, bottom: Any) -> Expression:
    return make(Quotient, (closed(top), closed(bottom)))


over = fraction


def square_root(value: Any) -> Expression:
    return make(Call, (closed(value),), "sqrt")


def cube_root(value: Any) -> Expression:
    return make(Call, (closed(value),), "cbrt")


def nth_root(index: Any, value: Any) -> Expression:
    return make(Call, (closed(value), closed(index)), "root")


def binomial(n: Any, k: Any) -> Expression:
    """n over k, by factorials."""
    n, k = closed(n), closed(k)
    rest = make(Call, (make(Sum, (n, make(Negation, (k,)))),), "factorial")
    return make(Quotient, (make(Call, (n,), "factorial"), make(Product, (make(Call, (k,), "factorial"), rest))))
