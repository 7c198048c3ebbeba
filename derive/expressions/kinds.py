"""The closed set of kinds of nodes, by their names."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions.base import Expression, Label
from derive.expressions.binders import Integral, Summation
from derive.expressions.nodes import Call, Constant, Negation, Number, Power, Product, Quotient, Sum, Symbol
from derive.expressions.structures import Derivative, Equation, Limit, Matrix, Piecewise, Substitution

KINDS: dict[str, type[Expression]] = {
    c.kind: c
    for c in (
        Number, Constant, Symbol, Sum, Product, Quotient, Power, Negation, Call, Derivative, Limit, Substitution,
        Matrix, Equation, Piecewise, Integral, Summation,
    )
}  # fmt: skip


def validated(kind: str, arguments: tuple[Expression, ...], label: Label) -> Expression:
    """A node of a kind by its validating constructor; ValueError says what is wrong with its parts."""
    construct: Callable[..., Expression] = KINDS[kind]
    return construct(arguments, label)
