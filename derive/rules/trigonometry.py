"""Products and quotients of sine, cosine and their kin at the same argument, written with fewer of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from derive.expressions import (
    ONE, ZERO, Call, Expression, Power, call, equation, integer_value, natural, power, product_of, quotient,
)  # fmt: skip
from derive.rules.factors import factors_of
from derive.rules.model import Match, Mistake, Rule

CIRCULAR = ("sin", "cos", "tan", "cot", "sec", "csc")
HYPERBOLIC = ("sinh", "cosh", "tanh", "coth", "sech", "csch")
_EXPONENTS = ((1, 0), (0, 1), (1, -1), (-1, 1), (0, -1), (-1, 0))  # of sine and cosine, in the order above
SHARE = {
    name: (family, a, b) for family in (CIRCULAR, HYPERBOLIC) for name, (a, b) in zip(family, _EXPONENTS, strict=True)
}

Key: TypeAlias = tuple[tuple[str, ...], Expression]
"""The family of functions and their argument."""


def share(f: Expression) -> tuple[tuple[str, ...], Expression, int, int] | None:
    """(family, argument, exponent of sine, of cosine) of a power of one function: tan(x)^2 is sin(x)^2*cos(x)^(-2)."""
    base, exponent = f.arguments if type(f) is Power else (f, ONE)
    if type(base) is not Call or base.label not in SHARE or len(base.arguments) != 1:
        return None
    n = integer_value(exponent)
    if n is None:
        return None
    family, a, b = SHARE[str(base.label)]
    return family, base.arguments[0], n * a, n * b


def _shares(factors: tuple[Expression, ...], sign: int, found: dict[Key, list[tuple[Expression, int, int]]]) -> None:
    """Adds the factors that are powers of functions of a family: (factor, exponent of sine, of cosine)."""
    for f in factors:
        known = share(f)
        if known is not None:
            family, u, a, b = known
            found.setdefault((family, u), []).append((f, sign * a, sign * b))


def written(family: tuple[str, ...], u: Expression, a: int, b: int) -> list[Expression]:
    """sin^a*cos^b with as few functions as there can be, none of them below a line."""
    sin, cos, tan, cot, sec, csc = family
    parts: list[tuple[str, int]]
    if a >= 0 and b >= 0:
        parts = [(sin, a), (cos, b)]
    elif a <= 0 and b <= 0:
        parts = [(sec, -b), (csc, -a)]
    elif a > 0:
        parts = [(tan, min(a, -b)), (sin, a + b) if a + b > 0 else (sec, -a - b)]
    else:
        parts = [(cot, min(-a, b)), (cos, a + b) if a + b > 0 else (csc, -a - b)]
    return [call(name, u) if n == 1 else power(call(name, u), natural(n)) for name, n in parts if n]


def _shortened(above: tuple[Expression, ...], below: tuple[Expression, ...]) -> Expression | None:
    """The quotient with the first family of functions that can be written shorter; None where none can."""
    found: dict[Key, list[tuple[Expression, int, int]]] = {}
    _shares(above, 1, found)
    _shares(below, -1, found)
    for (family, u), shares in found.items():
        if len(shares) == 1:
            continue
        new = written(family, u, sum(a for _, a, _ in shares), sum(b for _, _, b in shares))
        if len(new) >= len(shares):
            continue
        old = [f for f, _, _ in shares]
        top = product_of([*(f for f in above if f not in old), *new])
        bottom = product_of(f for f in below if f not in old)
        return top if bottom == ONE else quotient(top, bottom)
    return None


def product_shortened(m: Match) -> Expression | None:
    """tan(x)*cos(x)  →  sin(x)"""
    return _shortened(m.node.arguments, ())


def quotient_shortened(m: Match) -> Expression | None:
    """sin(x)/cos(x)  →  tan(x)"""
    top, bottom = m.node.arguments
    return _shortened(factors_of(top), tuple(f for f in factors_of(bottom) if f != ONE))


def not_zero(m: Match) -> Iterator[Expression]:
    """Sine or cosine are not zero where one of them stands below a line, written or not."""
    found: dict[Key, list[tuple[Expression, int, int]]] = {}
    if m.node.kind == "product":
        _shares(m.node.arguments, 1, found)
    else:
        _shares(factors_of(m.node.arguments[0]), 1, found)
        _shares(factors_of(m.node.arguments[1]), -1, found)
    for (family, u), shares in found.items():
        if any(a < 0 for _, a, _ in shares):
            yield equation(call(family[0], u), "!=", ZERO)
        if any(b < 0 for _, _, b in shares):
            yield equation(call(family[1], u), "!=", ZERO)


def tangent_upside_down(m: Match) -> Expression | None:
    """sin(x)/cos(x)  →  cot(x), which is wrong"""
    top, bottom = m.node.arguments
    if type(top) is Call and type(bottom) is Call and top.label == "sin" and bottom.label == "cos":
        return call("cot", *top.arguments) if top.arguments == bottom.arguments else None
    return None


PRODUCT = Rule(
    "trigonometry.product", "?u*??rest", product_shortened, assumes=not_zero, within=tuple(SHARE),
    mistakes=(Mistake("product-of-functions-cancelled", lambda m: ONE if _is_tan_cos(m) else None),),
    examples=(
        ("tan(x)*cos(x)", "sin(x)"), ("sec(x)^2*cos(x)", "sec(x)"), ("2*sin(x)*csc(x)", "2"), ("tan(x)*cos(y)", None),
        ("sin(x)*cos(x)", None),
    ),
    weight="minor",
)  # fmt: skip
QUOTIENT = Rule(
    "trigonometry.quotient", "?u/?v", quotient_shortened, assumes=not_zero, within=tuple(SHARE),
    mistakes=(Mistake("tangent-upside-down", tangent_upside_down),),
    examples=(
        ("sin(x)/cos(x)", "tan(x)"), ("2*cosh(x)/(3*sinh(x))", "2*coth(x)/3"), ("cos(x)/sin(x)^2", None),
        ("sin(x)/cos(y)", None),
    ),
    weight="minor",
)  # fmt: skip


def _is_tan_cos(m: Match) -> bool:
    return {str(f.label) for f in m.node.arguments if type(f) is Call} == {"tan", "cos"} and len(m.node.arguments) == 2
