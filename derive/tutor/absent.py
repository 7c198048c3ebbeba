"""Answers about what there is not: `does not exist` where there is a limit, and a number where there is none."""

from __future__ import annotations

import re

from derive.expressions import Constant, Expression, postorder
from derive.trace import Derivation
from derive.tutor.verdicts import Evidence, Verdict

_NONE = re.compile(
    r"\s*(?:=\s*)?(?:(?:it\s+|the\s+\w+\s+)?does\s*(?:not|n't)\s+exist|d\.?n\.?e\.?|undefined|not\s+(?:defined|differentiable)"
    r"|no(?:ne|\s+(?:limit|derivative|value))|없다|없음|없습니다|존재하지\s*않(?:는다|음|습니다)|미분\s*불가능(?:하다)?)\s*\.?\s*",
    re.IGNORECASE,
)
_REASONS = frozenset({"no-limit", "no-derivative", "empty-domain", "nowhere-differentiable"})
"""Outcomes that say that there is nothing, and why."""


def about_absence(derivation: Derivation, answer: str | Expression) -> Verdict | None:
    """The verdict where the answer says that there is none, or where there is none; None for all other answers."""
    right, says = derivation.result, isinstance(answer, str) and bool(_NONE.fullmatch(answer))
    absent = derivation.outcome != "done" and derivation.outcome.reason in _REASONS
    if says and (absent or _is_infinite(right)):
        return Verdict("correct", text=str(answer), right=right, evidence=Evidence("outcome"))
    if says and derivation.outcome == "done":
        return Verdict("wrong", text=str(answer), right=right, whole="exists", evidence=Evidence("outcome"))
    if absent and not says:
        return Verdict("wrong", text=str(answer), right=right, whole="absent", evidence=Evidence("outcome"))
    return None


def _is_infinite(e: Expression) -> bool:
    """Whether a limit is infinite: no number, so that some say that there is none."""
    return any(type(n) is Constant and n.label == "infinity" for n in postorder(e))
