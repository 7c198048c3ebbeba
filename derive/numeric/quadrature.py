"""Integrals by Taylor series with their remainders: rigorous enclosures, of the value and of its series.

On a piece [l, h] about c the integrand is Σ f_k(c)·(t - c)^k with a last term whose coefficient is enclosed over the
whole piece (Taylor, Lagrange). Pieces are halved until that term is small; near a singular end the range of the
integrand does. A limit that moves is a short way beyond a limit that stands still: there the series of the
integrand is integrated term by term, and the way put in. No derivative of an integral is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from flint import arb, arb_series

from derive.numeric.elementary import centre
from derive.numeric.jets import Caps, Jet, substitute
from derive.numeric.precision import SERIES_CAP, bits_now
from derive.numeric.signals import NotSmooth, NoValue, Undefined, Unsupported, Unsure
from derive.numeric.strips import Strip

Integrand: TypeAlias = Callable[[arb, Caps], Any]
"""The body at a place of its letter, a series in the active variables around it and in those that are named."""

MAX_PIECES = 80  # pieces of one size; ∫_0^9 sin(9t) dt needs 32
SINGULAR = 12  # halvings before a piece is looked at as one with a singular end
HOPELESS = 32  # halvings before a piece without any range is given up: there is a pole in it
UNBOUNDED = "an integrand without bound, or with a jump that cannot be placed"
SLACK = 14  # bits that the enclosure may be wider than the working precision


def integral_value(f: Integrand, a: Any, b: Any, caps: Caps, used: Caps, running: str) -> Any:
    """∫_a^b f as a series in `caps`; the integrand has the active variables `used`, and `running` is its letter."""
    a0, b0 = centre(a), centre(b)
    if not (a0.is_finite() and b0.is_finite()):
        raise Unsure("a limit of an integral is not finite")
    total = _lifted(_between(f, a0.mid(), b0.mid(), running), used, caps)
    total = total + _lifted(_rest(f, b0), used, caps) - _lifted(_rest(f, a0), used, caps)
    for end, sign in ((b, 1), (a, -1)):
        if type(end) is not arb:
            way = _along(f, end, caps, used, running)
            total = total + way if sign > 0 else total - way
    return total


def _lifted(z: Any, used: Caps, caps: Caps) -> Any:
    """A series in some of the active variables as one in all."""
    return z if used == caps or type(z) is arb else substitute(z, used, {}, caps)


def _rest(f: Integrand, end: arb) -> Any:
    """What a limit that is not known exactly may be off: f(end)·(end - its midpoint)."""
    if end.is_exact():
        return arb(0)
    return f(end, ()) * (end - end.mid())


def _along(f: Integrand, end: Any, caps: Caps, used: Caps, running: str) -> Any:
    """The integral from the constant term of `end` to `end`: the series of f, integrated, with the way put in."""
    degree = sum([n for _, n in caps])
    names = tuple(sorted([*used, (running, degree)]))
    series = f(centre(end), ((running, degree),))
    if type(series) is arb:
        return series * (end - centre(end))
    at = [n for n, _ in names].index(running)
    flat = series.flat().terms if type(series) is Strip else _as_terms(series)
    raised = {(*i[:at], i[at] + 1, *i[at + 1 :]): c / (i[at] + 1) for i, c in flat.items()}
    longer = tuple([(n, k + 1) if n == running else (n, k) for n, k in names])
    return substitute(Jet(longer, raised), longer, {running: end}, caps)


def _as_terms(series: Any) -> dict[tuple[int, ...], arb]:
    if type(series) is arb_series:
        return {(k,): c for k, c in enumerate(series.coeffs())}
    terms: dict[tuple[int, ...], arb] = series.terms
    return terms


def _between(f: Integrand, low: arb, high: arb, running: str) -> Any:
    """∫ f from one exact place to another."""
    if low == high:
        return arb(0)
    if high < low:
        return -_between(f, high, low, running)
    bits = bits_now()
    order = min(2 * (bits // 7) + 6, SERIES_CAP - 8) & ~1
    wanted = ((running, order),)
    fine = _size(f, low, high) * arb(2) ** (SLACK - bits) / 16
    total: Any = arb(0)
    pieces = [(low, high)]
    for halved in range(bits + 64):
        rough: list[tuple[arb, arb]] = []
        for left, right in pieces:
            part = _piece(f, left, right, wanted, order, fine)
            if part is None and halved >= SINGULAR:
                part = _range(f, left, right)
                if part is None and halved >= HOPELESS:
                    raise Unsupported(UNBOUNDED)
                part = part if part is not None and _is_fine(part, fine) else None
            if part is None:
                middle = ((left + right) / 2).mid()
                rough += ((left, middle), (middle, right))
            else:
                total = total + part
        if not rough:
            return total
        if len(rough) > MAX_PIECES:
            raise Unsupported("an integrand that changes too fast for the interval")
        pieces = rough
    raise Unsupported(UNBOUNDED)


def _size(f: Integrand, low: arb, high: arb) -> arb:
    """The order of magnitude of the integral of |f|."""
    largest = arb(0)
    for part in (arb("0.11"), arb("0.47"), arb("0.83")):
        try:
            value = abs(centre(f((low + (high - low) * part).mid(), ())))
        except Undefined:
            raise
        except NoValue:
            continue
        if value.is_finite():
            largest = largest.max(value.mid())
    size = largest * (high - low)
    return size.mid() if size > 0 else high - low


def _piece(f: Integrand, left: arb, right: arb, wanted: Caps, order: int, fine: arb) -> Any:
    """∫ over a piece by Taylor's formula; None where its last term is not small, or there is no series."""
    try:
        last = _coefficient(f(left.union(right), wanted), order)
    except Undefined:
        raise
    except Unsupported as reason:
        if isinstance(reason, NotSmooth):
            return None
        raise
    except NoValue:
        return None
    middle = ((left + right) / 2).mid()
    below, above = left - middle, right - middle
    remainder = last * ((above ** (order + 1) - below ** (order + 1)) / (order + 1))
    if not _is_fine(remainder, fine):
        return None
    try:
        series = f(middle, wanted)
    except (Unsure, NotSmooth):
        return None
    if type(series) is arb:
        return series * (right - left)
    weights: list[arb] = []
    up, down = above, below
    for k in range(order):
        weights.append((up - down) / (k + 1))
        up, down = up * above, down * below
    return _weighted(series, weights) + remainder


