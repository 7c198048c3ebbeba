"""The second opinion on a result: the problem by power series of its input, the result by its values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from derive.expressions import Equation, Expression, Limit, postorder
from derive.numeric.comparison import NO_POINT, SECONDS, Comparison, compare
from derive.numeric.identities import identical
from derive.numeric.program import Program
from derive.numeric.signals import NoValue
from derive.numeric.points import shown
from derive.numeric.tally import ENOUGH, LADDER, Reject, Tally
from derive.numeric.precision import working
from derive.numeric.together import Together
from derive.numeric.verification import Rejected, Verification, Verify, Witness

POINTS = {"quick": 12, "thorough": 48}
PRECISION = {"quick": LADDER[0], "thorough": LADDER[1]}
EXACT = "exact identity of rational functions"


def verify(
    problem: Expression,
    result: Expression,
    conditions: Sequence[Expression] = (),
    *,
    mode: Verify = "quick",
    seconds: float = SECONDS,
    budget: int | None = None,
) -> Verification:
    """Whether `result` has the value of `problem`, which holds its derivative operators, where the conditions hold.

    mode    "quick": 12 points, within `seconds`; "thorough": 48 points from 256 bits on; "off": nothing is looked at
    budget  operations at which fewer points are looked at, see `compare`
    """
    if mode == "off":
        return Verification(verdict="unchecked", verify=mode, reason="not asked for")
    problem, result = sides(problem, result)
    nodes = postorder(problem) + postorder(result)
    exact = _identical(problem, result, nodes)
    points = ENOUGH if exact and mode == "quick" else POINTS[mode]  # which show where there is a value, no more
    seen = compare(
        problem, result, conditions=conditions, seconds=seconds, points=points, precision=PRECISION[mode],
        budget=budget, nodes=nodes, proved=exact,
    )  # fmt: skip
    return _verification(_method(problem, nodes), seen, mode, exact)


def sides(problem: Expression, result: Expression) -> tuple[Expression, Expression]:
    """What is compared: of y = … and y = … the right sides, which say everything."""
    if type(problem) is Equation and type(result) is Equation and problem.left == result.left:
        return problem.right, result.right
    return problem, result


def differ_at(a: Expression, b: Expression, point: dict[str, str]) -> bool | None:
    """Whether the values of a and b at the point are certainly different; None where that is not decided."""
    place = {name: Fraction(q) for name, q in point.items()}
    with working(LADDER[0]):
        try:
            programs = Together(a, b)
        except NoValue:
            return None
        if not programs.symbols <= place.keys():
            return None
        tally = Tally(programs, LADDER[0])
        if tally.visit(place):
            return True
        if tally.agreed:
            return False
        return True if tally.narrower else None


def _identical(problem: Expression, result: Expression, nodes: list[Expression]) -> bool:
    """Whether both, of these nodes, are rational functions and the same one."""
    return identical(problem, result, nodes) is True


def _verification(sampled: str, seen: Comparison, mode: Verify, exact: bool) -> Verification:
    witness = None
    if seen.witness is not None:
        witness = Witness(point=seen.witness["point"], expected=seen.witness["left"], found=seen.witness["right"])
    verdict = {"equal": "agrees", "different": "disagrees", "unknown": "unchecked"}[seen.verdict]
    return Verification(
        verdict="agrees" if exact and verdict == "unchecked" else verdict,
        verify=mode,
        method=(f"{EXACT}; {sampled}" if seen.points else EXACT) if exact else sampled,
        exact=exact,
        precision_bits=seen.precision_bits,
        digits=seen.digits,
        points=seen.points,
        residuals=tuple([_enclosure(r) for r in seen.residuals]),
        rejected=seen.rejected,
        rejects=_rejected(seen.rejects),
        witness=witness,
        reason=_reason(seen),
    )


def _enclosure(residual: Any) -> str:
    """An enclosure of a difference as text, of a matrix the one with the largest bound: `[+/- 3.1e-48]`."""
    if type(residual) is arb:
        return residual.str(3)
    balls = [r for r in (residual if isinstance(residual, tuple) else ()) if type(r) is arb]
    if not balls:
        return "0"
    return str(max(balls, key=lambda r: r.abs_upper()).str(3))


def _rejected(rejects: Sequence[Reject]) -> tuple[Rejected, ...]:
    """The points, each with its reason; a condition is printed once."""
    printed: dict[Program, str] = {}
    found = []
    for place, why in rejects:
        if isinstance(why, Program):
            if why not in printed:
                printed[why] = f"{why.root} does not hold"
            reason = printed[why]
        else:
            reason = "not decided" if why is None else str(why)
        found.append(Rejected(point=shown(place), reason=reason))
    return tuple(found)


def _reason(seen: Comparison) -> str:
    if seen.verdict == "equal" and seen.narrower:
        place = ", ".join([f"{name} = {q}" for name, q in seen.narrower.items()])
        return f"the result has no value at {place}, where the problem has one"
    return NO_POINT if seen.reason.startswith(NO_POINT) and "time" not in seen.reason else seen.reason


def _method(problem: Expression, nodes: list[Expression]) -> str:
    if any([type(node) is Limit for node in nodes]):
        return "series of the input at the limit, ball arithmetic"
    return "series of the input, ball arithmetic" if problem.open else "values of the input, ball arithmetic"
