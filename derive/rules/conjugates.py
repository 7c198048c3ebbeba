"""sin(x)^2 is (1 - cos(x))*(1 + cos(x)): a fraction over one of these brackets is cancelled by it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Call, Expression, Power, Sum, call, equation, integer_value, power, product_of, quotient, rational,
    rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule

_PARTNER = {"cos": "sin", "sin": "cos"}


def _bracket(s: Expression) -> tuple[Fraction | int, int, Call] | None:
    """k, sign and cos(u) of k*(1 + sign*cos(u)), or of one with a sine; None for other sums."""
    if type(s) is not Sum or len(s.arguments) != 2:
        return None
    first, second = s.arguments
    if rational_value(first) is None:
        first, second = second, first
    k = rational_value(first)
    c, f = split_coefficient(second)
    if k is None or not k or abs(k) != abs(c) or type(f) is not Call or f.label not in _PARTNER:
        return None
    return k, 1 if c == k else -1, f


def _cancelled(m: Match, kept: int) -> Expression | None:
    """The fraction without a bracket below; kept: the sign in the other bracket, as a multiple of that below."""
    above, below = factors_of(m["u"]), factors_of(m["v"])
    for i, s in enumerate(below):
        found = _bracket(s)
        if found is None:
            continue
        k, sign, f = found
        partner = call(_PARTNER[str(f.label)], f.arguments[0])
        for j, g in enumerate(above):
            n = integer_value(g.arguments[1]) if type(g) is Power and g.arguments[0] == partner else None
            if n is None or n < 2:
                continue
            left = () if n == 2 else (partner,) if n == 3 else (power(partner, rational(n - 2)),)
            other = sum_of((ONE, with_coefficient(kept * sign, f)))
            top = product_of([*above[:j], *left, *above[j + 1 :], other])
            rest = [*below[:i], *below[i + 1 :]]
            bottom = with_coefficient(k, product_of(rest)) if k != 1 else product_of(rest)
            return top if bottom == ONE else quotient(top, bottom)
    return None


def cancelled(m: Match) -> Expression | None:
    """sin(x)^2/(1 - cos(x))  →  1 + cos(x)"""
    return _cancelled(m, -1)


def same_bracket(m: Match) -> Expression | None:
    """sin(x)^2/(1 - cos(x))  →  1 - cos(x), which is wrong"""
    return _cancelled(m, 1)


def bracket_not_zero(m: Match) -> Iterator[Expression]:
    """The bracket that was below the line is not zero."""
    for s in factors_of(m["v"]):
        if _bracket(s) is not None:
            yield equation(s, "!=", ZERO)


CONJUGATE = Rule(
    "trigonometry.conjugate", "?u/?v", cancelled, assumes=bracket_not_zero, within=("sin", "cos"),
    mistakes=(Mistake("same-bracket-left", same_bracket),),
    examples=(
        ("sin(x)^2/(1 - cos(x))", "1 + cos(x)"), ("x*cos(x)^3/(1 + sin(x))", "x*cos(x)*(1 - sin(x))"),
        ("sin(x)^2/(2 + 2*cos(x))", "(1 - cos(x))/2"),
        ("sin(x)^2/(1 - cos(y))", None), ("sin(x)/(1 - cos(x))", None), ("sin(x)^2/(2 - cos(x))", None),
    ),
)  # fmt: skip

QUOTIENTS = (CONJUGATE,)
