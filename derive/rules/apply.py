"""One rule at one node: does it apply, and what does the node become?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.errors import LimitError
from derive.expressions import Expression
from derive.rules.facts import Facts
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
    except LimitError:  # a number that cannot be written: the rule is left alone
        return None


def apply(rule: Rule, node: Expression, facts: Facts) -> tuple[Expression, Match] | None:
    """(what `node` becomes, the match), or None where the rule does not apply or changes nothing."""
    m = matched(rule, node, facts)
    if m is None:
        return None
    after = right_side(rule.rhs, m)
    return None if after is None or after == node else (after, m)


def apply_first(
    groups: Iterable[tuple[Matcher, tuple[Rule, ...]]], node: Expression, facts: Facts
) -> tuple[Rule, Expression, Match] | None:
    """(rule, what `node` becomes, the match) of the first rule that applies; a group shares its left side."""
    m = Match(node, facts)
    for match, rules in groups:
        if match(node, m):
            for rule in rules:
                for given in rule.given:
                    if not given.holds(m):
                        break
                else:
                    after = right_side(rule.rhs, m)
                    if after is not None and after != node:
                        return rule, after, m
        if m.bindings:
            m.bindings = {}
    return None


def assumptions(rule: Rule, m: Match) -> Iterator[tuple[Expression, ...]]:
    """What the rule assumes of this match: each a tuple of relations of which one has to hold."""
    if not isinstance(rule.assumes, tuple):
        for relation in rule.assumes(m):
            assert isinstance(relation, Expression)
            yield (relation,)
        return
    for text in rule.assumes:
        yield tuple(builder(part)(m) for part in text.split(" or "))
