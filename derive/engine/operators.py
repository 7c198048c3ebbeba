"""The agenda: operators whose arguments hold none, outermost first, left to right; nothing is rescanned.

A rewritten place puts its new operators on the agenda; an operator that comes up again is cited.
"""

from __future__ import annotations

from derive.engine.log import CITE, Log
from derive.expressions import ONE, Derivative, Expression, Substitution, is_operator, rebuild
from derive.rules import Facts
from derive.rules.apply import apply_first
from derive.strategy import Method


class Operators:
    """The operators of one derivation: which can be worked on, and what became of them."""

    def __init__(self, log: Log, method: Method, facts: Facts) -> None:
        self.log = log
        self.method = method
        self.facts = facts
        self.stuck: list[Expression] = []  # no rule works on these
        self.resolved: dict[Expression, Expression] = {}  # operator → what became of it in the end

    def found_in(self, root: Expression) -> list[Expression]:
        """The operators below `root` whose operands hold none, as they come in writing, last first; stuck ones not."""
        found: list[Expression] = []
        seen: set[Expression] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node in seen or not node.open:
                continue
            seen.add(node)
            if self.is_redex(node):
                if node not in self.stuck:
                    found.append(node)
            else:
                stack.extend(reversed(node.arguments))
        found.reverse()
        return found

    def is_redex(self, node: Expression) -> bool:
        """Whether it is an operator whose arguments hold none; by some methods also a derivative at a point."""
        if is_operator(node):
            return not any([a.open for a in node.arguments])
        return self.is_point(node) and not any([a.open for a in node.arguments[0].arguments])

    def is_point(self, node: Expression) -> bool:
        """Whether it is at(d/dx(u), x = a), and the method works that out as a whole."""
        if not self.method.points or type(node) is not Substitution or type(node.arguments[0]) is not Derivative:
            return False
        return len(node.arguments[0].arguments) == 3 and node.arguments[0].arguments[2] == ONE

    def work(self, agenda: list[Expression]) -> None:
        """Rewrites operators until none is on the agenda; each is worked out before its right neighbour."""
        self.resolved.clear()  # what is left now may be worked on in a later round
        stack = [(node, len(self.log)) for node in agenda]
        use, keeps = self.method.operators, self.method.keeps
        while stack:
            node, since = stack.pop()
            done = self.log.replaced.get(node)
            if done is not None:
                if done[-1] >= since:
                    continue  # it was replaced here too, by that step
                first = self.log.entries[done[0]]
                value = self.resolve(node)
                if value is first.after or first.rule is CITE:
                    self.log.record(first.rule, node, value, first.match, first.cites)
                else:
                    self.log.record(CITE, node, value, None, done[0])
                continue
            kept = keeps is not None and keeps(node)
            found = None if kept else apply_first(use.at(node), node, self.facts)
            if found is not None:
                rule, new, match = found
                after = self.log.record(rule, node, new, match)
                now = len(self.log)
                stack.extend([(inner, now) for inner in self.found_in(after)])
            elif node not in self.stuck:
                self.stuck.append(node)

    def resolve(self, root: Expression) -> Expression:
        """`root` with every operator replaced by what became of it."""
        memo = self.resolved
        stack = [root]
        while stack:
            node = stack[-1]
            if node in memo:
                stack.pop()
                continue
            if not node.open:
                memo[node] = node
                stack.pop()
                continue
            step = self.log.replaced.get(node) if is_operator(node) or self.is_point(node) else None
            after = self.log.entries[step[0]].after if step is not None else None
            needed = (after,) if after is not None else node.arguments
            missing = [a for a in needed if a not in memo]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            if after is not None:
                memo[node] = memo[after]
            else:
                memo[node] = self.log.interner.intern(rebuild(node, tuple([memo[a] for a in node.arguments])))
        return memo[root]
