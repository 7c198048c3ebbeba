"""How near a double may be expected to come: the reference by balls, and what 53 bits can lose on the way."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import derive
from derive.errors import DomainError, LimitError
from derive.expressions import Expression, Power, postorder, symbols
from derive.numeric.evaluation import ball
from derive.numeric.signals import Undefined, Unsupported, Unsure

RELATIVE = 1e-12
BITS = 50  # a little under a double's 53, since libraries round a few units in the last place


def expected(e: Expression, point: Mapping[str, float]) -> tuple[float, float] | None:
    """(value, tolerance), None where there is no value or where 50 bits do not tell it."""
    exact = {name: Fraction(x) for name, x in point.items()}
    try:
        value = derive.evaluate(e, point)
        rough = ball(e, exact, BITS)
    except (DomainError, LimitError, Undefined, Unsure, Unsupported):
        return None
    if _root_of_a_negative(e, exact):
        return None
    radius = float(rough.rad())
    if not radius < 1e-3 * (1 + abs(float(value))):
        return None
    return float(value), RELATIVE * abs(float(value)) + 4 * radius + 1e-300


def _root_of_a_negative(e: Expression, exact: Mapping[str, Fraction]) -> bool:
    """Whether a negative base has an exponent with letters: at a fraction with an odd denominator it is a real root.

    Code knows the exponent as a double, and not whether its denominator is odd.
    """
    for node in postorder(e):
        if type(node) is Power and symbols(node.arguments[1]):
            try:
                if not ball(node.arguments[0], exact, BITS) > 0:
                    return True
            except (DomainError, LimitError, Undefined, Unsure, Unsupported):
                return True
    return False


def near(found: Any, wanted: tuple[float, float]) -> bool:
    return abs(float(found) - wanted[0]) <= wanted[1]
