"""Differential operators in plain notation: d/dx, d^2y/dx^2, ∂²/∂x∂y, D_x, D[1](f); each is one token."""

from __future__ import annotations

import re
from functools import lru_cache

from derive.expressions import ONE, Expression, Symbol, make
from derive.notation.lexed import Lexed, number
from derive.notation.letters import GREEK
from derive.notation.names import GREEK_LETTERS

MAX_OPERATOR = 4_000  # characters of an operator whose orders are expressions; a book has at most ten
MAX_DEPTH = 100  # brackets within such an order
MAX_ORDERS = 20  # operators within the orders of operators

_GREEK = "|".join(sorted(GREEK, key=len, reverse=True))
_SUBSCRIPT = r"(?:_\{[A-Za-z0-9]+\}|_[A-Za-z0-9]++|[0-9]++)"  # ++: a name is never cut short to make the rest fit
VARIABLE = (
    rf"(?:`[^`\n]+`|\?\??[A-Za-z][A-Za-z0-9_]*|(?:{_GREEK}|[A-Za-z\u03b1-\u03c9\u0391-\u03a9])(?:{_SUBSCRIPT}|[₀-₉]+)?)"
)
_ORDER = rf"(?:[²³⁴⁵⁶⁷⁸⁹ⁿ]|\^\s*(?:\((?:[^()]|\([^()]*\))*\)|\{{[^{{}}]*\}}|[0-9]+|{VARIABLE}))"


@lru_cache(maxsize=64)
def operator_patterns(names: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What d/dx looks like, and one variable under its line; names of several letters count as variables."""
    long = "".join(f"{re.escape(n)}(?![A-Za-z0-9_])|" for n in sorted(names, key=len, reverse=True) if len(n) > 1)
    v = f"(?:{long}{VARIABLE})"
    under = rf"(?:(?:d|∂\s?){v}(?:{_ORDER})?[ *]*)"
    operator = (
        rf"(?P<d>d|∂)(?P<order>{_ORDER})?\s?(?P<operand>{v}(?=\s?/))?\s?/\s?"
        rf"(?P<bracket>\()?(?P<under>{under}++)(?(bracket)\))"
    )
    return re.compile(operator), re.compile(rf"(?:d|∂\s?)(?P<variable>{v})(?P<order>{_ORDER})?[ *]*")


def operator_at(lexed: Lexed, text: str, at: int, run: str) -> int | None:
    """Adds the operator that begins with the letters `run` at `at`; returns where it ends, None where there is none."""
    first = text[at]
    if first == "D":
        named = _EULER.match(text, at)
        if named:
            return _euler(lexed, named)
        dotted = _DOTTED.match(text, at)
        if dotted:
            places = tuple(int(n) for n in dotted[1].split(","))
            lexed.add("PARTIAL", (dotted[2].strip("`"), places), at, dotted.end())
            return dotted.end()
        return None
    operator = operator_patterns(lexed.names)[0].match(text, at)
    if operator and (len(run) == 1 or operator["operand"] is not None):  # not da/dx in data/dx
        return _operator(lexed, operator)
    if lexed.latex and len(run) < 3:
        from derive.notation.tex_operators import inline_operator

        inline = inline_operator(lexed, text, at)  # d/d\theta, dy/d\theta
        if inline:
            return inline
    if len(run) == 1 and text.startswith("^(", at + 1):
        return scan_operator(lexed, text, at)
    if len(run) == 1 and text.startswith("(", at + 1) and not lexed.latex:
        return _of_bracket(lexed, text, at)
    return None


def _of_bracket(lexed: Lexed, text: str, at: int) -> int | None:
    """d(x^2)/dx: the operator, whose operand follows; its denominator is skipped when the bracket closes."""
    close = balanced(text, at + 1, "()", 400)
    under = close and re.compile(rf"\s?/\s?{text[at]}({VARIABLE})").match(text, close)
    if not under or not close:
        return None
    add_operator_parts(lexed, at, at + 1, text[at] == "∂", "1", [(under[1], "1")], None)
    lexed.jumps[close - 1] = under.end()
    return at + 1


def _operator(lexed: Lexed, match: re.Match[str]) -> int:
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


def balanced(text: str, at: int, pair: str, near: int = MAX_OPERATOR) -> int | None:
    """Just after the bracket that closes the one at `at`, when that is near."""
    depth = 0
    for match in re.compile(rf"[{re.escape(pair)}]").finditer(text, at, at + near):
        depth += 1 if match[0] == pair[0] else -1
        if depth == 0:
            return match.end()
        if depth > MAX_DEPTH:
            return None
    return None


def add_operator_parts(
    lexed: Lexed, at: int, end: int, partial: bool, order: str, under: list[tuple[str, str]], operand: str | None
) -> None:
    """Adds a differential operator: its order, its variables with theirs, and y in dy/dx."""
    variables = tuple((variable(name), order_of(lexed, power, at)) for name, power in under)
    value = (partial, order_of(lexed, order, at), variables, operand and variable(operand), at)
    lexed.add("DERIVATIVE", value, at, end)


def order_of(lexed: Lexed, spelling: str, at: int) -> Expression:
    """The order of differentiation that `2`, `n` or `(n + 1)` spells."""
    if spelling == "1":
        return ONE
    if spelling.isdigit():
        return number(lexed, spelling, at)
    if lexed.level > MAX_ORDERS:
        raise lexed.error("operators nested too deep within orders", at)
    from derive.notation.lexer import lex
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


_EULER = re.compile(
    rf"D_(?:\{{\s*(?P<braced>(?:\\[A-Za-z]++|[A-Za-z](?:_[0-9])?|\s|,)++)\s*\}}|(?P<one>(?:{_GREEK}|\\[A-Za-z]+|[A-Za-z])(?:[0-9]+)?)|"
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


_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_DOTTED = re.compile(r"D\[([0-9, ]+)\]\((`[^`\n]+`|[A-Za-z][A-Za-z0-9_]*|\?\??[A-Za-z][A-Za-z0-9_]*)\)")
