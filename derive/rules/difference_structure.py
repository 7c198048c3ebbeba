"""Difference quotients of sums, products, quotients and powers: each is led back to those of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from derive.expressions import (
    ONE, Expression, Negation, Power, Product, Quotient, Sum, Symbol, call, integer_value, make, natural, negation, power,
    product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.continuity import smooth, vanishes
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    Difference, at_zero_limit, difference, in_powers_of, limit, minus, over, quotient_limit, ratio,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule

MAX_POWER = 12  # of a difference of powers that is written out as a product


def constants_in_front(m: Match) -> Expression | None:
    """lim h->0 ((3*sin(x + h) - 3*sin(x))/h)  →  3*lim h->0 ((sin(x + h) - sin(x))/h)"""
    found = difference(m)
    if found is None:
        return None
    later, now, h = found
    if type(later) is Negation and type(now) is Negation:
        return negation(quotient_limit(m, later.arguments[0], now.arguments[0]))
    if type(later) is Quotient and type(now) is Quotient and later.arguments[1] == now.arguments[1]:
        return quotient(quotient_limit(m, later.arguments[0], now.arguments[0]), now.arguments[1])
    if type(later) is not Product or type(now) is not Product or len(later.arguments) != len(now.arguments):
        return None
    same = [not m.facts.depends(a, h) for a in later.arguments]
    pairs = list(zip(later.arguments, now.arguments, strict=True))
    constants = [a for (a, _), free in zip(pairs, same, strict=True) if free]
    if not constants or any(a != b for (a, b), free in zip(pairs, same, strict=True) if free):
        return None
    moving = [pair for pair, free in zip(pairs, same, strict=True) if not free]
    inner = quotient_limit(m, product_of(a for a, _ in moving), product_of(b for _, b in moving))
    return product_of([*constants, inner])


def constant_dropped(m: Match) -> Expression | None:
    """lim h->0 ((3*u(x + h) - 3*u(x))/h)  →  lim h->0 ((u(x + h) - u(x))/h), which is wrong"""
    right = constants_in_front(m)
    return right.arguments[-1] if type(right) is Product else None


def term_by_term(m: Match) -> Expression | None:
    """lim h->0 ((u(x + h) + v(x + h) - (u(x) + v(x)))/h)  →  the limits of the quotients of u and of v, added"""
    found = difference(m)
    groups = _groups(m, found) if found is not None else []
    if found is None or (len(groups) < 2 and not (groups and _has_constant_terms(found))):
        return None
    if smooth(found.later, found.h, m.facts) is None:
        return None
    return sum_of(_signed(m, group) for group in groups)


def _groups(m: Match, found: Difference) -> list[list[tuple[Expression, Expression]]]:
    """The terms that change, each by itself; the polynomial ones together."""
    later, now, h = found
    if type(later) is not Sum or type(now) is not Sum or len(later.arguments) != len(now.arguments):
        return []
    groups: list[list[tuple[Expression, Expression]]] = []
    plain: list[tuple[Expression, Expression]] = []
    for a, b in zip(later.arguments, now.arguments, strict=True):
        if not m.facts.depends(a, h):
            if a != b:
                return []
        elif in_powers_of(h, a, m.facts) is not None:
            if not plain:
                groups.append(plain)
            plain.append((a, b))
        else:
            groups.append([(a, b)])
    return groups


def _has_constant_terms(found: Difference) -> bool:
    return bool(set(found.later.arguments) & set(found.now.arguments))


def _signed(m: Match, group: list[tuple[Expression, Expression]]) -> Expression:
    if len(group) == 1:
        ((a, b),) = group
        if type(a) is Negation and type(b) is Negation:
            return negation(quotient_limit(m, a.arguments[0], b.arguments[0]))
    return quotient_limit(m, sum_of(a for a, _ in group), sum_of(b for _, b in group))


def smooth_parts(m: Match) -> Iterable[Expression]:
    """Where the parts can be differentiated."""
    found = difference(m)
    return () if found is None else smooth(found.later, found.h, m.facts) or ()


def minus_lost(m: Match) -> Expression | None:
    """A minus sign between two terms that became plus, which is wrong"""
    right = term_by_term(m)
    if type(right) is not Sum or not any(type(t) is Negation for t in right.arguments):
        return None
    return sum_of(t.arguments[0] if type(t) is Negation else t for t in right.arguments)


def _two_factors(m: Match) -> tuple[Expression, Expression, Expression, Expression] | None:
    """u(x + h), v(x + h), u(x), v(x) of a product's difference quotient, where both change smoothly."""
    found = difference(m)
    if found is None or type(found.later) is not Product or type(found.now) is not Product:
        return None
    if len(found.later.arguments) != len(found.now.arguments) or smooth(found.later, found.h, m.facts) is None:
        return None
    (later_u, *later_v), (u, *v) = found.later.arguments, found.now.arguments
    return later_u, product_of(later_v), u, product_of(v)


