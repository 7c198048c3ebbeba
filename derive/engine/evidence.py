"""The evidence of a derivation: the judge's verdict on its result, and the first step that changed the value.

A result that is disproved is never shown as done. Where a step went wrong is found by bisection over the states, at the
point that disproves the result: each state has the value that the problem has there, or certainly another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from derive.expressions import Expression
from derive.rules import Facts
from derive.rules.apply import apply
from derive.trace import Derivation, Outcome

if TYPE_CHECKING:
    from derive.numeric import Verification

BASE, EACH = 60, 40  # operations at points for a derivation, and for each of its steps: 5 µs each, a step takes 300
LEAST = 0.1  # seconds for the judge at least: textbook results take 0.001, the dearest of rubi 0.05 on a busy machine
THOROUGH = 30.0  # seconds for the judge, and for the steps
LOCATING = 5.0  # seconds for finding the step that is wrong
POINTS = 6  # at which steps are compared


def verification(d: Derivation) -> Verification:
    """Problem and result compared where the conditions hold, as `d.verify` asks: quick, thorough or off."""
    from derive.numeric import Verification, verify  # FLINT is loaded when evidence is asked for

    if d.verify == "off":
        return Verification(verdict="unchecked", verify="off", reason="not asked for")
    relations = compared_where(d)
    quick = d.verify != "thorough"
    seconds = max(LEAST, d.seconds) if quick else THOROUGH
    budget = BASE + EACH * (len(d.states) - 1) if quick else None
    seen = verify(d.problem, d.result, conditions=relations, mode=d.verify, seconds=seconds, budget=budget)
    if seen.verdict == "unchecked" and d.task == "evaluate-derivative" and d.outcome == "done":
        from derive.rules import definition

        found = apply(definition.AT_POINT, d.problem, Facts())
        if found is not None:  # the definition itself: it has a value where a series in x has none, x*|x| at 0
            seen = verify(found[0], d.result, conditions=relations, mode=d.verify, seconds=seconds, budget=budget)
    return seen


def compared_where(d: Derivation) -> tuple[Expression, ...]:
    """The conditions that a point has to meet: single relations; an identity excludes no point."""
    return tuple(
        c.alternatives[0]
        for c in d.conditions
        if len(c.alternatives) == 1 and not c.never and c.along is None and c.alternatives[0].label != "="
    )


def judged(d: Derivation, outcome: Outcome) -> Outcome:
    """The outcome, or "unsound" where the judge disproves the result, with the step where the value changed."""
    if d.verify == "off" or not (outcome == "done" or outcome.reason.startswith("no-rule")):
        return outcome
    seen = d.verification
    if seen.verdict != "disagrees":
        if d.verify != "thorough":
            return outcome
        wrong, looked = _first_of(d, range(len(d.states) - 1))
        d.strengthened(seen.model_copy(update={"steps": looked}))
        return outcome if wrong is None else _unsound(d, wrong)
    return _unsound(d, changed_step(d))


def changed_step(d: Derivation) -> int | None:
    """The index of a step after which the value is certainly another one than before; None where none is found."""
    from derive.numeric import differ_at, sides

    count = len(d.states) - 1
    witness = d.verification.witness
    if witness is None or not count:
        return None
    end = monotonic() + LOCATING
    right, wrong = 0, count
    while wrong - right > 1 and monotonic() < end:
        middle = (right + wrong) // 2
        if differ_at(*sides(d.problem, d.states[middle]), witness.point):
            wrong = middle
        else:
            right = middle
    if wrong - right == 1 and differ_at(*sides(d.states[right], d.states[wrong]), witness.point):
        return right
    return _first_of(d, range(count), LOCATING)[0]


def _first_of(d: Derivation, steps: Iterable[int], seconds: float = THOROUGH) -> tuple[int | None, int]:
    """(the first of the steps that changes the value, how many were compared) as far as the time reaches."""
    from derive.numeric import compare, sides

    end = monotonic() + seconds
    relations = compared_where(d)
    looked = 0
    for k in steps:
        if monotonic() > end:
            break
        left, right = sides(d.states[k], d.states[k + 1])
        if compare(left, right, conditions=relations, points=POINTS, seconds=end - monotonic()).verdict == "different":
            return k, looked + 1
        looked += 1
    return None, looked


def _unsound(d: Derivation, step: int | None) -> Outcome:
    return replace(
        Outcome("unsound", "unsound" if step is not None else "unsound-somewhere"),
        part=None if step is None else d.steps[step].before,
        step=step,
    )


__all__ = ["changed_step", "compared_where", "judged", "verification"]
