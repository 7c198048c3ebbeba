"""Multiplying out, and cancelling what all terms of a numerator share, where that makes an expression shorter.

A sum is read as a polynomial in its *atoms* (letters, roots, calls, exponentials …), term by term.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from math import ceil, gcd
from typing import TypeAlias

from derive.expressions import (
    ONE, ZERO, Call, Expression, Negation, Power, Product, Quotient, Sum, equation, integer_value,
    negation, product_of, quotient, rational_value, sum_of,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.factors import (
    factors_of, has_sum, lowered, powers_of, raised, split_coefficient, split_power, with_coefficient,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.order import factor_key
from derive.rules.products import base_and_exponent

MAX_TERMS = 200  # of a product that is multiplied out; the numerators of textbook quotients have below 20
DEEP = 3  # brackets in a bracket, one in the other: fewer are multiplied out one at a time, as by hand
MAX_FACTORS = 4  # in front of a bracket in a nest: a polynomial in four letters
MAX_EXPONENT = 4  # of a bracket that is multiplied out: beyond, the result is never shorter in practice

Monomial: TypeAlias = tuple[tuple[int, Fraction | int], ...]
"""((atom's number, exponent), …), sorted."""
Polynomial: TypeAlias = dict[Monomial, Fraction | int]


class _TooWide(Exception):
    """The product has more terms than is worth writing."""


class _Atoms:
    """The atoms of one polynomial, numbered as they come."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.number: dict[Expression, int] = {}
        self.atoms: list[Expression] = []

    def monomial(self, e: Expression) -> Monomial:
        base, n = split_power(e)
        base = self.facts.representative(base)
        if base not in self.number:
            self.number[base] = len(self.atoms)
            self.atoms.append(base)
        return ((self.number[base], n),)

    def written(self, monomial: Monomial) -> Expression:
        return product_of(sorted((raised(self.atoms[i], n) for i, n in monomial), key=factor_key))


def expanded(m: Match) -> Expression | None:
    """6*x*(2 - x) + 3*x^2 + 5  →  12*x - 3*x^2 + 5, where that is shorter"""
    node = m.node
    if True not in [has_sum(t) for t in node.arguments]:
        return None
    brackets = [_brackets(t, m.facts) for t in node.arguments]
    if not any(brackets) or set.intersection(*brackets):
        return None  # a bracket that all terms share is better kept
    atoms = _Atoms(m.facts)
    try:
        total: Polynomial = {}
        written_out = 0
        for t in node.arguments:
            polynomial = _polynomial(t, atoms)
            written_out += len(polynomial)
            for monomial, c in polynomial.items():
                total[monomial] = total.get(monomial, 0) + c
                if len(total) > MAX_TERMS:
                    return None
    except _TooWide:
        return None
    if sum(c != 0 for c in total.values()) == written_out:
        return None  # nothing combines
    result = sum_of(with_coefficient(c, atoms.written(mono)) for mono, c in total.items() if c)
    return result if m.facts.size(result) < m.facts.size(node) else None


def _brackets(term: Expression, facts: Facts) -> set[Expression]:
    return {base for base in powers_of(term, facts) if type(base) is Sum}


def _polynomial(e: Expression, atoms: _Atoms) -> Polynomial:
    sign = 1
    while type(e) is Negation:
        sign, e = -sign, e.arguments[0]
    value = rational_value(e)
    if value is not None:
        return {(): sign * value}
    result: Polynomial = {(): sign}
    for factor in e.arguments if type(e) is Product else (e,):
        atoms.facts.clock.tick(len(result))
        result = _times(result, _factor(factor, atoms))
    return result


def _factor(e: Expression, atoms: _Atoms) -> Polynomial:
    value = rational_value(e)
    if value is not None:
        return {(): value}
    base, exponent = base_and_exponent(e)
    n = integer_value(exponent)
    if type(base) is not Sum or n is None or not 1 <= n <= MAX_EXPONENT:
        return {atoms.monomial(e): 1}
    terms = _terms(base, atoms, opened=True) if n == 1 and _is_deep(base) else None
    return reduce(_times, [_terms(base, atoms, opened=False) or {} if terms is None else terms] * n)


def _terms(bracket: Sum, atoms: _Atoms, *, opened: bool) -> Polynomial | None:
    """The terms of a bracket; `opened` with those of the first bracket in each term, and so on: x*(x*y + 1) has two.

    None where more and more different factors come together in front of a bracket: opened it would be longer.
    """
    found: Polynomial = {}
    stack: list[tuple[Fraction | int, Monomial, Expression]] = [(1, (), bracket)]
    count = 0
    while stack:
        outer, around, e = stack.pop()
        count += len(e.arguments)
        if opened and count > MAX_TERMS:
            raise _TooWide
        for t in e.arguments:
            coefficient, body = split_coefficient(t)
            inner: Expression | None = None
            monomial = around
            for f in body.arguments if type(body) is Product else (body,):
                if opened and inner is None and type(f) is Sum:
                    inner = f
                elif f != ONE:
                    monomial = _joined(monomial, atoms.monomial(f))
            if inner is None:
                found[monomial] = found.get(monomial, 0) + outer * coefficient
            elif len(monomial) > MAX_FACTORS:
                return None
            else:
                stack.append((outer * coefficient, monomial, inner))
    return found


def _is_deep(bracket: Expression) -> bool:
    """Whether brackets stand in brackets so deep that taking them one at a time is a lesson no longer."""
    level = {bracket}
    for _ in range(DEEP):
        level = {f for s in level for t in s.arguments for f in factors_of(split_coefficient(t)[1]) if type(f) is Sum}
        if not level or len(level) > MAX_TERMS:
            return False
    return True


def _joined(a: Monomial, b: Monomial) -> Monomial:
    exponents = dict(a)
    for i, n in b:
        exponents[i] = exponents.get(i, 0) + n
    return tuple(sorted((i, n) for i, n in exponents.items() if n))


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    if len(a) * len(b) > MAX_TERMS:
        raise _TooWide
    result: Polynomial = {}
    for p, c in a.items():
        for q, d in b.items():
            monomial = _joined(p, q)
            result[monomial] = result.get(monomial, 0) + c * d
    return result


def _common(m: Match) -> dict[Expression, Fraction | int]:
    """The powers that every term of the numerator shares with the denominator."""
    top, bottom = m.node.arguments
    below = powers_of(bottom, m.facts) if type(top) is Sum else {}
    if not below:
        return {}
    terms = [powers_of(_numerator(t), m.facts) for t in top.arguments]
    shared = {b: min(n, *(t.get(b, 0) for t in terms)) for b, n in below.items() if n > 0}
    return {b: n for b, n in shared.items() if n > 0}


def _numerator(term: Expression) -> Expression:
    if type(term) is Negation:
        term = term.arguments[0]
    return term.arguments[0] if type(term) is Quotient else term


def _lowered(term: Expression, by: dict[Expression, Fraction | int], facts: Facts) -> Expression:
    """A term divided by powers of the bases of its numerator."""
    if type(term) is Negation:
        return negation(_lowered(term.arguments[0], by, facts))
    if type(term) is Quotient:
        return quotient(lowered(term.arguments[0], by, facts), term.arguments[1])
    return lowered(term, by, facts)


def common_factor_cancelled(m: Match) -> Expression | None:
    """(2*x*(x + 1)^2 + (x + 1))/(x + 1)^3  →  (2*x*(x + 1) + 1)/(x + 1)^2"""
    shared = _common(m)
    if not shared:
        return None
    top, bottom = m.node.arguments
    above = sum_of(_lowered(t, shared, m.facts) for t in top.arguments)
    below = lowered(bottom, shared, m.facts)
    return above if below == ONE else quotient(above, below)


def common_bases(m: Match) -> Iterator[Expression]:
    """What was cancelled is not zero."""
    for base in _common(m):
        yield equation(base, "!=", ZERO)


def common_number_cancelled(m: Match) -> Expression | None:
    """(4*x + 6)/(2*y)  →  (2*x + 3)/y"""
    top, bottom = m.node.arguments
    if type(top) is not Sum and type(bottom) is not Sum:
        return None
    divisor = gcd(_content(top), _content(bottom))
    if divisor <= 1:
        return None
    above, below = _over(top, divisor), _over(bottom, divisor)
    return above if below == ONE else quotient(above, below)


def _content(e: Expression) -> int:
    """The greatest whole number that divides every coefficient; 1 where one is no whole number."""
    parts = [split_coefficient(t)[0] for t in (e.arguments if type(e) is Sum else (e,))]
    return 1 if any([c.denominator != 1 for c in parts]) else gcd(*[int(c) for c in parts])


def _over(e: Expression, divisor: int) -> Expression:
    parts = [split_coefficient(t) for t in (e.arguments if type(e) is Sum else (e,))]
    return sum_of(with_coefficient(Fraction(c) / divisor, body) for c, body in parts)


def only_first_term_divided(m: Match) -> Expression | None:
    """(4*x + 6)/2  →  2*x + 6, which is wrong"""
    top, bottom = m.node.arguments
    n = integer_value(bottom)
    if type(top) is not Sum or n is None or abs(n) < 2:
        return None
    c, body = split_coefficient(top.arguments[0])
    return sum_of([with_coefficient(Fraction(c) / n, body), *top.arguments[1:]])


def square_over_bars(m: Match) -> Expression | None:
    """x^2/abs(x)  →  abs(x),   x^3/abs(x)  →  x*abs(x),   x^5/abs(x)^5  →  x/abs(x)"""
    top, bottom = m.node.arguments
    below = bottom.arguments if type(bottom) is Product else (bottom,)
    above = top.arguments if type(top) is Product else (top,)
    for g in below:
        bars, times = base_and_exponent(g)
        k = rational_value(times)
        if type(bars) is not Call or bars.label != "abs" or k is None or k <= 0:
            continue
        for f in above:
            base, exponent = base_and_exponent(f)
            n = integer_value(exponent)
            if base != bars.arguments[0] or n is None or n < 2:
                continue
            pairs = min(n // 2, ceil(Fraction(k) / 2))  # u^2 and |u|^2 are the same
            up, down = n - 2 * pairs, k - 2 * pairs
            made = ((raised(base, up),) if up else ()) + ((raised(bars, -down),) if down < 0 else ())
            numerator = product_of(e for a in above for e in (made if a is f else (a,)))
            left = (raised(bars, down),) if down > 0 else ()
            denominator = product_of(e for b in below for e in (left if b is g else (b,)))
            return numerator if denominator == ONE else quotient(numerator, denominator)
    return None


def bars_not_zero(m: Match) -> Iterator[Expression]:
    """The argument of the bars below the line is not zero."""
    bottom = m.node.arguments[1]
    for f in bottom.arguments if type(bottom) is Product else (bottom,):
        bars = f.arguments[0] if type(f) is Power else f
        if type(bars) is Call and bars.label == "abs":
            yield equation(bars.arguments[0], "!=", ZERO)


def one_term_lost(m: Match) -> Expression | None:
    """x*(y + z) + x  →  x*y + z + x: only the first term of the bracket is multiplied, which is wrong"""
    terms: list[Expression] = []
    slipped = False
    for t in m.node.arguments:
        if type(t) is Product and type(t.arguments[-1]) is Sum and not slipped:
            first, *rest = t.arguments[-1].arguments
            terms += [product_of([*t.arguments[:-1], first]), *rest]
            slipped = True
        else:
            terms.append(t)
    return sum_of(terms) if slipped else None


EXPAND = Rule(
    "sum.expand", "?u + ??rest", expanded,
    mistakes=(Mistake("bracket-first-term-only", one_term_lost),),
    examples=(
        ("6*x*(2 - x) + 3*x^2 + 5", "12*x - 3*x^2 + 5"),
        ("734*x*(x^2 + 100) - 734*x^3", "73400*x"),
        ("x*(x + y) + z", None),
        ("x + 1", None),
    ),
    weight="minor",
)  # fmt: skip
COMMON_FACTOR = Rule(
    "quotient.common-factor", "?u/?v", common_factor_cancelled, assumes=common_bases,
    examples=(
        ("(2*x*(x + 1)^2 + (x + 1))/(x + 1)^3", "(2*x*(x + 1) + 1)/(x + 1)^2"),
        ("(2*x*(x + 1)^2 + y*(x + 1))/(x + 1)^3", "(2*x*(x + 1) + y)/(x + 1)^2"),
        ("(x*y + x)/x^2", "(y + 1)/x"),
        ("(e^x/x - e^x*ln(x))/e^(2*x)", "(1/x - ln(x))/e^x"),
        ("(x + 1)/x", None),
    ),
    weight="minor",
)  # fmt: skip
COMMON_NUMBER = Rule(
    "quotient.common-number", "?u/?v", common_number_cancelled,
    mistakes=(Mistake("only-first-term-divided", only_first_term_divided),),
    examples=(
        ("(4*x + 6)/2", "2*x + 3"), ("2/(2*x - 6)", "1/(x - 3)"), ("(4*x + 6)/(8*y)", "(2*x + 3)/(4*y)"),
        ("(4*x + 3)/2", None),
    ),
    weight="minor",
)  # fmt: skip
SQUARE_OVER_BARS = Rule(
    "absolute.square-over", "?u/?v", square_over_bars, assumes=bars_not_zero, within=("abs",),
    examples=(
        ("x^2/abs(x)", "abs(x)"), ("x^3/abs(x)", "x*abs(x)"), ("x^5/abs(x)^5", "x/abs(x)"),
        ("x^2/abs(x)^3", "1/abs(x)"), ("x^2/abs(x)^(3/2)", "abs(x)^(1/2)"), ("x/abs(x)", None),
    ),
    weight="minor",
)  # fmt: skip
