"""Whether an answer has the problem's value: symbolic first, then exact, then by ball arithmetic; with evidence."""

from __future__ import annotations

from collections.abc import Sequence

from derive.engine import Limits
from derive.equality import Equivalence, equivalent
from derive.errors import DeriveError, DomainError
from derive.expressions import Equation, Expression, Matrix, equation, natural, symbol, symbols
from derive.notation import parse
from derive.numeric import compare, evaluate
from derive.numeric.instances import order_letters
from derive.trace import Derivation
from derive.tutor.on_curve import judged_on_curve
from derive.tutor.verdicts import Evidence, Point, Verdict
from derive.tutor.witness import witness

MOST_VARIABLES = 4  # whose signs are tried as conditions
LIMITS = Limits(seconds=3.0)
METHODS = {"tree": "same", "form": "similar", "identity": "identity", "points": "points"}
"""The evidence of an equality in the tutor's words."""


def same_value(derivation: Derivation, given: Expression) -> Verdict:
    """ "correct", "under-conditions", "wrong" with a witness, or "unknown": whether `given` has the problem's value.

    Judged where the problem has a value: d/dx(sqrt(x)) answered sqrt(x)/(2*x) is right, though that needs x != 0.
    """
    shape = _shape_differs(derivation.result, given)
    if shape is not None:
        return shape
    done = derivation.outcome == "done"
    right, other = comparable(derivation.result if done else derivation.problem, given)
    found = equivalent(right, other, given=where(derivation), limits=LIMITS)
    if found.verdict == "unknown" and done and not isinstance(derivation.problem, Equation):
        found = equivalent(derivation.problem, given, limits=LIMITS)
    if found.verdict == "different":
        on_curve = judged_on_curve(derivation, right, other)
        if on_curve is not None:
            return on_curve
        return Verdict("wrong", witness=witness(right, other, found), evidence=Evidence("witness", 1))
    if found.verdict == "unknown":
        nowhere = _nowhere(right, other)
        return Verdict("unknown", reason=found.reason) if nowhere is None else nowhere
    evidence = Evidence(METHODS[found.evidence.method], found.evidence.points, found.evidence.digits)
    if found.verdict == "under-conditions" and found.witness is not None and found.witness.lacks == "right":
        return _narrower(found, evidence)
    return Verdict("correct", evidence=evidence)


def where(derivation: Derivation) -> tuple[Expression, ...]:
    """The conditions of the derivation that are plain relations: the answer is asked for there only."""
    return tuple([
        c.alternatives[0] for c in derivation.conditions
        if len(c.alternatives) == 1 and not c.never and c.along is None and c.alternatives[0].label != "="
    ])  # fmt: skip


def signs(derivation: Derivation, given: Expression) -> tuple[Expression, ...]:
    """The sign of a variable under which the answer is right: x > 0 for d/dx(abs(x)) = 1."""
    left, other = comparable(derivation.result, given)
    names = sorted((symbols(left) | symbols(other)) - set(order_letters(derivation.problem, left)))
    for name in names[:MOST_VARIABLES]:
        for relation in (">", "<"):
            condition = equation(symbol(name), relation, natural(0))
            if compare(left, other, conditions=[condition], seconds=0.5).equal:
                return (condition,)
    return ()


def comparable(right: Expression, given: Expression) -> tuple[Expression, Expression]:
    """Both sides as values: of y = u and y = v, u and v."""
    if isinstance(right, Equation) and isinstance(given, Equation) and right.arguments[0] == given.arguments[0]:
        return right.arguments[1], given.arguments[1]
    return right, given


def _narrower(found: Equivalence, evidence: Evidence) -> Verdict:
    """Right, but without a value at a place where the problem has one."""
    assert found.witness is not None
    conditions: Sequence[Expression] = [parse(c) for c in found.conditions]
    point = Point(dict(found.witness.point), found.witness.left or "", "")
    return Verdict(
        "under-conditions", conditions=tuple(conditions), witness=point, evidence=evidence, reason="narrower"
    )


def _nowhere(right: Expression, given: Expression) -> Verdict | None:
    """ "wrong" for what has no value wherever the right result has one."""
    if symbols(right) or symbols(given):
        seen = compare(right, given, seconds=1.0)
        other = seen.witness["right"] if seen.verdict == "different" and seen.witness is not None else ""
        undefined = str(other).startswith("none")
    else:
        undefined = _has_value(right) is True and _has_value(given) is False
    return Verdict("wrong", whole="undefined", evidence=Evidence("undefined")) if undefined else None


def _has_value(e: Expression) -> bool | None:
    """Whether an expression without letters has a value; None where that was not decided."""
    try:
        evaluate(e, {})
    except DomainError:
        return False
    except DeriveError:
        return None
    return True


def _shape_differs(right: Expression, given: Expression) -> Verdict | None:
    """A matrix answered by a number, or by a matrix of another shape, is wrong without a point."""
    shapes = [_shape(e.arguments[1] if isinstance(e, Equation) else e) for e in (right, given)]
    if shapes[0] == shapes[1] or not any(shapes):
        return None
    return Verdict("wrong", evidence=Evidence("shape"))


def _shape(e: Expression) -> tuple[int, int] | None:
    return (len(e.rows), len(e.rows[0])) if isinstance(e, Matrix) else None
