"""Relations of ratios of polynomials: what they are solved to holds at the same points."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from derive.expressions import Equation, Expression
from derive.notation import parse
from derive.numeric import holds
from derive.rules import Facts
from derive.rules.simplest import simplest

SOLVED = [
    ("1 + 1/x != 0", "x != -1"),
    ("(1 - x)/(1 + x) > 0", "x > -1, x < 1"),
    ("(1 - x)/(1 + x) >= 0", "x > -1, x <= 1"),
    ("2*x/(1 + x^2) > -1", "x != -1"),
    ("(1 - x^2)/(1 + x^2) > -1", ""),
    ("1 - 4*x^2/(1 + x^2)^2 != 0", "x != -1, x != 1"),
    ("x^2 + 2*x + 1 >= 0", ""),
    ("3*x - 4*x^3 > -1", "x < 1, x != -1/2"),
    ("(x - 1)*(2 - x) > 0", "x > 1, x < 2"),
    ("x*(x + 1)^2 >= 0", "x*(x + 1)^2 >= 0"),  # and x = -1: no relations that hold together
    ("x*y > 0", "x*y > 0"),
    ("sqrt(x) < 2", "x >= 0, x < 4"),
    ("sqrt(x) - 2 > 0", "x > 4"),
    ("3 - sqrt(x + 1) >= 0", "x >= -1, x <= 8"),
    ("2*sqrt(x) > -1", "2*sqrt(x) > -1"),
    ("-1 + 0 < 0", "-1 + 0 < 0"),
    ("cos(acos(x)) != 0", "x >= -1, x <= 1, x != 0"),
    ("cos(asin(x)) != 0", "x >= -1, x <= 1, x > -1, x < 1"),
    ("cos(atan(x)) > 0", "1 > 0"),
]


@pytest.mark.parametrize(("relation", "wanted"), SOLVED)
def test_solved(relation: str, wanted: str) -> None:
    assert ", ".join(map(str, simplest(parse(relation), Facts()))) == wanted


def test_random_ratios_hold_at_the_same_points() -> None:
    rng = Random(7)
    solved = 0
    for _ in range(150):
        above = "*".join(f"({rng.randint(-2, 2)}*x + {rng.randint(-3, 3)})" for _ in range(rng.randint(1, 3)))
        below = "*".join(f"(x^{rng.randint(1, 2)} + {rng.randint(-2, 3)})" for _ in range(rng.randint(1, 2)))
        relation = parse(f"{above}/({below}) + {rng.randint(-1, 1)} {rng.choice(['>', '>=', '<', '<=', '!='])} 0")
        found = simplest(relation, Facts())
        solved += found != (relation,)
        for n in range(-24, 25):
            at = Fraction(n, 6)
            if (wanted := _holds(relation, at)) is not None:
                assert all(_holds(r, at) for r in found) == wanted, f"{relation} at {at}: {', '.join(map(str, found))}"
    assert solved > 50


def _holds(relation: Expression, at: Fraction) -> bool | None:
    assert isinstance(relation, Equation)
    return holds(relation, {"x": at})
