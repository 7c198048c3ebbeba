"""Derivatives of order n, and sums to n, are judged for n = 0, 1, …, 6: each instance by its own series."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from derive.expressions import (
    Derivative, Expression, Summation, natural, postorder, put_in, rebuild, symbol, symbols,
)  # fmt: skip
from derive.numeric.exact import exact_value
from derive.numeric.tally import Comparison

ORDERS = range(7)


def order_letters(*roots: Expression) -> tuple[str, ...]:
    """The letters that stand in the orders of derivatives and in the bounds of sums: whole numbers."""
    return letters_among([node for root in roots for node in postorder(root)], roots)


def letters_among(nodes: Iterable[Expression], roots: Iterable[Expression]) -> tuple[str, ...]:
    """The same where the nodes below the roots are known."""
    found: set[str] = set()
    for node in nodes:
        if type(node) is Derivative:
            for n in node.arguments[2::2]:
                if n.arguments or n.kind == "symbol":
                    found |= symbols(n)
        elif type(node) is Summation:
            found |= symbols(node.lower) | symbols(node.upper)
    if found:
        found &= set().union(*[symbols(root) for root in roots])  # not a letter that a sum around binds
    return tuple(sorted(found))


def compare_instances(
    letters: tuple[str, ...],
    a: Expression,
    b: Expression,
    conditions: Sequence[Expression],
    compare: Callable[[Expression, Expression, Sequence[Expression]], Comparison],
) -> Comparison:
    """The verdict over all instances: different when one is, equal when at least two are and none differs."""
    best: Comparison | None = None
    agreed = 0
    for order in ORDERS:
        table: dict[Expression, Expression] = {symbol(n): natural(order + 2 * k) for k, n in enumerate(letters)}
        left, right = instance(a, table), instance(b, table)
        seen = compare(left, right, [put_in(c, table) for c in conditions])
        if seen.verdict == "different":
            return seen
        if seen.verdict == "equal":
            agreed += 1
            if best is None or best.verdict != "equal" or seen.digits <= best.digits:
                best = seen
        elif best is None:
            best = seen
    assert best is not None
    if agreed >= 2 or best.verdict != "equal":
        return best
    return Comparison("unknown", reason="too few orders could be compared")


def instance(e: Expression, table: dict[Expression, Expression]) -> Expression:
    """e at one order, with orders such as 5 - 1 worked out."""
    e = put_in(e, table)
    made: dict[Expression, Expression] = {}
    for node in postorder(e):
        parts = [made[a] for a in node.arguments]
        if type(node) is Derivative:
            for i, n in enumerate(parts[2::2]):
                q = exact_value(n, {})
                if q is not None and q.denominator == 1 and q >= 0:
                    parts[2 + 2 * i] = natural(int(q))
        made[node] = rebuild(node, tuple(parts))
    return made[e]
