"""Text to tokens: plain notation, Unicode, and LaTeX commands, by one regular expression."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from derive.errors import LimitError, ReadError
from derive.expressions import ONE, Constant, Expression, Number, Symbol, make
from derive.notation.letters import GREEK
from derive.notation.names import GREEK_LETTERS, WORDS, parts, suggestion
from derive.notation.tokens import CLOSERS, Token

MAX_CHARACTERS = 10_000_000  # a sum of a million terms is 5 MB
MAX_DIGITS = 4_000  # Python's own limit for int(text) is 4,300


@dataclass(slots=True)
class Lexed:
    """What one pass over the text found, and the guesses it made on the way."""

    text: str
    names: frozenset[str] = frozenset()
    pattern: bool = False
    latex: bool = False
    tokens: list[Token] = field(default_factory=list)
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    blank: bool = False
    brackets: list[Token] = field(default_factory=list)
    functions: frozenset[str] = frozenset()
    problem: bool = False  # whether the words of problems are read
    level: int = 0  # how deep within orders of differentiation the text stands
    heads: list[Any] = field(default_factory=list)
    jumps: dict[int, int] = field(default_factory=dict)  # LaTeX: where \frac{d(…)} ends → where its denominator ends
    lefts: list[str] = field(default_factory=list)  # LaTeX: brackets opened by \left
    environments: list[str] = field(default_factory=list)  # LaTeX: environments that are open

    def add(self, kind: str, value: Any, start: int, end: int) -> Token:
        token = Token(kind, value, start, end, self.blank)
        self.blank = False
        self.tokens.append(token)
        return token

    def error(self, message: str, at: int, suggestion: str | None = None, **more: Any) -> ReadError:
        return error_at(self.text, at, message, suggestion=suggestion, **more)


def error_at(text: str, at: int, message: str, **more: Any) -> ReadError:
    """A ReadError at an offset of the text."""
    before = text[:at]
    line = before.count("\n") + 1
    return ReadError(message, text=text, line=line, column=at - (before.rfind("\n") + 1) + 1, **more)


_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_SUBSCRIPT = r"(?:_\{[A-Za-z0-9]+\}|_[A-Za-z0-9]+|[0-9]+)"
VARIABLE = rf"(?:`[^`\n]+`|\?\??[A-Za-z][A-Za-z0-9_]*|(?:{_GREEK}|[A-Za-z\u03b1-\u03c9\u0391-\u03a9])(?:{_SUBSCRIPT}|[₀-₉]+)?)"
_ORDER = rf"(?:[²³⁴⁵⁶⁷⁸⁹ⁿ]|\^\s*(?:\((?:[^()]|\([^()]*\))*\)|\{{[^{{}}]*\}}|[0-9]+|{VARIABLE}))"


@lru_cache(maxsize=64)
def operator_patterns(names: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What d/dx looks like, and one variable under its line; names of several letters count as variables."""
    long = "".join(f"{re.escape(n)}(?![A-Za-z0-9_])|" for n in sorted(names, key=len, reverse=True) if len(n) > 1)
    v = f"(?:{long}{VARIABLE})"
    under = rf"(?:(?:d|∂\s?){v}(?:{_ORDER})?[ *]*)"
    operator = (
        rf"(?P<d>d|∂)(?P<order>{_ORDER})?\s?(?P<operand>{v}(?=\s?/))?\s?/\s?"
        rf"(?P<bracket>\()?(?P<under>{under}+)(?(bracket)\))"
    )
    return re.compile(operator), re.compile(rf"(?:d|∂\s?)(?P<variable>{v})(?P<order>{_ORDER})?[ *]*")



