"""Conditions in the form a textbook gives them: 2*x - 6 != 0 becomes x != 3, sqrt(x) != 0 becomes x > 0."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, isqrt

from derive.expressions import (
    ONE, ZERO, Call, Equation, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, call, equation,
    negation, product_of, rational, rational_value, replace_all, sum_of,
)  # fmt: skip
from derive.rules.arcs import on_triangle
from derive.rules.conditions import own_domain
from derive.rules.constancy import constant_part
from derive.rules.facts import Facts
from derive.rules.factors import split_coefficient, with_coefficient
from derive.rules.perfect_squares import may_be_square
from derive.rules.rational_rings import square_root
from derive.rules.rays import solved as rays_of
from derive.rules.roots import coefficients_of, real_roots

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_MAX_DEPTH = 20  # of a polynomial that is solved
_ZERO_AT_ZERO = frozenset("abs cbrt sinh tanh asinh atan erf".split())  # and nowhere else
_MAX_TERMS = 64  # of a sum that is looked at for a linear form
_WEAKER = {">": (">=", "!="), "<": ("<=", "!="), "=": (">=", "<="), ">=": (), "<=": (), "!=": ()}


def simplest(relation: Expression, facts: Facts) -> tuple[Expression, ...]:
    """Relations that hold together exactly when `relation` does, each as simple as these few laws make it."""
    known = facts.simplest
    done: list[Expression] = []
    work = [relation]
    chain: list[Expression] = []  # relations that came to a single other one, so far
    while work:
        r = work.pop()
        if r in known:
            done.extend(known[r])
            continue
        if not done and not work:
            chain.append(r)
        value = _of_constant_part(r, facts) if type(r) is Equation else None
        if value is not None and rational_value(value.left) is not None:
            done.append(value)
            continue
        parts = [value] if value is not None else _parts(r, facts) if type(r) is Equation else None
        if parts is None:
            solved = _solved(r) if type(r) is Equation else None
            rays = rays_of(r, facts) if solved is None and type(r) is Equation else None
            done.extend([solved or r] if rays is None else rays)
        else:
            work.extend(reversed(parts))
    result = tuple(done)
    for r in chain:
        known[r] = result
    return result


def implied(relation: Expression, others: Sequence[Expression]) -> bool:
    """Whether a stronger relation on the same left side stands among `others`: x > 1 implies x != 0."""
    left, right = relation.arguments
    value = rational_value(right)
    if relation.label == "!=" and value == 0 and _away_from_zero(left, others):
        return True
    for o in others:
        if o is relation or o.arguments[0] != left:
            continue
        if o.arguments[1] == right:
            if relation.label in _WEAKER[str(o.label)]:
                return True
            continue
        stronger = rational_value(o.arguments[1])
        if value is None or stronger is None:
            continue
        if str(o.label)[0] == ">" and stronger > value and relation.label in (">", ">=", "!="):
            return True
        if str(o.label)[0] == "<" and stronger < value and relation.label in ("<", "<=", "!="):
            return True
    return False


def _away_from_zero(u: Expression, others: Sequence[Expression]) -> bool:
    """Whether |u| is kept above a number that is not negative."""
    for o in others:
        bars, bound = o.arguments
        if type(bars) is Call and bars.label == "abs" and bars.arguments[0] == u and str(o.label)[0] == ">":
            least = rational_value(bound)
            if least is not None and (least > 0 or (least == 0 and o.label == ">")):
                return True
    return False


def contradictory(relations: tuple[Expression, ...]) -> bool:
    """Whether bounds on one letter by numbers leave nothing: x > 1 and x < 0."""
    low: dict[Expression, tuple[Fraction, bool]] = {}
    high: dict[Expression, tuple[Fraction, bool]] = {}
    for r in relations:
        if type(r) is not Equation or type(r.left) is not Symbol:
            continue
        value = rational_value(r.right)
        if value is None:
            continue
        end = Fraction(value), len(r.relation) == 1
        if r.relation.startswith(">"):
            low[r.left] = max(low.get(r.left, end), end)
        elif r.relation.startswith("<"):
            known = high.get(r.left, end)
            high[r.left] = end if end[0] < known[0] or (end[0] == known[0] and end[1]) else known
    return any(
        low[x][0] > high[x][0] or (low[x][0] == high[x][0] and (low[x][1] or high[x][1])) for x in low if x in high
    )


def _of_constant_part(r: Equation, facts: Facts) -> Equation | None:
    """x/x <= 1 as 1 <= 1, which holds"""
    found = constant_part(r.left, facts)
    return None if found is None else Equation((replace_all(r.left, dict([found])), r.right), r.relation)


def _parts(r: Equation, facts: Facts) -> list[Expression] | None:
    u, relation = r.left, r.relation
    if type(u) is Call and u.label == "abs" and facts.bounds(u.arguments[0]).low >= 0:
        return [equation(u.arguments[0], relation, r.right)]
    side = on_triangle(u)
    if side is not None:
        return [*[a for (a,) in own_domain(u.arguments[0])], equation(side, relation, r.right)]
    root = _bounded_root(r)
    if root is not None:
        return root
    if type(u) is Sum or type(u) is Power:
        roots = _of_square(r)
        if roots is not None:
            return roots
    if rational_value(r.right) != 0:
        return None
    if type(u) is Sum:
        solved = _by_zeros(u, relation)
        if solved is not None:
            return solved
        if relation == ">=" and may_be_square(u) and square_root(u, facts) is not None:
            return []
    smaller = _without_common_number(u) if type(u) is Sum else None
    if smaller is not None:
        return [equation(smaller, relation, ZERO)]
    if type(u) is Negation and relation in _FLIPPED:
        return [equation(u.operand, _FLIPPED[relation], ZERO)]
    if relation == "!=":
        return _not_zero(u)
    if relation == ">":
        return _positive(u, facts)
    if relation == ">=" and type(u) is Power:
        n = rational_value(u.exponent)
        return (
            [equation(u.base, ">=", ZERO)]
            if n is not None and n > 0 and n.numerator % 2 and n.denominator == 1
            else None
        )
    if relation in (">=", "<", "<=") and type(u) is Product and (rational_value(u.arguments[0]) or 0) > 0:
        rest = u.arguments[1:]
        return [equation(product_of(rest), relation, ZERO)]
    return None


def _bounded_root(r: Equation) -> list[Expression] | None:
    """sqrt(x) < 2 as x >= 0 and x < 4; sqrt(x) - 2 > 0 as x > 4"""
    u, c, relation = r.left, rational_value(r.right), r.relation
    if type(u) is Sum and len(u.arguments) == 2 and c == 0:
        number, other = u.arguments if rational_value(u.arguments[0]) is not None else reversed(u.arguments)
        moved = rational_value(number)
        k, u = split_coefficient(other)
        if not k:
            return None
        c = None if moved is None else -Fraction(moved) / k
        relation = relation if k > 0 else _FLIPPED[relation]
    if type(u) is not Call or u.label != "sqrt" or c is None or c <= 0 or relation not in ("<", "<=", ">", ">="):
        return None
    inside = equation(u.arguments[0], relation, rational(c * c))
    return [inside] if relation[0] == ">" else [equation(u.arguments[0], ">=", ZERO), inside]


def _by_zeros(u: Sum, relation: str) -> list[Expression] | None:
    """x^2 - 3*x + 2 != 0 as x != 1 and x != 2; x^2 - 2*x + 3 > 0 as nothing: it always holds."""
    if len(u.arguments) > _MAX_TERMS or u.depth > _MAX_DEPTH:
        return None
    found = coefficients_of(u)
    if found is None or max(found[1]) < 2:
        return None
    x, p = found
    zeros = real_roots(p)
    if zeros is None:
        return None
    if relation == "!=":
        return [equation(x, "!=", zero) for zero in zeros]
    return [] if not zeros and _keeps(relation, p[0]) else None


def _keeps(relation: str, value: Fraction) -> bool:
    """Whether a number that is not 0 is in this relation to 0."""
    return relation == "!=" or (relation != "=" and relation.startswith(">") == (value > 0))


def by_zeros(r: Expression) -> bool | None:
    """Whether a polynomial without zeros keeps to its relation: x^2 + x + 1 > 0 does, x^2 + x + 1 < 0 never does."""
    if type(r) is not Equation or type(r.left) is not Sum or rational_value(r.right) != 0 or r.depth > _MAX_DEPTH:
        return None
    found = coefficients_of(r.left) if len(r.left.arguments) <= _MAX_TERMS else None
    if found is None or max(found[1]) < 2 or real_roots(found[1]) != []:
        return None
    return _keeps(r.relation, found[1][0])


def _without_common_number(u: Sum) -> Expression | None:
    """3*y^2 - 6*x  →  y^2 - 2*x: the number that divides every term, which is positive"""
    if len(u.arguments) > _MAX_TERMS:
        return None
    parts = [split_coefficient(t) for t in u.arguments]
    if any(q.denominator != 1 for q, _ in parts):
        return None
    common = gcd(*[int(q) for q, _ in parts])
    if common < 2:
        return None
    return sum_of(with_coefficient(Fraction(q) / common, rest) for q, rest in parts)


def _not_zero(u: Expression) -> list[Expression] | None:
    match u:
        case Power() if (rational_value(u.exponent) or 0) > 0:
            return [equation(u.base, "!=", ZERO)]
        case Product():
            return [equation(f, "!=", ZERO) for f in u.factors if not rational_value(f)]
        case Quotient():
            return [equation(u.numerator, "!=", ZERO)]
        case Call() if u.label == "sqrt":
            return [equation(u.arguments[0], ">", ZERO)]
        case Call() if u.label in _ZERO_AT_ZERO:
            return [equation(u.arguments[0], "!=", ZERO)]
        case Call() if u.label == "ln":
            return [equation(u.arguments[0], "!=", ONE)]
        case _:
            return None


def _positive(u: Expression, facts: Facts) -> list[Expression] | None:
    match u:
        case Power():
            n = rational_value(u.exponent)
            if n is None or n <= 0 or n.denominator != 1:
                return None
            return [equation(u.base, "!=" if n.numerator % 2 == 0 else ">", ZERO)]
        case Call() if u.label == "sqrt":
            return [equation(u.arguments[0], ">", ZERO)]
        case Call() if u.label == "ln":
            return [equation(u.arguments[0], ">", ONE)]
        case Call() if u.label == "abs":
            return [equation(u.arguments[0], "!=", ZERO)]
        case Product():
            rest = [f for f in u.factors if not facts.bounds(f).positive]
            if len(rest) == len(u.factors) or not rest:
                return None
            return [equation(product_of(rest), ">", ZERO)]
        case Quotient() if facts.bounds(u.denominator).positive:
            return [equation(u.numerator, ">", ZERO)]
        case Quotient() if facts.bounds(u.numerator).positive:
            return [equation(u.denominator, ">", ZERO)]
        case _:
            return None


def _solved(r: Equation) -> Expression | None:
    """a*x + b > c as x > (c - b)/a, for one letter x and numbers a, b, c."""
    target = rational_value(r.right)
    form = _linear(r.left)
    if target is None or form is None:
        return None
    slope, x, offset = form
    if type(r.left) is Symbol:
        return None
    relation = r.relation if slope > 0 else _FLIPPED[r.relation]
    return equation(x, relation, rational((target - offset) / slope))


def _of_square(r: Equation) -> list[Expression] | None:
    """a*x^2 + b > c, for one letter x: x^2 < 4 as x > -2 and x < 2, x^2 != 4 as x != 2 and x != -2."""
    target = rational_value(r.right)
    form = _linear(r.left, squared=True)
    if target is None or form is None:
        return None
    slope, x, offset = form
    value = (target - offset) / slope
    relation = r.relation if slope > 0 else _FLIPPED[r.relation]
    if value <= 0 or relation == "=":
        return None
    root = call("sqrt", rational(value))
    exact = isqrt(value.numerator), isqrt(value.denominator)
    if Fraction(*exact) ** 2 == value:
        root = rational(Fraction(*exact))
    if relation in ("<", "<="):
        return [equation(x, _FLIPPED[relation], negation(root)), equation(x, relation, root)]
    if relation == "!=":
        return [equation(x, "!=", root), equation(x, "!=", negation(root))]
    return [equation(call("abs", x), relation, root)]


def _linear(e: Expression, *, squared: bool = False) -> tuple[Fraction, Expression, Fraction] | None:
    """(slope, letter, offset) of a*x + b, or of a*x^2 + b."""
    slope: Fraction | int = 0
    offset: Fraction | int = 0
    letter: Expression | None = None
    terms = e.arguments if type(e) is Sum else (e,)
    if len(terms) > _MAX_TERMS:
        return None
    for term in terms:
        sign = 1
        while type(term) is Negation:
            sign, term = -sign, term.operand
        value = rational_value(term)
        if value is not None:
            offset += sign * value
            continue
        bottom: Fraction | int = 1
        if type(term) is Quotient and type(term.denominator) is Number and term.denominator.value:
            bottom, term = term.denominator.value, term.numerator
        factors = term.arguments if type(term) is Product else (term,)
        coefficient: Fraction | int = 1
        if len(factors) == 2:
            first = rational_value(factors[0])
            if first is None:
                return None
            coefficient, factors = first, factors[1:]
        found = factors[0] if len(factors) == 1 else None
        if squared:
            is_square = type(found) is Power and rational_value(found.exponent) == 2
            found = found.arguments[0] if is_square and found is not None else None
        if type(found) is not Symbol or letter not in (None, found):
            return None
        letter = found
        slope += sign * coefficient if bottom == 1 else Fraction(sign * coefficient) / bottom
    return (Fraction(slope), letter, Fraction(offset)) if letter is not None and slope else None
