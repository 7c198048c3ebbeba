"""Polishing: a tidy expression is brought into a form that is shorter, or that was asked for.

What would become of a part is found without steps, through polynomials in kernels; only what is better in the measure
(the nodes that a reader counts) is worked out, rule by rule. So every polishing lowers the measure, and it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor
from typing import NamedTuple, TypeAlias

from derive.engine.islands import is_left, is_promising, islands, squares_meet_brackets
from derive.engine.log import Limits, Log
from derive.engine.tidying import Tidying
from derive.errors import LimitError
from derive.expressions import Expression, Matrix, Negation, Power, Product, Quotient, Sum, postorder, replace_all
from derive.rules import Facts, Match, Rule
from derive.rules.apply import apply
from derive.rules.factors import factors_of
from derive.rules.kernels import parts, skeleton
from derive.rules.polynomial_expanding import EXPAND, has_bracket
from derive.rules.rational_fractions import COMMON_DENOMINATOR, has_fraction, room
from derive.rules.rational_rings import shorter_in
from derive.strategy.forms import FORMS, Form

MAX_ROUNDS = 40  # of polishing one expression, or each entry of a matrix; Rubi's answers take below 10
MAX_GROWTH = 3  # times the size of a part that a step on the way to a shorter one may have
MAX_INNER = 4  # sums of fractions in a fraction that are brought over one line one by one
_TRIAL = Limits(steps=2_000, nodes=200_000, seconds=5)  # of tidying what has no steps yet


class Change(NamedTuple):
    """One step of polishing."""

    rule: Rule
    before: Expression
    after: Expression
    match: Match


Plan: TypeAlias = list[Change]
"""Steps one after the other, from one part of an expression to a shorter form of it."""


class Polishing:
    """Polishes one expression: what was left as it is has been looked at once."""

    def __init__(self, log: Log, tidying: Tidying, facts: Facts, form: Form, looked: Iterable[Expression] = ()) -> None:
        self.log = log
        self.tidying = tidying
        self.facts = facts
        self.form = form
        self.looked = set(looked)  # islands in which nothing is left to do
        self.entries: dict[Expression, dict[Expression, bool]] = {}  # of a matrix → the islands in them

    def polish(self, root: Expression) -> Expression:
        """`root` with every part that can be written shorter written so, innermost parts first."""
        size = self.facts.size(root) + 1
        for _ in range(MAX_ROUNDS * (len(root.arguments) if type(root) is Matrix else 1)):  # one island a round
            plans = self.next_plans(root)
            if not plans or self.facts.size(root) >= size:
                return root
            size = self.facts.size(root)
            for plan in plans:
                if plan is plans[0] or plan[0].before in postorder(root):  # not replaced by a plan before it
                    root = self.work(root, plan)
            root = self.tidying.tidy(root)
        return root

    def work(self, root: Expression, plan: Plan) -> Expression:
        """`root` after the steps of a plan, which are logged."""
        for change in plan:
            before = self.log.interner.intern(change.before)
            after = self.log.record(change.rule, before, change.after, change.match)
            self.facts.adopt(after)
            root = self.log.interner.intern(replace_all(root, {before: after}))
        return root

    def next_plans(self, root: Expression) -> list[Plan]:
        """Plans for parts of the first island that can be shortened, outermost parts first."""
        for island in islands(root, sums=True, known=self.entries):
            if island in self.looked:
                continue
            plans: list[Plan] = []
            if is_promising(island, self.facts, plain=self.form.plain):
                inside: set[Expression] = set()
                for node, target in self.shorter_parts(island):
                    plan = None if node in inside else self.plan(node, target)
                    if plan is not None:
                        plans.append(plan)
                        inside.update(skeleton(node))
            if plans:
                return plans
            self.looked.add(island)
        return []

    def shorter_parts(self, island: Expression) -> Iterator[tuple[Expression, Expression]]:
        """Sums and fractions with a form of theirs that is shorter than they and their parts, outermost first."""
        size = self.facts.size
        within = skeleton(island)
        inside = set(within)
        shorter = shorter_in(island, self.facts)
        best: dict[Expression, int] = {}
        own: dict[Expression, Expression] = {}
        nodes = [node for node in postorder(island) if node in inside]
        wanted = {node for node in nodes if self.is_wanted(node)}
        below: set[Expression] = set()  # what a wanted node is made of
        for node in reversed(nodes):
            if node in wanted or node in below:
                below.update(parts(node))
        for node in nodes:
            least = best[node] = size(node) + sum([best[a] - size(a) for a in parts(node)])
            if node not in wanted:
                continue
            allowed = room(node, self.facts)
            if allowed > size(node):  # a fraction that no book would leave
                least = allowed
            elif node not in below:  # nobody asks how short it can be, only whether it is short enough
                least = min(least, floor(self.form.least * size(node)) + 1)
            target = shorter(node, least)
            if target is not None:
                best[node] = min(best[node], size(target))
                own[node] = target
        for node in within:
            if node in own and self.is_enough(size(own[node]), node):
                yield node, own[node]

    def is_wanted(self, node: Expression) -> bool:
        """Whether shorter forms of it are looked for: a fraction, or a sum that is not left as it is."""
        return type(node) is Quotient or (type(node) is Sum and not (self.form.plain and is_left(node, self.facts)))

    def is_enough(self, size: int, node: Expression) -> bool:
        """Whether a form of that size is worth a step."""
        before, allowed = self.facts.size(node), room(node, self.facts)
        return size < allowed if allowed > before else size < before and size <= self.form.least * before

    def plan(self, node: Expression, target: Expression) -> Plan | None:
        """Steps from `node` to a form about as short as the target, that stays so when it is tidy; None for none."""
        best: Plan | None = None
        least = room(node, self.facts)
        for chain in self.chains(node):
            size = self.facts.size(self.tidied(after_steps(node, chain)))
            if size < least and self.is_enough(size, node):
                best, least = chain, size
                if size <= self.facts.size(target):
                    break
        return best

    def chains(self, node: Expression) -> Iterator[Plan]:
        """The ways from `node`: brackets opened; inner sums of fractions over one line; one rule after the other."""
        opened = self.opened(node)
        if opened:
            yield opened
        before = self.inner_lines(node)
        if before:
            yield before
            yield from self.from_here(before, after_steps(node, before), node)
        yield from self.from_here([], node, node)

    def opened(self, node: Expression) -> Plan:
        """The steps that multiply out brackets beside squares of sine and cosine, so that these meet in one sum."""
        plan: Plan = []
        for s in skeleton(node):
            if type(s) is Sum and squares_meet_brackets(s, self.facts):
                terms = [t.operand if type(t) is Negation else t for t in s.terms]
                found = [self.change(EXPAND, t) for t in terms if has_bracket(t)]
                plan.extend([change for change in found if change is not None])
        return plan if len(plan) <= MAX_INNER else []

    def inner_lines(self, node: Expression) -> Plan:
        """The steps that write sums of fractions inside `node` as one fraction each, innermost first."""
        sums = [n for n in skeleton(node) if type(n) is Sum and n is not node and any(map(has_fraction, n.arguments))]
        plan: Plan = []
        for s in sorted(sums, key=lambda s: s.depth)[:MAX_INNER]:
            change = self.change(COMMON_DENOMINATOR, after_steps(s, plan))
            if change is not None:
                plan.append(change)
        return plan

    def from_here(self, before: Plan, current: Expression, node: Expression) -> Iterator[Plan]:
        """What the steps `before` led to, by one rule, and on by others while that shortens it."""
        for rule in self.form.rules:
            first = self.change(rule, current)
            if first is None or self.facts.size(first.after) > MAX_GROWTH * self.facts.size(node):
                continue
            chain = [*before, first]
            yield list(chain)
            reached = first.after
            for _ in range(3):
                more = self.continued(reached)
                if more is None:
                    break
                chain.append(more)
                reached = after_steps(reached, [more])
                yield list(chain)

    def continued(self, e: Expression) -> Change | None:
        """A step that shortens what a step led to."""
        inner = e.arguments[0] if type(e) is Negation else e
        sides = inner.arguments if type(inner) is Quotient else (inner,)
        for rule in self.form.then:
            for node in (inner, *(f for a in sides for f in factors_of(a))):
                if type(node) in (Sum, Quotient, Product, Power):
                    change = self.change(rule, node)
                    if change is not None and self.facts.size(change.after) < self.facts.size(node):
                        return change
        return None

    def change(self, rule: Rule, node: Expression) -> Change | None:
        found = apply(rule, node, self.facts)
        return None if found is None else Change(rule, node, *found)

    def tidied(self, e: Expression) -> Expression:
        """e in its tidy form, found without steps of this derivation."""
        log = Log(_TRIAL, self.log.interner)
        tidying = Tidying(log, self.tidying.rules, self.facts)
        tidying.normal = self.tidying.normal  # what is tidy is so in any derivation
        try:
            return tidying.tidy(log.interner.intern(e))
        except LimitError:
            return e


def after_steps(e: Expression, plan: Plan) -> Expression:
    """e after the steps of a plan."""
    for change in plan:
        e = replace_all(e, {change.before: change.after})
    return e


def polished(
    root: Expression, form: str, log: Log, tidying: Tidying, facts: Facts, looked: Iterable[Expression] = ()
) -> Expression:
    """`root`, which is tidy, in the form of that name; in the islands `looked` at there is nothing to do."""
    return Polishing(log, tidying, facts, FORMS[form], looked).polish(root)
