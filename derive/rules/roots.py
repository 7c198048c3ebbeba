"""The real zeros of polynomials with rational coefficients, where they can be written: by trial, and by the formula."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

from derive.expressions import ZERO, Expression, Symbol, rational
from derive.rules import coefficients as c
from derive.rules.polynomial import polynomial

MAX_DEGREE = 8  # of a polynomial whose zeros are looked for
MAX_COEFFICIENT = 10_000  # of its first and last coefficient


def coefficients_of(u: Expression) -> tuple[Expression, dict[int, Fraction]] | None:
    """(letter, {degree: coefficient}) of a polynomial in one letter: `x^2 - 4  →  x, {2: 1, 0: -4}`."""
    p = polynomial(u)
    letter: Expression | None = None
    found: dict[int, Fraction] = {}
    for monomial, q in (p or {}).items():
        if len(monomial) > 1:
            return None
        for e, n in monomial:
            if type(e) is not Symbol or letter not in (None, e) or n != int(n) or n < 0:
                return None
            letter = e
        found[int(next((n for _, n in monomial), 0))] = Fraction(q)
    return None if letter is None else (letter, found)


def real_roots(p: dict[int, Fraction]) -> list[Expression] | None:
    """The real roots of a polynomial with rational coefficients, {degree: coefficient}, where it can be solved."""
    degree = max(p, default=0)
    if not 1 <= degree <= MAX_DEGREE:
        return None
    whole = lcm(*[q.denominator for q in p.values()])
    rest = [int(p.get(n, Fraction(0)) * whole) for n in range(degree + 1)]
    found: list[Expression] = []
    while not rest[0]:
        found = [ZERO]
        rest = rest[1:]
    if max(abs(rest[0]), abs(rest[-1])) > MAX_COEFFICIENT:
        return None
    for root in _rational_roots(rest):
        while len(rest) > 1 and _is_root(rest, root.numerator, root.denominator):
            rest = _divided(rest, root)
            found.append(rational(root))
    if len(rest) == 3:
        low, middle, high = rest
        discriminant = Fraction(middle * middle - 4 * high * low, 4 * high * high)
        if discriminant > 0:
            centre, step = Fraction(-middle, 2 * high), c.power(c.number(discriminant), Fraction(1, 2))
            found += [c.written(c.added(c.number(centre), c.scaled(step, s))) for s in (-1, 1)]
    elif len(rest) > 3:
        return None
    return list(dict.fromkeys(found))


def _rational_roots(p: list[int]) -> list[Fraction]:
    """Every rational root: each is a divisor of the first over one of the last coefficient."""
    tops, bottoms = ([d for d in range(1, abs(a) + 1) if not a % d] for a in (p[0], p[-1]))
    pairs = [(s * a, b) for a in tops for b in bottoms if gcd(a, b) == 1 for s in (1, -1)]
    return sorted([Fraction(a, b) for a, b in pairs if _is_root(p, a, b)])


def _is_root(p: list[int], a: int, b: int) -> bool:
    """Whether p is 0 at a/b, by Horner's scheme for p times a power of b, in whole numbers."""
    total, scale = 0, 1
    for q in reversed(p):
        total = total * a + q * scale
        scale *= b
    return total == 0


def _divided(p: list[int], root: Fraction) -> list[int]:
    """p / (b*x - a) for the root a/b, by Horner's scheme."""
    found: list[Fraction] = []
    carry = Fraction(0)
    for a in reversed(p):
        carry = carry * root + a
        found.append(carry)
    return [int(q / root.denominator) for q in reversed(found[:-1])]
