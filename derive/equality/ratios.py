"""Ratios of polynomials in numbered generators, with laws between them, within a budget of terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import comb, gcd, lcm
from typing import NamedTuple, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

ATOMS = 60  # generators; the antiderivatives of rubi and their derivatives have 40 at most
TERMS = 20_000  # of a product, before like terms are added: 2 ms
WORK = 400_000  # products of terms altogether: 40 ms
EXPONENT = 10**6
BITS = 20_000
DEGREE = 64  # in any atom, of polynomials that are searched for a common factor: those of (x^200 - 1)/(x - 1) take long
PAIRS = 4_000  # terms of one times terms of the other, there

Key: TypeAlias = tuple[object, ...]
"""What makes an atom: its kind and the normal forms of what it is made of."""


class Ratio(NamedTuple):
    """A ratio of two polynomials."""

    top: fmpq_mpoly
    bottom: fmpq_mpoly

    def __neg__(self) -> Ratio:
        return Ratio(-self.top, self.bottom)

    @property
    def is_number(self) -> bool:
        return bool(self.top.is_constant() and self.bottom.is_constant())


class TooLarge(Exception):
    """The polynomials do not fit into the budget."""


class Ratios:
    """Arithmetic of ratios; generators are given out to atoms as these are met."""

    def __init__(self) -> None:
        self.context = fmpq_mpoly_ctx.get([f"t{i}" for i in range(ATOMS)], Ordering.lex)
        self.generators = self.context.gens()
        self.unit: fmpq_mpoly = self.context.constant(1)
        self.one = Ratio(self.unit, self.unit)
        self.atoms: dict[Key, int] = {}
        self.laws: list[tuple[int, int, Ratio]] = []  # atom, n, its n-th power in atoms met before
        self.work = 0

    def atom(self, *parts: object, law: Callable[[], tuple[int, Ratio]] | None = None) -> Ratio:
        """The generator of an atom; `law` says which power of it is known, when it is met first."""
        index = self.atoms.get(parts)
        if index is None:
            made = law() if law is not None else None
            index = self.atoms[parts] = len(self.atoms)
            if index >= ATOMS:
                raise TooLarge
            if made is not None:
                self.laws.append((index, *made))
        return Ratio(self.generators[index], self.unit)

    def rational(self, q: Fraction | int) -> Ratio:
        return Ratio(self.context.constant(fmpq(q.numerator, q.denominator)), self.unit)

    def times(self, p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
        cost = len(p) * len(q)
        self.work += cost
        if cost > TERMS or self.work > WORK:
            raise TooLarge
        return p * q

    def plus(self, a: Ratio, b: Ratio) -> Ratio:
        if a.bottom == b.bottom:
            return Ratio(a.top + b.top, a.bottom)
        shared = self.common(a.bottom, b.bottom)
        left, right = (a.bottom, b.bottom) if shared.is_one() else (a.bottom / shared, b.bottom / shared)
        return Ratio(self.times(a.top, right) + self.times(b.top, left), self.times(a.bottom, right))

    def product(self, a: Ratio, b: Ratio) -> Ratio:
        return Ratio(self.times(a.top, b.top), self.times(a.bottom, b.bottom))

    def power(self, a: Ratio, n: int) -> Ratio | None:
        """a^n; None for a division by 0."""
        if n < 0:
            return None if a.top.is_zero() else self.power(Ratio(a.bottom, a.top), -n)
        return Ratio(self.raised(a.top, n), self.raised(a.bottom, n))

    def quotient(self, a: Ratio, b: Ratio) -> Ratio | None:
        return None if b.top.is_zero() else self.product(a, Ratio(b.bottom, b.top))

    def raised(self, p: fmpq_mpoly, n: int) -> fmpq_mpoly:
        k = len(p)
        if n > EXPONENT or (k > 1 and n > TERMS):
            raise TooLarge
        terms = comb(n + k - 1, k - 1) if k > 1 else 1
        self.work += terms
        if terms > TERMS or self.work > WORK or n * max([_bits(c) for c in p.coeffs()], default=0) > BITS:
            raise TooLarge
        return p**n

    def common(self, p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
        """The greatest common divisor, or 1 where looking for it would take long."""
        if p.is_constant() or q.is_constant() or len(p) * len(q) > PAIRS or max(*p.degrees(), *q.degrees()) > DEGREE:
            return self.unit
        self.work += 10 * len(p) * len(q)
        return p.gcd(q)

    def reduced(self, r: Ratio) -> Ratio:
        """r with the laws applied and common factors cancelled, the denominator with leading coefficient 1."""
        for atom, n, law in reversed(self.laws):  # the last ones are made of the first ones
            above, below = self._lowered(r.top, atom, n, law), self._lowered(r.bottom, atom, n, law)
            if above.top is not r.top or below.top is not r.bottom:
                r = Ratio(self.times(above.top, below.bottom), self.times(above.bottom, below.top))
        if r.top.is_zero() or r.bottom.is_zero():
            return Ratio(r.top, self.unit if r.top.is_zero() else r.bottom)
        shared = self.common(r.top, r.bottom)
        top, bottom = (r.top, r.bottom) if shared.is_one() else (r.top / shared, r.bottom / shared)
        lead = bottom.leading_coefficient()
        return Ratio(top / lead, bottom / lead)

    def _lowered(self, p: fmpq_mpoly, atom: int, n: int, law: Ratio) -> Ratio:
        """t^(k*n + m) as law^k*t^m, over the common denominator of all terms."""
        if p.degrees()[atom] < n:
            return Ratio(p, self.unit)
        groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exponents, c in p.to_dict().items():
            k, m = divmod(exponents[atom], n)
            groups.setdefault(k, {})[(*exponents[:atom], m, *exponents[atom + 1 :])] = c
        most = max(groups)
        total = self.context.constant(0)
        for k, group in groups.items():
            factor = self.times(self.raised(law.top, k), self.raised(law.bottom, most - k))
            total += self.times(self.context.from_dict(group), factor)
        return Ratio(total, self.raised(law.bottom, most))

    def key(self, r: Ratio) -> Key:
        """A normal form that can be looked up."""
        r = self.reduced(r)
        return terms_of(r.top), terms_of(r.bottom)

    def even_key(self, r: Ratio) -> tuple[Key, bool]:
        """The same key for r and -r, and whether r is the other one of the two."""
        mine, its = self.key(r), self.key(-r)
        return min(mine, its), its < mine

    def content(self, r: Ratio) -> Fraction:
        """The positive number that can be taken out of a reduced ratio: 2/3 of (2*x + 4)/(3*y)."""
        return _content(r.top) / _content(r.bottom)


def terms_of(p: fmpq_mpoly) -> Key:
    """The terms of a polynomial as a value."""
    return tuple((m, str(c)) for m, c in p.terms())


def fraction(q: fmpq) -> Fraction:
    """A coefficient as a fraction."""
    return Fraction(int(q.p), int(q.q))


def number(r: Ratio) -> Fraction:
    """The value of a ratio that is a number."""
    top, bottom = (fraction(next(iter(p.coeffs()), fmpq(0))) for p in r)
    return top / bottom


def _content(p: fmpq_mpoly) -> Fraction:
    coefficients = [fraction(c) for c in p.coeffs()]
    above = reduce(gcd, [abs(c.numerator) for c in coefficients], 0)
    return Fraction(above or 1, lcm(*[c.denominator for c in coefficients]))


def _bits(q: fmpq) -> int:
    return max(int(q.p).bit_length(), int(q.q).bit_length())
