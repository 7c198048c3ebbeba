"""The engine as one would first write it: look for the next step from the root, replace it everywhere, start again.

No agenda, no index of rules, nothing remembered from one step to the next: quadratic at best, and easy to believe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from derive.expressions import Expression, Negation, Path, Product, Sum, at, is_operator, replace, walk
from derive.rules import Facts, Rule, apply
from derive.strategy import Method

MAX_STEPS = 400


Entered: TypeAlias = tuple[Path, ...]
"""The places that are entered on the way to one, and itself."""
Place: TypeAlias = tuple[Entered, Expression]


class Rewriting(NamedTuple):
    rule: str
    before: Expression
    after: Expression


class TooLong(Exception):
    """More steps than a small input should take."""


def rewritings(problem: Expression, method: Method) -> tuple[list[Rewriting], Expression]:
    """Every step, and the last state. Rounds: operators until none is left that does not wait, then tidying.

    An operator waits for the next round where another one stands in it, so that it meets a tidy operand. A place that
    was entered is tidied to the end, also where it has become a bracket of what stands around it.
    """
    facts = Facts.within([*_nodes(problem)][::-1])
    state = problem
    steps: list[Rewriting] = []

    def rewrite(step: Rewriting) -> None:
        nonlocal state
        steps.append(step)
        state = replace(state, step.before, step.after)
        if len(steps) > MAX_STEPS:
            raise TooLong

    while True:
        before = len(steps)
        waiting = _waiting((), state)
        while (found := _first(_operators((), state, waiting), method.operators.rules, facts)) is not None:
            _, step = found
            for path, node in walk(state):
                if node == step.before:
                    waiting |= _waiting(path, step.after)
            rewrite(step)
        places: list[Path] = [()]
        while places:
            found = _first(_innermost_first(places[-1], at(state, places[-1])), method.tidying.rules, facts)
            if found is None:
                places.pop()
            else:
                entered, step = found
                places += entered
                rewrite(step)
        if len(steps) == before:
            return steps, state


def _first(places: Iterator[Place], rules: tuple[Rule, ...], facts: Facts) -> tuple[Entered, Rewriting] | None:
    tried: set[Expression] = set()
    for entered, node in places:
        if node in tried:
            continue
        tried.add(node)
        for rule in rules:
            if rule.kind in ("", node.kind):
                found = apply(rule, node, facts)
                if found is not None:
                    return entered, Rewriting(rule.id, node, found[0])
    return None


def _operators(at: Path, root: Expression, waiting: set[Path]) -> Iterator[Place]:
    """Operators whose arguments hold none and that do not wait, as they come in writing."""
    if is_operator(root) and at not in waiting:
        yield (at,), root
    for i, a in enumerate(root.arguments):
        if a.open:
            yield from _operators((*at, i), a, waiting)


def _waiting(at: Path, root: Expression) -> set[Path]:
    """Where operators stand in whose arguments there is another."""
    found = {path for path, node in walk(root) if is_operator(node) and any(a.open for a in node.arguments)}
    return {at + path for path in found}


def _innermost_first(at: Path, root: Expression, around: Entered = ()) -> Iterator[Place]:
    """Parts before what they are part of, left to right; a bracket in a sum or product of its kind is no part."""
    for path, part in _parts(at, root, type(root)):
        yield from _innermost_first(path, part, (*around, at))
    yield (*around, at), root


def _parts(at: Path, node: Expression, kind: type[Expression]) -> Iterator[tuple[Path, Expression]]:
    for i, a in enumerate(node.arguments):
        if kind in (Sum, Product) and _is_bracket(a, kind):
            yield from _parts((*at, i), a, kind)
        else:
            yield (*at, i), a


def _is_bracket(e: Expression, kind: type[Expression]) -> bool:
    return type(e) is kind or (type(e) is Negation and type(e.arguments[0]) is kind)


def _nodes(root: Expression) -> Iterator[Expression]:
    yield root
    for a in root.arguments:
        yield from _nodes(a)
