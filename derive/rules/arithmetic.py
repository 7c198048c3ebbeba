"""Exact arithmetic on the rational numbers written in an expression; decimals typed with a point stay decimals."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from derive.expressions import (
    Expression, Negation, Number, Product, Quotient, integer_value, make, negation, product_of, rational,
    rational_value, sum_of,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule

MAX_BITS = 10_000  # of an exact integer that arithmetic may make: 3,010 digits, below CPython's limit for printing


_LITERAL = frozenset((Number, Negation, Quotient))
"""What a rational number is written with."""


def has_point(e: Expression) -> bool:
    """Whether a rational literal is written as a decimal."""
    while type(e) is Negation:
        e = e.arguments[0]
    if type(e) is Quotient:
        return any(has_point(a) for a in e.arguments)
    return type(e) is Number and isinstance(e.label, str)


def written(value: Fraction | int, *, point: bool) -> Expression | None:
    """The literal for a value, as a decimal where one was typed and the value is one; None when it is too large."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        return None
    if point and value.denominator != 1:
        spelled = _decimal(abs(Fraction(value)))
        if spelled is not None:
            number = make(Number, (), spelled)
            return negation(number) if value < 0 else number
    return rational(value)


def _decimal(value: Fraction) -> str | None:
    places = 0
    rest = value.denominator
    while rest % 10 == 0:
        rest //= 10
        places += 1
    for prime in (2, 5):
        extra = 0
        while rest % prime == 0:
            rest //= prime
            extra += 1
        places += extra
    if rest != 1 or places > 60:
        return None
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}".rstrip("0")


def _literals(arguments: tuple[Expression, ...]) -> list[tuple[int, Fraction | int]]:
    found = []
    for i, a in enumerate(arguments):
        if type(a) in _LITERAL:
            value = rational_value(a)
            if value is not None:
                found.append((i, value))
    return found


def added(m: Match) -> Expression | None:
    """x + 2 + 3  →  x + 5"""
    terms = m.node.arguments
    literals = _literals(terms)
    if len(literals) < 2:
        return None
    total = sum(value for _, value in literals)
    number = written(total, point=any(has_point(terms[i]) for i, _ in literals))
    if number is None:
        return None
    where = {i for i, _ in literals}
    first = literals[0][0]
    kept = [number if i == first else t for i, t in enumerate(terms) if i == first or i not in where]
    if total == 0:
        kept.remove(number)
    return sum_of(kept)


def multiplied(m: Match) -> Expression | None:
    """2*x*3  →  6*x"""
    factors = m.node.arguments
    literals = _literals(factors)
    if not literals or (len(literals) == 1 and literals[0][0] == 0):
        return None
    value: Fraction | int = 1
    for _, v in literals:
        value *= v
    number = written(value, point=any(has_point(factors[i]) for i, _ in literals))
    if number is None:
        return None
    where = {i for i, _ in literals}
    rest = [f for i, f in enumerate(factors) if i not in where]
    if value == 1:
        return product_of(rest)
    if value < 0 and rest:
        positive = written(-value, point=has_point(number))
        return negation(product_of([positive, *rest] if value != -1 else rest))  # type: ignore[list-item]
    return product_of([number, *rest])


def divided(m: Match) -> Expression | None:
    """6/4  →  3/2"""
    top, bottom = m.node.arguments
    a, b = rational_value(top), rational_value(bottom)
    if a is None or b is None or b == 0:
        return None
    if type(top) is type(bottom) is Number and type(a) is type(b) is int and b > 1 and gcd(a, b) == 1:
        return None  # 3/2 is written so
    result = written(Fraction(a) / b, point=has_point(top) or has_point(bottom))
    return None if result == m.node else result


def reduced(m: Match) -> Expression | None:
    """6*x/(4*y)  →  3*x/(2*y)"""
    top, bottom = m.node.arguments
    a, b = _leading(top), _leading(bottom)
    if b == 0 or (a == 1 and b == 1):
        return None
    ratio = Fraction(a) / b
    if b == ratio.denominator or (a == 0):
        return None
    above, below = _without_leading(top), _without_leading(bottom)
    p, q = rational(ratio.numerator), rational(ratio.denominator)
    numerator = product_of([*([] if ratio.numerator == 1 and above else [p]), *above])
    if ratio.denominator == 1 and not below:
        return numerator
    denominator = product_of([*([] if ratio.denominator == 1 else [q]), *below])
    return make(Quotient, (numerator, denominator))


def _leading(e: Expression) -> Fraction | int:
    first = e.arguments[0] if type(e) is Product else e
    return first.value if type(first) is Number else 1


def _without_leading(e: Expression) -> tuple[Expression, ...]:
    if type(e) is Number:
        return ()
    if type(e) is Product:
        return e.arguments[1:] if type(e.arguments[0]) is Number else e.arguments
    return (e,)


