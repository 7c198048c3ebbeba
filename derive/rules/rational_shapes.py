"""The ways to write a form: brackets kept, multiplied together or opened; a sum over one line; a factor in front."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import gcd, inf, isqrt, lcm

from flint import fmpq

from derive.expressions import ZERO, Expression, sum_of
from derive.rules.order import in_order
from derive.rules.rational_forms import Exponents, Form, Unsuitable
from derive.rules.rational_sums import over
from derive.rules.rational_writing import Writer

MAX_MERGED = 30  # terms of a product of two brackets that is tried for being shorter than they are


def shortest(w: Writer, form: Form) -> Expression:
    """The form in the shortest of a few ways; the first of those that are equally short."""
    found = shorter(w, form, inf)
    assert found is not None
    return found


def shorter(w: Writer, form: Form, below: float) -> Expression | None:
    """The form in the shortest of a few ways, where that is shorter than `below`; what cannot be is not written."""
    best: Expression | None = None
    tried: list[Form] = []
    for way in (form, *_merged(w, form), *_opened(w, form)):
        if w.sizes.form(way) < below and way not in tried:
            tried.append(way)
            written = w.written(way)
            size = w.facts.size(written)
            if size < below:
                best, below = written, size
    return best


def square_root(w: Writer, form: Form) -> Expression | None:
    """The form whose square this one is, in the shortest way; None where it is no square."""
    c = form.coefficient
    if c <= 0 or any(n % 2 for n in form.powers.values()):
        return None
    p, q = isqrt(int(c.p)), isqrt(int(c.q))
    if p * p != c.p or q * q != c.q:
        return None
    return shortest(w, Form(fmpq(p, q), {b: n // 2 for b, n in form.powers.items()}))


def over_one_line(w: Writer, s: Expression) -> Expression:
    """A sum as one fraction: its terms over the least common denominator, the numerator multiplied out."""
    ring = w.ring
    forms = [f for f in (ring.form(t) for t in s.arguments) if f.coefficient != 0]
    shared, rest = ring.split(forms)
    p, scale = ring.polynomial(rest)
    p, bottom = ring.reduced(p, identities=False)
    if not p:
        return ZERO
    content, left = ring.without_content(p)
    front = [Form(scale, shared), ring.raised(bottom, -1)]
    if left is None:
        return shortest(w, ring.multiplied([*front, content]))
    above = Form(fmpq(content.coefficient), {ring.plain(left): 1})
    return shortest(w, ring.multiplied([*front, Form(fmpq(1), content.powers), above]))


def common_in_front(w: Writer, s: Expression) -> Expression | None:
    """A sum with what all its terms share in front, the terms otherwise as they are and where they are."""
    ring = w.ring
    forms = [ring.form(t) for t in s.arguments]
    if any(f.coefficient == 0 for f in forms):
        return None
    shared: Exponents = {}
    for base in forms[0].powers:
        exponents = [f.powers.get(base, 0) for f in forms]
        if min(exponents) > 0:
            shared[base] = min(exponents)
        elif max(exponents) < 0 and base < ring.count and ring.kernels[base].kind == "power":
            shared[base] = max(exponents)
    bottom = lcm(*[int(f.coefficient.q) for f in forms])
    same = all(f.coefficient.q == bottom for f in forms)
    number = fmpq(gcd(*[int(f.coefficient.p) for f in forms]), bottom if same else 1)
    sides = w.sides(shared)
    if (not shared and number == 1) or sides.below:
        return None
    inner = sum_of([w.written(over(Form(f.coefficient / number, f.powers), shared)) for f in forms])
    sides.above.append(inner)
    return sides.expression(Fraction(int(number.p), int(number.q)), point=ring.decimal)


def terms(w: Writer, form: Form) -> Expression | None:
    """The form multiplied out, its kernels below the line under every term; None where it is one term."""
    ring = w.ring
    above = {b: n for b, n in form.powers.items() if n > 0}
    below = {b: n for b, n in form.powers.items() if n < 0}
    if any(b >= ring.count for b in below):  # a sum below the line stays below the whole
        return None
    p, scale = ring.polynomial([Form(form.coefficient, above)])
    if len(p) < 2:
        return None
    written = []
    for monomial, c in p.terms():
        one = Form(scale * int(c), {i: int(n) for i, n in enumerate(monomial) if n})
        written.append(w.written(ring.multiplied([one, Form(fmpq(1), below)])))
    return sum_of(in_order(tuple(written)))


def _opened(w: Writer, form: Form) -> Iterator[Form]:
    """The form with everything above the line multiplied out, number and all."""
    above = {b: n for b, n in form.powers.items() if n > 0}
    if any(b >= w.ring.count for b in above):
        try:
            p, scale = w.ring.polynomial([Form(fmpq(form.coefficient.p), above)])
        except Unsuitable:
            return
        powers = {b: n for b, n in form.powers.items() if n < 0}
        yield Form(scale / int(form.coefficient.q), {**powers, w.ring.plain(p): 1})


def _merged(w: Writer, form: Form) -> Iterator[Form]:
    """The form with brackets multiplied together that are shorter so: (x - 1)*(x + 1) as x^2 - 1."""
    size = w.facts.size
    brackets = [(b, n) for b, n in form.powers.items() if b >= w.ring.count]
    for (a, m), (b, n) in combinations(brackets, 2):
        if m != n or a not in form.powers or b not in form.powers:
            continue
        p, q = w.ring.bases[a], w.ring.bases[b]
        if len(p) * len(q) > MAX_MERGED:
            continue
        number = w.ring.plain(p * q)
        if number in form.powers:
            continue
        if size(w.bracket(number)[0]) < size(w.bracket(a)[0]) + size(w.bracket(b)[0]):
            form = Form(form.coefficient, {**{i: k for i, k in form.powers.items() if i not in (a, b)}, number: n})
            yield form
