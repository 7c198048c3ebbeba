"""The search for the mistake behind a wrong answer: one known mistake anywhere, then two, within a budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

from derive.engine.agenda import Limits, work_out
from derive.expressions import Expression, replace
from derive.rules import Facts, Rule
from derive.strategy import Method
from derive.tutor.suspects import Suspect, suspects
from derive.tutor.values import Fingerprint

SECONDS = 2.0
AGAIN = Limits(steps=2000, nodes=200_000, seconds=0.5)


class Search:
    """The search behind one wrong answer: `one()` mistake first, then `two()`, until the time is over.

    What has no value as it stands, or an answer that has none, is worked out to the end and compared there.
    """

    def __init__(
        self,
        states: Sequence[Expression],
        used: Sequence[tuple[Rule, Expression]],
        answer: Expression,
        method: Method,
        seconds: float = SECONDS,
    ) -> None:
        self.states, self.used, self.answer, self.method = states, used, answer, method
        self.end = monotonic() + seconds
        self.mark = Fingerprint(answer, states[0], states[-1])
        self.singles: list[Suspect] = []

    def one(self) -> tuple[Suspect, ...]:
        """The first suspect whose value is the answer's; none when no known mistake explains it."""
        undecided: list[Suspect] = []
        facts = Facts()
        wanted = facts.representative(self.answer)
        for suspect in suspects(self.states, self.used):
            fits = self.mark.fits(suspect.state)
            if fits:
                return (suspect,)
            self.singles.append(suspect)
            if fits is None and self.mark.points:
                undecided.append(suspect)
            elif fits is None and self.comes_to(wanted, suspect, facts):  # no value would tell: at once
                return (suspect,)
            if monotonic() > self.end:
                return ()
        for suspect in undecided:
            if self.comes_to(wanted, suspect, facts):
                return (suspect,)
            if monotonic() > self.end:
                return ()
        return ()

    def comes_to(self, wanted: Expression, suspect: Suspect, facts: Facts) -> bool:
        """Whether a suspect, worked out to the end, is the answer up to order and trivia, or has its value."""
        result = work_out(suspect.state, self.method, AGAIN).result
        return result is not None and (facts.representative(result) == wanted or bool(self.mark.fits(result)))

    def two(self) -> tuple[Suspect, ...]:
        """The first two suspects, the second on the way from the first, whose value is the answer's."""
        if not self.mark.points:
            return ()
        for suspect in self.singles:
            for second in _after(suspect, self.method):
                if self.mark.fits(second.state):
                    return (suspect, second)
                if monotonic() > self.end:
                    return ()
        return ()


def _after(suspect: Suspect, method: Method) -> Iterator[Suspect]:
    """What may go wrong after a mistake."""
    worked = work_out(suspect.state, method, AGAIN)
    states = [suspect.state]
    for rewrite in worked.log:
        states.append(replace(states[-1], rewrite.before, rewrite.after))
    yield from suspects(states, [(rewrite.rule, rewrite.before) for rewrite in worked.log])
