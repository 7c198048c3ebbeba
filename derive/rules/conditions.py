"""Conditions: what a rule is given, what it assumes, where an expression is defined, and what can be shown of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from derive.expressions import (
    ZERO, Call, Constant, Equation, Expression, Piecewise, Power, Quotient, equation, integer_value,
    postorder, rational_value, replace_all, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.rules.facts import Facts
from derive.rules.model import Given, Match

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


def domain(root: Expression) -> Iterator[tuple[Expression, Alternatives]]:
    """(node, condition) for every part of `root` that is not defined everywhere, in the order of writing."""
    guarded: set[Expression] = set()
    for node in postorder(root):
        if type(node) is Piecewise:
            for value in node.arguments[0::2]:
                guarded.update(postorder(value))
    for node in postorder(root):
        if node not in guarded:
            for condition in own_domain(node):
                yield node, condition


def own_domain(node: Expression) -> Iterator[Alternatives]:
    """Where `node` is defined, its arguments being so."""
    if type(node) is Quotient:
        yield (equation(node.denominator, "!=", ZERO),)
    elif type(node) is Piecewise and node.otherwise is None:
        yield tuple(condition for _, condition in node.pieces)
    elif type(node) is Power:
        yield from _power_domain(node.base, node.exponent)
    elif type(node) is Call and isinstance(node.label, str):
        if node.name == "root":
            yield from _root_domain(*node.arguments)
        elif node.name in FUNCTIONS:
            for text in FUNCTIONS[node.name].domain:
                yield at_arguments(text, node.arguments)


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
