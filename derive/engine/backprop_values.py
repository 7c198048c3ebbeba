"""The numbers of a sweep: exact rationals as far as rules of arithmetic give them, enclosures beyond that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb

from derive.engine.vectors import variable_name
from derive.errors import DomainError, UsageError
from derive.expressions import Call, Expression, Symbol, fold, make, rational, rational_value, symbols
from derive.numeric.evaluation import coordinate
from derive.numeric.exact import exact_value
from derive.numeric.program import Inputs, Program, ball_of
from derive.numeric.rounding import to_decimal
from derive.numeric.signals import AtPole, NoValue, Unsure
from derive.rules import Facts, apply
from derive.rules.powers import VALUE

Given: TypeAlias = "str | int | float | Fraction | Decimal"
"""What may be given as the value of a letter: 2, "1/3", "0.1", "pi/4", a Fraction."""
Number: TypeAlias = "Fraction | Any"
"""A Fraction is exact, a ball (arb) encloses the value."""
Exact: TypeAlias = "Fraction | Decimal"


class Ledger:
    """The values of letters and of the parts that were entered so far, by their names."""

    def __init__(self, point: Mapping[str, Fraction | Expression], bits: int, *, last: bool) -> None:
        """`last`: there is no higher precision to try; a value that cannot be told from 0 is 0 then."""
        self.bits = bits
        self.last = last
        self.numbers: dict[str, Number] = {}
        for name, value in point.items():
            self.numbers[name] = self.worked(value, name) if isinstance(value, Expression) else value

    def worked(self, e: Expression, name: str) -> Number:
        """The value of e, in which letters and names stand; DomainError, with `name`, where it has none."""
        letters = symbols(e)
        here = {x: self.numbers[x] for x in letters}
        exact = _exact(e, here)
        if exact is not None:
            return exact
        try:
            found = Program(e).value(Inputs(here))
        except Unsure as unsure:
            if not self.last:
                raise
            kind = "no real value" if isinstance(unsure, AtPole) else "no decided value"
            raise DomainError(f"{kind} of {name}: {unsure}") from unsure
        except NoValue as reason:
            raise DomainError(f"no real value of {name}: {reason}") from reason
        if type(found) is not arb:
            raise DomainError(f"{name} is not a number")
        return found

    def holds(self, relation: Expression) -> bool | None:
        """Whether a relation between values holds; None where that is not decided."""
        try:
            verdict = Program(relation).value(Inputs({x: self.numbers[x] for x in symbols(relation)}))
        except NoValue:
            return None
        return verdict if isinstance(verdict, bool) else None

    def rounded(self, value: Number, digits: int) -> Exact:
        """An exact value as it is, another as a decimal with that many right digits; Unsure where they are not sure."""
        if isinstance(value, Fraction):
            return value
        found = to_decimal(value, digits)
        if found is not None:
            return found
        if self.last and value.abs_upper() < arb(2) ** -(self.bits // 2):
            return Decimal(0)
        raise Unsure("its digits are not decided")


def product(a: Number, b: Number) -> Number:
    return a * b if isinstance(a, Fraction) and isinstance(b, Fraction) else _ball(a) * _ball(b)


def total(values: Sequence[Number]) -> Number:
    whole: Number = Fraction(0)
    for v in values:
        whole = whole + v if isinstance(whole, Fraction) and isinstance(v, Fraction) else _ball(whole) + _ball(v)
    return whole


def point_given(at: Mapping[str, Given] | str) -> dict[str, Given]:
    """ "x = 1, y = pi/4"  →  {"x": "1", "y": "pi/4"}; a float is the decimal typed; UsageError for others."""
    if not isinstance(at, str):
        return {x: Decimal(repr(v)) if isinstance(v, float) else v for x, v in at.items()}
    pairs = [part.partition("=") for part in at.split(",")]
    if not all(name.strip() and value.strip() for name, _, value in pairs):
        raise UsageError(f"a point has a value for every letter, x = 1, y = 2, not {at!r}")
    return {name.strip(): value.strip() for name, _, value in pairs}


def coordinates(letters: Sequence[Expression], at: Mapping[str, Given]) -> dict[str, Fraction | Expression]:
    """A coordinate for every letter; UsageError for a letter without a value, or a value without a letter."""
    known = frozenset([str(x.label) for x in letters])
    point = {name if name in known else variable_name(name): coordinate(value) for name, value in at.items()}
    missing, strange = sorted(known - point.keys()), sorted(point.keys() - known)
    if strange:
        raise UsageError(f"{', '.join(strange)} does not occur in the function, which has {', '.join(sorted(known))}")
    if missing:
        raise UsageError(f"no value is given for {', '.join(missing)}")
    for name, value in point.items():
        if isinstance(value, Expression) and symbols(value):
            raise UsageError(f"the value of {name} is a number, not {value}")
    return point


def has_decimals(value: Given) -> bool:
    """Whether a value was given with a decimal point."""
    return isinstance(value, (float, Decimal)) or (isinstance(value, str) and "." in value)


def _ball(value: Number) -> Any:
    return ball_of(value) if isinstance(value, Fraction) else value


def _exact(e: Expression, point: Mapping[str, Number]) -> Fraction | None:
    """The exact value, where arithmetic and the known values of functions give one: cos(0) is 1."""
    known = {name: v for name, v in point.items() if isinstance(v, Fraction)}
    facts = Facts()

    def combined(node: Expression, values: list[Fraction | None]) -> Fraction | None:
        if type(node) is Symbol:
            return known.get(str(node.label))
        if not values:
            return exact_value(node, {})
        parts = [v for v in values if v is not None]
        if len(parts) < len(values):
            return None
        plain = make(type(node), tuple([rational(v) for v in parts]), node.label)
        value = exact_value(plain, {})
        if value is None and type(node) is Call:
            found = apply(VALUE, plain, facts)
            written = None if found is None else rational_value(found[0])
            value = None if written is None else Fraction(written)
        return value

    return fold(e, combined)
