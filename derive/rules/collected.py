"""The next derivative of a long sum of powers of x times functions that come back: exp(x^2)*(A*sin(x) + B*cos(x)).

Each term is differentiated by the product rule, and what has the same functions is collected: A and B become
polynomials again. Below MANY terms nothing is said here: the small steps are worth reading.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from derive.expressions import (
    ZERO, Call, Constant, E, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, call, integer_value,
    natural, power, product_of, rational_value, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import has_point
from derive.rules.factors import factors_of, has_sum, with_coefficient
from derive.rules.model import Match, Mistake, Rule
from derive.rules.order import factor_key, in_order
from derive.rules.polynomial import polynomial

MANY = 10  # terms: more than exercises have; the ninth derivative of exp(x^2)*sin(x) would take some fifty small steps
ALIKE = 3  # terms for each product of functions: fewer have little in common
MAX_TERMS = 400  # the derivative of order 100 of exp(x^2)*sin(x) has 101
_NESTED = 4  # brackets in brackets that are looked into

Functions: TypeAlias = frozenset[tuple[Expression, int]]
"""The factors of a term that are no powers of x, with their exponents."""
Terms: TypeAlias = dict[Functions, dict[int, Fraction]]
"""{functions: {exponent of x: number}}: the polynomial that stands before each product of functions."""
Inner: TypeAlias = list[tuple[Fraction, int, Functions]]
"""The derivative of an inner function, term by term: 2*a*x  →  2, 1, {a}"""
Slope: TypeAlias = tuple[Expression, Inner]
"""(what a function becomes, the derivative inside): sin(x^2)  →  cos(x^2), 2*x"""

_NONE: Functions = frozenset()
_ONE = Fraction(1)
_BECOMES = {"exp": ("exp", 1), "sin": ("cos", 1), "cos": ("sin", -1), "sinh": ("cosh", 1), "cosh": ("sinh", 1)}
_WAVES = frozenset(_BECOMES) - {"exp"}


def collected(m: Match) -> Expression | None:
    """d/dx(e^x*(A*sin(x) + B*cos(x)))  →  e^x*((A' + A - B)*sin(x) + (B' + B + A)*cos(x)), polynomials worked out"""
    return _collected(m, _inner_derivative)


def inner_forgotten(m: Match) -> Expression | None:
    """The same without the derivatives of inner functions, which is wrong."""
    return _collected(m, lambda q, x: [(_ONE, 0, _NONE)])


def _collected(m: Match, inside: Callable[[Expression, Expression], Inner | None]) -> Expression | None:
    u, x = m["u"], m["x"]
    if type(u) is not Sum and (type(u) is not Product or Sum not in map(type, u.arguments)):
        return None
    if type(u) is Sum and len(u.arguments) < MANY and not any(map(_has_terms, u.arguments)):
        return None
    terms = _terms(u, x)
    if terms is None or sum(map(len, terms.values())) < max(MANY, ALIKE * len(terms)):
        return None
    slopes: dict[Expression, Slope] = {}
    for f in {f for functions in terms for f, _ in functions if not _is_letter(f)}:
        slope = _slope(f, x, inside)
        if slope is None:
            return None
        if slope[1]:  # sin(2) does not change
            slopes[f] = slope
    found: Terms = {}
    for functions, p in terms.items():
        changing = [(f, n) for f, n in functions if f in slopes]
        if not changing or sum([n for f, n in changing if f.label in _WAVES]) > 1:
            return None  # a polynomial alone is parted by the rules for sums, sin(x)*cos(x) is half of sin(2*x)
        for k, c in p.items():
            if k:
                _add(found, functions, k - 1, c * k)
        for f, n in changing:
            becomes, inner = slopes[f]
            for number, degree, letters in inner:
                changed = _times(functions, ((f, -1), (becomes, 1), *letters))
                for k, c in p.items():
                    _add(found, changed, k + degree, c * number * n)
    return _written(found, x)


def _has_terms(t: Expression) -> bool:
    """Whether a term may have more of them in it: (x + 1)*e^x, (x + 1)/2, but not 2*x*e^x."""
    if type(t) is Negation:
        t = t.arguments[0]
    return has_sum(t) or not _CLOSED.isdisjoint(map(type, factors_of(t)))


_CLOSED = frozenset((Quotient, Product, Negation))
"""Factors in which brackets may stand."""


def _terms(u: Expression, x: Expression) -> Terms | None:
    """u multiplied out, where each product in it has one bracket at most; None where it is something else."""
    found: Terms = {}
    stack = [(u, _ONE, 0, _NONE, 0)]
    for _ in range(MAX_TERMS):
        e, c, k, functions, depth = stack.pop()
        while type(e) is Negation or (type(e) is Quotient and type(e.arguments[1]) is Number):
            below = -1 if type(e) is Negation else rational_value(e.arguments[1])
            if not below:  # by 0, or by a number that is not exact
                return None
            c /= below
            e = e.arguments[0]
        bracket: Expression | None = None
        for f in e.arguments if type(e) is Product else (e,):
            value = rational_value(f)
            if value is not None and not has_point(f):
                c *= value
            elif type(f) is Sum and bracket is None and depth < _NESTED:
                bracket = f
            else:
                base, n = _powered(f)
                if base == x:
                    k += n
                elif _is_letter(base) or _inner(base) is not None:
                    functions = _times(functions, ((base, n),))
                else:
                    return None
        if bracket is None:
            _add(found, functions, k, c)
        else:
            stack.extend([(t, c, k, functions, depth + 1) for t in reversed(bracket.arguments)])
        if not stack:
            return found
    return None


def _powered(f: Expression) -> tuple[Expression, int]:
    """The base and exponent of a factor: sin(x)^2  →  sin(x), 2;  e^x is one of its own."""
    if type(f) is Power and f.arguments[0] != E:
        n = integer_value(f.arguments[1])
        if n is not None and n > 0:
            return f.arguments[0], n
    return f, 1


def _is_letter(f: Expression) -> bool:
    return type(f) is Symbol or type(f) is Constant


def _inner(f: Expression) -> Expression | None:
    """The inner function of a function that comes back: sin(x^2)  →  x^2;  e^(3*x)  →  3*x"""
    if type(f) is Power and f.arguments[0] == E:
        return f.arguments[1]
    return f.arguments[0] if type(f) is Call and f.label in _BECOMES else None


def _slope(f: Expression, x: Expression, inside: Callable[[Expression, Expression], Inner | None]) -> Slope | None:
    q = _inner(f)
    inner = inside(q, x) if q is not None else None
    if inner is None or q is None:
        return None
    if type(f) is Power:
        return f, inner
    name, sign = _BECOMES[str(f.label)]
    return call(name, q), [(sign * number, degree, letters) for number, degree, letters in inner]


def _inner_derivative(q: Expression, x: Expression) -> Inner | None:
    """The derivative of a polynomial in x, whose other letters are constants; None for anything else."""
    p = polynomial(q)
    if p is None:
        return None
    found: Inner = []
    for monomial, c in p.items():
        k = 0
        letters: list[tuple[Expression, int]] = []
        for atom, n in monomial:
            if n != int(n) or n < 1 or not _is_letter(atom):
                return None
            if atom == x:
                k = int(n)
            else:
                letters.append((atom, int(n)))
        if k:
            found.append((Fraction(c) * k, k - 1, frozenset(letters)))
    return found


def _times(functions: Functions, more: tuple[tuple[Expression, int], ...]) -> Functions:
    exponents = dict(functions)
    for f, n in more:
        exponents[f] = exponents.get(f, 0) + n
    return frozenset([(f, n) for f, n in exponents.items() if n])


def _add(terms: Terms, functions: Functions, k: int, c: Fraction) -> None:
    p = terms.setdefault(functions, {})
    p[k] = p.get(k, Fraction(0)) + c


def _written(terms: Terms, x: Expression) -> Expression:
    """The functions that all terms have in front, the others behind their polynomials by falling powers of x."""
    left = {functions: p for functions, q in terms.items() if (p := {k: c for k, c in q.items() if c})}
    bases = {f for functions in left for f, _ in functions}
    common = {f: min([dict(functions).get(f, 0) for functions in left]) for f in bases}
    places = {f: i for i, f in enumerate(sorted(sorted(bases, key=str, reverse=True), key=factor_key))}

    def raised(f: Expression, n: int) -> list[Expression]:
        return [] if n == 0 else [f] if n == 1 else [power(f, natural(n))]

    parts: list[Expression] = []
    for functions in sorted(left, key=lambda fs: sorted([(places[f], -n) for f, n in fs])):
        own = [e for f, n in sorted(functions, key=lambda t: places[t[0]]) for e in raised(f, n - common[f])]
        powers = [(c, raised(x, k)) for k, c in sorted(left[functions].items(), reverse=True)]
        if not own or len(powers) == 1:
            parts += [with_coefficient(c, product_of(_in_order([*xs, *own]))) for c, xs in powers]
        else:
            sign = 1 if powers[0][0] > 0 else -1
            bracket = sum_of([with_coefficient(sign * c, product_of(xs)) for c, xs in powers])
            parts.append(with_coefficient(sign, product_of(_in_order([bracket, *own]))))
    whole = sum_of(in_order(tuple(parts))) if parts else ZERO
    return product_of(_in_order([whole, *[e for f, i in places.items() for e in raised(f, common[f])]]))


def _in_order(factors: list[Expression]) -> list[Expression]:
    return sorted(factors, key=factor_key)


_LONG = "(x^4 + x^3 + 2*x^2 + 3*x + 4)*sin(x) + (x^4 + x^3 - x^2 + x - 1)*cos(x)"
_POWERS = "x^9 + x^8 + x^7 + x^6 + x^5 + x^4 + x^3 + x^2 + x + 1"

COLLECTED = Rule(
    "derivative.collected", "d/d?x(?u)", collected, among=("sum", "product"),
    mistakes=(Mistake("collected-inner-derivatives-forgotten", inner_forgotten),),
    examples=(
        (f"d/dx(e^(x^2)*({_LONG}))",
         "e^(x^2)*((2*x^5 + x^4 + 7*x^3 + 10*x^2 + 11*x + 4)*sin(x) + (2*x^5 + 3*x^4 + 3*x^3 + 7*x^2 - x + 5)*cos(x))"),
        (f"d/dx(({_POWERS})*e^(-x))",
         "(-x^9 + 8*x^8 + 7*x^7 + 6*x^6 + 5*x^5 + 4*x^4 + 3*x^3 + 2*x^2 + x)*e^(-x)"),
        ("d/dx((x^5 + x^4 + x^3 + x^2 + x + 1)*e^(-x))", None),
        (f"d/dx(({_POWERS})*e^(1/x))", None),
        (f"d/dx(({_POWERS})*sin(2))", None),
        (f"d/dx(ln(x)*({_LONG}))", None),
        (f"d/dx(sin(x)*({_LONG}))", None),
    ),
)  # fmt: skip
