"""What a limit that was worked out says: no derivative, a vertical tangent, no limit; and which letters it binds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.engine.agenda import Worked
from derive.engine.removable import at_its_point, has_a_slope
from derive.engine.settling import point_of
from derive.expressions import (
    ZERO, Constant, Derivative, Expression, Integral, Limit, Number, Piecewise, Quotient, Substitution, equation,
    postorder,
)  # fmt: skip
from derive.rules.simplest import contradictory
from derive.strategy import Method
from derive.trace import Condition, Outcome


def finding(worked: Worked, method: Method) -> Outcome | None:
    """The outcome of a derivation whose last state is no value: the limits from both sides, or one without bound."""
    result = worked.result
    if not method.points or result is None:
        return None
    inside = postorder(result)
    differ = any(_two_sides(n) for n in inside)
    if not any(type(n) is Derivative for n in postorder(worked.problem)):
        return Outcome("stuck", "no-limit", worked.problem) if differ else None
    if any(type(n) is Constant and n.label == "infinity" for n in inside):
        return Outcome("stuck", "vertical-cusp" if differ else "vertical-tangent", worked.problem)
    if differ:
        return Outcome("stuck", "no-derivative", worked.problem)
    if result == worked.problem and type(result) is Substitution:
        return Outcome("stuck", "not-defined-there", worked.problem)
    return None


_AT_A_POINT = {
    "corner": "no-derivative", "vertical": "vertical-tangent", "cusp": "vertical-cusp", "jump": "jump",
    "undefined": "not-defined-there",
}  # fmt: skip


def nowhere(
    worked: Worked, conditions: Sequence[Condition], needed: Callable[[Worked], list[Condition]]
) -> Outcome | None:
    """The outcome where a condition never holds: no values at all, none at the point, or no derivative anywhere.

    conditions  those that are left when none is more than needed, or follows from another; needed: all of them
    """
    if not any(c.never for c in conditions):
        return Outcome("stuck", "rules-never-hold", _whole(worked.problem)) if _is_no_value(worked) else None
    raw = needed(worked)
    if point_of(worked.problem):
        join = at_its_point(worked)
        outside = join is None and any(c.never and c.source == "domain" for c in raw)
        reason = "not-defined-there" if outside else _AT_A_POINT.get(join.kind if join else "", "undecided-there")
        return Outcome("stuck", reason, worked.problem)
    own = [c for c in raw if c.source == "domain"]
    for c in own:
        if c.never:
            around = _integral_around(c.part, worked.problem) if c.alternatives[0] != _NEVER else None
            return Outcome("stuck", "improper-integral", around) if around else Outcome("stuck", "empty-domain", c.part)
    if contradictory(tuple(c.alternatives[0] for c in own if len(c.alternatives) == 1)):
        return Outcome("stuck", "empty-domain", _whole(worked.problem))
    part = next((c.part for c in conditions if c.never and type(c.part) is Derivative), worked.problem)
    return Outcome("stuck", "rules-never-hold" if has_a_slope(worked) else "nowhere-differentiable", _whole(part))


_NEVER = equation(ZERO, "!=", ZERO)  # what is asked where an integrand has no value at all


def _integral_around(part: Expression | None, problem: Expression) -> Expression | None:
    """The integral whose letter stands in `part`: ln(t) has values, though none at an end of its integral."""
    for node in postorder(problem) if part is not None else ():
        if type(node) is Integral and part in postorder(node.arguments[0]) and node.arguments[1] in postorder(part):
            return node
    return None


def _is_no_value(worked: Worked) -> bool:
    """Whether something is divided by the number 0, wherever that counts: the rules came to 0/0."""
    if worked.result is None or not any(map(_is_over_zero, worked.facts.parts(worked.result))):
        return False
    stack = [worked.result]
    seen: set[Expression] = set()
    while stack:
        node = stack.pop()
        if node in seen or type(node) is Piecewise:
            continue
        seen.add(node)
        if _is_over_zero(node):
            return True
        stack.extend([a for a in node.arguments if a.arguments])
    return False


def _is_over_zero(e: Expression) -> bool:
    return type(e) is Quotient and type(e.denominator) is Number and e.denominator.value == 0


def _whole(problem: Expression) -> Expression:
    """What is differentiated."""
    return problem.arguments[0] if type(problem) is Derivative else problem


def _two_sides(e: Expression) -> bool:
    """piecewise(-1, -1 = 1): the limits from the left and from the right, which differ."""
    return type(e) is Piecewise and len(e.arguments) == 2 and not e.open and e.arguments[1].label == "="


def bound_letters(worked: Worked) -> frozenset[Expression]:
    """The variables of limits that do not stand free in the problem: nothing is asked of them."""
    limits = [n for n in worked.facts.parts(worked.problem) if type(n) is Limit]
    limits += [r.after for r in worked.log if type(r.after) is Limit]
    return frozenset(n.arguments[1] for n in limits if not worked.facts.depends(worked.problem, n.arguments[1]))
