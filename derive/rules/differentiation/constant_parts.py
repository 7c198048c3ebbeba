"""A part that always has the same value is written as that value before anything is differentiated.

Without this the chain rule asks for a slope where there is none to ask for: |x - x| is 0 everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import ZERO, Expression, Quotient, equation, rational_value, replace_all
from derive.rules.constancy import constant_part
from derive.rules.differentiation.parts import operator
from derive.rules.model import Match, Rule


def _found(m: Match) -> tuple[Expression, Expression] | None:
    found = constant_part(m["u"], m.facts)
    return found if found is not None and m.facts.depends(found[0], m["x"]) else None


def without_constant_part(m: Match) -> Expression | None:
    """d/dx(|x - x|)  →  d/dx(|0|)"""
    found = _found(m)
    return None if found is None else operator(m, replace_all(m["u"], dict([found])))


def what_is_below(m: Match) -> Iterator[Expression]:
    """x/x  →  x != 0"""
    found = _found(m)
    if found is not None and type(found[0]) is Quotient and rational_value(found[0].denominator) is None:
        yield equation(found[0].denominator, "!=", ZERO)


CONSTANT_PART = Rule(
    "derivative.constant-part", "d/d?x(?u)", without_constant_part, assumes=what_is_below,
    examples=(
        ("d/dx(abs(x - x))", "d/dx(abs(0))"), ("d/dx(acos(x/x))", "d/dx(acos(1))"),
        ("d/dx(ln(2*x + 3 - 2*x))", "d/dx(ln(3))"), ("d/dx(abs(x - y))", None), ("d/dx(x - 2*x)", None),
    ),
    weight="minor",
)  # fmt: skip
