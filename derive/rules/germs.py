"""Germs: an expression just beside a point, from one side, as an exact series in the distance t from the point.

`x*|x|` right of 0 is t^2, left of 0 it is -t^2. Exponents are rational, coefficients are polynomials over the rationals
in letters and constants, so that two of them are equal only where that is certain. What cannot be decided raises
`Undecided`, what has no value raises `NoValue`; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import factorial

from derive.expressions import (
    Call, Constant, Equation, Expression, Negation, Number, Piecewise, Power, Product, Quotient, Sum, Symbol,
    integer_value, make, postorder, rational_value, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS, Function
from derive.notation import parse
from derive.rules import coefficients as c
from derive.rules.coefficients import Coefficient, NoValue, Undecided
from derive.rules.series import Arithmetic, Germ, constant, number, variable

__all__ = ["Germ", "NoValue", "Undecided", "germ", "variable"]

MAX_NODES = 400  # of an expression that is looked at; textbook functions have below 60


def germ(e: Expression, values: Mapping[Expression, Germ], order: int) -> Germ:
    """`e` with germs for some letters, exact below t^order; other letters are unknown constants."""
    nodes = postorder(e)
    if len(nodes) > MAX_NODES:
        raise Undecided("too large")
    reading = _Reading(order)
    found: dict[Expression, Germ | Exception] = {}
    for node in nodes:
        try:
            found[node] = values[node] if node in values else reading.of(node, found).below(reading.end)
        except (NoValue, Undecided) as refusal:
            found[node] = refusal.with_traceback(None)  # another piece may be the one that counts
    whole = found[e]
    found.clear()  # a refusal knows this frame, and would know itself through it
    try:
        return _certain(whole)
    finally:
        del whole


def _certain(found: Germ | Exception) -> Germ:
    if isinstance(found, Germ):
        return found
    try:
        raise found
    finally:
        del found  # it knows this frame


class _Reading(Arithmetic):
    """How each kind of node is read."""

    def of(self, node: Expression, found: Mapping[Expression, Germ | Exception]) -> Germ:
        if type(node) is Piecewise:
            return self.piece(node, found)
        if type(node) is Equation:
            return number(0)  # looked at by the pieces themselves
        parts = [_certain(found[a]) for a in node.arguments]
        match node:
            case Number():
                return number(node.value)
            case Symbol() | Constant():
                if node.label == "infinity":
                    raise NoValue("infinity")
                return constant(c.atom(node))
            case Sum():
                return self.sum(parts)
            case Negation():
                return self.scaled(parts[0], -1)
            case Product():
                total = parts[0]
                for part in parts[1:]:
                    total = self.times(total, part)
                return total
            case Quotient():
                return self.times(parts[0], self.power(parts[1], -1))
            case Power():
                return self.raised(node, *parts)
            case Call():
                return self.call(node, parts)
            case _:
                raise Undecided(f"no series of a {node.kind}")

    def raised(self, node: Expression, base: Germ, exponent: Germ) -> Germ:
        q = rational_value(node.arguments[1])
        if q is not None:
            return self.power(base, q)
        if exponent.terms.keys() <= {0} and exponent.order is None:
            value = c.rational(exponent.terms.get(0, {}))
            if value is not None:
                if value.denominator != 1 and base.terms and self.sign(base) < 0:
                    raise Undecided("a negative base to a power that came out rational")
                return self.power(base, value)
        if type(node.arguments[0]) is Constant and node.arguments[0].label == "e":
            return self.exponential(exponent)
        if self.is_zero_to_a_positive(base, exponent):
            return base
        return self.exponential(self.times(exponent, self.logarithm(base)))

    def is_zero_to_a_positive(self, base: Germ, exponent: Germ) -> bool:
        return base.is_zero and exponent.order is None and self.sign(exponent) > 0 and len(exponent.terms) == 1

    def call(self, node: Call, parts: list[Germ]) -> Germ:
        if not isinstance(node.label, str) or node.label not in FUNCTIONS:
            return self.abstract(node, parts)
        u = parts[0]
        match node.label:
            case "abs":
                return self.scaled(u, self.sign(u) or 1)
            case "sign":
                return number(self.sign(u))
            case "sqrt":
                return self.power(u, Fraction(1, 2))
            case "cbrt":
                return self.power(u, Fraction(1, 3))
            case "root":
                n = integer_value(node.arguments[1])
                if n is None or n < 1:
                    raise Undecided("a root whose index is not a number")
                return self.power(u, Fraction(1, n))
            case "exp":
                return self.exponential(u)
            case "ln":
                return self.logarithm(u)
            case "sin" | "cos":
                return self.circular(node.label, u)
            case "atan" if u.terms and min(u.terms) < 0:
                quarter = constant(c.scaled(c.atom(Constant((), "pi")), Fraction(self.sign(u), 2)))
                return self.minus(quarter, self.tabulated(FUNCTIONS["atan"], [self.power(u, -1)]))
            case "floor" | "ceil":
                return self.step(node.label, u)
            case "min" | "max":
                return self.extreme(node.label, parts)
        return self.tabulated(FUNCTIONS[node.label], parts)

    def circular(self, name: str, u: Germ) -> Germ:
        if (u.terms and min(u.terms) < 0) or (u.order is not None and u.order <= 0):
            return Germ({}, 0, True)  # between -1 and 1, that is all
        value, rest = self.split(u)
        sine = self.composed(rest, lambda n: c.number(Fraction((-1) ** (n // 2), factorial(n)) if n % 2 else 0))
        cosine = self.composed(rest, lambda n: c.number(0 if n % 2 else Fraction((-1) ** (n // 2), factorial(n))))
        at_sine, at_cosine = (constant(c.circular(f, value)) for f in ("sin", "cos"))
        if name == "sin":
            return self.sum([self.times(at_sine, cosine), self.times(at_cosine, sine)])
        return self.minus(self.times(at_cosine, cosine), self.times(at_sine, sine))

    def step(self, name: str, u: Germ) -> Germ:
        """floor and ceil: constant beside a point, whole numbers are told from below and above."""
        if name == "ceil":
            return self.scaled(self.step("floor", self.scaled(u, -1)), -1)
        value, rest = self.split(u)
        whole = c.floor(value)
        if c.rational(value) == whole and not rest.is_zero and self.sign(rest) < 0:
            return number(whole - 1)
        return number(whole)

    def extreme(self, name: str, parts: list[Germ]) -> Germ:
        best = parts[0]
        for u in parts[1:]:
            sign = self.sign(self.minus(u, best))
            best = u if sign == (1 if name == "max" else -1) else best
        return best

    def piece(self, node: Piecewise, found: Mapping[Expression, Germ | Exception]) -> Germ:
        for value, condition in node.pieces:
            if self.holds(condition, found):
                return _certain(found[value])
        if node.otherwise is None:
            raise NoValue("no piece")
        return _certain(found[node.otherwise])

    def holds(self, condition: Expression, found: Mapping[Expression, Germ | Exception]) -> bool:
        if type(condition) is not Equation:
            raise Undecided("a condition that is no relation")
        left, right = (_certain(found[a]) for a in condition.arguments)
        sign = self.sign(self.minus(left, right))
        return {
            "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, "=": sign == 0, "!=": sign != 0,
        }[condition.relation]  # fmt: skip

    def tabulated(self, row: Function, parts: list[Germ]) -> Germ:
        """A function of the table, by its definition, or by integrating its derivative."""
        if not all(self.allowed(text, parts) for text in row.domain):
            raise NoValue(f"outside the domain of {row.name}")
        if row.name == "sinc" and parts[0].is_zero:
            return number(1)
        if row.definition and row.name not in _SINGULAR_DEFINITIONS:
            return germ(_read(row.definition), _arguments(parts), int(self.end))
        if len(parts) > 1 or row.derivatives[0] is None or row.name in _SELF_REFERRING:
            raise Undecided(f"no series of {row.name}")
        value, rest = self.split(parts[0])
        at_point = constant(c.called(row.name, value))
        if rest.is_zero:
            return at_point
        slope = germ(_read(row.derivatives[0]), _arguments(parts), int(self.end))
        inner = Germ({k - 1: c.scaled(a, k) for k, a in rest.terms.items()}, rest.order and rest.order - 1, rest.rough)
        if inner.rough:
            raise Undecided("the integral of a function that oscillates")
        rise = self.times(slope, inner)
        if (rise.terms and min(rise.terms) <= -1) or (rise.order is not None and rise.order <= -1):
            raise Undecided(f"no series of {row.name}")
        terms = {k + 1: c.scaled(a, 1 / Fraction(k + 1)) for k, a in rise.terms.items()}
        return self.sum([at_point, Germ(terms, None if rise.order is None else rise.order + 1)])

    def allowed(self, text: str, parts: list[Germ]) -> bool:
        """Whether a condition of the table holds for these arguments: `u > -1`."""
        for alternative in text.split(" or "):
            relation = _read(alternative)
            found: dict[Expression, Germ | Exception] = {}
            for side in relation.arguments:
                found[side] = germ(side, _arguments(parts), int(self.end))
            if self.holds(relation, found):
                return True
        return False

    def abstract(self, node: Call, parts: list[Germ]) -> Germ:
        """f(u) by Taylor's formula: an abstract function is as smooth as it is asked to be."""
        if len(parts) != 1:
            raise Undecided("a function of several arguments")
        value, rest = self.split(parts[0])
        if rest.rough:
            raise Undecided("a function of what oscillates")
        name, orders = (node.label, (0,)) if isinstance(node.label, str) else node.label  # type: ignore[misc]
        place = c.written(value)

        def coefficient(n: int) -> Coefficient:
            order = orders[0] + n
            slope = make(Call, (place,), (name, (order,)) if order else name)
            return c.scaled(c.atom(slope), Fraction(1, factorial(n)))

        return self.composed(rest, coefficient)


_SELF_REFERRING = frozenset("gamma digamma polygamma factorial lambertw".split())
_SINGULAR_DEFINITIONS = frozenset("acosh asech".split())  # ln(u + …) is fine, but the derivative says more at the edge


@cache
def _read(text: str) -> Expression:
    """A definition, derivative or condition of the table."""
    return parse(text)


def _arguments(parts: list[Germ]) -> dict[Expression, Germ]:
    return dict(zip((symbol("u"), symbol("v")), parts, strict=False))
