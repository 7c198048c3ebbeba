r"""Names in LaTeX: \mathrm{speed}, \operatorname{sech}, \vec{v}, x_{\text{max}}, and the words beside cases."""

from __future__ import annotations

import re

from derive.expressions import Constant, Symbol, make
from derive.notation.lexed import Lexed, number
from derive.notation.lexed import differential as running
from derive.notation.names import FUNCTION_NAMES
from derive.notation.runs import add_function

BRACED = re.compile(r"\s*+\{((?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*)\}|\s*+([A-Za-z])(?![A-Za-z])")
_INNER_STYLE = re.compile(r"\\(?:mathrm|text|mathit|mathbf|rm|bf|it|mathsf|boldsymbol|operatorname)\b\s*+\{?\s*+")
_SUBSCRIPT = re.compile(
    r"\s*+_\s*+(?:\{\s*+\\(?:text|mathrm|rm|mathit)\s*+\{\s*+([A-Za-z0-9, ]+?)\s*+\}\s*+\}|"
    r"\{\s*+(?:\\rm\s+)?([A-Za-z0-9, ]+?)\s*+\}|\{\s*+\\([A-Za-z]+)\s*+\}|\\([A-Za-z]+)|([A-Za-z]|[0-9]+))"
)
STYLES = frozenset({
    "mathrm", "text", "mathit", "mathbf", "mathsf", "mathcal", "mathbb", "boldsymbol", "bm", "textrm", "textit",
    "operatorname", "mathnormal", "textbf", "mathfrak", "mathtt", "mbox",
})  # fmt: skip
ACCENTS = {
    "vec": "", "overrightarrow": "", "hat": "hat", "bar": "bar", "tilde": "tilde", "widehat": "hat",
    "overline": "bar", "widetilde": "tilde", "dot": "dot", "ddot": "ddot",
}  # fmt: skip
_CONDITION_WORDS = frozenset({"if", "for", "when", "where", "on", "provided"})
_OTHERWISE = frozenset({"otherwise", "else", "elsewhere"})


def with_subscript(text: str, name: str, end: int) -> tuple[str, int]:
    r"""A name with the subscript that follows it: `x_{1}  →  x_1`, `h_{\theta}  →  h_theta`."""
    if end >= len(text) or text[end] not in "_ ":
        return name, end
    match = _SUBSCRIPT.match(text, end)
    if match is None:
        return name, end
    label = next(g for g in match.groups() if g is not None)
    return f"{name}_{re.sub('[, ]', '', label)}", match.end()


def exact(inside: str) -> str:
    r"""The name that \mathit{…} spells, escapes undone: `a\_b  →  a_b`."""
    if re.fullmatch(r"\\?[A-Za-z]+(?:_\{[A-Za-z0-9]+\})?", inside):
        return re.sub(r"[\\{}]", "", inside)
    return re.sub(
        r"\\(backslash |wedge |sim |.)",
        lambda m: {"backslash ": "\\", "wedge ": "^", "sim ": "~"}.get(m[1], m[1]),
        inside,
    )


def styled(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    r"""\mathrm{speed}, \operatorname{sech}, \text{if}: a function, a constant or one name."""
    if name == "operatorname" and text[end : end + 1] == "*":
        end += 1
    group = BRACED.match(text, end)
    if group is None:
        return end  # a style for what follows
    end = group.end()
    inside = (group[1] if group[1] is not None else group[2]).strip()
    if name == "mathit":
        return _exactly(lexed, text, exact(inside), at, end)
    inside = _INNER_STYLE.sub("", inside).replace("}", "").replace("{", "").strip()
    word = inside.rstrip(" ,.:").replace("\\ ", " ").strip()
    if name in ("text", "textrm", "mbox") and _condition_word(lexed, word, at, end):
        return end
    if not word:
        lexed.blank = True
        return end
    if word == "d" and name != "mathit":
        return differential(lexed, text, at, end)
    if name == "operatorname" and word in ("integral", "sum"):
        lexed.add("FUNCTION", word, at, end)
        return end
    if word in FUNCTION_NAMES:
        add_function(lexed, FUNCTION_NAMES[word], at, end)
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


def differential(lexed: Lexed, text: str, at: int, end: int) -> int:
    r"""\mathrm{d}x is one name, dx."""
    variable = re.compile(r"\s*+(?:\\([A-Za-z]+)|([A-Za-z]))").match(text, end)
    if variable is None:
        lexed.add("NAME", make(Symbol, (), "d"), at, end)
        return end
    if lexed.integrals:
        name, stop = with_subscript(text, variable[1] or variable[2], variable.end())
        return running(lexed, name, at, stop)
    name = "d" + (variable[1] or variable[2])
    lexed.add("NAME", make(Symbol, (), name), at, variable.end())
    lexed.notes.append(("differential", at, variable.end(), name))
    return variable.end()


def accented(lexed: Lexed, text: str, name: str, at: int, end: int) -> int:
    r"""\vec{v} is read as v, \hat{x} as x_hat."""
    group = BRACED.match(text, end)
    if group is None:
        raise lexed.error(f"\\{name} needs a letter", at)
    letter = re.sub(r"[\\{}\s]", "", group[1] if group[1] is not None else group[2])
    if not re.fullmatch(r"[A-Za-z]+(?:_[A-Za-z0-9]+)?", letter):
        raise lexed.error(f"\\{name} needs a letter", at)
    mark = ACCENTS[name]
    full = f"{letter}_{mark}" if mark else letter
    full, end = with_subscript(text, full, group.end())
    lexed.add("NAME", make(Symbol, (), full), at, end)
    lexed.notes.append(("accent", at, end, full))
    return end
