"""One rule at one node: does it apply, and what does the node become?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from derive.errors import LimitError
from derive.expressions import Expression
from derive.rules.facts import MARKS, Facts
from derive.rules.model import Match, Right, Rule
from derive.rules.pattern import Matcher, builder, matcher


def matched(rule: Rule, node: Expression, facts: Facts) -> Match | None:
    """The match of the rule's left side at `node` with all that is given holding, or None."""
    m = Match(node, facts)
    if not matcher(rule.lhs)(node, m):
        return None
    for given in rule.given:
        if not given.holds(m):
            return None
    return m


def right_side(right: Right, m: Match) -> Expression | None:
    """A right-hand side, of a rule or a mistake, written out for a match; None where it does not apply."""
    try:
        return builder(right)(m) if type(right) is str else right(m)  # type: ignore[operator]
    except LimitError as limit:
        if limit.limit != "digits":
            raise
        return None  # a number that cannot be written: the rule is left alone


def apply(rule: Rule, node: Expression, facts: Facts) -> tuple[Expression, Match] | None:
    """(what `node` becomes, the match), or None where the rule does not apply or changes nothing."""
    m = matched(rule, node, facts)
    if m is None:
        return None
    after = right_side(rule.rhs, m)
    return None if after is None or after == node else (after, m)


class Candidate:
    """A rule that may apply, with its conditions and the function that writes its right side; made on first use."""

    __slots__ = ("rule", "tests", "within", "write")

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.tests = tuple(given.holds for given in rule.given)
        self.within = sum([MARKS[name] for name in rule.within])
        self.write: Callable[[Match], Expression | None] | None = None

    def ready(self) -> Callable[[Match], Expression | None]:
        """The right side as a function; a pattern is read when the rule is first used."""
        rhs = self.rule.rhs
        self.write = builder(rhs) if isinstance(rhs, str) else rhs
        return self.write


def apply_first(
    groups: Iterable[tuple[Matcher, tuple[Candidate, ...]]], node: Expression, facts: Facts
) -> tuple[Rule, Expression, Match] | None:
    """(rule, what `node` becomes, the match) of the first rule that applies; a group shares its left side."""
    m = Match(node, facts)
    names = -1
    for match, candidates in groups:
        if match(node, m):
            for candidate in candidates:
                if candidate.within:
                    if names < 0:
                        names = facts.names(node)
                    if not names & candidate.within:
                        continue
                for holds in candidate.tests:
                    if not holds(m):
                        break
                else:
                    try:
                        after = (candidate.write or candidate.ready())(m)
                    except LimitError as limit:
                        if limit.limit != "digits":
                            raise
                        continue  # a number that cannot be written: the rule is left alone
                    if after is not None and after != node:
                        return candidate.rule, after, m
        if m.bindings:
            m.bindings = {}
    return None


def assumptions(rule: Rule, m: Match) -> Iterator[tuple[Expression, ...]]:
    """What the rule assumes of this match: each a tuple of relations of which one has to hold."""
    if not isinstance(rule.assumes, tuple):
        for relation in rule.assumes(m):
            yield relation if isinstance(relation, tuple) else (relation,)
        return
    for text in rule.assumes:
        yield tuple(builder(part)(m) for part in text.split(" or "))
