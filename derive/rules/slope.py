"""A local slope: how a part of a computation changes with one of the parts that it is directly made of.

It is k·factors/below, kept apart so that products of slopes are written with one number, one sign and no factor 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from derive.expressions import Expression, negation, quotient, sum_of
from derive.rules.amounts import Factors, times

Slope: TypeAlias = tuple[int, int, Factors, Expression | None, str]
"""(child, k, factors, below, kind): along the part number `child` it is k·factors/below; `kind` names the rule."""
Atoms: TypeAlias = Sequence[Expression]
"""What each part is called: by itself, or v_1, v_2, …"""


def joined(found: list[Slope]) -> list[Slope]:
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
