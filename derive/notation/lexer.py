"""Text to tokens: plain notation, Unicode, and LaTeX commands, by one regular expression."""

from __future__ import annotations

import re
import unicodedata

from derive.errors import LimitError, ReadError
from derive.expressions import Symbol, make
from derive.notation.lexed import Lexed, number, tex
from derive.notation.operators import operator_at
from derive.notation.runs import letters, phrase
from derive.notation.tokens import CLOSERS, Token

MAX_CHARACTERS = 10_000_000  # a sum of a million terms is 5 MB

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t]+)
    | (?P<letters>[A-Za-z]+)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<power>\*\*)
    | (?P<relation>==|!=|<=|>=|=<|=(?!>)|<|>)
    | (?P<arrow>->|=>)
    | (?P<one>[-+*/^(){}\[\],!|%&_~;:])
    | (?P<newline>\r?\n)
    | (?P<primes>'+)
    | (?P<meta>\?\??[A-Za-z][A-Za-z0-9_]*)
    | (?P<quoted>`[^`\n]+`)
    | (?P<command>\\(?:[A-Za-z]+|.))
    """,
    re.VERBOSE,
)
_ONE = {
    "-": "MINUS", "+": "PLUS", "*": "TIMES", "/": "SLASH", "^": "CARET", "(": "LPAR", ")": "RPAR", "{": "LBRACE",
    "}": "RBRACE", "[": "LSQB", "]": "RSQB", ",": "COMMA", "!": "BANG", "|": "BAR", "_": "SUB", "&": "AMPERSAND",
    ";": "SEMICOLON",
}  # fmt: skip
_RELATIONS = {"==": "=", "=<": "<="}


def lex(
    text: str, names: frozenset[str] = frozenset(), *, pattern: bool = False, latex: bool | None = None,
    problem: bool = False, functions: frozenset[str] = frozenset(), level: int = 0,
) -> Lexed:  # fmt: skip
    """The tokens of `text`, the last of kind $END; ReadError at what belongs to no notation."""
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"the input has {len(text):,} characters; {MAX_CHARACTERS:,} are read", limit="characters",
            value=MAX_CHARACTERS,
        )  # fmt: skip
    lexed = Lexed(text, names, pattern, problem=problem, functions=functions, level=level)
    if latex or (latex is None and ("\\" in text or "$" in text) and tex().is_latex(text)):
        lexed.latex = True
        text = tex().prepared(text)
    if not text.isascii():
        from derive.notation.unicode_input import plain

        text = plain(text)
    match_at = _TOKEN.match
    tokens = lexed.tokens
    brackets = lexed.brackets
    at, size = 0, len(text)
    while at < size:
        match = match_at(text, at)
        if match is None:
            at = _other(lexed, text, at)
            continue
        kind = match.lastgroup
        end = match.end()
        if kind == "one":
            sort = _ONE.get(match[0])
            if sort is None:
                raise _unreadable(lexed, at)
            if (lexed.latex and sort in _BRACES) or at in lexed.jumps:
                jump = _jump(lexed, text, sort, at)
                if jump:
                    at = jump
                    continue
            if sort == "AMPERSAND" and tokens and tokens[-1].kind == "COMMA":
                tokens.pop()  # cases: x, & x > 0
            token = Token(sort, None, at, end, lexed.blank)
            tokens.append(token)
            lexed.blank = False
            if sort in ("LPAR", "LSQB", "LBRACE"):
                brackets.append(token)
            elif sort in CLOSERS:
                if brackets:
                    brackets.pop()
            elif sort == "COMMA" and brackets:
                brackets[-1].value = True  # an opening bracket's value: whether a comma stands in it
        elif kind == "letters":
            end = letters(lexed, text, match)
        elif kind == "blank":
            lexed.blank = True
        elif kind == "number":
            grouped = _grouped(lexed, text, at, end)
            if grouped:
                end = grouped
            elif problem and text[end : end + 2] in _ORDINALS and phrase(lexed, text, at):
                end = lexed.tokens[-1].end
            else:
                lexed.add("ATOM", number(lexed, match[0], at), at, end)
        elif kind == "power":
            lexed.add("CARET", None, at, end)
        elif kind == "relation":
            lexed.add("RELATION", _RELATIONS.get(match[0], match[0]), at, end)
        elif kind == "arrow":
            lexed.add("TO", None, at, end)
        elif kind == "primes":
            lexed.add("PRIMES", end - at, at, end)
        elif kind == "quoted":
            lexed.add("NAME", make(Symbol, (), match[0][1:-1]), at, end).virtual = False
            tokens[-1].kind = "QUOTED"
        elif kind == "newline":
            lexed.blank = True
            if tokens and tokens[-1].kind != "LINE":
                tokens.append(Token("LINE", None, at, end))
        elif kind == "meta" and pattern:
            lexed.add("META", make(Symbol, (), match[0]), at, end)
        elif kind == "command" and lexed.latex:
            end = tex().command(lexed, text, match)
        else:
            raise _unreadable(lexed, at)
        at = end
    lexed.add("$END", None, size, size)
    return lexed


def again(lexed: Lexed) -> Lexed:
    """The tokens of the same text once more, for what was used up."""
    return lex(
        lexed.text, lexed.names, pattern=lexed.pattern, latex=lexed.latex, problem=lexed.problem,
        functions=lexed.functions, level=lexed.level,
    )  # fmt: skip


def _grouped(lexed: Lexed, text: str, at: int, end: int) -> int | None:
    """1{,}000, and outside of brackets 1,000, are one number: where it ends."""
    mark = text[end : end + 1]
    if (mark == "{" and text.startswith("{,}", end)) or (mark == "," and text[end + 1 : end + 4].isdigit()):
        stop: int | None = tex().digits(lexed, text, at)
        return stop
    return None


_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_BRACES = frozenset({"LBRACE", "RBRACE"})


def _jump(lexed: Lexed, text: str, kind: str, at: int) -> int | None:
    r"""Where to go on after a brace that is more than a brace: {d \over dx}, \frac{d(…)}{dx}, d(…)/dx."""
    if at in lexed.jumps:
        lexed.add("RPAR", None, at, at + 1 if kind == "RPAR" else at)
        if lexed.brackets:
            lexed.brackets.pop()
        return lexed.jumps[at]
    if kind == "LBRACE" and "over" in text[at + 1 : at + 60]:
        from derive.notation.tex_operators import over_operator

        return over_operator(lexed, text, at)
    return None


def _other(lexed: Lexed, text: str, at: int) -> int:
    """Adds the one character at `at` that is not ASCII notation; returns where it ends."""
    if text[at] == "∂":
        end = operator_at(lexed, text, at, "∂")
        if end:
            return end
    if not text[at].isascii():
        from derive.notation.unicode_input import add_character

        return add_character(lexed, text, at)
    raise _unreadable(lexed, at)


def _unreadable(lexed: Lexed, at: int) -> ReadError:
    character = lexed.text[at]
    hint = {
        "%": "write mod(a, b) for the remainder, or divide by 100", "#": "comments are not read here",
        "$": "a formula in LaTeX needs $ on both sides", ":": "write = to define", "~": "write = for equality",
        "&": "it separates columns inside \\begin{…} only", "?": "metavariables stand in patterns only",
        '"': "text in quotes is not read",
    }.get(character)  # fmt: skip
    name = unicodedata.name(character, "")
    named = "" if character.isascii() else f" ({name.lower()})"
    return lexed.error(f"{character!r}{named} is not read here", at, hint)
