"""Roots, powers with letters above, and logarithms as atoms, with the laws that hold of them on the reals.

a^(2u + v) = (a^u)^2*a^v wherever the left side has a value; (p*q)^u = p^u*q^u, (a^u)^v = a^(u*v) and ln(a^u) = u*ln(a)
for positive constants only; a positive number may be taken out of any root or logarithm; sqrt(u^2) = |u|.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq
from flint.utils.flint_exceptions import DomainError

from derive.equality.ratios import DEGREE, EXPONENT, Ratio, Ratios, TooLarge, fraction, number, terms_of

FINEST = 12  # e^(x/12) is the finest unit that is taken for exponents and angles in x
MAX_PRIME = 1000  # larger factors of a number are left together
MAX_BITS = 256  # of a number that is factored


class Finer(Exception):
    """A unit is needed that divides by this too: e^(x/2) beside e^x."""

    def __init__(self, denominator: int) -> None:
        super().__init__(denominator)
        self.denominator = denominator


class Powers(Ratios):
    """Ratios whose atoms are roots, units a^(u/fineness) and logarithms too."""

    def __init__(self, fineness: int = 1) -> None:
        super().__init__()
        self.fineness = fineness
        self.positive: dict[
            int, tuple[Ratio, Ratio]
        ] = {}  # atom → the positive constant that it is a power of, exponent

    def steps(self, c: Fraction) -> int | None:
        """How many units c is; Finer where units have to be finer, None where they would be too fine."""
        q = c * self.fineness
        if q.denominator == 1:
            return q.numerator
        if lcm(self.fineness, c.denominator) > FINEST:
            return None
        raise Finer(c.denominator)

    def constant(self, name: str) -> Ratio:
        """e or pi."""
        found = self.atom("constant", name)
        if name in ("e", "pi"):
            self.positive[self.atoms[("constant", name)]] = found, self.one
        return found

    def exponential(self, base: Ratio, exponent: Ratio) -> Ratio | None:
        """base^exponent with letters in the exponent; None for a division by 0."""
        base, exponent = self.reduced(base), self.reduced(exponent)
        result: Ratio | None = self.one
        factors = self._positive_factors(base)
        for b, e in [(base, self.one)] if factors is None else factors:
            factor = self._units(b, self.product(e, exponent))
            if result is None or factor is None:
                return None
            result = self.product(result, factor)
        return result

    def _units(self, base: Ratio, exponent: Ratio) -> Ratio | None:
        """One atom for each term of the exponent, its number of units as a power."""
        e = self.reduced(exponent)
        of = self.key(base)
        constant = self._is_positive(base)
        result: Ratio | None = self.one
        for exponents, coefficient in e.top.to_dict().items():
            c = fraction(coefficient)
            if not any(exponents) and e.bottom.is_one():
                factor = self.root(base, c.denominator, c.numerator)
            else:
                k = self.steps(c)
                parts = ("unit", of, exponents, terms_of(e.bottom), self.fineness if k is not None else str(c))
                unit = self.atom(*parts)
                if constant and k is not None:
                    monomial = self.context.from_dict({exponents: fmpq(1, self.fineness)})
                    self.positive[self.atoms[parts]] = base, Ratio(monomial, e.bottom)
                factor = self.power(unit, 1 if k is None else k)
            if result is None or factor is None:
                return None
            result = self.product(result, factor)
        return result

    def root(self, base: Ratio, index: int, n: int = 1) -> Ratio | None:
        """base^(n/index) in lowest terms; None for a division by 0."""
        if index == 1:
            return self.power(base, n)
        if index > EXPONENT:
            raise TooLarge
        base = self.reduced(base)
        if base.top.is_zero():
            return base if n > 0 else None
        factors = self._positive_factors(base)
        if factors is not None and factors != [(base, self.one)]:
            return self._root_of_product(factors, index, n)
        q = Fraction(1) if factors else self.content(base)
        if q != 1:
            inner, outer = self.root(self._over(base, q), index, n), self.root(self.rational(q), index, n)
            return None if inner is None or outer is None else self.product(inner, outer)
        if index == 2:
            bars = self._bars_of_square(base)
            if bars is not None:
                return self.power(bars, n)
        base, k = self._as_power(base, index)
        sign = 1
        if index % 2:
            _, turned = self.even_key(base)
            if turned:
                base, sign = -base, -1 if n % 2 and k % 2 else 1
        made = self.atom("root", self.key(base), index, law=lambda: (index, base))
        if self._is_positive(base):
            self.positive[self.atoms[("root", self.key(base), index)]] = base, self.rational(Fraction(1, index))
        found = self.power(made, n * k)
        return found if found is None or sign > 0 else -found

    def _root_of_product(self, factors: list[tuple[Ratio, Ratio]], index: int, n: int) -> Ratio | None:
        result: Ratio | None = self.one
        for b, e in factors:
            scaled = self.product(e, self.rational(Fraction(n, index)))
            if scaled.is_number:
                q = number(scaled)
                factor = self.root(b, q.denominator, q.numerator)
            else:
                factor = self._units(b, scaled)
            if result is None or factor is None:
                return None
            result = self.product(result, factor)
        return result

    def _as_power(self, base: Ratio, index: int) -> tuple[Ratio, int]:
        """(p, k) with base = p^k, where the root of p has a value exactly where that of base has: (x, 3) for x^3."""
        if max(*base.top.degrees(), *base.bottom.degrees()) > DEGREE or len(base.top) + len(base.bottom) > 40:
            return base, 1
        above, below = (p.factor_squarefree() for p in base)
        found = [(p, k) for p, k in above[1]] + [(p, -k) for p, k in below[1]]
        number_in_front = fraction(above[0]) / fraction(below[0])
        if len(found) != 1 or number_in_front != 1 or (index % 2 == 0 and int(found[0][1]) % 2 == 0):
            return base, 1
        return Ratio(found[0][0], self.unit), int(found[0][1])

    def _bars_of_square(self, base: Ratio) -> Ratio | None:
        """|u| for u^2."""
        if max(*base.top.degrees(), *base.bottom.degrees()) > DEGREE:
            return None
        try:
            return self.bars(Ratio(base.top.sqrt(), base.bottom.sqrt()))
        except DomainError:  # not a square
            return None

    def bars(self, u: Ratio) -> Ratio:
        """|u|."""
        u = self.reduced(u)
        if u.is_number:
            return self.rational(abs(number(u)))
        q = self.content(u)
        u = self._over(u, q)
        of, _ = self.even_key(u)
        return self.product(self.rational(q), self.atom("bars", of, law=lambda: (2, self.product(u, u))))

    def logarithm(self, u: Ratio) -> Ratio | None:
        """ln(u); None where u is 0."""
        u = self.reduced(u)
        if u.top.is_zero():
            return None
        factors = self._positive_factors(u)
        if factors is None:
            q = self.content(u)
            rest = self.atom("call", "ln", self.key(self._over(u, q)))
            factors = self._positive_factors(self.rational(q)) or []
        else:
            rest = self.rational(0)
        for b, e in factors:
            of = self.key(b)
            known = self.one if of == self.key(self.constant("e")) else self.atom("call", "ln", of)
            rest = self.plus(rest, self.product(e, known))
        return rest

    def _over(self, u: Ratio, q: Fraction) -> Ratio:
        return self.product(u, self.rational(1 / q))

    def _is_positive(self, base: Ratio) -> bool:
        return self._positive_factors(self.reduced(base)) is not None

    def _positive_factors(self, base: Ratio) -> list[tuple[Ratio, Ratio]] | None:
        """A product of positive constants as primes and constants with exponents; None for anything else."""
        if len(base.top) != 1 or len(base.bottom) != 1:
            return None
        q = number(Ratio(self.context.constant(base.top.leading_coefficient()), self.unit))
        q /= fraction(base.bottom.leading_coefficient())
        if q <= 0 or max(q.numerator, q.denominator).bit_length() > MAX_BITS:
            return None
        found = [(self.rational(p), self.rational(k)) for p, k in _primes(q).items()]
        for p, sign in ((base.top, 1), (base.bottom, -1)):
            for index, k in enumerate(p.degrees()):
                if k:
                    if index not in self.positive:
                        return None
                    b, e = self.positive[index]
                    found.append((b, self.product(e, self.rational(sign * k))))
        return found


def _primes(q: Fraction) -> dict[int, int]:
    """The prime factors of a positive number with their exponents: 9/2  →  {3: 2, 2: -1}."""
    found: dict[int, int] = {}
    for n, sign in ((q.numerator, 1), (q.denominator, -1)):
        p = 2
        while n > 1:
            if p > MAX_PRIME or p * p > n:
                found[n] = found.get(n, 0) + sign
                break
            while n % p == 0:
                n //= p
                found[p] = found.get(p, 0) + sign
            p += 1 if p == 2 else 2
    return found
