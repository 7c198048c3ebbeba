"""Limits from one side: the sign of the variable is known there, and opens bars and pieces."""

from __future__ import annotations


from derive.expressions import (
    ZERO, Call, Equation, Expression, Limit, Piecewise, equation,
    make, negation, postorder, rational, replace_all,
)  # fmt: skip
from derive.rules.conditions import status
from derive.rules.limit_shapes import at_zero_limit, limit, minus, over_h
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import polynomial, terms_of

from derive.rules.unbounded import odd_pole


def both_sides(m: Match) -> Expression | None:
    """lim h->0 (abs(h)/h)  →  the limit from the left, if it is the limit from the right"""
    found = at_zero_limit(m)
    if found is None or found.side or not (_turns_at_zero(m) or odd_pole(m)) or not _is_tidy(m):
        return None
    left, right = (make(Limit, m.node.arguments, side) for side in ("-", "+"))
    return make(Piecewise, (left, equation(left, "=", right)))


def _turns_at_zero(m: Match) -> bool:
    """Whether |c*h|, or pieces that change at h = 0, stand in the operand."""
    operand, h, _ = m.node.arguments
    return any(
        (type(n) is Piecewise and m.facts.depends(n, h)) or _sign_of(m, n, 1) is not None for n in postorder(operand)
    )


def _is_tidy(m: Match) -> bool:
    """Whether no 0 is left that tidying removes, and |c*h| stands as that."""
    operand, h, _ = m.node.arguments
    for node in postorder(operand):
        if type(node) is not Equation and type(node) is not Piecewise and ZERO in node.arguments:
            return False
        if _sign_of(m, node, 1) is not None and len(terms_of(polynomial(node.arguments[0]) or {})) == 1:
            if terms_of(polynomial(node.arguments[0]) or {}, h)[0] != node.arguments[0]:
                return False
    return True


def _sign_of(m: Match, node: Expression, side: int) -> int | None:
    """The sign of the argument of |c*h| just beside 0."""
    if type(node) is not Call or node.label not in ("abs", "sign"):
        return None
    return _sign_beside(m, node.arguments[0], side)


def _sign_beside(m: Match, k: Expression, side: int) -> int | None:
    c = over_h(k, m.node.arguments[1], m.facts)
    if c is None:
        return None
    bounds = m.facts.bounds(c)
    return side if bounds.positive else -side if bounds.negative else None


def bars_resolved(m: Match) -> Expression | None:
    """lim h->0- (abs(h)/h)  →  lim h->0- ((-h)/h)"""
    found = at_zero_limit(m)
    if found is None or not found.side:
        return None
    side = 1 if found.side == "+" else -1
    table: dict[Expression, Expression] = {}
    for node in postorder(found.operand):
        sign = _sign_of(m, node, side)
        if sign is not None:
            inside = node.arguments[0] if node.label == "abs" else rational(1)
            table[node] = inside if sign > 0 else negation(inside)
        elif type(node) is Piecewise:
            piece = _piece(m, node, side)
            if piece is not None:
                table[node] = piece
    return limit(m, replace_all(found.operand, table)) if table else None


def _piece(m: Match, node: Piecewise, side: int) -> Expression | None:
    """The piece that holds just beside 0."""
    for value, condition in node.pieces:
        holds = _holds(m, condition, side)
        if holds is None:
            return None
        if holds:
            return value
    return node.otherwise


def _holds(m: Match, condition: Expression, side: int) -> bool | None:
    known = status(m.facts, condition)
    if known is not None or type(condition) is not Equation:
        return known
    sign = _sign_beside(m, minus(condition.left, condition.right), side)
    if sign is None:
        return None
    return {"<": sign < 0, "<=": sign < 0, ">": sign > 0, ">=": sign > 0, "=": False, "!=": True}[condition.relation]


def sign_ignored(m: Match) -> Expression | None:
    """lim h->0- (abs(h)/h)  →  lim h->0- (h/h), which is wrong"""
    found = at_zero_limit(m)
    if found is None or bars_resolved(m) is None:
        return None
    bars: dict[Expression, Expression] = {
        n: n.arguments[0] for n in postorder(found.operand) if type(n) is Call and n.label == "abs"
    }
    return limit(m, replace_all(found.operand, bars))


def decided(m: Match) -> Expression | None:
    """piecewise(0, 0 = 0)  →  0,   piecewise(x, 1 < 0, y)  →  y"""
    node = m.node
    if type(node) is not Piecewise or node.open:
        return None
    kept: list[Expression] = []
    for value, condition in node.pieces:
        known = status(m.facts, condition)
        if known:
            return value if not kept else make(Piecewise, (*kept, value))
        if known is None:
            kept += (value, condition)
    otherwise = () if node.otherwise is None else (node.otherwise,)
    if len(kept) + len(otherwise) == len(node.arguments):
        return None
    if not kept:
        return otherwise[0] if otherwise else None
    return make(Piecewise, (*kept, *otherwise))


BOTH_SIDES = Rule(
    "limit.one-sided", "?l", both_sides, kind="limit",
    examples=(
        ("lim h->0 (abs(h)/h)",
         "piecewise(lim h->0- (abs(h)/h), lim h->0- (abs(h)/h) = lim h->0+ (abs(h)/h))"),
        ("lim h->0 (h*(x + abs(h))/h)",
         "piecewise(lim h->0- (h*(x + abs(h))/h), lim h->0- (h*(x + abs(h))/h) = lim h->0+ (h*(x + abs(h))/h))"),
        ("lim h->0+ (abs(h)/h)", None),
    ),
)  # fmt: skip
BARS = Rule(
    "limit.sign", "?l", bars_resolved, kind="limit",
    mistakes=(Mistake("sign-beside-zero-ignored", sign_ignored),),
    examples=(
        ("lim h->0- (abs(h)/h)", "lim h->0- ((-h)/h)"),
        ("lim h->0+ (abs(2*h)/h)", "lim h->0+ (2*h/h)"),
        ("lim h->0+ (piecewise(h^2, h < 0, h)/h)", "lim h->0+ (h/h)"),
        ("lim h->0 (abs(h)/h)", None),
    ),
)  # fmt: skip
DECIDED = Rule(
    "piecewise.decided", "?p", decided, kind="piecewise",
    examples=(
        ("piecewise(0, 0 = 0)", "0"), ("piecewise(x, 1 < 0, 2)", "2"),
        ("piecewise(1, 1 = 2)", None), ("piecewise(1, x < 2, 3)", None),
    ),
    weight="minor",
)  # fmt: skip
