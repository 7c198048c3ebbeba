"""What a sweep passes along: a number times factors, kept apart so that it is written with one number and one sign."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from derive.expressions import (
    Expression, Negation, Number, Product, Quotient, make, natural,
)  # fmt: skip

MAX_FLAT = 4  # factors written side by side; of wider products the parts before and behind a factor are shared

Factors: TypeAlias = tuple[Expression, ...]


class Amount:
    """k·factors, and its expression once somebody asked for it; made by `product`."""

    __slots__ = ("expression", "factors", "k")

    k: int
    factors: Factors
    expression: Expression | None

    def written(self) -> Expression:
        """The expression, the same object each time."""
        found = self.expression
        if found is None:
            found = self.expression = times(self.k, self.factors)
        return found

    def along(self, k: int, factors: Factors, below: Expression | None) -> Amount:
        """It times a local slope k·factors/below; a wide product is kept together, so that it stays shared."""
        if below is None and not factors:
            return self if k == 1 else product(self.k * k, self.factors)
        k *= self.k
        own = self.factors
        if len(own) > MAX_FLAT:
            own = (make(Product, own),)
        if below is None:
            return product(k, own + factors)
        whole = make(Quotient, (times(abs(k), own + factors), below))
        return product(1 if k > 0 else -1, (whole,))


def product(k: int, factors: Factors, expression: Expression | None = None) -> Amount:
    """k·factors as what is passed along. A constructor of the class would take more than twice the time."""
    made = Amount()
    made.k = k
    made.factors = factors
    made.expression = expression
    return made


def amount(e: Expression) -> Amount:
    """An expression as what is passed along: -2*x  →  -2·(x)"""
    return product(*parted(e), e)


def times(k: int, factors: Factors) -> Expression:
    """k·factors as it is written: 3, (x, y)  →  3*x*y;  -1, (x)  →  -x"""
    size = k if k >= 0 else -k
    if not factors:
        body = _number(size)
    elif size != 1:
        body = make(Product, (_number(size), *factors))
    else:
        body = factors[0] if len(factors) == 1 else make(Product, factors)
    return body if k >= 0 else make(Negation, (body,))


_number = lru_cache(natural)  # the same few stand at thousands of edges


def parted(e: Expression) -> tuple[int, Factors]:
    """(k, factors) of what `times` has written: -3*x*y  →  -3, (x, y)"""
    k = 1
    while type(e) is Negation:
        k = -k
        e = e.arguments[0]
    if type(e) is Number and type(e.label) is int:
        return k * e.label, ()
    if type(e) is not Product:
        return k, (e,)
    factors = []
    for f in e.arguments:
        if type(f) is Number and type(f.label) is int:
            k *= f.label
        else:
            factors.append(f)
    return k, tuple(factors)


def spread(e: Expression) -> tuple[int, Factors]:
    """(k, factors) of a factor that does not change, products in it opened: -(2*a)*b  →  -2, (a, b)"""
    if type(e) not in (Number, Negation, Product):
        return 1, (e,)
    k, factors, stack = 1, [], [e]
    while stack:
        e = stack.pop()
        if type(e) is Negation:
            k = -k
            stack.append(e.arguments[0])
        elif type(e) is Product:
            stack.extend(reversed(e.arguments))
        elif type(e) is Number and type(e.label) is int:
            k *= e.label
        else:
            factors.append(e)
    return k, tuple(factors)
