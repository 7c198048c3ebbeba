"""Rings: expressions read as ratios of polynomials in their kernels, once per distinct node, within budgets."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from derive.expressions import (
    ONE, Call, Constant, E, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, call, natural,
    rational_value,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.kernels import MAX_KERNELS, RATIOS, Kernel, Kernels, bars_in, exponent_terms, parts, root_of
from derive.rules.rational_forms import UNIT, Exponents, Form, Unsuitable
from derive.rules.rational_forms import ONE as UNITY
from derive.rules.rational_sums import Sums

_SQUARES = {
    "sin": ("cos", -1), "cosh": ("sinh", 1), "sec": ("tan", 1), "csc": ("cot", 1), "sech": ("tanh", -1),
    "coth": ("csch", 1),
}  # fmt: skip


_NEW = Form(UNITY, {})  # what stands for a part that has not been read


class Ring(Sums):
    """The polynomials in the kernels of one expression, with the forms of its parts.

    identities  squares of sine and cosine and their kin combine      circular   tan, cot, sec, csc are sine and cosine
    factoring   polynomials are factored; without, two forms are compared by multiplying out alone
    """

    def __init__(
        self, root: Expression, facts: Facts, *, identities: bool = True, circular: bool = False, factoring: bool = True
    ) -> None:
        found = Kernels(root, facts, identities=identities, circular=circular)
        ordered = found.ordered()
        if len(ordered) > MAX_KERNELS or not ordered:
            raise Unsuitable
        super().__init__(len(ordered))
        self.facts = facts.without_rings()
        self.terms = facts.terms
        self.decimal = found.has_point
        self.kernels: list[Kernel] = [kernel for _, kernel in ordered]
        self.numbers = {key: i for i, (key, _) in enumerate(ordered)}
        self.depths = [kernel.base.depth for kernel in self.kernels]
        self.forms: dict[Expression, Form | None] = {}
        self.spelled: dict[int, tuple[Expression, int]] = {}  # base → the sum that the input has for it, and its sign
        self.partners = self._partners() if identities else []
        self.primes = sorted(found.primes)
        self.contents: dict[int, fmpq] = {}  # root → the number that came out of what it is the root of
        self.roots: dict[int, Form] = {}  # root → its form
        for kernel in self.kernels:
            if kernel.kind == "bars" and self.known_form(kernel.base) is not None:
                self._bars(kernel.base)
        for number in sorted(range(self.count), key=lambda i: self.depths[i]):  # those of factors before products
            if self.kernels[number].kind == "root" and self.known_form(self.kernels[number].base) is not None:
                self._known_root(self.kernels[number])
        self.factoring = factoring  # what roots are of is factored in any case

    @property
    def has_ratios(self) -> bool:
        """Whether a kernel is a quotient of sine and cosine."""
        return any(k.kind == "atom" and type(k.base) is Call and k.base.label in RATIOS for k in self.kernels)

    def known_form(self, e: Expression) -> Form | None:
        """The form of an expression, None where it has none."""
        forms = self.forms
        known = forms.get(e, _NEW)
        if known is not _NEW:
            return known
        stack: list[Expression | None] = [e]
        while stack:
            node = stack.pop()
            if node is None:  # the parts of what stands below it are known
                node = stack.pop()
            elif node in forms:
                continue
            else:
                below = parts(node)
                if below:
                    stack += (node, None, *below)
                    continue
            try:
                forms[node] = self._read(node)  # type: ignore[index, arg-type]  # no None is below a None
            except Unsuitable:
                forms[node] = None  # type: ignore[index]
        return forms[e]

    def form(self, e: Expression) -> Form:
        """The form of an expression; Unsuitable where it has none."""
        found = self.known_form(e)
        if found is None:
            raise Unsuitable
        return found

    def _read(self, node: Expression) -> Form:
        kind, arguments = type(node), node.arguments
        if kind is Symbol:
            return self._kernel("atom", node)
        if kind is Product:
            return self.multiplied([self.form(a) for a in arguments])
        if kind is Sum:
            return self._named(node, self.added([self.form(a) for a in arguments]))
        if kind is Negation:
            c, powers = self.form(arguments[0])
            return Form(-c, powers)
        if kind is Quotient:
            return self.multiplied([self.form(arguments[0]), self.raised(self.form(arguments[1]), -1)])
        if kind is Number:
            value = node.value  # type: ignore[attr-defined]
            return Form(fmpq(value.numerator, value.denominator), {})
        if type(node) is Power:
            return self._power(node)
        if type(node) is Call:
            return self._call(node)
        return self._kernel("atom", node)

    def _named(self, node: Expression, form: Form) -> Form:
        """Keeps the input's words for a bracket: 1 - x for what is -(x - 1) here."""
        if len(form.powers) == 1 and abs(form.coefficient) == 1:
            ((base, n),) = form.powers.items()
            if n == 1 and base >= self.count and self.spelled.get(base, (node, -1))[1] < 0:
                self.spelled[base] = node, int(form.coefficient)
        return form

    def _power(self, node: Power) -> Form:
        n = rational_value(node.exponent)
        if n is None:
            return self._exponential(node.base, node.exponent)
        if n.denominator == 1:
            return self.raised(self.form(node.base), int(n))
        return self.raised(self._root(node.base, n.denominator), n.numerator)

    def _exponential(self, base: Expression, exponent: Expression) -> Form:
        """e^(2*x - 1) as (e^x)^2/e."""
        factors: list[Form] = []
        for c, body in exponent_terms(exponent):
            if body != ONE:
                unit = self._kernel("power", base, body)
                (number,) = unit.powers
                factors.append(self.raised(unit, int(c * self.kernels[number].index)))
            elif c.denominator == 1:
                whole = self._kernel("atom", base) if type(base) is Constant else self.form(base)
                factors.append(self.raised(whole, int(c)))
            else:
                factors.append(self.raised(self._root(base, c.denominator), c.numerator))
        return self.multiplied(factors)

    def _call(self, node: Call) -> Form:
        root = root_of(node)
        if root is not None:
            return self._root(*root)
        if node.label == "exp":
            return self._exponential(E, node.arguments[0])
        if node.label == "abs":
            factors = [(self._bars(f), n) for f, n in bars_in(node.arguments[0])]
            return self.multiplied([self.raised(f, n) for f, n in factors])
        if ("atom", self.facts.representative(node), ONE) in self.numbers:
            return self._kernel("atom", node)
        above, below = RATIOS[str(node.label)]
        tops = [self._kernel("atom", call(name, *node.arguments)) for name in above]
        bottoms = [self.raised(self._kernel("atom", call(name, *node.arguments)), -1) for name in below]
        return self.multiplied(tops + bottoms)

    def _bars(self, u: Expression) -> Form:
        """|u|, whose square is u^2."""
        if type(u) is Number:
            return self.form(u)
        form = self._kernel("bars", u)
        (number,) = form.powers
        if number not in self.relations:
            self.relations[number] = 2, self.raised(self.form(u), 2)
        return form

    def _kernel(self, kind: str, base: Expression, body: Expression = ONE) -> Form:
        key = kind, self.facts.representative(base), body if body is ONE else self.facts.representative(body)
        if key not in self.numbers:
            raise Unsuitable
        return Form(UNITY, {self.numbers[key]: 1})

    def _root(self, base: Expression, index: int) -> Form:
        """base^(1/index)."""
        number = self.numbers.get(("root", self.facts.representative(base), ONE))
        if number is None:
            raise Unsuitable
        kernel = self.kernels[number]
        if number not in self.roots:
            self._known_root(kernel)
        if number not in self.roots:
            raise Unsuitable
        return self.raised(self.roots[number], kernel.index // index)

    def _known_root(self, kernel: Kernel) -> None:
        """Works out what base^(1/index) is, for the index of the kernel."""
        number = self.numbers["root", kernel.base, ONE]
        try:
            self.roots[number] = self._new_root(number, self.form(kernel.base), kernel.index)
        except Unsuitable:
            return

    def _new_root(self, number: int, inner: Form, index: int) -> Form:
        """A number in the base comes out, as roots of primes; roots of one base are one."""
        c, powers = inner
        if not powers:
            return self._root_of_number(c, index)
        try:
            outside = self._root_of_number(abs(c), index)
        except Unsuitable:
            self.relations[number] = index, inner
            return Form(UNITY, {number: 1})
        if abs(c) != 1:
            self.contents[number] = abs(c)
        else:
            below, powers = self._squares_below(powers) if index == 2 else (UNIT, powers)
            outside = self.multiplied([outside, below])
        inner = Form(fmpq(1 if c > 0 else -1), powers)
        for other, (same, form) in self.relations.items():
            if same == index and form == inner:
                return self.multiplied([outside, Form(UNITY, {other: 1})])
        pieces = self._pieces(inner, index)
        if pieces is None:
            self.relations[number] = index, inner
            pieces = Form(UNITY, {number: 1})
        return self.multiplied([outside, pieces])

    def _squares_below(self, powers: Exponents) -> tuple[Form, Exponents]:
        """sqrt(u/x^2) as sqrt(u)/|x|, where the expression has |x|: (what comes out, what is left)."""
        out: Exponents = {}
        left = dict(powers)
        for other, (_, form) in self.relations.items():
            if self.kernels[other].kind == "bars" and len(form.powers) == 1 and form.coefficient == 1:
                ((base, n),) = form.powers.items()
                if n == 2 and left.get(base, 0) < 0 and left[base] % 2 == 0:
                    out[other] = left.pop(base) // 2
        return self.settled(UNITY, out), left

    def _pieces(self, inner: Form, index: int) -> Form | None:
        """sqrt(x^2 - 1) as sqrt(x - 1)*sqrt(x + 1), where the expression has both: it is defined for x >= 1 only."""
        if len(inner.powers) < 2:
            return None
        sign, found = UNITY, {}
        for base, n in inner.powers.items():
            for other, (same, form) in self.relations.items():
                if same == index and form.powers == {base: 1} and self.kernels[other].kind == "root":
                    found[other] = n
                    sign *= form.coefficient**n
                    break
            else:
                return None
        return self.settled(UNITY, found) if sign == inner.coefficient else None

    def _root_of_number(self, c: fmpq, index: int) -> Form:
        """8^(1/2) as 2*2^(1/2); Unsuitable where a prime has no kernel, for 0 and for negative numbers."""
        if c == 1:
            return UNIT
        if c == 0:
            raise Unsuitable
        if c < 0:
            if index % 2 == 0:
                raise Unsuitable
            return self.multiplied([Form(-UNITY, {}), self._root_of_number(-c, index)])
        powers: Exponents = {}
        outside = Fraction(1)
        for n, sign in ((int(c.p), 1), (int(c.q), -1)):
            for p in self.primes:
                k = 0
                while n % p == 0:
                    n //= p
                    k += sign
                whole, rest = divmod(k, index)
                outside *= Fraction(p) ** whole
                if rest:
                    number = self.numbers["root", natural(p), ONE]
                    most = self.kernels[number].index
                    if most % index:
                        raise Unsuitable
                    self.relations.setdefault(number, (most, Form(fmpq(p), {})))
                    powers[number] = powers.get(number, 0) + rest * most // index
            exact = round(n ** (1 / index)) if n < 2**52 else 0
            if exact**index != n:
                raise Unsuitable
            outside *= Fraction(exact) ** sign
        return self.settled(fmpq(outside.numerator, outside.denominator), powers)

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
