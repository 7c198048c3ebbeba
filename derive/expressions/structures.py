"""Nodes beyond arithmetic: derivative, limit and substitution, matrices, relations and what is given in pieces."""

from __future__ import annotations

from typing import ClassVar

from derive.expressions.base import Expression, Label
from derive.expressions.nodes import Symbol

RELATIONS = ("=", "!=", "<", "<=", ">", ">=")
DIRECTIONS = ("", "+", "-")


class Derivative(Expression):
    """The operator d/dx or ∂/∂x (label True = partial); arguments are operand, variable, order, variable, order, …

    The variables stand in written order: ∂²/∂x∂y u is ∂/∂x(∂/∂y u).
    """

    __slots__ = ()
    kind: ClassVar[str] = "derivative"
    operators: ClassVar[frozenset[Label]] = frozenset((True, False))

    def problem(self) -> str | None:
        if len(self.arguments) < 3 or len(self.arguments) % 2 == 0:
            return "needs an operand, then a variable and an order for each variable"
        if not isinstance(self.label, bool):
            return "needs the label True (partial) or False"
        if not all(isinstance(v, Symbol) for v in self.arguments[1::2]):
            return "is taken with respect to symbols"
        return None

    @property
    def operand(self) -> Expression:
        return self.arguments[0]

    @property
    def variables(self) -> tuple[tuple[Expression, Expression], ...]:
        """(variable, order) pairs, as written."""
        return tuple(zip(self.arguments[1::2], self.arguments[2::2], strict=True))

    @property
    def partial(self) -> bool:
        return bool(self.label)


class Limit(Expression):
    """lim operand as variable → point; label "" (two-sided), "+" or "-"."""

    __slots__ = ()
    kind: ClassVar[str] = "limit"
    operators: ClassVar[frozenset[Label]] = frozenset(DIRECTIONS)

    def problem(self) -> str | None:
        if len(self.arguments) != 3 or not isinstance(self.arguments[1], Symbol):
            return "needs an operand, a symbol and a point"
        return None if self.label in DIRECTIONS else "has the direction '', '+' or '-'"

    @property
    def operand(self) -> Expression:
        return self.arguments[0]

    @property
    def variable(self) -> Expression:
        return self.arguments[1]

    @property
    def point(self) -> Expression:
        return self.arguments[2]


class Substitution(Expression):
    """operand evaluated at variable = value, …; arguments are operand, variable, value, variable, value, …"""

    __slots__ = ()
    kind: ClassVar[str] = "substitution"

    def problem(self) -> str | None:
        if len(self.arguments) < 3 or len(self.arguments) % 2 == 0 or self.label is not None:
            return "needs an operand, then a variable and a value for each variable"
        return None if all(isinstance(v, Symbol) for v in self.arguments[1::2]) else "replaces symbols"

    @property
    def operand(self) -> Expression:
        return self.arguments[0]

    @property
    def assignments(self) -> tuple[tuple[Expression, Expression], ...]:
        return tuple(zip(self.arguments[1::2], self.arguments[2::2], strict=True))


class Matrix(Expression):
    """Entries row by row; label is the number of columns. A row vector is 1×n."""

    __slots__ = ()
    kind: ClassVar[str] = "matrix"

    def problem(self) -> str | None:
        columns = self.label
        if isinstance(columns, bool) or not isinstance(columns, int) or columns < 1 or not self.arguments:
            return "needs entries and a number of columns"
        return "needs rows of equal length" if len(self.arguments) % columns else None

    @property
    def columns(self) -> int:
        return int(self.label)  # type: ignore[arg-type]

    @property
    def rows(self) -> tuple[tuple[Expression, ...], ...]:
        n = self.columns
        return tuple(self.arguments[i : i + n] for i in range(0, len(self.arguments), n))


class Equation(Expression):
    """left = right, or another relation (label: =, !=, <, <=, >, >=)."""

    __slots__ = ()
    kind: ClassVar[str] = "equation"

    def problem(self) -> str | None:
        if len(self.arguments) != 2:
            return "needs two sides"
        return None if self.label in RELATIONS else f"has a relation among {' '.join(RELATIONS)}"

    @property
    def left(self) -> Expression:
        return self.arguments[0]

    @property
    def right(self) -> Expression:
        return self.arguments[1]

    @property
    def relation(self) -> str:
        return str(self.label)


class Piecewise(Expression):
    """value, condition, value, condition, …, and a last value that holds otherwise when their number is odd."""

    __slots__ = ()
    kind: ClassVar[str] = "piecewise"

    def problem(self) -> str | None:
        if len(self.arguments) < 2 or self.label is not None:
            return "needs a value and a condition"
        return None if all(isinstance(c, Equation) for c in self.arguments[1::2]) else "has relations for conditions"

    @property
    def pieces(self) -> tuple[tuple[Expression, Expression], ...]:
        return tuple(zip(self.arguments[0::2], self.arguments[1::2], strict=False))

    @property
    def otherwise(self) -> Expression | None:
        return self.arguments[-1] if len(self.arguments) % 2 else None
