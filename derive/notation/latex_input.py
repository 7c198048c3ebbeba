r"""LaTeX commands as tokens: what books, MathLive and language models write.

Commands become the terminals of plain notation wherever they mean the same: `\cdot` is `*`, `\left(` is `(`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.expressions import Constant, Symbol, make
from derive.notation.lexed import Lexed, number
from derive.notation.letters import GREEK
from derive.notation.names import FUNCTION_NAMES, suggestion
from derive.notation.operators import add_operator_parts, balanced
from derive.notation.tokens import Token

_D = (
    r"(?:\\differentialD(?![A-Za-z])|\\mathrm\s*\{\s*d\s*\}|\\(?:mathrm|rm)\s+d(?![A-Za-z])|\\text\s*\{d\}"
    r"|\\operatorname\s*\{d\}|\{\\rm\s+d\}|d|\\partial(?![A-Za-z])|∂)\s*"
)
_COMMANDS = "|".join(sorted((*GREEK, "pi"), key=len, reverse=True))
_SUB = r"(?:\s*_\s*(?:\{\s*[A-Za-z0-9]+\s*\}|[A-Za-z0-9]))?"
_V = rf"(?:(?:\\(?:{_COMMANDS})(?![A-Za-z])|[A-Za-z]){_SUB}|\\(?:mathit|mathrm|vec|mathbf)\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})"
_O = r"(?:\s*\^\s*(?:\{(?:[^{}]|\{[^{}]*\})*\}|[0-9A-Za-z]))?"
_GAP = r"(?:\\[,;:! ]|\\cdot|\\thinspace|\s)*"
_OPERATOR = re.compile(
    rf"\s*\{{\s*(?P<d>{_D})(?P<order>{_O}){_GAP}(?P<operand>{_V})?{_GAP}\}}\s*\{{\s*(?P<under>(?:{_GAP}{_D}{_V}{_O}{_GAP})+)\}}"
)
_LEIBNIZ_START = re.compile(rf"\s*\{{\s*(?P<d>{_D})(?P<order>{_O})\s*")
_DENOMINATOR = re.compile(rf"\s*\{{\s*(?P<under>(?:{_GAP}{_D}{_V}{_O}{_GAP})+)\}}")
_OVER_OPERATOR = re.compile(
    rf"\{{\s*(?P<d>{_D})(?P<order>{_O}){_GAP}(?P<operand>{_V})?{_GAP}\\over\s*(?P<under>(?:{_GAP}{_D}{_V}{_O}{_GAP})+)\}}"
)
_ONE_UNDER = re.compile(rf"{_GAP}{_D}(?P<variable>{_V})(?P<order>{_O})")
_INDEXED_PARTIAL = re.compile(r"\s*_\s*\{?\s*([0-9]+(?:\s*,\s*[0-9]+)*)\s*\}?\s*")
_PARTIAL_BY = re.compile(r"\s*_\s*(?:\{\s*((?:[A-Za-z]|\\[A-Za-z]+|,|\s|_[0-9A-Za-z])+)\}|([A-Za-z])|(\\[A-Za-z]+))")
_BRACED = re.compile(r"\s*\{((?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*)\}|\s*([A-Za-z])(?![A-Za-z])")
_INNER_STYLE = re.compile(r"\\(?:mathrm|text|mathit|mathbf|rm|bf|it|mathsf|boldsymbol|operatorname)\b\s*\{?\s*")
_DELIMITER = re.compile(r"\s*(\\[A-Za-z]+|\\.|.)")
_ENVIRONMENT = re.compile(r"\s*\{([A-Za-z]+)\*?\}(\s*\{[lcr| ]*\})?")
_SUBSCRIPT = re.compile(
    r"\s*_\s*(?:\{\s*\\(?:text|mathrm|rm|mathit)\s*\{\s*([A-Za-z0-9, ]+?)\s*\}\s*\}|"
    r"\{\s*(?:\\rm\s+)?([A-Za-z0-9, ]+?)\s*\}|\{\s*\\([A-Za-z]+)\s*\}|\\([A-Za-z]+)|([A-Za-z]|[0-9]+))"
)
_GROUPED_DIGITS = re.compile(r"[0-9]{1,3}(?:\{,\}[0-9]{3})+(?:\.[0-9]+)?")
_COMMA_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9,])")

_LOOKS_LIKE = re.compile(r"\\|\$.*\$", re.DOTALL)
_PRIMES = re.compile(r"\^\s*\{\s*((?:\\prime\s*)+|'+)\}|\^\s*((?:\\prime(?![A-Za-z])\s*)+)")

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
    "{": ("LPAR", None), "}": ("RPAR", None), "sqrt": ("ROOT", None), "binom": ("BINOMIAL", None),
    "dbinom": ("BINOMIAL", None), "tbinom": ("BINOMIAL", None), "choose": ("BINOMIAL", None), "nabla": ("NABLA", None),
    "exponentialE": ("ATOM", make(Constant, (), "e")), "pi": ("ATOM", make(Constant, (), "pi")),
    "infty": ("ATOM", make(Constant, (), "infinity")), "%": ("PERCENT", None),
}  # fmt: skip
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_STYLES = frozenset({
    "mathrm", "text", "mathit", "mathbf", "mathsf", "mathcal", "mathbb", "boldsymbol", "bm", "textrm", "textit",
    "operatorname", "mathnormal", "textbf", "mathfrak", "mathtt", "mbox",
})  # fmt: skip
_ACCENTS = {
    "vec": "", "overrightarrow": "", "hat": "hat", "bar": "bar", "tilde": "tilde", "widehat": "hat",
    "overline": "bar", "widetilde": "tilde", "dot": "dot", "ddot": "ddot",
}  # fmt: skip
_CONDITION_WORDS = frozenset({"if", "for", "when", "where", "on", "provided"})
_OTHERWISE = frozenset({"otherwise", "else", "elsewhere"})
_REFUSED = {
    "int": "integrals are not read here", "iint": "integrals are not read here", "oint": "integrals are not read here",
    "sum": "sums over an index are not read here", "prod": "products over an index are not read here",
    "ldots": "dots leave open what is meant", "cdots": "dots leave open what is meant",
    "dots": "dots leave open what is meant", "pm": "choose one of the two signs", "mp": "choose one of the two signs",
    "det": "determinants are not read here",
}  # fmt: skip


def is_latex(text: str) -> bool:
    r"""Whether `text` is to be read as LaTeX: it has a command or a dollar sign."""
    return bool(_LOOKS_LIKE.search(text))


def prepared(text: str) -> str:
    r"""`text` with dollars blanked out and `^{\prime}` as `'`, of the same length, so that columns stay."""
    if text.count("$") % 2 == 0:
        text = text.replace("$", " ")
    if "prime" in text or "^{'" in text:
        text = _PRIMES.sub(lambda m: ("'" * (m[0].count("prime") or m[0].count("'"))).ljust(len(m[0])), text)
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
        lexed.add("FUNCTION", FUNCTION_NAMES[name], at, end)
        return end
    if name in GREEK:
        return _symbol(lexed, text, name, at, end)
    if name in _FRACTIONS:
        return _fraction(lexed, text, at, end)
    if name in _STYLES:
        return _styled(lexed, text, name, at, end)
    special = _MORE.get(name)
    if special:
        return special(lexed, text, at, end)
    if name in _ACCENTS:
        return _accented(lexed, text, name, at, end)
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


def with_subscript(text: str, name: str, end: int) -> tuple[str, int]:
    r"""A name with the subscript that follows it: `x_{1}  →  x_1`, `h_{\theta}  →  h_theta`."""
    if end >= len(text) or text[end] not in "_ ":
        return name, end
    match = _SUBSCRIPT.match(text, end)
    if match is None:
        return name, end
    label = next(g for g in match.groups() if g is not None)
    return f"{name}_{re.sub('[, ]', '', label)}", match.end()


def _symbol(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    if name == "Gamma" and re.match(r"\s*(?:\\left\s*)?\(", text[end : end + 20]):
        lexed.add("FUNCTION", "gamma", at, end)
        return end
    full, end = with_subscript(text, name, end)
    lexed.add("NAME", make(Symbol, (), full), at, end)
    return end


def _fraction(lexed: Lexed, text: str, at: int, end: int) -> int:
    r"""\frac{d}{dx}, \frac{d^2 y}{dx^2}, \frac{d(…)}{dx} are operators; anything else is a fraction."""
    operator = _OPERATOR.match(text, end)
    if operator:
        return _operator(lexed, operator, at)
    if _SYMBOLIC_START.match(text, end):
        scanned = _scan_operator(lexed, text, at, end)
        if scanned:
            return scanned
    start = _LEIBNIZ_START.match(text, end)
    if start:
        close = _closing(text, start.end())
        under = _DENOMINATOR.match(text, close + 1) if close else None
        if close and under and (start["d"].strip()[0] != "d" or text[start.end()] in "(\\[{"):
            _add_operator(lexed, at, start.end(), start["d"], start["order"], under["under"], None)
            token = lexed.add("LPAR", None, start.end(), start.end())
            lexed.brackets.append(token)
            lexed.jumps[close] = under.end()
            return start.end()
    lexed.add("FRACTION", None, at, end)
    return end


def _scan_operator(lexed: Lexed, text: str, at: int, end: int) -> int | None:
    r"""\\frac{d^{n + \\sin k}}{dx^{…}}: an operator whose orders are expressions; where it ends, if it is one."""
    top = text.index("{", end)
    top_end = balanced(text, top, "{}")
    bottom = top_end and re.compile(r"\s*").match(text, top_end).end()  # type: ignore[union-attr]
    bottom_end = bottom and text.startswith("{", bottom) and balanced(text, bottom, "{}")
    if not (top_end and bottom and bottom_end):
        return None
    order = re.fullmatch(rf"\s*(?P<d>{_D})\^\s*(?P<order>.*?)\s*", text[top + 1 : top_end - 1], re.DOTALL)
    if order is None:
        return None
    pairs: list[tuple[str, str]] = []
    inside = text[bottom + 1 : bottom_end - 1]
    place = 0
    head = re.compile(rf"{_GAP}{_D}({_V})(\s*\^\s*)?")
    while match := head.match(inside, place):
        place = match.end()
        power = "1"
        if match[2]:
            close = balanced(inside, place, "{}") if inside.startswith("{", place) else place + 1
            if close is None:
                return None
            power, place = _exponent("^" + inside[place:close]), close
        pairs.append((_name(match[1]), power))
    if not pairs or re.compile(_GAP).fullmatch(inside, place) is None:
        return None
    add_operator_parts(lexed, at, bottom_end, "partial" in order["d"], _exponent("^" + order["order"]), pairs, None)
    return bottom_end


_SYMBOLIC_START = re.compile(rf"\s*\{{\s*{_D}\s*\^\s*\{{")


def _closing(text: str, at: int) -> int | None:
    """Where the group that `at` stands in is closed, when that is near."""
    depth = 0
    for i in range(at, min(len(text), at + 2_000)):
        if text[i] == "{" and text[i - 1] != "\\":
            depth += 1
        elif text[i] == "}" and text[i - 1] != "\\":
            depth -= 1
            if depth < 0:
                return i
    return None


def over_operator(lexed: Lexed, text: str, at: int) -> int | None:
    r"""{d \over dx}"""
    match = _OVER_OPERATOR.match(text, at)
    return _operator(lexed, match, at) if match else None


def _operator(lexed: Lexed, match: re.Match[str], at: int) -> int:
    _add_operator(lexed, at, match.end(), match["d"], match["order"], match["under"], match["operand"])
    return match.end()


def _add_operator(lexed: Lexed, at: int, end: int, d: str, order: str, under: str, operand: str | None) -> None:
    pairs = [(_name(one["variable"]), _exponent(one["order"])) for one in _ONE_UNDER.finditer(under)]
    partial = "partial" in d or "∂" in d
    add_operator_parts(lexed, at, end, partial, _exponent(order), pairs, operand and _name(operand))


def _exponent(spelling: str) -> str:
    r"""`^{2}  →  2`, nothing  →  1"""
    inside = spelling.strip().removeprefix("^").strip()
    if inside.startswith("{"):
        inside = inside[1:-1].strip()
    return inside or "1"


def _name(spelling: str) -> str:
    r"""`\theta_{1}  →  theta_1`, `\mathrm{speed}  →  speed`"""
    spelling = spelling.strip()
    if spelling.startswith("\\mathit"):
        return f"`{_exact(spelling[spelling.index('{') + 1 : -1])}`"
    if spelling.startswith("\\mathrm") and len(re.sub("[^A-Za-z]", "", spelling)) > 7:
        return f"`{re.sub(r'[{}]', '', spelling[7:]).strip()}`"
    styled = re.fullmatch(r"\\(?:mathrm|vec|mathbf)\s*\{\s*(.*?)\s*\}", spelling)
    return re.sub(r"[\\{}\s]", "", styled[1] if styled else spelling)


def _exact(inside: str) -> str:
    r"""The name that \mathit{…} spells, escapes undone: `a\_b  →  a_b`."""
    if re.fullmatch(r"\\?[A-Za-z]+(?:_\{[A-Za-z0-9]+\})?", inside):
        return re.sub(r"[\\{}]", "", inside)
    return re.sub(
        r"\\(backslash |wedge |sim |.)",
        lambda m: {"backslash ": "\\", "wedge ": "^", "sim ": "~"}.get(m[1], m[1]),
        inside,
    )


def _styled(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    r"""\mathrm{speed}, \operatorname{sech}, \text{if}: a function, a constant or one name."""
    if name == "operatorname" and text[end : end + 1] == "*":
        end += 1
    group = _BRACED.match(text, end)
    if group is None:
        return end  # a style for what follows
    end = group.end()
    inside = (group[1] if group[1] is not None else group[2]).strip()
    if name == "mathit":
        return _exactly(lexed, text, _exact(inside), at, end)
    inside = _INNER_STYLE.sub("", inside).replace("}", "").replace("{", "").strip()
    word = inside.rstrip(" ,.:").replace("\\ ", " ").strip()
    if name in ("text", "textrm", "mbox") and _condition_word(lexed, word, at, end):
        return end
    if not word:
        lexed.blank = True
        return end
    if word == "d" and name != "mathit":
        return _differential(lexed, text, at, end)
    if word in FUNCTION_NAMES:
        lexed.add("FUNCTION", FUNCTION_NAMES[word], at, end)
        return end
    if word == "e":
        lexed.add("ATOM", make(Constant, (), "e"), at, end)
        return end
    if re.fullmatch(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", word):
        lexed.add("ATOM", number(lexed, word, at), at, end)
        return end
    word = word.removeprefix("\\")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?", word):
        raise lexed.error(f"{text[at:end]!r} is not a name", at)
    full, end = with_subscript(text, word, end)
    kind = "QUOTED" if name == "operatorname" else "NAME"
    lexed.add(kind, make(Symbol, (), full), at, end)
    return end


def _exactly(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    lexed.add("QUOTED", make(Symbol, (), name), at, end)
    return end


def _condition_word(lexed: Lexed, word: str, at: int, end: int) -> bool:
    """The words beside the branches of a piecewise function."""
    environments = lexed.environments
    if not environments or environments[-1] != "CASES":
        return False
    if word in _OTHERWISE:
        lexed.add("NAME", make(Symbol, (), "otherwise"), at, end)
        return True
    if word in _CONDITION_WORDS:
        if lexed.tokens[-1].kind == "COMMA":
            lexed.tokens.pop()
        if lexed.tokens[-1].kind != "AMPERSAND":
            lexed.add("AMPERSAND", None, at, end)
        return True
    return False


def _differential(lexed: Lexed, text: str, at: int, end: int) -> int:
    r"""\mathrm{d}x is one name, dx."""
    variable = re.compile(r"\s*(?:\\([A-Za-z]+)|([A-Za-z]))").match(text, end)
    if variable is None:
        lexed.add("NAME", make(Symbol, (), "d"), at, end)
        return end
    name = "d" + (variable[1] or variable[2])
    lexed.add("NAME", make(Symbol, (), name), at, variable.end())
    lexed.notes.append(("differential", at, variable.end(), name))
    return variable.end()


def _accented(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    r"""\vec{v} is read as v, \hat{x} as x_hat."""
    group = _BRACED.match(text, end)
    if group is None:
        raise lexed.error(f"\\{name} needs a letter", at)
    letter = re.sub(r"[\\{}\s]", "", group[1] if group[1] is not None else group[2])
    if not re.fullmatch(r"[A-Za-z]+(?:_[A-Za-z0-9]+)?", letter):
        raise lexed.error(f"\\{name} needs a letter", at)
    mark = _ACCENTS[name]
    full = f"{letter}_{mark}" if mark else letter
    full, end = with_subscript(text, full, group.end())
    lexed.add("NAME", make(Symbol, (), full), at, end)
    lexed.notes.append(("accent", at, end, full))
    return end


def _left(lexed: Lexed, text: str, at: int, end: int) -> int:
    delimiter = _DELIMITER.match(text, end)
    if delimiter is None:
        raise lexed.error("\\left needs a bracket", at)
    kind = _LEFT.get(delimiter[1])
    if kind is None:
        raise lexed.error(f"\\left{delimiter[1]} is not a bracket known here", at)
    token = lexed.add(kind, None, at, delimiter.end())
    lexed.lefts.append(delimiter[1])
    if kind in ("LPAR", "LSQB"):
        lexed.brackets.append(token)
    return delimiter.end()


def _right(lexed: Lexed, text: str, at: int, end: int) -> int:
    delimiter = _DELIMITER.match(text, end)
    if delimiter is None:
        raise lexed.error("\\right needs a bracket", at)
    end = delimiter.end()
    left = lexed.lefts.pop() if lexed.lefts else ""
    kind = _RIGHT.get(delimiter[1])
    if kind is None:
        raise lexed.error(f"\\right{delimiter[1]} is not a bracket known here", at)
    if delimiter[1] in _BARS and left == ".":
        kind = "RPAR"  # closes what \left. opened
        lexed.add("RPAR", None, at, end)
        lexed.add("EVALUATE", None, at, end)
    else:
        lexed.add(kind, None, at, end)
    if lexed.brackets and kind in ("RPAR", "RSQB"):
        lexed.brackets.pop()
    return end


_BARS = frozenset({"|", "\\vert", "\\rvert"})
_LEFT = {
    "(": "LPAR", "[": "LSQB", "\\{": "LPAR", "\\lbrace": "LPAR", ".": "LPAR", "|": "BAR_OPEN", "\\vert": "BAR_OPEN",
    "\\lvert": "BAR_OPEN", "\\lfloor": "FLOOR_OPEN", "\\lceil": "CEIL_OPEN", "\\lbrack": "LSQB", "⌊": "FLOOR_OPEN",
    "⌈": "CEIL_OPEN", "\\lparen": "LPAR",
}  # fmt: skip
_RIGHT = {
    ")": "RPAR", "]": "RSQB", "\\}": "RPAR", "\\rbrace": "RPAR", ".": "RPAR", "|": "BAR_CLOSE", "\\vert": "BAR_CLOSE",
    "\\rvert": "BAR_CLOSE", "\\rfloor": "FLOOR_CLOSE", "\\rceil": "CEIL_CLOSE", "\\rbrack": "RSQB",
    "⌋": "FLOOR_CLOSE", "⌉": "CEIL_CLOSE", "\\rparen": "RPAR",
}  # fmt: skip


def _begin(lexed: Lexed, text: str, at: int, end: int) -> int:
    environment = _ENVIRONMENT.match(text, end)
    kind = _ENVIRONMENTS.get(environment[1]) if environment else None
    if environment is None or kind is None:
        raise lexed.error("an environment that is not read here", at, "bmatrix, pmatrix, array and cases are")
    lexed.environments.append(kind)
    if kind:
        lexed.add(f"BEGIN_{kind}", None, at, environment.end())
    return environment.end()


def _end(lexed: Lexed, text: str, at: int, end: int) -> int:
    environment = _ENVIRONMENT.match(text, end)
    kind = lexed.environments.pop() if lexed.environments else None
    if environment is None or kind is None or _ENVIRONMENTS.get(environment[1]) != kind:
        raise lexed.error("\\end without its \\begin", at)
    if lexed.tokens[-1].kind == "NEWLINE":
        lexed.tokens.pop()
    if kind:
        lexed.add(f"END_{kind}", None, at, environment.end())
    return environment.end()


_ENVIRONMENTS = {
    "bmatrix": "MATRIX", "pmatrix": "MATRIX", "matrix": "MATRIX", "smallmatrix": "MATRIX", "array": "MATRIX",
    "Bmatrix": "MATRIX", "cases": "CASES", "dcases": "CASES", "rcases": "CASES", "equation": "", "align": "",
    "aligned": "", "gather": "", "displaymath": "", "math": "", "split": "",
}  # fmt: skip


def _backslashes(lexed: Lexed, text: str, at: int, end: int) -> int:
    if lexed.environments and lexed.environments[-1]:
        if lexed.tokens[-1].kind == "COMMA":
            lexed.tokens.pop()
        lexed.add("NEWLINE", None, at, end)
    else:
        lexed.tokens.append(Token("LINE", None, at, end))
        lexed.blank = True
    return end


def _partial(lexed: Lexed, text: str, at: int, end: int) -> int:
    r"""\partial_{1,2}f(x, y) and \partial_x u"""
    places = _INDEXED_PARTIAL.match(text, end)
    if places:
        head = re.compile(rf"\s*({_V}|\\operatorname\s*\{{[A-Za-z]+\}})").match(text, places.end())
        if head is None:
            raise lexed.error("\\partial_{1} needs a function", at)
        name = _name(head[1].replace("\\operatorname", "\\mathrm")).strip("`")
        lexed.add("PARTIAL", (name, tuple(int(n) for n in places[1].split(","))), at, head.end())
        return head.end()
    by = _PARTIAL_BY.match(text, end)
    if by is None:
        raise lexed.error("\\partial stands alone", at, "write \\frac{\\partial}{\\partial x}")
    inside = by[1] or by[2] or by[3]
    names = re.findall(r"\\[A-Za-z]+|[A-Za-z](?:_[0-9A-Za-z])?", inside)
    pairs = [(_name(n), "1") for n in reversed(names)]
    add_operator_parts(lexed, at, by.end(), True, str(len(pairs)), pairs, None)
    return by.end()


def _colour(lexed: Lexed, text: str, at: int, end: int) -> int:
    group = _BRACED.match(text, end)
    return group.end() if group else end


def _differential_d(lexed: Lexed, text: str, at: int, end: int) -> int:
    return _differential(lexed, text, at, end)


def _old_style(lexed: Lexed, text: str, at: int, end: int) -> int:
    return end


_MORE: dict[str, Callable[[Lexed, str, int, int], int]] = {
    "left": _left, "right": _right, "begin": _begin, "end": _end, "\\": _backslashes, "partial": _partial,
    "color": _colour, "textcolor": _colour, "phantom": _colour, "label": _colour, "tag": _colour,
    "differentialD": _differential_d, "rm": _old_style, "bf": _old_style, "it": _old_style, "cr": _backslashes,
}  # fmt: skip
