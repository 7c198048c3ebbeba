"""Relations of ratios of polynomials in one letter, solved: (1 - x)/(1 + x) > 0 is x > -1 and x < 1."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from typing import TypeAlias

from flint import fmpq, fmpq_poly

from derive.expressions import (
    Equation, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, call, equation, integer_value,
    postorder, rational_value,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.roots import real_roots

MAX_DEPTH = 20
MAX_NODES = 200
MAX_DEGREE = 8  # of the polynomials above and below the line: those whose zeros are looked for
APART = 1e-9  # least distance of two zeros, measured by the larger one

Polynomial: TypeAlias = fmpq_poly
Ratio: TypeAlias = tuple[Polynomial, Polynomial]

_ONE = fmpq_poly([1])


def solved(r: Equation, facts: Facts) -> list[Expression] | None:
    """Relations of the letter that hold together exactly where `r` does, as far as its left side has a value.

    None where the left side is no ratio of polynomials in one letter, or where no such relations were found.
    """
    target = rational_value(r.right)
    if target is None or r.depth > MAX_DEPTH or type(r.left) not in (Sum, Quotient, Product):
        return None
    read = _read(r.left)
    if read is None:
        return None
    x, (p, q) = read
    p = p - q * _rational(target)
    zeros = _zeros(p) if p else None
    if zeros is None or r.relation == "=":
        return None
    if r.relation == "!=":
        return [equation(x, "!=", z) for z in zeros]
    poles = _zeros(q)
    if poles is None:
        return None
    zeros = [z for z in zeros if z not in poles]
    return _inequality(x, r.relation, (p, q), zeros, poles, facts)


def _inequality(
    x: Expression, relation: str, ratio: Ratio, zeros: list[Expression], poles: list[Expression], facts: Facts
) -> list[Expression] | None:
    """p/q > 0 by the signs between the zeros and the poles."""
    found = [(_middle(z, facts), z) for z in (*zeros, *poles)]
    places = [(at, z) for at, z in found if at is not None]
    if len(places) < len(found):
        return None
    places.sort(key=lambda place: place[0])
    ends = [at for at, _ in places]
    if any(b - a <= APART * max(1.0, abs(a), abs(b)) for a, b in pairwise(ends)):
        return None
    sign = 1 if relation[0] == ">" else -1
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    tried = [ends[0] - 1, *between, ends[-1] + 1] if ends else [0.0]
    good = [_sign(ratio, Fraction(at)) == sign for at in tried]
    edges = [z for _, z in places]
    return _told(x, edges, good, set() if len(relation) == 1 else set(zeros))


def _told(
    x: Expression, edges: Sequence[Expression], good: list[bool], closed: set[Expression]
) -> list[Expression] | None:
    """The intervals between the edges that are good, in relations; the `closed` edges belong to the solution."""
    if True not in good:
        return None
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    inner = [z for z in edges[first:last] if z not in closed]
    if all(good[first : last + 1]):
        outside = [*edges[: max(first - 1, 0)], *edges[last + 1 :]]
        if any(z in closed for z in outside):
            return None
        left = [equation(x, ">=" if edges[first - 1] in closed else ">", edges[first - 1])] if first else []
        right = [equation(x, "<=" if edges[last] in closed else "<", edges[last])] if last < len(edges) else []
        return [*left, *right, *[equation(x, "!=", z) for z in inner]]
    if good == [True, False, True] and _opposite(edges):
        return [equation(call("abs", x), ">=" if edges[1] in closed else ">", edges[1])]
    return None


def _opposite(edges: Sequence[Expression]) -> bool:
    low, high = (rational_value(z) for z in edges)
    return low is not None and high is not None and low == -high


def _middle(z: Expression, facts: Facts) -> float | None:
    bounds = facts.bounds(z)
    middle = (float(bounds.low) + float(bounds.high)) / 2
    return middle if isfinite(middle) else None


def _sign(ratio: Ratio, at: Fraction) -> int:
    above, below = (p(_rational(at)) for p in ratio)
    return int(above * below > 0) - int(above * below < 0)


def _rational(value: Fraction | int) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _zeros(p: Polynomial) -> list[Expression] | None:
    """The real zeros; None where they were not found."""
    coefficients = {k: Fraction(int(c.p), int(c.q)) for k, c in enumerate(p.coeffs())}
    if coefficients[0] > 0 and not any(c < 0 or (c and k % 2) for k, c in coefficients.items()):
        return []  # x^4 + 2*x^2 + 1
    return real_roots(coefficients) if len(coefficients) > 1 else []


def _read(u: Expression) -> tuple[Expression, Ratio] | None:
    """(the letter, p and q) of u = p/q; None for another kind of expression, several letters, too high degrees."""
    nodes = postorder(u)
    letters = {n for n in nodes if type(n) is Symbol}
    if len(letters) != 1 or len(nodes) > MAX_NODES:
        return None
    known: dict[Expression, Ratio] = {}
    for node in nodes:
        found = _ratio(node, [known[a] for a in node.arguments if a in known])
        if found is None or _too_high(*found) or not found[1]:
            return None
        known[node] = found
    return letters.pop(), known[u]


def _ratio(node: Expression, parts: list[Ratio]) -> Ratio | None:
    match node:
        case Symbol():
            return fmpq_poly([0, 1]), _ONE
        case Number():
            return fmpq_poly([_rational(Fraction(node.value))]), _ONE
        case Negation():
            return -parts[0][0], parts[0][1]
        case Sum():
            above, below = parts[0]
            for p, q in parts[1:]:
                above, below = (above + p, q) if q == below else (above * q + p * below, below * q)
                if _too_high(above, below):
                    return None
            return above, below
        case Product():
            above, below = _ONE, _ONE
            for p, q in parts:
                above, below = above * p, below * q
                if _too_high(above, below):
                    return None
            return above, below
        case Quotient():
            (a, b), (c, d) = parts
            return a * d, b * c
        case Power():
            return _power(parts[0], integer_value(node.exponent))
        case _:
            return None


def _power(base: Ratio, n: int | None) -> Ratio | None:
    if n is None or not 0 < abs(n) <= MAX_DEGREE:
        return None
    p, q = base if n > 0 else base[::-1]
    return None if max(p.degree(), q.degree()) * abs(n) > MAX_DEGREE else (p ** abs(n), q ** abs(n))


def _too_high(p: Polynomial, q: Polynomial) -> bool:
    return max(p.degree(), q.degree()) > MAX_DEGREE
