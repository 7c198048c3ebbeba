"""Truncated power series in several variables: the values of an expression and its mixed partial derivatives.

One active variable is an `arb_series`; several are a Jet. Every variable has its own highest order (its cap).
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import TypeAlias

from flint import arb, arb_series

from derive.numeric.laurent import Laurent
from derive.numeric.signals import Unsupported

Caps: TypeAlias = tuple[tuple[str, int], ...]
"""The active variables and the order to which each is kept, sorted by name."""
Univariate: TypeAlias = Callable[[arb_series], arb_series]


class Jet:
    """Σ terms[α]·x^α over multi-indexes α ≤ the caps, about a centre."""

    __slots__ = ("caps", "terms")

    def __init__(self, caps: Caps, terms: dict[tuple[int, ...], arb]) -> None:
        self.caps = caps
        self.terms = terms

    @property
    def centre(self) -> arb:
        return self.terms.get((0,) * len(self.caps), arb(0))

    def __add__(self, other: object) -> Jet:
        terms = dict(self.terms)
        for index, c in _terms(other, self.caps).items():
            terms[index] = terms[index] + c if index in terms else c
        return Jet(self.caps, terms)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(self.caps, {index: -c for index, c in self.terms.items()})

    def __sub__(self, other: object) -> Jet:
        return self + Jet(self.caps, {index: -c for index, c in _terms(other, self.caps).items()})

    def __rsub__(self, other: object) -> Jet:
        return -self + other

    def __mul__(self, other: object) -> Jet:
        if isinstance(other, arb):
            return Jet(self.caps, {index: c * other for index, c in self.terms.items()})
        limits = [n for _, n in self.caps]
        terms: dict[tuple[int, ...], arb] = {}
        right = _terms(other, self.caps)
        for i, a in self.terms.items():
            for j, b in right.items():
                index = tuple([p + q for p, q in zip(i, j, strict=True)])
                if all([p <= n for p, n in zip(index, limits, strict=True)]):
                    terms[index] = terms[index] + a * b if index in terms else a * b
        return Jet(self.caps, terms)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Jet:
        if isinstance(other, arb):
            return Jet(self.caps, {index: c / other for index, c in self.terms.items()})
        return self * Jet(self.caps, _terms(other, self.caps)).compose(_inverse)

    def __rtruediv__(self, other: object) -> Jet:
        return self.compose(_inverse) * other

    def compose(self, function: Univariate) -> Jet:
        """function(self), by the Taylor coefficients of `function` at the centre and Horner's scheme."""
        degree = sum([n for _, n in self.caps])
        coefficients = function(arb_series([self.centre, 1], prec=degree + 1))
        step = self.without_centre()
        result = Jet(self.caps, {(0,) * len(self.caps): coefficients[degree]})
        for k in range(degree - 1, -1, -1):
            result = result * step + coefficients[k]
        return result

    def without_centre(self) -> Jet:
        origin = (0,) * len(self.caps)
        return Jet(self.caps, {index: c for index, c in self.terms.items() if index != origin})

    def differentiated(self, orders: dict[str, int], caps: Caps) -> Jet:
        """The partial derivative of these orders, kept to `caps`, which names no other variables."""
        steps = [orders.get(name, 0) for name, _ in self.caps]
        kept = [i for i, (name, _) in enumerate(self.caps) if name in dict(caps)]
        terms: dict[tuple[int, ...], arb] = {}
        for index, c in self.terms.items():
            lower = [p - n for p, n in zip(index, steps, strict=True)]
            if min(lower) < 0 or any([lower[i] for i in range(len(lower)) if i not in kept]):
                continue
            for p, q in zip(index, lower, strict=True):
                c = c * (factorial(p) // factorial(q))
            terms[tuple([lower[i] for i in kept])] = c
        return Jet(caps, terms)


def variable(centre: arb, name: str, caps: Caps) -> arb_series | Jet:
    """The variable `name` at `centre`, as a series in the active variables."""
    if len(caps) == 1:
        return arb_series([centre, 1], prec=caps[0][1] + 1)
    if any([n.startswith("∫") for n, _ in caps]):
        from derive.numeric.strips import strip_variable

        return strip_variable(centre, name, caps)
    origin = (0,) * len(caps)
    unit = tuple([int(n == name) for n, _ in caps])
    return Jet(caps, {origin: centre, unit: arb(1)} if dict(caps)[name] else {origin: centre})


def differentiate(z: object, orders: dict[str, int], before: Caps, after: Caps) -> object:
    """The derivative of a series kept to `before`, itself kept to `after` (a ball when nothing is active)."""
    if isinstance(z, arb):
        return z if not any(orders.values()) else arb(0)
    if isinstance(z, arb_series):
        (name, _), *_ = before
        n = orders.get(name, 0)
        if not after:
            return z[n] * factorial(n)
        for _ in range(n):
            z = z.derivative()
        return z
    if isinstance(z, Jet):
        return narrowed(z.differentiated(orders, after))
    raise Unsupported("no series for the operand of a derivative")


def narrowed(jet: Jet) -> Jet | arb_series | arb:
    """A jet in one variable as a plain series, in none as a ball."""
    if type(jet) is not Jet and not jet.caps:  # a Strip over no other variable is a plain series
        return jet.terms.get((), arb(0))
    if len(jet.caps) > 1 or type(jet) is not Jet:
        return jet
    if not jet.caps:
        return jet.terms.get((), arb(0))
    length = jet.caps[0][1] + 1
    return arb_series([jet.terms.get((k,), arb(0)) for k in range(length)], prec=length)


def substitute(z: object, names: Caps, values: dict[str, object], caps: Caps) -> object:
    """z, a series in `names`, with the step of each variable replaced by that of its value, if it has one."""
    if isinstance(z, arb):
        return z
    if not isinstance(z, (arb_series, Jet)):
        raise Unsupported("no series for what is evaluated at a point")
    terms = {(k,): c for k, c in enumerate(z.coeffs())} if isinstance(z, arb_series) else _flat(z)
    steps = [_step(values[n]) if n in values else variable(arb(0), n, caps) for n, _ in names]
    powers: list[list[object]] = [[arb(1)] for _ in steps]
    for row, step, (_, n) in zip(powers, steps, names, strict=True):
        for _ in range(n):
            row.append(row[-1] * step)  # type: ignore[operator]
    total: object = arb(0)
    for index, c in terms.items():
        term: object = c
        for row, k in zip(powers, index, strict=True):
            if k:
                term = term * row[k]  # type: ignore[operator]
        total = total + term  # type: ignore[operator]
    return total


def _flat(jet: Jet) -> dict[tuple[int, ...], arb]:
    return jet.terms if type(jet) is Jet else jet.flat().terms  # type: ignore[attr-defined]  # a Strip


def _step(z: object) -> object:
    """z without its constant term."""
    if isinstance(z, arb):
        return arb(0)
    if isinstance(z, arb_series):
        return arb_series([arb(0), *z.coeffs()[1:]], prec=z.prec)
    if isinstance(z, Jet):
        return z.without_centre()
    if isinstance(z, Laurent):
        return z - z.value()
    raise Unsupported("no series for the value of a variable")


def _terms(z: object, caps: Caps) -> dict[tuple[int, ...], arb]:
    if isinstance(z, Jet):
        return z.terms
    if isinstance(z, (arb, int)):
        return {(0,) * len(caps): arb(z)}
    raise Unsupported("series in different variables meet")


def _inverse(s: arb_series) -> arb_series:
    return 1 / s
