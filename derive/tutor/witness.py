"""A point that shows a difference, as simple as can be: x = 2 says more than x = 10273/16384."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, product
from typing import Any

from derive.expressions import Expression, symbols
from derive.equality import Equivalence
from derive.numeric.grid import Grid, apart
from derive.tutor.values import value_at
from derive.tutor.verdicts import Point

SIMPLE = tuple([Fraction(s) for s in "2 1 3 1/2 -1 -2 1/4 4 -3 5 10 1/10 0".split()])
MOST = 40  # points tried
DIGITS = 8


def witness(right: Expression, given: Expression, seen: Equivalence) -> Point | None:
    """A simple point at which both have values that certainly differ; else the one that the judge met."""
    names = sorted(symbols(right) | symbols(given))
    for values in islice(product(SIMPLE, repeat=min(len(names), 3)), MOST):
        full = {name: values[k % 3] for k, name in enumerate(names)}
        a, b = value_at(right, full), value_at(given, full)
        if a is not None and b is not None and apart(a, b):
            return Point({n: str(v) for n, v in full.items()}, shown(a), shown(b))
    found = seen.witness
    return None if found is None else Point(dict(found.point), found.left or "", found.right or "")


def shown(value: Any) -> str:
    """A ball to eight digits, without zeros that say nothing; a row or matrix in brackets."""
    if type(value) is Grid:
        rows = [value.entries[i : i + value.columns] for i in range(0, len(value.entries), value.columns)]
        inside = [", ".join([shown(e) for e in row]) for row in rows]
        return f"[{inside[0]}]" if len(rows) == 1 else "[" + ", ".join([f"[{row}]" for row in inside]) + "]"
    if value.is_exact() and value.contains_integer():
        return str(value.unique_fmpz())
    text = str(value.str(DIGITS, radius=False))
    head, mark, tail = text.partition("e")
    return (head.rstrip("0").rstrip(".") if "." in head else head) + mark + tail
