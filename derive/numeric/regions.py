"""Points close to and between the places where a formula changes: zeros in |·|, √, ln, and the edges of pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise

from flint import arb

from derive.expressions import (
    ONE, Call, Equation, Expression, Negation, Number, Power, Product, Quotient, Symbol, integer_value, negation,
    rational_value, sum_of,
)  # fmt: skip
from derive.numeric.points import Place, dyadic, grid, lines
from derive.numeric.program import Inputs, Program
from derive.numeric.signals import NoValue

KINKS = frozenset("abs sign relu".split())
ROOTS = frozenset("sqrt cbrt root".split())
ZERO_EDGE = frozenset("ln log asech acsch coth csch mod".split())
ONE_EDGE = frozenset("asin acos atanh acoth acosh asec acsc asech".split())
MAX_CRITICAL = 8  # arguments scanned; textbook inputs have at most 3 that are not bare variables
_CHANGING = frozenset((Call, Power, Equation))
STRIDE = 3  # of the grid, when time is short: 14 values along a line
CLOSE = (Fraction(1, 1 << 5), Fraction(1, 1 << 9))
HALVINGS = 18  # of a step of the grid, whose places are multiples of 2^-12
FINE = 12 + HALVINGS
NEARLY = 1 << FINE - 11  # a quarter of what is close
BETWEEN = (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(1, 8), Fraction(7, 8), Fraction(3, 8))


def kinks(nodes: Iterable[Expression]) -> list[Expression]:
    """Expressions whose change of sign may change the formula; bare variables are left to the usual points."""
    return _arguments(nodes, _kinks)


def edges(nodes: Iterable[Expression]) -> list[Expression]:
    """Expressions whose change of sign may be the edge of a domain, beyond the kinks."""
    return _arguments(nodes, _edges)


def _arguments(nodes: Iterable[Expression], choose: Callable[[Expression], Iterator[Expression]]) -> list[Expression]:
    found: dict[Expression, None] = {}
    for node in nodes:
        if type(node) in _CHANGING:
            for e in choose(node):
                for factor in _factors(e):
                    found[factor] = None
    return list(found)[:MAX_CRITICAL]


def _factors(e: Expression) -> list[Expression]:
    """What changes sign where e does: the factors that are not bare variables or numbers, without their powers."""
    found: list[Expression] = []
    stack = [e]
    while stack and len(found) < MAX_CRITICAL:
        e = stack.pop()
        kind = type(e)
        if kind is Product or kind is Quotient or kind is Negation:
            stack.extend(e.arguments[:MAX_CRITICAL])
        elif kind is Power and integer_value(e.arguments[1]) is not None:
            stack.append(e.arguments[0])
        elif kind is not Symbol and kind is not Number:
            found.append(e)
    return found


def _kinks(node: Expression) -> Iterator[Expression]:
    kind = type(node)
    if kind is Call:
        u = node.arguments[0]
        if node.label in KINKS or (node.label in ROOTS and u.depth > 2):
            yield u
        elif node.label == "min" or node.label == "max":
            for other in node.arguments[1:]:
                yield sum_of((u, negation(other)))
    elif kind is Power:
        base, exponent = node.arguments
        q = rational_value(exponent)
        if base.depth > 2 and (q is None or q.denominator != 1):
            yield base
    elif kind is Equation:
        yield sum_of((node.arguments[0], negation(node.arguments[1])))


def _edges(node: Expression) -> Iterator[Expression]:
    kind = type(node)
    if kind is Call:
        u = node.arguments[0]
        if node.label in ZERO_EDGE or node.label in ROOTS:
            yield u
        if node.label in ONE_EDGE:
            yield sum_of((u, ONE))
            yield sum_of((u, negation(ONE)))
    elif kind is Power:
        q = rational_value(node.arguments[1])
        if q is None or q.denominator != 1:
            yield node.arguments[0]


def compiled(critical: Iterable[Expression], names: Sequence[str]) -> list[Program]:
    """Those of the expressions that have values in these letters: not what a limit or an integral binds."""
    programs = []
    for e in critical:
        try:
            program = Program(e)
        except NoValue:
            continue
        if program.symbols <= set(names):
            programs.append(program)
    return programs


def one_sided(programs: Iterable[Program], places: Sequence[Place]) -> list[Program]:
    """Those of which these points do not show both signs."""
    found = []
    for program in programs:
        seen: set[int | None] = set()
        for place in places:
            seen.add(_sign(program, Inputs.at(place)))
            if {1, -1} <= seen:
                break
        else:
            found.append(program)
    return found


def region_points(programs: Sequence[Program], names: tuple[str, ...], quick: bool = False) -> list[Place]:
    """Points on both sides of each sign change found along some lines, and between neighbouring ones.

    quick  along one line for each variable, in wider strides
    """
    points: list[Place] = []
    for base, name in lines(names, 1 if quick or len(names) == 1 else 2):
        zeros: list[Fraction] = []
        along = _Along(base, name)
        for program in programs:
            if name in program.symbols:
                zeros += _sign_changes(program, along, STRIDE if quick else 1)
        zeros = sorted(set(zeros))[:24]
        for a, b in pairwise(zeros):
            if 0 < b - a < 1:
                bits = 12
                while Fraction(32, 1 << bits) > b - a:
                    bits += 4
                points += [base | {name: dyadic(a + (b - a) * part, bits)} for part in BETWEEN]
        for z in zeros:
            for d in CLOSE:
                points.append(base | {name: dyadic(z - d, 14)})
                points.append(base | {name: dyadic(z + d, 14)})
    return points


class _Along(Inputs):
    """The inputs along a line: one coordinate moves; its exact value, for which few ask, is made for them."""

    __slots__ = ("name", "others", "place", "unit")

    def __init__(self, base: Place, name: str) -> None:
        super().__init__(base)
        self.name, self.place, self.unit = name, 0, arb(2) ** -FINE

    def at_place(self, n: int) -> _Along:
        """The same inputs, with the coordinate in units of 2^-FINE."""
        self.place = n
        self[self.name] = arb(n) * self.unit
        return self

    @property
    def exact(self) -> dict[str, Fraction]:
        return self.others | {self.name: Fraction(self.place, 1 << FINE)}

    @exact.setter
    def exact(self, known: dict[str, Fraction]) -> None:
        self.others = known


def _sign(program: Program, inputs: Inputs) -> int | None:
    try:
        value = program.value(inputs)
    except NoValue:
        return None
    if type(value) is not arb:
        return None
    return 1 if value > 0 else -1 if value < 0 else None


def _sign_changes(program: Program, along: _Along, stride: int = 1, most: int = 4) -> list[Fraction]:
    """Places where the sign changes, or the value begins or ends, by bisection to 2^-18 of the grid's step.

    In wide strides as far as points CLOSE to the place need it.
    """

    def sign(n: int) -> int | None:
        return _sign(program, along.at_place(n))

    found: list[Fraction] = []
    near = 0 if stride == 1 else NEARLY
    places = _fine_grid()
    low, left = places[0], sign(places[0])
    for end in (*places[stride:-1:stride], places[-1]):
        high, right = end, sign(end)
        if right != left:
            for _ in range(HALVINGS):
                if high - low < near:
                    break
                middle = (low + high) >> 1
                if sign(middle) == left:
                    low = middle
                else:
                    high = middle
            found.append(dyadic(Fraction(high, 1 << FINE), 26))
            if len(found) >= most:
                break
        low, left = end, right
    return found


@cache
def _fine_grid() -> tuple[int, ...]:
    """The places of the grid in units of 2^-FINE: halving integers takes a tenth of halving fractions."""
    return tuple([int(q * (1 << FINE)) for q in grid()])
