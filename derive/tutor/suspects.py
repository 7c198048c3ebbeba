"""Suspects: every known mistake at every place of a derivation, each with what the whole would have become.

A mistake is made in the first state in which its place stands; everything after it is taken as right, so the wrong
state's *value* is the wrong answer's value and nothing has to be derived anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from derive.expressions import Expression, postorder, replace
from derive.rules import Facts, Match, Mistake, Rule, matched, registry, right_side
from derive.rules.pattern import matcher
from derive.rules.slips import SLIPS, Slip
from derive.strategy import Use, use

PLACES = 4000  # distinct nodes looked at: the longest of the shared examples' derivations has some 900


@dataclass(frozen=True, slots=True)
class Suspect:
    """One mistake at one place: `before` became `wrong` where `right` belongs (None: it stays as it is).

    state  the whole with the mistake in it; index: of the state that it was made in
    """

    mistake: str
    rule: str
    before: Expression
    wrong: Expression
    right: Expression | None
    match: Match
    state: Expression
    index: int


APART = frozenset({"definition", "limit", "logarithmic", "rewriting", "nth", "taylor", "along", "implicit"})
"""Topics of rules that nobody applies who did not choose that way of working."""


@cache
def _book(chosen: frozenset[str]) -> Use:
    """The rules that have mistakes, findable by the kind of a node; of the topics apart only the `chosen` ones."""
    apart = APART - chosen
    return use(*[r for r in registry().values() if r.mistakes and r.id.split(".")[0] not in apart])


def suspects(states: Sequence[Expression], used: Sequence[tuple[Rule, Expression]]) -> Iterator[Suspect]:
    """Every suspect of a derivation: first the mistakes of the rules that were `used`, step by step; then all others.

    used  (rule, what it was applied to) of each step
    """
    facts = Facts()
    made: set[tuple[Expression, Expression]] = set()
    for index, (rule, before) in enumerate(used):
        for mistake, match, right in _of_rule(rule, before, facts):
            yield from _made(mistake.id, rule.id, before, mistake.rhs, match, right, states[index], index, made)
    book, looked = _book(APART & {rule.id.split(".")[0] for rule, _ in used}), 0
    seen: set[Expression] = set()
    for index, state in enumerate(states):
        for node in reversed(postorder(state, seen)):
            seen.add(node)
            looked += 1
            if looked > PLACES:
                return
            for _, rules in book.at(node):
                for rule in rules:
                    for mistake, match, right in _of_rule(rule, node, facts):
                        yield from _made(mistake.id, rule.id, node, mistake.rhs, match, right, state, index, made)
            for slip in _slips_at(node):
                match = Match(node, facts)
                if matcher(slip.lhs)(node, match):
                    yield from _made(slip.id, "", node, slip.rhs, match, None, state, index, made)


def _of_rule(rule: Rule, node: Expression, facts: Facts) -> Iterator[tuple[Mistake, Match, Expression]]:
    """The mistakes of a rule where it applies at `node`, with its match and what would be right."""
    if not rule.mistakes:
        return
    match = matched(rule, node, facts)
    right = right_side(rule.rhs, match) if match is not None else None
    if match is not None and right is not None and right != node:
        for mistake in rule.mistakes:
            yield mistake, match, right


def _made(
    mistake: str,
    rule: str,
    before: Expression,
    rhs: object,
    match: Match,
    right: Expression | None,
    state: Expression,
    index: int,
    made: set[tuple[Expression, Expression]],
) -> Iterator[Suspect]:
    wrong = right_side(rhs, match)  # type: ignore[arg-type]
    if wrong is None or wrong == right or (wrong == before and right is None) or (before, wrong) in made:
        return
    made.add((before, wrong))
    yield Suspect(mistake, rule, before, wrong, right, match, replace(state, before, wrong), index)


def _slips_at(node: Expression) -> Iterator[Slip]:
    for slip in SLIPS:
        if not slip.kind or slip.kind == node.kind:
            yield slip
