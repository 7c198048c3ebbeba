"""Difference quotients by algebra: multiply out, cancel what cancels, take h out and cancel it, common denominators."""

from __future__ import annotations

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Product, Quotient, Sum, negation, power, product_of, quotient, rational,
    rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    at_zero_limit, difference, flat_terms, in_powers_of, limit, lowered, lowest, minus, over,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import Polynomial, polynomial, terms_of

MAX_WRITTEN = 24  # terms of a numerator that is multiplied out; (x + h)^12 - x^12 has 14


def _over_h(m: Match) -> tuple[Expression, list[Expression], Expression, Polynomial] | None:
    """(top, factors of the bottom, h, top as a polynomial in h): h is a factor below, and the top vanishes with h."""
    found = _quotient_by_h(m)
    if found is None:
        return None
    top, below, h = found
    p = in_powers_of(h, top, m.facts)
    if p is None or (p and lowest(p, h) < 1):
        return None
    return top, below, h, p


def _quotient_by_h(m: Match) -> tuple[Expression, list[Expression], Expression] | None:
    """(top, factors of the bottom, h) of the limit of a quotient for h to 0, where h is a factor below."""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient:
        return None
    top, bottom = found.operand.arguments
    below = list(factors_of(bottom))
    return (top, below, found.h) if found.h in below else None


def multiplied_out(m: Match) -> Expression | None:
    """lim h->0 (((x + h)^2 - x^2)/h)  →  lim h->0 ((x^2 + 2*x*h + h^2 - x^2)/h)"""
    found = _over_h(m)
    if found is None or type(found[0]) is not Sum:
        return None
    top, below, h, _ = found
    terms = tuple(flat_terms(top))
    written: list[Expression] = []
    for t in terms:
        p = polynomial(t)
        written += [t] if p is None or (len(p) == 1 and not m.facts.depends(t, h)) else terms_of(p, h)
    if tuple(written) == terms or len(written) > MAX_WRITTEN:
        return None
    return limit(m, quotient(sum_of(written), product_of(below)))


def brackets_wrong(m: Match) -> Expression | None:
    """lim h->0 (((x + h)^2 - x^2)/h)  →  lim h->0 ((x^2 + h^2 - x^2)/h), which is wrong"""
    found = difference(m)
    if found is None or found.later.kind != "power" or type(found.later.arguments[0]) is not Sum:
        return None
    n = found.later.arguments[1]
    if rational_value(n) in (0, 1):
        return None
    each = sum_of(power(t, n) for t in found.later.arguments[0].arguments)
    return limit(m, quotient(minus(each, found.now), found.h))


def like_terms_collected(m: Match) -> Expression | None:
    """lim h->0 ((x^2 + 2*x*h + h^2 - x^2)/h)  →  lim h->0 ((2*x*h + h^2)/h)"""
    found = _over_h(m)
    if found is None:
        return None
    top, below, h, p = found
    terms = terms_of(p, h)
    if tuple(terms) == tuple(flat_terms(top)) or (type(top) is Product and h in top.arguments):
        return None
    return limit(m, quotient(sum_of(terms), product_of(below)))


def step_taken_out(m: Match) -> Expression | None:
    """lim h->0 ((2*x*h + h^2)/h)  →  lim h->0 (h*(2*x + h)/h)"""
    found = _over_h(m)
    if found is None or type(found[0]) is not Sum:
        return None
    _, below, h, p = found
    return limit(m, quotient(product_of([h, sum_of(terms_of(lowered(p, h), h))]), product_of(below)))


def step_cancelled_once(m: Match) -> Expression | None:
    """lim h->0 ((2*x*h + h^2)/h)  →  lim h->0 (2*x*h + h), cancelled in the last term only, which is wrong"""
    found = _over_h(m)
    if found is None or type(found[0]) is not Sum or found[1] != [found[2]]:
        return None
    terms = terms_of(lowered(found[3], found[2]), found[2])
    return limit(m, sum_of([*found[0].arguments[:-1], terms[-1]])) if terms else None


def step_cancelled(m: Match) -> Expression | None:
    """lim h->0 (h*(2*x + h)/h)  →  lim h->0 (2*x + h)"""
    found = _quotient_by_h(m)
    if found is None:
        return None
    top, below, h = found
    below.remove(h)
    if top == ZERO:
        return limit(m, ZERO)
    above = _without(top, h)
    return None if above is None else limit(m, over(above, product_of(below)))


def step_and_value(m: Match) -> Expression | None:
    """lim h->0 (h*(2*x + h)/h)  →  0, put in too early, which is wrong"""
    return ZERO if step_cancelled(m) is not None else None


