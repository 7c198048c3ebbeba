r"""Differential operators in LaTeX: \frac{d}{dx}, \frac{\partial^2 f}{\partial x\,\partial y}, {d \over dx}."""

from __future__ import annotations

import re

from derive.notation.tex_names import exact
from derive.notation.lexed import Lexed
from derive.notation.letters import GREEK
from derive.notation.operators import MAX_DEPTH, add_operator_parts, balanced

_D = (
    r"(?:\\differentialD(?![A-Za-z])|\\(?:mathrm|rm|text|operatorname)\s*+\{\s*+d\s*+\}|\\(?:mathrm|rm)\s+d"
    r"|d|\\partial(?![A-Za-z])|∂)\s*+"
)
_COMMANDS = "|".join(sorted((*GREEK, "pi"), key=len, reverse=True))
_SUB = r"(?:\s*+_\s*+(?:\{\s*+[A-Za-z0-9]+\s*+\}|[A-Za-z0-9]))?"
_V = (
    rf"(?:(?:\\(?:{_COMMANDS})(?![A-Za-z])|[A-Za-z]){_SUB}"
    r"|\\(?:mathit|mathrm|vec|mathbf)\s*+\{(?:[^{}]|\{[^{}]*\})*\})"
)
_O = r"(?:\s*+\^\s*+(?:\{(?:[^{}]|\{[^{}]*\})*\}|[0-9A-Za-z]))?"
_GAP = r"(?:\\[,;:! ]|\\cdot|\\thinspace|\s)*+"
_OPERATOR = re.compile(
    rf"\s*+\{{\s*+(?P<d>{_D})(?P<order>{_O}){_GAP}(?P<operand>{_V})?{_GAP}\}}\s*+\{{\s*+(?P<under>(?:{_GAP}{_D}{_V}{_O})++){_GAP}\}}"
)
_LEIBNIZ_START = re.compile(rf"\s*+\{{\s*+(?P<d>{_D})(?P<order>{_O})\s*+")
_DENOMINATOR = re.compile(rf"\s*+\{{\s*+(?P<under>(?:{_GAP}{_D}{_V}{_O})++){_GAP}\}}")
_OVER_OPERATOR = re.compile(
    rf"\{{\s*+(?P<d>{_D})(?P<order>{_O}){_GAP}(?P<operand>{_V})?{_GAP}\\over\s*+(?P<under>(?:{_GAP}{_D}{_V}{_O})++){_GAP}\}}"
)
_ONE_UNDER = re.compile(rf"{_GAP}{_D}(?P<variable>{_V})(?P<order>{_O})")
_INLINE = re.compile(
    rf"(?P<d>{_D})(?P<order>{_O}){_GAP}(?P<operand>{_V})?{_GAP}/{_GAP}(?P<bracket>\()?(?P<under>(?:{_GAP}{_D}{_V}{_O})++)"
    r"(?(bracket)\s*+\))"
)
_INDEXED_PARTIAL = re.compile(r"\s*+_\s*+\{?\s*+([0-9]+(?:\s*+,\s*+[0-9]+)*)\s*+\}?\s*+")
_PARTIAL_BY = re.compile(
    r"\s*+_\s*+(?:\{\s*+((?:[A-Za-z]|\\[A-Za-z]++|,|\s|_[0-9A-Za-z])++)\}|([A-Za-z])|(\\[A-Za-z]+))"
)


def fraction(lexed: Lexed, text: str, at: int, end: int) -> int:
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
    bottom = top_end and re.compile(r"\s*+").match(text, top_end).end()  # type: ignore[union-attr]
    bottom_end = bottom and text.startswith("{", bottom) and balanced(text, bottom, "{}")
    if not (top_end and bottom and bottom_end):
        return None
    order = re.fullmatch(rf"\s*+(?P<d>{_D})\^\s*+(?P<order>.*?)\s*+", text[top + 1 : top_end - 1], re.DOTALL)
    if order is None:
        return None
    pairs: list[tuple[str, str]] = []
    inside = text[bottom + 1 : bottom_end - 1]
    place = 0
    head = re.compile(rf"{_GAP}{_D}({_V})(\s*+\^\s*+)?")
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


_SYMBOLIC_START = re.compile(rf"\s*+\{{\s*+{_D}\s*+\^\s*+\{{")


def _closing(text: str, at: int) -> int | None:
    """Where the group that `at` stands in is closed, when that is near."""
    depth = 0
    for match in _UNESCAPED_BRACE.finditer(text, at, at + 2_000):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return match.start()
        if depth > MAX_DEPTH:
            return None
    return None


_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")


def over_operator(lexed: Lexed, text: str, at: int) -> int | None:
    r"""{d \over dx}"""
    match = _OVER_OPERATOR.match(text, at)
    return _operator(lexed, match, at) if match else None


def inline_operator(lexed: Lexed, text: str, at: int) -> int | None:
    r"""\mathrm{d}/\mathrm{d}x, \mathrm{d}y/\mathrm{d}x, \partial/\partial x: where the operator ends, if it is one."""
    match = _INLINE.match(text, at)
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
        return f"`{exact(spelling[spelling.index('{') + 1 : -1])}`"
    if spelling.startswith("\\mathrm") and len(re.sub("[^A-Za-z]", "", spelling)) > 7:
        return f"`{re.sub(r'[{}]', '', spelling[7:]).strip()}`"
    styled = re.fullmatch(r"\\(?:mathrm|vec|mathbf)\s*+\{\s*+(.*?)\s*+\}", spelling)
    return re.sub(r"[\\{}\s]", "", styled[1] if styled else spelling)


def partial(lexed: Lexed, text: str, at: int, end: int) -> int:
    r"""\partial_{1,2}f(x, y), \partial/\partial x and \partial_x u"""
    places = _INDEXED_PARTIAL.match(text, end)
    if places:
        head = re.compile(rf"\s*+({_V}|\\operatorname\s*+\{{[A-Za-z]+\}})").match(text, places.end())
        if head is None:
            raise lexed.error("\\partial_{1} needs a function", at)
        name = _name(head[1].replace("\\operatorname", "\\mathrm")).strip("`")
        lexed.add("PARTIAL", (name, tuple(int(n) for n in places[1].split(","))), at, head.end())
        return head.end()
    inline = inline_operator(lexed, text, at)
    if inline:
        return inline
    by = _PARTIAL_BY.match(text, end)
    if by is None:
        raise lexed.error("\\partial stands alone", at, "write \\frac{\\partial}{\\partial x}")
    inside = by[1] or by[2] or by[3]
    names = re.findall(r"\\[A-Za-z]+|[A-Za-z](?:_[0-9A-Za-z])?", inside)
    pairs = [(_name(n), "1") for n in reversed(names)]
    add_operator_parts(lexed, at, by.end(), True, str(len(pairs)), pairs, None)
    return by.end()
