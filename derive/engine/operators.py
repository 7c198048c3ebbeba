"""The agenda: operators whose arguments hold none, outermost first, left to right; nothing is rescanned.

A rewritten place puts its new operators on the agenda; an operator that comes up again is cited.
"""

from __future__ import annotations

from derive.engine.log import CITE, Log
from derive.expressions import ONE, Derivative, Expression, Substitution, is_operator, make
from derive.rules import Facts
from derive.rules.apply import apply_first
from derive.strategy import Method


class Operators:
    """The operators of one derivation: which can be worked on, and what became of them."""

    def __init__(self, log: Log, method: Method, facts: Facts) -> None:
        self.log = log
        self.method = method
        self.facts = facts
        self.stuck: dict[Expression, None] = {}  # no rule works on these; in the order in which that was found
        self.resolved: dict[Expression, Expression] = {}  # operator → what became of it in the end

    def found_in(self, root: Expression) -> list[Expression]:
        """The operators below `root` whose operands hold none, as they come in writing, last first; stuck ones not."""
        if not root.open:
            return []
        found: list[Expression] = []
        seen: set[Expression] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if self.is_redex(node):
                if node not in self.stuck:
                    found.append(node)
            else:
                stack.extend([a for a in reversed(node.arguments) if a.open])
        found.reverse()
        return found

    def is_redex(self, node: Expression) -> bool:
        """Whether it is an operator whose arguments hold none; by some methods also a derivative at a point."""
        if is_operator(node):
            return True not in [a.open for a in node.arguments]
        return self.is_point(node) and True not in [a.open for a in node.arguments[0].arguments]

    def is_point(self, node: Expression) -> bool:
        """Whether it is at(d/dx(u), x = a), and the method works that out as a whole."""
        if not self.method.points or type(node) is not Substitution or type(node.arguments[0]) is not Derivative:
            return False
        return len(node.arguments[0].arguments) == 3 and node.arguments[0].arguments[2] == ONE

    def work(self, agenda: list[Expression]) -> None:
        """Rewrites operators until none is on the agenda; each is worked out before its right neighbour."""
        self.resolved.clear()  # what is left now may be worked on in a later round
        log, facts = self.log, self.facts
        stack = [(node, len(log.entries)) for node in agenda]
        use, keeps = self.method.operators, self.method.keeps
        while stack:
            self.log.clock.tick()
            node, since = stack.pop()
            done = log.replaced.get(node)
            if done is not None:
                if done >= since:
                    continue  # it was replaced here too, by that step
                begin = log.first_step(node)
                first = log.entries[begin]
                value = self.resolve(node)
                if value is first.after or first.rule is CITE:
                    log.record(first.rule, node, value, first.match, first.cites)
                else:
                    log.record(CITE, node, value, None, begin)
                continue
            kept = keeps is not None and keeps(node)
            found = None if kept else apply_first(use.plan(node), node, facts)
            if found is not None:
                rule, new, match = found
                after = log.record(rule, node, new, match)
                now = len(log.entries)
                stack.extend([(inner, now) for inner in self.found_in(after)])
            else:
                self.stuck[node] = None

    def resolve(self, root: Expression) -> Expression:
        """`root` with every operator replaced by what became of it."""
        if not root.open:
            return root
        memo, replaced, entries = self.resolved, self.log.replaced, self.log.entries
        stack = [root]
        while stack:
            self.log.clock.tick()
            node = stack[-1]
            if node in replaced and (is_operator(node) or self.is_point(node)):
                after = entries[self.log.first_step(node)].after
                value = memo.get(after) if after.open else after
                if value is None:
                    stack.append(after)
                    continue
            else:
                parts: list[Expression] = []
                changed = False
                for a in node.arguments:
                    if a.open:
                        value = memo.get(a)
                        if value is None:
                            stack.append(a)
                        else:
                            parts.append(value)
                            changed = changed or value is not a
                    else:
                        parts.append(a)
                if stack[-1] is not node:
                    continue
                value = self.log.interner.intern(make(type(node), tuple(parts), node.label)) if changed else node
            memo[node] = value
            stack.pop()
        return memo[root]
