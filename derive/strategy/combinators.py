"""Strategies: what are the next steps of an expression, best first? Built from four combinators, lazily answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TypeAlias

from derive.expressions import Call, Derivative, Expression, Path, walk
from derive.functions import FUNCTIONS
from derive.notation import parse_pattern
from derive.rules import Facts, Match, Rule, apply
from derive.rules.pattern import Matcher, matcher

Key: TypeAlias = tuple[str, str, str]
"""Kind of a node; for an operator also the kind of its operand, and the name of the function called there."""


Groups: TypeAlias = tuple[tuple[Matcher, tuple[Rule, ...]], ...]
"""Rules in order, those next to each other with the same left side in one group with its matcher."""


@dataclass(frozen=True, slots=True)
class Redex:
    """A place where a rule applies: before → after."""

    rule: Rule
    path: Path
    before: Expression
    after: Expression
    match: Match


@dataclass(frozen=True, slots=True)
class Use:
    """The rules, tried in this order, at the node itself."""

    rules: tuple[Rule, ...]
    _index: dict[Key, Groups] = field(default_factory=dict, compare=False, repr=False)

    def at(self, node: Expression) -> Groups:
        """The rules that may apply at a node of this kind, in order, neighbours with one left side together."""
        kind = node.kind
        key = (kind, "", "")
        if kind == "derivative":
            operand = node.arguments[0]
            key = (kind, operand.kind, operand.name if type(operand) is Call else "")
        found = self._index.get(key)
        if found is None:
            fitting = [rule for rule in self.rules if _may_apply(rule, key)]
            found = self._index[key] = tuple(
                (matcher(lhs), tuple(rules)) for lhs, rules in groupby(fitting, key=lambda rule: rule.lhs)
            )
        return found


@dataclass(frozen=True, slots=True)
class First:
    """The steps of the first strategy that has any."""

    strategies: tuple[Strategy, ...]


@dataclass(frozen=True, slots=True)
class Outermost:
    """The strategy at every place, parents before children."""

    strategy: Strategy


@dataclass(frozen=True, slots=True)
class Innermost:
    """The strategy at every place, children before parents."""

    strategy: Strategy


Strategy: TypeAlias = Use | First | Outermost | Innermost


def use(*rules: Rule) -> Use:
    return Use(rules)


def first(*strategies: Strategy) -> First:
    return First(strategies)


def outermost(strategy: Strategy) -> Outermost:
    return Outermost(strategy)


def innermost(strategy: Strategy) -> Innermost:
    return Innermost(strategy)


def next_steps(strategy: Strategy, root: Expression, facts: Facts) -> Iterator[Redex]:
    """Every next step of `root`, best first, each found only when asked for."""
    match strategy:
        case Use():
            yield from _here(strategy, (), root, facts)
        case First():
            for one in strategy.strategies:
                found = next_steps(one, root, facts)
                redex = next(found, None)
                if redex is not None:
                    yield redex
                    yield from found
                    return
        case Outermost():
            for path, node in walk(root):
                yield from _placed(strategy.strategy, path, node, facts)
        case Innermost():
            for path, node in reversed(list(walk(root))):
                yield from _placed(strategy.strategy, path, node, facts)


def _placed(strategy: Strategy, path: Path, node: Expression, facts: Facts) -> Iterator[Redex]:
    for redex in next_steps(strategy, node, facts):
        yield Redex(redex.rule, path + redex.path, redex.before, redex.after, redex.match)


def _here(strategy: Use, path: Path, node: Expression, facts: Facts) -> Iterator[Redex]:
    for _, rules in strategy.at(node):
        for rule in rules:
            found = apply(rule, node, facts)
            if found is not None:
                after, match = found
                yield Redex(rule, path, node, after, match)


def _may_apply(rule: Rule, key: Key) -> bool:
    kind, operand, name = key
    if rule.family is not None:
        return kind == "derivative" and operand == "call" and rule.family[1] == name
    if rule.kind:
        return rule.kind == kind
    pattern = _pattern(rule.lhs)
    if pattern.kind != kind:
        return _is_open(pattern)
    if type(pattern) is not Derivative:
        return True
    inner = pattern.operand
    if _is_open(inner):
        return True
    if inner.kind != operand:
        return False
    if type(inner) is Call:
        return name not in FUNCTIONS if inner.name.startswith("?") else inner.name == name
    return True


@cache
def _pattern(text: str) -> Expression:
    return parse_pattern(text)


def _is_open(pattern: Expression) -> bool:
    return pattern.kind == "symbol" and str(pattern.label).startswith("?")
