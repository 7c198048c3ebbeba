"""The second opinion on a result: the problem by power series of its input, the result by its values."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions import Equation, Expression, Limit, postorder
from derive.numeric.comparison import NO_POINT, SECONDS, Comparison, compare
from derive.numeric.verification import Verification, Witness


def verify(
    problem: Expression, result: Expression, conditions: Sequence[Expression] = (), *, seconds: float = SECONDS
) -> Verification:
    """Whether `result` has the value of `problem`, which holds its derivative operators, where the conditions hold."""
    if type(problem) is Equation and type(result) is Equation and problem.left == result.left:
        problem, result = problem.right, result.right  # y = …: the right sides say everything
    return _verification(problem, compare(problem, result, conditions=conditions, seconds=seconds))


def _verification(problem: Expression, seen: Comparison) -> Verification:
    witness = None
    if seen.witness is not None:
        witness = Witness(point=seen.witness["point"], expected=seen.witness["left"], found=seen.witness["right"])
    return Verification(
        verdict={"equal": "agrees", "different": "disagrees", "unknown": "unchecked"}[seen.verdict],
        method=_method(problem),
        precision_bits=seen.precision_bits,
        digits=seen.digits,
        points=seen.points,
        rejected=seen.rejected,
        witness=witness,
        reason=_reason(seen),
    )


def _reason(seen: Comparison) -> str:
    if seen.verdict == "equal" and seen.narrower:
        place = ", ".join([f"{name} = {q}" for name, q in seen.narrower.items()])
        return f"the result has no value at {place}, where the problem has one"
    return NO_POINT if seen.reason.startswith(NO_POINT) else seen.reason


def _method(problem: Expression) -> str:
    kinds = {type(node) for node in postorder(problem)}
    if Limit in kinds:
        return "series of the input at the limit, ball arithmetic"
    return "series of the input, ball arithmetic" if problem.open else "values of the input, ball arithmetic"
