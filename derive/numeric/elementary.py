"""Elementary functions on balls and on power series, with their real domains; no derivative formula is used.

A function is FLINT's own method where it has one for balls (`numeric` of its row) or for series, what is written
here where the real function has cases, and the `definition` of its row otherwise (done by the compiler).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from flint import arb, arb_series

from derive.functions import FUNCTIONS
from derive.numeric.jets import Jet
from derive.numeric.laurent import TERMS, Laurent, laurent
from derive.numeric.powers import power, rational_power, whole
from derive.numeric.signals import AtPole, NotSmooth, Undefined, Unsure, Unsupported

Value: TypeAlias = Any
"""A ball, a series in one variable, a Jet in several, or a Laurent series in a limit."""
Operation: TypeAlias = Callable[..., Value]

SERIES = {"sin": "sin", "cos": "cos", "tan": "tan", "exp": "exp", "ln": "log", "asin": "asin", "acos": "acos",
          "atan": "atan", "erf": "erf", "gamma": "gamma", "erfc": "erfc", "lambertw": "lambertw"}  # fmt: skip
"""FLINT's series methods, by the names of our functions."""


_TWO = arb(2)


def centre(z: Value) -> arb:
    """The constant term."""
    if type(z) is arb:
        return z
    if type(z) is arb_series:
        return z[0]
    return z.value() if type(z) is Laurent else z.centre


@cache
def operation(name: str, smooth: bool) -> Operation | None:
    """The function `name` on values; None where its definition is to be used. `smooth`: values may be series."""
    if name in SPECIAL:
        return SPECIAL[name]
    if smooth and (name in SERIES or name in WRITTEN):
        return _on_series(name)
    if not smooth and name in FUNCTIONS and FUNCTIONS[name].numeric:
        return _on_balls(name, getattr(arb, FUNCTIONS[name].numeric))
    return None


def refuse(name: str, arguments: tuple[arb, ...], series: bool) -> None:
    """Raise why `name` has no value (or no series) at these centres."""
    from derive.numeric.conditions import domain_holds

    for a in arguments:
        if not a.is_finite():
            raise Unsure("a value is too large, or at a pole")
    row = FUNCTIONS[name]
    for condition in row.domain:
        holds = domain_holds(condition, arguments)
        if holds is False:
            raise Undefined(f"{name} needs {condition}")
        if holds is None:
            raise (AtPole if "!=" in condition else Unsure)(f"{name} at the edge of {condition}")
    for condition in row.smooth if series else ():
        holds = domain_holds(condition, arguments)
        if holds is False:
            raise NotSmooth(f"{name} has no derivative unless {condition}")
    raise Unsure(f"{name} has no finite enclosure here")


def _on_balls(name: str, method: Callable[[arb], arb]) -> Operation:
    def apply(u: arb) -> arb:
        if type(u) is not arb:  # FLINT's unbound methods do not check, and would read foreign memory
            raise Unsupported(f"{name} of what is not a number")
        result = method(u)
        if not result.is_finite():
            refuse(name, (u,), False)
        return result

    return apply


def _on_series(name: str) -> Operation:
    ball = _on_balls(name, getattr(arb, FUNCTIONS[name].numeric))
    method = WRITTEN.get(name) or getattr(arb_series, SERIES[name])
    series = checked(name, method)

    def apply(u: Value) -> Value:
        if type(u) is arb:
            return ball(u)
        if type(u) is arb_series:
            return series(u)
        if type(u) is Laurent and u.poles():
            return _at_infinity(name, u)
        return u.compose(series)

    return apply


def _at_infinity(name: str, u: Laurent) -> Value:
    """What a function tends to where its argument grows without bound."""
    if name == "atan":
        return arb.pi() / 2 * u.sign() - (1 / u).compose(checked("atan", arb_series.atan))
    if u.sign() < 0 and name == "exp":
        return laurent(arb(0), TERMS)  # smaller than every power of t
    if name == "erf":
        return laurent(arb(u.sign()), TERMS)
    raise Unsupported(f"{name} of a quantity that grows without bound")


def checked(name: str, method: Callable[[arb_series], arb_series]) -> Callable[[arb_series], arb_series]:
    """The series method, refusing centres without a series."""

    def series(u: arb_series) -> arb_series:
        result = method(u)
        for k in range(len(result)):  # a list of the coefficients costs as much as the series
            if not result[k].is_finite():
                refuse(name, (u[0],), True)
        return result

    return series


def _sinh(u: arb_series) -> arb_series:
    return (u.exp() - (-u).exp()) / _TWO


def _cosh(u: arb_series) -> arb_series:
    return (u.exp() + (-u).exp()) / _TWO


def sign_of(u: Value, name: str) -> int:
    """1, -1, or 0 where u is exactly 0."""
    if type(u) is Laurent:
        return u.sign()
    c = centre(u)
    if c > 0:
        return 1
    if c < 0:
        return -1
    if c == 0:
        if type(u) is not arb:
            raise NotSmooth(f"{name} has no derivative where its argument is 0")
        return 0
    raise Unsure(f"{name} of a value that may be 0")


def _abs(u: Value) -> Value:
    if type(u) is arb:
        return abs(u)
    return u if sign_of(u, "abs") > 0 else -u


def _sign(u: Value) -> Value:
    return arb(sign_of(u, "sign"))


def _floor(u: Value) -> Value:
    return _step(u, "floor", 0)


def _ceil(u: Value) -> Value:
    return _step(u, "ceil", 1)


