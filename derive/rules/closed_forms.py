"""Derivatives of order n, for a letter n, where there is a closed form; Leibniz' rule for a polynomial factor."""

from __future__ import annotations

from collections.abc import Iterator
from math import factorial

from derive.expressions import (
    ONE, PI, TWO, ZERO, Derivative, E, Expression, Negation, Piecewise, Power, Product, Quotient, Sum, Symbol, call,
    equation, integer_value, make, natural, negation, power, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.conditions import free_of, satisfies
from derive.rules.model import Match, Mistake, Rule

MAX_DEGREE = 6  # of the polynomial in Leibniz' rule: seven terms


def _d(m: Match, u: Expression, order: Expression) -> Expression:
    return make(Derivative, (u, m["x"], order), m.partial) if order != ZERO else u


def _slope(m: Match, u: Expression) -> Expression | None:
    """a of a*x + b; None where u is not linear in x."""
    x, depends = m["x"], m.facts.depends
    if u == x:
        return ONE
    if type(u) is Negation:
        inner = _slope(m, u.operand)
        return None if inner is None else negation(inner)
    if type(u) is Quotient and not depends(u.denominator, x):
        inner = _slope(m, u.numerator)
        return None if inner is None else quotient(inner, u.denominator)
    if type(u) is Product:
        others = [f for f in u.arguments if f != x]
        if any(f == ZERO for f in others):
            return None
        return product_of(others) if len(others) == len(u.arguments) - 1 and not _any(m, others) else None
    if type(u) is Sum:
        varying = [t for t in u.arguments if depends(t, x)]
        return _slope(m, varying[0]) if len(varying) == 1 else None
    return None


def _any(m: Match, parts: list[Expression]) -> bool:
    return any(m.facts.depends(p, m["x"]) for p in parts)


def _times(a: Expression, m: Match, *factors: Expression) -> Expression:
    """a^n times the factors, without 1^n."""
    return product_of([*([] if a == ONE else [power(a, m["n"])]), *factors])


def _less(n: Expression, k: int) -> Expression:
    """n - k; (n - 1) - 1 is written n - 2."""
    if k and type(n) is Sum and len(n.arguments) == 2:
        first, last = n.arguments
        inner = integer_value(last)
        if inner is not None and inner < 0:
            return sum_of([first, negation(natural(k - inner))])
    return sum_of([n, negation(natural(k))]) if k else n


def exponential(m: Match) -> Expression | None:
    """d^n/dx^n(e^(a*x + b))  →  a^n*e^(a*x + b),   d^n/dx^n(2^x)  →  ln(2)^n*2^x"""
    base, u = m["b"], m["u"]
    a = _slope(m, u)
    if a is None or m.facts.depends(base, m["x"]):
        return None
    if base != E:
        a = call("ln", base) if a == ONE else product_of([a, call("ln", base)])
    return _times(a, m, m.node.arguments[0])


def slope_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(e^(2*x))  →  e^(2*x), which is wrong"""
    return None if exponential(m) is None else m.node.arguments[0]


def slope_once(m: Match) -> Expression | None:
    """d^n/dx^n(e^(2*x))  →  2*e^(2*x), which is wrong"""
    a = _slope(m, m["u"])
    return None if a is None or exponential(m) is None else product_of([a, m.node.arguments[0]])


def base_positive(m: Match) -> Iterator[Expression]:
    """The base of an exponential is positive."""
    if m["b"] != E:
        yield equation(m["b"], ">", ZERO)


def _turned(m: Match, *, quarter: bool) -> Expression | None:
    u = m["u"]
    a = _slope(m, u)
    if a is None:
        return None
    terms = u.arguments if type(u) is Sum else (u,)
    turns = quotient(product_of([m["n"], PI]), TWO)
    f = m.node.arguments[0]
    return _times(a, m, call(f.name, sum_of([*terms, turns]) if quarter else u))  # type: ignore[attr-defined]


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
    a, n = _slope(m, m["u"]), m["n"]
    if a is None:
        return None
    before = _less(n, 1)
    return quotient(_times(a, m, _sign(before), call("factorial", before)), power(m["u"], n))


def factorial_left_out(m: Match) -> Expression | None:
    """d^n/dx^n(ln(1 + x))  →  (-1)^(n - 1)/(1 + x)^n, which is wrong"""
    a, n = _slope(m, m["u"]), m["n"]
    return None if a is None else quotient(_times(a, m, _sign(_less(n, 1))), power(m["u"], n))


def _reciprocal(m: Match, *sign: Expression) -> Expression | None:
    a, n, c = _slope(m, m["u"]), m["n"], m["c"]
    if a is None:
        return None
    above = [*([] if c == ONE else [c]), *sign, call("factorial", n)]
    return quotient(_times(a, m, *above), power(m["u"], sum_of([n, ONE])))


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


def constants_in_front(m: Match) -> Expression | None:
    """d^n/dx^n(3*sin(x))  →  3*d^n/dx^n(sin(x))"""
    factors = (m["u"], *m.run("rest"))
    constant = [f for f in factors if not m.facts.depends(f, m["x"])]
    varying = [f for f in factors if m.facts.depends(f, m["x"])]
    return product_of([*constant, _d(m, product_of(varying), m["n"])]) if constant and varying else None


def constants_raised(m: Match) -> Expression | None:
    """d^n/dx^n(3*sin(x))  →  3^n*d^n/dx^n(sin(x)), which is wrong"""
    right = constants_in_front(m)
    if right is None:
        return None
    *constant, last = right.arguments
    return product_of([*[power(c, m["n"]) for c in constant], last])


def term_by_term(m: Match) -> Expression:
    """d^n/dx^n(u - v)  →  d^n/dx^n(u) - d^n/dx^n(v)"""
    terms = (m["u"], *m.run("rest"))
    return sum_of(negation(_d(m, t.operand, m["n"])) if type(t) is Negation else _d(m, t, m["n"]) for t in terms)


def signs_lost(m: Match) -> Expression | None:
    """d^n/dx^n(u - v)  →  d^n/dx^n(u) + d^n/dx^n(v), which is wrong"""
    terms = (m["u"], *m.run("rest"))
    if not any(type(t) is Negation for t in terms):
        return None
    return sum_of(_d(m, t.operand if type(t) is Negation else t, m["n"]) for t in terms)


def _degree(m: Match, u: Expression) -> int | None:
    """The degree of u as a polynomial in x, None where it is none."""
    x = m["x"]
    if not m.facts.depends(u, x):
        return 0
    if u == x:
        return 1
    if type(u) is Negation:
        return _degree(m, u.operand)
    if type(u) is Power and u.base == x:
        n = integer_value(u.exponent)
        return n if n is not None and n > 0 else None
    if type(u) is Product or type(u) is Sum:
        parts = [_degree(m, a) for a in u.arguments]
        known = [p for p in parts if p is not None]
        if len(known) < len(parts):
            return None
        return sum(known) if type(u) is Product else max(known)
    return None


def _leibniz(m: Match, terms: int | None = None) -> Expression | None:
    factors = (m["u"], *m.run("rest"))
    plain = [f for f in factors if _degree(m, f) is not None]
    others = [f for f in factors if _degree(m, f) is None]
    p, g = product_of(plain), product_of(others)
    k = _degree(m, p) if plain and others else None
    if k is None or not 1 <= k <= MAX_DEGREE:
        return None
    n = m["n"]
    found = []
    for j in range(k + 1 if terms is None else terms):
        falls = [_less(n, i) for i in range(j)]
        choose = product_of(falls) if j < 2 else quotient(product_of(falls), natural(factorial(j)))
        found.append(product_of([*([choose] if j else []), _d(m, p, natural(j)), _d(m, g, _less(n, j))]))
    return sum_of(found)


def leibniz(m: Match) -> Expression | None:
    """d^n/dx^n(x*u)  →  x*d^n/dx^n(u) + n*d/dx(x)*d^(n - 1)/dx^(n - 1)(u)"""
    return _leibniz(m)


def first_term_only(m: Match) -> Expression | None:
    """d^n/dx^n(x*u)  →  x*d^n/dx^n(u), which is wrong"""
    return _leibniz(m, 1)


def _is_letter(m: Match) -> bool:
    n = m["n"]
    if type(n) is Sum and len(n.arguments) == 2 and integer_value(n.arguments[1]) is not None:
        n = n.arguments[0]
    return type(n) is Symbol and n != m["x"]


_letter = satisfies("n is a letter", _is_letter)
_at_least_one = ("?n >= 1",)

CONSTANT = Rule(
    "nth.constant", "d^?n/d?x^?n(?c)", "0", given=(_letter, free_of("c", "x")), assumes=("?n >= 1",),
    mistakes=(Mistake("nth-constant-kept", "?c"),),
    examples=(("d^n/dx^n(5)", "0"), ("d^n/dx^n(x)", None)),
    weight="minor",
)  # fmt: skip
VARIABLE = Rule(
    "nth.variable", "d^?n/d?x^?n(?x)", "0", given=(_letter,), assumes=("?n >= 2",),
    mistakes=(Mistake("nth-variable-becomes-one", "1"),),
    examples=(("d^n/dx^n(x)", "0"), ("d/dx(x)", None)),
    weight="minor",
)  # fmt: skip
NEGATION = Rule(
    "nth.negation", "d^?n/d?x^?n(-?u)", "-d^?n/d?x^?n(?u)", given=(_letter,),
    mistakes=(Mistake("nth-minus-dropped", "d^?n/d?x^?n(?u)"),),
    examples=(("d^n/dx^n(-sin(x))", "-d^n/dx^n(sin(x))"), ("d^2/dx^2(-sin(x))", None)),
    weight="minor",
)  # fmt: skip
CONSTANT_DENOMINATOR = Rule(
    "nth.constant-denominator", "d^?n/d?x^?n(?u/?c)", "d^?n/d?x^?n(?u)/?c",
    given=(_letter, free_of("c", "x")),
    mistakes=(Mistake("nth-denominator-lost", "d^?n/d?x^?n(?u)"),),
    examples=(("d^n/dx^n(sin(x)/3)", "d^n/dx^n(sin(x))/3"), ("d^n/dx^n(3/x)", None)),
    weight="minor",
)  # fmt: skip
CONSTANT_MULTIPLE = Rule(
    "nth.constant-multiple", "d^?n/d?x^?n(?u*??rest)", constants_in_front, given=(_letter,),
    mistakes=(Mistake("nth-constants-raised", constants_raised),),
    examples=(("d^n/dx^n(3*sin(x))", "3*d^n/dx^n(sin(x))"), ("d^2/dx^2(3*sin(x))", None)),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "nth.sum", "d^?n/d?x^?n(?u + ??rest)", term_by_term, given=(_letter,),
    mistakes=(Mistake("nth-signs-lost", signs_lost),),
    examples=(
        ("d^n/dx^n(e^x - sin(x))", "d^n/dx^n(e^x) - d^n/dx^n(sin(x))"),
        ("d^2/dx^2(e^x - sin(x))", None),
    ),
)  # fmt: skip
EXPONENTIAL = Rule(
    "nth.exponential", "d^?n/d?x^?n(?b^?u)", exponential, given=(_letter, free_of("b", "x")), assumes=base_positive,
    mistakes=(Mistake("nth-slope-left-out", slope_left_out), Mistake("nth-slope-once", slope_once)),
    examples=(
        ("d^n/dx^n(e^(2*x))", "2^n*e^(2*x)"),
        ("d^n/dx^n(2^x)", "ln(2)^n*2^x"),
        ("d^n/dx^n(e^(x^2))", None),
    ),
)  # fmt: skip
SINE = Rule(
    "nth.sine", "d^?n/d?x^?n(sin(?u))", quarter_turns, given=(_letter,),
    mistakes=(Mistake("sine-turns-left-out", turns_left_out),),
    examples=(("d^n/dx^n(sin(3*x))", "3^n*sin(3*x + n*pi/2)"), ("d^n/dx^n(sin(x^2))", None)),
)  # fmt: skip
COSINE = Rule(
    "nth.cosine", "d^?n/d?x^?n(cos(?u))", quarter_turns, given=(_letter,),
    mistakes=(Mistake("cosine-turns-left-out", turns_left_out),),
    examples=(("d^n/dx^n(cos(x + 1))", "cos(x + 1 + n*pi/2)"), ("d^n/dx^n(cos(x^2))", None)),
)  # fmt: skip
LOGARITHM = Rule(
    "nth.logarithm", "d^?n/d?x^?n(ln(?u))", logarithm, given=(_letter,), assumes=_at_least_one,
    mistakes=(Mistake("nth-factorial-left-out", factorial_left_out),),
    examples=(
        ("d^n/dx^n(ln(1 + x))", "(-1)^(n - 1)*factorial(n - 1)/(1 + x)^n"),
        ("d^n/dx^n(ln(1 + x^2))", None),
    ),
)  # fmt: skip
RECIPROCAL = Rule(
    "nth.reciprocal", "d^?n/d?x^?n(?c/?u)", reciprocal, given=(_letter, free_of("c", "x")),
    mistakes=(Mistake("nth-sign-left-out", sign_left_out),),
    examples=(
        ("d^n/dx^n(1/(1 + x))", "(-1)^n*factorial(n)/(1 + x)^(n + 1)"),
        ("d^n/dx^n(5/(3*x))", "3^n*5*(-1)^n*factorial(n)/(3*x)^(n + 1)"),
        ("d^n/dx^n(1/(1 + x^2))", None),
    ),
)  # fmt: skip
POWER = Rule(
    "nth.power", "d^?n/d?x^?n(?x^?k)", falling, given=(_letter,),
    mistakes=(Mistake("nth-factorial-kept", factorial_kept),),
    examples=(
        ("d^n/dx^n(x^5)", "piecewise(factorial(5)/factorial(5 - n)*x^(5 - n), n <= 5, 0)"),
        ("d^n/dx^n(x^(1/2))", None),
    ),
)  # fmt: skip
LEIBNIZ = Rule(
    "nth.leibniz", "d^?n/d?x^?n(?u*??rest)", leibniz, given=(_letter,),
    mistakes=(Mistake("leibniz-first-term-only", first_term_only),),
    examples=(
        ("d^n/dx^n(x*e^x)", "x*d^n/dx^n(e^x) + n*d/dx(x)*d^(n - 1)/dx^(n - 1)(e^x)"),
        ("d^n/dx^n(sin(x)*e^x)", None),
    ),
)  # fmt: skip
CLOSED_FORMS = (
    CONSTANT, VARIABLE, NEGATION, SUM, CONSTANT_MULTIPLE, CONSTANT_DENOMINATOR,
    EXPONENTIAL, SINE, COSINE, LOGARITHM, RECIPROCAL, POWER, LEIBNIZ,
)  # fmt: skip
