"""How long a form is at least when it is written, found without writing it: what is no shorter need not be written.

The size is what a reader counts (Facts.size). Where kernels may be written together, sqrt(2)*sqrt(5) as sqrt(10) or
e^x*e^y as e^(x + y), only what each of them adds in any case is counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from derive.expressions import Constant, Number, Symbol
from derive.rules.rational_forms import Form

if TYPE_CHECKING:
    from flint import fmpz_mpoly

    from derive.rules.rational import Ring

MAX_TERMS = 60  # of a polynomial that is counted; a longer one is taken to be short


class Sizes:
    """The least sizes of the kernels and polynomials of one ring."""

    __slots__ = ("alone", "known", "numbers", "of", "ring", "rooted")

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.known: dict[int, int] = {}  # polynomial → its least size
        self.of: list[int] = []  # kernel → what it adds at least
        self.alone: list[bool] = []  # kernel → whether its powers are written as powers of it
        self.rooted = frozenset([i for i, k in enumerate(ring.kernels) if k.kind in ("root", "bars")])
        self.numbers = not ring.primes and not ring.decimal  # whether a number in front is written as it is
        size = ring.facts.size
        raised = Counter([k.base for k in ring.kernels if k.kind == "power"])
        for kernel in ring.kernels:
            if kernel.kind == "atom":
                self.of.append(size(kernel.base))
            elif kernel.kind == "power":
                own = raised[kernel.base] == 1 and type(kernel.base) in (Constant, Number, Symbol)
                self.of.append(size(kernel.body) + (own and (1 if kernel.spelled else 1 + size(kernel.base))))
            elif kernel.kind == "root":
                self.of.append(0 if type(kernel.base) is Number else 2)
            else:
                self.of.append(1)
            self.alone.append(kernel.kind == "atom" and type(kernel.base) is not Constant and kernel.base not in raised)

    def form(self, form: Form) -> int:
        """What no writing of the form as it stands is shorter than: `x*(2 - x)/y  →  8`."""
        bases = [(b, n) for b, n in form.powers.items() if b >= self.ring.count or self.of[b]]
        size = sum([self.base(b) for b, _ in bases])
        if not self.rooted.isdisjoint(form.powers):
            return max(size, 1)  # roots and bars take in powers of what stands in them: u*sqrt(u) is u^(3/2)
        above = [b for b, n in bases if n > 0]
        below = [b for b, n in bases if n < 0]
        size += sum([2 for b, n in bases if abs(n) > 1 and (b >= self.ring.count or self.alone[b])])
        lines = [b for b in below if b >= self.ring.count or (self.alone[b] and not self.ring.kernels[b].below)]
        top, bottom = len(above), len(lines)
        if self.numbers and abs(form.coefficient.p) != 1:
            top, size = top + 1, size + 1
        if self.numbers and form.coefficient.q != 1:
            bottom, size = bottom + 1, size + 1
        size += (top > 1) + (bottom > 1) + (bottom > 0)
        return max(size + (bottom > 0 and top == 0 and len(lines) == len(below)), 1)

    def base(self, base: int) -> int:
        """The least size of a base: of a polynomial as it is, or in the input's words."""
        if base < self.ring.count:
            return self.of[base]
        known = self.known.get(base)
        if known is None:
            known = self.known[base] = self.polynomial(self.ring.bases[base])
        words = self.ring.spelled.get(base)
        return known if words is None else min(known, self.ring.facts.size(words[0]))

    def polynomial(self, p: fmpz_mpoly) -> int:
        """What a polynomial written term by term is never shorter than: `x^2 + 2*x  →  7`."""
        if len(p) > MAX_TERMS:
            return 1
        size = 0 if len(p) == 1 else 1
        for monomial, c in p.terms():
            powers = [(i, n) for i, n in enumerate(monomial) if n and self.of[i]]
            own = sum([self.of[i] for i, _ in powers])
            if not any([monomial[i] for i in self.rooted]):
                factors = sum([self.alone[i] for i, _ in powers])
                own += sum([2 for i, n in powers if n > 1 and self.alone[i]])
                if self.numbers and abs(c) != 1:
                    own, factors = own + 1, factors + 1
                own += factors > 1
            size += max(own, 1)
        return size
