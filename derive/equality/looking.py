"""Points at which people look: whole numbers and simple fractions, where values can be told apart at sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from derive.equality.verdicts import Side
from derive.expressions import Expression
from derive.numeric.exact import exact_value
from derive.numeric.grid import Grid
from derive.numeric.points import Place
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program
from derive.numeric.signals import NoValue, Undefined

SIMPLE = tuple([Fraction(s) for s in "2 3 -1 1/2 1 0 -2 5 -1/2 1/3 2/3 4 -3 10 1/10 -10 7 -2/3 100".split()])
LARGE = 3000  # operations of a program that is looked at in three points only
BITS = 192
DIGITS = 10  # of a value that is shown, more where the two would look alike
MOST_DIGITS = 200
FINE = 1024  # bits, where values look alike: x and x + 1e-100


class Look:
    """What simple points show about two expressions: where they differ, agree, or only one has a value.

    different  a place at which both have values, certainly not the same
    lacking    "left" or "right" → a place at which that one certainly has no value, and the other has one
    """

    def __init__(self, left: Expression, right: Expression, given: Sequence[Expression] = ()) -> None:
        self.left, self.right = left, right
        self.agreed = 0
        self.different: Place | None = None
        self.lacking: dict[Side, Place] = {}
        with working(BITS):
            self.programs = Program(left), Program(right)
            self.given = [Program(c) for c in given]
            self.names = tuple(sorted(frozenset().union(*[p.symbols for p in (*self.programs, *self.given)])))
            size = sum([len(p.steps) for p in self.programs])
            for place in simple_places(self.names, 3 if size > LARGE else len(SIMPLE)):
                if self.at(place):
                    return

    def at(self, place: Place) -> bool:
        """Look at one place; True when the values there certainly differ. Within a `working` block."""
        inputs = Inputs(place)
        if not all([_value(c, inputs) is True for c in self.given]):
            return False
        a, b = (_value(p, inputs) for p in self.programs)
        if isinstance(a, NoValue) or isinstance(b, NoValue):
            if isinstance(a, Undefined) and not isinstance(b, NoValue):
                self.lacking.setdefault("left", place)
            if isinstance(b, Undefined) and not isinstance(a, NoValue):
                self.lacking.setdefault("right", place)
            return False
        same = agree(a, b)
        if same is False:
            self.different = place
            return True
        self.agreed += same is True
        return False

    def values(self, place: Place) -> tuple[str, str]:
        """Both values at a place as text: exact where they are rational, else so many digits that they differ."""
        exact = [exact_value(e, {}, place) for e in (self.left, self.right)]
        for bits in (BITS, FINE):
            with working(bits):
                found = [_value(p, Inputs(place)) for p in self.programs]
            digits = DIGITS
            while digits <= min(MOST_DIGITS, bits // 4):
                shown = [_shown(v, q, digits) for v, q in zip(found, exact, strict=True)]
                if shown[0] != shown[1]:
                    return shown[0], shown[1]
                digits += DIGITS
        return shown[0], shown[1]


def simple_places(names: tuple[str, ...], most: int) -> Iterator[Place]:
    """x = 2, then x = 3, …; of several letters, each has another value: x = 2, y = 3."""
    if not names:
        yield {}
        return
    for k in range(most):
        yield {name: SIMPLE[(k + i * (1 + k // 3)) % len(SIMPLE)] for i, name in enumerate(names)}


def agree(a: Any, b: Any) -> bool | None:
    """False where two values certainly differ, True where they agree closely, None where that is not decided."""
    if isinstance(a, Grid) or isinstance(b, Grid):
        if not (isinstance(a, Grid) and isinstance(b, Grid)) or (a.columns, a.rows) != (b.columns, b.rows):
            return False
        verdicts = [agree(x, y) for x, y in zip(a.entries, b.entries, strict=True)]
        return False if False in verdicts else None if None in verdicts else True
    if isinstance(a, arb) and isinstance(b, arb):
        difference = a - b
        if difference != 0:
            return False
        return True if difference.abs_upper() <= (1 + a.abs_upper()) * arb(2) ** -100 else None
    return None if a is None or b is None else a is b


def _value(program: Program, inputs: Inputs) -> Any:
    try:
        return program.value(inputs)
    except NoValue as failure:
        return failure


def _shown(value: Any, exact: Fraction | None, digits: int) -> str:
    if exact is not None and len(str(exact)) <= 2 * DIGITS:
        return str(exact)
    if isinstance(value, Grid):
        rows = [value.entries[i : i + value.columns] for i in range(0, len(value.entries), value.columns)]
        return "[" + "; ".join([", ".join([_shown(v, None, digits) for v in row]) for row in rows]) + "]"
    if not isinstance(value, arb):
        return str(value)
    text = str(value.str(digits, radius=False))
    mantissa, e, exponent = text.partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + exponent
