"""Factors as base and numeric exponent, exponentials included: x^3 is (x, 3), e^(2*t) is (e^t, 2), x is (x, 1)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.expressions import (
    ONE, Call, Constant, Expression, Negation, Number, Power, Product, Quotient, Sum, call, negation, power,
    product_of, quotient, rational, rational_value,
)  # fmt: skip
from derive.rules.arithmetic import written

if TYPE_CHECKING:
    from derive.rules.facts import Facts


def split_power(f: Expression) -> tuple[Expression, Fraction | int]:
    """The base and the exponent of a factor."""
    if type(f) is not Power:
        if type(f) is Call and f.label == "exp":
            c, body = split_coefficient(f.arguments[0])
            return (call("exp", body), c) if body != ONE else (f, 1)
        return f, 1
    base, exponent = f.arguments
    n = rational_value(exponent)
    if n is not None:
        return (base, n) if type(base) is not Number else (f, 1)
    if type(base) is Constant or type(base) is Number:
        c, body = split_coefficient(exponent)
        return (power(base, body), c) if body != ONE else (f, 1)
    return f, 1


def raised(base: Expression, n: Fraction | int) -> Expression:
    """The factor with that base and exponent: the inverse of split_power; 1 for the exponent 0.

    A root of a power of a letter stays one: (x^(2/3))^(1/2) is x^(1/3) only where x is positive.
    """
    if n == 0:
        return ONE
    if n == 1:
        return base
    if type(base) is Call and base.label == "exp":
        return call("exp", with_coefficient(n, base.arguments[0]))
    if type(base) is Power:
        inner, exponent = base.arguments
        if type(inner) in (Number, Constant) or rational_value(exponent) is None or Fraction(n).denominator == 1:
            return power(inner, with_coefficient(n, exponent))
    return power(base, rational(n))


def factors_of(e: Expression) -> tuple[Expression, ...]:
    return e.arguments if type(e) is Product else (e,)


def has_sum(term: Expression) -> bool:
    """Whether a factor of a term is a sum or a power of one."""
    while type(term) is Negation:
        term = term.arguments[0]
    return Sum in [type(f.arguments[0] if type(f) is Power else f) for f in factors_of(term)]


def powers_of(term: Expression, facts: Facts) -> dict[Expression, Fraction | int]:
    """The bases of a term's factors with their exponents; its number and its sign are left out.

    Bases that differ in the order of terms only are one: (x + 1)*(1 + x) has x + 1 with the exponent 2.
    """
    while type(term) is Negation:
        term = term.arguments[0]
    found: dict[Expression, Fraction | int] = {}
    for f in term.arguments if type(term) is Product else (term,):
        kind = type(f)
        if kind is Number or (kind in _MAYBE_NUMBERS and rational_value(f) is not None):
            continue
        base, n = split_power(f) if kind in _WITH_EXPONENT else (f, 1)
        if base.arguments:
            base = facts.representative(base)  # a letter is its own
        found[base] = found.get(base, 0) + n
    return found


_MAYBE_NUMBERS = frozenset((Negation, Quotient))
_WITH_EXPONENT = frozenset((Power, Call))


def lowered(term: Expression, by: dict[Expression, Fraction | int], facts: Facts) -> Expression:
    """`term` divided by powers of its bases: x^3*y with {x: 2} is x*y."""
    if type(term) is Negation:
        return negation(lowered(term.arguments[0], by, facts))
    left = dict(by)
    factors = []
    for f in factors_of(term):
        if rational_value(f) is not None:
            factors.append(f)
            continue
        base, n = split_power(f)
        less = left.pop(facts.representative(base), 0)
        new = raised(base, n - less) if less else f
        if new != ONE:
            factors.append(new)
    return product_of(factors)


def split_coefficient(term: Expression) -> tuple[Fraction | int, Expression]:
    """3*x → (3, x), -x/2 → (-1/2, x), 5 → (5, 1), 2/(3*x) → (2/3, 1/x)."""
    sign = 1
    while type(term) is Negation:
        sign = -sign
        term = term.arguments[0]
    value = rational_value(term)
    if value is not None:
        return sign * value, ONE
    if type(term) is Product:
        first = rational_value(term.arguments[0])
        return (sign, term) if first is None else (sign * first, product_of(term.arguments[1:]))
    if type(term) is Quotient:
        top, bottom = term.arguments
        a, above = split_coefficient(top)
        b, below = split_coefficient(bottom)
        if b == 0 or (a == 1 and b == 1):
            return sign, term
        ratio = Fraction(a) / b
        body = above if below == ONE else quotient(above, below)
        return sign * (ratio.numerator if ratio.denominator == 1 else ratio), body
    return sign, term


def are_unlike(terms: tuple[Expression, ...]) -> bool:
    """Whether it is seen at once that no two terms differ in their numbers alone, or in the order in them."""
    outlines = {_outline(t) for t in terms}
    return None not in outlines and len(outlines) == len(terms)


def _outline(term: Expression) -> int | None:
    """A number that depends on what `split_coefficient` leaves of a term, on no order; None where it is not seen."""
    while type(term) is Negation:
        term = term.arguments[0]
    total = 0
    for sign, side in enumerate(term.arguments if type(term) is Quotient else (term,)):
        while type(side) is Negation:
            side = side.arguments[0]
        for f in side.arguments if type(side) is Product else (side,):
            kind = type(f)
            if kind is Number:
                if not f.label or type(f.label) is str:
                    return None
            elif kind in _TAKEN_APART:
                return None
            else:
                total += hash((kind, f.label, f.depth, sign))
    return total


_TAKEN_APART = frozenset((Product, Quotient, Negation))
"""Factors in which numbers may stand that belong to the whole."""


def with_coefficient(coefficient: Fraction | int, body: Expression, *, point: bool = False) -> Expression:
    """(3, x) → 3*x, (-1/2, x) → -x/2, (2/3, 1/x) → 2/(3*x); with a point (3/4, x) → 0.75*x."""
    if coefficient < 0:
        return negation(with_coefficient(-coefficient, body, point=point))
    if point and body != ONE:
        number = written(coefficient, point=True)
        if number is not None and type(number) is Number and not isinstance(number.label, int):
            return product_of([number, *factors_of(body)])
    if coefficient == 1:
        return body
    if body == ONE:
        return rational(coefficient)
    top, bottom = body.arguments if type(body) is Quotient else (body, ONE)
    above = top if coefficient.numerator == 1 else _times(coefficient.numerator, top)
    below = bottom if coefficient.denominator == 1 else _times(coefficient.denominator, bottom)
    return above if below == ONE else quotient(above, below)


def _times(n: int, e: Expression) -> Expression:
    return rational(n) if e == ONE else product_of([rational(n), *factors_of(e)])
