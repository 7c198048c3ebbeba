"""The search for the mistake behind a wrong answer: one known mistake anywhere, then two, within a budget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from derive.engine.agenda import Limits, work_out
from derive.expressions import Expression, replace
from derive.rules import Rule
from derive.strategy import Method
from derive.tutor.suspects import Suspect, suspects
from derive.tutor.values import Fingerprint

SECONDS = 2.0
FIRST = 12  # first mistakes that a second one is looked for behind, in the order of the suspects
AGAIN = Limits(steps=2000, nodes=200_000, seconds=0.5)


@dataclass(frozen=True, slots=True)
class Found:
    """The mistakes that lead to the answer, in order; `others` explain it as well."""

    suspects: tuple[Suspect, ...]
    others: tuple[Suspect, ...] = ()


def search(
    states: Sequence[Expression],
    used: Sequence[tuple[Rule, Expression]],
    answer: Expression,
    method: Method,
    *,
    two: bool = True,
    seconds: float = SECONDS,
) -> Found | None:
    """The first suspect whose value is the answer's, else the first pair; None when nothing known explains it."""
    end = monotonic() + seconds
    mark = Fingerprint(answer, states[-1])
    if not mark.points:
        return None
    singles: list[Suspect] = []
    for suspect in suspects(states, used):
        if mark.fits(suspect.state):
            return Found((suspect,))
        singles.append(suspect)
        if monotonic() > end:
            return None
    for suspect in singles if two else ():
        worked = work_out(suspect.state, method, AGAIN)
        again = [suspect.state]
        for rewrite in worked.log:
            again.append(replace(again[-1], rewrite.before, rewrite.after))
        later = [(rewrite.rule, rewrite.before) for rewrite in worked.log]
        for second in suspects(again, later):
            if mark.fits(second.state):
                return Found((suspect, second))
            if monotonic() > end:
                return None
    return None
