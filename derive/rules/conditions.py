"""Conditions: what a rule is given, what it assumes, where an expression is defined, and what can be shown of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from math import isfinite
from typing import TypeAlias

from derive.expressions import (
    ZERO, Call, Constant, Equation, Expression, Piecewise, Power, Quotient, equation, integer_value,
    postorder, rational, rational_value, replace_all, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.rules.facts import Facts
from derive.rules.model import Given, Match

MAX_GUARDS = 8  # pieces that one part is followed into
_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
Alternatives: TypeAlias = tuple[Expression, ...]
"""Relations of which at least one holds; nearly always a single one."""


def depends(u: str, x: str) -> Given:
    """u depends on x."""
    return Given(f"{u} depends on {x}", lambda m: m.facts.depends(m.bindings[u], m.bindings[x]))  # type: ignore[arg-type]


def free_of(c: str, x: str) -> Given:
    """c does not contain x."""
    return Given(f"{c} does not contain {x}", lambda m: not m.facts.depends(m.bindings[c], m.bindings[x]))  # type: ignore[arg-type]


def not_just(u: str, x: str) -> Given:
    """u is more than x itself."""
    return Given(f"{u} is more than {x} itself", lambda m: m[u] != m[x])


def number(n: str) -> Given:
    """n is a rational number."""
    return Given(f"{n} is a rational number", lambda m: rational_value(m[n]) is not None)


def not_number(n: str) -> Given:
    """n is not a rational number."""
    return Given(f"{n} is not a rational number", lambda m: rational_value(m[n]) is None)


def whole(n: str) -> Given:
    """n is a whole number."""
    return Given(f"{n} is a whole number", lambda m: integer_value(m[n]) is not None)


def at_least(n: str, least: int) -> Given:
    """n is a whole number, at least so much."""
    return Given(f"{n} is a whole number, at least {least}", lambda m: (integer_value(m[n]) or 0) >= least)


def not_e(a: str) -> Given:
    """a is not the number e."""
    return Given(f"{a} is not e", lambda m: not (type(m[a]) is Constant and m[a].label == "e"))


def nonzero(u: str) -> Given:
    """u can be shown not to be zero."""
    return Given(f"{u} is not zero", lambda m: status(m.facts, equation(m[u], "!=", ZERO)) is True)


def not_zero_itself(u: str) -> Given:
    """u is not the number 0."""
    return Given(f"{u} is not the number 0", lambda m: rational_value(m[u]) != 0)


def positive(u: str) -> Given:
    """u can be shown to be positive."""
    return Given(f"{u} is positive", lambda m: m.facts.bounds(m[u]).positive)


def satisfies(words: str, test: Callable[[Match], bool]) -> Given:
    """A condition of its own, with its words."""
    return Given(words, test)


def status(facts: Facts, relation: Expression) -> bool | None:
    """Whether a relation always holds (True), never holds (False), or it depends (None)."""
    if type(relation) is not Equation:
        return None
    left, right = relation.arguments
    a, b = facts.bounds(left), facts.bounds(right)
    less = a.high < b.low or (a.high == b.low and (a.high_open or b.low_open))
    not_more = a.high <= b.low
    more = a.low > b.high or (a.low == b.high and (a.low_open or b.high_open))
    not_less = a.low >= b.high
    match relation.relation:
        case "!=":
            return True if less or more else False if left == right else None
        case "=":
            return False if less or more else True if left == right else None
        case ">":
            return True if more else False if not_more or left == right else None
        case ">=":
            return True if not_less or left == right else False if less else None
        case "<":
            return True if less else False if not_less or left == right else None
        case _:
            return True if not_more or left == right else False if more else None


@cache
def relations(text: str) -> Alternatives:
    """The relations of a condition's text: "u > 0 or u != floor(u)"."""
    return tuple(parse(part) for part in text.split(" or "))


def at_arguments(text: str, arguments: tuple[Expression, ...]) -> Alternatives:
    """A condition of functions.py, about u and v, at the arguments of a call."""
    table = dict(zip((symbol("u"), symbol("v")), arguments, strict=False))
    return tuple(replace_all(r, table) for r in relations(text))


def domain(root: Expression, facts: Facts | None = None) -> Iterator[tuple[Expression, Alternatives]]:
    """(node, condition) for every part of `root` that is not defined everywhere, in the order of writing.

    A part inside a piece is asked for only where that piece counts: `piecewise(ln(x), x > -1, 0)  →  x > 0 or x <= -1`.
    """
    nodes = postorder(root) if facts is None else facts.parts(root)
    if Piecewise not in map(type, nodes):
        for node in nodes:
            for condition in own_domain(node, facts):
                yield node, condition
        return
    guards = _guards(root)
    for node in nodes:
        for guard in guards.get(node, ()):
            for condition in own_domain(node, facts):
                needed = either((*condition, *guard)) if guard else condition
                if needed:
                    yield node, needed


def _guards(root: Expression) -> dict[Expression, list[Alternatives]]:
    """For every node the relations that free it from being looked at, one for each piece it stands in; () for never."""
    found: dict[Expression, list[Alternatives]] = {}
    stack: list[tuple[Expression, Alternatives]] = [(root, ())]
    while stack:
        node, guard = stack.pop()
        known = found.setdefault(node, [])
        if () in known or guard in known or len(known) >= MAX_GUARDS:
            continue
        found[node] = [()] if not guard else [*known, guard]
        if type(node) is not Piecewise:
            stack.extend((a, guard) for a in node.arguments)
            continue
        passed: Alternatives = guard
        for value, condition in node.pieces:
            stack.append((condition, guard))
            if type(condition) is Equation:
                stack.append(
                    (value, (*passed, equation(condition.left, _NEGATED[condition.relation], condition.right)))
                )
                passed = (*passed, condition)
        if node.otherwise is not None:
            stack.append((node.otherwise, passed))
    return found


