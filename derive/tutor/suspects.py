"""Suspects: every known mistake at every place of a derivation, each with what the whole would have become.

A mistake is made in the first state in which its place stands; everything after it is taken as right, so the wrong
state's *value* is the wrong answer's value and nothing has to be derived anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from derive.expressions import Expression, postorder, replace
from derive.rules import Facts, Match, Mistake, Rule, matched, registry, right_side
from derive.rules.pattern import matcher
from derive.rules.slips import ALGEBRA_SLIPS, DERIVATIVE_SLIPS, LEFT_OUT_SLIPS, Slip
from derive.rules.slip import Wrong
from derive.strategy import Use, use

PLACES = 4000  # distinct nodes looked at: the longest of the shared examples' derivations has some 900


@dataclass(frozen=True, slots=True)
class Suspect:
    """One mistake at one place: `before` became `wrong` where `right` belongs (None: it stays as it is).

    whole  the state that it was made in; state: the whole with the mistake in it
    """

    mistake: str
    rule: str
    before: Expression
    wrong: Expression
    right: Expression | None
    match: Match
    whole: Expression
    state: Expression


APART = frozenset({
    "definition", "limit", "logarithmic", "rewriting", "nth", "taylor", "along", "implicit", "sweep", "edge",
})  # fmt: skip
"""Topics of rules that nobody applies who did not choose that way of working."""


MISFITS = (AttributeError, IndexError, TypeError, ValueError, ZeroDivisionError)
"""What the function of a mistake may raise on a match that nobody thought of; the registry's tests look for them."""


@cache
def _book(chosen: frozenset[str]) -> Use:
    """The rules that have mistakes, findable by the kind of a node; of the topics apart only the `chosen` ones."""
    apart = APART - chosen
    return use(*[r for r in registry().values() if r.mistakes and r.id.split(".")[0] not in apart])


def suspects(states: Sequence[Expression], used: Sequence[tuple[Rule, Expression]]) -> Iterator[Suspect]:
    """Every suspect of a derivation, ideas before trifles.

    First the mistakes of the rules that were used, step by step; then slips at operators; then the mistakes of all
    other rules, and slips of algebra; at last, what was left out beside an operator.
    used  (rule, what it was applied to) of each step
    """
    facts, made = Facts(), _Made()
    for index, (rule, before) in enumerate(used):
        for mistake, match, right in _of_rule(rule, before, facts):
            yield from made.suspects(mistake.id, rule.id, mistake.rhs, match, right, states[index])
    places = list(_places(states))
    for index, node in places:
        if node.open:
            yield from _of_slips(DERIVATIVE_SLIPS, node, states[index], facts, made)
    book = _book(APART & {rule.id.split(".")[0] for rule, _ in used})
    for index, node in places:
        for _, rules in book.at(node):
            for rule in rules:
                for mistake, match, right in _of_rule(rule, node, facts):
                    yield from made.suspects(mistake.id, rule.id, mistake.rhs, match, right, states[index])
        yield from _of_slips(ALGEBRA_SLIPS, node, states[index], facts, made)
    for index, node in places:
        if node.open:
            yield from _of_slips(LEFT_OUT_SLIPS, node, states[index], facts, made)


def _places(states: Sequence[Expression]) -> Iterator[tuple[int, Expression]]:
    """(index of the first state that has it, node) of every distinct node, outermost first within a state."""
    seen: set[Expression] = set()
    looked = 0
    for index, state in enumerate(states):
        for node in reversed(postorder(state, seen)):
            seen.add(node)
            looked += 1
            if looked > PLACES:
                return
            yield index, node


def _of_rule(rule: Rule, node: Expression, facts: Facts) -> Iterator[tuple[Mistake, Match, Expression]]:
    """The mistakes of a rule where it applies at `node`, with its match and what would be right."""
    if not rule.mistakes:
        return
    match = matched(rule, node, facts)
    right = right_side(rule.rhs, match) if match is not None else None
    if match is not None and right is not None and right != node:
        for mistake in rule.mistakes:
            yield mistake, match, right


def _of_slips(
    slips: Sequence[Slip], node: Expression, whole: Expression, facts: Facts, made: _Made
) -> Iterator[Suspect]:
    for slip in slips:
        if not slip.kind or slip.kind == node.kind:
            match = Match(node, facts)
            if matcher(slip.lhs)(node, match):
                yield from made.suspects(slip.id, "", slip.rhs, match, None, whole)


class _Made:
    """The wrong rewritings so far: the same one is not a suspect twice."""

    def __init__(self) -> None:
        self.known: set[tuple[Expression, Expression]] = set()

    def suspects(
        self, mistake: str, rule: str, rhs: Wrong, match: Match, right: Expression | None, whole: Expression
    ) -> Iterator[Suspect]:
        """What the whole becomes by each wrong form; a function that cannot take its match makes none."""
        before = match.node
        try:
            found: Any = right_side(rhs, match)  # type: ignore[arg-type]
        except MISFITS:
            return
        for wrong in found if isinstance(found, tuple) else (found,):
            if wrong is not None and wrong not in (right, before) and (before, wrong) not in self.known:
                self.known.add((before, wrong))
                yield Suspect(mistake, rule, before, wrong, right, match, whole, replace(whole, before, wrong))
