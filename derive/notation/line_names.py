"""Unicode of names and digits: Greek letters, raised and lowered digits, what stands before a bracket."""

from __future__ import annotations

from functools import cache

from derive.expressions import Call, Constant, Expression, Number, Power, Sum, Symbol
from derive.functions import FUNCTIONS
from derive.notation.brackets import first_factor, places
from derive.notation.letters import GREEK, is_plain, split_name
from derive.notation.rope import Piece


@cache
def symbol_line(name: str) -> str:
    """`theta_1  →  θ₁`, `x_ab  →  x_ab`, `?u  →  u`."""
    name = name.lstrip("?")
    if not is_plain(name):
        return name
    letter, subscript = split_name(name)
    letter = GREEK.get(letter, letter)
    if not subscript:
        return letter
    return letter + (subscript.translate(_LOWERED) if subscript.isdigit() else f"_{subscript}")


@cache
def function_line(name: str) -> str:
    """A function's name as books print it: `asin  →  arcsin`, `gamma  →  Γ`, `f  →  f`."""
    if name in ("gamma", "digamma", "mod"):
        return "Γ" if name == "gamma" else name
    row = FUNCTIONS.get(name)
    if row is None:
        return symbol_line(name)
    return row.latex.removeprefix(r"\operatorname{").removesuffix("}").removeprefix("\\") or name


def raised(exponent: Piece) -> str | None:
    """An exponent in superscript characters, or None where there are none: `n − 1  →  ⁿ⁻¹`."""
    if isinstance(exponent, str) and len(exponent) <= 12 and all(c in _RAISABLE for c in exponent):
        return exponent.translate(_RAISED)
    return None


def lowered(subscript: Piece) -> str | None:
    """Digits as subscripts, or None."""
    return subscript.translate(_LOWERED) if isinstance(subscript, str) and subscript.isdecimal() else None


def is_juxtaposed(before: Expression, factor: Expression) -> bool:
    """Whether two factors stand side by side: a number before a letter or a bracket, `2x`, `3x²`, `2(x + 1)`."""
    if type(before) is not Number or (type(before.label) is str and not before.label.replace(".", "").isdigit()):
        return False
    factor = first_factor(factor)
    kind = type(factor)
    if kind is Power:
        base = type(factor.arguments[0])
        return base in _LETTERS or base is Sum
    return kind in _LETTERS or kind is Sum or (kind is Call and factor.label in ("sqrt", "cbrt"))


_LETTERS = frozenset({Symbol, Constant})
_RAISED = str.maketrans("0123456789−+n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", " ")
_RAISABLE = frozenset("0123456789−+n ")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
RAISED_NAMES = frozenset(
    n for n, row in FUNCTIONS.items() if row.latex and row.arity == (1,) and n not in ("exp", "gamma")
)
"""Functions whose powers are written sin²(x)."""
OPEN_CALLS = frozenset({"sqrt", "cbrt", "root", "factorial"})
"""Calls that print without a bracket of their own at the end."""


def is_raised_call(base: Expression, exponent: Expression) -> bool:
    """Whether a power of a call is written with the exponent at the name, `sin²(x)`."""
    natural = type(exponent) is Number and type(exponent.label) is int and exponent.label >= 2
    return natural and type(base) is Call and base.label in RAISED_NAMES and len(base.arguments) == 1


def call_head(name: str, orders: tuple[int, ...]) -> str:
    """What stands before the bracket: `f`, `f″`, `∂₁₂f`."""
    if not orders:
        return function_line(name)
    if len(orders) == 1 and orders[0] <= 3:
        return symbol_line(name) + ("", "′", "″", "‴")[orders[0]]
    shown = places(orders)
    index = "".join(shown) if len(orders) < 10 else ",".join(shown)
    return f"∂{lowered(index) or f'[{index}]'}{symbol_line(name)}"
