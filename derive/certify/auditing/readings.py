"""How a reader reads the term of an expression: written from the expression alone."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from derive.certify.reader import Read
from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Integral, Negation, Number, Piecewise, Power, Product, Quotient,
    Sum, Symbol, integer_value, postorder,
)  # fmt: skip

_NAMES = {
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh", "acoth": "arccoth", "asech": "arcsech",
    "acsch": "arccsch", "abs": "Rabs", "floor": "Rfloor", "ceil": "Rceil", "fract": "Rfract", "round": "Rround",
}  # fmt: skip


def term(e: Expression, letters: Mapping[str, Read]) -> Read:
    """How a reader reads the term of an expression: written from the expression alone."""
    made: dict[Expression, Read] = {}
    for node in postorder(e):
        made[node] = _term(node, [made[c] for c in node.arguments], letters)
    return made[e]


def _term(e: Expression, a: list[Read], letters: Mapping[str, Read]) -> Read:
    match e:
        case Number():
            q = Fraction(e.value)
            return q if q.denominator == 1 else ("/", Fraction(q.numerator), Fraction(q.denominator))
        case Symbol():
            return letters.get(str(e.label), f"?{e.label}")  # that of an integral, which no file can contain
        case Constant():
            return "PI" if e.label == "pi" else ("exp", Fraction(1))
        case Negation():
            return ("-", a[0])
        case Quotient():
            return ("/", a[0], a[1])
        case Product():
            return _left("*", a)
        case Sum():
            total = a[0]
            for part, node in zip(a[1:], e.arguments[1:], strict=True):
                if type(node) is Negation and isinstance(part, tuple):
                    total = ("-", total, part[1])
                else:
                    total = ("+", total, part)
            return total
        case Power():
            return _power(e, a)
        case Derivative() if len(a) == 3 and integer_value(e.arguments[2]) == 1:
            return ("Derive", ("fun", a[1], a[0]), a[1])
        case Equation():
            return (str(e.label), a[0], a[1])
        case Integral():
            return integral(*a)
        case Piecewise():
            return _pieces(a)
        case Call():
            if e.label == "log" and len(a) == 2:
                return ("/", ("ln", a[0]), ("ln", a[1]))
            if e.label == "mod" and len(a) == 2:
                return ("-", a[0], ("*", a[1], ("Rfloor", ("/", a[0], a[1]))))
            if e.label in ("min", "max"):
                return extreme(str(e.label), a)
            if e.label in ("cbrt", "root"):
                index = Fraction(3) if e.label == "cbrt" else closed(a[1])
                return ("Rpower", a[0], ("/", Fraction(1), index)) if index and index != 1 else "?"
            return (_NAMES.get(str(e.label), str(e.label)), *a)
    return "?"


def integral(body: Read, letter: Read, low: Read, high: Read) -> Read:
    """An integral whose letter is named by the integrals inside, so that it does not matter which letter was taken."""
    return ("RInt", _named(body, letter), low, high)


def _named(body: Read, letter: Read) -> Read:
    name = f"@{_height(body)}"
    return ("fun", name, _put(body, letter, name))


def alike(r: Read) -> Read:
    """What was read, with the letters of integrals named so."""
    if not isinstance(r, tuple):
        return r
    parts = tuple([alike(p) for p in r])
    if parts[0] in ("RInt", "ex_RInt") and len(parts) == 4 and isinstance(f := parts[1], tuple) and f[0] == "fun":
        return (parts[0], _named(f[2], f[1]), *parts[2:])
    return parts


def _height(r: Read) -> int:
    """How many integrals stand in one another."""
    return (r[0] == "RInt") + max([_height(p) for p in r]) if isinstance(r, tuple) else 0


def _put(r: Read, letter: Read, name: str) -> Read:
    """A read term with another name for a letter."""
    return tuple([_put(p, letter, name) for p in r]) if isinstance(r, tuple) else (name if r == letter else r)


def _pieces(a: list[Read]) -> Read:
    """Which of two values holds, asked from the first piece on: (below a b x y) is x where a < b, and else y."""
    if not a:
        return Fraction(0)
    if len(a) == 1:
        return a[0]
    value, relation, rest = a[0], a[1], _pieces(a[2:])
    if not isinstance(relation, tuple) or len(relation) != 3:
        return "?"
    sign, left, right = relation
    readings: dict[Read, Read] = {
        "<": ("below", left, right, value, rest),
        ">": ("below", right, left, value, rest),
        "<=": ("below", right, left, rest, value),
        ">=": ("below", left, right, rest, value),
        "!=": ("unlike", left, right, value, rest),
        "=": ("unlike", left, right, rest, value),
    }
    return readings.get(sign, "?")


def extreme(name: str, a: list[Read]) -> Read:
    """The least or the greatest of several, by pieces."""
    if len(a) == 1:
        return a[0]
    u, v = a[0], extreme(name, a[1:])
    return ("below", u, v, u, v) if name == "min" else ("below", v, u, u, v)


def _power(e: Expression, a: list[Read]) -> Read:
    value = closed(a[1])
    if value is not None and value.denominator == 1:
        return ("/", ("^", a[0], -value)) if value < 0 else ("^", a[0], value)
    if type(e.arguments[0]) is Constant and e.arguments[0].label == "e":
        return ("exp", a[1])
    return ("Rpower", a[0], a[1])


def _left(sign: str, a: list[Read]) -> Read:
    total = a[0]
    for part in a[1:]:
        total = (sign, total, part)
    return total


def closed(r: Read, depth: int = 0) -> Fraction | None:
    """The value of a read term of numbers."""
    if isinstance(r, Fraction):
        return r
    if not isinstance(r, tuple) or r[0] not in ("+", "-", "*", "/") or depth > 20:
        return None
    a = [closed(x, depth + 1) for x in r[1:]]
    values = [x for x in a if x is not None]
    if len(values) != len(a):
        return None
    match r[0], values:
        case "-", [x]:
            return -x
        case "+", [x, y]:
            return x + y
        case "-", [x, y]:
            return x - y
        case "*", [x, y]:
            return x * y
        case "/", [x, y] if y:
            return x / y
    return None
