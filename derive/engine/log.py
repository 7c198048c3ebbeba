"""The log: every rewriting with its rule, its match and its limits; and what stands now where something stood then."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from derive.errors import LimitError
from derive.expressions import Expression, Interner
from derive.rules import Facts, Match, Rule
from derive.rules.apply import matched
from derive.rules.clock import Clock
from derive.rules.facts import MAX_TERMS


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one derivation: its steps, distinct nodes and seconds, and what may come up in it.

    order  of a derivative    bits  of an exact integer    terms  of what is multiplied out, as predicted
    """

    steps: int = 1_000_000  # longest golden derivation: below 100; a chain 100,000 deep takes 100,001
    nodes: int = 5_000_000  # about 1.6 GB
    seconds: float = 60.0
    order: int = 200  # worked one by one; the highest of the shared examples is 7
    bits: int = 14_000  # a number that is read has 13,952 at most; arithmetic leaves a power above 10,000 as it is
    terms: int = MAX_TERMS


@dataclass(slots=True)
class Rewrite:
    """One entry of the log: `before` became `after` wherever it stood; `cites` is the earlier step that is quoted.

    The match is kept where the right side of the rule is a function, which may have added to it.
    """

    rule: Rule
    before: Expression
    after: Expression
    kept: Match | None
    cites: int | None = None

    def match(self, facts: Facts) -> Match | None:
        """How the rule matched, None for a citation; a pattern is matched again, which takes no memory until then."""
        if self.kept is None and self.rule is not CITE:
            return matched(self.rule, self.before, facts)
        return self.kept


CITE = Rule("derivation.cite", "?u", "?u", weight="minor")
"""A part that was worked out before: replaced at once, with a reference to the step where that began."""


_LISTENER: ContextVar[Callable[[Rewrite], None] | None] = ContextVar("listener", default=None)


@contextmanager
def heard(listener: Callable[[Rewrite], None]) -> Iterator[None]:
    """Within this context every rewriting is told to `listener` as it is found, side calculations too."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


class Log:
    """The steps of one derivation, in order; every expression in it is the interner's."""

    __slots__ = ("clock", "earlier", "entries", "interner", "limits", "listener", "most", "replaced")

    def __init__(self, limits: Limits, interner: Interner | None = None) -> None:
        self.entries: list[Rewrite] = []
        self.listener = _LISTENER.get()
        self.interner = Interner() if interner is None else interner  # that of the derivation which tries something
        self.most = len(self.interner) + limits.nodes
        self.limits = limits
        self.clock = Clock(limits.seconds)
        self.replaced: dict[Expression, int] = {}  # before → the last step that replaced it
        self.earlier: dict[Expression, list[int]] = {}  # before → all steps that did, where they are several

    def __len__(self) -> int:
        return len(self.entries)

    def record(
        self, rule: Rule, before: Expression, after: Expression, match: Match | None, cites: int | None = None
    ) -> Expression:
        """Adds a step and returns `after` as it is kept; LimitError when there are too many, or it takes too long."""
        step = len(self.entries)
        if step >= self.limits.steps:
            raise LimitError(f"more than {self.limits.steps} steps", limit="steps", value=self.limits.steps)
        after = self.interner.intern(after)
        self.entries.append(Rewrite(rule, before, after, None if type(rule.rhs) is str else match, cites))
        last = self.replaced.get(before)
        if last is not None:
            self.earlier.setdefault(before, [last]).append(step)
        self.replaced[before] = step
        self.check()
        if self.listener is not None:
            self.listener(self.entries[-1])
        return after

    def check(self) -> None:
        """LimitError when there are too many nodes, too long a number, or the time is up."""
        if len(self.interner) > self.most:
            raise LimitError(f"more than {self.limits.nodes} nodes", limit="nodes", value=self.limits.nodes)
        if self.interner.largest.bit_length() > self.limits.bits:
            raise LimitError(f"a number of more than {self.limits.bits:,} bits", limit="bits", value=self.limits.bits)
        self.clock.look()

    def check_parts(self, parts: int) -> None:
        """LimitError when an expression is about to have more parts than there may be nodes."""
        if parts > self.limits.nodes:
            raise LimitError(f"more than {self.limits.nodes} nodes", limit="nodes", value=self.limits.nodes)

    def follow(self, node: Expression, since: int) -> tuple[Expression, int]:
        """What stands now where `node` stood at time `since`, after the steps that replaced it everywhere."""
        last = self.replaced.get(node)
        while last is not None and last >= since:
            step = self.first_step(node, since)
            node, since = self.entries[step].after, step + 1
            last = self.replaced.get(node)
        return node, since

    def first_step(self, node: Expression, since: int = 0) -> int:
        """The first step that replaced `node`, which one did, where it stands since `since`."""
        steps = self.earlier.get(node) if self.earlier else None
        return self.replaced[node] if steps is None else steps[bisect_left(steps, since)]
