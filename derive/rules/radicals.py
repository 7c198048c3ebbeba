"""Square roots: squares come out, roots and powers of the same number are gathered, nested roots taken apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from derive.expressions import (
    ONE, ZERO, Call, Expression, Negation, Number, Power, Quotient, call, equation, integer_value, negation, power,
    product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.model import Match, Mistake, Rule


class Side(NamedTuple):
    """The factors above or below a line."""

    sign: int
    factors: tuple[Expression, ...]


def sides_of(node: Expression) -> tuple[Side, ...]:
    """The side above the line and, of a quotient, the one below."""
    if type(node) is Quotient:
        top, bottom = node.arguments
        return Side(1, factors_of(top)), Side(-1, () if bottom == ONE else factors_of(bottom))
    return (Side(1, factors_of(node)),)


def fraction(above: list[Expression], below: list[Expression]) -> Expression:
    """The quotient of two products, ones left out."""
    top, bottom = (product_of([f for f in side if f != ONE]) for side in (above, below))
    return top if bottom == ONE else quotient(top, bottom)


def radicand(f: Expression) -> Expression | None:
    """u for sqrt(u), else None."""
    return f.arguments[0] if type(f) is Call and f.label == "sqrt" else None


def has_root(node: Expression) -> bool:
    """Whether a factor, above or below the line, is a square root."""
    for side in node.arguments if type(node) is Quotient else (node,):
        for f in factors_of(side):
            if f.label == "sqrt" and type(f) is Call:
                return True
    return False


class _Gathered(NamedTuple):
    u: Expression
    result: Expression
    below: bool


def _gathered(m: Match) -> _Gathered | None:
    """All roots and powers of one u in a product or quotient as one power, or as a power and a root."""
    if not has_root(m.node):
        return None
    sides = sides_of(m.node)
    factors = Counter(u for side in sides for f in side.factors for u in _under(m, f))
    for side in sides:
        for f in side.factors:
            u = radicand(f)
            if u is None or type(u) is Number or factors[m.facts.representative(u)] < 2:
                continue
            found = _gather(m, sides, m.facts.representative(u))
            if found is not None:
                return found
    return None


def _under(m: Match, f: Expression) -> set[Expression]:
    """What a factor may be a power or a root of."""
    base = f.arguments[0] if type(f) is Power else f
    inner = radicand(base)
    return {m.facts.representative(e) for e in (base, inner) if e is not None}


def _gather(m: Match, sides: tuple[Side, ...], u: Expression) -> _Gathered | None:
    total = Fraction(0)
    kept: tuple[list[Expression], list[Expression]] = ([], [])
    where: tuple[list[Expression], list[Expression]] = ([], [])
    for i, side in enumerate(sides):
        for f in side.factors:
            n = _exponent_of(m, f, u)
            if n is None:
                kept[i].append(f)
            else:
                total += side.sign * n
                where[i].append(f)
    new = _as_factors(m, u, abs(total))
    old = len(where[0]) + len(where[1])
    if len(new) >= old and not (where[0] and where[1]):
        return None
    place = 0 if total >= 0 else 1
    at = sides[place].factors.index(where[place][0]) if where[place] else len(kept[place])
    kept[place][at:at] = new
    result = fraction(*kept)
    if not (where[0] and where[1]) and m.facts.size(result) >= m.facts.size(m.node):
        return None
    return _Gathered(u, result, bool(where[1]))


def _exponent_of(m: Match, f: Expression, u: Expression) -> Fraction | None:
    """n where f is u^n with a whole n or a half, roots included."""
    base, n = f, Fraction(1)
    if type(f) is Power:
        value = rational_value(f.arguments[1])
        if value is None:
            return None
        base, n = f.arguments[0], Fraction(value)
    inner = radicand(base)
    if inner is not None and m.facts.representative(inner) == u:
        n = n / 2
    elif m.facts.representative(base) != u:
        return None
    return n if n.denominator <= 2 else None


def _as_factors(m: Match, u: Expression, n: Fraction) -> list[Expression]:
    """u^n as a textbook writes it: sqrt(x), x*sqrt(x) for a letter, (x + 1)^(3/2) for a bracket."""
    if n.denominator == 1:
        return [] if n == 0 else [u if n == 1 else power(u, rational(n))]
    root = call("sqrt", u)
    whole = n - Fraction(1, 2)
    if whole == 0:
        return [root]
    if m.facts.size(u) == 1:
        return [u if whole == 1 else power(u, rational(whole)), root]
    return [power(u, rational(n))]


def gathered(m: Match) -> Expression | None:
    """x^3/sqrt(x)  →  x^2*sqrt(x),   (x + 1)*sqrt(x + 1)  →  (x + 1)^(3/2)"""
    found = _gathered(m)
    return None if found is None else found.result


def gathered_positive(m: Match) -> Iterator[Expression]:
    """What stands below the root is positive, or not negative where nothing is below the line."""
    found = _gathered(m)
    if found is not None:
        yield equation(found.u, ">" if found.below else ">=", ZERO)


def root_cancelled_whole(m: Match) -> Expression | None:
    """x/sqrt(x)  →  1, as if the root were x, which is wrong"""
    if type(m.node) is not Quotient:
        return None
    top, bottom = m.node.arguments
    return ONE if radicand(bottom) == top and type(top) is not Number else None


def written_as_root(m: Match) -> Expression | None:
    """x*sqrt(y) + y^(1/2)  →  x*sqrt(y) + sqrt(y)"""
    if not any([has_root(t.arguments[0] if type(t) is Negation else t) for t in m.node.arguments]):
        return None
    roots: set[Expression] = set()
    halves = False
    for t in m.node.arguments:
        for f in _term_factors(t):
            u = radicand(f)
            if u is not None:
                roots.add(u)
            elif type(f) is Power and type(f.arguments[1]) is Quotient:
                halves = halves or f.arguments[1] == _HALF
    if not roots or not halves:
        return None
    terms = [_rooted(t, roots) for t in m.node.arguments]
    return None if all(a is b for a, b in zip(terms, m.node.arguments, strict=True)) else sum_of(terms)


_HALF = rational(Fraction(1, 2))


def _term_factors(t: Expression) -> Iterator[Expression]:
    if type(t) is Negation:
        t = t.arguments[0]
    for side in t.arguments if type(t) is Quotient else (t,):
        yield from factors_of(side)


def _rooted(t: Expression, roots: set[Expression]) -> Expression:
    """The term with u^(1/2) written as the root that stands elsewhere."""
    if not any([_is_half(f, roots) for f in _term_factors(t)]):
        return t
    inner = t.arguments[0] if type(t) is Negation else t
    sides = [
        product_of(call("sqrt", f.arguments[0]) if _is_half(f, roots) else f for f in factors_of(side))
        for side in (inner.arguments if type(inner) is Quotient else (inner,))
    ]
    result = quotient(*sides) if len(sides) == 2 else sides[0]
    return negation(result) if type(t) is Negation else result


def _is_half(f: Expression, roots: set[Expression]) -> bool:
    return type(f) is Power and f.arguments[1] == _HALF and f.arguments[0] in roots


def half_as_root(m: Match) -> Expression | None:
    """x^(1/2)  →  sqrt(x)"""
    return call("sqrt", m["u"]) if m["n"] == _HALF else None


def cube_undone(m: Match) -> Expression | None:
    """cbrt(x)^3  →  x,   cbrt(x)^6  →  x^2"""
    n = integer_value(m["n"])
    if n is None or n == 0 or n % 3:
        return None
    return m["u"] if n == 3 else power(m["u"], rational(n // 3))


GATHER_PRODUCT = Rule(
    "root.gather", "?u*??rest", gathered, assumes=gathered_positive, among=("sqrt",),
    examples=(
        ("(x + 1)*sqrt(x + 1)", "(x + 1)^(3/2)"), ("2*(x^2 + 1)^2*y*sqrt(x^2 + 1)", "2*(x^2 + 1)^(5/2)*y"),
        ("sqrt(x)*x^(1/2)", "x"), ("x*sqrt(x)", None), ("x*sqrt(y)", None),
    ),
    weight="minor",
)  # fmt: skip
GATHER_QUOTIENT = Rule(
    "quotient.cancel-roots", "?u/?v", gathered, assumes=gathered_positive, within=("sqrt",),
    mistakes=(Mistake("root-cancelled-with-its-square", root_cancelled_whole),),
    examples=(
        ("x*y/sqrt(x)", "sqrt(x)*y"), ("x^3/sqrt(x)", "x^2*sqrt(x)"), ("sqrt(x)/x^2", "1/(x*sqrt(x))"),
        ("1/((2*x + 1)*sqrt(2*x + 1))", "1/(2*x + 1)^(3/2)"), ("x/sqrt(x)", "sqrt(x)"),
        ("x/sqrt(y)", None), ("1/(x*sqrt(x))", None),
    ),
    weight="minor",
)  # fmt: skip
SPELLING = Rule(
    "root.spelling", "?u + ??rest", written_as_root, within=("sqrt",),
    examples=(
        ("x*sqrt(y) + y^(1/2)", "x*sqrt(y) + sqrt(y)"), ("1/sqrt(x) - 2/x^(1/2)", "1/sqrt(x) - 2/sqrt(x)"),
        ("sqrt(x) + y^(1/2)", None),
    ),
    weight="cosmetic",
)  # fmt: skip
CUBED = Rule(
    "power.of-cube-root", "cbrt(?u)^?n", cube_undone,
    examples=(("cbrt(x)^3", "x"), ("cbrt(x)^6", "x^2"), ("cbrt(x)^2", None)),
    weight="minor",
)  # fmt: skip

AS_ROOT = Rule(
    "power.as-root", "?u^?n", half_as_root, among=("quotient",),
    examples=(("x^(1/2)", "sqrt(x)"), ("(x + 1)^(1/2)", "sqrt(x + 1)"), ("x^0.5", None), ("x^(3/2)", None)),
    weight="cosmetic",
)  # fmt: skip

PRODUCTS = (GATHER_PRODUCT,)
QUOTIENTS = (GATHER_QUOTIENT,)