def raised(m: Match) -> Expression | None:
    """2^3  →  8"""
    base, exponent = m.node.arguments
    if type(base) not in _LITERAL:
        return None
    b, n = rational_value(base), integer_value(exponent)
    if b is None or n is None or (b == 0 and n <= 0):
        return None
    b = Fraction(b)
    if abs(n) * max(b.numerator.bit_length(), b.denominator.bit_length()) > MAX_BITS and abs(b) != 1 and b != 0:
        return None
    if b == 0:
        n = 1
    elif abs(b) == 1:
        n = n % 2 if n > 0 else -(-n % 2)
    return written(b**n, point=has_point(base))


def exact_root(m: Match) -> Expression | None:
    """8^(2/3)  →  4"""
    base, exponent = m.node.arguments
    if type(base) not in _LITERAL:
        return None
    b, q = rational_value(base), rational_value(exponent)
    if b is None or q is None or q.denominator == 1 or b <= 0 or not -64 <= q <= 64:
        return None
    b, q = Fraction(b), Fraction(q)
    top, bottom = _integer_root(b.numerator, q.denominator), _integer_root(b.denominator, q.denominator)
    return None if top is None or bottom is None else written(Fraction(top, bottom) ** q.numerator, point=False)


def _integer_root(n: int, k: int) -> int | None:
    if k > 64 or n.bit_length() > 1000:
        return None
    low, high = 0, 1 << (n.bit_length() // k + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**k <= n:
            low = middle
        else:
            high = middle - 1
    return low if low**k == n else None


def halves_only(m: Match) -> Expression | None:
    """6/4  →  the numerator alone is divided, which is wrong"""
    top, bottom = m.node.arguments
    a, b = integer_value(top), integer_value(bottom)
    if a is None or b is None or a == 0 or b == 0 or abs(b) == 1 or gcd(a, b) in (0, 1):
        return None
    return make(Quotient, (rational(Fraction(a, gcd(a, b))), bottom))


ADD = Rule(
    "arithmetic.add", "?u + ??rest", added, among=("number", "negation", "quotient"),
    examples=(("x + 2 + 3", "x + 5"), ("1/2 + 1/3", "5/6"), ("0.5 + x + 0.25", "0.75 + x"), ("x + 2", None)),
    mistakes=(Mistake("numbers-multiplied-instead", lambda m: _multiplied_instead(m)),),
    weight="minor",
)  # fmt: skip
MULTIPLY = Rule(
    "arithmetic.multiply", "?u*??rest", multiplied, among=("number", "negation", "quotient"),
    examples=(("2*x*3", "6*x"), ("x*3", "3*x"), ("2*3", "6"), ("2*x", None)),
    mistakes=(Mistake("numbers-added-instead", lambda m: _added_instead(m)),),
    weight="minor",
)  # fmt: skip
DIVIDE = Rule(
    "arithmetic.divide", "?u/?v", divided, among=("number", "negation", "quotient"),
    examples=(("6/4", "3/2"), ("6/3", "2"), ("x/3", None), ("1/2", None), ("1/0", None)),
    mistakes=(Mistake("only-numerator-reduced", halves_only),),
    weight="minor",
)  # fmt: skip
REDUCE = Rule(
    "arithmetic.reduce", "?u/?v", reduced, among=("number", "product"),
    examples=(("6*x/4", "3*x/2"), ("2*x/(2*y)", "x/y"), ("3*x/2", None), ("x/y", None)),
    weight="minor",
)  # fmt: skip
RAISE = Rule(
    "arithmetic.power", "?u^?n", raised,
    examples=(("2^3", "8"), ("(2/3)^2", "4/9"), ("(-2)^3", "-8"), ("0^2", "0"), ("0^0", None), ("9^387420489", None)),
    mistakes=(Mistake("power-as-multiple", lambda m: _base_times_exponent(m)),),
    weight="minor",
)  # fmt: skip
EXACT_ROOT = Rule(
    "arithmetic.root", "?u^?q", exact_root,
    examples=(("8^(2/3)", "4"), ("2^(1/2)", None)),
    weight="minor",
)  # fmt: skip


def _base_times_exponent(m: Match) -> Expression | None:
    b, n = rational_value(m["u"]), integer_value(m["n"])
    return None if b is None or n is None or raised(m) is None or b * n == Fraction(b) ** n else rational(b * n)


def _multiplied_instead(m: Match) -> Expression | None:
    values = [rational_value(t) for t in m.node.arguments]
    if len(values) != 2 or None in values:
        return None
    a, b = values
    return None if a * b == a + b else rational(a * b)  # type: ignore[operator]


def _added_instead(m: Match) -> Expression | None:
    values = [rational_value(t) for t in m.node.arguments]
    if len(values) != 2 or None in values:
        return None
    a, b = values
    return None if a * b == a + b else rational(a + b)  # type: ignore[operator]
