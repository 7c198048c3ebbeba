"""What a run of letters means: `xy` is x·y, `alpha` one letter, `xsin` x and the function sin, `x1` the symbol x_1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from derive.functions import ABSTRACT, ALIASES, FUNCTIONS
from derive.notation.letters import GREEK

Part: TypeAlias = tuple[str, str, int]
"""What it is ("function", "constant", "symbol"), its name, and how many letters it takes."""

GREEK_LETTERS = {letter: name for name, letter in GREEK.items()} | {
    "ς": "sigma", "π": "pi", "∞": "infinity", "µ": "mu",
    "∆": "Delta", "ℯ": "e",
}  # fmt: skip

CONSTANT_NAMES = {
    "e": "e",
    "pi": "pi",
    "infinity": "infinity",
    "infty": "infinity",
    "inf": "infinity",
    "oo": "infinity",
}
WORDS = frozenset({
    "import", "lambda", "del", "print", "eval", "exec", "in", "is", "if", "else", "and", "not", "or", "for", "while",
    "def", "class", "return", "int", "integral", "sum", "prod", "the", "of", "with", "to", "let", "find", "where",
    "then", "true", "false", "none", "nan", "undefined", "var", "from", "at",
    "integrate", "solve", "factor", "expand", "graph", "plot", "slope", "tangent", "det", "trace",
}) - {"or"}  # fmt: skip
"""Words that nobody means as a product of letters."""

SPECIAL = frozenset({"piecewise", "at", "diff", "lim", "mod", "D"})
EXTRA = {"root": "root", "piecewise": "piecewise", "at": "at", "cuberoot": "cbrt", "squareroot": "sqrt"}
FUNCTION_NAMES = {name: target for name, target in ALIASES.items() if name not in GREEK} | {
    "root": "root", "lg": "lg",
}  # fmt: skip
"""Every plain name of a function → its name in the table; the Greek ones (`gamma`, `Gamma`) need a bracket."""

_LONG_NAMES = sorted(
    [n for n in FUNCTION_NAMES if len(n) > 1 and n.isalpha()] + list(GREEK) + ["pi", "infinity"],
    key=len, reverse=True,
)  # fmt: skip
_SPLIT = re.compile("|".join(_LONG_NAMES))
_SHORT = frozenset({"sh", "ch", "th", "tg", "lg", "mod", "min", "max"})

_TEX_PRODUCTS = frozenset({"xi", "mu", "nu"})  # without a backslash TeX sets two letters


@lru_cache(maxsize=4096)
def parts(run: str, names: frozenset[str] = frozenset(), latex: bool = False) -> tuple[Part, ...]:
    """The run of letters as functions, constants and symbols, longest known name first.

    `xy  →  x, y`; `xcos  →  x, cos`; with names={"xy"}: `xy  →  xy`
    """
    whole = _known(run, names)
    if whole and not (latex and run in _TEX_PRODUCTS):
        return (whole,)
    found: list[Part] = []
    i = 0
    own = sorted((n for n in names if len(n) > 1), key=len, reverse=True)
    while i < len(run):
        name = next((n for n in own if run.startswith(n, i)), None)
        if name is None:
            match = _SPLIT.match(run, i)
            name = (
                match[0] if match and match[0] not in _SHORT and not (latex and match[0] in _TEX_PRODUCTS) else run[i]
            )
        part = _known(name, names)
        assert part is not None, name
        found.append(part)
        i += len(name)
    return tuple(found)


def _known(run: str, names: frozenset[str]) -> Part | None:
    if run in names:
        return "symbol", run, len(run)
    if run in FUNCTION_NAMES:
        return "function", FUNCTION_NAMES[run], len(run)
    if run in CONSTANT_NAMES:
        return "constant", CONSTANT_NAMES[run], len(run)
    if run in GREEK or len(run) == 1:
        return "symbol", run, len(run)
    return None


def suggestion(name: str) -> str | None:
    """The function that was probably meant: `sine  →  sin`."""
    if len(name) > 20:
        return None
    from difflib import get_close_matches

    spoken = {
        "sine": "sin", "cosine": "cos", "tangent": "tan", "cotangent": "cot", "secant": "sec", "cosecant": "csc",
        "logarithm": "ln", "squareroot": "sqrt", "root": "sqrt", "cuberoot": "cbrt", "absolute": "abs",
        "exponential": "exp", "arcsine": "asin", "arccosine": "acos", "arctangent": "atan",
    }  # fmt: skip
    close = get_close_matches(name.lower(), [*FUNCTION_NAMES, *spoken], n=1, cutoff=0.7)
    if not close:
        return None
    return spoken.get(close[0]) or close[0]


def is_abstract(name: str) -> bool:
    """Whether `name(` is read as an abstract function: f, g, h, F, G, H, phi, psi, with any subscript."""
    return name.partition("_")[0] in ABSTRACT


__all__ = [
    "CONSTANT_NAMES", "FUNCTIONS", "FUNCTION_NAMES", "GREEK_LETTERS", "WORDS", "is_abstract", "parts", "suggestion",
]  # fmt: skip
