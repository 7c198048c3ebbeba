"""Local slopes of every kind of part; those of functions stand in slopes_of_calls.py."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions import (
    ONE, TWO, ZERO, Call, Constant, Equation, Expression, Negation, Number, Piecewise, Power, Product, Quotient, Sum,
    Symbol, call, make, natural, negation, power, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.amounts import MAX_FLAT, Factors, spread
from derive.rules.arithmetic import has_point, written
from derive.rules.computation import Computation
from derive.rules.slope import Atoms, Slope, joined
from derive.rules.slopes_of_calls import call_slopes


def slopes(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope] | None:
    """The slopes of a part, called `me`, along its parts; none along which it does not change, None where unknown."""
    along = KINDS.get(type(made.nodes[number]))
    return None if along is None else along(made, number, atoms, me)


def _sum(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    active, children = made.active, made.children
    found: list[Slope] = []
    for a, i in zip(made.nodes[number].arguments, children[number]):  # noqa: B905 - as many as there are
        if active[i]:
            found.append((children[i][0], -1, (), None, "sum") if type(a) is Negation else (i, 1, (), None, "sum"))
    signs: dict[int, int] = {}
    for slope in found:
        signs[slope[0]] = 0
    if len(signs) == len(found):
        return found
    for i, sign, *_ in found:
        signs[i] += sign
    return [(i, k, (), None, "sum") for i, k in signs.items() if k]


def _negation(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    return [(made.children[number][0], -1, (), None, "negation")]


def _product(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    c = made.children[number]
    if len(c) == 2:
        a, b = c
        if a != b:
            return _product_of_two(made, a, b, atoms)
    k = 1
    slots: list[tuple[int, Expression, int]] = []  # (part or -1, factor, how often it stands)
    places: dict[int, int] = {}
    for i in c:
        is_active = made.active[i]
        if i in places:
            child, u, m = slots[places[i]]
            slots[places[i]] = child, u, m + 1
        elif is_active or type(made.nodes[i]) is Symbol:
            places[i] = len(slots)
            slots.append((i if is_active else -1, atoms[i], 1))
        else:
            more, fixed = spread(made.nodes[i])
            k *= more
            slots += [(-1, f, 1) for f in fixed]
    if not k:
        return []
    whole = [u if m == 1 else power(u, natural(m)) for _, u, m in slots]
    return [
        (child, k * m, (*before, *lowered(u, m), *behind), None, "product")
        for (child, u, m), before, behind in zip(slots, *_around(whole), strict=True)
        if child >= 0
    ]


def _product_of_two(made: Computation, a: int, b: int, atoms: Atoms) -> list[Slope]:
    active = made.active
    if active[a]:
        if active[b]:
            return [(a, 1, (atoms[b],), None, "product"), (b, 1, (atoms[a],), None, "product")]
        a, b = b, a
    k, factors = spread(made.nodes[a])
    return [(b, k, factors, None, "product")] if k else []


def lowered(u: Expression, m: int) -> Factors:
    """u^(m - 1) as factors: none for m = 1."""
    return () if m == 1 else (u,) if m == 2 else (power(u, natural(m - 1)),)


def _around(factors: list[Expression]) -> tuple[list[Factors], list[Factors]]:
    """What stands before and behind each factor; in wide products these are products that share their parts."""
    n = len(factors)
    if n <= MAX_FLAT:
        return [tuple(factors[:i]) for i in range(n)], [tuple(factors[i + 1 :]) for i in range(n)]
    before = _running(factors)
    behind = [tuple(reversed(f)) for f in reversed(_running(factors[::-1], turned=True))]
    return before, behind


def _running(factors: list[Expression], *, turned: bool = False) -> list[Factors]:
    """For each factor the product of those before it, (a, b, c, d)  →  (), (a,), (a*b,), (a*b, c); the last is open."""
    found: list[Factors] = [(), (factors[0],)]
    whole = factors[0]
    for f in factors[1:-2]:
        whole = make(Product, (f, whole) if turned else (whole, f))
        found.append((whole,))
    found.append((whole, factors[-2]))
    return found


def _quotient(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    a, b = made.children[number]
    top, bottom = atoms[a], atoms[b]
    if a == b:
        return []
    found: list[Slope] = []
    if made.active[a]:
        found.append((a, 1, (), bottom, "numerator"))
    if made.active[b]:
        k, factors = (1, (top,)) if made.active[a] else spread(top)
        if k:
            found.append((b, -k, factors, power(bottom, TWO), "denominator"))
    return found


def _power(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    a, b = made.children[number]
    u, n = atoms[a], atoms[b]
    if type(n) is Number and type(n.label) is int:
        m = n.label
        return [(a, m, (u,) if m == 2 else lowered(u, m), None, "power")] if m else []
    if not made.active[b]:
        value = rational_value(n)
        if value is not None:
            return _rational_power(a, u, n)
        k, factors = spread(n)
        return [(a, k, (*factors, power(u, sum_of([n, negation(ONE)]))), None, "base")]
    found: list[Slope] = []
    if made.active[a]:
        found.append((a, 1, (n, power(u, sum_of([n, negation(ONE)]))), None, "base"))
    if not (type(u) is Number and u.label == 1):
        grows = (me,) if type(u) is Constant and u.label == "e" else (me, call("ln", u))
        found.append((b, 1, grows, None, "exponent"))
    return joined(found) if a == b else found


def _rational_power(a: int, u: Expression, n: Expression) -> list[Slope]:
    """u^(1/2)  →  1/2*u^(-1/2)"""
    value, point = rational_value(n), has_point(n)
    assert value is not None
    if not value:
        return []
    lowered = value - 1
    rest: Factors = () if not lowered else (u,) if lowered == 1 else (power(u, _literal(lowered, point)),)
    if value == int(value):
        return [(a, int(value), rest, None, "power")]
    return [(a, -1 if value < 0 else 1, (_literal(abs(value), point), *rest), None, "power")]


def _literal(value: object, point: bool) -> Expression:
    return written(value, point=point) or rational(value)  # type: ignore[arg-type]


def _pieces(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    """piecewise(u, x < 0, v) along u  →  piecewise(1, x < 0, 0)"""
    arguments, c = made.nodes[number].arguments, made.children[number]
    values = [i if type(a) is not Equation else -1 for a, i in zip(arguments, c, strict=True)]
    return [
        (u, 1, (make(Piecewise, tuple([
            a if i < 0 else ONE if i == u else ZERO for a, i in zip(arguments, values, strict=True)
        ])),), None, "pieces")
        for u in dict.fromkeys(i for i in values if i >= 0 and made.active[i])
    ]  # fmt: skip


KINDS: dict[type[Expression], Callable[[Computation, int, Atoms, Expression], list[Slope] | None]] = {
    Sum: _sum, Negation: _negation, Product: _product, Quotient: _quotient, Power: _power, Call: call_slopes,
    Piecewise: _pieces,
}  # fmt: skip
