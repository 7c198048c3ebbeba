"""The known limits at 0, quoted by their names: sin(h)/h, (cos(h) - 1)/h, (e^h - 1)/h, (a^h - 1)/h, ln(1 + h)/h."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    E, ONE, TWO, ZERO, Call, Expression, Negation, Power, Quotient, Sum, call, equation, negation, power, product_of,
    quotient,
)  # fmt: skip
from derive.rules.limit_shapes import at_zero_limit, over_h
from derive.rules.model import Match, Mistake, Rule


def _over_step(m: Match) -> tuple[Expression, Expression] | None:
    """(u, h) of lim h→0 (u/h)."""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    return found.operand.numerator, found.h


def _of_call(m: Match, *names: str) -> Expression | None:
    """c of lim h→0 (sin(c*h)/h)."""
    found = _over_step(m)
    if found is None or type(found[0]) is not Call or found[0].label not in names:
        return None
    return over_h(found[0].arguments[0], found[1], m.facts)


def sine(m: Match) -> Expression | None:
    """lim h->0 (sin(2*h)/h)  →  2"""
    return _of_call(m, "sin", "tan")


def cosine(m: Match) -> Expression | None:
    """lim h->0 ((cos(h) - 1)/h)  →  0"""
    found = _over_step(m)
    if found is None:
        return None
    top, h = found
    rest = _minus_one(top) or _one_minus(top)
    if type(rest) is not Call or rest.label != "cos":
        return None
    return ZERO if over_h(rest.arguments[0], h, m.facts) is not None else None


def cosine_over_square(m: Match) -> Expression | None:
    """lim h->0 ((1 - cos(h))/h^2)  →  1/2,   lim h->0 ((cos(3*h) - 1)/h^2)  →  -(3^2/2)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != power(found.h, TWO):
        return None
    top = found.operand.numerator
    above, below = _minus_one(top), _one_minus(top)
    rest = above or below
    if type(rest) is not Call or rest.label != "cos":
        return None
    c = over_h(rest.arguments[0], found.h, m.facts)
    if c is None:
        return None
    half = quotient(ONE if c == ONE else power(c, TWO), TWO)
    return negation(half) if below is None else half


def _minus_one(top: Expression) -> Expression | None:
    """u of u - 1."""
    if type(top) is Sum and len(top.arguments) == 2 and negation(ONE) in top.arguments:
        return top.arguments[0] if top.arguments[1] == negation(ONE) else top.arguments[1]
    return None


def _one_minus(top: Expression) -> Expression | None:
    """u of 1 - u."""
    if type(top) is Sum and len(top.arguments) == 2 and top.arguments[0] == ONE:
        second = top.arguments[1]
        return second.arguments[0] if type(second) is Negation else None
    return None


def _exponential(m: Match) -> tuple[Expression, Expression] | None:
    """(a, c) of lim h→0 ((a^(c*h) - 1)/h)."""
    found = _over_step(m)
    rest = _minus_one(found[0]) if found is not None else None
    if found is None or rest is None:
        return None
    if type(rest) is Call and rest.label == "exp":
        base, exponent = E, rest.arguments[0]
    elif type(rest) is Power:
        base, exponent = rest.arguments
    else:
        return None
    c = over_h(exponent, found[1], m.facts)
    return None if c is None or m.facts.depends(base, found[1]) else (base, c)


def exponential(m: Match) -> Expression | None:
    """lim h->0 ((e^(2*h) - 1)/h)  →  2"""
    found = _exponential(m)
    return found[1] if found is not None and found[0] == E else None


def any_exponential(m: Match) -> Expression | None:
    """lim h->0 ((2^h - 1)/h)  →  ln(2)"""
    found = _exponential(m)
    if found is None or found[0] == E:
        return None
    base, c = found
    return product_of([f for f in (c, call("ln", base)) if f != ONE])


def base_positive(m: Match) -> Iterator[Expression]:
    """The base is positive."""
    found = _exponential(m)
    assert found is not None
    yield equation(found[0], ">", ZERO)


def logarithm(m: Match) -> Expression | None:
    """lim h->0 (ln(1 + h/x)/h)  →  1/x"""
    found = _over_step(m)
    if found is None or type(found[0]) is not Call or found[0].label != "ln":
        return None
    inside = found[0].arguments[0]
    if type(inside) is not Sum or len(inside.arguments) != 2 or ONE not in inside.arguments:
        return None
    k = inside.arguments[1] if inside.arguments[0] == ONE else inside.arguments[0]
    return over_h(k, found[1], m.facts)


SINE = Rule(
    "limit.sine", "?l", sine, kind="limit",
    mistakes=(Mistake("sine-over-step-is-zero", lambda m: ZERO if sine(m) is not None else None),),
    examples=(("lim h->0 (sin(h)/h)", "1"), ("lim h->0 (sin(2*h)/h)", "2"), ("lim h->0 (sin(x + h)/h)", None)),
)  # fmt: skip
COSINE = Rule(
    "limit.cosine", "?l", cosine, kind="limit",
    mistakes=(Mistake("cosine-over-step-is-one", lambda m: ONE if cosine(m) is not None else None),),
    examples=(
        ("lim h->0 ((cos(h) - 1)/h)", "0"), ("lim h->0 ((1 - cos(3*h))/h)", "0"), ("lim h->0 (cos(h)/h)", None),
    ),
)  # fmt: skip
COSINE_OVER_SQUARE = Rule(
    "limit.cosine-over-square", "?l", cosine_over_square, kind="limit",
    mistakes=(Mistake("cosine-over-square-is-zero", lambda m: ZERO if cosine_over_square(m) is not None else None),),
    examples=(
        ("lim h->0 ((1 - cos(h))/h^2)", "1/2"), ("lim h->0 ((cos(3*h) - 1)/h^2)", "-(3^2/2)"),
        ("lim h->0 ((1 - cos(h))/h)", None),
    ),
)  # fmt: skip
EXPONENTIAL = Rule(
    "limit.exponential", "?l", exponential, kind="limit",
    mistakes=(Mistake("exponential-over-step-is-zero", lambda m: ZERO if exponential(m) is not None else None),),
    examples=(("lim h->0 ((e^h - 1)/h)", "1"), ("lim h->0 ((e^(2*h) - 1)/h)", "2"), ("lim h->0 ((2^h - 1)/h)", None)),
)  # fmt: skip
ANY_EXPONENTIAL = Rule(
    "limit.any-exponential", "?l", any_exponential, kind="limit", assumes=base_positive,
    mistakes=(Mistake("any-exponential-over-step-is-one", lambda m: ONE if any_exponential(m) is not None else None),),
    examples=(("lim h->0 ((2^h - 1)/h)", "ln(2)"), ("lim h->0 ((a^(3*h) - 1)/h)", "3*ln(a)"),
              ("lim h->0 ((e^h - 1)/h)", None)),
)  # fmt: skip
LOGARITHM = Rule(
    "limit.logarithm", "?l", logarithm, kind="limit",
    mistakes=(Mistake("logarithm-over-step-is-one", lambda m: ONE if logarithm(m) not in (None, ONE) else None),),
    examples=(("lim h->0 (ln(1 + h)/h)", "1"), ("lim h->0 (ln(1 + h/x)/h)", "1/x"), ("lim h->0 (ln(h)/h)", None)),
)  # fmt: skip
