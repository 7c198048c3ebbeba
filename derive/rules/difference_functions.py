"""Difference quotients of roots, absolute values, sine, cosine, tangent, exponentials and logarithms."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ONE, ZERO, Call, Constant, Expression, Negation, Power, Product, Quotient, Sum, call, equation, integer_value,
    natural, negation, power, product_of, quotient, rational_value, sum_of,
)  # fmt: skip
from derive.rules.conditions import status
from derive.rules.factors import factors_of
from derive.rules.limit_shapes import (
    at_zero_limit, difference, increment, limit, minus, over, over_h, quotient_limit,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule
from derive.rules.polynomial import is_zero

MAX_INDEX = 6  # of a root that is made rational

# roots and absolute values: the conjugate


def _rooted(e: Expression) -> tuple[Expression, int, str] | None:
    """(u, n, kind) of sqrt(u), cbrt(u), root(u, n), u^(1/n); |u| counts as a square root of u^2."""
    if type(e) is Call and e.label in ("sqrt", "cbrt", "abs"):
        return e.arguments[0], 3 if e.label == "cbrt" else 2, "abs" if e.label == "abs" else "root"
    if type(e) is Call and e.label == "root":
        n = integer_value(e.arguments[1])
        return (e.arguments[0], n, "root") if n is not None and 2 <= n <= MAX_INDEX else None
    if type(e) is Power:
        q = rational_value(e.exponent)
        if q is not None and q.numerator == 1 and 2 <= q.denominator <= MAX_INDEX:
            return e.base, q.denominator, "root"
    return None


def _conjugate(m: Match) -> tuple[Expression, Expression, Expression] | None:
    """(what makes the top rational, the powers U, u that it makes of the two) of a difference of roots."""
    found = difference(m)
    rooted = _rooted(found.later) if found is not None else None
    if found is None or rooted is None:
        return None
    later, n, kind = rooted
    same = _rooted(found.now)
    if same is not None and same[1:] == rooted[1:]:
        now = same[0]
    elif found.now == ZERO:
        return None
    else:
        now = power(found.now, natural(n))
    if kind == "abs":
        later, now = power(later, natural(2)), power(now, natural(2)) if same is not None else now
    terms = [product_of([*_raised(found.later, n - 1 - k), *_raised(found.now, k)]) for k in range(n)]
    return sum_of(terms), later, now


def _raised(base: Expression, n: int) -> list[Expression]:
    return [] if n == 0 else [base] if n == 1 else [power(base, natural(n))]


def conjugate_multiplied(m: Match) -> Expression | None:
    """lim h->0 ((sqrt(x + h) - sqrt(x))/h)  →  lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(…)))"""
    found, made = difference(m), _conjugate(m)
    if found is None or made is None:
        return None
    if any(status(m.facts, r) is False or is_zero(r.arguments[0]) for r in inside_not_zero(m)):
        return None
    top = product_of([minus(found.later, found.now), made[0]])
    return limit(m, quotient(top, product_of([found.h, made[0]])))


def inside_not_zero(m: Match) -> Iterator[Expression]:
    """What stands under the root is positive, or not zero for an odd root or bars."""
    found = difference(m)
    if found is None:
        return
    rooted, same = _rooted(found.later), _rooted(found.now)
    assert rooted is not None
    inside = same[0] if same is not None and same[1:] == rooted[1:] else found.now
    yield equation(inside, "!=" if rooted[1] % 2 or rooted[2] == "abs" else ">", ZERO)


def same_factor_above(m: Match) -> Expression | None:
    """The top multiplied by the difference itself, not by the conjugate: (sqrt(x + h) - sqrt(x))^2 = x + h - x, wrong"""
    found, made = difference(m), _conjugate(m)
    if found is None or made is None:
        return None
    return limit(m, quotient(minus(made[1], made[2]), product_of([found.h, minus(found.later, found.now)])))


def conjugate_worked_out(m: Match) -> Expression | None:
    """lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(…)))  →  lim h->0 (((x + h) - x)/(h*(…)))"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or type(found.operand.numerator) is not Product:
        return None
    top, bottom = found.operand.arguments
    if len(top.arguments) != 2 or bottom != product_of([found.h, top.arguments[1]]):
        return None
    inner = _inner(m, top.arguments[0])
    made = _conjugate(inner) if inner is not None else None
    if made is None or made[0] != top.arguments[1]:
        return None
    return limit(m, quotient(minus(made[1], made[2]), bottom))


def _inner(m: Match, top: Expression) -> Match | None:
    """The match at the limit of top/h."""
    return Match(limit(m, quotient(top, m.node.arguments[1])), m.facts)


# sine, cosine, tangent: the addition theorems


