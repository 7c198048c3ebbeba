"""Building sums, products, powers and relations while they are read.

A sum or product that may go on is an open list (Terms, Factors), so that a wide one is built once.
"""

from __future__ import annotations

from typing import Any

from derive.expressions import (
    Call, Derivative, Equation, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, make, symbols,
)  # fmt: skip


DEEPEST_UNNAMED = 200  # in deeper expressions the variable is not looked for: it must be named


class Slip(Exception):
    """A mistake that only shows once the parts are known; `at` is an offset into the text."""

    def __init__(self, message: str, at: int, suggestion: str | None = None, kind: str = "read") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.suggestion = suggestion
        self.kind = kind


class Terms(list[Expression]):
    """An open sum."""


class Factors(list[Expression]):
    """An open product."""


class Related(tuple[Expression, str, Expression]):
    """A relation without brackets: an argument of `at` and `piecewise`, but not of `sin`."""

    __slots__ = ()


def closed(value: Any) -> Any:
    """The expression that an open list or relation stands for."""
    kind = type(value)
    if kind is Terms:
        return make(Sum, tuple(value))
    if kind is Factors:
        return make(Product, tuple(value))
    if kind is Related:
        return make(Equation, (value[0], value[2]), value[1])
    return value


whole = bracket = closed


def add(left: Any, right: Any) -> Any:
    if type(left) is Terms:
        left.append(closed(right))
        return left
    return Terms((closed(left), closed(right)))


def subtract(left: Any, right: Any) -> Any:
    return add(left, make(Negation, (closed(right),)))


def negate(value: Any) -> Any:
    return make(Negation, (closed(value),))


def unchanged(value: Any) -> Any:
    return closed(value)


def times(left: Any, right: Any) -> Any:
    if type(left) is Factors:
        left.append(right)
        return left
    return Factors((left, right))


def divide(left: Any, right: Any) -> Any:
    return make(Quotient, (closed(left), right))


def modulo(left: Any, right: Any) -> Any:
    return make(Call, (closed(left), right), "mod")


def power(base: Any, exponent: Any) -> Any:
    return make(Power, (base, exponent))


def factorial(value: Any) -> Any:
    return make(Call, (value,), "factorial")


def absolute(value: Any) -> Any:
    return make(Call, (closed(value),), "abs")


def floor(value: Any) -> Any:
    return make(Call, (closed(value),), "floor")


def ceiling(value: Any) -> Any:
    return make(Call, (closed(value),), "ceil")


def relation(left: Any, sign: str, right: Any) -> Any:
    return Related((closed(left), sign, closed(right)))


def primed(value: Any, count: int) -> Any:
    """(u)' by its only variable; y' of a name, which depends on x (on t where the name is x)."""
    value = closed(value)
    if type(value) is Symbol:
        by = make(Symbol, (), "t" if value.label == "x" else "x")
        return make(Call, (by,), (value.label, (count,)))
    names = symbols(value) if value.depth <= DEEPEST_UNNAMED else set()
    if len(names) != 1:
        listed = ", ".join(sorted(names)) or "none"
        raise Slip(f"a prime needs one variable, here: {listed}", -1, "write d/dx(…) with the variable", "name")
    return make(Derivative, (value, make(Symbol, (), names.pop()), make(Number, (), count)), False)


def list_of(value: Any) -> list[Any]:
    return [closed(value)]


def list_and(values: list[Any], value: Any) -> list[Any]:
    values.append(closed(value))
    return values


class Mixed(list[Any]):
    """Arguments among which a relation stands without brackets."""


def argument_list(value: Any) -> list[Any]:
    return Mixed((closed(value),)) if type(value) is Related else [closed(value)]


def argument_and(values: list[Any], value: Any) -> list[Any]:
    if type(value) is Related and type(values) is not Mixed:
        values = Mixed(values)
    values.append(closed(value))
    return values


def list_end(values: list[Any]) -> list[Any]:
    return values
