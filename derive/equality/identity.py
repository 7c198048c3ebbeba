"""A proof that two expressions agree: their difference, over one denominator, is the zero polynomial in their atoms.

An atom is a letter, a constant, a root, a call, a power with a letter above: whatever is no sum, product, quotient or
whole power. Atoms with equal arguments are one. A few laws hold between them: (u^(1/n))^n = u, |u|^2 = u^2,
sin^2 + cos^2 = 1, cosh^2 - sinh^2 = 1, a^(2u + v) = (a^u)^2*a^v; tan, cot, sec, csc, and their hyperbolic sisters are
written by them. Wherever both expressions have values, every atom and every denominator in them has one too and is not
0, so the values are equal there. What is too large is not decided, never approximated.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from typing import NamedTuple, TypeAlias

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx
from flint.utils.flint_exceptions import DomainError

from derive.expressions import (
    Call, Constant, E, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, postorder, rational_value,
)  # fmt: skip

NODES = 3000  # distinct nodes; the 475 antiderivatives of rubi and their derivatives have 900 at most
ATOMS = 60  # their generators
TERMS = 20_000  # of a product, before like terms are added: 2 ms
EXPONENT = 10**6
WORK = 400_000  # products of terms altogether: 40 ms
BITS = 20_000
DEGREE = 64  # in any atom, of polynomials that are searched for a common factor: those of (x^200 - 1)/(x - 1) take long
PAIRS = 4_000  # terms of one times terms of the other, there

Key: TypeAlias = tuple[object, ...]
"""What makes an atom: its kind and the normal forms of what it is made of."""


class Ratio(NamedTuple):
    """A ratio of polynomials in the atoms."""

    top: fmpq_mpoly
    bottom: fmpq_mpoly


class TooLarge(Exception):
    """The polynomials do not fit into the budget."""


def proved(a: Expression, b: Expression) -> bool:
    """Whether a - b is shown to be 0 wherever both have a value; False says nothing."""
    nodes = postorder(b, dict.fromkeys(postorder(a)))
    if len(nodes) > NODES or len(postorder(a)) > NODES:
        return False
    try:
        field = _Field()
        left, right = field.ratio(a), field.ratio(b)
        if left is None or right is None:
            return False
        return field.vanishes(field.minus(left, right))
    except TooLarge:
        return False
    except (OverflowError, MemoryError):  # exponents that FLINT does not hold
        return False


def ratio_of(a: Expression, b: Expression) -> Fraction | None:
    """The number a/b, where the two are shown to be proportional: 2*x - 2 and x - 1  →  2."""
    try:
        field = _Field()
        left, right = field.ratio(a), field.ratio(b)
        inverse = None if right is None else field.power(right, -1)
        if left is None or inverse is None or len(field.known) > NODES:
            return None
        found = field.reduced(field.product(left, inverse))
    except (TooLarge, OverflowError, MemoryError):
        return None
    return _fraction(found.top) if found.top.is_constant() and found.bottom.is_one() else None


def one_letter(e: Expression, x: str) -> list[fmpq] | None:
    """The coefficients, from the constant on, of the polynomial in x whose zeros are those of e; else None."""
    field = _Field()
    found = field.ratio(e)
    if found is None:
        return None
    top = field.reduced(found).top
    index = field.atoms.get(("symbol", x))
    if index is None or any((n > DEGREE) if i == index else n for i, n in enumerate(top.degrees())):
        return None
    coefficients = [fmpq(0)] * (top.degrees()[index] + 1)
    for exponents, c in top.terms():
        coefficients[exponents[index]] = c
    return coefficients


class _Field:
    """The ratios of polynomials in the atoms met so far, with the laws between them."""

    def __init__(self) -> None:
        self.context = fmpq_mpoly_ctx.get([f"t{i}" for i in range(ATOMS)], Ordering.lex)
        self.generators = self.context.gens()
        self.one: fmpq_mpoly = self.context.constant(1)
        self.atoms: dict[Key, int] = {}
        self.squares: list[tuple[int, int, Ratio]] = []  # atom, n, its n-th power
        self.known: dict[Expression, Ratio | None] = {}
        self.work = 0

    def ratio(self, e: Expression) -> Ratio | None:
        """e as a ratio of polynomials; None where it divides by 0."""
        for node in postorder(e, self.known):
            parts = [self.known[a] for a in node.arguments]
            self.known[node] = None if None in parts else self._combined(node, parts)  # type: ignore[arg-type]
        return self.known[e]

    def vanishes(self, r: Ratio) -> bool:
        """Whether a ratio is 0 by the laws between atoms."""
        return self.reduced(r).top.is_zero()

    # arithmetic within the budget

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
        if not shared.is_one():
            left, right = a.bottom / shared, b.bottom / shared
            return Ratio(self.times(a.top, right) + self.times(b.top, left), self.times(a.bottom, right))
        return Ratio(self.times(a.top, b.bottom) + self.times(b.top, a.bottom), self.times(a.bottom, b.bottom))

    def minus(self, a: Ratio, b: Ratio) -> Ratio:
        return self.plus(a, Ratio(-b.top, b.bottom))

    def product(self, a: Ratio, b: Ratio) -> Ratio:
        return Ratio(self.times(a.top, b.top), self.times(a.bottom, b.bottom))

    def power(self, a: Ratio, n: int) -> Ratio | None:
        if n < 0:
            return None if a.top.is_zero() else self.power(Ratio(a.bottom, a.top), -n)
        return Ratio(self._raised(a.top, n), self._raised(a.bottom, n))

    def _raised(self, p: fmpq_mpoly, n: int) -> fmpq_mpoly:
        k = len(p)
        if n > EXPONENT or (k > 1 and (n > TERMS or comb(n + k - 1, k - 1) > TERMS)):
            raise TooLarge
        if n * max((_bits(c) for c in p.coeffs()), default=0) > BITS:
            raise TooLarge
        self.work += comb(n + k - 1, k - 1) if k > 1 else 1
        if self.work > WORK:
            raise TooLarge
        return p**n

    def common(self, p: fmpq_mpoly, q: fmpq_mpoly) -> fmpq_mpoly:
        """The greatest common divisor, or 1 where looking for it would take long."""
        if p.is_constant() or q.is_constant() or len(p) * len(q) > PAIRS or max(*p.degrees(), *q.degrees()) > DEGREE:
            return self.one
        self.work += 10 * len(p) * len(q)
        return p.gcd(q)

    def rational(self, q: Fraction) -> Ratio:
        return Ratio(self.context.constant(fmpq(q.numerator, q.denominator)), self.one)

    # normal forms

    def reduced(self, r: Ratio) -> Ratio:
        """r with the laws applied and common factors cancelled, the denominator with leading coefficient 1."""
        for atom, n, law in reversed(self.squares):  # the last ones are made of the first ones
            r = self._by_law(r, atom, n, law)
        if r.top.is_zero():
            return Ratio(r.top, self.one)
        shared = self.common(r.top, r.bottom)
        top, bottom = (r.top, r.bottom) if shared.is_one() else (r.top / shared, r.bottom / shared)
        lead = bottom.leading_coefficient()
        return Ratio(top / lead, bottom / lead)

    def _by_law(self, r: Ratio, atom: int, n: int, law: Ratio) -> Ratio:
        """t^(k*n + m) as law^k*t^m, above and below."""
        above, below = self._lowered(r.top, atom, n, law), self._lowered(r.bottom, atom, n, law)
        return Ratio(self.times(above.top, below.bottom), self.times(above.bottom, below.top))

    def _lowered(self, p: fmpq_mpoly, atom: int, n: int, law: Ratio) -> Ratio:
        if p.degrees()[atom] < n:
            return Ratio(p, self.one)
        groups: dict[int, dict[tuple[int, ...], fmpq]] = {}
        for exponents, c in p.to_dict().items():
            k, m = divmod(exponents[atom], n)
            groups.setdefault(k, {})[(*exponents[:atom], m, *exponents[atom + 1 :])] = c
        most = max(groups)
        total = self.context.constant(0)
        for k, group in groups.items():  # over the common denominator law.bottom^most
            factor = self.times(self._raised(law.top, k), self._raised(law.bottom, most - k))
            total += self.times(self.context.from_dict(group), factor)
        return Ratio(total, self._raised(law.bottom, most))

    def key(self, r: Ratio) -> Key:
        """A normal form that can be looked up."""
        r = self.reduced(r)
        return _terms(r.top), _terms(r.bottom)

    def atom(self, *parts: object, law: Callable[[], tuple[int, Ratio]] | None = None) -> Ratio:
        """The generator of an atom; `law` gives what power of it is known when it is met first."""
        index = self.atoms.get(parts)
        if index is None:
            made = law() if law is not None else None
            index = self.atoms[parts] = len(self.atoms)
            if index >= ATOMS:
                raise TooLarge
            if made is not None:
                self.squares.append((index, *made))
        return Ratio(self.generators[index], self.one)

    # nodes

    def _combined(self, node: Expression, parts: list[Ratio]) -> Ratio | None:
        match node:
            case Number():
                if isinstance(node.label, str) and abs(int(node.label.lower().partition("e")[2] or 0)) > BITS // 4:
                    raise TooLarge
                return self.rational(Fraction(node.value))
            case Symbol() | Constant():
                return self.atom(node.kind, node.label)
            case Negation():
                return Ratio(-parts[0].top, parts[0].bottom)
            case Sum():
                total = parts[0]
                for part in parts[1:]:
                    total = self.plus(total, part)
                return total
            case Product():
                result = parts[0]
                for part in parts[1:]:
                    result = self.product(result, part)
                return result
            case Quotient():
                inverse = self.power(parts[1], -1)
                return None if inverse is None else self.product(parts[0], inverse)
            case Power():
                return self._power(node, parts)
            case Call():
                return self._call(node, parts)
            case _:
                return self.atom(node.kind, type(node.label), node.label, *[self.key(p) for p in parts])

    def _power(self, node: Power, parts: list[Ratio]) -> Ratio | None:
        n = rational_value(node.exponent)
        if n is None:
            if parts[1].bottom.is_constant() and parts[1].top.is_constant():
                n = _fraction(self.reduced(parts[1]).top)
                if n.denominator % 2 == 0:  # x^(4/8 + 0) is decided by how the exponent is written
                    return self.atom("power", self.key(parts[0]), self.key(parts[1]))
            else:
                return self._exponential(parts[0], parts[1])
        if Fraction(n).denominator == 1:
            return self.power(parts[0], int(n))
        return self._root(parts[0], Fraction(n).denominator, int(Fraction(n).numerator))

    def _root(self, base: Ratio, index: int, n: int) -> Ratio | None:
        if index > EXPONENT:
            raise TooLarge
        if index == 2:
            of_square = self._bars_of_square(base)
            if of_square is not None:
                return self.power(of_square, n)
        return self.power(self.atom("root", self.key(base), index, law=lambda: (index, base)), n)

    def _bars_of_square(self, base: Ratio) -> Ratio | None:
        """The root of u^2 is |u|."""
        r = self.reduced(base)
        if r.top.is_zero() or max(*r.top.degrees(), *r.bottom.degrees()) > DEGREE:
            return None
        try:
            return self._bars(Ratio(r.top.sqrt(), r.bottom.sqrt()))
        except DomainError:  # not a square
            return None

    def _bars(self, u: Ratio) -> Ratio:
        u = self.reduced(u)
        if u.top.is_constant() and u.bottom.is_constant():
            return self.rational(abs(_fraction(u.top)))
        return self.atom("bars", self._even(u), law=lambda: (2, self.product(u, u)))

    def _exponential(self, base: Ratio, exponent: Ratio) -> Ratio | None:
        """a^(2u + 3) as (a^u)^2*a^3: one atom for each term of the exponent, its whole number as a power."""
        e = self.reduced(exponent)
        of = self.key(base)
        result: Ratio | None = Ratio(self.one, self.one)
        for exponents, c in e.top.to_dict().items():
            q = _fraction(c)
            if not any(exponents) and e.bottom.is_one():
                if q.denominator != 1:
                    factor: Ratio | None = self.atom("unit", of, str(q))
                else:
                    factor = self.power(base, int(q))
            else:
                whole = q.numerator
                factor = self.power(self.atom("unit", of, exponents, q.denominator, _terms(e.bottom)), whole)
            if result is None or factor is None:
                return None
            result = self.product(result, factor)
        return result

    def _call(self, node: Call, parts: list[Ratio]) -> Ratio | None:
        match node.label:
            case "exp":
                return self._exponential(self.atom("constant", E.label), parts[0])
            case "sqrt":
                return self._root(parts[0], 2, 1)
            case "cbrt":
                return self._root(parts[0], 3, 1)
            case "root":
                n = rational_value(node.arguments[1])
                if n is not None and Fraction(n).denominator == 1 and n > 0:
                    return self._root(parts[0], int(n), 1)
            case "abs":
                return self._bars(parts[0])
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                return self._circular(node.label, "sin", "cos", parts[0], -1)
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self._circular(node.label, "sinh", "cosh", parts[0], 1)
        return self.atom("call", node.label, *[self.key(p) for p in parts])

    def _even(self, u: Ratio) -> Key:
        """The same for u and -u."""
        return min(self.key(u), self.key(Ratio(-u.top, u.bottom)))

    def _circular(self, name: str, odd: str, even: str, u: Ratio, sign: int) -> Ratio | None:
        """By sine and cosine of |u|, whose signs follow; cos^2 = 1 - sin^2 and cosh^2 = 1 + sinh^2."""
        of = self._even(u)
        flipped = self.key(u) != of
        s = self.atom("call", odd, of)
        square = Ratio(self.one + sign * s.top * s.top, self.one)
        c = self.atom("call", even, of, law=lambda: (2, square))
        if flipped:
            s = Ratio(-s.top, s.bottom)
        match _SISTERS[name]:
            case "sin":
                return s
            case "cos":
                return c
            case "tan":
                return Ratio(s.top, c.top)
            case "cot":
                return Ratio(c.top, s.top)
            case "sec":
                return Ratio(self.one, c.top)
            case _:
                return Ratio(s.bottom, s.top)


_SISTERS = {name + h: name for name in "sin cos tan cot sec csc".split() for h in ("", "h")} | {
    "coth": "cot", "sech": "sec", "csch": "csc",
}  # fmt: skip


def _terms(p: fmpq_mpoly) -> Key:
    return tuple((m, str(c)) for m, c in p.terms())


def _fraction(p: fmpq_mpoly | fmpq) -> Fraction:
    """A constant polynomial, or a coefficient, as a fraction."""
    q = p if isinstance(p, fmpq) else next(iter(p.coeffs()), fmpq(0))
    return Fraction(int(q.p), int(q.q))


def _bits(q: fmpq) -> int:
    return max(int(q.p).bit_length(), int(q.q).bit_length())
