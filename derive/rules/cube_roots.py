"""Cubes come out of cube roots: cbrt(16*x^3) is 2*x*cbrt(2); no bars, since every number has one cube root."""

from __future__ import annotations

from fractions import Fraction

from derive.expressions import Expression, Number, Power, call, integer_value, natural, power, product_of, rational
from derive.rules.factors import factors_of
from derive.rules.model import Match, Mistake, Rule

MAX_RADICAND = 10**9  # whose cube factors are looked for: at most 1,000 numbers are tried


def cube_part(n: int) -> int:
    """The greatest c with c^3 dividing n: 2 for 16."""
    c, p = 1, 2
    while p * p * p <= n:
        while n % (p * p * p) == 0:
            n //= p * p * p
            c *= p
        p += 1
    return c


def cubes_taken_out(m: Match) -> Expression | None:
    """cbrt(8*x)  →  2*cbrt(x),   cbrt(x^3*y)  →  x*cbrt(y)"""
    out: list[Expression] = []
    kept: list[Expression] = []
    for f in factors_of(m["u"]):
        n = f.label if type(f) is Number else None
        exponent = integer_value(f.arguments[1]) if type(f) is Power else None
        if isinstance(n, int) and 1 < n <= MAX_RADICAND:
            c = cube_part(n)
            if c > 1:
                out.append(natural(c))
            if n > c**3:
                kept.append(natural(n // c**3))
        elif exponent is not None and exponent > 2 and exponent % 3 == 0:
            out.append(f.arguments[0] if exponent == 3 else power(f.arguments[0], rational(Fraction(exponent, 3))))
        else:
            kept.append(f)
    if not out or (len(out) == 1 and not kept and type(out[0]) is not Number):
        return None  # cbrt(x^3) has a rule of its own
    return product_of([*out, call("cbrt", product_of(kept))] if kept else out)


def cube_out_without_root(m: Match) -> Expression | None:
    """cbrt(8*x)  →  8*cbrt(x), which is wrong"""
    right = cubes_taken_out(m)
    c = integer_value(factors_of(right)[0]) if right is not None else None
    return None if right is None or c is None else product_of([natural(c**3), *factors_of(right)[1:]])


CUBE_FACTOR = Rule(
    "root.cube-factor", "cbrt(?u)", cubes_taken_out,
    mistakes=(Mistake("cube-out-without-root", cube_out_without_root),),
    examples=(
        ("cbrt(8*x)", "2*cbrt(x)"), ("cbrt(16)", "2*cbrt(2)"), ("cbrt(8*x^3)", "2*x"), ("cbrt(x^3*y)", "x*cbrt(y)"),
        ("cbrt(4*x)", None), ("cbrt(x^2)", None),
    ),
    weight="minor",
)  # fmt: skip

CALLS = (CUBE_FACTOR,)