def _range(f: Integrand, left: arb, right: arb) -> Any:
    """∫ over a piece by the range of f; None where f has none there."""
    half = ((right - left) / 2).mid()
    way = arb(half, half).nonnegative_part()  # from exactly 0: a root may begin where the piece does
    for hull in (left + way, right - way):
        try:
            part = f(hull, ()) * (right - left)
        except (Unsure, NotSmooth):
            continue
        return part
    return None


def _coefficient(series: Any, k: int) -> Any:
    """The k-th coefficient in the running letter: a ball, or a series in the other variables."""
    if type(series) is arb:
        return arb(0)
    if type(series) is arb_series:
        return series[k]
    return _without_main(series, lambda s: s[k])


def _weighted(series: Any, weights: list[arb]) -> Any:
    if type(series) is arb_series:
        return _dot(series, weights)
    return _without_main(series, lambda s: _dot(s, weights))


def _dot(series: arb_series, weights: list[arb]) -> arb:
    total = arb(0)
    for c, w in zip(series.coeffs(), weights, strict=False):
        total = total + c * w
    return total


def _without_main(strip: Strip, take: Callable[[arb_series], arb]) -> Any:
    """A series of series with each of its coefficients made a ball."""
    terms = {index: take(c) for index, c in strip.terms.items()}
    if len(strip.caps) == 1:
        length = strip.caps[0][1] + 1
        return arb_series([terms.get((k,), arb(0)) for k in range(length)], prec=length)
    return Jet(strip.caps, terms)


def _is_fine(z: Any, fine: arb) -> bool:
    """Whether a ball, or every coefficient of a series, is narrow."""
    balls = [z] if type(z) is arb else z.coeffs() if type(z) is arb_series else list(z.terms.values())
    return all([c.is_finite() and c.rad() <= fine for c in balls])