_TOKEN = re.compile(
    rf"""
      (?P<blank>[ \t]+)
    | (?P<letters>[A-Za-z]+)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<power>\*\*)
    | (?P<relation>==|!=|<=|>=|=<|=(?!>)|<|>)
    | (?P<arrow>->|=>)
    | (?P<one>[-+*/^(){{}}\[\],!|%&_~;:])
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
_SUBSCRIPTED = re.compile(r"_\{[ ]*([A-Za-z0-9]+)[ ]*\}|_([A-Za-z0-9]+)|([0-9]+)")
_LOG_BASE = re.compile(r"_([0-9]+|[A-Za-z](?![A-Za-z]))|([0-9]+)(?=\s*\()")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_DOTTED = re.compile(r"D\[([0-9, ]+)\]\((`[^`\n]+`|[A-Za-z][A-Za-z0-9_]*|\?\??[A-Za-z][A-Za-z0-9_]*)\)")


@cache
def latex_input() -> Any:
    """The module for LaTeX, loaded when there is some."""
    from derive.notation import latex_input

    return latex_input


def phrase(lexed: Lexed, text: str, at: int) -> int | None:
    """The end of the words of a problem that stand at `at`, added as a token."""
    from derive.notation import phrases

    word = re.compile("[A-Za-z]+|[0-9]+").match(text, at)
    if word and word[0] not in lexed.names and (word[0].lower() in phrases.STARTS or word[0].isdigit()):
        return phrases.phrase(lexed, text, at)
    return None


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
    if latex or (latex is None and ("\\" in text or "$" in text) and latex_input().is_latex(text)):
        lexed.latex = True
        text = latex_input().prepared(text)
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
            if lexed.latex and sort in _BRACES:
                jump = _latex_brace(lexed, text, sort, at)
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
            end = _letters(lexed, text, match)
        elif kind == "blank":
            lexed.blank = True
        elif kind == "number":
            grouped = latex_input().digits(lexed, text, at) if text[end : end + 1] in ("{", ",") else None
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
            end = latex_input().command(lexed, text, match)
        else:
            raise _unreadable(lexed, at)
        at = end
    lexed.add("$END", None, size, size)
    return lexed


_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_BRACES = frozenset({"LBRACE", "RBRACE"})


def _latex_brace(lexed: Lexed, text: str, kind: str, at: int) -> int | None:
    r"""Where to go on after a brace that is more than a brace: {d \over dx}, and the end of \frac{d(…)}{dx}."""
    if kind == "RBRACE" and at in lexed.jumps:
        lexed.add("RPAR", None, at, at)
        if lexed.brackets:
            lexed.brackets.pop()
        return lexed.jumps[at]
    if kind == "LBRACE" and "over" in text[at + 1 : at + 60]:
        from derive.notation.latex_input import over_operator

        return over_operator(lexed, text, at)
    return None


def number(lexed: Lexed, spelling: str, at: int) -> Expression:
    """A Number as typed; LimitError for absurd sizes."""
    if len(spelling) > MAX_DIGITS:
        raise LimitError(
            f"column {at + 1}: a number of {len(spelling):,} digits; {MAX_DIGITS:,} are read", limit="digits",
            value=MAX_DIGITS,
        )  # fmt: skip
    if spelling.isdigit():
        return make(Number, (), int(spelling))
    exponent = spelling.lower().partition("e")[2].lstrip("+-").lstrip("0")
    if len(exponent) > 4 or int(exponent or 0) > MAX_DIGITS:
        raise LimitError(
            f"column {at + 1}: the exponent of {spelling} is beyond {MAX_DIGITS:,}", limit="digits", value=MAX_DIGITS
        )
    return make(Number, (), spelling)


def _letters(lexed: Lexed, text: str, match: re.Match[str]) -> int:
    """Adds the names in a run of letters, with the subscript of the last one; returns where it ends."""
    at, end = match.span()
    run = match[0]
    if lexed.problem and len(run) > 1 or run == "w":
        end_of_phrase = phrase(lexed, text, at) if lexed.problem else None
        if end_of_phrase:
            return end_of_phrase
    if run[0] == "d" and len(run) < 14:
        operator = operator_patterns(lexed.names)[0].match(text, at)
        if operator and _is_operator(operator, run):
            return add_operator(lexed, operator)
        if len(run) == 1 and text.startswith("d^(", at):
            scanned = scan_operator(lexed, text, at)
            if scanned:
                return scanned
    if run[0] == "D":
        dotted = _DOTTED.match(text, at)
        named = _EULER.match(text, at) if len(run) == 1 else None
        if named:
            return _euler(lexed, named)
        if dotted and len(run) == 1:
            places = tuple(int(n) for n in dotted[1].split(","))
            lexed.add("PARTIAL", (dotted[2].strip("`"), places), at, dotted.end())
            return dotted.end()
    if run == "lim":
        lexed.add("LIMIT", None, at, end)
        return end
    following = text[end : end + 1]
    if run in lexed.names or len(run) == 1:
        found = parts(run, lexed.names, lexed.latex)
    elif (run in ("at", "piecewise", "diff")) and following == "(":
        lexed.add("FUNCTION", run, at, end)
        return end
    elif run == "mod" and following != "(":
        lexed.add("MOD", None, at, end)
        return end
    elif run in ("atan", "arctan") and following == "2" and text[end + 1 : end + 2] == "(":
        lexed.add("FUNCTION", "atan2", at, end + 1)
        return end + 1
    else:
        found = parts(run, lexed.names, lexed.latex)
        if len(found) > 1:
            if not lexed.latex and not any(kind == "function" for kind, _, _ in found):
                lexed.notes.append(("letters", at, end, "*".join(name for _, name, _ in found)))
            _refuse_words(lexed, run, at, following)
    for kind, name, length in found[:-1]:
        _add_part(lexed, kind, name, at, at + length)
        at += length
    kind, name, _ = found[-1]
    if lexed.latex and kind != "function":
        if following and following in "_ ":
            full, stop = latex_input().with_subscript(text, name, end)
            if stop > end:
                lexed.add("NAME", make(Symbol, (), full), at, stop)
                return stop
    elif following and following in "_0123456789":
        return _with_subscript(lexed, text, kind, name, at, end)
    if name in ("gamma", "Gamma") and following == "(" and name not in lexed.names:
        kind, name = "function", "gamma"
    _add_part(lexed, kind, name, at, end)
    return end


_EULER = re.compile(
    rf"D_(?:\{{\s*(?P<braced>(?:\\?[A-Za-z]+(?:_[0-9])?|\s|,)+)\s*\}}|(?P<one>(?:{_GREEK}|\\[A-Za-z]+|[A-Za-z])(?:[0-9]+)?)|"
    rf"\{{?(?P<places>[0-9](?:,[0-9]+)*)\}}?\s*(?P<function>[A-Za-z]+)(?=\s*(?:\\left\s*)?\())(?P<order>\^(?:[0-9]|\{{[^{{}}]*\}}))?"
)


def _euler(lexed: Lexed, match: re.Match[str]) -> int:
    """D_x u, D_{xy} u, D_x^2 u; D_1 f(x, y) is the partial derivative in the first place."""
    if match["places"]:
        places = tuple(int(n) for n in match["places"].split(","))
        lexed.add("PARTIAL", (match["function"], places), *match.span())
        return match.end()
    inside = (match["braced"] or match["one"]).replace("\\", "")
    whole = inside if inside in GREEK or match["one"] else None
    names = [whole] if whole else re.findall(r"[A-Za-z](?:_[0-9])?", inside)
    order = (match["order"] or "^1")[1:].strip("{}")
    pairs = [(n, order if len(names) == 1 else "1") for n in reversed(names)]
    total = order if len(names) == 1 else str(len(names))
    add_operator_parts(lexed, match.start(), match.end(), len(names) > 1, total, pairs, None)
    return match.end()


def _add_part(lexed: Lexed, kind: str, name: str, at: int, end: int) -> None:
    if kind == "symbol":
        lexed.add("NAME", make(Symbol, (), name), at, end)
    elif kind == "function":
        lexed.add("FUNCTION", name, at, end)
    else:
        lexed.add("ATOM", make(Constant, (), name), at, end)


def _with_subscript(lexed: Lexed, text: str, kind: str, name: str, at: int, end: int) -> int:
    if kind == "function":
        if name == "ln":
            base = _LOG_BASE.match(text, end)
            if base:
                lexed.add("FUNCTION", "log", at, end)
                lexed.add("SUB", None, end, end + 1)
                digits = base[1] or base[2]
                value = number(lexed, digits, end) if digits.isdigit() else make(Symbol, (), digits)
                if digits == "e":
                    value = make(Constant, (), "e")
                lexed.add("ATOM", value, end, base.end())
                return base.end()
        _add_part(lexed, kind, name, at, end)
        return end
    subscript = _SUBSCRIPTED.match(text, end)
    if subscript is None or (kind == "constant" and name != "e" and subscript[3]):
        _add_part(lexed, kind, name, at, end)
        return end
    label = subscript[1] or subscript[2] or subscript[3]
    lexed.add("NAME", make(Symbol, (), f"{name}_{label}"), at, subscript.end())
    return subscript.end()


def _refuse_words(lexed: Lexed, run: str, at: int, following: str) -> None:
    """ReadError for a run that nobody means as a product of letters."""
    if run in WORDS and not lexed.latex:
        raise lexed.error(f"{run!r} is not a name known here", at, _products(run))
    if len(run) >= 3 and following == "(" and "function" not in [kind for kind, _, _ in parts(run, lexed.names)[-1:]]:
        close = suggestion(run)
        hint = f"did you mean {close}?" if close else _products(run)
        raise lexed.error(f"{run!r} is not a function known here", at, hint)
    if len(run) >= 4 and not any(kind == "function" for kind, _, _ in parts(run, lexed.names)):
        close = suggestion(run)
        if close and len(close) > 2:
            raise lexed.error(f"{run!r} is not a name known here", at, f"did you mean {close}?")


def _products(run: str) -> str:
    return f"write {'*'.join(run)} for a product, or `{run}` in backquotes for one name"


def _is_operator(match: re.Match[str], run: str) -> bool:
    """Whether the letters at the place are those of the operator: not `da/dx` read from `data`."""
    return len(run) == 1 or match["operand"] is not None


def add_operator(lexed: Lexed, match: re.Match[str]) -> int:
    """Adds d/dx, d^2y/dx^2, ∂²/∂x∂y as one token; returns where it ends."""
    at, end = match.span()
    order = _order(match["order"])
    under: list[tuple[str, str]] = []
    left = int(order) if order.isdigit() and not match["bracket"] else -1
    for one in operator_patterns(lexed.names)[1].finditer(match["under"]):
        power = _order(one["order"])
        under.append((one["variable"], power))
        left -= int(power) if power.isdigit() else 0
        if left == 0 and not match["under"].startswith("^0", _variable_end(lexed, match["under"], one.end())):
            # d/dx delta*x: what follows is no variable
            end = match.start("under") + len(match["under"][: one.end()].rstrip(" *"))
            break
    add_operator_parts(lexed, at, end, match["d"] == "∂", order, under, match["operand"])
    return end


def _variable_end(lexed: Lexed, under: str, at: int) -> int:
    """Where the name of the next variable under the line ends."""
    following = operator_patterns(lexed.names)[1].match(under, at)
    return following.end("variable") if following else at


MAX_OPERATOR = 4_000  # characters of an operator whose orders are expressions; a book has at most ten
MAX_ORDERS = 20  # operators within the orders of operators


def scan_operator(lexed: Lexed, text: str, at: int) -> int | None:
    """d^(n + sin(k))/dx^(…): an operator whose orders are bracketed expressions; where it ends, if it is one."""
    order_end = balanced(text, at + 2, "()")
    if order_end is None or not text.startswith("/", order_end):
        return None
    order = text[at + 2 : order_end]
    d = text[at]
    under: list[tuple[str, str]] = []
    end = order_end + 1
    head = re.compile(rf" ?{d}({VARIABLE})(\^(?:[0-9]+|{VARIABLE}))?")
    while match := head.match(text, end):
        end = match.end()
        power = match[2][1:] if match[2] else "1"
        if not match[2] and text.startswith("^(", end):
            close = balanced(text, end + 1, "()")
            if close is None:
                return None
            power, end = text[end + 1 : close], close
        under.append((match[1], power))
    if not under:
        return None
    add_operator_parts(lexed, at, end, d == "∂", order, under, None)
    return end


def balanced(text: str, at: int, pair: str) -> int | None:
    """Just after the bracket that closes the one at `at`, when that is near."""
    depth = 0
    for match in re.compile(rf"[{re.escape(pair)}]").finditer(text, at, at + MAX_OPERATOR):
        depth += 1 if match[0] == pair[0] else -1
        if depth == 0:
            return match.end()
    return None


def add_operator_parts(
    lexed: Lexed, at: int, end: int, partial: bool, order: str, under: list[tuple[str, str]], operand: str | None
) -> None:
    """Adds a differential operator: its order, its variables with theirs, and y in dy/dx."""
    variables = tuple((variable(name), order_of(lexed, power, at)) for name, power in under)
    value = (partial, order_of(lexed, order, at), variables, operand and variable(operand))
    lexed.add("DERIVATIVE", value, at, end)


def order_of(lexed: Lexed, spelling: str, at: int) -> Expression:
    """The order of differentiation that `2`, `n` or `(n + 1)` spells."""
    if spelling == "1":
        return ONE
    if spelling.isdigit():
        return number(lexed, spelling, at)
    if lexed.level > MAX_ORDERS:
        raise lexed.error("operators nested too deep within orders", at)
    from derive.notation.parser import built

    inner = lex(spelling, lexed.names, pattern=lexed.pattern, latex=lexed.latex, level=lexed.level + 1)
    value: Expression = built(inner, "expression")
    return value


def _order(spelling: str | None) -> str:
    """The order after d or dx: `^2  →  2`, `²  →  2`, nothing  →  1."""
    if spelling is None:
        return "1"
    return spelling[1:].strip() if spelling[0] == "^" else "23456789n"["²³⁴⁵⁶⁷⁸⁹ⁿ".index(spelling)]


def variable(spelling: str) -> Expression:
    """The symbol that `x`, `x1`, `x_{1}`, `alpha`, `` `speed` `` or `?u` spells."""
    if spelling[0] == "`":
        return make(Symbol, (), spelling[1:-1])
    if spelling[0] == "?":
        return make(Symbol, (), spelling)
    match = re.fullmatch(r"([^\W\d_]+)_?(\{?[A-Za-z0-9]+\}?|[₀-₉]+|)", spelling)
    if match is None:
        return make(Symbol, (), spelling)
    letter, subscript = match.groups()
    letter = GREEK_LETTERS.get(letter, letter)
    subscript = subscript.translate(_LOWERED)
    subscript = subscript.lstrip("_").strip("{}")
    return make(Symbol, (), f"{letter}_{subscript}" if subscript else letter)


def _other(lexed: Lexed, text: str, at: int) -> int:
    """Adds the one character at `at` that is not ASCII notation; returns where it ends."""
    if text[at] == "∂":
        operator = operator_patterns(lexed.names)[0].match(text, at)
        if operator:
            return add_operator(lexed, operator)
        if text.startswith("∂^(", at):
            scanned = scan_operator(lexed, text, at)
            if scanned:
                return scanned
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
    shown = f"{character!r} is not read here" if character.isascii() else f"{character!r} ({name.lower()}) is not read here"
    return lexed.error(shown, at, hint)


__all__ = ["GREEK_LETTERS", "Lexed", "add_operator", "error_at", "lex", "number", "variable"]
