"""The steps and states of a sweep, made when they are asked for: the names, an edge a step, the names put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import overload

from derive.engine import needs
from derive.engine.agenda import Rewrite, Worked
from derive.engine.quiet import quiet_collector
from derive.expressions import Expression, replace
from derive.rules import Bindings, Facts, Match, Rule
from derive.rules.adjoints import EDGES, NAMES, smooth
from derive.rules.sweep_plan import Plan
from derive.rules.sweeps import Edge
from derive.trace import Condition, States


class Record:
    """What there is to tell of a sweep.

    core    the part of the problem that the sweep works out; start: the rule that writes the sweep down
    plan    makes the sweep with names
    done    how many edges were worked out within the budget (all of them: None)
    bare    what the sweep came to, in terms of the variables; None where it did not end
    tail    what was done with it afterwards
    """

    def __init__(
        self, problem: Expression, core: Expression, start: Rule, plan: Callable[[], Plan], done: int | None,
        bare: Expression | None, tail: Worked | None,
    ) -> None:  # fmt: skip
        self.problem = problem
        self.core = core
        self.start = start
        self.bare = bare
        self.tail = tail
        self._plan = plan
        self._done = done

    @cached_property
    def plan(self) -> Plan:
        return self._plan()

    @cached_property
    def edges(self) -> list[tuple[int, Edge]]:
        """The edges that were worked out, with their places in the sweep; those that lead nowhere are left out."""
        used = self.plan.used()
        most = len(used) if self._done is None else self._done
        return [(i, edge) for i, edge in enumerate(self.plan.sweep.edges) if used[i] and edge[2] and i < most]

    @cached_property
    def length(self) -> int:
        """The number of steps, without making them."""
        after = 0 if self.tail is None else len(self.tail.log)
        put_back = self.bare is not None and self.plan.uses_names
        return 1 + len(self.edges) + put_back + after

    @cached_property
    def worked(self) -> Worked:
        """The log of everything, with what the steps assume said in terms of the variables."""
        facts = self.tail.facts if self.tail is not None else Facts()
        worked = Worked(self.problem, facts)
        worked.bound = frozenset()
        with quiet_collector():
            worked.log = list(self._log(facts))
            self._assume(worked)
        if self.tail is not None:
            offset = len(worked.log)
            for r in self.tail.log:
                cites = None if r.cites is None else r.cites + offset
                worked.log.append(Rewrite(r.rule, r.before, r.after, r.kept, cites))
            worked.result = self.tail.result
        return worked

    def _log(self, facts: Facts) -> Iterator[Rewrite]:
        plan, sweep = self.plan, self.plan.sweep
        yield Rewrite(self.start, self.core, plan.state(0), self._match(self.core, facts, self._whole()))
        for _, (part, child, kind, passed) in self.edges:
            g = sweep.amounts[part if plan.direction == "backward" else child]
            assert g is not None
            w, u = sweep.mine[part], sweep.atoms[child]
            before = plan.pending(part, child, g.written())
            role = "of" if plan.direction == "backward" else "into"
            bindings = {"g": g.written(), "u": u, "w": w, role: plan.names[part]}
            yield Rewrite(EDGES[kind], before, passed.written(), self._match(before, facts, bindings))
        if self.bare is not None and plan.uses_names:
            last = plan.state(len(sweep.edges))
            yield Rewrite(NAMES, last, self.bare, self._match(last, facts, {"u": last}))

    def _whole(self) -> dict[str, Expression | tuple[Expression, ...]]:
        f, *xs = self.core.arguments
        return {"f": f, "xs": tuple(xs), "lines": self.plan.lines}

    def _match(self, node: Expression, facts: Facts, bindings: Bindings) -> Match:
        m = Match(node, facts)
        m.bindings = dict(bindings)
        return m

    def _assume(self, worked: Worked) -> None:
        """What the slopes along a part's edges need is told at the first of them, in terms of the variables."""
        made, amounts = self.plan.made, self.plan.sweep.amounts
        first: dict[int, int] = {}
        for index, (_, (part, *_)) in enumerate(self.edges, 1):
            first.setdefault(part, index)
        found: dict[int, list[Condition]] = {}
        for part, node in enumerate(made.nodes):
            if amounts[part] is not None and made.active[part] and made.children[part]:
                index = first.get(part, 0)
                for relation in smooth(node):
                    rule = worked.log[index].rule.id
                    found.setdefault(index, []).extend(needs.conditions_from((relation,), rule, node, worked.facts))
        for index in range(len(worked.log)):
            worked.assumed[index] = tuple(found.get(index, ()))


class Rewrites(Sequence[tuple[Expression, Expression]]):
    """(before, after) of every step, made when the first is asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record

    @cached_property
    def _all(self) -> list[tuple[Expression, Expression]]:
        return [(r.before, r.after) for r in self._record.worked.log]

    def __len__(self) -> int:
        return self._record.length

    @overload
    def __getitem__(self, index: int) -> tuple[Expression, Expression]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Expression, Expression]]: ...
    def __getitem__(
        self, index: int | slice
    ) -> tuple[Expression, Expression] | Sequence[tuple[Expression, Expression]]:
        return self._all[index]


class SweepStates(States):
    """The states of a sweep: each is made from the edges before it, without the states between."""

    def __init__(self, record: Record, rewrites: Rewrites) -> None:
        super().__init__(record.problem, rewrites)
        self._record = record
        self._made: dict[int, Expression] = {0: record.problem}

    def _state(self, index: int) -> Expression:
        found = self._made.get(index)
        if found is None:
            found = self._made[index] = self._worked(index)
        return found

    def _worked(self, index: int) -> Expression:
        record = self._record
        swept = len(record.edges) + 1
        if index <= swept:
            done = 0 if index == 1 else record.edges[index - 2][0] + 1
            return replace(record.problem, record.core, record.plan.state(done))
        if index == swept + 1 and record.bare is not None and record.plan.uses_names:
            return replace(record.problem, record.core, record.bare)
        now = index
        while now - 1 > swept and now - 1 not in self._made:
            now -= 1
        for step in range(now - 1, index):
            self._made[step + 1] = replace(self[step], *self.rewrites[step])
        return self._made[index]
