"""Sine and cosine by those of the terms of the angle: sin(2x + y) is a polynomial in sin x, cos x, sin y and cos y."""

from __future__ import annotations

from fractions import Fraction

from derive.equality.powers import Powers
from derive.equality.ratios import Key, Ratio, fraction, terms_of

MOST = 8  # units in an angle that are written out: sin(8x)
PARTS = 3  # terms

Pair = tuple[Ratio, Ratio]
"""Cosine and sine."""


class Angles(Powers):
    """Powers, and circular functions."""

    def circular(self, name: str, u: Ratio) -> Ratio | None:
        """One of the six functions of an angle; None for a division by 0."""
        cosine, sine = self._of_terms(self.reduced(u))
        match name:
            case "sin":
                return sine
            case "cos":
                return cosine
            case "tan":
                return self.quotient(sine, cosine)
            case "cot":
                return self.quotient(cosine, sine)
            case "sec":
                return self.power(cosine, -1)
            case _:
                return self.power(sine, -1)

    def hyperbolic(self, name: str, u: Ratio) -> Ratio | None:
        """One of the six hyperbolic functions, in powers of e."""
        up = self.exponential(self.constant("e"), u)
        down = None if up is None else self.power(up, -1)
        if up is None or down is None:
            return None
        half = self.rational(Fraction(1, 2))
        sine, cosine = self.product(half, self.plus(up, -down)), self.product(half, self.plus(up, down))
        top, bottom = {
            "sinh": (sine, self.one), "cosh": (cosine, self.one), "tanh": (sine, cosine), "coth": (cosine, sine),
            "sech": (self.one, cosine), "csch": (self.one, sine),
        }[name]  # fmt: skip
        return self.quotient(top, bottom)

    def _of_terms(self, u: Ratio) -> Pair:
        """By the terms of the angle; as one angle where there are too many."""
        terms = [(m, fraction(c)) for m, c in u.top.to_dict().items()]
        counted: list[tuple[Pair, int]] = []
        for m, c in terms if len(terms) <= PARTS else ():
            known = self._turn(c) if u.bottom.is_one() and self._is_pi(m) else None
            k = 1 if known is not None else self.steps(c)
            if k is None:
                return self._whole(u)
            counted.append((known or self._atoms((m, terms_of(u.bottom), self.fineness)), k))
        if len(terms) > PARTS or sum([abs(k) for _, k in counted]) > MOST * self.fineness:
            return self._whole(u)
        result: Pair = (self.one, self.rational(0))
        for (cosine, sine), k in counted:
            for _ in range(abs(k)):
                result = self._added(result, (cosine, sine if k > 0 else -sine))
        return result

    def _added(self, a: Pair, b: Pair) -> Pair:
        """The cosine and sine of a sum of angles."""
        cosine = self.plus(self.product(a[0], b[0]), -self.product(a[1], b[1]))
        return self.reduced(cosine), self.reduced(self.plus(self.product(a[1], b[0]), self.product(a[0], b[1])))

    def _whole(self, u: Ratio) -> Pair:
        of, turned = self.even_key(u)
        cosine, sine = self._atoms(("whole", of))
        return cosine, -sine if turned else sine

    def _atoms(self, of: Key) -> Pair:
        sine = self.atom("sin", of)
        rest = Ratio(self.unit - sine.top * sine.top, self.unit)
        return self.atom("cos", of, law=lambda: (2, rest)), sine

    def _is_pi(self, exponents: tuple[int, ...]) -> bool:
        index = self.atoms.get(("constant", "pi"))
        return index is not None and sum(exponents) == exponents[index] == 1

    def _turn(self, q: Fraction) -> Pair | None:
        """Cosine and sine of q*pi, for multiples of pi/4 and pi/6."""
        k = q * 12
        if k.denominator != 1:
            return None
        cosine, sine = self._cosine(int(k)), self._cosine(int(k) - 6)
        return None if cosine is None or sine is None else (cosine, sine)

    def _cosine(self, k: int) -> Ratio | None:
        """The cosine of k*pi/12."""
        k %= 24
        k = min(k, 24 - k)
        if k > 6:
            found = self._cosine(12 - k)
            return None if found is None else -found
        if k in (2, 3):
            root = self.root(self.rational(3 if k == 2 else 2), 2)
            return None if root is None else self.product(root, self.rational(Fraction(1, 2)))
        known = {0: Fraction(1), 4: Fraction(1, 2), 6: Fraction(0)}.get(k)
        return None if known is None else self.rational(known)
