r"""LaTeX commands as tokens: what books, MathLive and language models write.

Commands become the terminals of plain notation wherever they mean the same: `\cdot` is `*`, `\left(` is `(`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.expressions import Constant, Symbol, make
from derive.notation.tex_brackets import backslashes, begin, end, left, right
from derive.notation.tex_names import ACCENTS, BRACED, STYLES, accented, differential, styled, with_subscript
from derive.notation.tex_operators import fraction, inline_operator, partial
from derive.notation.lexed import Lexed, binder, number
from derive.notation.letters import GREEK
from derive.notation.names import FUNCTION_NAMES, suggestion
from derive.notation.runs import add_function

_GROUPED_DIGITS = re.compile(r"[0-9]{1,3}(?:\{,\}[0-9]{3})+(?:\.[0-9]+)?")
_COMMA_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9])")
_LOOKS_LIKE = re.compile(r"\\|\$.*\$", re.DOTALL)
_PRIMES = re.compile(r"\^\s*+\{\s*+((?:\\prime\s*+)+|'+)\}|\^\s*+((?:\\prime(?![A-Za-z])\s*+)+)")
_RUN_TOGETHER = re.compile(r"(\\mathrm\s*+\{\s*+d)([A-Za-z]|\\[A-Za-z]++)\}")
_OLD_UPRIGHT_D = re.compile(r"\{\s*+\\rm\s++d\s*+\}")
_SPACE = frozenset({
    ",", ";", ":", "!", " ", ">", "/", "quad", "qquad", "thinspace", "medspace", "thickspace", "negthinspace",
    "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl", "bigr",
    "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "bigm", "Bigm", "nonumber", "notag", "hfill", "strut",
    "mathstrut", "enspace", "space", "allowbreak", "mathop", "mathord", "ensuremath", "(", ")", "[", "]",
})  # fmt: skip
_SAME: dict[str, tuple[str, object]] = {
    "cdot": ("TIMES", None), "times": ("TIMES", None), "ast": ("TIMES", None), "star": ("TIMES", None),
    "div": ("SLASH", None), "bmod": ("MOD", None), "mod": ("MOD", None), "over": ("OVER", None),
    "le": ("RELATION", "<="), "leq": ("RELATION", "<="), "leqslant": ("RELATION", "<="), "lt": ("RELATION", "<"),
    "ge": ("RELATION", ">="), "geq": ("RELATION", ">="), "geqslant": ("RELATION", ">="), "gt": ("RELATION", ">"),
    "ne": ("RELATION", "!="), "neq": ("RELATION", "!="), "to": ("TO", None), "rightarrow": ("TO", None),
    "longrightarrow": ("TO", None), "lim": ("LIMIT", None), "vert": ("BAR", None), "mid": ("BAR", None),
    "lvert": ("BAR_OPEN", None), "rvert": ("BAR_CLOSE", None), "lfloor": ("FLOOR_OPEN", None),
    "rfloor": ("FLOOR_CLOSE", None), "lceil": ("CEIL_OPEN", None), "rceil": ("CEIL_CLOSE", None),
    "lbrace": ("LPAR", None), "rbrace": ("RPAR", None), "lbrack": ("LSQB", None), "rbrack": ("RSQB", None),
    "langle": ("LSQB", None), "rangle": ("RSQB", None),
    "{": ("LPAR", None), "}": ("RPAR", None), "sqrt": ("ROOT", None), "binom": ("BINOMIAL", None),
    "dbinom": ("BINOMIAL", None), "tbinom": ("BINOMIAL", None), "choose": ("BINOMIAL", None), "nabla": ("NABLA", None),
    "exponentialE": ("ATOM", make(Constant, (), "e")), "pi": ("ATOM", make(Constant, (), "pi")),
    "infty": ("ATOM", make(Constant, (), "infinity")), "%": ("PERCENT", None),
}  # fmt: skip
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_UPRIGHT = frozenset({"mathrm", "rm", "text", "operatorname", "differentialD"})
"""What makes the d of a differential upright."""
_REFUSED = {
    "iint": "write one integral sign for each variable", "oint": "integrals along curves are not read here",
    "prod": "products over an index are not read here",
    "ldots": "dots leave open what is meant", "cdots": "dots leave open what is meant",
    "dots": "dots leave open what is meant", "pm": "choose one of the two signs", "mp": "choose one of the two signs",
    "det": "determinants are not read here",
}  # fmt: skip


def is_latex(text: str) -> bool:
    r"""Whether `text` is to be read as LaTeX: it has a command or a dollar sign."""
    return bool(_LOOKS_LIKE.search(text))


def prepared(text: str) -> str:
    r"""`text` without dollars, `^{\prime}` as `'`, `\mathrm{dx}` as `\mathrm{d}x`: of the same length."""
    if text.count("$") % 2 == 0:
        text = text.replace("$", " ")
    if "prime" in text or "^{'" in text:
        text = _PRIMES.sub(lambda m: ("'" * (m[0].count("prime") or m[0].count("'"))).ljust(len(m[0])), text)
    text = _RUN_TOGETHER.sub(r"\1}\2", text)
    text = _OLD_UPRIGHT_D.sub(lambda m: r"\rm{d}".ljust(len(m[0])), text)
    if text.rstrip().endswith("\\") and not text.rstrip().endswith("\\\\"):
        text = text[: text.rindex("\\")] + " " + text[text.rindex("\\") + 1 :]
    return text.replace("~", " ")


def command(lexed: Lexed, text: str, match: re.Match[str]) -> int:
    """Adds what the command at `match` means; returns where it ends. ReadError for an unknown one."""
    at, end = match.span()
    name = match[0][1:]
    if name in _SPACE:
        lexed.blank = True
        return end
    same = _SAME.get(name)
    if same:
        lexed.add(same[0], same[1], at, end)
        return end
    if name in FUNCTION_NAMES:
        add_function(lexed, FUNCTION_NAMES[name], at, end)
        return end
    if name in GREEK:
        return _symbol(lexed, text, name, at, end)
    if name in _FRACTIONS:
        return fraction(lexed, text, at, end)
    inline = inline_operator(lexed, text, at) if name in _UPRIGHT else None
    if inline:
        return inline
    if name in STYLES:
        return styled(lexed, text, name, at, end)
    special = _MORE.get(name)
    if special:
        return special(lexed, text, at, end)
    if name in ACCENTS:
        return accented(lexed, text, name, at, end)
    if name in _REFUSED:
        raise lexed.error(f"\\{name}: {_REFUSED[name]}", at)
    close = suggestion(name)
    raise lexed.error(f"\\{name} is not a command known here", at, f"did you mean \\{close}?" if close else None)


def digits(lexed: Lexed, text: str, at: int) -> int | None:
    """Adds `1{,}000` or, outside brackets, `1,500` as one number; returns where it ends."""
    match = _GROUPED_DIGITS.match(text, at)
    if match is None and not lexed.brackets:
        match = _COMMA_DIGITS.match(text, at)
        if match:
            lexed.notes.append(("comma-in-number", at, match.end(), match[0].replace(",", "")))
    if match is None:
        return None
    lexed.add("ATOM", number(lexed, match[0].replace("{,}", "").replace(",", ""), at), at, match.end())
    return match.end()


def _symbol(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    if name == "Gamma" and re.match(r"\s*+(?:\\left\s*+)?\(", text[end : end + 20]):
        lexed.add("FUNCTION", "gamma", at, end)
        return end
    full, end = with_subscript(text, name, end)
    lexed.add("NAME", make(Symbol, (), full), at, end)
    return end


def _colour(lexed: Lexed, text: str, at: int, end: int) -> int:
    group = BRACED.match(text, end)
    return group.end() if group else end


def _differential_d(lexed: Lexed, text: str, at: int, end: int) -> int:
    return differential(lexed, text, at, end)


def _integral(lexed: Lexed, text: str, at: int, end: int) -> int:
    return binder(lexed, "INTEGRAL", at, end)


def _sum(lexed: Lexed, text: str, at: int, end: int) -> int:
    return binder(lexed, "SUMMATION", at, end)


def _old_style(lexed: Lexed, text: str, at: int, end: int) -> int:
    return end


_MORE: dict[str, Callable[[Lexed, str, int, int], int]] = {
    "int": _integral, "sum": _sum, "left": left, "right": right, "begin": begin, "end": end, "\\": backslashes,
    "partial": partial,
    "color": _colour, "textcolor": _colour, "phantom": _colour, "label": _colour, "tag": _colour,
    "differentialD": _differential_d, "rm": _old_style, "bf": _old_style, "it": _old_style, "cr": backslashes,
}  # fmt: skip
