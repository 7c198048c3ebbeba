"""Roots of numbers: squares come out, roots are multiplied and divided, nested roots are taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt, prod

from derive.expressions import (
    ONE, ZERO, Expression, Negation, Number, Power, Product, Sum, call, equation, integer_value, natural, negation,
    power, product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.radicals import fraction, has_root, radicand, sides_of


MAX_RADICAND = 10**12  # whose square factors are looked for: trial division by at most 9,999 numbers
_MAX_PRIME = 10_000


def _is_square(f: Expression) -> bool:
    return type(f) is Power and (integer_value(f.arguments[1]) or 1) % 2 == 0


def square_part(n: int) -> int:
    """The greatest c with c^2 dividing n: 3 for 18."""
    root = isqrt(n)
    if root * root == n:
        return root
    c, p = 1, 2
    while p * p * p <= n and p < _MAX_PRIME:  # beyond the cube root, what is left is a square or has none
        while n % (p * p) == 0:
            n //= p * p
            c *= p
        if n % p == 0:
            n //= p
        p += 1 if p == 2 else 2
    root = isqrt(n)
    return c * root if root * root == n else c


def squares_taken_out(m: Match) -> Expression | None:
    """sqrt(12)  →  2*sqrt(3),   sqrt(4*x^2*y)  →  2*abs(x)*sqrt(y)"""
    out: list[Expression] = []
    kept: list[Expression] = []
    u = m["u"]
    for f in factors_of(u):
        n = f.label if type(f) is Number else None
        if isinstance(n, int) and 1 < n <= MAX_RADICAND:
            c = square_part(n)
            if c > 1:
                out.append(natural(c))
                f = natural(n // (c * c))
        elif type(u) is Product and _is_square(f):
            out.append(_half_power(m, f))
            continue
        if f != ONE:
            kept.append(f)
    if not out:
        return None
    return product_of([*out, call("sqrt", product_of(kept))] if kept else out)


def _half_power(m: Match, f: Expression) -> Expression:
    """x^2 → abs(x), x^4 → x^2, (e^x)^2 → e^x."""
    base, exponent = f.arguments
    half = (integer_value(exponent) or 0) // 2
    root = base if half == 1 else power(base, rational(half))
    return root if half % 2 == 0 or m.facts.bounds(base).low >= 0 else call("abs", root)


def rest_not_negative(m: Match) -> Iterator[Expression]:
    """What stays below the root is not negative."""
    u = m["u"]
    if type(u) is Product and any(_is_square(f) for f in u.arguments):
        kept = [f for f in u.arguments if type(f) is not Number and not _is_square(f)]
        if kept:
            yield equation(product_of(kept), ">=", ZERO)


def square_out_without_root(m: Match) -> Expression | None:
    """sqrt(12)  →  4*sqrt(3), which is wrong"""
    right = squares_taken_out(m)
    if type(right) is not Product or type(right.arguments[0]) is not Number:
        return None
    c = right.arguments[0].value
    return product_of([natural(int(c * c)), *right.arguments[1:]]) if c > 1 else None


def quotient_taken_apart(m: Match) -> Expression | None:
    """sqrt(3/4)  →  sqrt(3)/2,   sqrt(x/y^2)  →  sqrt(x)/abs(y)"""
    top, bottom = m["u"], m["v"]
    out: list[Expression] = []
    for f in factors_of(bottom):
        n = f.label if type(f) is Number else None
        if isinstance(n, int) and n > 0 and isqrt(n) ** 2 == n:
            out.append(natural(isqrt(n)))
        elif _is_square(f) and (integer_value(f.arguments[1]) or 0) > 0:
            out.append(_half_power(m, f))
        else:
            return None
    return quotient(call("sqrt", top), product_of(out))


def denominator_kept(m: Match) -> Expression | None:
    """sqrt(3/4)  →  sqrt(3)/4, which is wrong"""
    n = rational_value(m["v"])
    return None if n in (None, 1) else quotient(call("sqrt", m["u"]), m["v"])


def number_roots_joined(m: Match) -> Expression | None:
    """sqrt(3)*sqrt(11)  →  sqrt(33),   sqrt(6)/sqrt(2)  →  sqrt(3),   6/sqrt(3)  →  2*sqrt(3)"""
    if not has_root(m.node):
        return None
    sides = sides_of(m.node)
    roots = [[(i, n) for i, f in enumerate(s.factors) if (n := _whole_radicand(f)) is not None] for s in sides]
    above = list(sides[0].factors)
    below = list(sides[1].factors) if len(sides) > 1 else []
    for side, found in zip((above, below), roots, strict=False):
        if len(found) > 1:
            joined = prod(n for _, n in found)
            if joined > MAX_RADICAND:
                return None
            first = found[0][0]
            gone = {i for i, _ in found}
            side[:] = [
                call("sqrt", natural(joined)) if i == first else f
                for i, f in enumerate(side)
                if i == first or i not in gone
            ]
            return fraction(above, below)
    if len(roots) < 2 or not roots[1]:
        return None
    ((j, b),) = roots[1]
    if roots[0]:
        ((i, a),) = roots[0]
        if a % b == 0:
            above[i] = call("sqrt", natural(a // b))
            del below[j]
        elif b % a == 0:
            below[j] = call("sqrt", natural(b // a))
            del above[i]
        else:
            return None
        return fraction(above, below)
    number = above[0].label if above and type(above[0]) is Number else None
    if not isinstance(number, int) or number % b:
        return None
    root = below.pop(j)
    above[:1] = [*([natural(number // b)] if number != b else []), root]
    return fraction(above, below)


def _whole_radicand(f: Expression) -> int | None:
    u = radicand(f)
    return u.label if type(u) is Number and isinstance(u.label, int) and u.label > 1 else None


def radicands_added(m: Match) -> Expression | None:
    """sqrt(3)*sqrt(11)  →  sqrt(14), which is wrong"""
    if type(m.node) is not Product or number_roots_joined(m) is None:
        return None
    found = [n for f in m.node.arguments if (n := _whole_radicand(f)) is not None]
    if len(found) != 2 or len(m.node.arguments) != 2 or sum(found) == prod(found):
        return None
    return call("sqrt", natural(sum(found)))


def denested(m: Match) -> Expression | None:
    """sqrt(5 + 2*sqrt(6))  →  sqrt(3) + sqrt(2)"""
    u = m["u"]
    if type(u) is not Sum or len(u.arguments) != 2:
        return None
    a: Fraction | None = None
    b, n = Fraction(0), 0
    for t in u.arguments:
        value = rational_value(t)
        if value is not None:
            a = Fraction(value)
            continue
        c, body = split_coefficient(t)
        inner = _whole_radicand(body)
        if inner is None:
            return None
        b, n = Fraction(c), inner
    if a is None or a <= 0 or not b or not n:
        return None
    d = _exact_root(a * a - b * b * n)
    if d is None:
        return None
    first, second = _root((a + d) / 2), _root((a - d) / 2)
    result = sum_of([first, second if b > 0 else negation(second)])
    return result if m.facts.size(result) < m.facts.size(m.node) else None


def _exact_root(q: Fraction) -> Fraction | None:
    """The square root of a rational number that is a square of one."""
    if q < 0:
        return None
    root = Fraction(isqrt(q.numerator), isqrt(q.denominator))
    return root if root * root == q else None


def _root(q: Fraction) -> Expression:
    exact = _exact_root(q)
    return call("sqrt", rational(q)) if exact is None else rational(exact)


def root_of_each_term(m: Match) -> Expression | None:
    """sqrt(5 + 2*sqrt(6))  →  sqrt(5) + sqrt(2*sqrt(6)), which is wrong"""
    u = m["u"]
    if type(u) is not Sum or any(type(t) is Negation for t in u.arguments):
        return None
    return sum_of(call("sqrt", t) for t in u.arguments)


SQUARE_FACTOR = Rule(
    "root.square-factor", "sqrt(?u)", squares_taken_out, assumes=rest_not_negative,
    mistakes=(Mistake("square-out-of-root-unrooted", square_out_without_root),),
    examples=(
        ("sqrt(12)", "2*sqrt(3)"), ("sqrt(4*x)", "2*sqrt(x)"), ("sqrt(9*x^2)", "3*abs(x)"),
        ("sqrt(4*x^2*y)", "2*abs(x)*sqrt(y)"), ("sqrt(6)", None), ("sqrt(x^2 + 4)", None), ("sqrt(2*x)", None),
    ),
    weight="minor",
)  # fmt: skip
OF_QUOTIENT = Rule(
    "root.of-quotient", "sqrt(?u/?v)", quotient_taken_apart,
    mistakes=(Mistake("root-of-denominator-forgotten", denominator_kept),),
    examples=(
        ("sqrt(3/4)", "sqrt(3)/2"), ("sqrt(x/y^2)", "sqrt(x)/abs(y)"), ("sqrt(x/2)", None), ("sqrt(1/x)", None),
    ),
    weight="minor",
)  # fmt: skip
NUMBER_PRODUCT = Rule(
    "root.product-of-numbers", "?u*??rest", number_roots_joined, among=("sqrt",),
    mistakes=(Mistake("radicands-added", radicands_added),),
    examples=(("sqrt(3)*sqrt(11)", "sqrt(33)"), ("2*sqrt(2)*x*sqrt(3)", "2*sqrt(6)*x"), ("sqrt(2)*sqrt(x)", None)),
    weight="minor",
)  # fmt: skip
NUMBER_QUOTIENT = Rule(
    "root.quotient-of-numbers", "?u/?v", number_roots_joined, within=("sqrt",),
    examples=(
        ("sqrt(6)/sqrt(2)", "sqrt(3)"), ("6/sqrt(3)", "2*sqrt(3)"), ("x*sqrt(2)/(y*sqrt(6))", "x/(y*sqrt(3))"),
        ("1/sqrt(2)", None), ("sqrt(3)/sqrt(2)", None),
    ),
    weight="minor",
)  # fmt: skip
DENEST = Rule(
    "root.nested", "sqrt(?u)", denested,
    mistakes=(Mistake("root-of-each-number", root_of_each_term),),
    examples=(
        ("sqrt(5 + 2*sqrt(6))", "sqrt(3) + sqrt(2)"), ("sqrt(2*sqrt(6) + 5)", "sqrt(3) + sqrt(2)"),
        ("sqrt(3 - 2*sqrt(2))", "sqrt(2) - 1"), ("sqrt(3 + 2*sqrt(3))", None), ("sqrt(5 + 2*x)", None),
    ),
)  # fmt: skip

PRODUCTS = (NUMBER_PRODUCT,)
QUOTIENTS = (NUMBER_QUOTIENT,)
CALLS = (SQUARE_FACTOR, OF_QUOTIENT, DENEST)
"""For calls; after the value of a root and the root of an even power."""
