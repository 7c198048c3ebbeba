"""Forms: a number times powers of bases, (x + 1)^2*e^x/(2*x) as it is. Products and powers of them, roots kept small.

A base is known by its number. One that is a root has a relation, s^2 = u; s is never raised to 2 or more, or below 0.
Two bases like s + 1 and s - 1 are conjugates: their product is s^2 - 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from flint import fmpq

MAX_BITS = 2_000  # of a coefficient

Exponents: TypeAlias = dict[int, int]
"""Bases by number with their exponents, none of them 0."""


class Form(NamedTuple):
    """coefficient times the product of bases to their exponents."""

    coefficient: fmpq
    powers: Exponents


class Unsuitable(Exception):
    """The expression is no ratio of polynomials within the budgets."""


ONE = fmpq(1)
UNIT = Form(ONE, {})
ZERO = Form(fmpq(0), {})


class Forms:
    """Products and powers of forms over bases with these relations."""

    def __init__(self) -> None:
        self.relations: dict[int, tuple[int, Form]] = {}  # root → its index, and what it is the root of
        self.conjugates: dict[int, tuple[int, Form]] = {}  # s + 1 → s - 1, and s^2 - 1

    def multiplied(self, forms: Iterable[Form]) -> Form:
        """The product of forms."""
        coefficient = ONE
        powers: Exponents = {}
        for c, own in forms:
            if c == 0:
                return ZERO
            coefficient *= c
            for base, n in own.items():
                powers[base] = powers.get(base, 0) + n
        return self.settled(coefficient, powers)

    def raised(self, form: Form, n: int) -> Form:
        """The n-th power of a form; Unsuitable for 0 below the line, and for numbers that are too long."""
        c, powers = form
        if n < 0 and c == 0:
            raise Unsuitable
        if abs(c) != 1 and abs(n) * bits(c) > MAX_BITS:
            raise Unsuitable
        return self.settled(c**n, {base: k * n for base, k in powers.items()})

    def settled(self, c: fmpq, powers: Exponents) -> Form:
        """sqrt(u)^3 as u*sqrt(u), 1/sqrt(u) as sqrt(u)/u, (s + 1)*(s - 1) as s^2 - 1; exponents of 0 are left out."""
        if not self.relations:  # conjugates come from roots
            return Form(c, {base: n for base, n in powers.items() if n})
        waiting = list(powers)
        while waiting:
            base = waiting.pop()
            n = powers.get(base, 0)
            if n == 0:
                powers.pop(base, None)
                continue
            relation = self.relations.get(base)
            if relation is not None and not 0 <= n < relation[0]:
                times, powers[base] = divmod(n, relation[0])
                c *= _joined(powers, relation[1], times)
                waiting += [base, *relation[1].powers]
                continue
            pair = self.conjugates.get(base)
            if pair is not None and n * powers.get(pair[0], 0) > 0:
                other, norm = pair
                times = min(n, powers[other], key=abs)
                powers[base] -= times
                powers[other] -= times
                c *= _joined(powers, norm, times)
                waiting += [base, other, *norm.powers]
        return Form(c, {base: n for base, n in powers.items() if n})


def _joined(powers: Exponents, form: Form, times: int) -> fmpq:
    """Multiplies `powers` with those of form^times, and gives its coefficient."""
    for base, n in form.powers.items():
        powers[base] = powers.get(base, 0) + n * times
    return form.coefficient**times


def bits(c: fmpq) -> int:
    """The length of a number: of its numerator or its denominator, whichever is longer."""
    return max(int(c.p).bit_length(), int(c.q).bit_length())
