r"""Brackets in LaTeX: \left( … \right), \left. … \right|, \begin{cases} … \end{cases}."""

from __future__ import annotations

import re

from derive.notation.lexed import Lexed
from derive.notation.tokens import Token

_DELIMITER = re.compile(r"\s*+(\\[A-Za-z]+|\\.|.)")
_ENVIRONMENT = re.compile(r"\s*+\{([A-Za-z]+)\*?\}(\s*+\{[lcr| ]*\})?")


def left(lexed: Lexed, text: str, at: int, end: int) -> int:
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


def right(lexed: Lexed, text: str, at: int, end: int) -> int:
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


def begin(lexed: Lexed, text: str, at: int, end: int) -> int:
    environment = _ENVIRONMENT.match(text, end)
    kind = _ENVIRONMENTS.get(environment[1]) if environment else None
    if environment is None or kind is None:
        raise lexed.error("an environment that is not read here", at, "bmatrix, pmatrix, array and cases are")
    lexed.environments.append(kind)
    if kind:
        lexed.add(f"BEGIN_{kind}", None, at, environment.end())
    return environment.end()


def end(lexed: Lexed, text: str, at: int, end: int) -> int:
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


def backslashes(lexed: Lexed, text: str, at: int, end: int) -> int:
    if lexed.environments and lexed.environments[-1]:
        if lexed.tokens[-1].kind == "COMMA":
            lexed.tokens.pop()
        lexed.add("NEWLINE", None, at, end)
    else:
        lexed.tokens.append(Token("LINE", None, at, end))
        lexed.blank = True
    return end
