"""Laurent series in t → 0+, for limits: the value a limit has if it exists.

A coefficient that cannot be told from 0 at half of the working precision is taken for 0; a limit is therefore evidence,
as agreement of balls is, and its divergence is found where a pole is certainly there.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb, arb_series

from derive.numeric.precision import bits_now
from derive.numeric.signals import Undefined, Unsure, Unsupported

TERMS = 12  # times the order of the roots; difference quotients lose one term a division, the examples at most 4


class Laurent:
    """t^valuation · (c0 + c1·t + … ), with as many coefficients as are known."""

    __slots__ = ("coefficients", "valuation")

    def __init__(self, valuation: int, coefficients: list[arb]) -> None:
        self.valuation = valuation
        self.coefficients = coefficients

    @property
    def end(self) -> int:
        """The first unknown power of t."""
        return self.valuation + len(self.coefficients)

    def coefficient(self, power: int) -> arb:
        if power >= self.end:
            raise Unsure("too few terms of the series at the limit are known")
        return self.coefficients[power - self.valuation] if power >= self.valuation else arb(0)

    def __add__(self, other: object) -> Laurent:
        that = laurent(other, self.end)
        start, end = min(self.valuation, that.valuation), min(self.end, that.end)
        return Laurent(start, [self.coefficient(k) + that.coefficient(k) for k in range(start, end)])

    __radd__ = __add__

    def __neg__(self) -> Laurent:
        return Laurent(self.valuation, [-c for c in self.coefficients])

    def __sub__(self, other: object) -> Laurent:
        return self + (-laurent(other, self.end))

    def __rsub__(self, other: object) -> Laurent:
        return -self + other

    def __mul__(self, other: object) -> Laurent:
        if isinstance(other, arb):
            return Laurent(self.valuation, [c * other for c in self.coefficients])
        that = laurent(other, self.end)
        n = min(len(self.coefficients), len(that.coefficients))
        product = _series(self.coefficients, n) * _series(that.coefficients, n)
        return Laurent(self.valuation + that.valuation, _coefficients(product, n))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Laurent:
        if isinstance(other, arb):
            return Laurent(self.valuation, [c / other for c in self.coefficients])
        return self * laurent(other, self.end).inverse()

    def __rtruediv__(self, other: object) -> Laurent:
        return self.inverse() * other

    def inverse(self) -> Laurent:
        lead = self.leading()
        n = len(lead.coefficients)
        return Laurent(-lead.valuation, _coefficients(1 / _series(lead.coefficients, n), n))

    def leading(self) -> Laurent:
        """The same series, beginning with a coefficient that is certainly not 0."""
        for k, c in enumerate(self.coefficients):
            if c != 0:
                return Laurent(self.valuation + k, self.coefficients[k:])
            _small(c)
        raise Unsure("a series at the limit may be 0")

    def sign(self) -> int:
        return 1 if self.leading().coefficients[0] > 0 else -1

    def value(self) -> arb:
        """The limit for t → 0+."""
        for c in self.coefficients[: max(0, -self.valuation)]:
            if c != 0:
                raise Undefined("the limit is not finite")
            _small(c)
        return self.coefficient(0)

    def compose(self, function: Callable[[arb_series], arb_series]) -> Laurent:
        """function(self) where self has a finite limit."""
        value = self.value() if self.valuation < 0 and not self.poles() else None
        if value is None and self.valuation < 0:
            raise Unsupported("a function of a quantity that grows without bound")
        n = self.end
        return Laurent(0, _coefficients(function(_series([self.coefficient(k) for k in range(n)], n)), n))

    def poles(self) -> bool:
        return any([c != 0 for c in self.coefficients[: max(0, -self.valuation)]])


def laurent(z: object, end: int) -> Laurent:
    """A ball or a series as a Laurent series known up to t^end."""
    if isinstance(z, Laurent):
        return z
    if isinstance(z, (arb, int)):
        return Laurent(0, [arb(z), *[arb(0)] * (max(end, TERMS) - 1)])
    raise Unsupported("a limit and a derivative operator in one another")


def approach(point: arb | None, side: int, root: int = 1) -> Laurent:
    """The variable of a limit: point + side·t^root, or side/t^root at ±∞ (point None); its `root`-th root is smooth."""
    n = TERMS * root
    if point is None:
        return Laurent(-root, [arb(side), *[arb(0)] * (n - 1)])
    return Laurent(0, [point, *[arb(0)] * (root - 1), arb(side), *[arb(0)] * (n - root - 1)])


def _small(c: arb) -> None:
    if c.abs_upper() > arb(2) ** (-bits_now() // 2):
        raise Unsure("a coefficient at the limit may be 0")


def _series(coefficients: list[arb], n: int) -> arb_series:
    return arb_series(coefficients[:n], prec=n)


def _coefficients(s: arb_series, n: int) -> list[arb]:
    n = min(n, s.prec)
    known = s.coeffs()[:n]
    return known + [arb(0)] * (n - len(known))
