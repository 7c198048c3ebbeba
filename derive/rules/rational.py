"""Ratios of polynomials in kernels, kept as a number times powers of bases: (x + 1)^2*e^x/(2*x) as it is.

A base is a kernel or a polynomial without content; sums are multiplied out, everything else stays factored. Worked out
once per distinct node, within budgets; beyond them an expression is no such ratio here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flint import Ordering, fmpq, fmpz_mpoly_ctx

from derive.expressions import (
    ONE, Call, Constant, E, Expression, Negation, Number, Power, Product, Quotient, Sum, call, natural, rational_value,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import factors_of
from derive.rules.kernels import MAX_KERNELS, Kernel, Kernels, exponent_terms, parts, root_of

if TYPE_CHECKING:
    from flint import fmpz_mpoly

MAX_TERMS = 400  # of a polynomial that is multiplied out, as predicted; textbook numerators have below 20
MAX_FACTORED = 60  # terms of a polynomial that is factored into irreducible ones: 0.05 ms for 8 terms, 1 ms for 60
MAX_BITS = 2_000  # of a coefficient
MAX_DEGREE = 60  # of a polynomial that is multiplied out

Exponents: TypeAlias = dict[int, int]
"""Bases by number with their exponents, none of them 0."""


class Form(NamedTuple):
    """coefficient times the product of bases to their exponents."""

    coefficient: fmpq
    powers: Exponents


class Unsuitable(Exception):
    """The expression is no ratio of polynomials within the budgets."""


class Ring:
    """The polynomials in the kernels of one expression, with what is known of its parts."""

    __slots__ = (
        "bases", "conjugates", "contents", "context", "decimal", "factoring", "facts", "forms", "generators", "kernels", "keys", "numbers", "partners",
        "primes", "relations", "roots", "spelled",
    )  # fmt: skip

    def __init__(
        self, root: Expression, facts: Facts, *, identities: bool = True, circular: bool = False, factoring: bool = True
    ) -> None:
        found = Kernels(root, facts, identities=identities, circular=circular)
        ordered = found.ordered()
        if len(ordered) > MAX_KERNELS or not ordered:
            raise Unsuitable
        self.facts = facts
        self.decimal = found.has_point
        self.factoring = factoring
        self.kernels: list[Kernel] = [kernel for _, kernel in ordered]
        self.numbers = {key: i for i, (key, _) in enumerate(ordered)}
        self.context = fmpz_mpoly_ctx.get([f"k{i}" for i in range(len(ordered))], Ordering.lex)
        self.generators = self.context.gens()
        self.bases: list[fmpz_mpoly] = list(self.generators)
        self.keys: dict[tuple[object, ...], int] = {}
        self.forms: dict[Expression, Form | None] = {}
        self.spelled: dict[int, tuple[Expression, int]] = {}  # base → the sum that the input has for it, and its sign
        self.relations: dict[int, tuple[int, Form]] = {}  # root → its index, and what it is the root of
        self.conjugates: dict[int, tuple[int, Form]] = {}  # s + 1 → s - 1, and s^2 - 1
        self.partners = self._partners() if identities else []
        self.primes = sorted(found.primes)
        self.contents: dict[int, fmpq] = {}  # root → the number that came out of what it is the root of
        self.roots: dict[int, Form] = {}  # root → its form
        for number in sorted(range(len(ordered)), key=lambda i: self.kernels[i].base.depth):
            if self.kernels[number].kind == "root":
                self._prepare(self.kernels[number])

    def _prepare(self, kernel: Kernel) -> None:
        """Roots of factors come before roots of products."""
        try:
            self.form(kernel.base)
            self._root(kernel.base, kernel.index)
        except Unsuitable:
            pass

    # -- forms of expressions

    def form(self, root: Expression) -> Form:
        """The form of `root`; Unsuitable where it has none."""
        stack: list[Expression] = [root]
        while stack:
            node = stack[-1]
            if node in self.forms:
                stack.pop()
                continue
            missing = [a for a in self._needed(node) if a not in self.forms]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            try:
                self.forms[node] = self._combined(node)
            except Unsuitable:
                self.forms[node] = None
        found = self.forms[root]
        if found is None:
            raise Unsuitable
        return found

    def known_form(self, e: Expression) -> Form | None:
        """The form of an expression, None where it has none."""
        try:
            return self.form(e)
        except Unsuitable:
            return None

    def _needed(self, node: Expression) -> Iterable[Expression]:
        return parts(node)

    def known(self, node: Expression) -> Form:
        found = self.forms[node]
        if found is None:
            raise Unsuitable
        return found

    def _combined(self, node: Expression) -> Form:
        match node:
            case Number():
                return Form(fmpq(node.value.numerator, node.value.denominator), {})
            case Negation():
                c, powers = self.known(node.operand)
                return Form(-c, powers)
            case Sum():
                return self._named(node, self.added([self.known(a) for a in node.arguments]))
            case Product():
                return self.multiplied([self.known(a) for a in node.arguments])
            case Quotient():
                return self.multiplied([self.known(node.numerator), self.raised(self.known(node.denominator), -1)])
            case Power():
                return self._power(node)
            case Call():
                return self._call(node)
            case _:
                return self._kernel("atom", node)

    def _named(self, node: Expression, form: Form) -> Form:
        if len(form.powers) == 1 and abs(form.coefficient) == 1:
            ((base, n),) = form.powers.items()
            if n == 1 and base >= len(self.kernels) and self.spelled.get(base, (node, -1))[1] < 0:
                self.spelled[base] = node, int(form.coefficient)
        return form

    def _power(self, node: Power) -> Form:
        n = rational_value(node.exponent)
        if n is not None:
            base = self.known(node.base)
            if n.denominator == 1:
                return self.raised(base, int(n))
            return self.raised(self._root(node.base, n.denominator), int(n * Fraction(n.denominator)))
        return self._exponential(node.base, node.exponent)

    def _exponential(self, base: Expression, exponent: Expression) -> Form:
        factors: list[Form] = []
        for c, body in exponent_terms(exponent):
            if body == ONE and Fraction(c).denominator == 1:
                factors.append(
                    self.raised(self.form(base) if type(base) is not Constant else self._kernel("atom", base), int(c))
                )
            elif body == ONE:
                factors.append(self.raised(self._root(base, Fraction(c).denominator), Fraction(c).numerator))
            else:
                unit = self._kernel("power", base, body)
                ((number, _),) = unit.powers.items()
                factors.append(self.raised(unit, int(c * self.kernels[number].index)))
        return self.multiplied(factors)

    def _call(self, node: Call) -> Form:
        root = root_of(node)
        if root is not None:
            return self._root(*root)
        if node.label == "exp":
            return self._exponential(E, node.arguments[0])
        if node.label == "abs":
            form = self._kernel("bars", node.arguments[0])
            ((number, _),) = form.powers.items()
            if number not in self.relations:
                self.relations[number] = 2, self.raised(self.known(node.arguments[0]), 2)
            return form
        if ("atom", self.facts.representative(node), ONE) not in self.numbers:  # written in sine and cosine
            above, below = _IN_CIRCULAR[str(node.label)]
            return self.multiplied(
                [self._kernel("atom", call(name, *node.arguments)) for name in above]
                + [self.raised(self._kernel("atom", call(name, *node.arguments)), -1) for name in below]
            )
        return self._kernel("atom", node)

    def _kernel(self, kind: str, base: Expression, body: Expression = ONE) -> Form:
        key = kind, self.facts.representative(base), self.facts.representative(body) if body is not ONE else ONE
        if key not in self.numbers:
            raise Unsuitable
        return Form(_ONE, {self.numbers[key]: 1})

    def _root(self, base: Expression, index: int) -> Form:
        """base^(1/index): a number in the base comes out, as roots of primes."""
        number = self.numbers.get(("root", self.facts.representative(base), ONE))
        if number is None:
            raise Unsuitable
        known = self.roots.get(number)
        if known is None:
            known = self.roots[number] = self._new_root(number, self.form(base), self.kernels[number].index)
        return self.raised(known, self.kernels[number].index // index)

    def _new_root(self, number: int, inner: Form, index: int) -> Form:
        c, powers = inner
        if not powers:
            return self._root_of_number(c, index)
        outside = _UNIT
        sign = 1 if c > 0 else -1
        try:
            outside = self._root_of_number(abs(c), index)
        except Unsuitable:
            self.relations[number] = index, inner
            return Form(_ONE, {number: 1})
        if abs(c) != 1:
            self.contents[number] = abs(c)
        inner = Form(fmpq(sign), powers)
        for other, (same, form) in self.relations.items():
            if same == index and form == inner:
                return self.multiplied([outside, Form(_ONE, {other: 1})])
        pieces = self._pieces(inner, index)
        if pieces is not None:
            return self.multiplied([outside, pieces])
        self.relations[number] = index, inner
        return self.multiplied([outside, Form(_ONE, {number: 1})])

    def _pieces(self, inner: Form, index: int) -> Form | None:
        """sqrt(x^2 - 1) as sqrt(x - 1)*sqrt(x + 1), where the input has both."""
        if len(inner.powers) < 2:
            return None
        sign, found = _ONE, {}
        for base, n in inner.powers.items():
            for other, (same, form) in self.relations.items():
                if same == index and form.powers == {base: 1} and self.kernels[other].kind == "root":
                    found[other] = n
                    sign *= form.coefficient**n
                    break
            else:
                return None
        return self._settled(_ONE, found) if sign == inner.coefficient else None

    def _root_of_number(self, c: fmpq, index: int) -> Form:
        """8^(1/2) as 2*2^(1/2); Unsuitable where a prime has no kernel, or the number is negative."""
        if c == 1:
            return _UNIT
        if c < 0:
            if index % 2 == 0:
                raise Unsuitable
            return self.multiplied([Form(-_ONE, {}), self._root_of_number(-c, index)])
        powers: Exponents = {}
        outside = fmpq(1)
        for n, sign in ((int(c.p), 1), (int(c.q), -1)):
            for p in self.primes:
                k = 0
                while n % p == 0:
                    n //= p
                    k += 1
                k *= sign
                if not k:
                    continue
                whole, rest = divmod(k, index)
                outside *= fmpq(p) ** whole
                if rest:
                    number = self.numbers[("root", natural(p), ONE)]
                    most = self.kernels[number].index
                    if most % index:
                        raise Unsuitable
                    self.relations.setdefault(number, (most, Form(fmpq(p), {})))
                    powers[number] = powers.get(number, 0) + rest * most // index
            if n != 1:
                exact = round(n ** (1 / index)) if n < 2**52 else 0
                if exact**index != n:
                    raise Unsuitable
                outside *= fmpq(exact) ** sign
        return self._settled(outside, powers)

    # -- arithmetic

    def multiplied(self, forms: Iterable[Form]) -> Form:
        """The product of forms."""
        coefficient = _ONE
        powers: Exponents = {}
        for c, own in forms:
            if c == 0:
                return _ZERO
            coefficient *= c
            for base, n in own.items():
                powers[base] = powers.get(base, 0) + n
        return self._settled(coefficient, powers)

    def raised(self, form: Form, n: int) -> Form:
        """The n-th power of a form."""
        c, powers = form
        if n < 0 and c == 0:
            raise Unsuitable
        if abs(n) * max(int(c.p).bit_length(), int(c.q).bit_length()) > MAX_BITS and abs(c) != 1:
            raise Unsuitable
        return self._settled(c**n, {base: k * n for base, k in powers.items()})

    def _settled(self, c: fmpq, powers: Exponents) -> Form:
        """Roots below their index: sqrt(u)^3 is u*sqrt(u), 1/sqrt(u) is sqrt(u)/u; products of conjugates are one."""
        found = True
        while found:
            found = False
            for base, n in list(powers.items()):
                if n == 0:
                    del powers[base]
                    continue
                relation = self.relations.get(base)
                if relation is not None and not 0 <= n < relation[0]:
                    index, inner = relation
                    k, rest = divmod(n, index)
                    powers[base] = rest
                    c *= inner.coefficient**k
                    for b, m in inner.powers.items():
                        powers[b] = powers.get(b, 0) + m * k
                    found = True
                    break
                other = self.conjugates.get(base)
                if other is not None and n * powers.get(other[0], 0) > 0:
                    t = n if abs(n) <= abs(powers[other[0]]) else powers[other[0]]
                    powers[base] -= t
                    powers[other[0]] -= t
                    c *= other[1].coefficient ** t
                    for b, m in other[1].powers.items():
                        powers[b] = powers.get(b, 0) + m * t
                    found = True
                    break
        return Form(c, powers)

    def added(self, forms: Iterable[Form]) -> Form:
        """The sum of forms: what they share stands in front, the rest is multiplied out and factored again."""
        forms = [f for f in forms if f.coefficient != 0]
        if len(forms) < 2:
            return forms[0] if forms else _ZERO
        shared, rest = self.split(forms)
        scale, total = self.summed(rest)
        if total is None:
            return _ZERO
        return self.multiplied([Form(_ONE, shared), Form(scale, {}), total])

    def split(self, forms: list[Form]) -> tuple[Exponents, list[Form]]:
        """(the powers that all forms share, what is left of each, without negative exponents)."""
        every = {base for f in forms for base in f.powers}
        shared = {base: min(f.powers.get(base, 0) for f in forms) for base in every}
        for base, (other, norm) in self.conjugates.items():  # (s - 1)*(s + 1) is s^2 - 1
            if shared.get(base, 0) < 0 and shared.get(other, 0) < 0 and base < other:
                both = self._settled(_ONE, {base: shared[base], other: shared[other]})
                down = {b: n for b, n in both.powers.items() if n < 0}
                del shared[base], shared[other]
                for b, n in down.items():
                    shared[b] = min(shared.get(b, 0), n)
                forms = [self._over_norm(f, base, other, norm) for f in forms]
        shared = {base: n for base, n in shared.items() if n}
        rest = []
        for f in forms:
            own = {base: f.powers.get(base, 0) - shared.get(base, 0) for base in {*f.powers, *shared}}
            rest.append(Form(f.coefficient, {b: n for b, n in own.items() if n}))
        return shared, rest

    def _over_norm(self, f: Form, base: int, other: int, norm: Form) -> Form:
        """1/(s + 1) as (s - 1)/(s^2 - 1)."""
        for b, o in ((base, other), (other, base)):
            n = f.powers.get(b, 0)
            if n < 0:
                f = self._unsettled(f, {b: -n, o: -n}, norm, n)
        return f

    def _unsettled(self, f: Form, by: Exponents, norm: Form, n: int) -> Form:
        powers = dict(f.powers)
        for b, k in by.items():
            powers[b] = powers.get(b, 0) + k
        for b, k in norm.powers.items():
            powers[b] = powers.get(b, 0) + k * n
        return Form(f.coefficient * norm.coefficient**n, {b: k for b, k in powers.items() if k})

    def summed(self, forms: list[Form]) -> tuple[fmpq, Form | None]:
        """The sum of forms without negative exponents, as a number times a form; None for 0."""
        total, scale = self.polynomial(forms)
        total, bottom = self.reduced(total)
        if total == 0:
            return _ONE, None
        return scale, self.multiplied([self.factored(total), self.raised(bottom, -1)])

    def polynomial(self, forms: list[Form]) -> tuple[fmpz_mpoly, fmpq]:
        """(p, c) with c*p the sum of forms without negative exponents, multiplied out."""
        bottom = 1
        for f in forms:
            bottom = bottom * int(f.coefficient.q) // _gcd(bottom, int(f.coefficient.q))
        if bottom.bit_length() > MAX_BITS or sum(self._predicted(f.powers) for f in forms) > MAX_TERMS:
            raise Unsuitable
        total = self.context.constant(0)
        for f in forms:
            term = self.context.constant(int(f.coefficient * bottom))
            for base, n in f.powers.items():
                term = term * self.bases[base] ** n
            total = total + term
        return total, fmpq(1, bottom)

    def _predicted(self, powers: Exponents) -> int:
        """The number of terms of a product of powers at most."""
        n, degree = 1, 0
        for base, k in powers.items():
            p = self.bases[base]
            if k < 0:
                raise Unsuitable
            if base >= len(self.kernels):
                degree += k * p.total_degree()
                if k > MAX_DEGREE or degree > MAX_DEGREE:
                    raise Unsuitable
                n *= comb(len(p) + k - 1, k)
                if n > MAX_TERMS:
                    raise Unsuitable
        return n

    def reduced(self, p: fmpz_mpoly, *, identities: bool = True) -> tuple[fmpz_mpoly, Form]:
        """(q, d) with p = q/d and every root in q below its index, fewer squares of sine and cosine."""
        bottom = Form(_ONE, {})
        for _ in range(len(self.kernels) + 1):
            degrees = p.degrees()
            high = [i for i, (index, _) in self.relations.items() if degrees[i] >= index]
            if not high:
                break
            i = max(high, key=lambda i: self.kernels[i].base.depth)
            index, inner = self.relations[i]
            above, below = self._ratio(inner)
            p, most = self._replaced(p, i, index, above, below)
            bottom = self.multiplied([bottom, self.raised(below[1], most)])
        for i, j, sign in self.partners if identities else ():
            p = self._shorter(p, i, j, sign)
        return p, bottom

    def _ratio(self, form: Form) -> tuple[fmpz_mpoly, tuple[fmpz_mpoly, Form]]:
        c, powers = form
        above = Form(fmpq(c.p), {b: n for b, n in powers.items() if n > 0})
        below = Form(fmpq(c.q), {b: -n for b, n in powers.items() if n < 0})
        return self.polynomial([above])[0], (self.polynomial([below])[0], below)

    def _replaced(
        self, p: fmpz_mpoly, i: int, index: int, above: fmpz_mpoly, below: tuple[fmpz_mpoly, Form]
    ) -> tuple[fmpz_mpoly, int]:
        """p with generator i to its index replaced by above/below, times below^most."""
        layers: dict[int, dict[tuple[int, ...], object]] = {}
        for monomial, c in p.terms():
            k, rest = divmod(int(monomial[i]), index)
            layers.setdefault(k, {})[(*monomial[:i], rest, *monomial[i + 1 :])] = c
        most = max(layers)
        if sum(len(layer) for layer in layers.values()) * max(len(above), len(below[0])) ** most > 10 * MAX_TERMS:
            raise Unsuitable
        total = self.context.constant(0)
        for k, layer in layers.items():
            total = total + self.context.from_dict(layer) * above**k * below[0] ** (most - k)
        if len(total) > MAX_TERMS:
            raise Unsuitable
        return total, most

    def _shorter(self, p: fmpz_mpoly, i: int, j: int, sign: int) -> fmpz_mpoly:
        """p with squares of one partner written by the other, where that has fewer terms: a^2 = 1 + sign*b^2."""
        degrees = p.degrees()
        if degrees[i] < 2 and degrees[j] < 2:
            return p
        one = self.context.constant(1)
        best = p
        for a, value in ((i, 1 + sign * self.generators[j] ** 2), (j, sign * (self.generators[i] ** 2 - 1))):
            if degrees[a] >= 2:
                try:
                    other, _ = self._replaced(p, a, 2, value, (one, Form(_ONE, {})))
                except Unsuitable:
                    continue
                if len(other) < len(best):
                    best = other
        return best

    def factored(self, p: fmpz_mpoly) -> Form:
        """The form of a polynomial: its content, its kernels, and the rest in factors."""
        content = p.content()
        monomial = p.term_content().monoms()[0]
        powers: Exponents = {i: int(n) for i, n in enumerate(monomial) if n}
        lead = self.context.from_dict({tuple(monomial): int(content)})
        p = divmod(p, lead)[0]
        c = fmpq(int(content))
        if int(content).bit_length() > MAX_BITS:
            raise Unsuitable
        if p.is_constant():
            return self._settled(c * int(p.leading_coefficient()), powers)
        if self.factoring and len(p) <= MAX_FACTORED and len(p) > 1:
            unit, found = p.factor()
            c *= int(unit)
            factors = [(q, int(n)) for q, n in found]
        else:
            factors = [(p, 1)]
        for q, n in factors:
            if q.leading_coefficient() < 0:
                q = -q
                c *= (-1) ** n
            if len(factors) == 1 and n == 1 and len(q) > MAX_FACTORED:
                for base in range(len(self.kernels), len(self.bases)):
                    while len(self.bases[base]) > 1 and len(q) > 1:
                        quot, remainder = divmod(q, self.bases[base])
                        if remainder != 0:
                            break
                        powers[base] = powers.get(base, 0) + 1
                        q = quot
                if q.is_constant():
                    c *= int(q.leading_coefficient())
                    continue
            number = self._base(q)
            powers[number] = powers.get(number, 0) + n
        return self._settled(c, powers)

    def _base(self, p: fmpz_mpoly) -> int:
        key = tuple(p.terms())
        number = self.keys.get(key)
        if number is None:
            if len(p) == 1:
                monomial = p.monoms()[0]
                return [int(n) for n in monomial].index(1)
            number = self.keys[key] = len(self.bases)
            self.bases.append(p)
            self._conjugate(number, p)
        return number

    def _conjugate(self, number: int, p: fmpz_mpoly) -> None:
        """a + b*s, s a square root: a - b*s, and their product."""
        degrees = p.degrees()
        roots = [i for i, (index, _) in self.relations.items() if index == 2 and degrees[i] == 1]
        if not roots or len(p) > 12 or number in self.conjugates:
            return
        i = max(roots, key=lambda i: self.kernels[i].base.depth)
        other = self.context.from_dict({m: -c if m[i] else c for m, c in p.terms()})
        if other.leading_coefficient() < 0:
            other = -other
        try:
            norm, bottom = self.reduced(p * other, identities=False)
            if norm == 0:
                return
            form = self.multiplied([self.factored(norm), self.raised(bottom, -1)])
        except Unsuitable:
            return
        if any(b in (number,) for b in form.powers):
            return
        partner = self._base_plain(other)
        self.conjugates[number] = partner, form
        self.conjugates[partner] = number, form

    def _base_plain(self, p: fmpz_mpoly) -> int:
        key = tuple(p.terms())
        number = self.keys.get(key)
        if number is None:
            number = self.keys[key] = len(self.bases)
            self.bases.append(p)
        return number

    @property
    def has_ratios(self) -> bool:
        """Whether a kernel is a quotient of sine and cosine."""
        return any(k.kind == "atom" and type(k.base) is Call and k.base.label in _IN_CIRCULAR for k in self.kernels)

    def _partners(self) -> list[tuple[int, int, int]]:
        """(a, b, sign) with a^2 = 1 + sign*b^2."""
        found = []
        for (kind, e, _), i in self.numbers.items():
            if kind == "atom" and type(e) is Call and e.label in _SQUARES:
                name, sign = _SQUARES[str(e.label)]
                j = self.numbers.get(("atom", self.facts.representative(call(name, *e.arguments)), ONE))
                if j is not None:
                    found.append((i, j, sign))
        return found


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


_ONE = fmpq(1)
_UNIT = Form(_ONE, {})
_ZERO = Form(fmpq(0), {})
_SQUARES = {"sin": ("cos", -1), "cosh": ("sinh", 1), "sec": ("tan", 1), "csc": ("cot", 1)}
_IN_CIRCULAR = {
    "tan": (("sin",), ("cos",)), "cot": (("cos",), ("sin",)), "sec": ((), ("cos",)), "csc": ((), ("sin",)),
}  # fmt: skip
