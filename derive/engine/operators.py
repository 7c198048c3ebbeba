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
        self.stuck: dict[Expression, None] = {}  # no rule works on these; in the order in which that was found
        self.resolved: dict[Expression, Expression] = {}  # operator → what became of it in the end

    def found_in(self, root: Expression) -> list[Expression]:
        """The operators below `root` whose operands hold none, as they come in writing, last first; stuck ones not."""
        if not root.open:
            return []
        found: list[Expression] = []
        seen: set[Expression] = set()
        count = 0  # how many were seen: a node is looked up and noted at once
        stack = [root]
        while stack:
            node = stack.pop()
            seen.add(node)
            if len(seen) == count:
                continue
            count += 1
            within = [a for a in node.arguments if a.open]
            if within and not (self.method.points and self.is_point(node) and self.is_redex(within[0])):
                stack += within[::-1]
            elif node not in self.stuck:
                found.append(node)
        found.reverse()
        return found

    def is_redex(self, node: Expression) -> bool:
        """Whether it is open, though its arguments are not: an operator to be worked on."""
        return True not in [a.open for a in node.arguments]

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
                    log.record(first.rule, node, value, first.kept, first.cites)
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
        memo = self.resolved
        if root in memo:
            return memo[root]
        stack = [self.followed(root)]
        while stack:
            self.log.clock.tick()
            nodes, now = stack[-1]
            missing = [a for a in now.arguments if a.open and a not in memo] if now.open else []
            if missing:
                stack += map(self.followed, missing)
                continue
            stack.pop()
            if now.open:
                now = self.log.interner.intern(rebuild(now, tuple([memo[a] if a.open else a for a in now.arguments])))
            for node in nodes:
                memo[node] = now
        return memo[root]

    def followed(self, node: Expression) -> tuple[list[Expression], Expression]:
        """The operators that became each other, from `node` on, and what stands there now: it may hold others."""
        nodes = [node]
        while node.open and (is_operator(node) or self.is_point(node)) and node in self.log.replaced:
            node = self.log.entries[self.log.first_step(node)].after
            nodes.append(node)
        return nodes, node
