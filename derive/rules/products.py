"""Rules for products and quotients: brackets, signs, ones and zeros, like bases, fractions, cancelling, order."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Constant, E, Expression, Matrix, Negation, Number, Power, Product, Quotient, Sum, equation, make,
    negation, power, product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.rules.arithmetic import has_point
from derive.rules.factors import lowered, powers_of, split_coefficient, with_coefficient
from derive.rules.conditions import not_zero_itself
from derive.rules.model import Match, Mistake, Rule
from derive.rules.order import degree, factor_key
from derive.rules.signs import sign_of_all, sign_of_sums


def without_brackets(m: Match) -> Expression | None:
    """a*(b*c)  →  a*b*c"""
    if not any(type(f) is Product for f in m.node.arguments):
        return None
    factors: list[Expression] = []
    stack = list(reversed(m.node.arguments))
    while stack:
        e = stack.pop()
        if type(e) is Product:
            stack.extend(reversed(e.arguments))
        else:
            factors.append(e)
    return product_of(factors)


def zero_if_a_factor_is(m: Match) -> Expression | None:
    """x*0  →  0"""
    return ZERO if True in [type(f) is Number and f.value == 0 for f in m.node.arguments] else None


def without_ones(m: Match) -> Expression | None:
    """1*x  →  x"""
    factors = [f for f in m.node.arguments if f.label != 1 or type(f) is not Number]
    return product_of(factors) if len(factors) < len(m.node.arguments) else None


def sign_in_front(m: Match) -> Expression | None:
    """x*(-y)  →  -(x*y),   x*(-y - z)  →  -(x*(y + z))"""
    found = sign_of_all(m.node)
    return found if found is not None else sign_of_sums(m.node)


def sign_lost(m: Match) -> Expression | None:
    """x*(-y)  →  x*y, which is wrong"""
    right = sign_in_front(m)
    return right.arguments[0] if type(right) is Negation else None


def as_one_fraction(m: Match) -> Expression | None:
    """(a/b)*c  →  a*c/b"""
    if not any(type(f) is Quotient for f in m.node.arguments):
        return None
    above: list[Expression] = []
    below: list[Expression] = []
    for f in m.node.arguments:
        top, bottom = f.arguments if type(f) is Quotient else (f, None)
        above.append(top)
        if bottom is not None:
            below.append(bottom)
    return quotient(_product(above), _product(below))


def _product(factors: list[Expression]) -> Expression:
    """The product of factors, products opened and ones left out."""
    flat: list[Expression] = []
    for f in factors:
        flat.extend(f.arguments if type(f) is Product else (f,))
    return product_of([f for f in flat if f != ONE])


def base_and_exponent(f: Expression) -> tuple[Expression, Expression]:
    """x^3 → (x, 3), x → (x, 1)."""
    return (f.arguments[0], f.arguments[1]) if type(f) is Power else (f, ONE)


def exponents_added(m: Match) -> Expression | None:
    """x^2*y*x^3  →  x^5*y"""
    factors = m.node.arguments
    bases = [f.arguments[0] if type(f) is Power else f for f in factors]
    if len({(type(b), b.label, b.depth) for b in bases}) == len(bases):
        return None  # equal bases are equal in these, too
    groups: dict[Expression, list[Expression]] = {}
    for f in factors:
        if type(f) is not Number and type(f) is not Matrix:
            base, exponent = base_and_exponent(f)
            if not (type(base) is Number and rational_value(exponent) is not None) and not _stays(f, factors):
                groups.setdefault(m.facts.representative(base), []).append(exponent)
    if all(len(g) == 1 for g in groups.values()):
        return None
    result = []
    for f in factors:
        base = m.facts.representative(base_and_exponent(f)[0])
        group = groups.get(base)
        if group is None or len(group) == 1 or type(f) is Number or _stays(f, factors):
            result.append(f)
        elif group:
            result.append(raise_to(base, group))
            groups[base] = []
    return product_of([f for f in result if f != ONE])


def _stays(f: Expression, factors: tuple[Expression, ...]) -> bool:
    """Whether f is a constant other than e in front of its own power: pi*pi^x."""
    if type(f) is not Constant or f == E:
        return False
    return any(type(g) is Power and g.arguments[0] == f and rational_value(g.arguments[1]) is None for g in factors)


def raise_to(base: Expression, exponents: list[Expression]) -> Expression:
    """base^(sum of exponents), numbers added at once."""
    values = [rational_value(n) for n in exponents]
    if any(v is None for v in values):
        return power(base, sum_of(exponents))
    total = sum(values)  # type: ignore[arg-type]
    return ONE if total == 0 else base if total == 1 else power(base, rational(total))


def exponents_multiplied(m: Match) -> Expression | None:
    """x^2*x^3  →  x^6, which is wrong"""
    if len(m.node.arguments) != 2:
        return None
    (a, m1), (b, m2) = (base_and_exponent(f) for f in m.node.arguments)
    p, q = rational_value(m1), rational_value(m2)
    if a != b or type(a) is Number or p is None or q is None or p * q == p + q or p * q == 0:
        return None
    return power(a, rational(p * q))


def in_textbook_order(m: Match) -> Expression | None:
    """sin(x)*x*2  →  2*x*sin(x)"""
    factors = m.node.arguments
    keys = [factor_key(f) for f in factors]
    if sorted(keys) == keys:
        return None
    return make(Product, tuple(f for _, f in sorted(zip(keys, factors, strict=True), key=lambda pair: pair[0])))


def one_fraction(m: Match) -> Expression | None:
    """(a/b)/c  →  a/(b*c),   a/(b/c)  →  a*c/b"""
    top, bottom = m.node.arguments
    if type(top) is not Quotient and type(bottom) is not Quotient:
        return None
    if rational_value(m.node) is not None:
        return None
    a, b = top.arguments if type(top) is Quotient else (top, ONE)
    c, d = bottom.arguments if type(bottom) is Quotient else (bottom, ONE)
    above, below = _product([a, d]), _product([b, c])
    return above if below == ONE else quotient(above, below)


def fraction_upside_down(m: Match) -> Expression | None:
    """a/(b/c)  →  a/(b*c), which is wrong"""
    top, bottom = m.node.arguments
    if type(bottom) is not Quotient or type(top) is Quotient:
        return None
    return quotient(top, _product(list(bottom.arguments)))


def outer_sign(m: Match) -> Expression | None:
    """(-a)/b  →  -(a/b)"""
    top, bottom = m.node.arguments
    minus = False
    if type(top) is Sum and all(type(t) is Negation for t in top.arguments):
        minus, top = True, sum_of(t.arguments[0] for t in top.arguments)
    while type(top) is Negation:
        minus, top = not minus, top.arguments[0]
    if type(bottom) is Sum and all(type(t) is Negation for t in bottom.arguments):
        minus, bottom = not minus, sum_of(t.arguments[0] for t in bottom.arguments)
    while type(bottom) is Negation:
        minus, bottom = not minus, bottom.arguments[0]
    if top is m.node.arguments[0] and bottom is m.node.arguments[1]:
        return None
    return negation(quotient(top, bottom)) if minus else quotient(top, bottom)


def cancelled(m: Match) -> Expression | None:
    """x^3*y/x  →  x^2*y"""
    top, bottom = m.node.arguments
    below = powers_of(bottom, m.facts)
    if not below:
        return None
    above = powers_of(top, m.facts)
    shared = {b: min(n, below[b]) for b, n in above.items() if b in below}
    if not shared:
        return None
    negative = [b for b in shared if above[b] < 0 or below[b] < 0]
    for b in negative:
        shared[b] = below[b]  # x^(-1/2)/x  →  x^(-3/2)
    numerator, denominator = lowered(top, shared, m.facts), lowered(bottom, shared, m.facts)
    return numerator if denominator == ONE else quotient(numerator, denominator)


def cancelled_bases(m: Match) -> Iterator[Expression]:
    """What was cancelled is not zero."""
    above, below = (powers_of(a, m.facts) for a in m.node.arguments)
    for base in above:
        if base in below:
            yield equation(base, "!=", ZERO)


def terms_cancelled(m: Match) -> Expression | None:
    """(x + y)/x  →  y + 1, cancelling a term of a sum, which is wrong"""
    top, bottom = m.node.arguments
    if top.kind != "sum" or bottom not in top.arguments:
        return None
    return sum_of([ONE if t == bottom else t for t in top.arguments])


def number_taken_in(m: Match) -> Expression | None:
    """2*(25 - 3*x^2)  →  50 - 6*x^2, where that is shorter"""
    number, *rest = m.node.arguments
    if type(number) is not Number or len(rest) != 1 or type(rest[0]) is not Sum:
        return None
    terms = [split_coefficient(t) for t in rest[0].arguments]
    if any(c.denominator != 1 or degree(body) is None for c, body in terms):
        return None
    result = sum_of(with_coefficient(number.value * c, body, point=has_point(number)) for c, body in terms)
    return result if m.facts.size(result) < m.facts.size(m.node) else None


def first_term_only(m: Match) -> Expression | None:
    """2*(25 - 3*x^2)  →  50 - 3*x^2, which is wrong"""
    if number_taken_in(m) is None:
        return None
    number, bracket = m.node.arguments
    first, *others = bracket.arguments
    c, body = split_coefficient(first)
    return sum_of([with_coefficient(number.value * c, body), *others])  # type: ignore[attr-defined]


BRACKETS = Rule(
    "product.brackets", "?u*??rest", without_brackets, among=("product",),
    examples=(("a*(b*c)", "a*b*c"), ("a*(b + c)", None)),
    weight="cosmetic",
)  # fmt: skip
ZERO_FACTOR = Rule(
    "product.zero", "?u*??rest", zero_if_a_factor_is, among=("number",),
    mistakes=(Mistake("zero-factor-dropped", lambda m: product_of([f for f in m.node.arguments if f != ZERO])
                      if ZERO in m.node.arguments else None),),
    examples=(("x*0", "0"), ("x*y", None)),
    weight="minor",
)  # fmt: skip
NUMBER_IN = Rule(
    "product.number-in", "?u*??rest", number_taken_in, among=("sum",),
    mistakes=(Mistake("number-times-first-term-only", first_term_only),),
    examples=(
        ("2*(25 - 3*x^2)", "50 - 6*x^2"), ("5*(2*x + 3)", "10*x + 15"), ("2*(x + 3)", None),
        ("2*(2*x + 3)*y", None), ("2*(1 + x/4)", None), ("2*(3*sqrt(x) - 9*x)", None),
    ),
    weight="minor",
)  # fmt: skip
ONES = Rule(
    "product.one", "?u*??rest", without_ones, among=("number",),
    examples=(("1*x", "x"), ("2*x", None)),
    weight="minor",
)  # fmt: skip
SIGNS = Rule(
    "product.sign", "?u*??rest", sign_in_front, among=("negation", "sum"),
    mistakes=(Mistake("sign-of-factor-lost", sign_lost),),
    examples=(("x*(-y)", "-(x*y)"), ("(-x)*(-y)", "x*y"), ("x*(-y - z)", "-(x*(y + z))"),
        ("x*y", None), ("x*(z - y)", None)),
    weight="minor",
)  # fmt: skip
FRACTIONS = Rule(
    "product.fractions", "?u*??rest", as_one_fraction, among=("quotient",),
    examples=(("(a/b)*c", "a*c/b"), ("(1/x)*(y/z)", "y/(x*z)"), ("a*b", None)),
    weight="minor",
)  # fmt: skip
LIKE_BASES = Rule(
    "product.like-bases", "?u*??rest", exponents_added,
    mistakes=(Mistake("exponents-multiplied", exponents_multiplied),),
    examples=(("x^2*y*x^3", "x^5*y"), ("x*x", "x^2"), ("e^x*e^y", "e^(x + y)"), ("pi*pi^x", None), ("x*y", None)),
    weight="minor",
)  # fmt: skip
ORDER = Rule(
    "product.order", "?u*??rest", in_textbook_order,
    examples=(("sin(x)*x*2", "2*x*sin(x)"), ("2*x*sin(x)", None)),
    weight="cosmetic",
)  # fmt: skip
ZERO_NUMERATOR = Rule(
    "quotient.zero", "0/?u", "0", given=(not_zero_itself("u"),), assumes=("?u != 0",),
    mistakes=(Mistake("zero-over-becomes-one", "1"),),
    examples=(("0/x", "0"), ("0/0", None), ("x/2", None)),
    weight="minor",
)  # fmt: skip
OVER_ONE = Rule(
    "quotient.one", "?u/1", "?u",
    examples=(("x/1", "x"), ("1/x", None)),
    weight="minor",
)  # fmt: skip
QUOTIENT_SIGN = Rule(
    "quotient.sign", "?u/?v", outer_sign, among=("negation", "sum"),
    mistakes=(Mistake("sign-of-quotient-lost", lambda m: _unsigned(m)),),
    examples=(("(-a)/b", "-(a/b)"), ("a/(-b)", "-(a/b)"), ("(-a - b)/c", "-(a + b)/c"),
        ("a/(-b - c)", "-a/(b + c)"), ("a/b", None)),
    weight="minor",
)  # fmt: skip
NESTED = Rule(
    "quotient.nested", "?u/?v", one_fraction, among=("quotient",),
    mistakes=(Mistake("divided-fraction-not-inverted", fraction_upside_down),),
    examples=(("(a/b)/c", "a/(b*c)"), ("a/(b/c)", "a*c/b"), ("a/b", None)),
    weight="minor",
)  # fmt: skip
CANCEL = Rule(
    "quotient.cancel", "?u/?v", cancelled, assumes=cancelled_bases,
    mistakes=(Mistake("terms-of-sum-cancelled", terms_cancelled),),
    examples=(("x^3*y/x", "x^2*y"), ("x/x^3", "1/x^2"), ("x/x", "1"), ("x/y", None), ("(x + y)/x", None)),
    weight="minor",
)  # fmt: skip


def _unsigned(m: Match) -> Expression | None:
    right = outer_sign(m)
    return right.arguments[0] if type(right) is Negation else None