def inserted(m: Match) -> Expression | None:
    """lim h->0 ((U*V - u*v)/h)  →  lim h->0 ((U*V - u*V + u*V - u*v)/h)"""
    found = _two_factors(m)
    if found is None:
        return None
    later_u, later_v, u, v = found
    mixed = _product(u, later_v)
    top = sum_of([_product(later_u, later_v), negation(mixed), mixed, negation(_product(u, v))])
    return limit(m, quotient(top, m.node.arguments[1]))


def _product(a: Expression, b: Expression) -> Expression:
    return product_of([*factors_of(a), *factors_of(b)])


def factors_apart(m: Match) -> Expression | None:
    """lim h->0 ((U*V - u*v)/h)  →  lim h->0 ((U - u)/h)*lim h->0 ((V - v)/h), which is wrong"""
    found = _two_factors(m)
    if found is None:
        return None
    later_u, later_v, u, v = found
    return product_of([quotient_limit(m, later_u, u), quotient_limit(m, later_v, v)])


def regrouped(m: Match) -> Expression | None:
    """lim h->0 ((U*V - u*V + u*V - u*v)/h)  →  lim h->0 ((U - u)/h*V + u*((V - v)/h))"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    top = found.operand.numerator
    if type(top) is not Sum or len(top.arguments) != 4:
        return None
    first, second, third, fourth = top.arguments
    if type(second) is not Negation or second.arguments[0] != third or type(fourth) is not Negation:
        return None
    later, mixed, now = (factors_of(e) for e in (first, third, fourth.arguments[0]))
    k = next((i for i, (a, b) in enumerate(zip(later, mixed, strict=False)) if i and a == b), 0)
    if not k or later[k:] != mixed[k:] or mixed[:k] != now[:k]:
        return None
    later_u, later_v, u, v = (product_of(part) for part in (later[:k], later[k:], mixed[:k], now[k:]))
    return limit(m, sum_of([product_of([ratio(m, later_u, u), later_v]), product_of([u, ratio(m, later_v, v)])]))


def fractions_regrouped(m: Match) -> Expression | None:
    """lim h->0 ((U*v - u*V)/(h*V*v))  →  lim h->0 (((U - u)/h*v - u*((V - v)/h))/(V*v))"""
    found = at_zero_limit(m)
    parts = _over_both(m)
    if found is None or parts is None:
        return None
    later_u, u, later_v, v = parts
    first = product_of([ratio(m, later_u, u), v])
    second = product_of([*([u] if u != ONE else []), ratio(m, later_v, v)])
    if not m.facts.depends(later_u, found.h):
        top: Expression = negation(second)
    else:
        top = minus(first, second)
    return limit(m, quotient(top, _product(later_v, v)))


def _over_both(m: Match) -> tuple[Expression, Expression, Expression, Expression] | None:
    """U, u, V, v of lim h→0 ((U*v - u*V)/(h*V*v))."""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient:
        return None
    top, bottom = found.operand.arguments
    below = list(factors_of(bottom))
    if below[0] != found.h or type(top) is not Sum or len(top.arguments) != 2 or smooth(top, found.h, m.facts) is None:
        return None
    if type(top.arguments[1]) is not Negation:
        return None
    left, right = list(factors_of(top.arguments[0])), list(factors_of(top.arguments[1].arguments[0]))
    for cut in range(1, len(below)):
        later_v, v = below[1 : cut + 1], below[cut + 1 :]
        over_v, over_later = left[len(left) - len(v) :], right[len(right) - len(later_v) :]
        if not v or over_later != later_v or over_v != v or any(m.facts.depends(f, found.h) for f in v):
            continue
        if vanishes(minus(product_of(later_v), product_of(v)), found.h):
            later_u, u = left[: len(left) - len(v)], right[: len(right) - len(later_v)]
            if any(m.facts.depends(f, found.h) for f in u):
                continue
            return product_of(later_u), product_of(u), product_of(later_v), product_of(v)
    return None


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


def domain_of_root(m: Match) -> Iterator[Expression]:
    """Where the power is smooth."""
    yield from smooth_parts(m)


CONSTANT_FACTOR = Rule(
    "definition.constant-factor", "?l", constants_in_front, kind="limit",
    mistakes=(Mistake("difference-constant-lost", constant_dropped),),
    examples=(
        ("lim h->0 ((3*sin(x + h) - 3*sin(x))/h)", "3*lim h->0 ((sin(x + h) - sin(x))/h)"),
        ("lim h->0 ((sin(x + h)/2 - sin(x)/2)/h)", "lim h->0 ((sin(x + h) - sin(x))/h)/2"),
        ("lim h->0 (((x + h)*sin(x + h) - x*sin(x))/h)", None),
    ),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "definition.sum", "?l", term_by_term, kind="limit", assumes=smooth_parts,
    mistakes=(Mistake("difference-minus-lost", minus_lost),),
    examples=(
        ("lim h->0 (((x + h) - sin(x + h) - (x - sin(x)))/h)",
         None),
        ("lim h->0 (((x + h)^2 + sin(x + h) - (x^2 + sin(x)))/h)", None),
        ("lim h->0 ((((x + h)^2 - sin(x + h)) - (x^2 - sin(x)))/h)",
         "lim h->0 (((x + h)^2 - x^2)/h) - lim h->0 ((sin(x + h) - sin(x))/h)"),
        ("lim h->0 (((cos(x + h) + 1) - (cos(x) + 1))/h)", "lim h->0 ((cos(x + h) - cos(x))/h)"),
    ),
)  # fmt: skip
INSERT = Rule(
    "definition.insert", "?l", inserted, kind="limit",
    mistakes=(Mistake("difference-of-product-apart", factors_apart),),
    examples=(
        ("lim h->0 (((x + h)*sin(x + h) - x*sin(x))/h)",
         "lim h->0 (((x + h)*sin(x + h) - x*sin(x + h) + x*sin(x + h) - x*sin(x))/h)"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
REGROUP = Rule(
    "definition.regroup", "?l", regrouped, kind="limit",
    examples=(
        ("lim h->0 (((x + h)*sin(x + h) - x*sin(x + h) + x*sin(x + h) - x*sin(x))/h)",
         "lim h->0 ((((x + h) - x)/h)*sin(x + h) + x*((sin(x + h) - sin(x))/h))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
REGROUP_FRACTION = Rule(
    "definition.regroup-fraction", "?l", fractions_regrouped, kind="limit",
    examples=(
        ("lim h->0 ((sin(x + h)*x - sin(x)*(x + h))/(h*(x + h)*x))",
         "lim h->0 ((((sin(x + h) - sin(x))/h)*x - sin(x)*(((x + h) - x)/h))/((x + h)*x))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
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
