"""Forms written as a textbook would: numbers first, one line of division, powers of one base together.

Roots are written as the expression had them, sqrt(x)/x^2 as 1/x^(3/2) where that is shorter.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING


from derive.expressions import (
    ONE, ZERO, Expression, Negation, call, natural, power, product_of, quotient, rational, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import written as spelled
from derive.rules.factors import with_coefficient
from derive.rules.kernels import Kernel
from derive.rules.order import factor_key, in_order
from derive.rules.rational import Ring
from derive.rules.rational_forms import Exponents, Form
from derive.rules.rational_numbers import roots_of_numbers
from derive.rules.rational_sizes import Sizes

if TYPE_CHECKING:
    from flint import fmpz_mpoly

SIGN = -1  # the number of a base that is -1


class Sides:
    """What stands above and below the line, and the number in front."""

    __slots__ = ("above", "below", "number")

    def __init__(self) -> None:
        self.above: list[Expression] = []
        self.below: list[Expression] = []
        self.number: Fraction | int = 1

    def put(self, base: Expression, n: Fraction | int, *, negative: bool = False) -> None:
        """base^n; below the line where n is negative, unless negative exponents are kept."""
        if n < 0 and not negative:
            self.below.append(raised(base, -n))
        elif n:
            self.above.append(raised(base, n))

    def expression(self, coefficient: Fraction | int, *, point: bool = False) -> Expression:
        """coefficient times the whole; with a decimal point where that is asked for and can be."""
        top = product_of(sorted(self.above, key=factor_key))
        body = quotient(top, product_of(sorted(self.below, key=factor_key))) if self.below else top
        number = coefficient * self.number
        if body == ONE and point:
            return spelled(number, point=True) or rational(number)
        return with_coefficient(number, body, point=point)


class Writer:
    """Writes the forms of one ring."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.facts = ring.facts
        self.sizes = Sizes(ring)
        self.brackets: dict[int, tuple[Expression, int]] = {}

    def written(self, form: Form) -> Expression:
        """The form with its bases as they are."""
        p, q = int(form.coefficient.p), int(form.coefficient.q)
        c = p if q == 1 else Fraction(p, q)
        if c == 0:
            return ZERO
        sides = self.sides(form.powers)
        turned = self._turned(form.powers) if c * sides.number < 0 else None
        if turned is not None:
            other = self.sides(turned)
            if c * other.number < 0:
                return other.expression(-c, point=self.ring.decimal)
        return sides.expression(c, point=self.ring.decimal)

    def _turned(self, powers: Exponents) -> Exponents | None:
        """-(2*x^2 - 1) as (1 - 2*x^2), where a bracket of no given spelling can take in a minus sign."""
        for b, n in powers.items():
            if b >= self.ring.count and n > 0 and n % 2 and b not in self.ring.spelled:
                p = self.ring.bases[b]
                other = self.ring.plain(-p)
                if 2 * sum(c < 0 for c in p.coeffs()) >= len(p) and other not in powers:
                    return {**{i: k for i, k in powers.items() if i != b}, other: n}
        return None

    def sides(self, powers: Exponents) -> Sides:
        """What stands above and below the line for powers of bases."""
        ring, sides = self.ring, Sides()
        totals: dict[int, Fraction | int] = {b: n for b, n in sorted(powers.items()) if not self._is_root(b)}
        roots = {b: Fraction(j, ring.relations[b][0]) for b, j in powers.items() if self._is_root(b)}
        for b, e in roots.items():
            roots[b] = self._taken(b, e, totals)
        sides.number, sides.above, whole = roots_of_numbers(ring, roots)
        for terms in self._exponents(totals, roots):
            terms.written(sides)
        for b, n in totals.items():
            base, sign = self.bracket(b)
            if sign < 0 and n.numerator % 2:
                sides.number = -sides.number
            if b != SIGN:
                sides.put(base, n, negative=b < ring.count and ring.kernels[b].below)
        for e, bases in self._bars(roots).items():
            sides.put(call("abs", product_of(sorted(bases, key=factor_key))), e * 2)
        for b, e in roots.items():
            if ring.relations[b][1].powers and ring.kernels[b].kind != "bars":
                u = ring.kernels[b].base if b in whole else self.base_of(b)
                root = self._root(ring.kernels[b], abs(e), u)
                if e:
                    (sides.below if e < 0 else sides.above).append(root)
        return sides

    def _bars(self, roots: dict[int, Fraction]) -> dict[Fraction, list[Expression]]:
        """What stands between bars, by its exponent: |a|*|x| is |a*x|."""
        found: dict[Fraction, list[Expression]] = {}
        for b, e in roots.items():
            if self.ring.kernels[b].kind == "bars" and e:
                found.setdefault(e, []).append(self.ring.kernels[b].base)
        return found

    def _is_root(self, b: int) -> bool:
        return b < self.ring.count and b in self.ring.relations

    def _exponents(self, totals: dict[int, Fraction | int], roots: dict[int, Fraction]) -> list[_Exponent]:
        """Powers with symbolic exponents, taken out of `totals`; those of one base are one: x^n/x is x^(n - 1)."""
        found: dict[Expression, _Exponent] = {}
        for b in list(totals):
            kernel = self.ring.kernels[b] if b < self.ring.count else None
            if kernel is not None and kernel.kind == "power":
                e = found.setdefault(kernel.base, _Exponent(kernel))
                e.terms.append((Fraction(totals.pop(b), kernel.index), kernel.body))
        for base, e in found.items():
            number = self._number_of(base)
            e.extra = totals.pop(number, 0) if number is not None else 0
            for b in roots:
                if self.ring.kernels[b].base == base:  # e^(1/2)*e^x
                    e.extra += roots[b]
                    roots[b] = Fraction(0)
        return list(found.values())

    def _number_of(self, base: Expression) -> int | None:
        form = self.ring.forms.get(base)
        if form is None:
            return self.ring.numbers.get(("atom", base, ONE))
        if form.coefficient == 1 and list(form.powers.values()) == [1]:
            return next(iter(form.powers))
        return None

    def _taken(self, b: int, e: Fraction, totals: dict[int, Fraction | int]) -> Fraction:
        """The exponent of u where sqrt(u) and powers of u are one: sqrt(u)/u is u^(-1/2), u*sqrt(u) is u^(3/2)."""
        c, powers = self.ring.relations[b][1]
        if abs(c) != 1 or not powers:
            return e
        size = self.facts.size(self.base_of(b))
        have = [Fraction(totals.get(g, 0), m) for g, m in powers.items()]
        ways = {0}
        if max(have) <= -1:
            ways |= {-1, -int(-max(have))}
        elif min(have) >= 1:
            ways.add(int(min(have)))
        most = max(have, key=abs)
        best = min(ways, key=lambda w: (_cost(e + w, size) + _cost(most - w, size), abs(w)))
        for g, m in powers.items():
            totals[g] = totals.get(g, 0) - m * best
        if c == -1 and best % 2:
            totals[SIGN] = totals.get(SIGN, 0) + 1
        return e + best

    def base_of(self, b: int) -> Expression:
        """What a root is the root of: the expression's words where no number came out of it."""
        kernel = self.ring.kernels[b]
        inner = self.ring.relations[b][1]
        if kernel.kind == "bars" or self.ring.forms.get(kernel.base) == inner:
            return kernel.base
        return self.written(inner)

    def _root(self, kernel: Kernel, e: Fraction, u: Expression) -> Expression:
        if e.numerator == 1 and kernel.spelled:
            if e.denominator == 2:
                return call("sqrt", u)
            if e.denominator == 3 and kernel.spelled == "cbrt":
                return call("cbrt", u)
            if kernel.spelled == "root":
                return call("root", u, natural(e.denominator))
        return raised(u, e)

    def bracket(self, b: int) -> tuple[Expression, int]:
        """(base b written, sign): the expression's words for it where it has some that are no longer than needed."""
        known = self.brackets.get(b)
        if known is None:
            if b == SIGN:
                known = ONE, -1
            elif b < self.ring.count:
                known = self.ring.kernels[b].base, 1
            else:
                words, sign = self.ring.spelled.get(b, (None, 1))
                p = sign * self.ring.bases[b]
                if words is None or self.sizes.polynomial(p) < self.facts.size(words):
                    plain = self.polynomial(p)
                    words = plain if words is None or self.facts.size(plain) < self.facts.size(words) else words
                known = words, sign
            self.brackets[b] = known
        return known

    def polynomial(self, p: fmpz_mpoly) -> Expression:
        """The terms of a polynomial, by falling powers of the first letter, a positive one first."""
        terms = []
        for monomial, c in p.terms():
            sides = self.sides({i: int(n) for i, n in enumerate(monomial) if n})
            terms.append(sides.expression(int(c), point=self.ring.decimal))
        return sum_of(in_order(tuple(terms)) if len(terms) > 1 else terms)


