"""Germs: an expression just beside a point, from one side, as an exact series in the distance t from the point.

`x*|x|` right of 0 is t^2, left of 0 it is -t^2. Exponents are rational, coefficients are polynomials over the rationals
in letters and constants, so that two of them are equal only where that is certain. What cannot be decided raises
`Undecided`, what has no value raises `NoValue`; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from derive.expressions import (
    Call, Constant, Equation, Expression, Negation, Number, Piecewise, Power, Product, Quotient, Sum, Symbol,
    integer_value, make, postorder, rational_value, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS, Function
from derive.notation import parse
from derive.rules import coefficients as c
from derive.rules.coefficients import Coefficient, NoValue, Undecided

__all__ = ["Germ", "NoValue", "Undecided", "germ", "variable"]

MAX_NODES = 400  # of an expression that is looked at; textbook functions have below 60
MAX_TERMS = 60  # of one series
LITTLE = Fraction(1, 1000)  # ln t grows more slowly than t to the power minus this


@dataclass(frozen=True, slots=True)
class Germ:
    """Σ terms[k]·t^k + O(t^order); order None: nothing is left out. `rough`: the rest may oscillate."""

    terms: dict[Fraction, Coefficient]
    order: Fraction | None = None
    rough: bool = False

    @property
    def valuation(self) -> Fraction:
        """The lowest exponent; Undecided where everything known is 0."""
        if self.terms:
            return min(self.terms)
        raise NoValue("0") if self.order is None else Undecided("the series begins too far out")

    @property
    def is_zero(self) -> bool:
        return not self.terms and self.order is None

    def below(self, end: Fraction) -> Germ:
        """The terms with exponents below `end`, the rest left out."""
        if self.order is not None and self.order <= end and len(self.terms) <= MAX_TERMS:
            return self
        kept = {k: a for k, a in self.terms.items() if k < end}
        order = self.order if len(kept) == len(self.terms) else end
        return Germ(kept, order, self.rough)

    def differentiated(self, side: int) -> Germ:
        """The derivative by x, where t is the distance from the point on this side."""
        if self.rough:
            raise Undecided("the derivative of a function that oscillates")
        terms = {k - 1: c.scaled(a, k * side) for k, a in self.terms.items() if k}
        return Germ(terms, None if self.order is None else self.order - 1)


def variable(point: Coefficient, side: int) -> Germ:
    """x = point + side·t; side 0 is the point itself."""
    terms = {Fraction(0): point} if point else {}
    return Germ(terms | {Fraction(1): c.number(side)} if side else terms)


def germ(e: Expression, values: Mapping[Expression, Germ], order: int) -> Germ:
    """`e` with germs for some letters, exact below t^order; other letters are unknown constants."""
    nodes = postorder(e)
    if len(nodes) > MAX_NODES:
        raise Undecided("too large")
    reading = _Reading(Fraction(order))
    found: dict[Expression, Germ | Exception] = {}
    for node in nodes:
        try:
            found[node] = values[node] if node in values else reading.of(node, found).below(reading.end)
        except (NoValue, Undecided) as refusal:
            found[node] = refusal  # another piece may be the one that counts
    return _certain(found[e])


def _certain(found: Germ | Exception) -> Germ:
    if isinstance(found, Germ):
        return found
    raise found


def _constant(a: Coefficient) -> Germ:
    return Germ({Fraction(0): a} if a else {})


def _number(q: Fraction | int) -> Germ:
    return _constant(c.number(q))


class _Reading:
    """How each kind of node is read; every series is kept below t^end."""

    def __init__(self, end: Fraction) -> None:
        self.end = end

    def of(self, node: Expression, found: Mapping[Expression, Germ | Exception]) -> Germ:
        if type(node) is Piecewise:
            return self.piece(node, found)
        if type(node) is Equation:
            return _number(0)  # looked at by the pieces themselves
        parts = [_certain(found[a]) for a in node.arguments]
        match node:
            case Number():
                return _number(node.value)
            case Symbol() | Constant():
                if node.label == "infinity":
                    raise NoValue("infinity")
                return _constant(c.atom(node))
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
                return self.times(parts[0], self.power(parts[1], Fraction(-1)))
            case Power():
                return self.raised(node, *parts)
            case Call():
                return self.call(node, parts)
            case _:
                raise Undecided(f"no series of a {node.kind}")

    def sum(self, parts: list[Germ]) -> Germ:
        terms: dict[Fraction, Coefficient] = {}
        for part in parts:
            for k, a in part.terms.items():
                terms[k] = c.added(terms[k], a) if k in terms else a
        orders = [p.order for p in parts if p.order is not None]
        order = min(orders) if orders else None
        terms = {k: a for k, a in terms.items() if a and (order is None or k < order)}
        return Germ(terms, order, any(p.rough for p in parts))

    def scaled(self, u: Germ, q: Fraction | int) -> Germ:
        return Germ({k: c.scaled(a, q) for k, a in u.terms.items()} if q else {}, u.order if q else None, u.rough)

    def minus(self, u: Germ, v: Germ) -> Germ:
        return self.sum([u, self.scaled(v, -1)])

    def times(self, u: Germ, v: Germ) -> Germ:
        if u.is_zero or v.is_zero:
            return _number(0)
        ends = [
            (min(b.terms) if b.terms else b.order or 0) + a.order for a, b in ((u, v), (v, u)) if a.order is not None
        ]
        order = Fraction(min(ends)) if ends else None
        most = self.end if order is None else min(order, self.end)
        terms: dict[Fraction, Coefficient] = {}
        cut = False
        for k, a in u.terms.items():
            for n, b in v.terms.items():
                if k + n >= most:
                    cut = True
                    continue
                product = c.multiplied(a, b)
                terms[k + n] = c.added(terms[k + n], product) if k + n in terms else product
        kept = {k: a for k, a in terms.items() if a}
        return Germ(kept, most if cut or order is not None else None, u.rough or v.rough)

    def power(self, u: Germ, q: Fraction) -> Germ:
        """u^q: the leading term to the power, times (1 + the rest)^q."""
        if u.is_zero:
            if q > 0:
                return u
            raise NoValue("division by 0" if q < 0 else "0^0")
        if q.denominator == 1 and 0 <= q <= 12:
            total = _number(1)
            for _ in range(int(q)):
                total = self.times(total, u)
            return total
        k = u.valuation
        lead = u.terms[k]
        front = c.power(lead, q)
        if len(u.terms) == 1 and u.order is None:
            return Germ({k * q: front}, None, u.rough)
        inverse = c.power(lead, Fraction(-1))
        rest = Germ(
            {n - k: c.multiplied(a, inverse) for n, a in u.terms.items() if n != k},
            None if u.order is None else u.order - k, u.rough,
        )  # fmt: skip
        end = self.end - k * q
        series = _Reading(end).composed(rest, lambda n: c.number(_binomial(q, n)))
        terms = {n + k * q: c.multiplied(a, front) for n, a in series.terms.items()}
        return Germ(terms, None if series.order is None else series.order + k * q, series.rough)

    def composed(self, w: Germ, coefficient: Callable[[int], Coefficient]) -> Germ:
        """Σ coefficient(n)·w^n for a w that tends to 0."""
        total, term, n = _constant(coefficient(0)), _number(1), 0
        if w.is_zero:
            return total
        step = min(w.terms) if w.terms else w.order
        assert step is not None
        if step <= 0:
            raise Undecided("a series at a point that is not reached")
        while True:
            n += 1
            if n * step >= self.end or n > MAX_TERMS:
                return self.sum([total, Germ({}, n * step)])
            term = self.times(term, w)
            a = coefficient(n)
            if a:
                total = self.sum([total, self.times(_constant(a), term)])

    def split(self, u: Germ) -> tuple[Coefficient, Germ]:
        """(the value at the point, what is added to it beside the point); NoValue where it has no bound."""
        if u.terms and min(u.terms) < 0:
            raise Undecided("a quantity that grows without bound")
        if u.order is not None and u.order <= 0:
            raise Undecided("a limit that is not known")
        return u.terms.get(Fraction(0), {}), Germ({k: a for k, a in u.terms.items() if k}, u.order, u.rough)

    def sign(self, u: Germ) -> int:
        if u.is_zero:
            return 0
        return c.sign(u.terms[u.valuation])

    # powers and exponentials

    def raised(self, node: Expression, base: Germ, exponent: Germ) -> Germ:
        q = rational_value(node.arguments[1])
        if q is not None:
            return self.power(base, Fraction(q))
        if exponent.terms.keys() <= {Fraction(0)} and exponent.order is None:
            value = c.rational(exponent.terms.get(Fraction(0), {}))
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

    def exponential(self, u: Germ) -> Germ:
        if u.terms and min(u.terms) < 0:
            if self.sign(u) < 0:
                return Germ({}, self.end)  # smaller than every power of t
            raise Undecided("a power of e that grows without bound")
        value, rest = self.split(u)
        series = self.composed(rest, lambda n: c.number(Fraction(1, factorial(n))))
        return self.times(_constant(c.exponential(value)), series)

    def logarithm(self, u: Germ) -> Germ:
        if u.is_zero or self.sign(u) < 0:
            raise NoValue("the logarithm of a number that is not positive")
        k = u.valuation
        if k:
            return Germ({}, -LITTLE)
        lead = u.terms[k]
        inverse = c.power(lead, Fraction(-1))
        rest = Germ({n: c.multiplied(a, inverse) for n, a in u.terms.items() if n}, u.order, u.rough)
        series = self.composed(rest, lambda n: c.number(Fraction((-1) ** (n + 1), n) if n else 0))
        return self.sum([_constant(c.logarithm(lead)), series])

    # calls

    def call(self, node: Call, parts: list[Germ]) -> Germ:
        if not isinstance(node.label, str) or node.label not in FUNCTIONS:
            return self.abstract(node, parts)
        u = parts[0]
        match node.label:
            case "abs":
                return self.scaled(u, self.sign(u) or 1)
            case "sign":
                return _number(self.sign(u))
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
                quarter = _constant(c.scaled(c.atom(Constant((), "pi")), Fraction(self.sign(u), 2)))
                return self.minus(quarter, self.tabulated(FUNCTIONS["atan"], [self.power(u, Fraction(-1))]))
            case "floor" | "ceil":
                return self.step(node.label, u)
            case "min" | "max":
                return self.extreme(node.label, parts)
        return self.tabulated(FUNCTIONS[node.label], parts)

    def circular(self, name: str, u: Germ) -> Germ:
        if (u.terms and min(u.terms) < 0) or (u.order is not None and u.order <= 0):
            return Germ({}, Fraction(0), True)  # between -1 and 1, that is all
        value, rest = self.split(u)
        sine = self.composed(rest, lambda n: c.number(Fraction((-1) ** (n // 2), factorial(n)) if n % 2 else 0))
        cosine = self.composed(rest, lambda n: c.number(0 if n % 2 else Fraction((-1) ** (n // 2), factorial(n))))
        at_sine, at_cosine = (_constant(c.circular(f, value)) for f in ("sin", "cos"))
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
            return _number(whole - 1)
        return _number(whole)

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
            return _number(1)
        if row.definition and row.name not in _SINGULAR_DEFINITIONS:
            return germ(parse(row.definition), _arguments(parts), int(self.end))
        if len(parts) > 1 or row.derivatives[0] is None or row.name in _SELF_REFERRING:
            raise Undecided(f"no series of {row.name}")
        value, rest = self.split(parts[0])
        at_point = _constant(c.called(row.name, value))
        if rest.is_zero:
            return at_point
        slope = germ(parse(row.derivatives[0]), _arguments(parts), int(self.end))
        inner = Germ({k - 1: c.scaled(a, k) for k, a in rest.terms.items()}, rest.order and rest.order - 1, rest.rough)
        if inner.rough:
            raise Undecided("the integral of a function that oscillates")
        rise = self.times(slope, inner)
        if (rise.terms and min(rise.terms) <= -1) or (rise.order is not None and rise.order <= -1):
            raise Undecided(f"no series of {row.name}")
        terms = {k + 1: c.scaled(a, 1 / (k + 1)) for k, a in rise.terms.items()}
        return self.sum([at_point, Germ(terms, None if rise.order is None else rise.order + 1)])

    def allowed(self, text: str, parts: list[Germ]) -> bool:
        """Whether a condition of the table holds for these arguments: `u > -1`."""
        for alternative in text.split(" or "):
            relation = parse(alternative)
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


def _arguments(parts: list[Germ]) -> dict[Expression, Germ]:
    return dict(zip((symbol("u"), symbol("v")), parts, strict=False))


def _binomial(q: Fraction, n: int) -> Fraction:
    result = Fraction(1)
    for i in range(n):
        result *= (q - i) / (i + 1)
    return result
