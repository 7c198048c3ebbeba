"""Difference quotients of roots and absolute values: the numerator is made rational by the conjugate."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ZERO, Call, Expression, Power, Product, Quotient, equation, integer_value,
    natural, power, product_of, quotient, rational_value, sum_of,
)  # fmt: skip
from derive.rules.conditions import status
from derive.rules.limit_shapes import (
    at_zero_limit, difference, limit, minus,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import is_zero

MAX_INDEX = 6  # of a root that is made rational


def _rooted(e: Expression) -> tuple[Expression, int, str] | None:
    """(u, n, kind) of sqrt(u), cbrt(u), root(u, n), u^(1/n); |u| counts as a square root of u^2."""
    if type(e) is Call and e.label in ("sqrt", "cbrt", "abs"):
        return e.arguments[0], 3 if e.label == "cbrt" else 2, "abs" if e.label == "abs" else "root"
    if type(e) is Call and e.label == "root":
        n = integer_value(e.arguments[1])
        return (e.arguments[0], n, "root") if n is not None and 2 <= n <= MAX_INDEX else None
    if type(e) is Power:
        q = rational_value(e.exponent)
        if q is not None and q.numerator == 1 and 2 <= q.denominator <= MAX_INDEX:
            return e.base, q.denominator, "root"
    return None


def _conjugate(m: Match) -> tuple[Expression, Expression, Expression] | None:
    """(what makes the top rational, the powers U, u that it makes of the two) of a difference of roots."""
    found = difference(m)
    rooted = _rooted(found.later) if found is not None else None
    if found is None or rooted is None:
        return None
    later, n, kind = rooted
    same = _rooted(found.now)
    if same is not None and same[1:] == rooted[1:]:
        now = same[0]
    elif found.now == ZERO:
        return None
    else:
        now = power(found.now, natural(n))
    if kind == "abs":
        later, now = power(later, natural(2)), power(now, natural(2)) if same is not None else now
    terms = [product_of([*_raised(found.later, n - 1 - k), *_raised(found.now, k)]) for k in range(n)]
    return sum_of(terms), later, now


def _raised(base: Expression, n: int) -> list[Expression]:
    return [] if n == 0 else [base] if n == 1 else [power(base, natural(n))]


def conjugate_multiplied(m: Match) -> Expression | None:
    """lim h->0 ((sqrt(x + h) - sqrt(x))/h)  →  lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(…)))"""
    found, made = difference(m), _conjugate(m)
    if found is None or made is None:
        return None
    if any(status(m.facts, r) is False or is_zero(r.arguments[0]) for r in inside_not_zero(m)):
        return None
    top = product_of([minus(found.later, found.now), made[0]])
    return limit(m, quotient(top, product_of([found.h, made[0]])))


def inside_not_zero(m: Match) -> Iterator[Expression]:
    """What stands under the root is positive, or not zero for an odd root or bars."""
    found = difference(m)
    if found is None:
        return
    rooted, same = _rooted(found.later), _rooted(found.now)
    assert rooted is not None
    inside = same[0] if same is not None and same[1:] == rooted[1:] else found.now
    yield equation(inside, "!=" if rooted[1] % 2 or rooted[2] == "abs" else ">", ZERO)


def same_factor_above(m: Match) -> Expression | None:
    """Multiplied by the difference itself: (sqrt(x + h) - sqrt(x))^2 taken for x + h - x, which is wrong"""
    found, made = difference(m), _conjugate(m)
    if found is None or made is None:
        return None
    return limit(m, quotient(minus(made[1], made[2]), product_of([found.h, minus(found.later, found.now)])))


def conjugate_worked_out(m: Match) -> Expression | None:
    """lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(…)))  →  lim h->0 (((x + h) - x)/(h*(…)))"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or type(found.operand.numerator) is not Product:
        return None
    top, bottom = found.operand.arguments
    if len(top.arguments) != 2 or bottom != product_of([found.h, top.arguments[1]]):
        return None
    inner = _inner(m, top.arguments[0])
    made = _conjugate(inner) if inner is not None else None
    if made is None or made[0] != top.arguments[1]:
        return None
    return limit(m, quotient(minus(made[1], made[2]), bottom))


def _inner(m: Match, top: Expression) -> Match | None:
    """The match at the limit of top/h."""
    return Match(limit(m, quotient(top, m.node.arguments[1])), m.facts)


CONJUGATE = Rule(
    "definition.conjugate", "?l", conjugate_multiplied, kind="limit", assumes=inside_not_zero,
    mistakes=(Mistake("conjugate-with-minus", same_factor_above),),
    examples=(
        ("lim h->0 ((sqrt(x + h) - sqrt(x))/h)",
         "lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(sqrt(x + h) + sqrt(x))))"),
        ("lim h->0 ((abs(x + h) - abs(x))/h)",
         "lim h->0 ((abs(x + h) - abs(x))*(abs(x + h) + abs(x))/(h*(abs(x + h) + abs(x))))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
CONJUGATE_PRODUCT = Rule(
    "definition.conjugate-product", "?l", conjugate_worked_out, kind="limit",
    examples=(
        ("lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(sqrt(x + h) + sqrt(x))))",
         "lim h->0 (((x + h) - x)/(h*(sqrt(x + h) + sqrt(x))))"),
        ("lim h->0 ((sqrt(x + h) - sqrt(x))/h)", None),
    ),
)  # fmt: skip
