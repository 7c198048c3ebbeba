"""Strategies: what are the next steps of an expression, best first? Built from four combinators, lazily answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from derive.expressions import OPERATORS, Call, Derivative, Equation, Expression, Path, Product, Sum, Symbol, walk
from derive.functions import FUNCTIONS
from derive.notation import parse_pattern
from derive.rules import Facts, Match, Rule, apply
from derive.rules.apply import Candidate
from derive.rules.pattern import Matcher, matcher

Key: TypeAlias = tuple[Any, ...]
"""What of a node decides which rules may apply: its kind, its name or relation, and the kinds of its children."""


MANY = 9  # arguments: more than any pattern writes out
MOST_SHAPES = 20_000  # of nodes that are remembered, 2 kB each; the shared examples have 2,100

Groups: TypeAlias = tuple[tuple[Matcher, tuple[Rule, ...]], ...]
"""Rules in order, those next to each other with the same left side in one group with its matcher."""
Plan: TypeAlias = tuple[tuple[Matcher, tuple[Candidate, ...]], ...]
"""The same, ready to be applied."""


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
    _index: dict[Key, tuple[Groups, Plan]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, node: Expression) -> Groups:
        """The rules that may apply at a node of this shape, in order, neighbours with one left side together."""
        return (self._index.get(_key(node)) or self._looked_up(node))[0]

    def plan(self, node: Expression) -> Plan:
        """The rules that may apply at a node of this shape, ready to be applied."""
        return (self._index.get(_key(node)) or self._looked_up(node))[1]

    def _looked_up(self, node: Expression) -> tuple[Groups, Plan]:
        there = _there(node)
        rules = [rule for rule in self.rules if not rule.among or not there.isdisjoint(rule.among)]
        fitting = [rule for rule in rules if _may_apply(rule, node)]
        if len(self._index) > MOST_SHAPES:
            self._index.clear()
        groups = tuple((matcher(lhs), tuple(rules)) for lhs, rules in groupby(fitting, key=lambda rule: rule.lhs))
        plan = tuple((match, tuple(map(Candidate, rules))) for match, rules in groups)
        self._index[_key(node)] = groups, plan
        return groups, plan


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


def _key(node: Expression) -> Key:
    """Equal for nodes of which `_may_apply` says the same, and whose parts are of the same kinds and names."""
    kind, arguments = type(node), node.arguments
    match len(arguments):
        case 0:
            return (kind,)
        case 1:
            return kind, _name(node), _sort(arguments[0])
        case 2:
            return kind, _name(node), _sort(arguments[0]), _sort(arguments[1])
        case 3 if kind is Derivative:
            operand = arguments[0]
            return kind, type(operand), _name(operand), min(len(operand.arguments), MANY), arguments[2].label == 1
        case 3 if kind is not Sum and kind is not Product:
            return kind, _name(node), _sort(arguments[0]), _sort(arguments[1]), _sort(arguments[2])
        case n:
            return kind, _name(node), min(n, MANY), frozenset(map(_sort, arguments))


def _name(node: Expression) -> object:
    """The name of an elementary function or an operator, "" for any other function; the relation of an equation."""
    label = node.label
    if type(node) is Call:
        return label if label in FUNCTIONS or label in OPERATORS else ""
    return label if type(node) is Equation else None


def _sort(part: Expression) -> object:
    """The kind of a part, or its name where it is an elementary function."""
    return part.label if type(part) is Call and part.label in FUNCTIONS else type(part)


def _there(node: Expression) -> set[object]:
    """The kinds of a node's parts, and the names of those that are elementary functions."""
    parts = node.arguments[:1] if type(node) is Derivative else node.arguments
    return {a.kind for a in parts} | {a.label for a in parts if type(a) is Call}


def _may_apply(rule: Rule, node: Expression) -> bool:
    """Whether the rule may apply to some node with the key of this one."""
    if rule.family is not None:
        operand = node.arguments[0] if type(node) is Derivative else node
        return operand is not node and type(operand) is Call and operand.label == rule.family[1]
    if rule.kind and rule.kind != node.kind:
        return False
    pattern = _pattern(rule.lhs)
    if _is_open(pattern):
        return True
    if not _fits(pattern, node):
        return False
    if _has_run(pattern):
        return len(pattern.arguments) <= len(node.arguments)
    if len(pattern.arguments) != len(node.arguments):
        return False
    if type(pattern) is Derivative:
        if len(node.arguments) > 3:
            return True
        inner, operand = pattern.arguments[0], node.arguments[0]
        if inner == pattern.arguments[1]:
            return type(operand) is Symbol
        if (pattern.arguments[2].label == 1) is not (node.arguments[2].label == 1):
            return False  # a rule that writes the order out, d^?n/d?x^?n(…), is about orders above 1
        return _is_open(inner) or (
            _fits(inner, operand) and (_has_run(inner) or len(inner.arguments) == len(operand.arguments))
        )
    return len(node.arguments) > 3 or all(
        _is_open(a) or type(a) is type(b) for a, b in zip(pattern.arguments, node.arguments, strict=True)
    )


def _fits(pattern: Expression, node: Expression) -> bool:
    """Whether kind and name agree."""
    if type(pattern) is not type(node):
        return False
    if type(pattern) is Call:
        if pattern.name.startswith("?"):
            return _name(node) == ""
        return _name(pattern) == _name(node)
    return type(pattern) is not Equation or pattern.label == node.label


def _has_run(pattern: Expression) -> bool:
    return any(type(a) is Symbol and str(a.label).startswith("??") for a in pattern.arguments)


@cache
def _pattern(text: str) -> Expression:
    return parse_pattern(text)


def _is_open(pattern: Expression) -> bool:
    return type(pattern) is Symbol and str(pattern.label).startswith("?")
