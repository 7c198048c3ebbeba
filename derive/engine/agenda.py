"""The engine: works an expression out by a method and logs every rewriting, at a cost in proportion to its steps.

Two phases take turns until no operator is left that a rule can work on. *Operators*: an agenda of derivative operators
whose operands hold no operator, outermost first, left to right; a rewritten place puts its new operators on the agenda,
nothing is rescanned. *Tidying*: one walk from the leaves up. A step rewrites one subexpression wherever it occurs, so
that equal parts are worked out once; a part that comes up again later is cited.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from time import monotonic
from typing import TypeAlias

from derive.errors import LimitError
from derive.expressions import (
    ONE, Derivative, Expression, Interner, Negation, Product, Substitution, Sum, integer_value, is_operator, postorder,
    rebuild,
)  # fmt: skip
from derive.rules import Facts, Match, Rule
from derive.rules.apply import apply_first
from derive.strategy import Method


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one derivation: steps, distinct nodes made, seconds, and the order of a derivative."""

    steps: int = 1_000_000  # longest golden derivation: below 100; a chain 100,000 deep takes 100,001
    nodes: int = 5_000_000  # about 1.6 GB
    seconds: float = 60.0
    order: int = 200  # worked one by one; the highest of the shared examples is 7


@dataclass(slots=True)
class Rewrite:
    """One entry of the log: `before` became `after` wherever it stood; `cites` is the earlier step that is quoted."""

    rule: Rule
    before: Expression
    after: Expression
    match: Match | None
    cites: int | None = None


CITE = Rule("derivation.cite", "?u", "?u", weight="minor")
"""A part that was worked out before: replaced at once, with a reference to the step where that began."""


class Worked:
    """The result of working an expression out: the log, what came of it, what no rule could work on."""

    __slots__ = ("bound", "facts", "limit", "log", "problem", "result", "stuck")

    def __init__(self, problem: Expression, facts: Facts) -> None:
        self.problem = problem
        self.result: Expression | None = None  # None when a limit was hit: then the last state is the result
        self.facts = facts
        self.log: list[Rewrite] = []
        self.stuck: list[Expression] = []
        self.limit: LimitError | None = None
        self.bound: frozenset[Expression] | None = None  # letters that limits bind, when they have been asked for


def work_out(problem: Expression, method: Method, limits: Limits | None = None) -> Worked:
    """`problem` worked out by `method`; when a limit is hit, the log so far stands and `limit` says which."""
    return _Engine(problem, method, limits or Limits()).run()


class _Frame:
    """One subexpression being tidied: its parts so far, and the number of steps since which it stands there.

    The parts of a sum in a sum, of a product in a product, are parts of the outer one: a nest of brackets is one node
    with many parts, and is opened once.
    """

    __slots__ = ("entries", "node", "origins", "parts", "since", "stamps", "tidied")

    def __init__(self, node: Expression, since: int) -> None:
        self.entries: list[tuple[Expression, int]] = []
        self.origins: list[Expression] = []
        self.stand(node, since)

    def stand(self, node: Expression, since: int) -> None:
        """Begins anew with `node`, which stands there since the step `since`."""
        self.node = node
        self.since = since
        self.parts: tuple[Expression, ...] | None = None
        self.tidied: list[Expression] = []
        self.stamps: list[int] = []


_History: TypeAlias = "list[tuple[Expression, int]]"
"""The forms that stood at one place, each with the number of steps since which it did."""


