"""Conditions on letters that an integral or a sum binds: what they ask of the limits, or of every value on the way.

1/t ≠ 0 for every t from 1 to x  →  x > 0;   k! ≠ 0 for every k from 1 to n  →  nothing
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from derive.engine.agenda import Worked
from derive.expressions import (
    BINDERS, ZERO, Call, Equation, Expression, Integral, equation, integer_value, make, negation, postorder, product_of,
    rational_value, replace_all, sum_of,
)  # fmt: skip
from derive.rules import Facts, status
from derive.rules.simplest import simplest

Alternatives = tuple[Expression, ...]
MOST = 6  # integrals in integrals whose limits are asked for one after the other; books have two
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!=", "=": "="}


class Range(NamedTuple):
    """The values that a bound letter takes: every number from one end to the other, or in a sum the whole ones."""

    letter: Expression
    lower: Expression
    upper: Expression
    whole: bool


class Needed(NamedTuple):
    """Relations of which one has to hold, for every value on the way `along`."""

    alternatives: Alternatives
    along: Range | None = None


def ranges_at(worked: Worked, index: int | None, part: Expression) -> dict[Expression, list[Range]]:
    """The ranges of the letters that are bound around `part`: in the problem, or at step `index`."""
    found: dict[Expression, list[Range]] = {}
    for node in postorder(worked.problem):
        if type(node) in BINDERS and (index is not None or part in postorder(node.arguments[0])):
            _add(found, _range(node))
    if index is None:
        return found
    for r in worked.log[: index + 1]:
        new = [_range(n) for n in postorder(r.after) if type(n) in BINDERS] if _has_binder(r.after) else []
        if new:
            for old in [_range(n) for n in postorder(r.before) if type(n) in BINDERS]:
                if old not in new and old in found.get(old.letter, []):
                    found[old.letter].remove(old)
            for one in new:
                _add(found, one)
    return {letter: ranges for letter, ranges in found.items() if ranges}


def _has_binder(e: Expression) -> bool:
    return any(type(n) in BINDERS for n in postorder(e))


def _range(node: Expression) -> Range:
    return Range(node.arguments[1], node.arguments[2], node.arguments[3], type(node) is not Integral)


def _add(found: dict[Expression, list[Range]], one: Range) -> None:
    known = found.setdefault(one.letter, [])
    if one not in known:
        known.append(one)


def unbound(alternatives: Alternatives, ranges: dict[Expression, list[Range]], facts: Facts) -> Iterator[Needed]:
    """What relations about bound letters ask of the letters that are free."""
    waiting = [(alternatives, 0)]
    while waiting:
        relations, depth = waiting.pop(0)
        letter = next((x for x in ranges if any(facts.depends(a, x) for a in relations)), None)
        if letter is None or depth >= MOST:
            if letter is None:
                yield Needed(relations)
            continue
        for one in ranges[letter]:
            for needed in _at(relations, one, facts):
                if needed.along is not None:
                    yield needed
                else:
                    waiting.append((needed.alternatives, depth + 1))


def _at(alternatives: Alternatives, r: Range, facts: Facts) -> Iterator[Needed]:
    """The relations for every value of one letter."""
    known = Facts.given(_known(r))
    left: list[Expression] = []
    for a in alternatives:
        a = _of_whole(a, r)
        holds = status(known, a)
        if holds is True:
            return
        if holds is None:
            left.append(a)
    free = [a for a in left if not facts.depends(a, r.letter)]
    if free:  # enough, whatever the letter is
        yield Needed(tuple(free))
        return
    if not left:
        yield Needed((equation(ZERO, "!=", ZERO),))
        return
    if len(left) > 1:
        yield Needed(tuple(left), r)
        return
    for relation in simplest(left[0], known):
        if status(known, relation) is not True:
            yield from _on_ends(relation, r, facts)


def _known(r: Range) -> list[Expression]:
    """What is known of the letter when the ends are numbers: t >= 0, t <= 1."""
    low, high = rational_value(r.lower), rational_value(r.upper)
    first, last = r.lower, r.upper
    if not r.whole and (low is None or high is None):
        return []
    if not r.whole and low is not None and high is not None and high < low:
        first, last = last, first
    ends = ((first, ">=", low), (last, "<=", high))
    return [equation(r.letter, sign, end) for end, sign, value in ends if value is not None]


def _of_whole(a: Expression, r: Range) -> Expression:
    """floor(k) is k for the index of a sum."""
    return replace_all(a, {make(Call, (r.letter,), "floor"): r.letter}) if r.whole else a


def _on_ends(relation: Expression, r: Range, facts: Facts) -> Iterator[Needed]:
    """t > 0 for every t from 1 to x  →  x > 0;   t != 0  →  both ends on the same side."""
    if type(relation) is not Equation:
        return
    sides, sign = (relation.left, relation.right), relation.relation
    if sides[1] == r.letter:
        sides, sign = (sides[1], sides[0]), _MIRRORED[sign]
    value = sides[1]
    if sides[0] != r.letter or facts.depends(value, r.letter) or sign == "=":
        yield Needed((relation,), r)
        return
    if r.whole:
        number, start = integer_value(value), integer_value(r.lower)
        if number is not None and start is not None and sign in (">", ">=") and start + (sign == ">=") > number:
            return
        if number is not None and start is not None and sign == "!=" and start > number:
            return
        yield Needed((relation,), r)
        return
    if sign != "!=":
        for end in (r.lower, r.upper):
            yield Needed((equation(end, sign, value),))
        return
    for end, other in ((r.lower, r.upper), (r.upper, r.lower)):
        for side in (">", "<"):
            if status(facts, equation(end, side, value)) is True:
                yield Needed((equation(other, side, value),))
                return
    away = [e if value == ZERO else sum_of([e, negation(value)]) for e in (r.lower, r.upper)]
    yield Needed((equation(product_of(away), ">", ZERO),))