def _without(top: Expression, h: Expression) -> Expression | None:
    """top/h where h is a factor."""
    sign = False
    while type(top) is Negation:
        sign, top = not sign, top.arguments[0]
    factors = list(factors_of(top))
    if h in factors:
        factors.remove(h)
        rest = product_of(factors)
    else:
        powers = [f for f in factors if f.kind == "power" and f.arguments[0] == h]
        n = rational_value(powers[0].arguments[1]) if powers else None
        if n is None or n < 2 or n.denominator != 1:
            return None
        lower = h if n == 2 else power(h, rational(n - 1))
        rest = product_of(lower if f is powers[0] else f for f in factors)
    return negation(rest) if sign else rest


def common_denominator(m: Match) -> Expression | None:
    """lim h->0 ((1/(x + h) - 1/x)/h)  →  lim h->0 ((1*x - 1*(x + h))/(h*((x + h)*x)))"""
    found = difference(m)
    if found is None:
        return None
    a, b = _fraction(found.later)
    c, d = _fraction(found.now)
    if not m.facts.depends(b, found.h) or d == ZERO:
        return None
    top = minus(_times(a, d), _times(c, b))
    return limit(m, quotient(top, product_of([found.h, *factors_of(b), *[f for f in factors_of(d) if f != ONE]])))


def _fraction(e: Expression) -> tuple[Expression, Expression]:
    return (e.arguments[0], e.arguments[1]) if type(e) is Quotient else (e, ONE)


def _times(a: Expression, b: Expression) -> Expression:
    return product_of([f for f in (*factors_of(a), *factors_of(b)) if f != ONE])


def numerators_subtracted(m: Match) -> Expression | None:
    """lim h->0 ((1/(x + h) - 1/x)/h)  →  lim h->0 (1/(h*(x + h - x))), which is wrong"""
    found = difference(m)
    if found is None or common_denominator(m) is None:
        return None
    (a, b), (_, d) = _fraction(found.later), _fraction(found.now)
    return limit(m, quotient(a, product_of([found.h, minus(b, d)])))


EXPAND = Rule(
    "definition.expand", "?l", multiplied_out, kind="limit",
    mistakes=(Mistake("binomial-without-middle-terms", brackets_wrong),),
    examples=(
        ("lim h->0 (((x + h)^2 - x^2)/h)", "lim h->0 ((x^2 + 2*x*h + h^2 - x^2)/h)"),
        ("lim h->0 ((x^2 - x*(x + h))/(h*x))", "lim h->0 ((x^2 - x^2 - x*h)/(h*x))"),
        ("lim h->0 ((2*x*h + h^2)/h)", None),
    ),
)  # fmt: skip
COLLECT = Rule(
    "definition.collect", "?l", like_terms_collected, kind="limit",
    examples=(
        ("lim h->0 ((x^2 + 2*x*h + h^2 - x^2)/h)", "lim h->0 ((2*x*h + h^2)/h)"),
        ("lim h->0 (((x + h)^3 - (x + h)^3 + 0)/h)", "lim h->0 (0/h)"),
        ("lim h->0 ((2*x*h + h^2)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
FACTOR = Rule(
    "definition.factor-step", "?l", step_taken_out, kind="limit",
    examples=(("lim h->0 ((2*x*h + h^2)/h)", "lim h->0 (h*(2*x + h)/h)"), ("lim h->0 (h*x/h)", None)),
    mistakes=(Mistake("step-cancelled-in-one-term", step_cancelled_once),),
)  # fmt: skip
CANCEL = Rule(
    "definition.cancel-step", "?l", step_cancelled, kind="limit",
    mistakes=(Mistake("limit-put-in-too-early", step_and_value),),
    examples=(
        ("lim h->0 (h*(2*x + h)/h)", "lim h->0 (2*x + h)"),
        ("lim h->0 (-h/(h*(x + h)))", None),
        ("lim h->0 ((-h)/(h*(x + h)))", "lim h->0 ((-1)/(x + h))"),
        ("lim h->0 (h^2/h)", "lim h->0 (h)"),
        ("lim h->0 ((x + h)/h)", None),
    ),
)  # fmt: skip
COMMON_DENOMINATOR = Rule(
    "definition.common-denominator", "?l", common_denominator, kind="limit",
    mistakes=(Mistake("fractions-subtracted-below", numerators_subtracted),),
    examples=(
        ("lim h->0 ((1/(x + h) - 1/x)/h)", "lim h->0 ((x - (x + h))/(h*(x + h)*x))"),
        ("lim h->0 (((x + h)/3 - x/3)/h)", None),
    ),
)  # fmt: skip
