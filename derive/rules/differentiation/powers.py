"""The power rule, exponentials, u^v, each alone and inside a chain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.expressions import (
    ONE, Expression, Negation, Product, equation, natural, negation, power, product_of, quotient, rational,
    rational_value,
)  # fmt: skip
from derive.rules.arithmetic import has_point, written
from derive.rules.conditions import (
    as_number, depends, differentiable_power, free_of, not_e, not_just, not_number, number,
)  # fmt: skip
from derive.rules.differentiation.parts import operator
from derive.rules.model import Match, Mistake, Rule


def _bring_down(base: Expression, exponent: Expression) -> Expression:
    n = rational_value(exponent)
    assert n is not None
    lowered, point = n - 1, has_point(exponent)
    rest = base if lowered == 1 else power(base, _literal(lowered, point))
    if n < 0:
        return negation(product_of([_literal(-n, point), rest]) if n != -1 else rest)
    return product_of([_literal(n, point), rest]) if n != 1 else rest


def _literal(value: Fraction | int, point: bool) -> Expression:
    return written(value, point=point) or rational(value)


def exponent_down(m: Match) -> Expression | None:
    """d/dx(x^5)  →  5*x^4,   d/dx(x^1)  →  1,   d/dx(x^0)  →  0"""
    n = rational_value(m["n"])
    return natural(int(n)) if n in (0, 1) else _bring_down(m["x"], m["n"])


def exponent_down_times_inner(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*u^4*d/dx(u),   d/dx(u^1)  →  d/dx(u),   d/dx(u^0)  →  0"""
    n = rational_value(m["n"])
    if n in (0, 1):
        return operator(m, m["u"]) if n else natural(0)
    outer = _bring_down(m["u"], m["n"])
    inner = operator(m, m["u"])
    if isinstance(outer, Negation):
        return negation(_times(outer.operand, inner))
    return _times(outer, inner)


def _times(outer: Expression, inner: Expression) -> Expression:
    factors = outer.arguments if isinstance(outer, Product) else (outer,)
    return product_of([*factors, inner])


def exponent_not_lowered(m: Match) -> Expression | None:
    """d/dx(x^5)  →  5*x^5, which is wrong"""
    n = rational_value(m["n"])
    return None if n in (0, 1) else product_of([m["n"], power(m["x"], m["n"])])


def _lowered_only(m: Match) -> Expression | None:
    n = rational_value(m["n"])
    return None if n is None or n in (0, 1) else power(m["x"], rational(n - 1))


def exponent_raised(m: Match) -> Expression | None:
    """d/dx(x^(-2))  →  -2*x^(-1), which is wrong"""
    n = rational_value(m["n"])
    return None if n is None or n == 0 else product_of([m["n"], power(m["x"], rational(n + 1))])


def integrated_instead(m: Match) -> Expression | None:
    """d/dx(x^5)  →  x^6/6, which is wrong"""
    n = rational_value(m["n"])
    if n is None or n in (-1, 0, 1):
        return None
    return quotient(power(m["x"], rational(n + 1)), rational(n + 1))


