"""Hints: a ladder for the next step of any expression on the way, the student's own included.

Where to look; which rule; the rule with this problem's u and v; the next line. Each rung says a little more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.engine.assemble import derivation
from derive.expressions import Expression
from derive.explain import words
from derive.explain.catalog import Segment, Segments, message
from derive.explain.showing import shown
from derive.trace import Derivation, Step
from derive.tutor.check import method_of
from derive.tutor.lines import between
from derive.tutor.nexts import expression_at
from derive.tutor.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Hint:
    """The ladder of one next step: `rungs(language)`; `next` is the line that it leads to.

    rule   the id of the step's rule, "" when nothing is left to do
    off    the verdict on where the student stands, when that has another value than the problem: mend that first
    steps  how many steps are left, tidying included
    """

    here: Expression
    next: Expression | None
    rule: str
    steps: int
    off: Verdict | None = None
    _step: Step | None = field(default=None, repr=False)

    def rungs(self, language: str = "en") -> tuple[Segments, ...]:
        """The rungs, each more open than the one before; the last is the next line itself."""
        if self.off is not None:
            return (*self.off.segments(language), message(language, "hint.go-back", "what"))
        if self._step is None or self.next is None:
            return (message(language, "hint.ready", "what"),)
        ladder = words.hints(self._step, language)
        return (*ladder, message(language, "hint.line", "what", {"line": (Segment("math", shown(self.next)),)}))

    def messages(self, language: str = "en") -> tuple[str, ...]:
        """The rungs as plain lines."""
        from derive.explain.inline import one_line

        return tuple(one_line(rung) for rung in self.rungs(language))


def hints(problem: str | Derivation, at: str | Expression | None = None) -> Hint:
    """The next step from `at`, any expression on the way to the answer of `problem`; from the problem when left out.

    What has another value than the problem gets no next step, but what is wrong with it.
    """
    from derive.engine import solve

    whole = problem if isinstance(problem, Derivation) else solve(problem)
    method = method_of(whole)
    here = whole.problem if at is None else _read(at, whole)
    if at is not None:
        seen = between(whole.problem, here, method)
        if seen.verdict in ("mistake", "not-equivalent"):
            return Hint(here, None, "", 0, seen)
    rest = derivation("simplify", here, method, None, ()) if at is not None else whole
    telling = [s for s in rest.steps if s.weight != "cosmetic"] or list(rest.steps)
    if not telling:
        return Hint(here, None, "", 0)
    step = telling[0]
    return Hint(here, rest.states[step.index + 1], step.rule, len(rest.steps), None, step)


def _read(at: str | Expression, whole: Derivation) -> Expression:
    from derive.tutor.answers import read_answer

    if isinstance(at, Expression):
        return at
    if at.strip() and "=" in at:
        return read_answer(at, whole.problem, whole.result)
    return expression_at(at)
