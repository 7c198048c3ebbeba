"""Laws of logarithms where they shorten: ln u + ln v = ln(u*v), ln(1/u) = -ln u, e^(x + ln 2) = 2*e^x."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.expressions import (
    ONE, ZERO, Call, E, Expression, Negation, Power, Quotient, Sum, call, equation, integer_value, negation, power,
    product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.factors import factors_of, raised, split_coefficient, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.terms import Key, flipped, key, term, term_of

MAX_TERMS = 40  # of a sum that is looked at: results of textbook problems have below 20


def logarithm_of(f: Expression) -> Expression | None:
    """u for ln(u), else None."""
    return f.arguments[0] if type(f) is Call and f.label == "ln" else None


def _is_logarithmic(t: Expression) -> bool:
    if type(t) is Negation:
        t = t.arguments[0]
    if type(t) is Quotient:
        t = t.arguments[0]
    return any([type(f) is Call and f.label == "ln" for f in factors_of(t)])


def joined(m: Match) -> Expression | None:
    """ln(2*x) - ln(2)  →  ln(2*x/2),   y*ln(2) + y*ln(3)  →  y*ln(2*3)"""
    found = _joined(m)
    return None if found is None else found[0]


def _joined(m: Match) -> tuple[Expression, Expression, Expression, bool] | None:
    """(the sum with two logarithms as one, their arguments, whether one is subtracted)."""
    terms = m.node.arguments
    if len(terms) > MAX_TERMS or sum([_is_logarithmic(t) for t in terms]) < 2:
        return None
    seen: dict[Key, list[tuple[int, Fraction | int, Expression]]] = {}
    for j, t in enumerate(terms):
        if not _is_logarithmic(t):
            continue
        parts = term(t)
        for k, f in enumerate(parts.above):
            v = logarithm_of(f)
            if v is None:
                continue
            above = parts.above[:k] + parts.above[k + 1 :]
            coefficient = parts.coefficient
            for n, g in enumerate(above):
                if type(g) is Sum and type(g.arguments[0]) is Negation:  # (-x - y)*ln(2) as -(x + y)*ln(2)
                    above = (*above[:n], flipped(g), *above[n + 1 :])
                    coefficient = -coefficient
            group = seen.setdefault(key(above, parts.below, m.facts), [])
            for i, c, u in group:
                if i == j or not c or abs(c) != abs(coefficient):
                    continue
                apart = c != coefficient
                first, second = (v, u) if apart and c < 0 else (u, v)
                if apart and c < 0:
                    c = -c
                both = _both(first, second, apart=apart)
                new = term_of(c, (*above, call("ln", both)), parts.below, point=parts.point)
                rest = [new if n == i else s for n, s in enumerate(terms) if n != j]
                result = sum_of(rest)
                saved = m.facts.size(both) - m.facts.size(_cancelled(both, m))
                if m.facts.size(result) - saved < m.facts.size(m.node):
                    return result, first, second, apart
            group.append((j, coefficient, v))
    return None


def _both(u: Expression, v: Expression, *, apart: bool) -> Expression:
    """u*v, or u/v; worked out for numbers."""
    a, b = rational_value(u), rational_value(v)
    if a is not None and b:
        return rational(Fraction(a) / b if apart else Fraction(a) * b)
    return quotient(u, v) if apart else product_of([*factors_of(u), *factors_of(v)])


def _cancelled(e: Expression, m: Match) -> Expression:
    """2*x/2 as x: what tidying will make of the argument, factor by factor."""
    parts = term(e)
    powers = key(parts.above, parts.below, m.facts)
    above = [raised(b, n) for b, n in powers if n > 0]
    below = [raised(b, -n) for b, n in powers if n < 0]
    return term_of(parts.coefficient, above, below, point=False)


def arguments_positive(m: Match) -> Iterator[Expression]:
    """Each logarithm has a positive argument."""
    found = _joined(m)
    if found is not None:
        yield equation(found[1], ">", ZERO)
        yield equation(found[2], ">", ZERO)


def arguments_added(m: Match) -> Expression | None:
    """ln(x) + ln(2)  →  ln(x + 2), which is wrong"""
    found = _joined(m)
    if found is None or len(m.node.arguments) != 2:
        return None
    _, u, v, apart = found
    return call("ln", sum_of([u, negation(v) if apart else v]))


def of_reciprocal(m: Match) -> Expression | None:
    """ln(1/x)  →  -ln(x)"""
    u = m["u"]
    if type(u) is Quotient and u.arguments[0] == ONE:
        return negation(call("ln", u.arguments[1]))
    if type(u) is Power and integer_value(u.arguments[1]) == -1:
        return negation(call("ln", u.arguments[0]))
    return None


def reciprocal_of(m: Match) -> Expression | None:
    """ln(1/x)  →  1/ln(x), which is wrong"""
    right = of_reciprocal(m)
    return None if right is None else quotient(ONE, right.arguments[0])


def of_exp(m: Match) -> Expression | None:
    """ln(exp(x))  →  x,   exp(ln(x))  →  x"""
    inner = m["u"]
    if type(inner) is not Call or {str(m.node.label), str(inner.label)} != {"ln", "exp"}:
        return None
    return inner.arguments[0]


def logarithm_exists(m: Match) -> Iterator[Expression]:
    """The argument of the inner logarithm is positive."""
    inner = m["u"]
    if type(inner) is Call and inner.label == "ln":
        yield equation(inner.arguments[0], ">", ZERO)


def logarithm_in_exponent(m: Match) -> Expression | None:
    """e^(-ln(x))  →  1/x,   e^(ln(x)/2)  →  sqrt(x),   e^(x + ln(2))  →  2*e^x"""
    u = m.node.arguments[-1]
    terms = u.arguments if u.kind == "sum" else (u,)
    for i, t in enumerate(terms):
        found = _logarithmic_factor(t)
        if found is None:
            continue
        v, c, rest = found
        rest_terms = sum_of(terms[:i] + terms[i + 1 :])
        factor = _raised(v, c, rest)
        if len(terms) == 1:
            result: Expression = factor
        else:
            kept = call("exp", rest_terms) if type(m.node) is Call else power(E, rest_terms)
            if type(factor) is Quotient:
                result = quotient(kept, factor.arguments[1])
            else:
                result = product_of([*factors_of(factor), kept])
        if m.facts.size(result) <= m.facts.size(m.node):
            return result
    return None


def _logarithmic_factor(t: Expression) -> tuple[Expression, Fraction | int, tuple[Expression, ...]] | None:
    """(v, c, rest) of a term c*rest*ln(v) with one logarithm."""
    c, body = split_coefficient(t)
    if type(body) is Quotient:
        return None
    found = [(i, v) for i, f in enumerate(factors_of(body)) if (v := logarithm_of(f)) is not None]
    if len(found) != 1:
        return None
    ((i, v),) = found
    factors = factors_of(body)
    return v, c, factors[:i] + factors[i + 1 :]


def _raised(v: Expression, c: Fraction | int, rest: tuple[Expression, ...]) -> Expression:
    """v^(c*rest) as a textbook writes it."""
    if rest:
        return power(v, with_coefficient(c, product_of(rest)))
    n = c if c > 0 else -c
    if n == Fraction(1, 2):
        root = call("sqrt", v)
    else:
        root = v if n == 1 else power(v, rational(n))
    return root if c > 0 else quotient(ONE, root)


def inner_arguments(m: Match) -> Iterator[Expression]:
    """The arguments of the logarithms in the exponent are positive."""
    u = m.node.arguments[-1]
    for t in u.arguments if u.kind == "sum" else (u,):
        found = _logarithmic_factor(t)
        if found is not None:
            yield equation(found[0], ">", ZERO)


def minus_of_argument(m: Match) -> Expression | None:
    """e^(-ln(x))  →  -x, which is wrong"""
    u = m.node.arguments[-1]
    v = logarithm_of(u.arguments[0]) if type(u) is Negation else None
    return None if v is None else negation(v)


JOINED = Rule(
    "logarithm.joined", "?u + ??rest", joined, assumes=arguments_positive, within=("ln",),
    mistakes=(Mistake("logarithm-arguments-added", arguments_added),),
    examples=(
        ("ln(2*x) - ln(2)", "ln(2*x/2)"), ("ln(x) + ln(2)", "ln(x*2)"), ("y*ln(3) - y*ln(2) + x", "y*ln(3/2) + x"),
        ("ln(2) - ln(2*x)", "ln(2/(2*x))"), ("ln(2) + ln(3) + x", "ln(6) + x"), ("ln(x) + 2*ln(y)", None),
        ("y - ln(x) - ln(2) + ln(2*x)", "y + ln(2*x/x) - ln(2)"), ("x*ln(2) + y*ln(3)", None), ("ln(x) + 2", None),
    ),
)  # fmt: skip
RECIPROCAL = Rule(
    "logarithm.of-reciprocal", "ln(?u)", of_reciprocal,
    mistakes=(Mistake("reciprocal-of-logarithm", reciprocal_of),),
    examples=(("ln(1/x)", "-ln(x)"), ("ln(x^(-1))", "-ln(x)"), ("ln(2/x)", None)),
)  # fmt: skip
EXP_OF_LOGARITHM = Rule(
    "logarithm.inverse-exp", "exp(?u)", of_exp, assumes=logarithm_exists,
    examples=(("exp(ln(x))", "x"), ("exp(x)", None)),
)  # fmt: skip
LOGARITHM_OF_EXP = Rule(
    "logarithm.of-exp", "ln(?u)", of_exp,
    examples=(("ln(exp(x))", "x"), ("ln(x)", None)),
)  # fmt: skip
IN_EXPONENT = Rule(
    "logarithm.in-exponent", "e^?v", logarithm_in_exponent, assumes=inner_arguments, within=("ln",),
    mistakes=(Mistake("minus-of-logarithm-outside", minus_of_argument),),
    examples=(
        ("e^(-ln(x))", "1/x"), ("e^(ln(x)/2)", "sqrt(x)"), ("e^(x + ln(2))", "2*e^x"), ("e^(x - 2*ln(y))", "e^x/y^2"),
        ("e^(-x)", None), ("e^(x + 2)", None),
    ),
)  # fmt: skip
IN_EXP = Rule(
    "logarithm.in-exp", "exp(?v)", logarithm_in_exponent, assumes=inner_arguments,
    examples=(("exp(-ln(x))", "1/x"), ("exp(x + ln(2))", "2*exp(x)"), ("exp(x + 2)", None)),
)  # fmt: skip

CALLS = (EXP_OF_LOGARITHM, LOGARITHM_OF_EXP, RECIPROCAL, IN_EXP)
POWERS = (IN_EXPONENT,)
"""After the exponential of a logarithm alone."""
