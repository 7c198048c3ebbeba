"""Logarithmic differentiation: f′ = f·(ln|f|)′, with the logarithm taken apart before it is differentiated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from derive.expressions import (
    TWO, ZERO, Call, E, Expression, Negation, Power, Product, Quotient, call, derivative, equation, negation,
    natural, product_of, quotient, rational_value, sum_of, Sum,
)  # fmt: skip
from derive.rules.conditions import depends, satisfies
from derive.rules.model import Match, Mistake, Rule


def _d(m: Match, u: Expression) -> Expression:
    return derivative(u, m["x"], partial=m.partial)


def _is_positive(u: Expression, m: Match) -> bool:
    """Whether no bars are needed: u^v with a varying exponent has a value for u > 0 only."""
    return m.facts.bounds(u).positive or (type(u) is Power and rational_value(u.exponent) is None)


def _ln(u: Expression, m: Match) -> Expression:
    return call("ln", u if _is_positive(u, m) else call("abs", u))


def taken(m: Match) -> Expression:
    """d/dx(f)  →  f*d/dx(ln(abs(f)))"""
    f = m["f"]
    factors = f.arguments if type(f) is Product else (f,)
    return product_of([*factors, _d(m, _ln(f, m))])


def not_multiplied(m: Match) -> Expression:
    """d/dx(f)  →  d/dx(ln(abs(f))), which is wrong"""
    return _d(m, _ln(m["f"], m))


def base_not_zero(m: Match) -> Iterator[Expression]:
    """f ≠ 0"""
    f = m["f"]
    if not _is_positive(f, m):
        yield equation(f, "!=", ZERO)


class _Term(NamedTuple):
    """A term of the logarithm taken apart: ± factors · ln(inner)."""

    negative: bool
    factors: tuple[Expression, ...]
    inner: Expression
    bars: bool


_Law: TypeAlias = Callable[[_Term, Match], "list[Expression] | None"]


def _read(e: Expression) -> _Term | None:
    negative = type(e) is Negation
    while type(e) is Negation:
        e = e.operand
    below: tuple[Expression, ...] = ()
    if type(e) is Quotient and rational_value(e.denominator) is not None:
        below, e = (quotient(natural(1), e.denominator),), e.numerator
    *front, last = e.arguments if type(e) is Product else (e,)
    if type(last) is not Call or last.name != "ln":
        return None
    (u,) = last.arguments
    bars = type(u) is Call and u.name == "abs"
    return _Term(negative, (*below, *front), u.arguments[0] if bars else u, bars)


def _written(term: _Term, inner: Expression, *, negative: bool = False, factor: Expression | None = None) -> Expression:
    """The term with another logarithm, and one more factor or sign."""
    e = product_of([*term.factors, *([] if factor is None else [factor]), inner])
    return negation(e) if term.negative != negative else e


def _once(m: Match, law: _Law) -> Expression | None:
    """The logarithm under the operator with the law used on the first term that it fits."""
    u = m["u"]
    terms = u.arguments if type(u) is Sum else (u,)
    for i, t in enumerate(terms):
        term = _read(t)
        found = None if term is None else law(term, m)
        if found is not None:
            return _d(m, sum_of([*terms[:i], *found, *terms[i + 1 :]]))
    return None


def _of_product(term: _Term, m: Match) -> list[Expression] | None:
    if type(term.inner) is not Product:
        return None
    return [_written(term, _ln(f, m)) for f in term.inner.arguments]


def _of_quotient(term: _Term, m: Match) -> list[Expression] | None:
    if type(term.inner) is not Quotient:
        return None
    a, b = term.inner.arguments
    return [_written(term, _ln(a, m)), _written(term, _ln(b, m), negative=True)]


def _of_power(term: _Term, m: Match) -> list[Expression] | None:
    u = term.inner
    if type(u) is Power:
        if u.base == E:
            return [_written(term, u.exponent)]
        base = _ln(u.base, m) if rational_value(u.exponent) is not None else call("ln", u.base)
        return [_written(term, base, factor=u.exponent)]
    if type(u) is Call and u.name in ("sqrt", "cbrt"):
        index = TWO if u.name == "sqrt" else natural(3)
        return [_written(term, _ln(u.arguments[0], m), factor=quotient(natural(1), index))]
    return None


def of_product(m: Match) -> Expression | None:
    """d/dx(ln(abs(u*v)))  →  d/dx(ln(abs(u)) + ln(abs(v)))"""
    return _once(m, _of_product)


def of_quotient(m: Match) -> Expression | None:
    """d/dx(ln(abs(u/v)))  →  d/dx(ln(abs(u)) - ln(abs(v)))"""
    return _once(m, _of_quotient)


def of_power(m: Match) -> Expression | None:
    """d/dx(ln(abs(u^3)))  →  d/dx(3*ln(abs(u)))"""
    return _once(m, _of_power)


def logarithms_multiplied(m: Match) -> Expression | None:
    """d/dx(ln(abs(u*v)))  →  d/dx(ln(abs(u))*ln(abs(v))), which is wrong"""
    return _once(m, lambda t, m: (parts := _of_product(t, m)) and [product_of(parts)])


def logarithms_divided(m: Match) -> Expression | None:
    """d/dx(ln(abs(u/v)))  →  d/dx(ln(abs(u))/ln(abs(v))), which is wrong"""
    right = of_quotient(m)
    operand = None if right is None else right.arguments[0]
    if type(operand) is not Sum or len(operand.arguments) != 2 or type(operand.arguments[1]) is not Negation:
        return None
    return _d(m, quotient(operand.arguments[0], operand.arguments[1].operand))


def exponent_lost(m: Match) -> Expression | None:
    """d/dx(ln(abs(u^3)))  →  d/dx(ln(abs(u))), which is wrong"""
    return _once(m, lambda t, m: [_written(t, _ln(t.inner.base, m))] if type(t.inner) is Power else None)


def slope_over_itself(m: Match) -> Expression:
    """d/dx(ln(abs(u)))  →  d/dx(u)/u"""
    return quotient(_d(m, m["u"]), m["u"])


_apart = satisfies(
    "f is a product, a quotient or a power", lambda m: type(m["f"]) in (Product, Quotient, Power) and m["f"] != m["x"]
)

TAKE = Rule(
    "logarithmic.take", "d/d?x(?f)", taken,
    given=(_apart, depends("f", "x")), assumes=base_not_zero,
    mistakes=(Mistake("logarithm-not-undone", not_multiplied),),
    examples=(
        ("d/dx(x^2*sin(x))", "x^2*sin(x)*d/dx(ln(abs(x^2*sin(x))))"),
        ("d/dx(x^x)", "x^x*d/dx(ln(x^x))"),
        ("d/dx(x + 1)", None),
    ),
)  # fmt: skip
OF_PRODUCT = Rule(
    "logarithmic.product", "d/d?x(?u)", of_product,
    mistakes=(Mistake("logarithms-multiplied", logarithms_multiplied),),
    examples=(
        ("d/dx(ln(abs(x*sin(x))))", "d/dx(ln(abs(x)) + ln(abs(sin(x))))"),
        ("d/dx(ln(abs(x)))", None),
    ),
)  # fmt: skip
OF_QUOTIENT = Rule(
    "logarithmic.quotient", "d/d?x(?u)", of_quotient,
    mistakes=(Mistake("logarithms-divided", logarithms_divided),),
    examples=(
        ("d/dx(ln(abs(x/sin(x))))", "d/dx(ln(abs(x)) - ln(abs(sin(x))))"),
        ("d/dx(ln(abs(x*sin(x))))", None),
    ),
)  # fmt: skip
OF_POWER = Rule(
    "logarithmic.power", "d/d?x(?u)", of_power,
    mistakes=(Mistake("exponent-of-logarithm-lost", exponent_lost),),
    examples=(
        ("d/dx(ln(abs(x^3)) + x)", "d/dx(3*ln(abs(x)) + x)"),
        ("d/dx(ln(x^x))", "d/dx(x*ln(x))"),
        ("d/dx(ln(x)^2)", None),
    ),
)  # fmt: skip
OF_ABSOLUTE = Rule(
    "logarithmic.absolute", "d/d?x(ln(abs(?u)))", slope_over_itself,
    given=(depends("u", "x"),), assumes=("?u != 0",),
    mistakes=(Mistake("reciprocal-without-slope", "1/?u"),),
    examples=(("d/dx(ln(abs(sin(x))))", "d/dx(sin(x))/sin(x)"), ("d/dx(ln(sin(x)))", None)),
)  # fmt: skip
