"""What holds of every derivation, whatever was derived: contiguous, no no-ops, no repeats, tidy ends."""

from __future__ import annotations

from derive.engine import tasks
from derive.expressions import Call, Derivative, Expression, Symbol, at, occurrences, postorder, replace
from derive.functions import FUNCTIONS
from derive.notation import text
from derive.trace import Derivation


def check_trace(d: Derivation, problem: Expression) -> None:
    """Replays every step: before occurs where `path` and `places` say, after replaces it, no state comes twice."""
    assert d.problem == problem
    assert d.states[0] == problem
    assert d.states[-1] == d.result
    assert len(d.states) == len(d.steps) + 1
    seen = {problem}
    state = problem
    for index, step in enumerate(d.steps):
        assert step.index == index
        assert step.before != step.after, f"step {index + 1}, {step.rule}: {text(step.before)} stays as it is"
        first, places = occurrences(state, step.before)
        assert first is not None, f"step {index + 1}, {step.rule}: {text(step.before)} is not in {text(state)}"
        assert (step.path, step.places) == (first, places)
        assert at(state, step.path) == step.before
        state = replace(state, step.before, step.after)
        assert state == d.states[index + 1]
        assert state not in seen, f"step {index + 1}, {step.rule}: {text(state)} came before"
        seen.add(state)
        if step.cites is not None:
            assert 0 <= step.cites < index
    if d.outcome == "done":
        assert not holds_operator(d.result, named=d.task in tasks.VECTORS or d.method == "chain"), text(d.result)
    elif d.outcome == "stuck":
        assert d.outcome.part is not None
        assert d.outcome.reason


def holds_operator(e: Expression, named: bool = False) -> bool:
    """Whether a derivative operator is left; `named`: other than ∂f/∂x of a function f(x, y) with no formula."""
    return any(type(n) is Derivative and not (named and _has_a_name(n)) for n in postorder(e))


def _has_a_name(n: Derivative) -> bool:
    f = n.operand
    return type(f) is Call and f.name not in FUNCTIONS and all(type(a) is Symbol for a in f.arguments)
