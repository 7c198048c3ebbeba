"""Conditions as they stand in the end: operators in them worked out, the point of the problem put in."""

from __future__ import annotations

from collections.abc import Sequence

from derive.engine.agenda import Rewrite
from derive.expressions import (
    BINDERS, ZERO, Call, Equation, Expression, Substitution, Sum, Symbol, make, open_parts, postorder, put_in, replace,
    replace_all, symbols,
)  # fmt: skip
from derive.rules.joins import value_at

MAX_DEPTH = 200  # of a relation between numbers that is looked at
_AT_A_POINT = ("tangent", "taylor", "inverse")


def worked_out(relation: Expression, later: Sequence[Rewrite]) -> Expression:
    """The relation with its operators replaced by what became of them: d/dt(t^2) != 0  →  2*t != 0."""
    for r in later:
        if not relation.open:
            break
        if r.before.depth < relation.depth:
            relation = replace(relation, r.before, r.after)
    return _put_in(relation) if not relation.open else relation


def _put_in(relation: Expression) -> Expression:
    """at(2*x, x = 3) != 0  →  2*3 != 0"""
    table: dict[Expression, Expression] = {}
    for node in postorder(relation):
        if type(node) is Substitution:
            table[node] = put_in(node.operand, dict(node.assignments))
    return replace_all(relation, table) if table else relation


def point_of(problem: Expression) -> dict[Expression, Expression]:
    """Where the problem asks for values: at(d/dx(f), x = 2) and tangent(f, x, 2) at x = 2; y(x) is y on a curve."""
    point = _point(problem)
    for node in open_parts(problem) if True in [a.open for a in problem.arguments] else (problem,):
        if type(node) is Call and node.label == "implicit" and type(node.arguments[1]) is Symbol:
            y, x = node.arguments[1:3]
            point[make(Call, (x,), y.label)] = point.get(y, y)
    return point


def _point(problem: Expression) -> dict[Expression, Expression]:
    e = problem.right if type(problem) is Equation and type(problem.left) is Symbol else problem
    inside = {n.assignments for n in postorder(e) if type(n) is Substitution} if e is not problem else set()
    if type(e) is Sum and len(inside) == 1:  # y = b + at(implicit(e, y, x), x = a, y = b)*(x - a)
        pairs = dict(inside.pop())
    elif type(e) is Substitution:
        pairs = dict(e.assignments)
    elif e.kind == "call" and e.label in _AT_A_POINT:
        given = e.arguments[1:3] if e.label == "inverse" else e.arguments[1:]
        pairs = dict(zip(given[::2], given[1::2], strict=False))
    else:
        return {}
    names = {str(x.label) for x in pairs}
    return {} if any(names & symbols(a) for a in pairs.values()) else pairs


def certain(relation: Expression) -> bool | None:
    """Whether a relation between numbers holds, exactly or by ball arithmetic; None where that is not decided."""
    if type(relation) is not Equation or relation.open or not _is_small(relation) or _has_letters(relation):
        return None
    exact = _exactly(relation)
    if exact is not None:
        return exact
    from derive.numeric import holds  # FLINT is loaded where numbers are compared

    return holds(relation, {})


def _has_letters(relation: Expression) -> bool:
    """Whether a letter stands free in it: the first that is met outside of an integral or a sum decides."""
    seen: set[Expression] = set()
    stack = [relation]
    while stack:
        node = stack.pop()
        if type(node) is Symbol:
            return True
        if type(node) in BINDERS:
            return bool(symbols(relation))
        if node.arguments and node not in seen:
            seen.add(node)
            stack += node.arguments
    return False


def _is_small(relation: Expression) -> bool:
    return relation.depth <= MAX_DEPTH


def _exactly(relation: Equation) -> bool | None:
    """cos(pi/2) != 0 is false: where both sides are certainly equal."""
    left, right = (value_at(side, ZERO, ZERO) for side in relation.arguments)
    if left is None or left != right:
        return None
    return relation.relation in ("=", "<=", ">=")
