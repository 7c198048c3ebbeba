"""Difference quotients of sums, products and quotients: each is led back to those of its parts."""

from __future__ import annotations

from collections.abc import Iterable

from derive.expressions import (
    ONE, Expression, Negation, Product, Quotient, Sum, negation, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.continuity import smooth, vanishes
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    Difference, at_zero_limit, difference, in_powers_of, limit, minus, quotient_limit, ratio,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule


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
