"""Truth of relations on values, and of the domain conditions in the functions table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from flint import arb

from derive.numeric.laurent import Laurent
from derive.numeric.signals import NotSmooth, Undefined, Unsure

if TYPE_CHECKING:
    from derive.numeric.program import Program


def relation_holds(left: Any, relation: str, right: Any) -> bool | None:
    """Whether `left relation right`: True or False where the balls prove it, None where they touch."""
    if type(left) is not arb or type(right) is not arb:
        return _near(left, relation, right)
    if left == right:
        return relation in ("=", "<=", ">=")
    if left < right:
        return relation in ("!=", "<", "<=")
    if left > right:
        return relation in ("!=", ">", ">=")
    if left <= right and relation in ("<=", ">"):
        return relation == "<="
    if left >= right and relation in (">=", "<"):
        return relation == ">="
    return None


def _near(left: Any, relation: str, right: Any) -> bool | None:
    """Whether the relation holds on a whole neighbourhood, for series."""
    from derive.numeric.elementary import centre

    difference = left - right
    if type(difference) is Laurent:
        return relation in (("!=", ">", ">=") if difference.sign() > 0 else ("!=", "<", "<="))
    a, b = centre(left), centre(right)
    if a < b:
        return relation in ("!=", "<", "<=")
    if a > b:
        return relation in ("!=", ">", ">=")
    if a == b:
        raise NotSmooth("the edge of a piece")
    raise Unsure("a condition that is not decided")


def domain_holds(condition: str, arguments: tuple[arb, ...]) -> bool | None:
    """A condition of the functions table at values of u and v: `u > 0 or u != floor(u)`."""
    point = dict(zip(("u", "v"), arguments, strict=False))
    verdict: bool | None = False
    for alternative in _alternatives(condition):
        try:
            holds = alternative.value(point)
        except Undefined:
            holds = False
        except Unsure:
            holds = None
        if holds is True:
            return True
        if holds is None:
            verdict = None
    return verdict


@cache
def _alternatives(condition: str) -> tuple[Program, ...]:
    from derive.notation.parser import parse
    from derive.numeric.program import Program

    return tuple([Program(parse(part)) for part in condition.split(" or ")])
