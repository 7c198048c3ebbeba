"""Difference quotients of powers, and of functions that are given by name only."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import (
    ONE, Expression, Negation, Power, Symbol, call, integer_value, make, natural, negation, power,
    product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.limit_shapes import (
    difference, limit, over, quotient_limit, ratio,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule

MAX_POWER = 20  # of a difference of powers that is written out as a product


def power_difference(m: Match) -> Expression | None:
    """lim h->0 ((U^3 - u^3)/h)  →  lim h->0 ((U - u)/h*(U^2 + U*u + u^2))"""
    found = difference(m)
    if found is None or type(found.later) is not Power or type(found.now) is not Power:
        return None
    n = integer_value(found.now.exponent)
    if n is None or found.later.exponent != found.now.exponent or not 2 <= n <= MAX_POWER:
        return None
    later, now = found.later.base, found.now.base
    terms = [product_of([*_power(later, n - 1 - k), *_power(now, k)]) for k in range(n)]
    return limit(m, product_of([ratio(m, later, now), sum_of(terms)]))


def _power(base: Expression, n: int) -> list[Expression]:
    return [] if n == 0 else [base] if n == 1 else [power(base, natural(n))]


def middle_terms_lost(m: Match) -> Expression | None:
    """U^3 - u^3 taken for (U - u)*(U^2 + u^2), which is wrong"""
    right = power_difference(m)
    if right is None:
        return None
    first, bracket = right.arguments[0].arguments
    if len(bracket.arguments) < 3:
        return None
    return limit(m, product_of([first, sum_of([bracket.arguments[0], bracket.arguments[-1]])]))


def negative_power_below(m: Match) -> Expression | None:
    """lim h->0 ((U^(-2) - u^(-2))/h)  →  lim h->0 ((1/U^2 - 1/u^2)/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Power or type(found.now) is not Power:
        return None
    n = rational_value(found.now.exponent)
    if n is None or n >= 0 or found.later.exponent != found.now.exponent:
        return None
    below = [b if n == -1 else power(b, rational(-n)) for b in (found.later.base, found.now.base)]
    return quotient_limit(m, quotient(ONE, below[0]), quotient(ONE, below[1]))


def power_of_root(m: Match) -> Expression | None:
    """lim h->0 ((U^(3/2) - u^(3/2))/h)  →  lim h->0 ((sqrt(U)^3 - sqrt(u)^3)/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Power or type(found.now) is not Power:
        return None
    q = rational_value(found.now.exponent)
    if not isinstance(q, Fraction) or q < 0 or found.later.exponent != found.now.exponent:
        return None
    roots = [_root(b, q.denominator) for b in (found.later.base, found.now.base)]
    raised = [r if q.numerator == 1 else power(r, natural(q.numerator)) for r in roots]
    return quotient_limit(m, raised[0], raised[1])


def _root(u: Expression, n: int) -> Expression:
    return call("sqrt", u) if n == 2 else call("cbrt", u) if n == 3 else call("root", u, natural(n))


def abstract_derivative(m: Match) -> Expression | None:
    """lim h->0 ((f(x + h) - f(x))/h)  →  f'(x)"""
    found = difference(m)
    if found is None or found.now.kind != "call" or found.later.kind != "call":
        return None
    now, later = found.now, found.later
    name = now.name  # type: ignore[attr-defined]
    if name in FUNCTIONS or now.label != later.label or len(now.arguments) != 1:
        return None
    if type(now.arguments[0]) is not Symbol or later.arguments[0] != sum_of((now.arguments[0], found.h)):
        return None
    return make(type(now), now.arguments, (name, (now.orders[0] + 1,)))  # type: ignore[attr-defined]


POWERS = Rule(
    "definition.difference-of-powers", "?l", power_difference, kind="limit",
    mistakes=(Mistake("difference-of-powers-middle-lost", middle_terms_lost),),
    examples=(
        ("lim h->0 ((sin(x + h)^3 - sin(x)^3)/h)",
         "lim h->0 (((sin(x + h) - sin(x))/h)*(sin(x + h)^2 + sin(x + h)*sin(x) + sin(x)^2))"),
        ("lim h->0 ((2^(x + h) - 2^x)/h)", None),
    ),
)  # fmt: skip
NEGATIVE_POWER = Rule(
    "definition.negative-power", "?l", negative_power_below, kind="limit",
    mistakes=(Mistake("negative-exponent-as-minus", lambda m: _as_minus(m)),),
    examples=(
        ("lim h->0 (((x + h)^(-2) - x^(-2))/h)", "lim h->0 ((1/(x + h)^2 - 1/x^2)/h)"),
        ("lim h->0 (((x + h)^2 - x^2)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
POWER_OF_ROOT = Rule(
    "definition.power-of-root", "?l", power_of_root, kind="limit",
    examples=(
        ("lim h->0 (((x + h)^(3/2) - x^(3/2))/h)", "lim h->0 ((sqrt(x + h)^3 - sqrt(x)^3)/h)"),
        ("lim h->0 (((x + h)^2 - x^2)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
ABSTRACT = Rule(
    "definition.abstract", "?l", abstract_derivative, kind="limit",
    examples=(("lim h->0 ((f(x + h) - f(x))/h)", "f'(x)"), ("lim h->0 ((sin(x + h) - sin(x))/h)", None)),
)  # fmt: skip


def _as_minus(m: Match) -> Expression | None:
    right = negative_power_below(m)
    if right is None:
        return None
    a, b = (t.arguments[0] if type(t) is Negation else t for t in right.arguments[0].arguments[0].arguments)
    return quotient_limit(m, negation(over(a.arguments[1], ONE)), negation(b.arguments[1]))
