"""Expressions as polynomials in their atoms: letters, roots, calls and everything else that is no sum or product.

Worked out once per distinct node from the leaves up; a negative exponent is a factor of the denominator.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from derive.expressions import (
    ONE, Expression, Negation, Number, Power, Product, Quotient, Sum, fold, integer_value, product_of, quotient,
)  # fmt: skip
from derive.rules.factors import raised, with_coefficient
from derive.rules.order import factor_key

MAX_TERMS = 200  # of a polynomial that is written out; the numerators of textbook quotients have below 20
MAX_EXPONENT = 20  # of a bracket that is written out: (x + h)^20 has 21 terms

Monomial: TypeAlias = frozenset[tuple[Expression, Fraction | int]]
"""The atoms of a term with their exponents."""
Polynomial: TypeAlias = dict[Monomial, Fraction | int]
Memo: TypeAlias = "dict[Expression, Polynomial | None]"
_UNIT: Monomial = frozenset()


def polynomial(e: Expression, memo: Memo | None = None) -> Polynomial | None:
    """e multiplied out, None where that has too many terms: `(x + 1)^2 - 1  →  {x^2: 1, x: 2}`."""
    return fold(e, _combined, memo)


def is_zero(e: Expression) -> bool:
    """Whether e is 0 by multiplying out alone."""
    found = polynomial(e)
    return found is not None and not found


def degree_in(monomial: Monomial, h: Expression) -> Fraction | int:
    """The exponent of h in a term."""
    return dict(monomial).get(h, 0)


def term_of(coefficient: Fraction | int, monomial: Monomial, h: Expression | None = None) -> Expression:
    """One term as a textbook writes it, h behind the other letters: 3*x^2*h, x/(2*y)."""
    above = [raised(a, n) for a, n in monomial if n > 0]
    below = [raised(a, -n) for a, n in monomial if n < 0]
    top, bottom = (product_of(sorted(part, key=lambda f: _key(f, h))) for part in (above, below))
    return with_coefficient(coefficient, top if bottom == ONE else quotient(top, bottom))


def terms_of(p: Polynomial, h: Expression | None = None) -> list[Expression]:
    """The terms of a polynomial by rising powers of h, as they come otherwise."""
    ordered = sorted(p.items(), key=lambda t: degree_in(t[0], h)) if h is not None else list(p.items())
    return [term_of(c, monomial, h) for monomial, c in ordered]


def _key(f: Expression, h: Expression | None) -> tuple[int, str, str]:
    base = f.arguments[0] if type(f) is Power else f
    rank, name = factor_key(f)
    return rank, "2" + name if base == h else name, str(f)


def _combined(node: Expression, parts: list[Polynomial | None]) -> Polynomial | None:
    known = [p for p in parts if p is not None]
    if len(known) < len(parts):
        return None
    match node:
        case Number():
            return {_UNIT: node.value} if node.value else {}
        case Negation():
            return {monomial: -c for monomial, c in known[0].items()}
        case Sum():
            return _added(known)
        case Product():
            return _multiplied(known)
        case Quotient():
            return _divided(node, *known)
        case Power():
            return _raised(node, known[0])
        case _:
            return {frozenset({(node, 1)}): 1}


def _added(parts: list[Polynomial]) -> Polynomial | None:
    total: Polynomial = {}
    for part in parts:
        for monomial, c in part.items():
            total[monomial] = total.get(monomial, 0) + c
        if len(total) > MAX_TERMS:
            return None
    return {monomial: c for monomial, c in total.items() if c}


def _multiplied(parts: list[Polynomial]) -> Polynomial | None:
    total: Polynomial = {_UNIT: 1}
    for part in parts:
        if len(total) * len(part) > 10 * MAX_TERMS:
            return None
        product: Polynomial = {}
        for a, c in total.items():
            for b, d in part.items():
                monomial = _joined(a, b)
                product[monomial] = product.get(monomial, 0) + c * d
        total = {monomial: c for monomial, c in product.items() if c}
        if len(total) > MAX_TERMS:
            return None
    return total


def _divided(node: Expression, top: Polynomial, bottom: Polynomial) -> Polynomial | None:
    if len(bottom) == 1:
        ((monomial, c),) = bottom.items()
        inverse: Polynomial = {frozenset((a, -n) for a, n in monomial): 1 / Fraction(c)}
        return _multiplied([top, inverse])
    return _multiplied([top, {frozenset({(node.arguments[1], -1)}): 1}]) if bottom else None


def _raised(node: Expression, base: Polynomial) -> Polynomial | None:
    n = integer_value(node.arguments[1])
    if n is not None and n >= 0 and (len(base) > 1 or not base):
        return _multiplied([base] * n) if n <= MAX_EXPONENT else None
    if n is not None and len(base) == 1:
        ((monomial, c),) = base.items()
        if abs(n) > 1000 or (n < 0 and not c):
            return None
        return {frozenset((a, k * n) for a, k in monomial): Fraction(c) ** n}
    return {frozenset({(node, 1)}): 1}


def _joined(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    exponents = dict(a)
    for atom, n in b:
        exponents[atom] = exponents.get(atom, 0) + n
    return frozenset((atom, n) for atom, n in exponents.items() if n)
