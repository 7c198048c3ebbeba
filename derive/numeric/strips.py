"""Series in several variables of which one, that of an integral, is kept to a high order: a series of series.

Σ terms[α]·x^α, where every coefficient is itself an `arb_series` in the variable of the integral; products and
compositions cost what those of a few short series do.
"""

from __future__ import annotations

from math import comb, factorial

from flint import arb, arb_series

from derive.numeric.jets import Caps, Jet, Univariate

RUNNING = "∫"
"""How the variable of an integral begins to be called while it is integrated over; no letter of people does."""


def main_of(caps: Caps) -> str | None:
    """The variable of the innermost integral among active variables."""
    running = [name for name, _ in caps if name.startswith(RUNNING)]
    return max(running, key=lambda name: (len(name) - len(name.lstrip(RUNNING)), name)) if running else None


class Strip(Jet):
    """A jet in the other variables (`caps` without the main one) whose coefficients are series in the main one."""

    __slots__ = ("length", "main", "whole")
    terms: dict[tuple[int, ...], arb_series]  # type: ignore[assignment]  # series where a Jet has balls

    def __init__(self, whole: Caps, terms: dict[tuple[int, ...], arb_series]) -> None:
        main = main_of(whole)
        assert main is not None
        self.whole = whole
        self.main = main
        self.length = dict(whole)[main] + 1
        self.caps = tuple([(n, k) for n, k in whole if n != main])
        self.terms = terms

    def _like(self, terms: dict[tuple[int, ...], arb_series]) -> Strip:
        return Strip(self.whole, terms)

    @property
    def centre(self) -> arb:
        constant = self.terms.get((0,) * len(self.caps))
        return constant[0] if constant is not None else arb(0)

    def _of(self, other: object) -> dict[tuple[int, ...], arb_series]:
        if isinstance(other, Strip):
            return other.terms
        return {(0,) * len(self.caps): arb_series([arb(other)], prec=self.length)}  # type: ignore[arg-type]

    def __add__(self, other: object) -> Strip:
        terms = dict(self.terms)
        for index, c in self._of(other).items():
            terms[index] = terms[index] + c if index in terms else c
        return self._like(terms)

    __radd__ = __add__

    def __neg__(self) -> Strip:
        return self._like({index: -c for index, c in self.terms.items()})

    def __sub__(self, other: object) -> Strip:
        return self + self._like({index: -c for index, c in self._of(other).items()})

    def __rsub__(self, other: object) -> Strip:
        return -self + other

    def __mul__(self, other: object) -> Strip:
        if isinstance(other, arb):
            return self._like({index: c * other for index, c in self.terms.items()})
        limits = [n for _, n in self.caps]
        terms: dict[tuple[int, ...], arb_series] = {}
        right = self._of(other)
        for i, a in self.terms.items():
            for j, b in right.items():
                index = tuple([p + q for p, q in zip(i, j, strict=True)])
                if all([p <= n for p, n in zip(index, limits, strict=True)]):
                    terms[index] = terms[index] + a * b if index in terms else a * b
        return self._like(terms)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Strip:
        if isinstance(other, arb):
            return self._like({index: c / other for index, c in self.terms.items()})
        return self * self._like(self._of(other)).compose(_inverse)

    def __rtruediv__(self, other: object) -> Strip:
        return self.compose(_inverse) * other

    def compose(self, function: Univariate) -> Strip:
        """function(self): its Taylor coefficients at the centre, moved along the main variable, by Horner's scheme."""
        degree = sum([n for _, n in self.caps])
        origin = (0,) * len(self.caps)
        constant = self.terms.get(origin, arb_series([arb(0)], prec=self.length))
        taylor = function(arb_series([constant[0], 1], prec=self.length + degree))
        step = self.beyond_main()
        result = self._like({origin: self._moved(taylor, degree, constant)})
        for k in range(degree - 1, -1, -1):
            result = result * step + self._like({origin: self._moved(taylor, k, constant)})
        return result

    def _moved(self, taylor: arb_series, k: int, constant: arb_series) -> arb_series:
        """The k-th derivative over k! of a function at `constant`, a series in the main variable."""
        outer = [taylor[j + k] * comb(j + k, k) for j in range(self.length)]
        inner = constant.coeffs()[1:]
        while inner and inner[-1] == 0:
            inner.pop()
        if not inner:
            return arb_series(outer[:1], prec=self.length)
        if len(inner) == 1:
            power = arb(1)
            for j in range(self.length):
                outer[j] = outer[j] * power
                power = power * inner[0]
            return arb_series(outer, prec=self.length)
        return arb_series(outer, prec=self.length)(arb_series([arb(0), *inner], prec=self.length))

    def beyond_main(self) -> Strip:
        """Everything beyond the series in the main variable alone."""
        origin = (0,) * len(self.caps)
        return self._like({index: c for index, c in self.terms.items() if index != origin})

    def without_centre(self) -> Strip:
        return self - self.centre

    def flat(self) -> Jet:
        """The same with a coefficient for each power of every variable."""
        at = [n for n, _ in self.whole].index(self.main)
        terms: dict[tuple[int, ...], arb] = {}
        for index, series in self.terms.items():
            for k, c in enumerate(series.coeffs()):
                terms[(*index[:at], k, *index[at:])] = c
        return Jet(self.whole, terms)

    def differentiated(self, orders: dict[str, int], caps: Caps) -> Jet:
        """The partial derivative of these orders, kept to `caps`."""
        if main_of(caps) != self.main:
            return self.flat().differentiated(orders, caps)
        steps = [orders.get(name, 0) for name, _ in self.caps]
        kept = [i for i, (name, _) in enumerate(self.caps) if name in dict(caps)]
        terms: dict[tuple[int, ...], arb_series] = {}
        for index, c in self.terms.items():
            lower = [p - n for p, n in zip(index, steps, strict=True)]
            if min(lower, default=0) < 0 or any([lower[i] for i in range(len(lower)) if i not in kept]):
                continue
            for p, q in zip(index, lower, strict=True):
                c = c * arb(factorial(p) // factorial(q))
            for _ in range(orders.get(self.main, 0)):
                c = c.derivative()
            terms[tuple([lower[i] for i in kept])] = c
        return Strip(caps, terms)


def strip_variable(centre: arb, name: str, caps: Caps) -> Strip:
    """The variable `name` at `centre`, as a series of series."""
    main = main_of(caps)
    length = dict(caps)[str(main)] + 1
    others = tuple([n for n, _ in caps if n != main])
    origin = (0,) * len(others)
    if name == main:
        return Strip(caps, {origin: arb_series([centre, 1], prec=length)})
    terms = {origin: arb_series([centre], prec=length)}
    if dict(caps)[name]:
        terms[tuple([int(n == name) for n in others])] = arb_series([arb(1)], prec=length)
    return Strip(caps, terms)


def _inverse(s: arb_series) -> arb_series:
    return 1 / s
