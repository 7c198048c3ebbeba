"""Derivatives of order n, for a letter n, where there is a closed form."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, PI, TWO, ZERO, E, Expression, Piecewise, Sum, call, equation, integer_value, make, negation, power,
    product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.conditions import free_of
from derive.rules.model import Match, Mistake, Rule
from derive.rules.nth_parts import LETTER, less, slope, times


def exponential(m: Match) -> Expression | None:
    """d^n/dx^n(e^(a*x + b))  →  a^n*e^(a*x + b),   d^n/dx^n(2^x)  →  ln(2)^n*2^x"""
    base, u = m["b"], m["u"]
    a = slope(m, u)
    if a is None or m.facts.depends(base, m["x"]):
        return None
    if base != E:
        a = call("ln", base) if a == ONE else product_of([a, call("ln", base)])
    return times(a, m, m.node.arguments[0])


def slope_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(e^(2*x))  →  e^(2*x), which is wrong"""
    return None if exponential(m) is None else m.node.arguments[0]


def slope_once(m: Match) -> Expression | None:
    """d^n/dx^n(e^(2*x))  →  2*e^(2*x), which is wrong"""
    a = slope(m, m["u"])
    return None if a is None or exponential(m) is None else product_of([a, m.node.arguments[0]])


def base_positive(m: Match) -> Iterator[Expression]:
    """The base of an exponential is positive."""
    if m["b"] != E:
        yield equation(m["b"], ">", ZERO)


def _turned(m: Match, *, quarter: bool) -> Expression | None:
    u = m["u"]
    a = slope(m, u)
    if a is None:
        return None
    terms = u.arguments if type(u) is Sum else (u,)
    turns = quotient(product_of([m["n"], PI]), TWO)
    f = m.node.arguments[0]
    return times(a, m, call(f.name, sum_of([*terms, turns]) if quarter else u))  # type: ignore[attr-defined]


def quarter_turns(m: Match) -> Expression | None:
    """d^n/dx^n(sin(a*x))  →  a^n*sin(a*x + n*pi/2)"""
    return _turned(m, quarter=True)


def turns_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(sin(a*x))  →  a^n*sin(a*x), which is wrong"""
    return _turned(m, quarter=False)


def _sign(n: Expression) -> Expression:
    return power(negation(ONE), n)


def logarithm(m: Match) -> Expression | None:
    """d^n/dx^n(ln(1 + x))  →  (-1)^(n - 1)*(n - 1)!/(1 + x)^n"""
    a, n = slope(m, m["u"]), m["n"]
    if a is None:
        return None
    before = less(n, 1)
    return quotient(times(a, m, _sign(before), call("factorial", before)), power(m["u"], n))


def factorial_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(ln(1 + x))  →  (-1)^(n - 1)/(1 + x)^n, which is wrong"""
    a, n = slope(m, m["u"]), m["n"]
    return None if a is None else quotient(times(a, m, _sign(less(n, 1))), power(m["u"], n))


def _reciprocal(m: Match, *sign: Expression) -> Expression | None:
    a, n, c = slope(m, m["u"]), m["n"], m["c"]
    if a is None:
        return None
    above = [*([] if c == ONE else [c]), *sign, call("factorial", n)]
    return quotient(times(a, m, *above), power(m["u"], sum_of([n, ONE])))


def reciprocal(m: Match) -> Expression | None:
    """d^n/dx^n(1/(1 + x))  →  (-1)^n*n!/(1 + x)^(n + 1)"""
    return _reciprocal(m, _sign(m["n"]))


