"""The derivative at one point, from values and slopes on both sides: smooth, a corner, a jump, a vertical tangent.

It is read off the function itself by exact series from the left and from the right, not off its derivative beside the
point: x*|x| has the slope 0 at 0 from both sides, |x| has -1 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from derive.expressions import (
    E, ZERO, Call, Constant, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Sum, Symbol, equation, integer_value, postorder, rational, rational_value,
)  # fmt: skip
from derive.rules import coefficients as c
from derive.rules.coefficients import Coefficient, NoValue, Undecided
from derive.rules.conditions import STEPS
from derive.rules.facts import Facts
from derive.rules.germs import Germ, germ, variable
from derive.rules.polynomial import polynomial
from derive.rules.roots import real_roots
from derive.rules.simplest import simplest

Kind: TypeAlias = Literal["smooth", "edge", "corner", "jump", "vertical", "cusp", "undefined", "unknown"]
MAX_ORDER = 6  # of a derivative whose joints are looked at
_EXTRA = (1, 4, 10)  # terms beyond the order of the derivative: sin(x)/x at 0 needs 2, its second derivative more


@dataclass(frozen=True, slots=True)
class Join:
    """What the n-th derivative does at a point.

    smooth    it exists, with the value `left` (= `right`)      edge      the same, of a function that ends there
    corner    the slopes `left` and `right` differ              jump      the function is not continuous
    vertical  a slope without bound; cusp: with both signs      undefined no value at the point itself
    unknown   not decided
    order     of the derivative that fails, or of the last one
    """

    kind: Kind
    left: Expression | None = None
    right: Expression | None = None
    order: int = 1

    @property
    def exists(self) -> bool:
        return self.kind in ("smooth", "edge")

    @property
    def value(self) -> Expression | None:
        """The derivative where it exists."""
        return (self.left if self.left is not None else self.right) if self.exists else None


UNKNOWN = Join("unknown")


def derivative_at(f: Expression, x: Expression, point: Expression, order: int = 1) -> Join:
    """What the derivative of this order of f by x does at x = point: `x*|x|, x, 0  →  smooth, 0`."""
    if order > MAX_ORDER or f.open:
        return UNKNOWN
    for extra in _EXTRA:
        try:
            return _looked_at(f, x, _number(point), order, order + extra)
        except Undecided:
            continue
        except NoValue:
            return UNKNOWN
    return UNKNOWN


def value_at(e: Expression, x: Expression, point: Expression) -> Coefficient | None:
    """The value of e at x = point; None where it has none, or none that is known."""
    try:
        return _here(e, {x: variable(_number(point), 0)})
    except (Undecided, NoValue):
        return None


def defined_beside(f: Expression, x: Expression, point: Expression, side: int) -> bool:
    """Whether f certainly has values just beside x = point, on the right (1) or on the left (-1)."""
    try:
        germ(f, {x: variable(_number(point), side)}, _EXTRA[1])
    except (Undecided, NoValue):
        return False
    return True


def agrees(e: Expression, x: Expression, point: Expression, value: Expression) -> bool:
    """Whether e certainly has this value at x = point."""
    found = value_at(e, x, point)
    try:
        return found is not None and c.equal(found, _number(value))
    except Undecided:
        return False


def _number(e: Expression) -> Coefficient:
    """An expression without the variable as a coefficient."""
    return _here(e, {})


def _here(e: Expression, values: dict[Expression, Germ]) -> Coefficient:
    found = germ(e, values, 1)
    if found.order is not None:
        raise Undecided("a value at the point")
    return found.terms.get(0, {})


def _looked_at(f: Expression, x: Expression, point: Coefficient, order: int, terms: int) -> Join:
    try:
        here = _here(f, {x: variable(point, 0)})
    except NoValue:
        return Join("undefined")
    sides: dict[int, Germ] = {}
    for side in (-1, 1):
        try:
            sides[side] = germ(f, {x: variable(point, side)}, terms)
        except NoValue:
            continue
    if not sides:
        return Join("undefined")
    found = UNKNOWN
    for n in range(1, order + 1):
        found = _joined(here, sides, n)
        if not found.exists:
            return found
        assert found.value is not None
        here = _number(found.value)
        if n < order:
            sides = {side: u.differentiated(side) for side, u in sides.items()}
    return found


def _joined(here: Coefficient, sides: dict[int, Germ], order: int) -> Join:
    """The first derivative of what has the value `here` and these series beside."""
    for u in sides.values():
        low = min(u.terms, default=1)
        if u.order is not None and u.order <= 0:
            raise Undecided("the limit from one side")
        if (low < 0 and c.sign(u.terms[low])) or not c.equal(u.terms.get(0, {}), here):
            return Join("jump", order=order)
    steep: dict[int, int] = {}
    slopes: dict[int, Coefficient] = {}
    for side, u in sides.items():
        rising = [k for k in u.terms if 0 < k < 1]
        if u.order is not None and u.order <= 1 and not rising:
            raise Undecided("the slope from one side")
        if rising:
            steep[side] = c.sign(u.terms[min(rising)]) * side
        else:
            slopes[side] = c.scaled(u.terms.get(1, {}), side)
    left, right = (c.written(slopes[s]) if s in slopes else None for s in (-1, 1))
    if steep:
        return Join("cusp" if len(set(steep.values())) > 1 else "vertical", left, right, order)
    if len(slopes) < 2:
        return Join("edge", left, right, order)
    return Join("smooth" if c.equal(slopes[-1], slopes[1]) else "corner", left, right, order)


def fails_at_single_points(relation: Equation, x: Expression) -> bool:
    """Whether the places where the two sides meet lie apart: both come from functions analytic for every x.

    `sin(x) != 0`, `x^2 != floor(x^2)`; a quantity that does not change would meet everywhere or nowhere.
    """
    u = relation.left
    stepped = type(relation.right) is Call and relation.right.label in ("floor", "ceil")
    if stepped and relation.right.arguments[0] == u:
        return _is_entire(u, x) and _changes(u, x)
    u = difference(relation)
    return _is_entire(u, x) and _changes(u, x)


def _is_entire(u: Expression, x: Expression) -> bool:
    """Whether u is analytic for every x, and has no other letters."""
    for node in postorder(u):
        if type(node) is Symbol and node != x:
            return False
        if type(node) is Quotient and rational_value(node.denominator) is None:
            return False
        if type(node) is Power and (integer_value(node.exponent) or -1) < 0 and node.base != E:
            return False
        if type(node) is Call and node.label not in _ENTIRE:
            return False
        if type(node) not in (Number, Constant, Symbol, Sum, Negation, Product, Quotient, Power, Call):
            return False
    return True


def _changes(u: Expression, x: Expression) -> bool:
    """Whether u certainly has different values at two places."""
    values = [v for v in (value_at(u, x, point) for point in _SAMPLES) if v is not None]
    for a, b in pairwise(values):
        try:
            if c.sign(c.added(a, c.scaled(b, -1))):
                return True
        except Undecided:
            continue
    return False


def is_continuous(e: Expression) -> bool:
    """Whether e is continuous wherever it has a value: it has no jumps and no pieces."""
    return not any(
        type(n) is Piecewise or (type(n) is Call and n.label in _JUMPS) or type(n) in (Matrix, Limit)
        for n in postorder(e)
    )


_ENTIRE = frozenset("sin cos exp sinh cosh tanh sech atan asinh erf logistic softplus sinc".split())
_JUMPS = STEPS | {"atan2", "polygamma"}
_SAMPLES = tuple(rational(q) for q in (Fraction(1, 3), Fraction(-5, 7), Fraction(2), Fraction(0)))


def points_of(relation: Expression, x: Expression, facts: Facts) -> list[Expression] | None:
    """Where a relation u != 0 fails, as values of x: `x^2 - 4 != 0  →  [2, -2]`; None where it cannot be solved."""
    if type(relation) is not Equation:
        return None
    as_zero = equation(difference(relation), "!=", ZERO)
    found: list[Expression] = []
    for part in simplest(as_zero, facts):
        if not facts.depends(part, x):
            continue  # about other letters: it stands for itself
        points = _solved(part, x, facts)
        if points is None:
            return None
        found += points
    return list(dict.fromkeys(found))


def difference(r: Equation) -> Expression:
    """What is 0 where both sides are equal: `x = 2  →  x - 2`."""
    if r.right == ZERO:
        return r.left
    terms = r.left.arguments if type(r.left) is Sum else (r.left,)
    return Sum((*terms, Negation((r.right,))))


def _solved(r: Expression, x: Expression, facts: Facts) -> list[Expression] | None:
    """The points where left and right are equal; None where that cannot be solved."""
    left, right = r.arguments
    if left == x and not facts.depends(right, x):
        return [right]
    p = polynomial(left) if rational_value(right) == 0 else None
    if p is None:
        return None
    by_degree: dict[int, Coefficient] = {}
    for monomial, q in p.items():
        degree = dict(monomial).get(x, 0)
        others = frozenset((e, n) for e, n in monomial if e != x)
        if int(degree) != degree or degree < 0 or any(facts.depends(e, x) for e, _ in others):
            return None
        by_degree.setdefault(int(degree), {})[others] = q
    values = {n: c.rational(a) for n, a in by_degree.items()}
    if by_degree.keys() <= {0, 1} and values.get(1):
        return [c.written(c.scaled(by_degree.get(0, {}), -1 / Fraction(values[1] or 1)))]
    numbers = {n: Fraction(q) for n, q in values.items() if q is not None}
    return real_roots(numbers) if len(numbers) == len(values) else None
