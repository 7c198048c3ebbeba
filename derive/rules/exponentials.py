"""Laws of exponentials: e^u however it is spelled, powers of powers of positive numbers."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Call, Constant, E, Expression, Negation, Number, Power, Sum, call, equation, integer_value, power,
    product_of, quotient, rational_value, sum_of, symbol, symbols,
)  # fmt: skip
from derive.rules.factors import factors_of, split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import combined


def exponent_of_e(f: Expression) -> Expression | None:
    """u for e^u and for exp(u), else None."""
    if type(f) is Call:
        return f.arguments[0] if f.label == "exp" else None
    return f.arguments[1] if type(f) is Power and f.arguments[0] == E else None


def exponentials_joined(m: Match) -> Expression | None:
    """exp(x)*exp(y)  →  exp(x + y),   exp(x)*e^y  →  exp(x + y)"""
    factors = m.node.arguments
    if not any([type(f) is Call and f.label == "exp" for f in factors]):
        return None
    found = [(i, u) for i, f in enumerate(factors) if (u := exponent_of_e(f)) is not None]
    if len(found) < 2:
        return None
    first = found[0][0]
    gone = {i for i, _ in found}
    new = _like(factors[first], sum_of(t for _, u in found for t in (u.arguments if type(u) is Sum else (u,))))
    return product_of([new if i == first else f for i, f in enumerate(factors) if i == first or i not in gone])


def _like(f: Expression, u: Expression) -> Expression:
    """e^u spelled as f is."""
    return call("exp", u) if type(f) is Call else power(E, u)


def exponents_multiplied(m: Match) -> Expression | None:
    """exp(x)*exp(y)  →  exp(x*y), which is wrong"""
    found = [u for f in m.node.arguments if (u := exponent_of_e(f)) is not None]
    if len(found) != 2 or len(m.node.arguments) != 2 or exponentials_joined(m) is None:
        return None
    return call("exp", product_of(found))


def exponential_raised(m: Match) -> Expression | None:
    """exp(x)^2  →  exp(x*2)"""
    return call("exp", product_of([*factors_of(m["u"]), m["n"]]))


def power_in_exponent(m: Match) -> Expression | None:
    """exp(x)^2  →  exp(x^2), which is wrong"""
    return call("exp", power(m["u"], m["n"]))


def positive_power_raised(m: Match) -> Expression | None:
    """(e^x)^y  →  e^(x*y),   (x^a)^b  →  x^(a*b)"""
    u, a, n = m["u"], m["a"], m["n"]
    if integer_value(n) is not None or type(n) is Sum:
        return None
    if rational_value(a) is not None and not m.facts.bounds(u).positive:
        return None
    return power(u, product_of([*factors_of(a), n]))


def base_positive(m: Match) -> Iterator[Expression]:
    """The base is positive."""
    yield equation(m["u"], ">", ZERO)


def exponents_added(m: Match) -> Expression | None:
    """(e^x)^y  →  e^(x + y), which is wrong"""
    return None if positive_power_raised(m) is None else power(m["u"], sum_of([m["a"], m["n"]]))


def power_times_itself(m: Match) -> Expression | None:
    """(e^x)^(n - 1)*e^x  →  (e^x)^(n - 1 + 1)"""
    factors = m.node.arguments
    for i, f in enumerate(factors):
        if type(f) is Power and type(f.arguments[0]) is Power:
            base, n = f.arguments
            j = next((j for j, g in enumerate(factors) if g == base), None)
            if j is not None:
                terms = n.arguments if type(n) is Sum else (n,)
                new = power(base, sum_of([*terms, ONE]))
                return product_of([new if k == i else g for k, g in enumerate(factors) if k != j])
    return None


def quotient_of_powers(m: Match) -> Expression | None:
    """2^(x + 1)/2^x  →  2^(x + 1 - x) worked out, which is 2;   e^(x + y)/e^x  →  e^y,   x^n/x  →  x^(n - 1)"""
    top, bottom = m.node.arguments
    above, below = list(factors_of(top)), list(factors_of(bottom))
    for i, f in enumerate(above):
        b, u = _power(f)
        if b is None:
            continue
        for j, g in enumerate(below):
            c, v = _any_power(g)
            if c != b or (type(f) is not Power and type(g) is not Power and f.kind != "call"):
                continue
            difference = combined(u, v, -1)
            if difference == ZERO:
                new = ONE
            elif difference == ONE:
                new = b
            else:
                new = _like(f, difference) if b == E else power(b, difference)
            above[i] = new
            del below[j]
            numerator = product_of([h for h in above if h != ONE])
            denominator = product_of([h for h in below if h != ONE])
            result = numerator if denominator == ONE else quotient(numerator, denominator)
            if type(g) is Number and type(difference) is Sum:  # 2^(n - 2)/2 is no longer than 2^(n - 3)
                return None
            shared = type(b) in (Number, Constant) or any([m.facts.depends(u, symbol(x)) for x in symbols(b)])
            is_short = m.facts.size(result) <= m.facts.size(m.node) - shared
            if is_short and not (difference != ZERO and _is_negative(difference)):
                return result
            return None
    return None


def _is_negative(e: Expression) -> bool:
    return all(type(t) is Negation for t in (e.arguments if type(e) is Sum else (e,)))


def _power(f: Expression) -> tuple[Expression | None, Expression]:
    """Base and exponent of a power whose exponent is no number; e and u for exp(u)."""
    u = exponent_of_e(f)
    if u is not None:
        return E, u
    if type(f) is Power and rational_value(f.arguments[1]) is None:
        return f.arguments[0], f.arguments[1]
    return None, ONE


def _any_power(g: Expression) -> tuple[Expression, Expression]:
    """Base and exponent of any factor; x and 1 for x."""
    b, v = _power(g)
    if b is not None:
        return b, v
    return (g.arguments[0], g.arguments[1]) if type(g) is Power else (g, ONE)


def power_bases(m: Match) -> Iterator[Expression]:
    """The bases of powers with an exponent that is no number are positive."""
    for f in factors_of(m.node.arguments[0]):
        b, _ = _power(f)
        if b is not None and b != E:
            yield equation(b, ">", ZERO)


def exponents_divided(m: Match) -> Expression | None:
    """e^(x + y)/e^x  →  e^((x + y)/x), which is wrong"""
    if quotient_of_powers(m) is None:
        return None
    (b, u), (c, v) = (_power(e) for e in m.node.arguments)
    return None if b is None or b != c or v == ZERO else power(b, quotient(u, v))


def root_of_exponential(m: Match) -> Expression | None:
    """sqrt(e^(2*x))  →  e^x"""
    u = m["u"]
    b, v = _power(u)
    if b is None or not m.facts.bounds(b).positive:
        return None
    c, body = split_coefficient(v)
    if c.denominator != 1 or c % 2:
        return None
    half = with_coefficient(int(c) // 2, body)
    return _like(u, half) if b == E else power(b, half)


def root_of_exponent(m: Match) -> Expression | None:
    """sqrt(e^(2*x))  →  e^sqrt(2*x), which is wrong"""
    b, v = _power(m["u"])
    return None if b is None or root_of_exponential(m) is None else power(b, call("sqrt", v))


EXP_PRODUCT = Rule(
    "exponential.product", "?u*??rest", exponentials_joined, among=("exp",),
    mistakes=(Mistake("exponents-of-e-multiplied", exponents_multiplied),),
    examples=(
        ("exp(x)*exp(y)", "exp(x + y)"), ("2*exp(x)*y*e^x", "2*exp(x + x)*y"), ("exp(x)*y", None), ("e^x*e^y", None),
    ),
    weight="minor",
)  # fmt: skip
EXP_POWER = Rule(
    "exponential.power", "exp(?u)^?n", exponential_raised,
    mistakes=(Mistake("power-into-exponent", power_in_exponent),),
    examples=(("exp(x)^2", "exp(x*2)"), ("exp(x)^y", "exp(x*y)"), ("exp(x^2)", None)),
    weight="minor",
)  # fmt: skip
POWER_POWER = Rule(
    "exponential.power-of-power", "(?u^?a)^?n", positive_power_raised, assumes=base_positive,
    mistakes=(Mistake("real-exponents-added", exponents_added),),
    examples=(
        ("(e^x)^y", "e^(x*y)"), ("(x^a)^b", "x^(a*b)"), ("(2^x)^(1/2)", "2^(x*(1/2))"), ("(x^2)^(1/2)", None),
        ("(e^x)^(n - 1)", None),
    ),
    weight="minor",
)  # fmt: skip
TIMES_ITSELF = Rule(
    "exponential.times-itself", "?u*??rest", power_times_itself, among=("power",),
    examples=(("(e^x)^(n - 1)*e^x", "(e^x)^(n - 1 + 1)"), ("(e^x)^(n - 1)*e^y", None)),
    weight="minor",
)  # fmt: skip
EXP_QUOTIENT = Rule(
    "exponential.quotient", "?u/?v", quotient_of_powers, assumes=power_bases, within=("exp", "e", "^"),
    mistakes=(Mistake("exponents-of-e-divided", exponents_divided),),
    examples=(
        ("e^(x + y)/e^x", "e^y"), ("2^(x + 1)/2^x", "2"), ("3*exp(2*x)/(y*exp(x))", "3*exp(x)/y"),
        ("e/e^(2*x)", None), ("e^x/e^y", "e^(x - y)"), ("e^x/2^x", None), ("3*x^n/x", "3*x^(n - 1)"),
        ("x^(n + 1)/x^2", "x^(n - 1)"), ("x^(x + 1)/x", "x^x"), ("x^sin(x)/x", None), ("2^x/2", None),
        ("2^(x + 1)/2", "2^x"), ("2^(x - 2)/2", None),
    ),
    weight="minor",
)  # fmt: skip
ROOT = Rule(
    "root.of-exponential", "sqrt(?u)", root_of_exponential,
    mistakes=(Mistake("root-of-the-exponent", root_of_exponent),),
    examples=(("sqrt(e^(2*x))", "e^x"), ("sqrt(exp(4*x))", "exp(2*x)"), ("sqrt(e^x)", None), ("sqrt(x^2)", None)),
    weight="minor",
)  # fmt: skip

PRODUCTS = (EXP_PRODUCT, TIMES_ITSELF)
QUOTIENTS = (EXP_QUOTIENT,)
POWERS = (EXP_POWER, POWER_POWER)
