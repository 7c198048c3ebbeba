"""Sums of forms: what all terms share stands in front, the rest is multiplied out, reduced and factored again."""

from __future__ import annotations

from collections.abc import Iterable
from math import comb, gcd, lcm, prod

from flint import Ordering, fmpq, fmpz_mpoly, fmpz_mpoly_ctx

from derive.rules.facts import MAX_TERMS
from derive.rules.kernels import MAX_DEGREE
from derive.rules.rational_forms import MAX_BITS, ONE, UNIT, ZERO, Exponents, Form, Forms, Unsuitable

MAX_FACTORED = 60  # terms of a polynomial that is factored into irreducible ones: 0.05 ms for 8 terms, 1 ms for 60
MAX_SEEN = 12  # terms of a polynomial that is looked at before: 5 us, where factoring takes 40
MAX_CONJUGATE = 12  # terms of a bracket whose conjugate is looked for


class Sums(Forms):
    """Sums of forms over `count` kernels and the polynomials that come up, which are bases too."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.factoring = True
        self.terms = MAX_TERMS  # of what is multiplied out
        self.is_whole = True  # whether every polynomial that came up was factored
        self.context = fmpz_mpoly_ctx.get([f"k{i}" for i in range(count)], Ordering.lex)
        self.generators = self.context.gens()
        self.bases: list[fmpz_mpoly] = list(self.generators)
        self.keys: dict[tuple[object, ...], int] = {}  # the terms of a polynomial → its number
        self.partners: list[tuple[int, int, int]] = []  # (a, b, sign): a^2 = 1 + sign*b^2
        self.depths: list[int] = [0] * count  # of kernels: a root of what has a root in it is deeper

    def added(self, forms: Iterable[Form]) -> Form:
        """The sum of forms."""
        forms = [f for f in forms if f.coefficient != 0]
        if len(forms) < 2:
            return forms[0] if forms else ZERO
        shared, rest = self.split(forms)
        p, scale = self.polynomial(rest)
        p, bottom = self.reduced(p)
        if not p:
            return ZERO
        p, shared, scale = self.divided(p, shared, scale)
        return self.multiplied([Form(scale, dict(shared)), self.factored(p), self.raised(bottom, -1)])

    def split(self, forms: list[Form]) -> tuple[Exponents, list[Form]]:
        """(the powers that all forms share, what is left of each, without negative exponents)."""
        forms = self._without_conjugates(forms)
        every = dict.fromkeys(base for f in forms for base in f.powers)
        shared = {base: min([f.powers.get(base, 0) for f in forms]) for base in every}
        shared = {base: n for base, n in shared.items() if n}
        return shared, [over(f, shared) for f in forms]

    def _without_conjugates(self, forms: list[Form]) -> list[Form]:
        """1/(s + 1) as (s - 1)/(s^2 - 1) where another term has s - 1 below the line."""
        below = {base for f in forms for base, n in f.powers.items() if n < 0 and base in self.conjugates}
        for base in below:
            other, norm = self.conjugates[base]
            if other in below:
                forms = [self._over_norm(f, base, other, norm) for f in forms]
        return forms

    def _over_norm(self, f: Form, base: int, other: int, norm: Form) -> Form:
        n = f.powers.get(base, 0)
        if n >= 0:
            return f
        powers = dict(f.powers)
        del powers[base]
        powers[other] = powers.get(other, 0) - n
        for b, k in norm.powers.items():
            powers[b] = powers.get(b, 0) + k * n
        return Form(f.coefficient * norm.coefficient**n, {b: k for b, k in powers.items() if k})

    def polynomial(self, forms: list[Form]) -> tuple[fmpz_mpoly, fmpq]:
        """(p, c) with c*p the sum of forms without negative exponents, multiplied out; Unsuitable beyond the budget."""
        bottom = lcm(*[int(f.coefficient.q) for f in forms])
        if bottom.bit_length() > MAX_BITS or sum([self._predicted(f.powers) for f in forms]) > self.terms:
            raise Unsuitable
        total = self.context.constant(0)
        terms: dict[tuple[int, ...], int] = {}  # those of kernels alone, which are written down at once
        for f in forms:
            c = int(f.coefficient * bottom)
            exponents = [0] * self.count
            brackets = []
            for base, n in f.powers.items():
                if base < self.count:
                    exponents[base] = n
                else:
                    brackets.append(self.bases[base] ** n)
            monomial = tuple(exponents)
            if not brackets:
                terms[monomial] = terms.get(monomial, 0) + c
                continue
            total = total + prod(brackets, start=self.context.from_dict({monomial: c}))
        return total + self.context.from_dict(terms), fmpq(1, bottom)

    def _predicted(self, powers: Exponents) -> int:
        """The number of terms of a product of powers at most."""
        terms, degree = 1, 0
        for base, n in powers.items():
            if n < 0:
                raise Unsuitable
            if base >= self.count:
                p = self.bases[base]
                degree += n * p.total_degree()
                terms *= comb(len(p) + n - 1, n) if n <= MAX_DEGREE else self.terms + 1
                if degree > MAX_DEGREE or terms > self.terms:
                    raise Unsuitable
        return terms

    def reduced(self, p: fmpz_mpoly, *, identities: bool = True) -> tuple[fmpz_mpoly, Form]:
        """(q, d) with p = q/d, every root in q below its index, and where it is shorter one of sine and cosine."""
        bottom = UNIT
        for _ in range(self.count + 1 if self.relations else 0):
            degrees = p.degrees()
            high = [i for i, (index, _) in self.relations.items() if degrees[i] >= index]
            if not high:
                break
            i = max(high, key=lambda i: self.depths[i])
            index, (c, powers) = self.relations[i]
            above = self.polynomial([Form(fmpq(c.p), {b: n for b, n in powers.items() if n > 0})])[0]
            under = Form(fmpq(c.q), {b: -n for b, n in powers.items() if n < 0})
            p, times = self._replaced(p, i, index, above, self.polynomial([under])[0])
            bottom = self.multiplied([bottom, self.raised(under, times)])
        for a, b, sign in self.partners if identities else ():
            p = self._shorter(p, a, b, sign)
        return p, bottom

    def _replaced(
        self, p: fmpz_mpoly, i: int, index: int, above: fmpz_mpoly, below: fmpz_mpoly
    ) -> tuple[fmpz_mpoly, int]:
        """(q, n): p times below^n, generator i to its index replaced by above/below."""
        layers: dict[int, dict[tuple[int, ...], int]] = {}
        for monomial, c in p.terms():
            k, rest = divmod(int(monomial[i]), index)
            layers.setdefault(k, {})[(*monomial[:i], rest, *monomial[i + 1 :])] = int(c)
        most = max(layers)
        if len(p) * max(len(above), len(below)) ** most > 10 * self.terms:
            raise Unsuitable
        total = self.context.constant(0)
        for k, layer in layers.items():
            total = total + self.context.from_dict(layer) * above**k * below ** (most - k)
        if len(total) > self.terms:
            raise Unsuitable
        return total, most

    def _shorter(self, p: fmpz_mpoly, a: int, b: int, sign: int) -> fmpz_mpoly:
        """p with squares of one partner written by the other, where that has fewer terms or kernels."""
        degrees = p.degrees()
        best, one = p, self.context.constant(1)
        for i, j, square in (
            (a, b, one + sign * self.generators[b] ** 2),
            (b, a, sign * (self.generators[a] ** 2 - 1)),
        ):
            if degrees[i] >= 2 and i != j:
                try:
                    other, _ = self._replaced(p, i, 2, square, one)
                except Unsuitable:
                    continue
                if (len(other), _letters(other)) < (len(best), _letters(best)):
                    best = other
        return best

    def divided(self, p: fmpz_mpoly, shared: Exponents, scale: fmpq) -> tuple[fmpz_mpoly, Exponents, fmpq]:
        """scale*p*shared with p over brackets and roots that divide it: (x^2 + x*s + 4)/(x + s) is s, s^2 = x^2 + 4."""
        if not self.relations:  # conjugates come from roots
            return p, shared, scale
        ways = [(base, n, *self.conjugates[base]) for base, n in shared.items() if n < 0 and base in self.conjugates]
        degrees = p.degrees()
        ways += [(i, 0, i, inner) for i, (index, inner) in self.relations.items() if index == 2 and degrees[i] == 1]
        for base, n, other, norm in ways:
            for _ in range(max(-n, 1)):
                try:
                    q, bottom = self.reduced(p * self.bases[other], identities=False)
                    quotient, factor = self._exactly(q, self.multiplied([norm, bottom]))
                except Unsuitable:
                    break
                if quotient is None or len(quotient) > len(p) - (n == 0):
                    break
                p, scale = quotient, scale * factor
                shared = {**shared, base: shared.get(base, 0) + 1}
        return p, shared, scale

    def _exactly(self, p: fmpz_mpoly, form: Form) -> tuple[fmpz_mpoly | None, fmpq]:
        """(q, c) with c*q = p/form; None for q where that is no polynomial."""
        for base, n in form.powers.items():
            if n < 0:
                p = p * self.bases[base] ** -n
            else:
                p, rest = divmod(p, self.bases[base] ** n)
                if rest:
                    return None, ONE
        return p, 1 / form.coefficient

    def factored(self, p: fmpz_mpoly) -> Form:
        """The form of a polynomial: its content, its kernels, and the rest in factors."""
        content, rest = self.without_content(p)
        if rest is None:
            return content
        if self.factoring and (rest.total_degree() == 1 or _is_irreducible(rest)):  # without content it has no factors
            c, pieces = content.coefficient, [(rest, 1)]
        elif self.factoring and len(rest) <= MAX_FACTORED and rest.total_degree() <= MAX_DEGREE:
            unit, factors = rest.factor()
            c = content.coefficient * int(unit)
            pieces = [(q, int(n)) for q, n in factors]
            if prod([q**n for q, n in pieces], start=self.context.constant(int(unit))) != rest:
                raise Unsuitable  # it is multiplied out again before it is believed
        else:
            c, pieces = content.coefficient, self._known_factors(rest)
            self.is_whole = self.is_whole and not self.factoring
        powers = dict(content.powers)
        for q, n in pieces:
            if q.is_constant():
                c *= int(q.leading_coefficient()) ** n
                continue
            if q.leading_coefficient() < 0:
                q, c = -q, c * (-1) ** n
            number = self.base(q)
            powers[number] = powers.get(number, 0) + n
        return self.settled(c, powers)

    def without_content(self, p: fmpz_mpoly) -> tuple[Form, fmpz_mpoly | None]:
        """(number and kernels that all terms of p share, the rest; None where that is 1)."""
        lead = p.term_content()
        content = int(lead.leading_coefficient())
        if content.bit_length() > MAX_BITS:
            raise Unsuitable
        form = Form(fmpq(content), {i: int(n) for i, n in enumerate(lead.monoms()[0]) if n})
        rest = p if lead.is_one() else divmod(p, lead)[0]
        if len(rest) == 1 and rest.is_constant():
            return Form(form.coefficient * int(rest.leading_coefficient()), form.powers), None
        return form, rest

    def _known_factors(self, p: fmpz_mpoly) -> list[tuple[fmpz_mpoly, int]]:
        """p over the brackets known so far, as often as they divide it, and what is left."""
        found = []
        tried = self.factoring and p.total_degree() <= MAX_DEGREE
        for base in range(self.count, len(self.bases) if tried else 0):
            q = self.bases[base]
            while len(q) > 1 and not p.is_constant():
                quotient, rest = divmod(p, q)
                if rest:
                    break
                found.append((q, 1))
                p = quotient
        return [*found, (p, 1)]

    def base(self, p: fmpz_mpoly) -> int:
        """The number of a polynomial; its conjugate is known from then on."""
        if len(p) == 1:
            return [int(n) for n in p.monoms()[0]].index(1)
        known = len(self.bases)
        number = self.plain(p)
        if number == known:
            self._find_conjugate(number, p)
        return number

    def plain(self, p: fmpz_mpoly) -> int:
        """The number of a polynomial as it is, content and all."""
        key = tuple(p.terms())
        if key not in self.keys:
            self.keys[key] = len(self.bases)
            self.bases.append(p)
        return self.keys[key]

    def _find_conjugate(self, number: int, p: fmpz_mpoly) -> None:
        """a + b*s, s a square root: a - b*s, and their product."""
        if not self.relations:
            return
        degrees = p.degrees()
        roots = [i for i, (index, _) in self.relations.items() if index == 2 and degrees[i] == 1]
        if not roots or len(p) > MAX_CONJUGATE or number in self.conjugates:
            return
        i = max(roots, key=lambda i: self.depths[i])
        other = self.context.from_dict({m: -int(c) if m[i] else int(c) for m, c in p.terms()})
        if other.leading_coefficient() < 0:
            other = -other
        try:
            product, bottom = self.reduced(p * other, identities=False)
            if not product:
                return
            norm = self.multiplied([self.factored(product), self.raised(bottom, -1)])
        except Unsuitable:
            return
        partner = self.plain(other)
        if number not in norm.powers and partner not in norm.powers and partner != number:
            self.conjugates[number] = partner, norm
            self.conjugates[partner] = number, norm


def _is_irreducible(p: fmpz_mpoly) -> bool:
    """Whether a polynomial of which no monomial is a factor is seen to have no factors: x^2*y + x - 1, x^3 - y^2.

    A generator stands in one term only and there to the first power: what divides that term's other factors and the
    other terms would be a monomial. Or it has two terms, and is no polynomial in k-th powers.
    """
    if len(p) > MAX_SEEN:
        return False
    monomials = p.monoms()
    if len(monomials) == 2 and gcd(*monomials[0], *monomials[1]) == 1:
        return True
    return any([sum(column) == 1 for column in zip(*monomials, strict=True)])


def _letters(p: fmpz_mpoly) -> int:
    """How many generators a polynomial has: c^2 + 2*c + 1 may have factors that 2*c^2 + 2*c + s^2 hides."""
    return sum([d > 0 for d in p.degrees()])


def over(f: Form, shared: Exponents) -> Form:
    """f divided by powers of bases."""
    powers = dict(f.powers)
    for base, n in shared.items():
        powers[base] = powers.get(base, 0) - n
    return Form(f.coefficient, {base: n for base, n in powers.items() if n})