def sign_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(1/(1 + x))  →  n!/(1 + x)^(n + 1), which is wrong"""
    return _reciprocal(m)


def falling(m: Match) -> Expression | None:
    """d^n/dx^n(x^5)  →  piecewise(5!/(5 - n)!*x^(5 - n), n <= 5, 0)"""
    k = m["k"]
    if (integer_value(k) or 0) < 1:
        return None
    rest = sum_of([k, negation(m["n"])])
    value = product_of([quotient(call("factorial", k), call("factorial", rest)), power(m["x"], rest)])
    return make(Piecewise, (value, equation(m["n"], "<=", k), ZERO))


def factorial_kept(m: Match) -> Expression | None:
    """d^n/dx^n(x^5)  →  piecewise(5!*x^(5 - n), n <= 5, 0), which is wrong"""
    k = m["k"]
    if (integer_value(k) or 0) < 2:
        return None
    value = product_of([call("factorial", k), power(m["x"], sum_of([k, negation(m["n"])]))])
    return make(Piecewise, (value, equation(m["n"], "<=", k), ZERO))


_at_least_one = ("?n >= 1",)

EXPONENTIAL = Rule(
    "nth.exponential", "d^?n/d?x^?n(?b^?u)", exponential, given=(LETTER, free_of("b", "x")), assumes=base_positive,
    mistakes=(Mistake("nth-slope-left-out", slope_left_out), Mistake("nth-slope-once", slope_once)),
    examples=(
        ("d^n/dx^n(e^(2*x))", "2^n*e^(2*x)"),
        ("d^n/dx^n(2^x)", "ln(2)^n*2^x"),
        ("d^n/dx^n(e^(x^2))", None),
    ),
)  # fmt: skip
SINE = Rule(
    "nth.sine", "d^?n/d?x^?n(sin(?u))", quarter_turns, given=(LETTER,),
    mistakes=(Mistake("sine-turns-left-out", turns_left_out),),
    examples=(("d^n/dx^n(sin(3*x))", "3^n*sin(3*x + n*pi/2)"), ("d^n/dx^n(sin(x^2))", None)),
)  # fmt: skip
COSINE = Rule(
    "nth.cosine", "d^?n/d?x^?n(cos(?u))", quarter_turns, given=(LETTER,),
    mistakes=(Mistake("cosine-turns-left-out", turns_left_out),),
    examples=(("d^n/dx^n(cos(x + 1))", "cos(x + 1 + n*pi/2)"), ("d^n/dx^n(cos(x^2))", None)),
)  # fmt: skip
LOGARITHM = Rule(
    "nth.logarithm", "d^?n/d?x^?n(ln(?u))", logarithm, given=(LETTER,), assumes=_at_least_one,
    mistakes=(Mistake("nth-factorial-left-out", factorial_left_out),),
    examples=(
        ("d^n/dx^n(ln(1 + x))", "(-1)^(n - 1)*factorial(n - 1)/(1 + x)^n"),
        ("d^n/dx^n(ln(1 + x^2))", None),
    ),
)  # fmt: skip
RECIPROCAL = Rule(
    "nth.reciprocal", "d^?n/d?x^?n(?c/?u)", reciprocal, given=(LETTER, free_of("c", "x")),
    mistakes=(Mistake("nth-sign-left-out", sign_left_out),),
    examples=(
        ("d^n/dx^n(1/(1 + x))", "(-1)^n*factorial(n)/(1 + x)^(n + 1)"),
        ("d^n/dx^n(5/(3*x))", "3^n*5*(-1)^n*factorial(n)/(3*x)^(n + 1)"),
        ("d^n/dx^n(1/(1 + x^2))", None),
    ),
)  # fmt: skip
POWER = Rule(
    "nth.power", "d^?n/d?x^?n(?x^?k)", falling, given=(LETTER,),
    mistakes=(Mistake("nth-factorial-kept", factorial_kept),),
    examples=(
        ("d^n/dx^n(x^5)", "piecewise(factorial(5)/factorial(5 - n)*x^(5 - n), n <= 5, 0)"),
        ("d^n/dx^n(x^(1/2))", None),
    ),
)  # fmt: skip

CLOSED_FORMS = (EXPONENTIAL, SINE, COSINE, LOGARITHM, RECIPROCAL, POWER)