def inner_left_out(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*u^4, which is wrong"""
    return None if rational_value(m["n"]) in (0, 1) else _bring_down(m["u"], m["n"])


def inner_differentiated_inside(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*d/dx(u)^4, which is wrong"""
    return None if rational_value(m["n"]) in (0, 1) else _bring_down(operator(m, m["u"]), m["n"])


def smooth_power(m: Match) -> Iterator[Expression]:
    """Where the power rule holds beyond the domain of the power."""
    return differentiable_power(m.bindings.get("u") or m["x"], m["n"])  # type: ignore[arg-type]


def parameter_as_exponent(m: Match) -> Iterator[Expression | tuple[Expression, ...]]:
    """x > 0; for an exponent k that counts, x != 0 or k >= 1; for 2 + 3 what 5 needs"""
    base, exponent = m.bindings.get("u") or m["x"], m["c"]
    assert not isinstance(base, tuple)
    n = as_number(exponent, m.facts)
    if n == ONE:
        yield equation(base, "!=", natural(0))  # x^(1 - 1) comes next
    elif rational_value(n) is not None:
        yield from differentiable_power(base, n)
    elif m.facts.is_whole(exponent):
        yield equation(base, "!=", natural(0)), equation(exponent, ">=", natural(1))
    else:
        yield equation(base, ">", natural(0))


POWER = Rule(
    "derivative.power", "d/d?x(?x^?n)", exponent_down,
    given=(number("n"),), assumes=smooth_power,
    mistakes=(
        Mistake("exponent-not-lowered", exponent_not_lowered),
        Mistake("exponent-not-brought-down", lambda m: _lowered_only(m)),
        Mistake("integrated-power", integrated_instead),
        Mistake("exponent-raised", exponent_raised),
    ),
    examples=(("d/dx(x^5)", "5*x^4"), ("d/dx(x^(-3))", "-3*x^(-4)"), ("d/dx(x^x)", None)),
)  # fmt: skip
POWER_PARAMETER = Rule(
    "derivative.power-parameter", "d/d?x(?x^?c)", "?c*?x^(?c - 1)",
    given=(free_of("c", "x"), not_number("c")), assumes=parameter_as_exponent,
    mistakes=(Mistake("parameter-not-lowered", "?c*?x^?c"),),
    examples=(("d/dx(x^a)", "a*x^(a - 1)"), ("d/dx(x^2)", None)),
)  # fmt: skip
CHAIN_POWER = Rule(
    "derivative.chain-power", "d/d?x(?u^?n)", exponent_down_times_inner,
    given=(number("n"), depends("u", "x"), not_just("u", "x")), assumes=smooth_power,
    mistakes=(
        Mistake("power-inner-left-out", inner_left_out),
        Mistake("power-inner-differentiated-inside", inner_differentiated_inside),
    ),
    examples=(("d/dx(sin(x)^3)", "3*sin(x)^2*d/dx(sin(x))"), ("d/dx(x^3)", None)),
    side="d/d?w(?w^?n)",
)  # fmt: skip
CHAIN_POWER_PARAMETER = Rule(
    "derivative.chain-power-parameter", "d/d?x(?u^?c)", "?c*?u^(?c - 1)*d/d?x(?u)",
    given=(free_of("c", "x"), not_number("c"), depends("u", "x"), not_just("u", "x")), assumes=parameter_as_exponent,
    mistakes=(Mistake("parameter-inner-left-out", "?c*?u^(?c - 1)"),),
    examples=(("d/dx(sin(x)^a)", "a*sin(x)^(a - 1)*d/dx(sin(x))"), ("d/dx(x^a)", None)),
    side="d/d?w(?w^?c)",
)  # fmt: skip
NATURAL_EXPONENTIAL = Rule(
    "derivative.natural-exponential", "d/d?x(e^?x)", "e^?x",
    mistakes=(Mistake("exponential-as-power", "?x*e^(?x - 1)"),),
    examples=(("d/dx(e^x)", "e^x"), ("d/dx(e^(2*x))", None)),
)  # fmt: skip
CHAIN_NATURAL_EXPONENTIAL = Rule(
    "derivative.chain-natural-exponential", "d/d?x(e^?u)", "e^?u*d/d?x(?u)",
    given=(depends("u", "x"), not_just("u", "x")),
    mistakes=(
        Mistake("exponential-inner-left-out", "e^?u"),
        Mistake("exponent-differentiated-inside", "e^(d/d?x(?u))"),
        Mistake("exponential-as-power-with-inner", "?u*e^(?u - 1)*d/d?x(?u)"),
        Mistake("exponential-as-power-without-inner", "?u*e^(?u - 1)"),
    ),
    examples=(("d/dx(e^(x^2))", "e^(x^2)*d/dx(x^2)"), ("d/dx(e^x)", None)),
    side="d/d?w(e^?w)",
)  # fmt: skip
EXPONENTIAL = Rule(
    "derivative.exponential", "d/d?x(?a^?x)", "?a^?x*ln(?a)",
    given=(free_of("a", "x"), not_e("a")), assumes=("?a > 0",),
    mistakes=(Mistake("logarithm-of-base-forgotten", "?a^?x"), Mistake("base-as-power", "?x*?a^(?x - 1)")),
    examples=(("d/dx(2^x)", "2^x*ln(2)"), ("d/dx(e^x)", None), ("d/dx(x^2)", None)),
)  # fmt: skip
CHAIN_EXPONENTIAL = Rule(
    "derivative.chain-exponential", "d/d?x(?a^?u)", "?a^?u*ln(?a)*d/d?x(?u)",
    given=(free_of("a", "x"), not_e("a"), depends("u", "x"), not_just("u", "x")), assumes=("?a > 0",),
    mistakes=(
        Mistake("base-inner-left-out", "?a^?u*ln(?a)"),
        Mistake("base-logarithm-forgotten-with-inner", "?a^?u*d/d?x(?u)"),
        Mistake("base-as-power-with-inner", "?u*?a^(?u - 1)*d/d?x(?u)"),
        Mistake("base-as-power-without-inner", "?u*?a^(?u - 1)"),
    ),
    examples=(("d/dx(2^(3*x))", "2^(3*x)*ln(2)*d/dx(3*x)"), ("d/dx(2^x)", None)),
    side="d/d?w(?a^?w)",
)  # fmt: skip
GENERAL_POWER = Rule(
    "derivative.general-power", "d/d?x(?u^?v)", "?u^?v*d/d?x(?v*ln(?u))",
    given=(depends("u", "x"), depends("v", "x")), assumes=("?u > 0",),
    mistakes=(
        Mistake("general-power-as-power", "?v*?u^(?v - 1)*d/d?x(?u)"),
        Mistake("general-power-as-exponential", "?u^?v*ln(?u)*d/d?x(?v)"),
    ),
    examples=(("d/dx(x^x)", "x^x*d/dx(x*ln(x))"), ("d/dx(x^2)", None)),
)  # fmt: skip
