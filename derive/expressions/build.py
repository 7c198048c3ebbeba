"""Short constructors for code that builds expressions, and the reading of exact rational values."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.errors import LimitError
from derive.expressions.base import Expression, make
from derive.expressions.nodes import Call, Constant, Negation, Number, Power, Product, Quotient, Sum, Symbol
from derive.expressions.structures import Derivative, Equation

ZERO = make(Number, (), 0)
ONE = make(Number, (), 1)
TWO = make(Number, (), 2)
E = make(Constant, (), "e")
PI = make(Constant, (), "pi")
_NATURAL = (ZERO, ONE, TWO)


MAX_NUMBER_BITS = 14_000  # 4,214 digits: CPython prints 4,300; a literal may have 4,000


def natural(n: int) -> Expression:
    """The number n ≥ 0; LimitError where it has too many digits to be written."""
    if n.bit_length() > MAX_NUMBER_BITS:
        raise LimitError("a number has more than 4,200 digits", limit="digits", value=4200)
    return _NATURAL[n] if n < len(_NATURAL) else make(Number, (), n)


def rational(q: Fraction | int) -> Expression:
    """q as a textbook writes it: 3, -3, 3/4, -3/4 (signs are negations, fractions quotients)."""
    if q < 0:
        return make(Negation, (rational(-q),))
    if q.denominator == 1:
        return natural(int(q))
    return make(Quotient, (natural(q.numerator), natural(q.denominator)))


def rational_value(e: Expression) -> Fraction | int | None:
    """The value of 3, -3, 3/4, -3/4, 0.75, (-3)/4; None for anything else, and for n/0."""
    sign = 1
    kind = type(e)
    while kind is Negation:
        sign = -sign
        e = e.arguments[0]
        kind = type(e)
    if kind is Number:
        return sign * e.value  # type: ignore[attr-defined, no-any-return]  # a Number
    if kind is Quotient:
        top, bottom = e.arguments
        if type(top) is Negation:
            sign = -sign
            top = top.arguments[0]
        if type(top) is Number and type(bottom) is Number and bottom.value:
            value = Fraction(sign * top.value) / bottom.value
            return value.numerator if value.denominator == 1 else value
    return None


def integer_value(e: Expression) -> int | None:
    """The value of an integer literal or its negation, else None."""
    if type(e) is Number:
        return e.label if type(e.label) is int else None
    if type(e) is Negation:
        inner = e.arguments[0]
        return -inner.label if type(inner) is Number and type(inner.label) is int else None
    return None


def symbol(name: str) -> Expression:
    return make(Symbol, (), name)


def negation(e: Expression) -> Expression:
    return make(Negation, (e,))


def quotient(a: Expression, b: Expression) -> Expression:
    return make(Quotient, (a, b))


def power(a: Expression, b: Expression) -> Expression:
    return make(Power, (a, b))


def call(name: str, *arguments: Expression) -> Expression:
    return make(Call, arguments, name)


def sum_of(terms: Iterable[Expression]) -> Expression:
    """The sum of terms; a single term is itself, no term is 0."""
    terms = tuple(terms)
    return make(Sum, terms) if len(terms) > 1 else terms[0] if terms else ZERO


def product_of(factors: Iterable[Expression]) -> Expression:
    """The product of factors; a single factor is itself, no factor is 1."""
    factors = tuple(factors)
    return make(Product, factors) if len(factors) > 1 else factors[0] if factors else ONE


def derivative(u: Expression, x: Expression, *, partial: bool = False) -> Expression:
    """The operator d/dx, or ∂/∂x, applied once to u."""
    return make(Derivative, (u, x, ONE), partial)


def equation(left: Expression, relation: str, right: Expression) -> Expression:
    return make(Equation, (left, right), relation)
