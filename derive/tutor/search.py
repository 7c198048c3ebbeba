"""The search for the mistake behind a wrong answer: one known mistake anywhere, then two, within a budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from derive.engine.agenda import Limits, work_out
from derive.expressions import Expression, replace
from derive.rules import Facts, Rule
from derive.strategy import Method
from derive.tutor.suspects import Suspect, suspects
from derive.tutor.values import Fingerprint

SECONDS = 2.0
AGAIN = Limits(steps=2000, nodes=200_000, seconds=0.5)


@dataclass(frozen=True, slots=True)
class Found:
    """The mistakes that lead to the answer, in order."""

    suspects: tuple[Suspect, ...]


def search(
    states: Sequence[Expression],
    used: Sequence[tuple[Rule, Expression]],
    answer: Expression,
    method: Method,
    *,
    two: bool = True,
    seconds: float = SECONDS,
) -> Found | None:
    """The first suspect whose value is the answer's, else the first pair; None when nothing known explains it.

    What has no value as it stands, or an answer that has none, is worked out to the end and compared there.
    """
    end = monotonic() + seconds
    mark = Fingerprint(answer, states[0], states[-1])
    singles: list[Suspect] = []
    open_: list[Suspect] = []
    for suspect in suspects(states, used):
        fits = mark.fits(suspect.state)
        if fits:
            return Found((suspect,))
        singles.append(suspect)
        if fits is None:
            open_.append(suspect)
        if monotonic() > end:
            return None
    facts = Facts()
    wanted = facts.representative(answer)
    for suspect in open_:
        result = work_out(suspect.state, method, AGAIN).result
        if result is not None and (facts.representative(result) == wanted or mark.fits(result)):
            return Found((suspect,))
        if monotonic() > end:
            return None
    return _pair(singles, mark, method, end) if two and mark.points else None


def _pair(singles: Sequence[Suspect], mark: Fingerprint, method: Method, end: float) -> Found | None:
    """The first two suspects, the second on the way from the first, whose value is the answer's."""
    for suspect in singles:
        for second in _after(suspect, method):
            if mark.fits(second.state):
                return Found((suspect, second))
            if monotonic() > end:
                return None
    return None


def _after(suspect: Suspect, method: Method) -> Iterator[Suspect]:
    """What may go wrong after a mistake."""
    worked = work_out(suspect.state, method, AGAIN)
    states = [suspect.state]
    for rewrite in worked.log:
        states.append(replace(states[-1], rewrite.before, rewrite.after))
    yield from suspects(states, [(rewrite.rule, rewrite.before) for rewrite in worked.log])
