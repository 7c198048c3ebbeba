"""What the rules of differentiation share: the operator they met, and the terms or factors it was applied to."""

from __future__ import annotations

from derive.expressions import Expression, derivative
from derive.rules.model import Match


def operator(m: Match, u: Expression) -> Expression:
    """d/dx(u), or ∂/∂x(u) where that is what the rule met."""
    return derivative(u, m["x"], partial=m.partial)


def parts(m: Match) -> tuple[Expression, ...]:
    """All terms or factors of the operand, for the left side `?u + ??rest` or `?u*??rest`."""
    return (m["u"], *m.run("rest"))
