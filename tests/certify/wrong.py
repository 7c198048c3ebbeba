"""Wrong derivations: one step of a right one is replaced by a mistake of the rulebook, and the rest follows from it."""

from __future__ import annotations

from collections.abc import Iterator

import derive
from derive.errors import DeriveError
from derive.expressions import Expression, postorder
from derive.numeric import compare
from derive.rules import registry
from derive.rules.apply import matched, right_side
from derive.rules.facts import Facts
from derive.trace import Derivation, Step


def mistaken(problem: str) -> Iterator[tuple[str, int, Derivation]]:
    """(the mistake, the index of the faulty step, the whole derivation with it)."""
    right = derive.solve(problem)
    for step in right.steps:
        rule = registry().get(step.rule)
        match = matched(rule, step.before, Facts()) if rule else None
        if rule is None or match is None:
            continue
        for mistake in rule.mistakes:
            after = right_side(mistake.rhs, match)
            if after is None or compare(step.before, after).verdict != "different":
                continue
            found = _with(right, step, after)
            if found is not None:
                yield mistake.id, step.index, found


def _with(right: Derivation, step: Step, after: Expression) -> Derivation | None:
    """The derivation in which a step has another right side; None where nothing can follow."""
    state = right.states[step.index].replace(step.before, after)
    try:
        rest = derive.solve(str(state)) if any(n.kind == "derivative" for n in postorder(state)) else None
    except DeriveError:
        return None
    if rest is not None and (rest.outcome != "done" or rest.problem != state):
        return None
    rows = [(s.rule, s.before, s.after) for s in right.steps[: step.index]]
    rows.append((step.rule, step.before, after))
    rows += [(s.rule, s.before, s.after) for s in rest.steps] if rest else []
    conditions = {str(c): c for c in [*right.conditions, *(rest.conditions if rest else ())]}
    steps = tuple([Step(k, rule, a, b, "major", {}) for k, (rule, a, b) in enumerate(rows)])
    return Derivation(
        task=right.task, problem=right.problem, result=None, rewrites=[(a, b) for _, a, b in rows],
        outcome=right.outcome, method=right.method, steps=lambda d: steps,
        conditions=lambda d: tuple(conditions.values()), verification=lambda d: right.verification,
    )  # fmt: skip