class _Engine:
    def __init__(self, problem: Expression, method: Method, limits: Limits) -> None:
        self.interner = Interner()
        self.method = method
        self.limits = limits
        self.deadline = monotonic() + limits.seconds
        self.facts = Facts()
        self.worked = Worked(self.interner.intern(problem), self.facts)
        self.log = self.worked.log
        self.replaced: dict[Expression, list[int]] = {}  # before → the steps that replaced it, first to last
        self.resolved: dict[Expression, Expression] = {}  # operator → what became of it in the end
        self.normal: set[Expression] = set()  # nothing to do, here or below
        self.finished: dict[Expression, tuple[int, Expression, int]] = {}  # node → (time, tidy form, first step)
        self.settled: dict[Expression, tuple[int, Expression, int]] = {}  # node → (since, tidy form, its own since)

    def run(self) -> Worked:
        root = self.worked.problem
        stages = [self.method]
        while stages[-1].before is not None:
            stages.append(stages[-1].before)
        try:
            self.check_orders(root)
            for stage in reversed(stages):
                self.worked.stuck.clear()
                self.normal.clear()
                self.finished.clear()
                self.settled.clear()
                root = self.work(root, stage)
        except LimitError as limit:
            self.worked.limit = limit
        else:
            self.worked.result = root
        return self.worked

    def check_orders(self, root: Expression) -> None:
        most = self.limits.order
        for node in postorder(root):
            if type(node) is Derivative and any((integer_value(n) or 0) > most for n in node.arguments[2::2]):
                raise LimitError(f"a derivative of an order above {most}", limit="order", value=most)

    def work(self, root: Expression, method: Method) -> Expression:
        """`root` worked out by a method, operators and tidying in turns."""
        self.method = method
        while True:
            agenda = self.operators_in(root)
            if agenda:
                self.work_operators(agenda)
                root = self.resolve(root)
            tidy = self.tidy(root)
            if not agenda and tidy is root:
                return root
            root = tidy

    def record(
        self, rule: Rule, before: Expression, after: Expression, match: Match | None, cites: int | None = None
    ) -> Expression:
        after = self.interner.intern(after)
        step = len(self.log)
        self.log.append(Rewrite(rule, before, after, match, cites))
        self.replaced.setdefault(before, []).append(step)
        if step >= self.limits.steps:
            raise LimitError(f"more than {self.limits.steps} steps", limit="steps", value=self.limits.steps)
        if not step % 32:
            if len(self.interner) > self.limits.nodes:
                raise LimitError(f"more than {self.limits.nodes} nodes", limit="nodes", value=self.limits.nodes)
            if monotonic() > self.deadline:
                raise LimitError(f"more than {self.limits.seconds} seconds", limit="seconds", value=self.limits.seconds)
        return after

    # operators

    def operators_in(self, root: Expression) -> list[Expression]:
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
                if node not in self.worked.stuck:
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

    def work_operators(self, agenda: list[Expression]) -> None:
        """Rewrites operators until none is on the agenda; each is worked out before its right neighbour."""
        self.resolved.clear()  # what is left now may be worked on in a later round
        stack = [(node, len(self.log)) for node in agenda]
        use, keeps = self.method.operators, self.method.keeps
        while stack:
            node, since = stack.pop()
            done = self.replaced.get(node)
            if done is not None:
                if done[-1] >= since:
                    continue  # it was replaced here too, by that step
                first = self.log[done[0]]
                value = self.resolve(node)
                if value is first.after or first.rule is CITE:
                    self.record(first.rule, node, value, first.match, first.cites)
                else:
                    self.record(CITE, node, value, None, done[0])
                continue
            kept = keeps is not None and keeps(node)
            found = None if kept else apply_first(use.at(node), node, self.facts)
            if found is not None:
                rule, new, match = found
                after = self.record(rule, node, new, match)
                now = len(self.log)
                stack.extend([(inner, now) for inner in self.operators_in(after)])
            elif node not in self.worked.stuck:
                self.worked.stuck.append(node)

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
            step = self.replaced.get(node) if is_operator(node) or self.is_point(node) else None
            after = self.log[step[0]].after if step is not None else None
            needed = (after,) if after is not None else node.arguments
            missing = [a for a in needed if a not in memo]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            if after is not None:
                memo[node] = memo[after]
            else:
                memo[node] = self.interner.intern(rebuild(node, tuple([memo[a] for a in node.arguments])))
        return memo[root]

    # tidying

    def tidy(self, root: Expression) -> Expression:
        """`root` with every part brought into its tidy form, parts before what they are part of."""
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

    def follow(self, node: Expression, since: int) -> tuple[Expression, int]:
        """What stands now where `node` stood at time `since`, after the steps that replaced it everywhere."""
        steps = self.replaced.get(node)
        while steps is not None and steps[-1] >= since:
            step = self.first_step(node, since)
            node, since = self.log[step].after, step + 1
            steps = self.replaced.get(node)
        return node, since

    def entered(self, frame: _Frame) -> tuple[Expression, int] | None:
        """The tidy form and its time when nothing is left to do for the frame's node, else None."""
        node, since = self.follow(frame.node, frame.since)
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
            before = self.log[first]
            if before.before is node and before.after is after:
                self.record(before.rule, node, after, before.match, before.cites)
            else:
                self.record(CITE, node, after, None, first)
            frame.stand(after, len(self.log))
            return self.finish(frame)
        frame.parts = _parts(node)
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
            steps = self.replaced.get(node)
            if steps is not None and steps[-1] >= since:
                return False
            stack.extend(node.arguments)
        return True

    def next_part(self, frame: _Frame) -> _Frame | None:
        """A frame for the next part that needs one; parts known to be tidy are taken as they are."""
        parts = frame.parts
        assert parts is not None
        done = frame.tidied
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
            now, since = self.follow(rebuilt, stamp)
            if now in self.normal:
                frame.stand(now, since)
                return self.finish(frame)
            if now is not rebuilt:
                frame.stand(now, since)
                return None
        found = apply_first(self.method.tidying.at(rebuilt), rebuilt, self.facts)
        if found is not None:
            frame.origins.append(rebuilt)
            rule, after, match = found
            after = self.record(rule, rebuilt, after, match)
            frame.stand(after, len(self.log))
            return None
        self.normal.add(rebuilt)
        frame.stand(rebuilt, stamp)
        return self.finish(frame)

    def with_parts(self, frame: _Frame) -> tuple[Expression, int]:
        """The frame's node with its tidy parts, and since when it stands so; nested brackets are followed here."""
        node, tidied = frame.node, frame.tidied
        stamp = max(frame.stamps, default=frame.since)
        if len(tidied) == len(node.arguments) and frame.parts is node.arguments:
            rebuilt = rebuild(node, tuple(tidied))
            return (node if rebuilt is node else self.interner.intern(rebuilt)), max(stamp, frame.since)
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
            form = self.interner.intern(rebuild(bracket, arguments))
            forms.append((form, begin))
            after, stamp = self.follow(form, begin)
            if after is not form and self.first_step(form, begin) < end:
                if after not in self.normal:  # parts of what replaced it were replaced in turn, here too
                    time, after, _ = self.finished[form]
                    stamp = max(time, stamp)
                forms.append((after, stamp))
                break
        return forms

    def first_step(self, node: Expression, since: int) -> int:
        """The first step that replaced `node`, where it stands since `since`."""
        steps = self.replaced[node]
        return steps[bisect_left(steps, since)]

    def finish(self, frame: _Frame) -> tuple[Expression, int]:
        now = len(self.log)
        for origin in frame.origins:
            steps = self.replaced.get(origin)
            if steps is not None:
                self.finished[origin] = (now, frame.node, steps[0])
        for node, since in frame.entries:
            self.settled[node] = (since, frame.node, frame.since)
        return frame.node, frame.since


def _is_bracket(e: Expression, kind: type[Expression]) -> bool:
    """Whether `e`, in a sum or product, is one itself (or minus a sum in a sum)."""
    if kind is Sum:
        return type(e) is Sum or (type(e) is Negation and type(e.arguments[0]) is Sum)
    return kind is Product and type(e) is Product


def _parts(node: Expression) -> tuple[Expression, ...]:
    """The parts of a node: its children, those of nested brackets in place of the brackets."""
    kind = type(node)
    if kind is not Sum and kind is not Product:
        return node.arguments
    if not any([_is_bracket(a, kind) for a in node.arguments]):
        return node.arguments
    parts = []
    stack = list(reversed(node.arguments))
    while stack:
        e = stack.pop()
        if _is_bracket(e, kind):
            stack.extend(reversed(e.arguments))
        else:
            parts.append(e)
    return tuple(parts)
