"""Series in the distance t from a point, from one side of it, and how they are calculated with.

Exponents are rational, coefficients are polynomials over the rationals in letters and constants, so that two of them
are equal only where that is certain. What cannot be decided raises `Undecided`, what has no value raises `NoValue`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import TypeAlias

from derive.rules import coefficients as c
from derive.rules.coefficients import Coefficient, NoValue, Undecided

Exact: TypeAlias = Fraction | int
"""A rational number; whole ones are ints, which are reckoned with at a tenth of the time."""
MAX_TERMS = 60  # of one series
LITTLE = Fraction(1, 1000)  # ln t grows more slowly than t to the power minus this


@dataclass(frozen=True, slots=True)
class Germ:
    """Σ terms[k]·t^k + O(t^order); order None: nothing is left out. `rough`: the rest may oscillate."""

    terms: dict[Exact, Coefficient]
    order: Exact | None = None
    rough: bool = False

    @property
    def valuation(self) -> Exact:
        """The lowest exponent; Undecided where everything known is 0."""
        if self.terms:
            return min(self.terms)
        raise NoValue("0") if self.order is None else Undecided("the series begins too far out")

    @property
    def is_zero(self) -> bool:
        return not self.terms and self.order is None

    def below(self, end: Exact) -> Germ:
        """The terms with exponents below `end`, the rest left out."""
        if self.order is not None and self.order <= end and len(self.terms) <= MAX_TERMS:
            return self
        if True not in [k >= end for k in self.terms]:
            return self
        kept = {k: a for k, a in self.terms.items() if k < end}
        order = self.order if len(kept) == len(self.terms) else end
        return Germ(kept, order, self.rough)

    def differentiated(self, side: int) -> Germ:
        """The derivative by x, where t is the distance from the point on this side."""
        if self.rough:
            raise Undecided("the derivative of a function that oscillates")
        terms = {k - 1: c.scaled(a, k * side) for k, a in self.terms.items() if k}
        return Germ(terms, None if self.order is None else self.order - 1)


def variable(point: Coefficient, side: int) -> Germ:
    """x = point + side·t; side 0 is the point itself."""
    terms: dict[Exact, Coefficient] = {0: point} if point else {}
    return Germ(terms | {1: c.number(side)} if side else terms)


def constant(a: Coefficient) -> Germ:
    """The series of a number: `a  →  a·t^0`"""
    return Germ({0: a} if a else {})


def number(q: Exact) -> Germ:
    """The series of a rational number."""
    return constant(c.number(q))


class Arithmetic:
    """Sums, products, powers and composition of series; every series is kept below t^end."""

    def __init__(self, end: Exact) -> None:
        self.end = end

    def sum(self, parts: list[Germ]) -> Germ:
        terms: dict[Exact, Coefficient] = {}
        for part in parts:
            for k, a in part.terms.items():
                terms[k] = c.added(terms[k], a) if k in terms else a
        orders = [p.order for p in parts if p.order is not None]
        order = min(orders) if orders else None
        terms = {k: a for k, a in terms.items() if a and (order is None or k < order)}
        return Germ(terms, order, any(p.rough for p in parts))

    def scaled(self, u: Germ, q: Exact) -> Germ:
        return Germ({k: c.scaled(a, q) for k, a in u.terms.items()} if q else {}, u.order if q else None, u.rough)

    def minus(self, u: Germ, v: Germ) -> Germ:
        return self.sum([u, self.scaled(v, -1)])

    def times(self, u: Germ, v: Germ) -> Germ:
        if u.is_zero or v.is_zero:
            return number(0)
        ends = [
            (min(b.terms) if b.terms else b.order or 0) + a.order for a, b in ((u, v), (v, u)) if a.order is not None
        ]
        order = min(ends) if ends else None
        most = self.end if order is None else min(order, self.end)
        terms: dict[Exact, Coefficient] = {}
        cut = False
        for k, a in u.terms.items():
            for n, b in v.terms.items():
                if k + n >= most:
                    cut = True
                    continue
                product = c.multiplied(a, b)
                terms[k + n] = c.added(terms[k + n], product) if k + n in terms else product
        kept = {k: a for k, a in terms.items() if a}
        return Germ(kept, most if cut or order is not None else None, u.rough or v.rough)

    def power(self, u: Germ, q: Exact) -> Germ:
        """u^q: the leading term to the power, times (1 + the rest)^q."""
        if u.is_zero:
            if q > 0:
                return u
            raise NoValue("division by 0" if q < 0 else "0^0")
        if q.denominator == 1 and 0 <= q <= 12:
            total = number(1)
            for _ in range(int(q)):
                total = self.times(total, u)
            return total
        k = u.valuation
        lead = u.terms[k]
        front = c.power(lead, q)
        if len(u.terms) == 1 and u.order is None:
            return Germ({k * q: front}, None, u.rough)
        inverse = c.power(lead, -1)
        rest = Germ(
            {n - k: c.multiplied(a, inverse) for n, a in u.terms.items() if n != k},
            None if u.order is None else u.order - k, u.rough,
        )  # fmt: skip
        end = self.end - k * q
        series = Arithmetic(end).composed(rest, lambda n: c.number(_binomial(q, n)))
        terms = {n + k * q: c.multiplied(a, front) for n, a in series.terms.items()}
        return Germ(terms, None if series.order is None else series.order + k * q, series.rough)

    def composed(self, w: Germ, coefficient: Callable[[int], Coefficient]) -> Germ:
        """Σ coefficient(n)·w^n for a w that tends to 0."""
        total, term, n = constant(coefficient(0)), number(1), 0
        if w.is_zero:
            return total
        step = min(w.terms) if w.terms else w.order
        assert step is not None
        if step <= 0:
            raise Undecided("a series at a point that is not reached")
        while True:
            n += 1
            if n * step >= self.end or n > MAX_TERMS:
                return self.sum([total, Germ({}, n * step)])
            term = self.times(term, w)
            a = coefficient(n)
            if a:
                total = self.sum([total, self.times(constant(a), term)])

    def split(self, u: Germ) -> tuple[Coefficient, Germ]:
        """(the value at the point, what is added to it beside the point); NoValue where it has no bound."""
        if u.terms and min(u.terms) < 0:
            raise Undecided("a quantity that grows without bound")
        if u.order is not None and u.order <= 0:
            raise Undecided("a limit that is not known")
        return u.terms.get(0, {}), Germ({k: a for k, a in u.terms.items() if k}, u.order, u.rough)

    def sign(self, u: Germ) -> int:
        if u.is_zero:
            return 0
        return c.sign(u.terms[u.valuation])

    # powers and exponentials

    def exponential(self, u: Germ) -> Germ:
        if u.terms and min(u.terms) < 0:
            if self.sign(u) < 0:
                return Germ({}, self.end)  # smaller than every power of t
            raise Undecided("a power of e that grows without bound")
        value, rest = self.split(u)
        series = self.composed(rest, lambda n: c.number(Fraction(1, factorial(n))))
        return self.times(constant(c.exponential(value)), series)

    def logarithm(self, u: Germ) -> Germ:
        if u.is_zero or self.sign(u) < 0:
            raise NoValue("the logarithm of a number that is not positive")
        k = u.valuation
        if k:
            return Germ({}, -LITTLE)
        lead = u.terms[k]
        inverse = c.power(lead, -1)
        rest = Germ({n: c.multiplied(a, inverse) for n, a in u.terms.items() if n}, u.order, u.rough)
        series = self.composed(rest, lambda n: c.number(Fraction((-1) ** (n + 1), n) if n else 0))
        return self.sum([constant(c.logarithm(lead)), series])


def _binomial(q: Exact, n: int) -> Fraction:
    result = Fraction(1)
    for i in range(n):
        result *= Fraction(q - i, i + 1)
    return result
