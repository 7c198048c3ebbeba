"""Roots of numbers written together: sqrt(2)*sqrt(5)*sqrt(x) is sqrt(10*x) where the expression has that."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import Expression, call, natural, power, rational
from derive.rules.rational import Ring


def roots_of_numbers(ring: Ring, roots: dict[int, Fraction]) -> tuple[Fraction | int, list[Expression], set[int]]:
    """(a rational factor, roots of numbers, roots that keep the number they were written with)."""
    exponents: dict[int, Fraction] = {}  # prime → its exponent
    for b, e in roots.items():
        c, powers = ring.relations[b][1]
        if not powers:
            exponents[int(c.p)] = e
    whole: set[int] = set()
    for b, e in roots.items() if exponents else ():
        other = _with_content(ring, b, exponents, e) if e else None
        if other is not None and _fractions(other) < _fractions(exponents):
            exponents = other
            whole.add(b)
    factor: Fraction | int = 1
    together: dict[Fraction, int] = {}
    for p, k in exponents.items():
        n = k.numerator // k.denominator
        factor *= Fraction(p) ** n
        if k != n:
            together[k - n] = together.get(k - n, 1) * p
    written = [
        call("sqrt", natural(n)) if k == Fraction(1, 2) else power(natural(n), rational(k)) for k, n in together.items()
    ]
    return factor, written, whole


def _with_content(ring: Ring, b: int, exponents: dict[int, Fraction], e: Fraction) -> dict[int, Fraction] | None:
    """The exponents of primes where root b keeps its number; None where that number has other primes."""
    content = ring.contents.get(b)
    if content is None:
        return None
    other = dict(exponents)
    for n, sign in ((int(content.p), 1), (int(content.q), -1)):
        for p in ring.primes:
            while n % p == 0:
                n //= p
                other[p] = other.get(p, Fraction(0)) - e * sign
        if n != 1:
            return None
    return other


def _fractions(exponents: dict[int, Fraction]) -> int:
    return sum(k.denominator > 1 for k in exponents.values())
