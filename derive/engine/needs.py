"""What a derivation needs: what its parts and its rules ask for, in the form a textbook gives it, none of it twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from derive.engine.agenda import Worked
from derive.engine.composition import levels_of
from derive.engine.findings import bound_letters
from derive.engine.ranges import ranges_at, unbound
from derive.engine.removable import sharpened
from derive.engine.settling import certain, point_of, worked_out
from derive.expressions import Call, Expression, Symbol, put_in, replace_all
from derive.rules import Facts, assumptions, domain, status
from derive.rules.conditions import either
from derive.rules.simplest import by_zeros, contradictory, implied, simplest
from derive.trace import Condition, Finding


def sharp(worked: Worked) -> tuple[tuple[Condition, ...], tuple[Finding, ...]]:
    """The conditions, none stronger than needed as far as is known, and what was found on the way; made once."""
    if worked.sharp is None:
        found = needed_conditions(worked)
        needed, findings = sharpened(worked, [c for c in found if c.along is None])
        worked.sharp = without_implied([*needed, *[c for c in found if c.along is not None]]), findings
    return worked.sharp


def needed_conditions(worked: Worked) -> list[Condition]:
    """What the parts of the problem and the rules need, one after the other."""
    facts, point = worked.facts, point_of(worked.problem)
    parts = [(part, _closed(a, worked)) for part, a in domain(worked.problem, facts) if _is_free(a, worked)]
    needed = [c for part, a in parts for c in _for_all(a, "domain", part, worked)]
    needed += [c for index in range(len(worked.log)) for c in assumed(worked, index)]
    for inner in levels_of(worked.problem):  # what is asked of x is asked of sin(t), where x = sin(t)
        needed = [c for condition in needed for c in _put_in(condition, inner, facts)]
    if point:
        needed = [c for condition in needed for c in _at_point(condition, point, facts)]
    return _distinct(needed)


def assumed(worked: Worked, index: int) -> tuple[Condition, ...]:
    """What step `index` assumes; worked out once, for the step and for the whole."""
    if worked.log[index].rule.assumes == ():
        return ()
    known = worked.assumed.get(index)
    if known is None:
        known = worked.assumed[index] = tuple(_assumptions(worked, index))
    return known


def conditions_from(
    alternatives: tuple[Expression, ...], source: str, part: Expression, facts: Facts
) -> Iterator[Condition]:
    """The conditions that `alternatives` come to; none when it always holds."""
    found = facts.conditions.get(alternatives)
    if found is None:
        found = facts.conditions[alternatives] = tuple(_come_to(alternatives, facts))
    for relations, never in found:
        yield Condition(relations, source, part, never)


def without_implied(conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """The conditions that do not follow from the others, each once."""
    if len(conditions) < 2:
        return tuple(conditions)
    conditions = _distinct(conditions)
    ranged = tuple(c for c in conditions if c.along is not None)
    conditions = tuple(c for c in conditions if c.along is None)
    single = tuple(c.alternatives[0] for c in conditions if len(c.alternatives) == 1)
    known = Facts.given(single)
    about: dict[Expression, list[Expression]] = {}  # left side → the relations that have it: only they imply each other
    for relation in single:
        about.setdefault(relation.arguments[0], []).append(relation)
    barred = [r for r in single if type(r.arguments[0]) is Call and r.arguments[0].label == "abs"]

    def follows(relation: Expression) -> bool:
        return implied(relation, (*about[relation.arguments[0]], *barred)) or _follows(relation, known)

    kept = tuple(c for c in conditions if len(c.alternatives) > 1 or not follows(c.alternatives[0]))
    if contradictory(tuple(c.alternatives[0] for c in kept if len(c.alternatives) == 1)):
        kept = tuple(replace(c, never=c.never or type(c.alternatives[0].arguments[0]) is Symbol) for c in kept)
    return kept + ranged


def _closed(alternatives: tuple[Expression, ...], worked: Worked) -> tuple[Expression, ...]:
    """at(d/dx(x^2), x = 3) != 0  →  2*3 != 0, where an operator stands below a line of the problem."""
    if not any(a.open for a in alternatives):
        return alternatives
    return tuple(worked_out(a, worked.log) for a in alternatives)


def _assumptions(worked: Worked, index: int) -> Iterator[Condition]:
    r = worked.log[index]
    m = r.match(worked.facts)
    if m is None:
        return
    for alternatives in assumptions(r.rule, m):
        if any(a.open for a in alternatives):
            alternatives = tuple(worked_out(a, worked.log[index + 1 :]) for a in alternatives)
        if _is_free(alternatives, worked):
            yield from _for_all(alternatives, r.rule.id, r.before, worked, index)


def _for_all(
    alternatives: tuple[Expression, ...], source: str, part: Expression, worked: Worked, index: int | None = None
) -> Iterator[Condition]:
    """The conditions that relations come to, for every value of the letters that integrals and sums bind."""
    if not worked.facts.binds:
        yield from conditions_from(alternatives, source, part, worked.facts)
        return
    for needed in unbound(alternatives, ranges_at(worked, index, part), worked.facts):
        for c in conditions_from(needed.alternatives, source, part, worked.facts):
            yield c if needed.along is None else replace(c, along=needed.along[:3])


def _come_to(alternatives: tuple[Expression, ...], facts: Facts) -> Iterator[tuple[tuple[Expression, ...], bool]]:
    """What `alternatives` come to: relations of which one has to hold, and whether none ever does."""
    known = [status(facts, a) for a in alternatives]
    if None in known:
        known = [_decided(a) if k is None else k for a, k in zip(alternatives, known, strict=True)]
    if True in known:
        return
    if all(k is False for k in known):
        yield alternatives, True
        return
    if len(alternatives) > 1:
        parts = [simplest(a, facts) for a, k in zip(alternatives, known, strict=True) if k is None]
        left = either(tuple(p[0] if len(p) == 1 else a for p, a in zip(parts, _open(alternatives, known), strict=True)))
        if left:
            yield left, False
        return
    for relation in simplest(alternatives[0], facts):
        holds = status(facts, relation)
        holds = _decided(relation) if holds is None else holds
        if holds is not True:
            yield (relation,), holds is False


def _decided(relation: Expression) -> bool | None:
    """Whether a relation between numbers holds, or one of a polynomial that has no zeros."""
    known = by_zeros(relation)
    return certain(relation) if known is None else known


def _open(alternatives: tuple[Expression, ...], known: Sequence[bool | None]) -> list[Expression]:
    """The alternatives of which nothing is known."""
    return [a for a, k in zip(alternatives, known, strict=True) if k is None]


def _distinct(conditions: Iterable[Condition]) -> list[Condition]:
    """Each condition once, from the first that needs it."""
    found: dict[object, Condition] = {}
    for condition in conditions:
        found.setdefault((condition.alternatives, condition.along), condition)
    return list(found.values())


def _is_free(alternatives: tuple[Expression, ...], worked: Worked) -> bool:
    """Whether a condition is about the problem's own letters, not about one that a limit binds."""
    if worked.bound is None:
        worked.bound = bound_letters(worked)
    return not any(worked.facts.depends(a, x) for a in alternatives for x in worked.bound)


