"""Limits from one side: where both sides differ, or the values grow without bound."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    ZERO, Call, Constant, Equation, Expression, Limit, Negation, Number, Piecewise, Power, Product, Quotient, equation,
    fold, integer_value, make, negation, postorder, power, product_of, quotient, rational, rational_value, replace_all,
)  # fmt: skip
from derive.rules.conditions import status
from derive.rules.limit_shapes import at_zero_limit, limit, minus, over_h
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import polynomial, terms_of

INFINITY = make(Constant, (), "infinity")

# from both sides


def both_sides(m: Match) -> Expression | None:
    """lim h->0 (abs(h)/h)  →  the limit from the left, if it is the limit from the right"""
    found = at_zero_limit(m)
    if found is None or found.side or not (_turns_at_zero(m) or _odd_pole(m)) or not _is_tidy(m):
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


# powers of h and values that grow without bound


def power_of_step(e: Expression, h: Expression) -> tuple[Fraction, Fraction] | None:
    """(c, q) of c*h^q for numbers c and q: `2/cbrt(h)  →  (2, -1/3)`, else None."""
    return fold(e, lambda node, parts: _power_of(node, parts, h))


_Monomial = tuple[Fraction, Fraction] | None


def _power_of(node: Expression, parts: list[_Monomial], h: Expression) -> _Monomial:
    if node == h:
        return Fraction(1), Fraction(1)
    if type(node) is Number:
        return Fraction(node.value), Fraction(0)
    known = [p for p in parts if p is not None]
    if len(known) < len(parts) or not known:
        return None
    match node:
        case Negation():
            return -known[0][0], known[0][1]
        case Product():
            c, q = Fraction(1), Fraction(0)
            for factor in known:
                c, q = c * factor[0], q + factor[1]
            return c, q
        case Quotient():
            (a, p), (b, q) = known
            return (a / b, p - q) if b else None
        case Power():
            n = rational_value(node.exponent)
            (c, p) = known[0]
            if n is None or (c != 1 and n.denominator != 1) or not c or not _may_multiply(p, Fraction(n)):
                return None
            return (c ** int(n) if n.denominator == 1 else c), p * n
        case Call():
            index = {"sqrt": 2, "cbrt": 3}.get(str(node.label))
            if node.label == "root":
                index = integer_value(node.arguments[1])
            c, p = known[0]
            return (c, p / index) if index and index > 1 and c == 1 and p == 1 else None
        case _:
            return None


def _may_multiply(p: Fraction, n: Fraction) -> bool:
    """Whether (h^p)^n is h^(p*n) on both sides of 0."""
    return n.denominator == 1 or p == 1


def one_power(m: Match) -> Expression | None:
    """lim h->0 (cbrt(h)/h)  →  lim h->0 (1/h^(2/3))"""
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    if found is None or made is None or not made[0]:
        return None
    c, q = made
    raised = found.h if abs(q) == 1 else power(found.h, rational(abs(q)))
    if q > 0:
        after = raised if c == 1 else product_of([rational(c), raised])
    else:
        after = rational(c) if q == 0 else quotient(rational(c), raised)
    return None if after == found.operand or q == 0 else limit(m, after)


def without_bound(m: Match) -> Expression | None:
    """lim h->0 (1/h^(2/3))  →  infinity"""
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    if found is None or made is None or made[1] >= 0 or not made[0]:
        return None
    c, q = made
    odd = q.numerator % 2 == 1
    if odd and q.denominator % 2 == 1 and not found.side:
        return None
    if q.denominator % 2 == 0 and found.side == "-":
        return None
    negative = (c < 0) != (found.side == "-" and odd)
    return negation(INFINITY) if negative else INFINITY


def _odd_pole(m: Match) -> bool:
    found = at_zero_limit(m)
    made = power_of_step(found.operand, found.h) if found is not None else None
    return made is not None and made[1] < 0 and made[1].numerator % 2 == 1 and made[1].denominator % 2 == 1


def zero_to_a_power(m: Match) -> Expression | None:
    """0^(1/3)  →  0"""
    base, exponent = m.node.arguments
    n = rational_value(exponent)
    return ZERO if base == ZERO and n is not None and n > 0 else None


def root_of_zero(m: Match) -> Expression | None:
    """root(0, 4)  →  0"""
    n = integer_value(m["n"])
    return ZERO if n is not None and n > 1 else None


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
ONE_POWER = Rule(
    "limit.one-power", "?l", one_power, kind="limit",
    examples=(
        ("lim h->0 (cbrt(h)*h/cbrt(h))", "lim h->0 (h)"),
        ("lim h->0 (cbrt(h)/h)", "lim h->0 (1/h^(2/3))"),
        ("lim h->0 (1/h^(2/3))", None),
    ),
    weight="minor",
)  # fmt: skip
INFINITE = Rule(
    "limit.infinite", "?l", without_bound, kind="limit",
    examples=(
        ("lim h->0 (1/h^(2/3))", "infinity"), ("lim h->0- (1/h)", "-infinity"), ("lim h->0 (1/h)", None),
        ("piecewise(1, 1 = 2)", None),
    ),
)  # fmt: skip
ZERO_POWER = Rule(
    "power.of-zero", "0^?n", zero_to_a_power,
    examples=(("0^(1/3)", "0"), ("0^0", None), ("0^(-1)", None)),
    weight="minor",
)  # fmt: skip
ZERO_ROOT = Rule(
    "root.of-zero", "root(0, ?n)", root_of_zero,
    examples=(("root(0, 4)", "0"), ("root(2, 4)", None)),
    weight="minor",
)  # fmt: skip