def either(alternatives: Alternatives) -> Alternatives:
    """Alternatives without those that another one contains; () where one of them always holds: x > 0 or x <= 5."""
    kept: list[Expression] = []
    for r in dict.fromkeys(alternatives):
        if any(contains(o, r) for o in kept):
            continue
        kept = [o for o in kept if not contains(r, o)]
        kept.append(r)
    return () if any(_cover(a, b) for a in kept for b in kept) else tuple(kept)


def _ray(r: Expression) -> tuple[Expression, str, Fraction | int] | None:
    if type(r) is not Equation:
        return None
    value = rational_value(r.right)
    return None if value is None else (r.left, r.relation, value)


def contains(wide: Expression, narrow: Expression) -> bool:
    """Whether `narrow` says `wide`: x > 0 contains x > 1, x != 0 contains x < -1."""
    a, b = _ray(wide), _ray(narrow)
    if wide == narrow:
        return True
    if a is None or b is None or a[0] != b[0]:
        return False
    (_, over, p), (_, under, q) = a, b
    if over == "!=":
        return (
            (under[0] == ">" and (q > p or (q == p and under == ">")))
            or (under[0] == "<" and (q < p or (q == p and under == "<")))
            or (under == "=" and p != q)
        )
    if under == "=":
        return {">": q > p, ">=": q >= p, "<": q < p, "<=": q <= p}.get(over, False)
    if over[0] != under[0] or under == "!=":
        return False
    return (q > p if over[0] == ">" else q < p) or (q == p and (over == under or len(over) == 2))


def _cover(one: Expression, other: Expression) -> bool:
    """Whether one of the two always holds: x > 0 or x <= 5."""
    a, b = _ray(one), _ray(other)
    if a is None or b is None or a[0] != b[0]:
        return False
    (_, r, p), (_, s, q) = a, b
    if r[0] == ">" and s[0] == "<":
        return q > p or (q == p and len(r) + len(s) > 2)
    if r == "!=":
        return (
            (s == "!=" and p != q)
            or (s == "=" and p == q)
            or (s == ">=" and q <= p)
            or (s == "<=" and q >= p)
            or ((s == ">" and q < p) or (s == "<" and q > p))
        )
    return False


def own_domain(node: Expression, facts: Facts | None = None) -> Iterator[Alternatives]:
    """Where `node` is defined, its arguments being so; `facts` may know that an exponent is a whole number."""
    if type(node) is Quotient:
        yield (equation(node.denominator, "!=", ZERO),)
    elif type(node) is Piecewise and node.otherwise is None:
        yield tuple(condition for _, condition in node.pieces)
    elif type(node) is Power:
        if facts is not None and facts.is_whole(node.exponent) and rational_value(node.exponent) is None:
            yield equation(node.base, "!=", ZERO), equation(node.exponent, ">=", ZERO)
        else:
            yield from _power_domain(node.base, as_number(node.exponent, facts))
    elif type(node) is Call and isinstance(node.label, str):
        if node.name == "root":
            yield from _root_domain(*node.arguments)
        elif node.name in FUNCTIONS:
            for text in FUNCTIONS[node.name].domain:
                yield at_arguments(text, node.arguments)


def as_number(exponent: Expression, facts: Facts | None) -> Expression:
    """2 + 3 as 5, so that x^(2 + 3) is defined where x^5 is; an exponent that is no number as it stands."""
    if facts is None or rational_value(exponent) is not None:
        return exponent
    known = facts.bounds(exponent)
    return rational(Fraction(known.low)) if known.low == known.high and isfinite(known.low) else exponent


def _power_domain(base: Expression, exponent: Expression) -> Iterator[Alternatives]:
    n = rational_value(exponent)
    if n is None:
        yield (equation(base, ">", ZERO),)
        return
    if n.denominator % 2 == 0:
        yield (equation(base, ">" if n < 0 else ">=", ZERO),)
    elif n <= 0:
        yield (equation(base, "!=", ZERO),)


def _root_domain(u: Expression, n: Expression) -> Iterator[Alternatives]:
    index = integer_value(n)
    if index is None or index <= 0:
        yield (equation(u, ">", ZERO),)
        yield (equation(n, "!=", ZERO),)
    elif index % 2 == 0:
        yield (equation(u, ">=", ZERO),)


def differentiable_power(base: Expression, exponent: Expression) -> Iterator[Expression]:
    """What u^n needs beyond its domain for the power rule: u ≠ 0 (u > 0 for even roots) when 0 < n < 1."""
    n = rational_value(exponent)
    if n is None:
        yield equation(base, ">", ZERO)
    elif n == 0:
        yield equation(base, "!=", ZERO)
    elif 0 < n < 1:
        yield equation(base, "!=" if n.denominator % 2 else ">", ZERO)


def jumps_of(u: Expression) -> Iterator[Expression]:
    """Where u may jump: at the joints of its pieces, and where a step function in it steps."""
    for node in postorder(u):
        if type(node) is Piecewise:
            for _, condition in node.pieces:
                if type(condition) is Equation:
                    yield equation(condition.left, "!=", condition.right)
        elif type(node) is Call and isinstance(node.label, str) and node.label in STEPS:
            for text in FUNCTIONS[node.label].smooth:
                yield from at_arguments(text, node.arguments)


STEPS = frozenset(("sign", "floor", "ceil", "mod", "round", "fract", "heaviside"))
"""Functions with jumps."""
