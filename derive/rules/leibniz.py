"""Leibniz' rule: the derivative of order n, for a letter n, of a polynomial times another function."""

from __future__ import annotations

from math import factorial

from derive.expressions import (
    Expression, Negation, Power, Product, Sum, integer_value, natural, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.nth_parts import LETTER, derivative_of, less

MAX_DEGREE = 6  # of the polynomial: seven terms


def _degree(m: Match, u: Expression) -> int | None:
    """The degree of u as a polynomial in x, None where it is none."""
    x = m["x"]
    if not m.facts.depends(u, x):
        return 0
    if u == x:
        return 1
    if type(u) is Negation:
        return _degree(m, u.operand)
    if type(u) is Power and u.base == x:
        n = integer_value(u.exponent)
        return n if n is not None and n > 0 else None
    if type(u) is Product or type(u) is Sum:
        parts = [_degree(m, a) for a in u.arguments]
        known = [p for p in parts if p is not None]
        if len(known) < len(parts):
            return None
        return sum(known) if type(u) is Product else max(known)
    return None


def _leibniz(m: Match, terms: int | None = None) -> Expression | None:
    factors = (m["u"], *m.run("rest"))
    plain = [f for f in factors if _degree(m, f) is not None]
    others = [f for f in factors if _degree(m, f) is None]
    p, g = product_of(plain), product_of(others)
    k = _degree(m, p) if plain and others else None
    if k is None or not 1 <= k <= MAX_DEGREE:
        return None
    n = m["n"]
    found = []
    for j in range(k + 1 if terms is None else terms):
        falls = [less(n, i) for i in range(j)]
        choose = product_of(falls) if j < 2 else quotient(product_of(falls), natural(factorial(j)))
        found.append(
            product_of([*([choose] if j else []), derivative_of(m, p, natural(j)), derivative_of(m, g, less(n, j))])
        )
    return sum_of(found)


def leibniz(m: Match) -> Expression | None:
    """d^n/dx^n(x*u)  →  x*d^n/dx^n(u) + n*d/dx(x)*d^(n - 1)/dx^(n - 1)(u)"""
    return _leibniz(m)


def first_term_only(m: Match) -> Expression | None:
    """d^n/dx^n(x*u)  →  x*d^n/dx^n(u), which is wrong"""
    return _leibniz(m, 1)


LEIBNIZ = Rule(
    "nth.leibniz", "d^?n/d?x^?n(?u*??rest)", leibniz, given=(LETTER,),
    mistakes=(Mistake("leibniz-first-term-only", first_term_only),),
    examples=(
        ("d^n/dx^n(x*e^x)", "x*d^n/dx^n(e^x) + n*d/dx(x)*d^(n - 1)/dx^(n - 1)(e^x)"),
        ("d^n/dx^n(sin(x)*e^x)", None),
    ),
)  # fmt: skip
