"""The nodes of algebra, of the closed set an expression is made of: immutable, faithful to what was written.

Every node has its children in `arguments` and everything else in `label`; named views (`terms`, `numerator`, …) read
those two.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from derive.expressions.base import Expression, Label

CONSTANTS = ("e", "pi", "infinity")
OPERATORS: frozenset[Label] = frozenset(
    (
        "gradient jacobian hessian divergence curl laplacian directional chain transpose differential "
        "tangent taylor implicit solve along parametric inverse"
    ).split()
)
"""Calls of these names are operators, like Derivative and Limit: `gradient(x^2*y, x, y)`."""


class Number(Expression):
    """A number as typed: a natural number (label int), or a decimal as it is spelled (label str, `0.50`)."""

    __slots__ = ()
    kind: ClassVar[str] = "number"

    def problem(self) -> str | None:
        if self.arguments:
            return "has no children"
        if isinstance(self.label, bool) or not isinstance(self.label, (int, str)):
            return "needs an int or a decimal spelling"
        if isinstance(self.label, int):
            return "is never negative: write Negation(Number)" if self.label < 0 else None
        return None if is_decimal(self.label) else f"{self.label!r} is not a decimal number"

    @property
    def value(self) -> int | Fraction:
        return self.label if type(self.label) is int else Fraction(str(self.label))


class Constant(Expression):
    """π, e or ∞."""

    __slots__ = ()
    kind: ClassVar[str] = "constant"

    def problem(self) -> str | None:
        return None if self.label in CONSTANTS and not self.arguments else f"is one of {', '.join(CONSTANTS)}"

    @property
    def name(self) -> str:
        return str(self.label)


class Symbol(Expression):
    """A variable or parameter: `x`, `x_1`, `alpha`; in patterns `?u` and `??rest`."""

    __slots__ = ()
    kind: ClassVar[str] = "symbol"

    def problem(self) -> str | None:
        return None if isinstance(self.label, str) and self.label and not self.arguments else "needs a name"

    @property
    def name(self) -> str:
        return str(self.label)


class Sum(Expression):
    """Two or more terms; `a - b` is Sum(a, Negation(b))."""

    __slots__ = ()
    kind: ClassVar[str] = "sum"

    def problem(self) -> str | None:
        return None if len(self.arguments) >= 2 and self.label is None else "needs two terms or more"

    @property
    def terms(self) -> tuple[Expression, ...]:
        return self.arguments


class Product(Expression):
    """Two or more factors."""

    __slots__ = ()
    kind: ClassVar[str] = "product"

    def problem(self) -> str | None:
        return None if len(self.arguments) >= 2 and self.label is None else "needs two factors or more"

    @property
    def factors(self) -> tuple[Expression, ...]:
        return self.arguments


class Quotient(Expression):
    """numerator / denominator."""

    __slots__ = ()
    kind: ClassVar[str] = "quotient"

    def problem(self) -> str | None:
        return None if len(self.arguments) == 2 and self.label is None else "needs a numerator and a denominator"

    @property
    def numerator(self) -> Expression:
        return self.arguments[0]

    @property
    def denominator(self) -> Expression:
        return self.arguments[1]


class Power(Expression):
    """base ^ exponent."""

    __slots__ = ()
    kind: ClassVar[str] = "power"

    def problem(self) -> str | None:
        return None if len(self.arguments) == 2 and self.label is None else "needs a base and an exponent"

    @property
    def base(self) -> Expression:
        return self.arguments[0]

    @property
    def exponent(self) -> Expression:
        return self.arguments[1]


class Negation(Expression):
    """-operand."""

    __slots__ = ()
    kind: ClassVar[str] = "negation"

    def problem(self) -> str | None:
        return None if len(self.arguments) == 1 and self.label is None else "needs one operand"

    @property
    def operand(self) -> Expression:
        return self.arguments[0]


class Call(Expression):
    """A function at arguments; label is its name, or (name, orders) for a partial derivative of an abstract one.

    `f''(x)` is Call((x,), ("f", (2,))); `D[1](f)(x, y)` is Call((x, y), ("f", (1, 0))).
    """

    __slots__ = ()
    kind: ClassVar[str] = "call"
    operators: ClassVar[frozenset[Label]] = OPERATORS

    def problem(self) -> str | None:
        if not self.arguments:
            return "needs an argument"
        if isinstance(self.label, str):
            return None if self.label else "needs a name"
        if not (isinstance(self.label, tuple) and len(self.label) == 2 and isinstance(self.label[1], tuple)):
            return "needs a name, or a name and one order per argument"
        orders = self.label[1]
        if len(orders) != len(self.arguments) or not all(isinstance(n, int) and n >= 0 for n in orders):
            return "needs one order per argument"
        return None if any(orders) else "orders are not all zero: use the plain name"

    @property
    def name(self) -> str:
        return self.label if isinstance(self.label, str) else str(self.label[0])  # type: ignore[index]

    @property
    def orders(self) -> tuple[int, ...]:
        """How often it is differentiated in each argument; all zero for a plain call."""
        return (0,) * len(self.arguments) if isinstance(self.label, str) else tuple(self.label[1])  # type: ignore[index]


def is_decimal(spelling: str) -> bool:
    """Whether `spelling` is a decimal number with a point or an exponent, in ASCII digits: `0.5`, `.5`, `1e-3`."""
    mantissa, e, exponent = spelling.replace("E", "e").partition("e")
    whole, point, part = mantissa.partition(".")
    if not (whole + part).isdigit() or not (whole + part).isascii() or not (point or e):
        return False
    digits = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    return digits.isdigit() and digits.isascii() and len(digits) <= 6 if e else True
