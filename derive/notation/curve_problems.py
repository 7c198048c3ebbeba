"""Problems about curves, read from their sentences: tangents, Taylor polynomials, implicit and parametric slopes.

tangent to x^2 at x = 3                  taylor sin(x) at 0 order 5
tangent to x^2 + y^2 = 25 at (3, 4)      normal to x^2 at (1, 1)
total differential of x^2*y              x = t^2, y = t^3; dy/dx
x^2 + y^2 = 25, d^2y/dx^2                derivative of the inverse of x^3 + x at 2
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from derive.errors import NameProblem, ReadError
from derive.expressions import (
    ZERO, Call, Equation, Expression, Matrix, Symbol, call, make, natural, symbol, symbols,
)  # fmt: skip
from derive.notation.definitions import parameter
from derive.notation.lines import Found, Pairs, crossing, normal_to_relation, tangent_to_relation, touching
from derive.notation.parser import parse


_LEAD = r"\s*(?:(?:please\s+)?(?:find|compute|calculate|determine|give|what\s+is|work\s+out)\s+)?(?:the\s+|an?\s+)?"
_OF = r"(?:\s+(?:of|for|to))?\s+(?:the\s+(?:curve|graph\s+of|function|circle|ellipse|hyperbola|parabola)\s+)?"
_POINT = r"\s+(?:at|about|around|near|in)\s+(?:the\s+point\s+)?(?P<point>.+?)"
_ORDER = r"(?:(?:up\s+)?(?:to|of|with|,)?\s*(?:the\s+)?(?:order|degree)\s+(?P<{0}>[0-9]+))"
_SLOPE = r"d\s*(?:(?P<two>\^\s*\{?2\}?|²)\s*)?(?P<y>[a-z])\s*/\s*d\s*(?P<x>[a-z])\s*(?:\^\s*\{?2\}?|²)?"
_ASKED = r"\s*[,;:.]\s*(?:(?:then|hence|and)\s+)?(?:(?:find|compute|calculate|determine)\s+)?(?:the\s+slope\s+)?"
_GIVEN = r"(?:(?:if|let|given(?:\s+that)?|suppose(?:\s+that)?|for)\s+)?"
_MAX_ORDER = 40


class _Text:
    """The problem's text: pieces of it are parsed where they stand, so that errors have their column."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self.text = text
        self.names = names

    def piece(self, match: re.Match[str], group: str | int) -> Expression:
        start, end = match.span(group)
        blank = "".join(c if c == "\n" else " " for c in self.text[:start])
        try:
            return parse(blank + self.text[start:end], names=frozenset(self.names))
        except ReadError as error:
            error.text = self.text
            raise

    def error(self, message: str, suggestion: str, kind: type[ReadError] = ReadError) -> ReadError:
        return kind(message, text=self.text, suggestion=suggestion)


def read_curve_problem(text: str, names: Collection[str] = ()) -> Found | None:
    """The problem that `text` states when it is one of these; ReadError for a piece that cannot be read."""
    for pattern, build in _PROBLEMS:
        match = pattern.fullmatch(text.rstrip(" .?\n"))
        if match:
            found = build(_Text(text, names), match)
            if found:
                return found
    return None


def _function(text: _Text, match: re.Match[str]) -> tuple[Expression, str]:
    """The function that is meant by `x^2`, `y = x^2` or `f(x) = x^2`, and the name of its values."""
    e = text.piece(match, "f")
    if type(e) is Equation and e.label == "=":
        if type(e.left) is Symbol and e.left.label not in symbols(e.right):
            return e.right, str(e.left.label)
        if type(e.left) is Call and all(type(a) is Symbol for a in e.left.arguments):
            return e.right, ""
    if type(e) is Equation:
        raise text.error("a relation is not a function", "write the function, or y = … before it")
    return e, ""


def _point(text: _Text, match: re.Match[str], f: Expression) -> list[tuple[Expression, Expression]]:
    """x = 3, y = 4, or (3, 4), or 3: the value of each variable."""
    given = match["point"].strip()
    inner = given[1:-1] if given.startswith("(") and given.endswith(")") and "," in given else given
    parts = [parse(part, names=frozenset(text.names)) for part in _split(inner)]
    named: list[tuple[Expression, Expression]] = [
        (p.left, p.right) for p in parts if type(p) is Equation and type(p.left) is Symbol
    ]
    if len(named) == len(parts):
        return named
    variables = sorted(symbols(f))
    if not variables and len(parts) == 1:
        variables = ["x"]
    if named or len(variables) != len(parts):
        some = ", ".join(f"{v} = …" for v in variables) or "x = …"
        raise text.error(
            f"the point has {len(parts)} values, the function {len(variables)} variables", f"write at {some}"
        )
    return [(symbol(x), value) for x, value in zip(variables, parts, strict=True)]


def _split(text: str) -> list[str]:
    """At the commas that stand in no bracket, and at `and`."""
    parts, depth = [""], 0
    for c in re.sub(r"\s+and\s+", ",", text):
        depth += (c in "([{") - (c in ")]}")
        if c == "," and not depth:
            parts.append("")
        else:
            parts[-1] += c
    return parts


