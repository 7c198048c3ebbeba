"""Points: does a step change the value, and are the conditions neither too weak nor too strong?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb

from derive.errors import DeriveError
from derive.expressions import Equation, Expression, Power, postorder, symbols
from derive.numeric import NoValue, Undefined, ball, compare, holds
from derive.numeric.grid import Grid, apart
from derive.numeric.points import sample
from derive.trace import Derivation

POINTS = 24  # usual points looked at for the conditions
ROUND = tuple([Fraction(t) for t in "0 1 -1 2 -2 1/2 -1/2 3 -3 4 9".split()])
BITS = 128
SECONDS = 1.0


def value_defects(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """The first step that changes the value, where the conditions up to the end hold."""
    conditions = _single(d)
    last: Expression = d.problem
    for step in d.steps:
        state = d.states[step.index + 1]
        seen = compare(_value(last), _value(state), conditions=conditions, points=6, seconds=SECONDS)
        if seen.verdict == "different":
            where = ", ".join([f"{n} = {v}" for n, v in (seen.witness or {}).get("point", {}).items()])
            yield step.index, f"{step.rule} changes the value at {where}: {step.before} → {step.after}"
            return
        last = state


def too_weak(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """A point that the conditions allow, where the result has a value and the problem certainly none, or another."""
    if d.outcome != "done":
        return
    for point in _points(d):
        if not _allowed(d, point):
            continue
        result = _at(d.result, point)
        if result is None:
            continue
        problem = _at(d.problem, point)
        if problem is Undefined:
            yield None, f"at {_said(point)} the conditions hold, and the problem has no value"
            return
        if problem is not None and result is not Undefined and apart(problem, result):
            yield None, f"at {_said(point)} the conditions hold, and the values differ"
            return


def too_strong(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """A point that one condition alone forbids without need: problem and result have the same value there."""
    if d.outcome != "done":
        return
    sure = [c for c in d.conditions if not c.enough and len(c.alternatives) == 1]
    for condition in sure:
        others = [c.alternatives[0] for c in d.conditions if c is not condition and len(c.alternatives) == 1]
        for point in _points(d):
            if _holds(condition.alternatives[0], point) is not False:
                continue
            if not all([_holds(o, point) for o in others]) or not _by_agreement(d.problem, point):
                continue
            problem, result = _at(d.problem, point), _at(d.result, point)
            if _is_value(problem) and _is_value(result) and not apart(problem, result):
                yield None, f"{condition} forbids {_said(point)}, where nothing goes wrong"
                break


def _by_agreement(problem: Expression, point: dict[str, Fraction]) -> bool:
    """Whether every power with a letter in its exponent has a positive base: u^v is e^(v ln u).

    The judge, to whom the exponent is a number, gives x^y a value at x = 0, y = 2; nobody differentiates it there.
    """
    for e in postorder(_value(problem)):
        if isinstance(e, Power) and symbols(e.exponent):
            base = _at(e.base, point)
            if type(base) is arb and not base > 0:
                return False
    return True


def _points(d: Derivation) -> Iterator[dict[str, Fraction]]:
    names = tuple(sorted(symbols(_value(d.problem)) | symbols(_value(d.result))))
    if not names:
        yield {}
        return
    yield from sample(names, POINTS)
    for value in ROUND:
        for k, name in enumerate(names[:3]):
            point = {n: Fraction(3, 7) + j for j, n in enumerate(names)}
            point[name] = value
            yield point
            if not k:
                yield dict.fromkeys(names, value)


def _allowed(d: Derivation, point: dict[str, Fraction]) -> bool:
    return all([any([_holds(a, point) for a in c.alternatives]) for c in d.conditions])


def _holds(relation: Expression, point: dict[str, Fraction]) -> bool | None:
    try:
        return holds(relation, point) if isinstance(relation, Equation) else None
    except (DeriveError, NoValue):
        return None


def _at(e: Expression, point: dict[str, Fraction]) -> Any:
    """The value; Undefined where there certainly is none; None where it is not known."""
    try:
        return ball(_value(e), point, BITS)
    except Undefined:
        return Undefined
    except (NoValue, DeriveError):
        return None


def _is_value(value: Any) -> bool:
    return type(value) in (arb, Grid)


def _value(e: Expression) -> Expression:
    """Of y = u, the value of u."""
    return e.arguments[1] if isinstance(e, Equation) else e


def _single(d: Derivation) -> list[Expression]:
    return [c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1]


def _said(point: dict[str, Fraction]) -> str:
    return ", ".join([f"{name} = {value}" for name, value in point.items()])
