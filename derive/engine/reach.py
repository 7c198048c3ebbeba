"""How far a limit reaches that was written without brackets around it: over everything that holds its variable."""

from __future__ import annotations

from derive.expressions import Expression, Limit, make, postorder, replace
from derive.notation import Note, text
from derive.notation.reading import note_at
from derive.rules import Facts


def limit_over_all(problem: str, e: Expression) -> tuple[Expression, tuple[Note, ...]]:
    """`lim x->2 (x^2 - 4)/(x - 2)`, read as (lim …)/(x - 2), with the limit over the whole quotient, and a note."""
    limits = [n for n in postorder(e) if type(n) is Limit]
    if len(limits) != 1 or type(e) is Limit:
        return e, ()
    (inner,) = limits
    operand, x, point = inner.arguments
    facts = Facts()
    if not facts.depends(e, x) or facts.depends(point, x):
        return e, ()
    whole = make(Limit, (replace(e, inner, operand), x, point), inner.label)
    return whole, (note_at(problem, "limit-takes-all", 0, len(problem), text(whole), (text(e),)),)
