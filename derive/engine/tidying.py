"""Tidying: one walk from the leaves up, each part brought into its tidy form before what it is part of.

A step replaces its left side wherever it stands, also where the walk has not been yet, or has been before. So each
place is known by the number of steps since which something stands there, and the log says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.engine.log import CITE, Log
from derive.expressions import Call, Expression, Negation, Product, Quotient, Sum, postorder, rebuild
from derive.rules import Facts
from derive.rules.apply import apply_first
from derive.rules.nests import DEEP, FRACTIONAL, above_the_line, fraction_lines
from derive.strategy import Use

_Plan: TypeAlias = "list[Expression | None]"
"""How a nest is put together from its parts: None is the next part, a bracket takes what came before as its own."""

_History: TypeAlias = "list[tuple[Expression, int]]"
"""The forms that stood at one place, each with the number of steps since which it did."""


class _Frame:
    """One subexpression being tidied: its parts so far, and the number of steps since which it stands there.

    The parts of a sum in a sum, of a product in a product, are parts of the outer one: a nest of brackets is one node
    with many parts, and is opened once.
    """

    __slots__ = ("entries", "node", "origins", "parts", "plan", "since", "stamps", "tidied")

    def __init__(self, node: Expression, since: int) -> None:
        self.entries: list[tuple[Expression, int]] = []
        self.origins: list[Expression] = []
        self.stand(node, since)

    def stand(self, node: Expression, since: int) -> None:
        """Begins anew with `node`, which stands there since the step `since`."""
        self.node = node
        self.since = since
        self.parts: tuple[Expression, ...] | None = None
        self.plan: _Plan = []
        self.tidied: list[Expression] = []
        self.stamps: list[int] = []


class Tidying:
    """The walk, and what it knows: which parts are tidy, and what became of the others."""

    def __init__(self, log: Log, rules: Use, facts: Facts) -> None:
        self.log = log
        self.rules = rules
        self.facts = facts
        self.normal: set[Expression] = set()  # nothing to do, here or below
        self.finished: dict[Expression, tuple[int, Expression, int]] = {}  # node → (time, tidy form, first step)
        self.parents: dict[Expression, int] = {}  # untidy part of the root → in how many parts it stands
        self.lines: dict[Expression, int] = {}  # what has been looked at → fraction lines one above the other
        self.settled: dict[Expression, tuple[int, Expression, int]] = {}  # node → (since, tidy form, its own since)

    def tidy(self, root: Expression) -> Expression:
        """`root` with every part brought into its tidy form, parts before what they are part of."""
        self.pass_over(root)
        stack = [_Frame(root, len(self.log))]
        value: tuple[Expression, int] | None = None
        clock = self.log.clock
        while stack:
            clock.tick()
            frame = stack[-1]
            if value is not None:
                frame.tidied.append(value[0])
                frame.stamps.append(value[1])
                value = None
            elif frame.parts is None:
                value = self.entered(frame)
                if value is not None:
                    stack.pop()
                    continue
            part = self.next_part(frame)
            if part is not None:
                stack.append(part)
                continue
            value = self.rewritten(frame)
            if value is not None:
                stack.pop()
        assert value is not None
        return value[0]

    def pass_over(self, root: Expression) -> None:
        """Notes as tidy functions of tidy arguments to which no rule applies: no frame is needed for them.

        Nothing is rewritten yet. What cannot be noted in its turn, since a part of it is not tidy, is left to the walk.
        """
        normal, rules, facts = self.normal, self.rules, self.facts
        parents = self.parents = {}
        clock = self.log.clock
        for node in postorder(root, normal):
            if not node.arguments:
                continue
            clock.tick()
            tidy = True
            for part in node.arguments:
                if part.arguments and part not in normal:
                    parents[part] = parents.get(part, 0) + 1
                    tidy = False
            if tidy:
                plan = rules.plan(node)
                if not plan or (type(node) is Call and apply_first(plan, node, facts) is None):
                    normal.add(node)

    def entered(self, frame: _Frame) -> tuple[Expression, int] | None:
        """The tidy form and its time when nothing is left to do for the frame's node, else None."""
        node, since = frame.node, frame.since
        if node in self.log.replaced:
            node, since = self.log.follow(node, since)
            frame.stand(node, since)
        if node in self.normal:
            return self.finish(frame)
        walked = self.settled.get(node)
        if walked is not None and since <= walked[0]:  # what happened to that place happened here
            frame.stand(walked[1], walked[2])
            return self.finish(frame)
        frame.entries.append((node, since))
        known = self.finished.get(node)
        if known is not None and known[0] <= since and self.is_intact(node, since):
            _, after, first = known
            before = self.log.entries[first]
            if before.before is node and before.after is after:
                self.log.record(before.rule, node, after, before.kept, before.cites)
            else:
                self.log.record(CITE, node, after, None, first)
            frame.stand(after, len(self.log))
            return self.finish(frame)
        frame.parts, frame.plan = self.opened(node)
        return None

    def opened(self, node: Expression) -> tuple[tuple[Expression, ...], _Plan]:
        """The parts of a node, and the plan by which it is put together again where brackets in it were opened."""
        kind = type(node)
        if kind is Sum or kind is Product:
            inner = _SUM_PARTS if kind is Sum else _PRODUCT_PARTS
            if any([is_bracket for _, is_bracket in inner(node)]):
                return self.nest(node, inner)
        if (kind is Quotient or kind is Product) and node.depth > DEEP and fraction_lines(node, self.lines) >= DEEP:
            parts, plan = self.nest(node, self.fraction_parts)
            if [type(bracket) for bracket in plan].count(Quotient) >= DEEP:
                return parts, plan
        return node.arguments, []

    def fraction_parts(self, e: Expression) -> list[tuple[Expression, bool]]:
        """The parts of a bracket in a deep nest of fractions, with whether they are opened: not if they are tidy.

        What stands elsewhere too is not opened, either: it is tidied once.
        """
        above = above_the_line(e)
        found = [
            (a, type(a) in FRACTIONAL and a not in self.normal and self.parents.get(a, 1) == 1 and self.lines[a] > 0)
            for a in above
        ]
        return found + [(a, False) for a in e.arguments[len(above) :]]

    def nest(
        self, node: Expression, inner: Callable[[Expression], list[tuple[Expression, bool]]]
    ) -> tuple[tuple[Expression, ...], _Plan]:
        """The parts of a nest of brackets and its plan; `inner` gives what is in a bracket, and whether to open that.

        LimitError where brackets that are one object stand for more parts than a derivation may have nodes.
        """
        parts: list[Expression] = []
        plan: _Plan = []
        stack = [(node, iter(inner(node)))]
        while stack:
            e, rest = stack[-1]
            for a, is_opened in rest:
                if is_opened:
                    self.log.clock.tick()
                    self.log.check_parts(len(parts))
                    stack.append((a, iter(inner(a))))
                    break
                parts.append(a)
                plan.append(None)
            else:
                stack.pop()
                plan.append(e)
        return tuple(parts), plan

    def is_intact(self, root: Expression, since: int) -> bool:
        """Whether no part of `root` was replaced since it stands there."""
        seen: set[Expression] = set()
        stack = list(root.arguments)
        while stack:
            node = stack.pop()
            if node in seen or node in self.normal:
                continue
            seen.add(node)
            if self.log.replaced.get(node, -1) >= since:
                return False
            stack.extend(node.arguments)
        return True

    def next_part(self, frame: _Frame) -> _Frame | None:
        """A frame for the next part that needs one; parts known to be tidy are taken as they are."""
        parts = frame.parts
        assert parts is not None
        done = frame.tidied
        if not done and self.normal.issuperset(parts):
            done.extend(parts)
            frame.stamps = [frame.since] * len(parts)
            return None
        while len(done) < len(parts):
            part = parts[len(done)]
            if part in self.normal or not part.arguments:
                done.append(part)
                frame.stamps.append(frame.since)
                continue
            return _Frame(part, frame.since)
        return None

    def rewritten(self, frame: _Frame) -> tuple[Expression, int] | None:
        """Applies the first rule that fits the node with its tidy parts; None: enter the frame again."""
        node = frame.node
        rebuilt, stamp = self.with_parts(frame)
        if rebuilt is not node:
            frame.origins.append(node)
            now, since = self.log.follow(rebuilt, stamp)
            if now in self.normal:
                frame.stand(now, since)
                return self.finish(frame)
            if now is not rebuilt:
                frame.stand(now, since)
                return None
        found = apply_first(self.rules.plan(rebuilt), rebuilt, self.facts)
        if found is not None:
            frame.origins.append(rebuilt)
            rule, after, match = found
            after = self.log.record(rule, rebuilt, after, match)
            frame.stand(after, len(self.log))
            return None
        self.normal.add(rebuilt)
        frame.stand(rebuilt, stamp)
        return self.finish(frame)

    def with_parts(self, frame: _Frame) -> tuple[Expression, int]:
        """The frame's node with its tidy parts, and since when it stands so; nested brackets are followed here."""
        node, tidied, since = frame.node, frame.tidied, frame.since
        if frame.parts == tuple(tidied) and max(frame.stamps, default=since) <= since:
            replaced = self.log.replaced
            if not any([replaced.get(bracket, -1) >= since for bracket in frame.plan if bracket is not None]):
                return node, since
        stamp = max(frame.stamps, default=frame.since)
        if len(tidied) == len(node.arguments) and frame.parts is node.arguments:
            rebuilt = rebuild(node, tuple(tidied))
            return (node if rebuilt is node else self.log.interner.intern(rebuilt)), max(stamp, frame.since)
        parts = iter([[part] for part in zip(tidied, frame.stamps, strict=True)])
        values: list[_History] = []
        for bracket in frame.plan:
            if bracket is None:
                values.append(next(parts))
            else:
                n = len(bracket.arguments)
                inner = values[-n:]
                del values[-n:]
                values.append(self.history(bracket, inner, frame.since))
        return values[0][-1]

    def history(self, bracket: Expression, inner: list[_History], since: int) -> _History:
        """The forms of a nest of brackets since its parts are tidy: brackets in it, and it, may have been replaced.

        The same nest may have been opened elsewhere, while a bracket in it was still closed, or already open.
        """
        start = max(since, *[h[0][1] for h in inner])
        changes = sorted({time for h in inner for _, time in h if time > start})
        forms: _History = []
        for begin, end in zip([start, *changes], [*changes, len(self.log)], strict=True):
            arguments = tuple([next(form for form, time in reversed(h) if time <= begin) for h in inner])
            form = self.log.interner.intern(rebuild(bracket, arguments))
            forms.append((form, begin))
            after, stamp = self.log.follow(form, begin)
            if after is not form and self.log.first_step(form, begin) < end:
                if after not in self.normal:  # parts of what replaced it were replaced in turn, here too
                    time, after, _ = self.finished[form]
                    stamp = max(time, stamp)
                forms.append((after, stamp))
                break
        return forms

    def finish(self, frame: _Frame) -> tuple[Expression, int]:
        now = len(self.log)
        for origin in frame.origins:
            if origin in self.log.replaced:
                self.finished[origin] = (now, frame.node, self.log.first_step(origin))
        for node, since in frame.entries:
            self.settled[node] = (since, frame.node, frame.since)
        return frame.node, frame.since


def _with_brackets(kind: type[Expression]) -> Callable[[Expression], list[tuple[Expression, bool]]]:
    """The parts of a sum or product, each with whether it is one itself, or minus one."""
    return lambda e: [
        (a, type(a) is kind or (type(a) is Negation and type(a.arguments[0]) is kind)) for a in e.arguments
    ]


_SUM_PARTS, _PRODUCT_PARTS = _with_brackets(Sum), _with_brackets(Product)
