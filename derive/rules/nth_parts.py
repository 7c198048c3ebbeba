"""What derivatives of order n, for a letter n, are made of: slopes, powers of them, orders less by a number."""

from __future__ import annotations

from derive.expressions import (
    ONE, ZERO, Derivative, Expression, Negation, Product, Quotient, Sum, Symbol, integer_value, make, natural,
    negation, power, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.conditions import satisfies
from derive.rules.model import Match


def derivative_of(m: Match, u: Expression, order: Expression) -> Expression:
    return make(Derivative, (u, m["x"], order), m.partial) if order != ZERO else u


def slope(m: Match, u: Expression) -> Expression | None:
    """a of a*x + b; None where u is not linear in x."""
    x, depends = m["x"], m.facts.depends
    if u == x:
        return ONE
    if type(u) is Negation:
        inner = slope(m, u.operand)
        return None if inner is None else negation(inner)
    if type(u) is Quotient and not depends(u.denominator, x):
        inner = slope(m, u.numerator)
        return None if inner is None else quotient(inner, u.denominator)
    if type(u) is Product:
        others = [f for f in u.arguments if f != x]
        if any(f == ZERO for f in others):
            return None
        return product_of(others) if len(others) == len(u.arguments) - 1 and not _any(m, others) else None
    if type(u) is Sum:
        varying = [t for t in u.arguments if depends(t, x)]
        return slope(m, varying[0]) if len(varying) == 1 else None
    return None


def _any(m: Match, parts: list[Expression]) -> bool:
    return any(m.facts.depends(p, m["x"]) for p in parts)


def times(a: Expression, m: Match, *factors: Expression) -> Expression:
    """a^n times the factors, without 1^n."""
    return product_of([*([] if a == ONE else [power(a, m["n"])]), *factors])


def less(n: Expression, k: int) -> Expression:
    """n - k; (n - 1) - 1 is written n - 2."""
    if k and type(n) is Sum and len(n.arguments) == 2:
        first, last = n.arguments
        inner = integer_value(last)
        if inner is not None and inner < 0:
            return sum_of([first, negation(natural(k - inner))])
    return sum_of([n, negation(natural(k))]) if k else n


def _is_letter(m: Match) -> bool:
    n = m["n"]
    if type(n) is Sum and len(n.arguments) == 2 and integer_value(n.arguments[1]) is not None:
        n = n.arguments[0]
    return type(n) is Symbol and n != m["x"]


LETTER = satisfies("n is a letter", _is_letter)
