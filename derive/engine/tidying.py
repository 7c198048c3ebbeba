"""Tidying: one walk from the leaves up, each part brought into its tidy form before what it is part of.

A step replaces its left side wherever it stands, also where the walk has not been yet, or has been before. So each
place is known by the number of steps since which something stands there, and the log says what became of it.
"""

from __future__ import annotations

from typing import TypeAlias

from derive.engine.log import CITE, Log
from derive.expressions import Call, Expression, Negation, Product, Sum, rebuild
from derive.rules import Facts
from derive.rules.apply import apply_first
from derive.strategy import Use

_History: TypeAlias = "list[tuple[Expression, int]]"
"""The forms that stood at one place, each with the number of steps since which it did."""


class _Frame:
    """One subexpression being tidied: its parts so far, and the number of steps since which it stands there.

    The parts of a sum in a sum, of a product in a product, are parts of the outer one: a nest of brackets is one node
    with many parts, and is opened once.
    """

    __slots__ = ("brackets", "entries", "node", "origins", "parts", "since", "stamps", "tidied")

    def __init__(self, node: Expression, since: int) -> None:
        self.entries: list[tuple[Expression, int]] = []
        self.origins: list[Expression] = []
        self.stand(node, since)

    def stand(self, node: Expression, since: int) -> None:
        """Begins anew with `node`, which stands there since the step `since`."""
        self.node = node
        self.since = since
        self.parts: tuple[Expression, ...] | None = None
        self.brackets: list[Expression] = []
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
        self.settled: dict[Expression, tuple[int, Expression, int]] = {}  # node → (since, tidy form, its own since)

    def tidy(self, root: Expression) -> Expression:
        """`root` with every part brought into its tidy form, parts before what they are part of."""
        self.pass_over(root)
        stack = [_Frame(root, len(self.log))]
        value: tuple[Expression, int] | None = None
        while stack:
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
        left: set[Expression] = set()  # looked at, and not noted
        stack = [root]
        while stack:
            node = stack[-1]
            tidy = True
            for part in node.arguments:
                if part.arguments and part not in normal:
                    if part in left:
                        tidy = False
                    else:
                        stack.append(part)
            if stack[-1] is not node:
                continue
            stack.pop()
            plan = rules.plan(node) if tidy else ()
            if tidy and (not plan or (type(node) is Call and apply_first(plan, node, facts) is None)):
                normal.add(node)
            else:
                left.add(node)

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
                self.log.record(before.rule, node, after, before.match, before.cites)
            else:
                self.log.record(CITE, node, after, None, first)
            frame.stand(after, len(self.log))
            return self.finish(frame)
        frame.parts, frame.brackets = _parts(node)
        return None

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
            if not any([replaced.get(bracket, -1) >= since for bracket in frame.brackets]):
                return node, since
        stamp = max(frame.stamps, default=frame.since)
        if len(tidied) == len(node.arguments) and frame.parts is node.arguments:
            rebuilt = rebuild(node, tuple(tidied))
            return (node if rebuilt is node else self.log.interner.intern(rebuilt)), max(stamp, frame.since)
        parts = iter([[part] for part in zip(tidied, frame.stamps, strict=True)])
        values: list[_History] = []
        work: list[tuple[Expression, bool]] = [(node, False)]
        while work:
            e, ready = work.pop()
            if ready:
                inner = values[len(values) - len(e.arguments) :]
                del values[len(values) - len(e.arguments) :]
                values.append(self.history(e, inner, frame.since))
            elif e is node or _is_bracket(e, type(node)):
                work.append((e, True))
                work.extend([(a, False) for a in reversed(e.arguments)])
            else:
                values.append(next(parts))
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


def _is_bracket(e: Expression, kind: type[Expression]) -> bool:
    """Whether `e`, in a sum or product, is one itself, or minus one."""
    return type(e) is kind or (type(e) is Negation and type(e.arguments[0]) is kind)


def _parts(node: Expression) -> tuple[tuple[Expression, ...], list[Expression]]:
    """The parts of a node, its children, those of nested brackets in place of the brackets; and the brackets."""
    kind = type(node)
    if (kind is not Sum and kind is not Product) or True not in [_is_bracket(a, kind) for a in node.arguments]:
        return node.arguments, []
    parts, brackets = [], [node]
    stack = list(reversed(node.arguments))
    while stack:
        e = stack.pop()
        if _is_bracket(e, kind):
            brackets.append(e)
            stack.extend(reversed(e.arguments))
        else:
            parts.append(e)
    return tuple(parts), brackets
