"""Rules for powers and for calls whose value is plain: powers of powers, products, roots; ln 1, sin 0, sqrt 4."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import factorial, floor, isqrt

from derive.expressions import (
    ONE, ZERO, Call, E, Constant, Expression, Negation, Substitution, call, equation, integer_value,
    negation, postorder, power, product_of, rational, rational_value, put_in, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.conditions import positive, whole
from derive.rules.model import Match, Mistake, Rule

MAX_FACTORIAL = 200  # 200! has 1,245 bits


def power_of_power(m: Match) -> Expression | None:
    """(x^2)^3  →  x^6"""
    a, n = rational_value(m["a"]), integer_value(m["n"])
    if n is None:
        return None
    if a is None:
        return power(m["u"], product_of([m["n"], m["a"]]))
    total = a * n
    return ONE if total == 0 else m["u"] if total == 1 else power(m["u"], rational(total))


def powers_added(m: Match) -> Expression | None:
    """(x^2)^3  →  x^5, which is wrong"""
    a, n = rational_value(m["a"]), integer_value(m["n"])
    return None if a is None or n is None or a + n == a * n else power(m["u"], rational(a + n))


def power_of_each(m: Match) -> Expression | None:
    """(2*x)^2  →  2^2*x^2"""
    return product_of([power(f, m["n"]) for f in (m["u"], *m.run("rest"))])


def power_of_first_only(m: Match) -> Expression | None:
    """(2*x)^2  →  2*x^2, which is wrong"""
    first, *rest = (m["u"], *m.run("rest"))
    return product_of([first, *(power(f, m["n"]) for f in rest)])


def power_of_negation(m: Match) -> Expression | None:
    """(-x)^2  →  x^2,   (-x)^3  →  -x^3"""
    n = integer_value(m["n"])
    if n is None:
        return None
    result = power(m["u"], m["n"])
    return negation(result) if n % 2 else result


def sign_kept_outside(m: Match) -> Expression | None:
    """(-x)^2  →  -x^2, which is wrong"""
    n = integer_value(m["n"])
    return None if n is None or n % 2 else negation(power(m["u"], m["n"]))


def power_of_root(m: Match) -> Expression | None:
    """sqrt(x)^4  →  x^2"""
    n = integer_value(m["n"])
    if n is None or n % 2 or n == 0:
        return None
    return m["u"] if n == 2 else power(m["u"], rational(n // 2))


_AT_ZERO = {
    "sin": ZERO, "tan": ZERO, "asin": ZERO, "atan": ZERO, "sinh": ZERO, "tanh": ZERO, "asinh": ZERO, "atanh": ZERO,
    "erf": ZERO, "sqrt": ZERO, "cbrt": ZERO, "abs": ZERO, "sign": ZERO, "floor": ZERO, "ceil": ZERO, "relu": ZERO,
    "cos": ONE, "sec": ONE, "cosh": ONE, "sech": ONE, "exp": ONE, "factorial": ONE, "sinc": ONE,
}  # fmt: skip


def value(m: Match) -> Expression | None:
    """ln(1)  →  0,   sqrt(4)  →  2,   abs(-3)  →  3"""
    node = m.node
    if type(node) is not Call or len(node.arguments) != 1 or not isinstance(node.label, str):
        return None
    argument = node.arguments[0]
    if type(argument) is Constant:
        return ONE if node.label == "ln" and argument.label == "e" else None
    q = rational_value(argument)
    if q is None:
        return None
    if q == 0:
        return _AT_ZERO.get(node.label)
    if q == 1 and node.label in ("ln", "acosh"):
        return ZERO
    if q == 1 and node.label == "exp":
        return E
    return _of_number(node.label, Fraction(q))


def _of_number(name: str, q: Fraction) -> Expression | None:
    match name:
        case "sqrt" if q > 0 and q.numerator.bit_length() < 2000 > q.denominator.bit_length():
            a, b = isqrt(q.numerator), isqrt(q.denominator)
            return rational(Fraction(a, b)) if a * a == q.numerator and b * b == q.denominator else None
        case "abs":
            return rational(abs(q))
        case "sign":
            return rational(1 if q > 0 else -1)
        case "floor":
            return rational(floor(q))
        case "ceil":
            return rational(-floor(-q))
        case "relu":
            return rational(max(q, Fraction(0)))
        case "factorial" if q.denominator == 1 and 0 < q <= MAX_FACTORIAL:
            return rational(factorial(int(q)))
        case "gamma" if q.denominator == 1 and 0 < q <= MAX_FACTORIAL:
            return rational(factorial(int(q) - 1))
        case _:
            return None


def substituted(m: Match) -> Expression | None:
    """at(x^2, x = 3)  →  3^2"""
    node = m.node
    if type(node) is not Substitution:
        return None
    if node.operand.open or any(type(n) is Substitution for n in postorder(node.operand)):
        return None
    return put_in(node.operand, dict(node.assignments))


def even_root(m: Match) -> Expression | None:
    """sqrt(x^2)  →  abs(x)"""
    n = integer_value(m["n"])
    if n is None or n % 2 or n <= 0:
        return None
    inner = m["u"] if n == 2 else power(m["u"], rational(n // 2))
    return call("abs", inner) if n // 2 % 2 else inner


def parity(m: Match) -> Expression | None:
    """cos(-x)  →  cos(x),   sin(-x)  →  -sin(x)"""
    node = m.node
    row = FUNCTIONS.get(node.label) if isinstance(node.label, str) else None
    if row is None or len(node.arguments) != 1 or not (row.odd or row.even):
        return None
    inner = _opposite(node.arguments[0])
    if inner is None:
        return None
    return call(row.name, inner) if row.even else negation(call(row.name, inner))


def _opposite(e: Expression) -> Expression | None:
    """-u as u, and -u - v as u + v."""
    if type(e) is Negation:
        return e.arguments[0]
    if e.kind == "sum" and all(type(t) is Negation for t in e.arguments):
        return sum_of(t.arguments[0] for t in e.arguments)
    return None


def sign_through(m: Match) -> Expression | None:
    """cos(-x)  →  -cos(x), which is wrong"""
    right = parity(m)
    if right is None:
        return None
    return right.arguments[0] if type(right) is Negation else negation(right)


def power_from_logarithm(m: Match) -> Expression | None:
    """e^(2*ln(x))  →  x^2"""
    factors = (m["u"], *m.run("rest"))
    logarithms = [f for f in factors if type(f) is Call and f.label == "ln"]
    if len(logarithms) != 1:
        return None
    return power(logarithms[0].arguments[0], product_of(f for f in factors if f is not logarithms[0]))


def logarithm_base(m: Match) -> Iterator[Expression]:
    """The argument of the logarithm is positive."""
    for f in (m["u"], *m.run("rest")):
        if type(f) is Call and f.label == "ln":
            yield equation(f.arguments[0], ">", ZERO)


FIRST = Rule(
    "power.one", "?u^1", "?u",
    examples=(("x^1", "x"), ("x^2", None)),
    weight="minor",
)  # fmt: skip
ZEROTH = Rule(
    "power.zero", "?u^0", "1", assumes=("?u != 0",),
    mistakes=(Mistake("zeroth-power-is-zero", "0"),),
    examples=(("x^0", "1"), ("x^2", None)),
    weight="minor",
)  # fmt: skip
OF_ONE = Rule(
    "power.of-one", "1^?n", "1",
    mistakes=(Mistake("power-of-one-is-exponent", "?n"),),
    examples=(("1^x", "1"), ("x^1", None)),
    weight="minor",
)  # fmt: skip
OF_POWER = Rule(
    "power.of-power", "(?u^?a)^?n", power_of_power, given=(whole("n"),),
    mistakes=(Mistake("exponents-added", powers_added),),
    examples=(("(x^2)^3", "x^6"), ("(x^a)^2", "x^(2*a)"), ("(x^2)^(1/2)", None)),
    weight="minor",
)  # fmt: skip
OF_PRODUCT = Rule(
    "power.of-product", "(?u*??rest)^?n", power_of_each, given=(whole("n"),),
    mistakes=(Mistake("power-of-first-factor-forgotten", power_of_first_only),),
    examples=(("(2*x)^2", "2^2*x^2"), ("(2*x)^(1/2)", None), ("(2 + x)^2", None)),
    weight="minor",
)  # fmt: skip
OF_QUOTIENT = Rule(
    "power.of-quotient", "(?u/?v)^?n", "?u^?n/?v^?n", given=(whole("n"),), assumes=("?v != 0",),
    mistakes=(Mistake("power-of-denominator-forgotten", "?u^?n/?v"),),
    examples=(("(x/2)^2", "x^2/2^2"), ("(x/2)^(1/2)", None)),
    weight="minor",
)  # fmt: skip
OF_NEGATION = Rule(
    "power.of-negation", "(-?u)^?n", power_of_negation, given=(whole("n"),),
    mistakes=(Mistake("even-power-keeps-minus", sign_kept_outside),),
    examples=(("(-x)^2", "x^2"), ("(-x)^3", "-x^3"), ("-x^2", None)),
    weight="minor",
)  # fmt: skip
OF_ROOT = Rule(
    "power.of-root", "sqrt(?u)^?n", power_of_root, assumes=("?u >= 0",),
    examples=(("sqrt(x)^2", "x"), ("sqrt(x)^3", None)),
    weight="minor",
)  # fmt: skip
OF_ABSOLUTE = Rule(
    "power.of-absolute", "abs(?u)^?n", lambda m: power(m["u"], m["n"]) if integer_value(m["n"]) % 2 == 0 else None,  # type: ignore[operator]
    given=(whole("n"),),
    examples=(("abs(x)^2", "x^2"), ("abs(x)^3", None)),
    weight="minor",
)  # fmt: skip
ROOT_OF_POWER = Rule(
    "root.of-even-power", "sqrt(?u^?n)", even_root,
    mistakes=(Mistake("root-of-square-without-bars", lambda m: m["u"] if integer_value(m["n"]) == 2 else None),),
    examples=(("sqrt(x^2)", "abs(x)"), ("sqrt(x^4)", "x^2"), ("sqrt(x^3)", None)),
)  # fmt: skip
OF_POSITIVE = Rule(
    "absolute.of-positive", "abs(?u)", "?u", given=(positive("u"),),
    examples=(("abs(e^x)", "e^x"), ("abs(x)", None)),
    weight="minor",
)  # fmt: skip
EXPONENTIAL_OF_LOGARITHM = Rule(
    "logarithm.inverse", "e^ln(?u)", "?u", assumes=("?u > 0",),
    examples=(("e^ln(x)", "x"), ("e^x", None)),
)  # fmt: skip
LOGARITHM_OF_EXPONENTIAL = Rule(
    "logarithm.of-exponential", "ln(e^?u)", "?u",
    mistakes=(Mistake("logarithm-of-exponential-kept", "e^?u"),),
    examples=(("ln(e^x)", "x"), ("ln(x)", None)),
)  # fmt: skip
VALUE = Rule(
    "call.value", "?u", value,
    examples=(("ln(1)", "0"), ("sqrt(9/4)", "3/2"), ("abs(-3)", "3"), ("cos(0)", "1"), ("sqrt(2)", None)),
    weight="minor", kind="call", among=("number", "constant", "negation", "quotient"),
)  # fmt: skip
SUBSTITUTE = Rule(
    "substitution.value", "?u", substituted,
    examples=(("at(x^2, x = 3)", "3^2"), ("x^2", None)), kind="substitution",
)  # fmt: skip

PARITY = Rule(
    "call.parity", "?u", parity, kind="call", among=("negation", "sum"),
    mistakes=(Mistake("minus-through-the-function", sign_through),),
    examples=(("cos(-x)", "cos(x)"), ("sin(-x)", "-sin(x)"), ("sin(x)", None), ("exp(-x)", None)),
    weight="minor",
)  # fmt: skip
POWER_FROM_LOGARITHM = Rule(
    "logarithm.power", "e^(?u*??rest)", power_from_logarithm, assumes=logarithm_base,
    examples=(("e^(2*ln(x))", "x^2"), ("e^(2*x)", None)),
)  # fmt: skip

CALLS = (VALUE, PARITY, ROOT_OF_POWER, OF_POSITIVE, LOGARITHM_OF_EXPONENTIAL)
