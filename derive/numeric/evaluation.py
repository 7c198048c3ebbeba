"""Values of expressions: rigorous balls, truth of relations, and correctly rounded decimals for users."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flint import arb

from derive.errors import DeriveError, DomainError, LimitError, UsageError
from derive.expressions import Equation, Expression, Symbol, put_in, rational, symbol
from derive.notation import parse
from derive.numeric.grid import Grid
from derive.numeric.instances import order_letters
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program
from derive.numeric.rounding import to_decimal, to_float
from derive.numeric.signals import AtPole, NotSmooth, Undefined, Unsure, Unsupported

MAX_DIGITS = 100_000  # 0.2 s for sin(1)
EXTRA_BITS = 16384  # beyond what the digits need; cancellations of people's formulas need under 1000


def ball(
    e: Expression,
    point: Mapping[str, Fraction | int | arb],
    precision: int = 128,
    functions: Mapping[str, Any] | None = None,
) -> Any:
    """An enclosure (arb) of the value of e at the point; Undefined, Unsure or Unsupported where there is none.

    A Matrix gives a Grid of enclosures, an Equation True, False or None. `functions` maps the name of an abstract
    function to its slots and body; others have random smooth bodies.
    """
    with working(precision):
        return Program(e, functions).value(Inputs(point))


def holds(e: Equation, point: Mapping[str, Fraction | int | arb], precision: int = 128) -> bool | None:
    """Whether a relation holds at the point: None where it is undefined or not decided."""
    try:
        verdict = ball(e, point, precision)
    except (Undefined, Unsure, Unsupported):
        return None
    return verdict if isinstance(verdict, bool) else None


def evaluate(
    e: Expression | str, point: Mapping[str, str | int | float | Fraction | Decimal], digits: int | None = None
) -> float | Decimal:
    """The value of e, an expression or its text: a float, or with `digits` a Decimal with every digit right.

    DomainError where e has no value, UsageError for a missing variable, LimitError where the precision does not
    suffice. A value that cannot be told from 0 with 16,000 bits is 0; a pole that cannot be told from the point is one.
    """
    if digits is not None and not 1 <= digits <= MAX_DIGITS:
        raise LimitError(f"digits must be from 1 to {MAX_DIGITS}", limit="digits", value=MAX_DIGITS)
    if isinstance(e, str):
        e = parse(e)
    start = 80 if digits is None else int(digits * 3.33) + 40
    last = start + EXTRA_BITS
    coordinates = {name: coordinate(value) for name, value in point.items()}
    try:
        with working(start):
            program = Program(_counted(e, coordinates))
        coordinates = {_canonical(name, program.symbols): value for name, value in coordinates.items()}
        missing = sorted(program.symbols - coordinates.keys())
        if missing:
            raise UsageError(f"no value is given for {', '.join(missing)}")
        bits, reason, pole = start, "", False
        while bits <= last:
            with working(bits):
                try:
                    value = program.value(Inputs(_at_precision(coordinates)))
                    rounded = _rounded(value, digits)
                    if rounded is not None:
                        return rounded
                    if value.abs_upper() < arb(2) ** -(last // 4) and value.contains(0):
                        return 0.0 if digits is None else Decimal(0)
                    reason = "its digits are not decided"
                except Unsure as unsure:
                    reason, pole = str(unsure), isinstance(unsure, AtPole)
            bits *= 2
    except Undefined as undefined:
        raise DomainError(f"no real value here: {undefined}") from undefined
    except NotSmooth as corner:
        raise DomainError(f"no derivative here: {corner}") from corner
    except Unsupported as unsupported:
        raise DomainError(f"no numeric value: {unsupported}") from unsupported
    if pole:
        raise DomainError(f"no real value here: {reason}")
    raise LimitError(f"not decided with {bits // 2} bits: {reason}", limit="precision", value=last)


def _counted(e: Expression, coordinates: Mapping[str, Fraction | Expression]) -> Expression:
    """e with the bounds of its sums put in, where they are whole numbers: Σ_(k=1)^n x^k at n = 3."""
    table: dict[Expression, Expression] = {}
    for name in order_letters(e):
        value = coordinates.get(name)
        if isinstance(value, Fraction) and value.denominator == 1:
            table[symbol(name)] = rational(value)
    return put_in(e, table) if table else e


def coordinate(value: str | int | float | Fraction | Decimal) -> Fraction | Expression:
    """A coordinate as an exact rational, or as an expression for text such as `pi/2`."""
    if not isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, OverflowError) as error:
            raise UsageError(f"{value} is not a finite number") from error
    try:
        return Fraction(value.strip())
    except (ValueError, ZeroDivisionError):
        from derive.notation.parser import parse

        return parse(value)


def _canonical(name: str, known: frozenset[str]) -> str:
    """The name of the symbol that `name` is read as: `x1  →  x_1`."""
    if name in known:
        return name
    from derive.notation.parser import parse

    try:
        read = parse(name)
    except DeriveError:
        return name
    return str(read.label) if isinstance(read, Symbol) else name


def _at_precision(point: Mapping[str, Fraction | Expression]) -> dict[str, Fraction | int | arb]:
    return {name: Program(value).value({}) if isinstance(value, Expression) else value for name, value in point.items()}


def _rounded(value: Any, digits: int | None) -> float | Decimal | None:
    """The value rounded, when every number in the ball rounds to the same."""
    if isinstance(value, Grid) or not isinstance(value, arb):
        raise UsageError("only an expression with one real value has a decimal value")
    return to_float(value) if digits is None else to_decimal(value, digits)
