"""Two ways side by side: the same problem by other methods, where they have something of their own to do."""

from __future__ import annotations

from derive.engine.agenda import Limits
from derive.engine.assemble import derivation
from derive.strategy import METHODS
from derive.strategy.ways import MARKS
from derive.trace import Derivation

_COMPARED = ("differentiate", "evaluate-derivative")


def with_alternatives(d: Derivation, limits: Limits | None = None) -> Derivation:
    """`d` with its `alternatives`: the derivations by other methods that apply, shortest first."""
    if d.task not in _COMPARED:
        return d
    found = []
    for name, marks in MARKS.items():
        if name == d.method:
            continue
        other = derivation(d.task, d.problem, METHODS[name], limits, d.interpretation)
        rules = {step.rule for step in other.steps}
        if other.outcome == "done" and (rules & marks or (name == "rules" and d.outcome == "done")):
            found.append(other)
    d.alternatives = tuple(sorted(found, key=lambda other: len(other.steps)))
    return d