def _put_in(c: Condition, inner: dict[Expression, Expression], facts: Facts) -> Iterator[Condition]:
    """A condition on the variables of the outer function as one on the variables of the inner functions."""
    alternatives = tuple(replace_all(a, inner) for a in c.alternatives)
    if alternatives == c.alternatives:
        yield c
    else:
        yield from conditions_from(alternatives, c.source, c.part, facts)


def _at_point(c: Condition, point: dict[Expression, Expression], facts: Facts) -> Iterator[Condition]:
    """What a condition on x comes to where the problem asks for the value at x = 4; nothing when it holds there."""
    if c.along is not None:
        letter, *ends = c.along
        within = {x: value for x, value in point.items() if x != letter}
        first, last = (put_in(e, point) for e in ends)
        yield replace(c, alternatives=tuple(put_in(a, within) for a in c.alternatives), along=(letter, first, last))
        return
    alternatives = tuple(put_in(a, point) for a in c.alternatives)
    known = [certain(a) for a in alternatives]
    if True not in known:
        if all(k is False for k in known):
            yield Condition(alternatives, c.source, c.part, never=True)
        else:
            yield from conditions_from(alternatives, c.source, c.part, facts)


def _follows(relation: Expression, known: Facts) -> bool:
    """Whether it follows from the bounds of letters: x + sqrt(x) > 0 where x > 0."""
    return type(relation.arguments[0]) is not Symbol and status(known, relation) is True