def _flat(pairs: list[tuple[Expression, Expression]]) -> list[Expression]:
    return [e for pair in pairs for e in pair]


def _tangent(text: _Text, match: re.Match[str]) -> Found:
    relation = _relation(text, match)
    if relation is not None:
        return tangent_to_relation(relation, _both(text, match))
    f, name = _function(text, match)
    point, height = _place(text, match, f)
    return (*touching(f, point, name), (), height)


def _normal(text: _Text, match: re.Match[str]) -> Found:
    relation = _relation(text, match)
    if relation is not None:
        return normal_to_relation(relation, _both(text, match))
    f, name = _function(text, match)
    point, height = _place(text, match, f)
    if len(point) > 1:
        raise text.error("a normal line is drawn to a curve in the plane", "write a function of one variable")
    return (*crossing(f, point[0], name), (), height)


def _relation(text: _Text, match: re.Match[str]) -> Equation | None:
    """x^2 + y^2 = 25 of a tangent to it; None where y = … or f(x) = … says a function."""
    e = text.piece(match, "f")
    if type(e) is not Equation or e.label != "=" or not symbols(e) >= {"x", "y"}:
        return None
    return None if type(e.left) is Symbol and e.left.label not in symbols(e.right) else e


def _both(text: _Text, match: re.Match[str]) -> tuple[Expression, Expression]:
    """The x and the y of a point of a curve: (3, 4), or x = 3, y = 4."""
    point = {str(x.label): a for x, a in _point(text, match, make(Matrix, (symbol("x"), symbol("y")), 2))}
    if set(point) != {"x", "y"}:
        raise text.error("a point of a curve has its x and its y", "write at (3, 4)")
    return point["x"], point["y"]


def _place(text: _Text, match: re.Match[str], f: Expression) -> tuple[list[tuple[Expression, Expression]], Pairs]:
    """The point of a function's graph; of (2, 4) the first value is its place, the second its height."""
    variables = sorted(symbols(f)) or ["x"]
    given = match["point"].strip()
    parts = _split(given[1:-1]) if given.startswith("(") and given.endswith(")") else []
    if len(variables) == 1 and len(parts) == 2 and "=" not in given:
        a, b = (parse(part, names=frozenset(text.names)) for part in parts)
        return [(symbol(variables[0]), a)], (("y", b),)
    return _point(text, match, f), ()


def _linearization(text: _Text, match: re.Match[str]) -> Found:
    f, _ = _function(text, match)
    point = _point(text, match, f)
    return "linearization", call("tangent", f, *_flat(point)), tuple(str(x.label) for x, _ in point)


def _taylor(text: _Text, match: re.Match[str]) -> Found:
    f, _ = _function(text, match)
    groups = match.groupdict()
    if groups.get("point"):
        point = _point(text, match, f)
    else:
        point = [(symbol(x), ZERO) for x in sorted(symbols(f)) or ["x"]]
    order = groups.get("n1") or groups.get("n2") or groups.get("n3")
    if order is None:
        raise text.error("a Taylor polynomial needs its order", "write order 3 at the end")
    if int(order) > _MAX_ORDER:
        raise text.error(f"an order up to {_MAX_ORDER} is written out, not {order}", "ask for a smaller one")
    last = natural(int(order))
    if groups.get("hessian") and order == "2" and len(point) > 1:
        last = make(Matrix, (last,), 1)
    return "taylor", call("taylor", f, *_flat(point), last), tuple(str(x.label) for x, _ in point)


def _differential(text: _Text, match: re.Match[str]) -> Found:
    f, _ = _function(text, match)
    xs = sorted(symbols(f))
    if not xs:
        raise text.error("the total differential needs a variable", "write one in the function", NameProblem)
    return "differential", call("differential", f, *map(symbol, xs)), tuple(xs)


def _parametric(text: _Text, match: re.Match[str]) -> Found | None:
    across, up = text.piece(match, "across"), text.piece(match, "up")
    if type(across) is Equation or type(up) is Equation:
        return None
    given = match.groupdict()
    names = sorted(symbols(across) | symbols(up))
    if given.get("t"):
        names = [given["t"]]
    if set(names) & {given["x0"], given["y0"]} and not given.get("word"):
        return None
    t = parameter(names)
    if t is None:
        found = ", ".join(names) or "none"
        raise text.error(f"the parameter is one letter, and there is {found}", "name it: with parameter t", NameProblem)
    order = (natural(2),) if given.get("two") else ()
    return "parametric", call("parametric", across, up, symbol(t), *order), (t,)


def _implicit(text: _Text, match: re.Match[str]) -> Found | None:
    given = match.groupdict()
    if ";" in match["e"] or match["e"].count("=") != 1:
        return None
    e = text.piece(match, "e")
    x, y = given.get("x") or "x", given.get("y") or "y"
    if type(e) is not Equation or e.label != "=" or not {x, y} <= symbols(e):
        return None
    if type(e.left) is Symbol and e.left.label == y and y not in symbols(e.right):
        return None
    order = (natural(2),) if given.get("two") else ()
    return "implicit", call("implicit", e, symbol(y), symbol(x), *order), (x, y)


