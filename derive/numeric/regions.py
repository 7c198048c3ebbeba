"""Points close to and between the places where a formula changes: zeros of arguments of |·|, √, ln, and edges of pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.expressions import (
    Call, Equation, Expression, Negation, Number, ONE, Power, Symbol, integer_value, negation, postorder, rational_value,
    sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.numeric.points import Place, dyadic, grid, lines
from derive.numeric.program import Inputs, Program
from derive.numeric.signals import NoValue

ZERO_EDGE = frozenset("abs sign sqrt ln log cbrt root relu asech acsch coth csch mod".split())
ONE_EDGE = frozenset("asin acos atanh acoth acosh asec acsc asech".split())
MAX_CRITICAL = 8  # arguments scanned; textbook inputs have at most 3 that are not bare variables
CLOSE = (Fraction(1, 1 << 5), Fraction(1, 1 << 9))


def critical_arguments(roots: tuple[Expression, ...]) -> list[Expression]:
    """Expressions whose change of sign may change the formula; bare variables are left to the usual points."""
    found: dict[Expression, None] = {}
    for root in roots:
        for node in postorder(root):
            for e in _edges(node):
                if type(e) is Power and (integer_value(e.arguments[1]) or 1) % 2 == 0:
                    e = e.arguments[0]
                while type(e) is Negation:
                    e = e.arguments[0]
                if type(e) not in (Symbol, Number):
                    found[e] = None
    return list(found)[:MAX_CRITICAL]


def _edges(node: Expression) -> Iterator[Expression]:
    kind = type(node)
    if kind is Call and isinstance(node.label, str) and node.label in FUNCTIONS:
        u = node.arguments[0]
        if node.label in ZERO_EDGE:
            yield u
        if node.label in ONE_EDGE:
            yield sum_of((u, ONE))
            yield sum_of((u, negation(ONE)))
        if node.label in ("min", "max"):
            for other in node.arguments[1:]:
                yield sum_of((u, negation(other)))
    elif kind is Power:
        base, exponent = node.arguments
        q = rational_value(exponent)
        if q is None or q.denominator != 1:
            yield base
    elif kind is Equation:
        yield sum_of((node.arguments[0], negation(node.arguments[1])))


def region_points(critical: list[Expression], names: tuple[str, ...]) -> list[Place]:
    """Points on both sides of each sign change found along some lines, and between neighbouring ones."""
    points: list[Place] = []
    programs: list[Program] = []
    for e in critical:
        try:
            programs.append(Program(e))
        except NoValue:
            continue
    for base, name in lines(names, 1 if len(names) == 1 else 2):
        zeros: list[Fraction] = []
        for program in programs:
            if name in program.symbols:
                zeros += _sign_changes(_sign_along(program, base, name))
        zeros = sorted(set(zeros))[:24]
        for a, b in zip(zeros, zeros[1:], strict=False):
            if 0 < b - a < 1:
                middle, bits = (a + b) / 2, 12
                while Fraction(4, 1 << bits) > b - a:
                    bits += 4
                points.append(base | {name: dyadic(middle, bits)})
        for z in zeros:
            for d in CLOSE:
                points.append(base | {name: dyadic(z - d, 14)})
                points.append(base | {name: dyadic(z + d, 14)})
    return points


def _sign_along(program: Program, base: Place, name: str) -> Callable[[Fraction], int | None]:
    inputs = Inputs(base)

    def sign(q: Fraction) -> int | None:
        point = Inputs({name: q})
        inputs[name] = point[name]
        inputs.exact[name] = q
        try:
            value = program.value(inputs)
        except NoValue:
            return None
        return 1 if value > 0 else -1 if value < 0 else None

    return sign


def _sign_changes(sign: Callable[[Fraction], int | None], most: int = 4) -> list[Fraction]:
    """Places where the sign changes, or the value begins or ends, by bisection to 2^-20 of the grid's step."""
    found: list[Fraction] = []
    previous: tuple[Fraction, int | None] | None = None
    for q in grid():
        s = sign(q)
        if previous is not None and s != previous[1]:
            low, high, left = previous[0], q, previous[1]
            for _ in range(20):
                middle = (low + high) / 2
                if sign(middle) == left:
                    low = middle
                else:
                    high = middle
            found.append(dyadic(high, 26))
            if len(found) >= most:
                return found
        previous = (q, s)
    return found