class _Exponent:
    """The exponent of one base: its symbolic terms and its number."""

    __slots__ = ("extra", "kernel", "terms")

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.terms: list[tuple[Fraction, Expression]] = []
        self.extra: Fraction | int = 0

    def written(self, sides: Sides) -> None:
        """base^exponent: below the line where the exponent is negative, unless the expression has it above."""
        negative = all(c < 0 for c, _ in self.terms) and self.extra <= 0
        sign = -1 if negative and not self.kernel.below else 1
        parts = [with_coefficient(c * sign, body) for c, body in self.terms]
        if self.extra:
            parts.append(rational(self.extra * sign))
        parts.sort(key=lambda t: type(t) is Negation)
        exponent = sum_of(in_order(tuple(parts)) if len(parts) > 1 else parts)
        e = call("exp", exponent) if self.kernel.spelled == "exp" else power(self.kernel.base, exponent)
        (sides.below if sign < 0 else sides.above).append(e)


def raised(base: Expression, n: Fraction | int) -> Expression:
    """base^n, base itself for 1."""
    return base if n == 1 else power(base, rational(n))


def _cost(e: Fraction, size: int) -> int:
    """About how long a power is, with the product that it is a factor of."""
    e = abs(e)
    if e == 0:
        return 0
    if e.denominator == 1:
        return size + (1 if e == 1 else 3)
    return size + (2 if e.numerator == 1 else 5)
