"""Sums of powers of sine and cosine, circular or hyperbolic, written shorter: sin(x)^2 + cos(x)^2 = 1 and what follows.

One relation says it all: sin^2 + cos^2 = 1 times sin^a*cos^b also is 1 + tan^2 = sec^2 (a = 0, b = -2) and
1 + cot^2 = csc^2. A rule fires only where the sum gets shorter, and lowers the number of its terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.expressions import ONE, ZERO, Expression, Power, call, equation, negation
from derive.rules.model import Match, Mistake, Rule
from derive.rules.trigonometric_grid import (
    MAX_POWER, Candidates, Coefficients, Grid, Shortened, has_squares, shortest, term_at,
)  # fmt: skip
from derive.rules.trigonometry import CIRCULAR, HYPERBOLIC


def _one_less(sign: int) -> Candidates:
    """By sin^2 + cos^2 = 1 (sign 1) or cosh^2 - sinh^2 = 1 (sign -1), one of three neighbours goes."""

    def candidates(old: Coefficients) -> Iterator[tuple[Coefficients, Fraction | int]]:
        a, b, k = old
        if k:
            yield (a + sign * k, b + k, 0), 0
        if a:
            yield (0, b - sign * a, k + sign * a), 0
        if b:
            yield (a - sign * b, 0, k + b), 0

    return candidates


def _double_argument(sign: int) -> Candidates:
    """cos(2u) = cos^2 - sin^2 = 2*cos^2 - 1 (sign 1), cosh(2u) = cosh^2 + sinh^2 (sign -1)."""

    def candidates(old: Coefficients) -> Iterator[tuple[Coefficients, Fraction | int]]:
        a, b, k = old
        double, rest = Fraction(b - sign * a) / 2, k + Fraction(b + sign * a) / 2
        if double and not rest and double.denominator == 1:
            yield (0, 0, 0), double

    return candidates


def fourth_powers(m: Match) -> Expression | None:
    """cos(x)^4 - sin(x)^4  →  cos(x)^2 - sin(x)^2"""
    found = _fourth_powers(m)
    return None if found is None else found.result


def _fourth_powers(m: Match) -> Shortened | None:
    if not has_squares(m.node, m.facts):
        return None
    seen = Grid(m.node, m.facts)
    for u in seen.arguments(CIRCULAR):
        for group in seen.groups(CIRCULAR, u):
            for a, b in group.at:
                opposite = (a - 4, b + 4)
                if opposite not in group.at or max(abs(a), abs(b)) > MAX_POWER:
                    continue
                c = seen.coefficient(group, (a, b))
                if not c or c != -seen.coefficient(group, opposite):
                    continue
                squares = [((a - 2, b), c), ((a - 4, b + 2), -c)]
                if group.at[opposite] < group.at[a, b]:
                    squares.reverse()
                new = [term_at(seen, group, CIRCULAR, u, q, k) for q, k in squares]
                result = seen.replaced([*group.at[a, b], *group.at[opposite]], new)
                if m.facts.size(result) <= m.facts.size(m.node):
                    return Shortened(result, CIRCULAR, u, ((a, b), opposite))
    return None


def fourth_powers_not_zero(m: Match) -> Iterator[Expression]:
    """Sine or cosine are not zero where one of them stands below a line, written or not."""
    found = _fourth_powers(m)
    if found is not None:
        yield from _conditions(found)


def difference_is_one(m: Match) -> Expression | None:
    """cos(x)^4 - sin(x)^4  →  1, which is wrong"""
    return ONE if _fourth_powers(m) is not None else None


def one_neighbour_less(m: Match) -> Expression | None:
    """sin(x)^2 + cos(x)^2  →  1,   1 + tan(x)^2  →  sec(x)^2"""
    found = shortest(m, CIRCULAR, _one_less(1))
    return None if found is None else found.result


def one_hyperbolic_neighbour_less(m: Match) -> Expression | None:
    """cosh(x)^2 - sinh(x)^2  →  1,   1 - tanh(x)^2  →  sech(x)^2"""
    found = shortest(m, HYPERBOLIC, _one_less(-1))
    return None if found is None else found.result


def double_angle(m: Match) -> Expression | None:
    """cos(x)^2 - sin(x)^2  →  cos(2*x),   1 - 2*sin(x)^2  →  cos(2*x)"""
    found = shortest(m, CIRCULAR, _double_argument(1))
    return None if found is None else found.result


def double_hyperbolic_argument(m: Match) -> Expression | None:
    """cosh(x)^2 + sinh(x)^2  →  cosh(2*x)"""
    found = shortest(m, HYPERBOLIC, _double_argument(-1))
    return None if found is None else found.result


def not_zero(sign: int, candidates: Candidates) -> Callable[[Match], Iterator[Expression]]:
    """Sine or cosine are not zero where one of them stands below a line, written or not."""
    family = CIRCULAR if sign > 0 else HYPERBOLIC

    def relations(m: Match) -> Iterator[Expression]:
        found = shortest(m, family, candidates)
        if found is not None:
            yield from _conditions(found)

    relations.__doc__ = not_zero.__doc__
    return relations


def _conditions(found: Shortened) -> Iterator[Expression]:
    for i in (0, 1):
        if any(p[i] < 0 for p in found.points):
            yield equation(call(found.family[i], found.u), "!=", ZERO)


def squares_forgotten(m: Match) -> Expression | None:
    """1 - sin(x)^2  →  cos(x),   forgetting the square, which is wrong"""
    right = one_neighbour_less(m) or one_hyperbolic_neighbour_less(m)
    return right.arguments[0] if type(right) is Power else None


def ones_for_difference(m: Match) -> Expression | None:
    """cos(x)^2 - sin(x)^2  →  1, which is wrong"""
    return ONE if double_angle(m) is not None else None


def sign_of_the_circle(m: Match) -> Expression | None:
    """1 - tanh(x)^2  →  -sech(x)^2, as if cosh^2 + sinh^2 were 1, which is wrong"""
    right = one_hyperbolic_neighbour_less(m)
    return None if right is None or right == ZERO else negation(right)


PYTHAGORAS = Rule(
    "trigonometry.pythagoras", "?u + ??rest", one_neighbour_less, assumes=not_zero(1, _one_less(1)), within=CIRCULAR,
    mistakes=(Mistake("square-of-function-forgotten", squares_forgotten),),
    examples=(
        ("sin(x)^2 + cos(x)^2", "1"), ("1 - sin(x)^2", "cos(x)^2"), ("1 + tan(x)^2", "sec(x)^2"),
        ("sec(x) - tan(x)*sin(x)", "cos(x)"),
        ("sin(a)^2*sin(b)^2 + cos(b)^2*sin(a)^2 + cos(a)^2", "sin(a)^2 + cos(a)^2"),
        ("5*cos(x)^2 + 5*sin(x)^2 + y", "5 + y"), ("csc(x)^2 - 1/tan(x)^2", "1"),
        ("sin(x)^2 + cos(y)^2", None), ("1 + sin(x)^2", None), ("sin(x) + cos(x)", None),
    ),
)  # fmt: skip
FOURTH_POWERS = Rule(
    "trigonometry.fourth-powers", "?u + ??rest", fourth_powers, assumes=fourth_powers_not_zero, within=CIRCULAR,
    mistakes=(Mistake("difference-of-fourth-powers-is-one", difference_is_one),),
    examples=(
        ("cos(x)^4 - sin(x)^4", "cos(x)^2 - sin(x)^2"), ("2*sin(x)^4 - 2*cos(x)^4", "2*sin(x)^2 - 2*cos(x)^2"),
        ("cos(x)^4 + sin(x)^4", None), ("cos(x)^4 - sin(y)^4", None),
    ),
)  # fmt: skip
DOUBLE_ANGLE = Rule(
    "trigonometry.double-angle", "?u + ??rest", double_angle, assumes=not_zero(1, _double_argument(1)), within=CIRCULAR,
    mistakes=(Mistake("difference-of-squares-is-one", ones_for_difference),),
    examples=(
        ("cos(x)^2 - sin(x)^2", "cos(2*x)"), ("1 - 2*sin(3*x)^2", "cos(6*x)"), ("cos(x)^2 - sin(y)^2", None),
        ("4*cos(x)^2 - sin(x)^2", None), ("1 + 2*cos(x)^2", None), ("cos(x)^4 - 2*cos(x)^2 + 1", None),
        ("cot(x)^2*csc(x)^2 - csc(x)^2", None),
    ),
)  # fmt: skip
HYPERBOLIC_PYTHAGORAS = Rule(
    "hyperbolic.pythagoras", "?u + ??rest", one_hyperbolic_neighbour_less, assumes=not_zero(-1, _one_less(-1)),
    within=HYPERBOLIC,
    mistakes=(Mistake("sign-of-the-circle", sign_of_the_circle),),
    examples=(
        ("cosh(x)^2 - sinh(x)^2", "1"), ("1 - tanh(x)^2", "sech(x)^2"), ("coth(x)^2 - 1/sinh(x)^2", "1"),
        ("1 + sinh(x)^2", "cosh(x)^2"), ("1 + tanh(x)^2", None),
    ),
)  # fmt: skip
HYPERBOLIC_DOUBLE = Rule(
    "hyperbolic.double-argument", "?u + ??rest", double_hyperbolic_argument,
    assumes=not_zero(-1, _double_argument(-1)), within=HYPERBOLIC,
    examples=(("cosh(x)^2 + sinh(x)^2", "cosh(2*x)"), ("cosh(x)^2 + sinh(y)^2", None)),
)  # fmt: skip

SQUARES = (DOUBLE_ANGLE, HYPERBOLIC_DOUBLE, PYTHAGORAS, HYPERBOLIC_PYTHAGORAS, FOURTH_POWERS)
