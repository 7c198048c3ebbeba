"""Names as they are written: Greek letters, plain symbols, names of calls."""

from __future__ import annotations

import re
from functools import cache

from derive.expressions import OPERATORS
from derive.functions import ABSTRACT, FUNCTIONS

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "varepsilon": "ϵ", "vartheta": "ϑ", "varphi": "ϕ", "varrho": "ϱ",
    "Alpha": "Α", "Beta": "Β", "Gamma": "Γ", "Delta": "Δ", "Epsilon": "Ε", "Zeta": "Ζ", "Eta": "Η", "Theta": "Θ",
    "Iota": "Ι", "Kappa": "Κ", "Lambda": "Λ", "Mu": "Μ", "Nu": "Ν", "Xi": "Ξ", "Omicron": "Ο", "Pi": "Π",
    "Rho": "Ρ", "Sigma": "Σ", "Tau": "Τ", "Upsilon": "Υ", "Phi": "Φ", "Chi": "Χ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
"""Spelled Greek letters (without pi, which is the constant) → the letter."""


@cache
def is_plain(name: str) -> bool:
    """Whether a symbol of that name is read back without backquotes: `x`, `x_1`, `theta_ab`, `?u`."""
    return bool(_PLAIN.fullmatch(name)) and not _TAKEN.fullmatch(name)


@cache
def is_plain_call(name: str, arity: int, primes: bool) -> bool:
    """Whether `name(…)` is read as that call without backquotes: `sin(x)`, `f(x)`, `x(s, t)`, `y'(x)`."""
    if name.startswith("?") and is_plain(name):
        return True
    if name in OPERATORS:
        return not primes
    if name in FUNCTIONS:
        return arity in FUNCTIONS[name].arity and not primes
    return is_plain(name) and name != "Gamma" and (name in ABSTRACT or primes or arity > 1)


def split_name(name: str) -> tuple[str, str]:
    """A plain name as letter and subscript: `theta_ab  →  ("theta", "ab")`."""
    letter, _, subscript = name.partition("_")
    return letter, subscript


_PLAIN = re.compile(rf"\?\??[A-Za-z][A-Za-z0-9_]*|(?:[A-Za-z]|{'|'.join(GREEK)})(?:_[A-Za-z0-9]+)?")
_TAKEN = re.compile(r"e(?:_.*)?|D_.*")
