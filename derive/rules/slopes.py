"""Local slopes: how a part of a computation changes with each of the parts that it is directly made of.

A slope is k·factors/below, kept apart so that products of slopes are written with one number, one sign and no factor 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from derive.expressions import (
    ONE, TWO, ZERO, Call, Constant, Equation, Expression, Negation, Number, Piecewise, Power, Product, Quotient, Sum,
    Symbol, call, equation, integer_value, make, natural, negation, power, product_of, quotient, rational,
    rational_value, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse_pattern
from derive.rules.amounts import MAX_FLAT, PLAIN, Factors, spread, times
from derive.rules.arithmetic import has_point, written
from derive.rules.computation import Computation
from derive.rules.facts import Facts
from derive.rules.model import Match
from derive.rules.pattern import Builder, builder

Slope: TypeAlias = tuple[int, int, Factors, Expression | None, str]
"""(child, k, factors, below, kind): along the part number `child` it is k·factors/below; `kind` names the rule."""
Atoms: TypeAlias = Sequence[Expression]
"""What each part is called: by itself, or v_1, v_2, …"""


def slopes(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope] | None:
    """The slopes of a part, called `me`, along its parts; none along which it does not change, None where unknown."""
    along = KINDS.get(type(made.nodes[number]))
    return None if along is None else along(made, number, atoms, me)


def _joined(found: list[Slope]) -> list[Slope]:
    """One slope for a part that stands in two places, u^u: the sum of the slopes along each."""
    places: dict[int, list[Slope]] = {}
    for slope in found:
        places.setdefault(slope[0], []).append(slope)
    joined: list[Slope] = []
    for child, several in places.items():
        if len(several) == 1:
            joined += several
        else:
            joined.append((child, 1, (sum_of([value(s) for s in several]),), None, "twice"))
    return joined


def value(slope: Slope) -> Expression:
    """A slope as an expression."""
    _, k, factors, below, _ = slope
    if below is None:
        return times(k, factors)
    whole = quotient(times(abs(k), factors), below)
    return whole if k > 0 else negation(whole)


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
        (child, k * m, (*before, *_lowered(u, m), *behind), None, "product")
        for (child, u, m), before, behind in zip(slots, *_around(whole), strict=True)
        if child >= 0
    ]


def _product_of_two(made: Computation, a: int, b: int, atoms: Atoms) -> list[Slope]:
    active = made.active
    if active[a]:
        if active[b]:
            return [(a, 1, (atoms[b],), None, "product"), (b, 1, (atoms[a],), None, "product")]
        a, b = b, a
    fixed = made.nodes[a]
    if type(fixed) in PLAIN:
        return [(b, 1, (fixed,), None, "product")]
    k, factors = spread(fixed)
    return [(b, k, tuple(factors), None, "product")] if k else []


def _lowered(u: Expression, m: int) -> Factors:
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
        k, factors = (1, (top,)) if made.active[a] else _fixed(top)
        if k:
            found.append((b, -k, factors, power(bottom, TWO), "denominator"))
    return found


def _fixed(e: Expression) -> tuple[int, Factors]:
    k, factors = spread(e)
    return k, tuple(factors)


def _power(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope]:
    a, b = made.children[number]
    u, n = atoms[a], atoms[b]
    if not made.active[b]:
        if type(n) is Number and type(n.label) is int:
            m = n.label
            return [(a, m, _lowered(u, m), None, "power")] if m else []
        value = rational_value(n)
        if value is not None:
            return _rational_power(a, u, n)
        k, factors = _fixed(n)
        return [(a, k, (*factors, power(u, sum_of([n, negation(ONE)]))), None, "base")]
    found: list[Slope] = []
    if made.active[a]:
        found.append((a, 1, (n, power(u, sum_of([n, negation(ONE)]))), None, "base"))
    if not (type(u) is Number and u.label == 1):
        grows = (me,) if type(u) is Constant and u.label == "e" else (me, call("ln", u))
        found.append((b, 1, grows, None, "exponent"))
    return _joined(found) if a == b else found


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


def _call(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope] | None:
    c = made.children[number]
    found = _along_arguments(made, number, c, atoms, me)
    return found if found is None or len(set(c)) == len(c) else _joined(found)


def _along_arguments(
    made: Computation, number: int, c: tuple[int, ...], atoms: Atoms, me: Expression
) -> list[Slope] | None:
    node = made.nodes[number]
    name = node.label
    if not isinstance(name, str) or name not in FUNCTIONS:
        return [
            (i, 1, (_partial(node, place, [atoms[j] for j in c]),), None, "abstract")
            for place, i in enumerate(c)
            if made.active[i]
        ]
    if name in ("min", "max"):
        return _extreme(name, made, c, atoms)
    if name == "root":
        n = integer_value(made.nodes[c[1]])
        if n is None or n < 2:
            return None
        below = product_of([natural(n), power(me, natural(n - 1)) if n > 2 else me])
        return [(c[0], 1, (), below, "root")]
    found: list[Slope] = []
    for place, i in enumerate(c):
        if made.active[i]:
            row = _row(name, place)
            if row is None:
                return None
            k, plain, built, below_row = row
            m = Match(node, _NO_FACTS)
            m.bindings = dict(zip("uv", [atoms[j] for j in c], strict=False))
            factors = []
            for argument in plain:
                if made.active[c[argument]]:
                    factors.append(atoms[c[argument]])
                else:
                    more, fixed = spread(made.nodes[c[argument]])
                    k *= more
                    factors += fixed
            factors += [f(m) for f in built]
            if k:
                found.append((i, k, tuple(factors), below_row and below_row(m), "function"))
    return found


_NO_FACTS = Facts()  # what is built from the table asks for none
_ARGUMENT = re.compile(r"\b([uv])\b")


@cache
def _row(name: str, place: int) -> tuple[int, tuple[int, ...], tuple[Builder, ...], Builder | None] | None:
    """The derivative of a function along one argument as its row has it: number, arguments, other factors, below."""
    derivatives = FUNCTIONS[name].derivatives
    text = derivatives[place] if place < len(derivatives) else None
    if text is None:
        return None
    k, e = 1, parse_pattern(_ARGUMENT.sub(r"?\1", text))
    while type(e) is Negation:
        k, e = -k, e.arguments[0]
    below: Expression | None = None
    if type(e) is Quotient:
        e, below = e.arguments
    more, factors = spread(e)
    arguments = tuple(["uv".index(str(f)[1:]) for f in factors if type(f) is Symbol])
    rest = tuple([builder(str(f)) for f in factors if type(f) is not Symbol])
    return k * more, arguments, rest, None if below is None else builder(str(below))


def _partial(node: Expression, place: int, arguments: list[Expression]) -> Expression:
    """f(u, v) along v  →  D[2](f)(u, v)"""
    assert isinstance(node, Call)
    orders = tuple([n + (j == place) for j, n in enumerate(node.orders)])
    return make(Call, tuple(arguments), (node.name, orders))


def _extreme(name: str, made: Computation, c: tuple[int, ...], atoms: Atoms) -> list[Slope]:
    """max(u, v) along u  →  piecewise(1, u > v, 0, u < v)"""
    wins, loses = ("<", ">") if name == "min" else (">", "<")
    found: list[Slope] = []
    for place, i in enumerate(c):
        if made.active[i]:
            u, others = atoms[i], [atoms[j] for k, j in enumerate(c) if k != place]
            v = others[0] if len(others) == 1 else call(name, *others)
            chosen = make(Piecewise, (ONE, equation(u, wins, v), ZERO, equation(u, loses, v)))
            found.append((i, 1, (chosen,), None, "extreme"))
    return found


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
    Sum: _sum, Negation: _negation, Product: _product, Quotient: _quotient, Power: _power, Call: _call,
    Piecewise: _pieces,
}  # fmt: skip