def _shifted(m: Match, *names: str) -> tuple[str, Expression, Expression] | None:
    """(function, p, k) of lim h→0 ((f(p + k) - f(p))/h), k a multiple of h."""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    name = found.now.label
    if name not in names or found.later.label != name or found.now.arguments[0] == ZERO:
        return None
    p = found.now.arguments[0]
    k = increment(found.later.arguments[0], p, found.h, m.facts)
    return None if k is None else (str(name), p, k)


def sine_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((sin(x + h) - sin(x))/h)  →  lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)"""
    found = _shifted(m, "sin")
    if found is None:
        return None
    _, p, k = found
    s, c = call("sin", p), call("cos", p)
    first = product_of([s, call("cos", k)])
    top = sum_of([first, product_of([c, call("sin", k)]), negation(s)])
    return limit(m, quotient(top, m.node.arguments[1]))


def cosine_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((cos(x + h) - cos(x))/h)  →  lim h->0 ((cos(x)*cos(h) - sin(x)*sin(h) - cos(x))/h)"""
    found = _shifted(m, "cos")
    if found is None:
        return None
    _, p, k = found
    s, c = call("sin", p), call("cos", p)
    second = negation(product_of([s, call("sin", k)]))
    return limit(m, quotient(sum_of([product_of([c, call("cos", k)]), second, negation(c)]), m.node.arguments[1]))


def sine_split(m: Match) -> Expression | None:
    """sin(x + h) taken for sin(x) + sin(h), which is wrong"""
    found = _shifted(m, "sin", "cos")
    if found is None:
        return None
    name, p, k = found
    top = sum_of([call(name, p), call(name, k), negation(call(name, p))])
    return limit(m, quotient(top, m.node.arguments[1]))


