"""The detectors: each takes a derivation and names the defects that it finds; none of them uses a rule.

joins      a state with every `before` replaced by `after` is not the next one; first or last is not problem or result
values     a state has another value than the one before it, at a point where the conditions hold
no-ops     a step changes nothing
repeats    a state comes twice
paths      a step's path does not lead to its `before`, or the number of places is wrong
bindings   a letter of a rule is bound to what does not occur in the step
words      a message is missing, or has a slot that is not bound, in a language
too-weak   the conditions allow a point where the problem has no value, or another one
too-strong the conditions forbid a point where problem and result agree, and do not say that they may
latex      LaTeX that does not compile, or reads back as another tree
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from derive.audit.printing import latex_defects, word_defects
from derive.audit.sampling import too_strong, too_weak, value_defects
from derive.expressions import Call, Expression, at, occurrences, postorder, replace, symbol
from derive.trace import Derivation


@dataclass(frozen=True, slots=True)
class Defect:
    """What a detector found: at which step (None: of the whole), and what."""

    detector: str
    step: int | None
    what: str


Detector: TypeAlias = "Callable[[Derivation], Iterator[tuple[int | None, str]]]"


def joins(d: Derivation) -> Iterator[tuple[int | None, str]]:
    """The states are replayed from the problem."""
    state = d.problem
    for step in d.steps:
        after = replace(state, step.before, step.after)
        if after != d.states[step.index + 1]:
            yield step.index, f"{step.before} → {step.after} does not lead to the next state"
            return
        state = after
    if state != d.result and d.outcome != "budget":
        yield None, f"the last state {state} is not the result {d.result}"


def no_ops(d: Derivation) -> Iterator[tuple[int | None, str]]:
    for step in d.steps:
        if step.before == step.after:
            yield step.index, f"{step.rule} changes nothing"


def repeats(d: Derivation) -> Iterator[tuple[int | None, str]]:
    seen: dict[Expression, int] = {}
    for k, state in enumerate(d.states):
        if state in seen:
            yield k - 1, f"the state is that after step {seen[state]}"
            return
        seen[state] = k


def paths(d: Derivation) -> Iterator[tuple[int | None, str]]:
    for step in d.steps:
        state = d.states[step.index]
        try:
            found = at(state, step.path)
        except IndexError:
            yield step.index, f"there is no place {step.path}"
            continue
        if found != step.before:
            yield step.index, f"at {step.path} stands {found}"
        elif occurrences(state, step.before)[1] != step.places:
            yield step.index, f"{step.places} places are claimed"


def bindings(d: Derivation) -> Iterator[tuple[int | None, str]]:
    for step in d.steps:
        parts = set(postorder(step.before)) | set(postorder(step.after))
        parts |= {symbol(e.name) for e in parts if isinstance(e, Call)}  # ?f is bound to the name of a function
        for name, value in step.bindings.items():
            for e in value if isinstance(value, tuple) else (value,):
                if e not in parts and not _is_made_of(e, parts):
                    yield step.index, f"{name} = {e} does not occur"


def _is_made_of(e: Expression, parts: set[Expression]) -> bool:
    """Whether every child occurs: a run of terms or factors is bound as one sum or product."""
    return bool(e.arguments) and all([a in parts for a in e.arguments])


DETECTORS: dict[str, Detector] = {
    "joins": joins,
    "values": value_defects,
    "no-ops": no_ops,
    "repeats": repeats,
    "paths": paths,
    "bindings": bindings,
    "words": word_defects,
    "too-weak": too_weak,
    "too-strong": too_strong,
    "latex": latex_defects,
}


def defects(d: Derivation, chosen: tuple[str, ...] = ()) -> Iterator[Defect]:
    """Every defect of a derivation, by the detectors chosen, or all."""
    for name, detect in DETECTORS.items():
        if not chosen or name in chosen:
            for step, what in detect(d):
                yield Defect(name, step, what[:400])


__all__ = ["DETECTORS", "Defect", "Detector", "defects"]