def _inverse(text: _Text, match: re.Match[str]) -> Found:
    f, _ = _function(text, match)
    names = sorted(symbols(f))
    if len(names) != 1:
        raise text.error("an inverse function has one variable", "write a function of x", NameProblem)
    value = text.piece(match, "value")
    value = value.right if type(value) is Equation else value
    start = match.groupdict().get("start")
    known = (text.piece(match, "start"),) if start else ()
    return "inverse", call("inverse", f, symbol(names[0]), *known, value), (names[0],)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)


_PROBLEMS: tuple[tuple[re.Pattern[str], Callable[[_Text, re.Match[str]], Found | None]], ...] = (
    (_pattern(rf"{_LEAD}(?:equation\s+of\s+(?:the\s+)?)?tangent(?:\s+(?:line|plane))?{_OF}(?P<f>.+?){_POINT}"),
     _tangent),
    (_pattern(rf"{_LEAD}(?:equation\s+of\s+(?:the\s+)?)?normal(?:\s+line)?{_OF}(?P<f>.+?){_POINT}"), _normal),
    (_pattern(rf"{_LEAD}(?:linear\s*i[sz]ation|linear\s*i[sz]e|linear\s+approximation){_OF}(?P<f>.+?){_POINT}"),
     _linearization),
    (_pattern(
        rf"{_LEAD}(?:second[\s-]order\s+)?(?:taylor|maclaurin)(?:\s+(?:polynomial|series|expansion|approximation))?"
        rf"(?:\s+{_ORDER.format('n1')})?{_OF}(?P<f>.+?)(?:\s*,?\s*{_ORDER.format('n2')})?(?:{_POINT})?"
        rf"(?:\s*,?\s*{_ORDER.format('n3')})?(?P<hessian>\s*,?\s+(?:in|by)\s+(?:the\s+)?hessian(?:\s+form)?)?"),
     _taylor),
    (_pattern(rf"{_LEAD}(?:total\s+)?differential(?!\s*\(){_OF}(?P<f>.+)"), _differential),
    (_pattern(
        rf"{_LEAD}{_GIVEN}(?P<word>parametric\s+)?(?:curve\s+)?(?P<x0>x)\s*(?:\(t\)\s*)?=(?P<across>[^,;=]+)[,;]\s*(?:and\s+)?"
        rf"(?P<y0>y)\s*(?:\(t\)\s*)?=(?P<up>[^,;=]+?)(?:\s*,?\s*with\s+parameter\s+(?P<t>[a-z]))?{_ASKED}{_SLOPE}"),
     _parametric),
    (_pattern(
        rf"{_LEAD}(?P<word>parametric\s+)(?:curve\s+)?(?P<x0>x)\s*(?:\(t\)\s*)?=(?P<across>[^,;=]+)[,;]\s*(?:and\s+)?"
        rf"(?P<y0>y)\s*(?:\(t\)\s*)?=(?P<up>[^,;=]+?)(?:\s*,?\s*with\s+parameter\s+(?P<t>[a-z]))?"), _parametric),
    (_pattern(
        rf"{_LEAD}{_SLOPE}\s+(?:where|if|for|given(?:\s+that)?|when)\s+"
        rf"(?P<x0>x)\s*=(?P<across>[^,;=]+)(?:[,;]|\s+and\s)\s*(?P<y0>y)\s*=(?P<up>[^,;=]+?)"), _parametric),
    (_pattern(rf"{_LEAD}{_GIVEN}(?:implicit(?:ly)?\s+)?(?:differentiate\s+)?(?P<e>[^;]+=[^;]+?){_ASKED}{_SLOPE}"),
     _implicit),
    (_pattern(rf"{_LEAD}{_SLOPE}(?:\s*[:,]|\s+(?:where|if|for|from|of|given(?:\s+that)?|when))\s+(?P<e>.+=.+)"),
     _implicit),
    (_pattern(rf"{_LEAD}implicit(?:ly)?\s+(?:differentiat(?:e|ion)\s+(?:of\s+)?)?(?P<e>.+=.+)"), _implicit),
    (_pattern(
        rf"{_LEAD}derivative\s+of\s+(?:the\s+)?inverse(?:\s+function)?{_OF}(?P<f>.+?)\s+at\s+(?P<value>.+?)"
        r"(?:\s*,?\s*(?:where|near|with)\s+(?:[a-z]\s*=\s*)?(?P<start>[^=]+))?"), _inverse),
    (_pattern(
        r"\s*\(\s*f\s*\^\s*\(?\{?\s*-\s*1\s*\}?\)?\s*\)\s*'\s*\((?P<value>[^()]+)\)\s*(?:,|;|where|if|for)\s*"
        r"(?P<f>f\s*\(\s*[a-z]\s*\)\s*=.+?)"), _inverse),
)  # fmt: skip
