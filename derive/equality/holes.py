"""Where one of two expressions has a value and the other has none: at the edges of what each of them needs.

x/x needs x != 0, and 1 does not: at x = 0 only 1 has a value. The place is worked out exactly where it is a rational
number; else a change of sign proves that there is one, and a ball around it that the other expression is defined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq, fmpq_poly

from derive.equality.looking import BITS, SIMPLE, Look
from derive.equality.verdicts import Side
from derive.expressions import (
    Equation, Expression, negation, rational, replace_all, sum_of, symbol, symbols,
)  # fmt: skip
from derive.equality.identity import one_letter
from derive.numeric.points import grid
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program
from derive.numeric.signals import NoValue
from derive.rules import Facts, domain, status
from derive.rules.simplest import implied, simplest

CONDITIONS = 12  # of one expression that are looked at; textbook answers have 4 at most
NODES = 2000  # distinct ones of an expression whose conditions are worked out
HALVINGS = 60
REACH = 13  # how far from 0 a change of sign is looked for


def extra_conditions(left: Expression, right: Expression) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """What left needs and right does not, and the other way round; relations without alternatives only."""
    mine, its = _needs(left), _needs(right)
    return _without(mine, its), _without(its, mine)


def find_holes(look: Look, extra: tuple[tuple[Expression, ...], tuple[Expression, ...]]) -> dict[Side, dict[str, str]]:
    """Side that lacks a value → such a place as text, among the edges of the extra conditions."""
    found: dict[Side, dict[str, str]] = {}
    sides: tuple[tuple[Side, int], ...] = (("left", 0), ("right", 1))
    with working(BITS):
        for side, k in sides:
            for r in extra[k][:CONDITIONS]:
                if side not in look.lacking and side not in found:
                    near = _hole(r, look, side, look.programs[1 - k])
                    if near is not None:
                        found[side] = near
    return found


def _hole(r: Expression, look: Look, side: Side, other: Program) -> dict[str, str] | None:
    """A place where relation r just fails; exact ones are left to `look`."""
    edge = sum_of((r.arguments[0], negation(r.arguments[1])))
    letters = sorted(symbols(edge) & set(look.names))
    for x in letters[:2]:
        rest = {name: SIMPLE[i % 4] for i, name in enumerate(n for n in look.names if n != x)}
        along = replace_all(edge, {symbol(name): rational(q) for name, q in rest.items()})
        for q in _rational_zeros(along, x):
            look.at(dict(sorted((rest | {x: q}).items())))
            if side in look.lacking:
                return None
        near = _proved_zero(along, x, rest, other, look.given) if r.label == "!=" else None
        if near is not None:
            return dict(sorted(({name: str(q) for name, q in rest.items()} | {x: near}).items()))
    return None


def _rational_zeros(e: Expression, x: str) -> Iterator[Fraction]:
    coefficients = one_letter(e, x)
    if coefficients is None or len(coefficients) > 30:
        return
    _, factors = fmpq_poly(coefficients).factor()
    for factor, _ in factors:
        if factor.degree() == 1:
            q = -factor[0] / factor[1]
            yield Fraction(int(q.p), int(q.q))


def _proved_zero(
    e: Expression, x: str, rest: dict[str, Fraction], other: Program, given: Sequence[Program]
) -> str | None:
    """Six digits of a place where e changes sign and is continuous, the conditions hold and the other has a value."""
    try:
        program = Program(e)
    except NoValue:
        return None
    for low, high in _intervals():
        at_low, at_high = (_sign(program, x, _exactly(q)) for q in (low, high))
        if not at_low or at_high != -at_low:
            continue
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            m = _sign(program, x, _exactly(middle))
            if not m:
                break
            low, high = (low, middle) if m == at_high else (middle, high)
        ball = _exactly((low + high) / 2).union(_exactly(low)).union(_exactly(high))
        around = {**Inputs(rest), x: ball}
        if _has_value(program, {x: ball}) and _has_value(other, around) and all([_holds(c, around) for c in given]):
            return f"≈ {float((low + high) / 2):.6g}"
    return None


def _intervals() -> list[tuple[Fraction, Fraction]]:
    """Neighbouring places on a line, those close to 0 first, the positive ones before the negative ones."""
    pairs = [(a, b) for a, b in pairwise(grid()) if abs(a) < REACH]
    return sorted(pairs, key=lambda p: (abs(p[0] + p[1]), -p[0]))


def _exactly(q: Fraction) -> arb:
    return arb(fmpq(q.numerator, q.denominator))


def _sign(program: Program, x: str, value: arb) -> int:
    try:
        found = program.value({x: value})
    except NoValue:
        return 0
    return (1 if found > 0 else -1 if found < 0 else 0) if type(found) is arb else 0


def _has_value(program: Program, point: dict[str, arb]) -> bool:
    """Whether there is a value on the whole ball."""
    try:
        return type(program.value(point)) is arb
    except NoValue:
        return False


def _holds(condition: Program, point: dict[str, arb]) -> bool:
    try:
        return condition.value(point) is True
    except NoValue:
        return False


def _needs(e: Expression) -> list[Expression]:
    facts = Facts()
    found: dict[Expression, None] = {}
    for _, alternatives in domain(e):
        if len(alternatives) == 1 and isinstance(alternatives[0], Equation):
            for r in simplest(alternatives[0], facts):
                if status(facts, r) is None:  # of 0^x, 0 > 0 says nothing: it has values
                    found[r] = None
    return list(found)


def _without(mine: list[Expression], its: list[Expression]) -> tuple[Expression, ...]:
    return tuple([r for r in mine if r not in its and not implied(r, its)])
