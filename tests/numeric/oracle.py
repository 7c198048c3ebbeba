"""What every function is, in mpmath: an independent second source of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp

ORACLE: dict[str, Callable[..., Any]] = {
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "cot": mp.cot, "sec": mp.sec, "csc": mp.csc,
    "asin": mp.asin, "acos": mp.acos, "atan": mp.atan, "acot": lambda u: mp.pi / 2 - mp.atan(u),
    "asec": lambda u: mp.acos(1 / u), "acsc": lambda u: mp.asin(1 / u),
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "coth": mp.coth, "sech": mp.sech, "csch": mp.csch,
    "asinh": mp.asinh, "acosh": mp.acosh, "atanh": mp.atanh, "acoth": lambda u: mp.atanh(1 / u),
    "asech": lambda u: mp.acosh(1 / u), "acsch": lambda u: mp.asinh(1 / u),
    "exp": mp.exp, "ln": mp.log, "log": lambda u, v: mp.log(u) / mp.log(v), "sqrt": mp.sqrt,
    "cbrt": lambda u: mp.sign(u) * mp.cbrt(abs(u)), "root": lambda u, n: mp.root(u, int(n)),
    "abs": abs, "sign": mp.sign, "floor": mp.floor, "ceil": mp.ceil, "mod": lambda u, v: u - v * mp.floor(u / v),
    "min": min, "max": max, "relu": lambda u: max(u, mp.mpf(0)), "erf": mp.erf, "gamma": mp.gamma,
    "digamma": mp.digamma, "polygamma": lambda n, u: mp.polygamma(int(n), u), "factorial": lambda u: mp.gamma(u + 1),
    "sinc": lambda u: mp.sin(u) / u if u else mp.mpf(1), "logistic": lambda u: 1 / (1 + mp.exp(-u)),
    "erfc": mp.erfc, "lambertw": lambda u: mp.lambertw(u).real, "fract": lambda u: u - mp.floor(u),
    "round": lambda u: mp.floor(u + mp.mpf("0.5")), "heaviside": lambda u: (1 + mp.sign(u)) / 2,
    "softplus": lambda u: mp.log(1 + mp.exp(u)), "atan2": mp.atan2,
}  # fmt: skip

PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "asin": (("-0.75",), ("0.3",)), "acos": (("-0.75",), ("0.3",)), "atanh": (("-0.75",), ("0.3",)),
    "asec": (("-2.5",), ("1.25",)), "acsc": (("-2.5",), ("1.25",)), "acoth": (("-2.5",), ("1.25",)),
    "acosh": (("1.25",), ("7.5",)), "asech": (("0.125",), ("0.9",)), "ln": (("0.3",), ("7.5",)),
    "sqrt": (("0.3",), ("7.5",)), "log": (("0.3", "2.5"), ("7.5", "0.4")), "root": (("0.3", "4"), ("7.5", "3")),
    "mod": (("7.3", "2.5"), ("-7.3", "2.5")), "min": (("0.3", "2"), ("2.5", "-1")),
    "lambertw": (("-0.25",), ("2.5",)), "max": (("0.3", "2"), ("2.5", "-1")),
    "polygamma": (("1", "0.3"), ("2", "-1.75")), "atan2": (("0.3", "-2"), ("-0.4", "-1.5"), ("1.5", "0.2")),
}  # fmt: skip
"""Arguments inside each domain; functions not named here are taken at DEFAULT."""
DEFAULT = (("-1.75",), ("0.3",), ("2.6",))
