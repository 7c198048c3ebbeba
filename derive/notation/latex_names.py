"""LaTeX of names: symbols, and what stands before the bracket of a call."""

from __future__ import annotations

from functools import cache

from derive.expressions import OPERATORS
from derive.functions import ABSTRACT, ALIASES, FUNCTIONS
from derive.notation.names import CONSTANT_NAMES, EXTRA, SPECIAL, WORDS
from derive.notation.letters import GREEK, is_plain, is_plain_call, split_name


@cache
def symbol_latex(name: str) -> str:
    r"""`x_1  →  x_{1}`, `theta  →  \theta`, `speed  →  \mathrm{speed}`, `e  →  \mathit{e}`."""
    if name.startswith("?"):
        return symbol_latex(name.lstrip("?"))  # a pattern's variable, shown to people
    if is_plain(name):
        return letters_latex(name)
    if _is_word(name) and not (name[0] == "d" and len(name) == 2):  # dx looks like a differential
        return rf"\mathrm{{{name}}}"
    return _quoted(name)


_NO_COMMAND = frozenset(
    "omicron Alpha Beta Epsilon Zeta Eta Iota Kappa Mu Nu Omicron Rho Tau Chi".split()
)  # Greek letters without a command of their own
_ESCAPES = str.maketrans({
    "_": r"\_", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "{": r"\{", "}": r"\}", " ": r"\ ",
    "\\": r"\backslash ", "^": r"\wedge ", "~": r"\sim ",
})  # fmt: skip


def _is_word(name: str) -> bool:
    """Whether a name is several letters without a meaning of their own."""
    return len(name) > 1 and name.isascii() and name.isalpha() and name not in ALIASES and name not in _MEANT


_MEANT = frozenset({"pi", *GREEK, *SPECIAL, *EXTRA})


def letters_latex(name: str) -> str:
    letter, subscript = split_name(name)
    if letter in GREEK:
        letter = rf"\mathrm{{{letter}}}" if letter in _NO_COMMAND else f"\\{letter}"
    return f"{letter}_{{{subscript}}}" if subscript else letter


def _quoted(name: str) -> str:
    plain = is_plain(name) and split_name(name)[0] not in _NO_COMMAND
    return rf"\mathit{{{letters_latex(name) if plain else name.translate(_ESCAPES)}}}"


@cache
def is_variable(name: str) -> bool:
    """Whether a bracket after that name is a factor and not its argument."""
    return is_plain(name) and name not in ABSTRACT and name not in ALIASES and split_name(name)[0] not in _NO_COMMAND


@cache
def runs_plainly(name: str) -> bool:
    """Whether d before the letter is read as its differential: dt, d\\theta, dx_1."""
    letter = split_name(name)[0]
    return is_plain(name) and letter not in _NO_COMMAND and (len(letter) == 1 or letter in GREEK)


@cache
def run_together(left: str, right: str) -> bool:
    """Whether letters that meet are still read one by one: `x` and `y` are, `c` and `h` (ch), `s` and `in` are not."""
    run = left + right
    if len(run) > 3 or run in WORDS:
        return False
    return not any(run[i:j] in _NAMES for i in range(len(left)) for j in range(len(left) + 1, len(run) + 1))


_NAMES = frozenset({*ALIASES, *CONSTANT_NAMES, *GREEK})


@cache
def head_latex(name: str, arity: int, primes: bool) -> str:
    """The name of a function as it stands before its bracket."""
    if name.startswith("?"):
        return symbol_latex(name)
    if name in FUNCTIONS and arity in FUNCTIONS[name].arity and not primes:
        command = FUNCTIONS[name].latex
        return command if command and name not in ("mod", "digamma") else rf"\operatorname{{{name}}}"
    if name in OPERATORS and not primes:
        return rf"\operatorname{{{name}}}"
    if is_plain_call(name, arity, primes):
        return letters_latex(name)
    if _is_word(name):
        return rf"\operatorname{{{name}}}"
    return _quoted(name)
