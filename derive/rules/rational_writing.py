"""Forms written out as a textbook would: the shortest of a few ways, numbers first, one line of division."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm
from typing import TYPE_CHECKING

from flint import fmpq

from derive.expressions import (
    ONE, Expression, Negation, call, natural, power, product_of, quotient, rational, sum_of,
)  # fmt: skip
from derive.rules.factors import with_coefficient
from derive.rules.order import factor_key, in_order
from derive.rules.rational import Exponents, Form, Ring, Unsuitable

if TYPE_CHECKING:
    from flint import fmpz_mpoly

MAX_MERGED = 30  # terms of a product of two brackets that is tried for being shorter than they are


class Writer:
    """Writes the forms of one ring."""

    __slots__ = ("facts", "ring", "sums")

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.facts = ring.facts
        self.sums: dict[int, tuple[Expression, int]] = {}

    def shortest(self, form: Form) -> Expression:
        """The form in the shortest of the ways known here: brackets kept, multiplied together, or all opened."""
        best = self.written(form)
        for other in self.variants(form):
            e = self.written(other)
            if self.facts.size(e) < self.facts.size(best):
                best = e
        return best

    def within(self, form: Form) -> Expression | None:
        """The shortest way, None where that is too long to be found."""
        try:
            return self.shortest(form)
        except Unsuitable:
            return None

    def over_one_line(self, s: Expression) -> Expression | None:
        """A sum as one fraction: its terms over the least common denominator, the numerator multiplied out."""
        ring = self.ring
        forms = [f for f in (ring.form(t) for t in s.arguments) if f.coefficient != 0]
        shared, rest = ring.split(forms)
        p, scale = ring.polynomial(rest)
        p, bottom = ring.reduced(p, identities=False)
        if p == 0:
            return natural(0)
        content = abs(int(p.content()))
        p = divmod(p, ring.context.constant(content))[0]
        front = Form(scale * content, shared)
        if p.is_constant():
            inner = Form(fmpq(int(p.leading_coefficient())), {})
        elif len(p) == 1:
            inner = ring.factored(p)
        else:
            inner = Form(fmpq(1), {self.plain(p): 1})
        total = ring.multiplied([front, inner, ring.raised(bottom, -1)])
        return self.shortest(total)

    def common_in_front(self, s: Expression) -> Expression | None:
        """A sum with what all its terms share in front, the terms otherwise as they are and where they are."""
        ring = self.ring
        forms = [ring.form(t) for t in s.arguments]
        shared: Exponents = {}
        for base in forms[0].powers:
            exponents = [f.powers.get(base, 0) for f in forms]
            if min(exponents) > 0:
                shared[base] = min(exponents)
            elif max(exponents) < 0 and base < len(ring.kernels) and ring.kernels[base].kind == "power":
                shared[base] = max(exponents)
        top, bottom = 0, 1
        for f in forms:
            top, bottom = gcd(top, int(f.coefficient.p)), lcm(bottom, int(f.coefficient.q))
        number = fmpq(top, 1 if any(f.coefficient.q != bottom for f in forms) else bottom)
        if not shared and number == 1:
            return None
        rest = [
            Form(f.coefficient / number, {b: f.powers.get(b, 0) - shared.get(b, 0) for b in {*f.powers, *shared}})
            for f in forms
        ]
        inner = sum_of([self.written(Form(c, {b: n for b, n in powers.items() if n})) for c, powers in rest])
        above, below, sign = self.sides(shared)
        if below:
            return None
        factors = sorted([*above, inner], key=factor_key)
        return with_coefficient(Fraction(int(number.p), int(number.q)) * sign, product_of(factors))

    def terms(self, form: Form) -> Expression | None:
        """The form multiplied out, its kernels below the line under every term; None where it is one term."""
        ring = self.ring
        count = len(ring.kernels)
        above = {b: n for b, n in form.powers.items() if n > 0}
        below = {b: n for b, n in form.powers.items() if n < 0}
        p, scale = ring.polynomial([Form(form.coefficient, above)])
        if len(p) < 2:
            return None
        terms = []
        for monomial, c in p.terms():
            powers = dict(below)
            for i, n in enumerate(monomial):
                if n:
                    powers[i] = powers.get(i, 0) + int(n)
            part = ring.multiplied([Form(scale * int(c), powers)])
            terms.append(self.written(part))
        if any(b >= count for b in below):  # a sum below the line stays below the whole
            return None
        return sum_of(in_order(tuple(terms)))

    def variants(self, form: Form) -> Iterable[Form]:
        """The form with brackets multiplied together, above and below the line."""
        brackets = [(b, n) for b, n in form.powers.items() if b >= len(self.ring.kernels)]
        for merged in self._merged(form, brackets):
            yield merged
        above = {b: n for b, n in form.powers.items() if n > 0}
        if any(b >= len(self.ring.kernels) for b in above):
            opened = self.opened(form, above)
            if opened is not None:
                yield opened

    def opened(self, form: Form, above: Exponents) -> Form | None:
        """The form with everything above the line multiplied out, number and all."""
        try:
            p, scale = self.ring.polynomial([Form(fmpq(form.coefficient.p), above)])
        except Unsuitable:
            return None
        number = self.plain(p)
        powers = {b: n for b, n in form.powers.items() if n < 0}
        powers[number] = powers.get(number, 0) + 1
        return Form(scale / int(form.coefficient.q), powers)

    def _merged(self, form: Form, brackets: list[tuple[int, int]]) -> Iterable[Form]:
        best = form
        for (a, m), (b, n) in combinations(brackets, 2):
            if m != n or a not in best.powers or b not in best.powers:
                continue
            p, q = self.ring.bases[a], self.ring.bases[b]
            if len(p) * len(q) > MAX_MERGED:
                continue
            number = self.plain(p * q)
            if number in best.powers:
                continue
            sizes = [self.facts.size(self.bracket(i)[0]) for i in (a, b, number)]
            if sizes[2] < sizes[0] + sizes[1]:
                powers = {i: k for i, k in best.powers.items() if i not in (a, b)}
                powers[number] = n
                best = Form(best.coefficient, powers)
                yield best

    def plain(self, p: fmpz_mpoly) -> int:
        """The number of a polynomial as a base that is written as it is, with its content."""
        return self.ring._base_plain(p)

    def written(self, form: Form) -> Expression:
        """The form with its bases as they are."""
        c, powers = form
        if c == 0:
            return natural(0)
        above, below, sign = self.sides(powers)
        c = Fraction(int(c.p), int(c.q)) * sign
        turned = self._turned(form) if c < 0 else None
        if turned is not None:
            return self.written(turned)
        top = product_of(sorted(above, key=factor_key))
        if not below:
            return with_coefficient(c, top)
        return with_coefficient(c, quotient(top, product_of(sorted(below, key=factor_key))))

    def _turned(self, form: Form) -> Form | None:
        """-(2*x^2 - 1) as (1 - 2*x^2), where a bracket of no given spelling can take in a minus sign."""
        for b, n in form.powers.items():
            if b >= len(self.ring.kernels) and n > 0 and n % 2 and b not in self.ring.spelled:
                p = self.ring.bases[b]
                if 2 * sum(c < 0 for c in p.coeffs()) >= len(p):
                    powers = {i: k for i, k in form.powers.items() if i != b}
                    return Form(-form.coefficient, {**powers, self.plain(-p): n})
        return None

    def sides(self, powers: Exponents) -> tuple[list[Expression], list[Expression], Fraction]:
        """(factors above the line, factors below it, a rational factor): powers of one base together, roots with what they are of."""
        ring = self.ring
        totals: dict[int, Fraction] = {b: Fraction(n) for b, n in powers.items() if not self._is_root(b)}
        exponents: dict[Expression, list[tuple[Fraction, Expression]]] = {}  # base → symbolic terms of its exponent
        roots: list[tuple[int, Fraction]] = []
        for b, j in powers.items():
            if not self._is_root(b):
                continue
            index, inner = ring.relations[b]
            roots.append((b, self._taken(b, Fraction(j, index), inner, totals)))
        sign, numbers, whole = self._numbers(roots)
        above: list[Expression] = numbers
        below: list[Expression] = []
        units: dict[Expression, int] = {}
        for b in totals:
            if b < len(ring.kernels) and ring.kernels[b].kind == "power":
                kernel = ring.kernels[b]
                exponents.setdefault(kernel.base, []).append((totals[b] / kernel.index, kernel.body))
                units[kernel.base] = b
        for base, terms in exponents.items():
            number = self._number_of(base)
            extra = totals.pop(number, Fraction(0)) if number is not None else Fraction(0)
            for i, (b, e) in enumerate(roots):
                if ring.kernels[b].base == base:  # e^(1/2)*e^x
                    extra += e
                    roots[i] = b, Fraction(0)
            for b in [
                b
                for b in totals
                if b < len(ring.kernels) and ring.kernels[b].kind == "power" and ring.kernels[b].base == base
            ]:
                del totals[b]
            kernel = ring.kernels[units[base]]
            negative = all(c < 0 for c, _ in terms) and extra <= 0
            flip = -1 if negative and not kernel.below else 1
            e = self._exponential(base, [(c * flip, body) for c, body in terms], extra * flip, kernel.spelled)
            (below if flip < 0 else above).append(e)
        for b, n in sorted(totals.items()):
            if n == 0:
                continue
            base, s = self.bracket(b)
            if s < 0 and n.numerator % 2:
                sign = -sign
            if b == -1:
                continue
            kept = n < 0 and b < len(ring.kernels) and ring.kernels[b].below
            side = below if n < 0 and not kept else above
            side.append(_raised(base, n if kept else abs(n)))
        for b, e in roots:
            if e and self.ring.relations[b][1].powers:
                u = ring.kernels[b].base if b in whole else self.base_of(b)
                (below if e < 0 else above).append(self._root(b, abs(e), u))
        return above, below, sign

    def _is_root(self, b: int) -> bool:
        return b < len(self.ring.kernels) and b in self.ring.relations

    def _number_of(self, base: Expression) -> int | None:
        form = self.ring.forms.get(base)
        if form is None:
            return self.ring.numbers.get(("atom", base, ONE))
        if form.coefficient == 1 and len(form.powers) == 1:
            ((number, n),) = form.powers.items()
            return number if n == 1 else None
        return None

    def _taken(self, b: int, e: Fraction, inner: Form, totals: dict[int, Fraction]) -> Fraction:
        """The exponent of u where sqrt(u) and powers of u are one: sqrt(u)/u is u^(-1/2), u*sqrt(u) is u^(3/2)."""
        if inner.coefficient not in (1, -1) or not inner.powers:
            return e
        size = self.facts.size(self.base_of(b))
        ways = {0}
        t = [totals.get(g, Fraction(0)) / m for g, m in inner.powers.items()]
        low, high = min(t), max(t)
        if high < 0:
            ways |= {-1, -int(-high)} if high <= -1 else set()
        if low >= 1:
            ways.add(int(low))
        best = min(ways, key=lambda w: (self._cost(e + w, size) + self._cost(max(t, key=abs) - w, size), abs(w)))
        for g, m in inner.powers.items():
            totals[g] = totals.get(g, Fraction(0)) - m * best
        if best and inner.coefficient == -1 and best % 2:
            totals[-1] = totals.get(-1, Fraction(0)) + 1
        return e + best

    def _cost(self, e: Fraction, size: int) -> int:
        e = abs(e)
        if e == 0:
            return 0
        if e == 1:
            return size + 1
        if e.denominator == 1:
            return size + 3
        return size + (2 if e.numerator == 1 else 5)

    def base_of(self, b: int) -> Expression:
        """What a root is the root of: the input's words where no number came out of it."""
        kernel = self.ring.kernels[b]
        if kernel.kind == "bars":
            return kernel.base
        index, inner = self.ring.relations[b]
        own = self.ring.forms.get(kernel.base)
        if own == inner:
            return kernel.base
        return self.shortest(inner)

    def _numbers(self, roots: list[tuple[int, Fraction]]) -> tuple[Fraction, list[Expression], set[int]]:
        """(a rational factor, roots of numbers, roots that keep the number they were written with).

        sqrt(2)*sqrt(5)*sqrt(x) is sqrt(10*x) where the input has that, else sqrt(10)*sqrt(x).
        """
        ring = self.ring
        exponents: dict[int, Fraction] = {}
        for b, e in roots:
            inner = ring.relations[b][1]
            if not inner.powers:
                exponents[int(inner.coefficient.p)] = e
        whole: set[int] = set()
        factor = Fraction(1)
        for b, e in roots if exponents else ():
            content = ring.contents.get(b)
            if not e or content is None:
                continue
            other = dict(exponents)
            for n, k in ((int(content.p), 1), (int(content.q), -1)):
                for p in ring.primes:
                    while n % p == 0:
                        n //= p
                        other[p] = other.get(p, Fraction(0)) - e * k
                if n != 1:
                    other[0] = Fraction(1, 2)  # not written with the primes known here
            if sum(k.denominator > 1 for k in other.values()) < sum(k.denominator > 1 for k in exponents.values()):
                exponents = other
                whole.add(b)
        together: dict[Fraction, int] = {}
        for p, k in exponents.items():
            n = k.numerator // k.denominator
            factor *= Fraction(p) ** n
            if k != n:
                together[k - n] = together.get(k - n, 1) * p
        written = [
            call("sqrt", natural(n)) if k == Fraction(1, 2) else power(natural(n), rational(k))
            for k, n in together.items()
        ]
        return factor, written, whole

    def _root(self, b: int, e: Fraction, u: Expression) -> Expression:
        kernel = self.ring.kernels[b]
        if kernel.kind == "bars":
            return _raised(call("abs", u), e * 2)
        if e.numerator == 1 and kernel.spelled:
            if e.denominator == 2:
                return call("sqrt", u)
            if e.denominator == 3 and kernel.spelled == "cbrt":
                return call("cbrt", u)
            if kernel.spelled == "root":
                return call("root", u, natural(e.denominator))
        return _raised(u, e)

    def _exponential(
        self, base: Expression, terms: list[tuple[Fraction, Expression]], extra: Fraction, spelled: str
    ) -> Expression:
        parts = [with_coefficient(c, body) for c, body in terms]
        if extra:
            parts.append(rational(extra))
        parts.sort(key=lambda t: type(t) is Negation)
        exponent = sum_of(in_order(tuple(parts)) if len(parts) > 1 else parts)
        return call("exp", exponent) if spelled == "exp" else power(base, exponent)

    def bracket(self, b: int) -> tuple[Expression, int]:
        """(base b written, sign): the input's words for it where it has some."""
        known = self.sums.get(b)
        if known is None:
            if b == -1:
                known = natural(1), -1
            elif b < len(self.ring.kernels):
                known = self.ring.kernels[b].base, 1
            elif b in self.ring.spelled:
                known = self.ring.spelled[b]
            else:
                known = self.polynomial(self.ring.bases[b]), 1
            self.sums[b] = known
        return known

    def polynomial(self, p: fmpz_mpoly) -> Expression:
        """The terms of a polynomial, by falling powers of the first letter, a positive one first."""
        terms = []
        for monomial, c in p.terms():
            above, below, sign = self.sides({i: int(n) for i, n in enumerate(monomial) if n})
            top = product_of(sorted(above, key=factor_key))
            body = quotient(top, product_of(sorted(below, key=factor_key))) if below else top
            terms.append(with_coefficient(int(c) * sign, body))
        return sum_of(in_order(tuple(terms)) if len(terms) > 1 else terms)


def _raised(base: Expression, n: Fraction) -> Expression:
    return base if n == 1 else power(base, rational(n))