def _step(u: Value, name: str, jump: int) -> Value:
    """floor (jump 0) or ceil (jump 1): the same integer on both sides of the ball, or an exact integer itself."""
    c = centre(u)
    if not c.is_finite():
        raise Unsure("a value is too large, or at a pole")
    if c.is_integer():
        if type(u) is Laurent:
            return c - 1 + jump if (u - c).sign() < 0 else c + jump
        if type(u) is not arb:
            raise NotSmooth(f"{name} jumps at integers")
        return c
    low = c.floor()
    if not low.is_exact():
        raise Unsure(f"{name} of a value that may be an integer")
    return low + jump


def _sqrt(u: Value) -> Value:
    if type(u) is arb:
        result = u.sqrt()
        return result if result.is_finite() else rational_power(u, Fraction(1, 2))
    return rational_power(u, Fraction(1, 2))


def _cbrt(u: Value) -> Value:
    return rational_power(u, Fraction(1, 3))


def _sinc(u: Value) -> Value:
    if type(u) is arb:
        return u.sinc()
    return _sinc_series(u) if type(u) is arb_series else u.compose(_sinc_series)


def _sinc_series(u: arb_series) -> arb_series:
    c = u[0]
    if c == 0:  # Σ (-1)^k t^(2k)/(2k+1)!, composed with the rest of u
        total, term, square = arb_series([1], prec=u.prec), arb_series([1], prec=u.prec), u * u
        for k in range(1, u.prec // 2 + 1):
            term = term * square / arb(-2 * k * (2 * k + 1))
            total = total + term
        return total
    if c.contains(0):
        raise Unsure("sinc of a value that may be 0")
    return u.sin() / u


def _polygamma_series(order: int) -> Callable[[arb_series], arb_series]:
    def series(u: arb_series) -> arb_series:
        n = u.prec
        gamma = checked("gamma", arb_series.gamma)(arb_series([u[0], 1], prec=n + order + 1))
        psi = gamma.derivative() / gamma
        for _ in range(order):
            psi = psi.derivative()
        step = arb_series([arb(0), *u.coeffs()[1:]], prec=n)
        return psi(step) if n > 1 else arb_series([psi[0]], prec=1)

    return series


def _digamma(u: Value) -> Value:
    return _on_balls("digamma", arb.digamma)(u) if type(u) is arb else _polygamma(arb(0), u)


def _polygamma(n: Value, u: Value) -> Value:
    order = whole(n) if type(n) is arb and n.is_integer() and abs(n) < 50 else -1
    if order < 0:
        raise Unsupported("polygamma needs a natural number as its order")
    series = _polygamma_series(order)
    if type(u) is arb:
        refuse_pole(u)
        return series(arb_series([u], prec=1))[0]
    return series(u) if type(u) is arb_series else u.compose(series)


def refuse_pole(u: arb) -> None:
    if not u.is_finite() or (u.contains_integer() and not u > 0):
        refuse("digamma", (u,), False)


def _root(u: Value, n: Value) -> Value:
    if not (type(n) is arb and n.is_integer() and abs(n) < 1 << 30):
        return power(u, 1 / n)
    index = whole(n)
    if index == 0:
        raise Undefined("root needs an index other than 0")
    return rational_power(u, Fraction(1, index))


def _atan2(y: Value, x: Value) -> Value:
    if type(y) is arb and type(x) is arb:
        if y == 0 and x == 0:
            raise Undefined("atan2 needs a point other than the origin")
        if y.contains(0) and not x > 0 and not (y == 0 and x < 0):
            raise Unsure("atan2 near the origin or its cut")
        return arb.atan2(y, x)
    if type(y) is Laurent or type(x) is Laurent:
        raise Unsupported("atan2 in a limit")
    atan = _on_series("atan")
    a, b = centre(y), centre(x)
    if b > 0:
        return atan(y / x)
    if a > 0:
        return arb.pi() / 2 - atan(x / y)
    if a < 0:
        return -arb.pi() / 2 - atan(x / y)
    if a == 0 and b == 0:
        raise Undefined("atan2 needs a point other than the origin")
    if a == 0 and b < 0:
        raise NotSmooth("atan2 jumps at its cut")
    raise Unsure("atan2 near the origin or its cut")


def _is_zero(u: Value) -> bool:
    """Whether every coefficient is exactly 0."""
    coefficients = u.coeffs() if type(u) is arb_series else u.terms.values() if type(u) is Jet else (arb(1),)
    return all(c == 0 for c in coefficients)


def _extreme(name: str, sign: int) -> Operation:
    def apply(*values: Value) -> Value:
        best = values[0]
        for u in values[1:]:
            if type(best) is arb and type(u) is arb:
                best = best.max(u) if sign > 0 else best.min(u)
                continue
            best = u if not _is_zero(u - best) and sign_of(u - best, name) == sign else best
        return best

    return apply


SPECIAL: dict[str, Operation] = {
    "abs": _abs, "sign": _sign, "floor": _floor, "ceil": _ceil, "sqrt": _sqrt, "cbrt": _cbrt, "sinc": _sinc,
    "digamma": _digamma, "polygamma": _polygamma, "root": _root, "atan2": _atan2,
    "min": _extreme("min", -1), "max": _extreme("max", 1),
}  # fmt: skip
"""Functions with cases: they take balls and series alike."""


WRITTEN: dict[str, Callable[[arb_series], arb_series]] = {"sinh": _sinh, "cosh": _cosh}
"""Series that FLINT has no method for: one operation takes a third of the time of the definition's eight."""

exp, ln = _on_series("exp"), _on_series("ln")