def sorted_by_factor(m: Match) -> Expression | None:
    """lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)  →  … sin(x)*((cos(h) - 1)/h) + cos(x)*(sin(h)/h)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    top = found.operand.numerator
    if type(top) is not Sum or len(top.arguments) != 3 or type(top.arguments[2]) is not Negation:
        return None
    first, second, third = top.arguments
    minus_sign = type(second) is Negation
    second = second.arguments[0] if minus_sign else second
    a, b = factors_of(first), factors_of(second)
    if len(a) != 2 or len(b) != 2 or a[0] != third.arguments[0] or a[1].label != "cos" or b[1].label != "sin":
        return None
    if over_h(a[1].arguments[0], found.h, m.facts) is None or a[1].arguments != b[1].arguments:
        return None
    left = product_of([a[0], quotient(minus(a[1], ONE), found.h)])
    right = product_of([b[0], quotient(b[1], found.h)])
    return limit(m, sum_of([left, negation(right) if minus_sign else right]))


def tangents_subtracted(m: Match) -> Expression | None:
    """lim h->0 ((tan(x + h) - tan(x))/h)  →  lim h->0 (sin(h)/(h*cos(x + h)*cos(x)))"""
    found = difference(m)
    shifted = _shifted(m, "tan", "cot")
    if found is None or shifted is None:
        return None
    name, p, k = shifted
    below = "cos" if name == "tan" else "sin"
    later = call(below, found.later.arguments[0])
    result = quotient(call("sin", k), product_of([found.h, later, call(below, p)]))
    return limit(m, result if name == "tan" else negation(result))


def tangent_of_difference(m: Match) -> Expression | None:
    """tan(x + h) - tan(x) taken for tan(h), which is wrong"""
    shifted = _shifted(m, "tan", "cot")
    return None if shifted is None else limit(m, quotient(call("tan", shifted[2]), m.node.arguments[1]))


_RECIPROCALS = {"sec": "cos", "csc": "sin"}


def as_reciprocal(m: Match) -> Expression | None:
    """lim h->0 ((sec(x + h) - sec(x))/h)  →  lim h->0 ((1/cos(x + h) - 1/cos(x))/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    name = _RECIPROCALS.get(str(found.now.label))
    if name is None or found.later.label != found.now.label:
        return None
    a, b = (quotient(ONE, call(name, e.arguments[0])) for e in (found.later, found.now))
    return quotient_limit(m, a, b)


# exponentials and logarithms


def _exponents(m: Match) -> tuple[Expression, Expression, Expression] | None:
    """(a^k, a^p, a) of lim h→0 ((a^(p + k) - a^p)/h), k a multiple of h; exp(p) is written as it comes."""
    found = difference(m)
    if found is None:
        return None
    later, now, h = found
    if type(later) is Call and type(now) is Call and later.label == now.label == "exp":
        k = increment(later.arguments[0], now.arguments[0], h, m.facts)
        return None if k is None else (call("exp", k), now, later)
    if type(later) is not Power or type(now) is not Power or later.base != now.base or m.facts.depends(now.base, h):
        return None
    k = increment(later.exponent, now.exponent, h, m.facts)
    return None if k is None or now.exponent == ZERO else (power(now.base, k), now, now.base)


def exponential_of_sum(m: Match) -> Expression | None:
    """lim h->0 ((e^(x + h) - e^x)/h)  →  lim h->0 ((e^x*e^h - e^x)/h)"""
    found = _exponents(m)
    return None if found is None else quotient_limit(m, product_of([found[1], found[0]]), found[1])


def base_positive(m: Match) -> Iterator[Expression]:
    """The base is positive."""
    found = _exponents(m)
    if found is not None and type(found[1]) is Power and type(found[2]) is not Constant:
        yield equation(found[2], ">", ZERO)


def exponents_added(m: Match) -> Expression | None:
    """e^(x + h) taken for e^x + e^h, which is wrong"""
    found = _exponents(m)
    return None if found is None else quotient_limit(m, sum_of([found[1], found[0]]), found[1])


def exponential_taken_out(m: Match) -> Expression | None:
    """lim h->0 ((e^x*e^h - e^x)/h)  →  lim h->0 (e^x*((e^h - 1)/h))"""
    found = difference(m)
    if found is None or type(found.later) is not Product or len(found.later.arguments) != 2:
        return None
    kept, step = found.later.arguments
    if kept != found.now or m.facts.depends(kept, found.h):
        return None
    return limit(m, product_of([kept, quotient(minus(step, ONE), found.h)]))


def logarithms_subtracted(m: Match) -> Expression | None:
    """lim h->0 ((ln(x + h) - ln(x))/h)  →  lim h->0 (ln((x + h)/x)/h)"""
    found = difference(m)
    if found is None or _shifted(m, "ln") is None:
        return None
    inside = over(found.later.arguments[0], found.now.arguments[0])
    return limit(m, quotient(call("ln", inside), found.h)) if found.now.arguments[0] != ONE else None


def both_positive(m: Match) -> Iterator[Expression]:
    """The argument of the logarithm is positive."""
    found = difference(m)
    assert found is not None
    yield equation(found.now.arguments[0], ">", ZERO)


def logarithm_of_difference(m: Match) -> Expression | None:
    """ln(x + h) - ln(x) taken for ln(x + h - x), which is wrong"""
    shifted = _shifted(m, "ln")
    return None if shifted is None else limit(m, quotient(call("ln", shifted[2]), m.node.arguments[1]))


def one_plus(m: Match) -> Expression | None:
    """lim h->0 (ln((x + h)/x)/h)  →  lim h->0 (ln(1 + h/x)/h)"""
    found = at_zero_limit(m)
    if found is None or type(found.operand) is not Quotient or found.operand.denominator != found.h:
        return None
    top = found.operand.numerator
    if type(top) is not Call or top.label != "ln" or type(top.arguments[0]) is not Quotient:
        return None
    later, now = top.arguments[0].arguments
    if m.facts.depends(now, found.h):
        return None
    k = increment(later, now, found.h, m.facts)
    if k is None:
        return None
    return limit(m, quotient(call("ln", sum_of([ONE, quotient(k, now)])), found.h))


def base_changed(m: Match) -> Expression | None:
    """lim h->0 ((log(x + h, 2) - log(x, 2))/h)  →  lim h->0 ((ln(x + h)/ln(2) - ln(x)/ln(2))/h)"""
    found = difference(m)
    if found is None or type(found.later) is not Call or type(found.now) is not Call:
        return None
    if not found.later.label == found.now.label == "log" or found.later.arguments[1] != found.now.arguments[1]:
        return None
    a, b = (quotient(call("ln", e.arguments[0]), call("ln", e.arguments[1])) for e in (found.later, found.now))
    return quotient_limit(m, a, b)


CONJUGATE = Rule(
    "definition.conjugate", "?l", conjugate_multiplied, kind="limit", assumes=inside_not_zero,
    mistakes=(Mistake("conjugate-with-minus", same_factor_above),),
    examples=(
        ("lim h->0 ((sqrt(x + h) - sqrt(x))/h)",
         "lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(sqrt(x + h) + sqrt(x))))"),
        ("lim h->0 ((abs(x + h) - abs(x))/h)",
         "lim h->0 ((abs(x + h) - abs(x))*(abs(x + h) + abs(x))/(h*(abs(x + h) + abs(x))))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
CONJUGATE_PRODUCT = Rule(
    "definition.conjugate-product", "?l", conjugate_worked_out, kind="limit",
    examples=(
        ("lim h->0 ((sqrt(x + h) - sqrt(x))*(sqrt(x + h) + sqrt(x))/(h*(sqrt(x + h) + sqrt(x))))",
         "lim h->0 (((x + h) - x)/(h*(sqrt(x + h) + sqrt(x))))"),
        ("lim h->0 ((sqrt(x + h) - sqrt(x))/h)", None),
    ),
)  # fmt: skip
SINE = Rule(
    "definition.sine", "?l", sine_of_sum, kind="limit",
    mistakes=(Mistake("sine-of-sum-split", sine_split),),
    examples=(
        ("lim h->0 ((sin(x + h) - sin(x))/h)", "lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)"),
        ("lim h->0 ((sin((x + h)^2) - sin(x^2))/h)", None),
    ),
)  # fmt: skip
COSINE = Rule(
    "definition.cosine", "?l", cosine_of_sum, kind="limit",
    mistakes=(Mistake("cosine-of-sum-split", sine_split),),
    examples=(
        ("lim h->0 ((cos(x + h) - cos(x))/h)", "lim h->0 ((cos(x)*cos(h) - sin(x)*sin(h) - cos(x))/h)"),
        ("lim h->0 ((cos(1/(x + h)) - cos(1/x))/h)", None),
    ),
)  # fmt: skip
SORT = Rule(
    "definition.sort", "?l", sorted_by_factor, kind="limit",
    examples=(
        ("lim h->0 ((sin(x)*cos(h) + cos(x)*sin(h) - sin(x))/h)",
         "lim h->0 (sin(x)*((cos(h) - 1)/h) + cos(x)*(sin(h)/h))"),
        ("lim h->0 ((sin(x + h) - sin(x))/h)", None),
    ),
)  # fmt: skip
TANGENT = Rule(
    "definition.tangent", "?l", tangents_subtracted, kind="limit",
    mistakes=(Mistake("tangent-of-difference", tangent_of_difference),),
    examples=(
        ("lim h->0 ((tan(x + h) - tan(x))/h)", "lim h->0 (sin(h)/(h*cos(x + h)*cos(x)))"),
        ("lim h->0 ((cot(x + h) - cot(x))/h)", "lim h->0 (-(sin(h)/(h*sin(x + h)*sin(x))))"),
        ("lim h->0 ((tan((x + h)^2) - tan(x^2))/h)", None),
    ),
)  # fmt: skip
RECIPROCAL = Rule(
    "definition.reciprocal", "?l", as_reciprocal, kind="limit",
    examples=(
        ("lim h->0 ((sec(x + h) - sec(x))/h)", "lim h->0 ((1/cos(x + h) - 1/cos(x))/h)"),
        ("lim h->0 ((cos(x + h) - cos(x))/h)", None),
    ),
    weight="minor",
)  # fmt: skip
EXPONENTIAL = Rule(
    "definition.exponential", "?l", exponential_of_sum, kind="limit", assumes=base_positive,
    mistakes=(Mistake("exponential-of-sum-split", exponents_added),),
    examples=(
        ("lim h->0 ((e^(x + h) - e^x)/h)", "lim h->0 ((e^x*e^h - e^x)/h)"),
        ("lim h->0 ((2^(3*(x + h)) - 2^(3*x))/h)", "lim h->0 ((2^(3*x)*2^(3*h) - 2^(3*x))/h)"),
        ("lim h->0 (((x + h)^2 - x^2)/h)", None),
    ),
)  # fmt: skip
TAKE_OUT = Rule(
    "definition.take-out", "?l", exponential_taken_out, kind="limit",
    examples=(
        ("lim h->0 ((e^x*e^h - e^x)/h)", "lim h->0 (e^x*((e^h - 1)/h))"),
        ("lim h->0 ((e^(x + h) - e^x)/h)", None),
    ),
    weight="minor",
)  # fmt: skip
LOGARITHM = Rule(
    "definition.logarithm", "?l", logarithms_subtracted, kind="limit", assumes=both_positive,
    mistakes=(Mistake("logarithm-of-difference", logarithm_of_difference),),
    examples=(
        ("lim h->0 ((ln(x + h) - ln(x))/h)", "lim h->0 (ln((x + h)/x)/h)"),
        ("lim h->0 ((ln((x + h)^2) - ln(x^2))/h)", None),
    ),
)  # fmt: skip
ONE_PLUS = Rule(
    "definition.one-plus", "?l", one_plus, kind="limit",
    examples=(("lim h->0 (ln((x + h)/x)/h)", "lim h->0 (ln(1 + h/x)/h)"), ("lim h->0 (ln(1 + h)/h)", None)),
    weight="minor",
)  # fmt: skip
CHANGE_OF_BASE = Rule(
    "definition.change-of-base", "?l", base_changed, kind="limit",
    examples=(
        ("lim h->0 ((log(x + h, 2) - log(x, 2))/h)", "lim h->0 ((ln(x + h)/ln(2) - ln(x)/ln(2))/h)"),
        ("lim h->0 ((ln(x + h) - ln(x))/h)", None),
    ),
    weight="minor",
)  # fmt: skip
