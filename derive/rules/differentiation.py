"""The rules of differentiation for sums, products, quotients, powers and abstract functions.

The inside cover of the calculus book: reading down, each rule is one line of mathematics.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.expressions import (
    Call, Derivative, Expression, Negation, Piecewise, Product, Sum, call, derivative, equation, integer_value, make,
    natural, negation, power, product_of, quotient, rational, rational_value, sum_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.arithmetic import has_point, written
from derive.rules.conditions import (
    at_least, depends, differentiable_power, free_of, not_e, not_just, not_number, number, satisfies,
)  # fmt: skip
from derive.rules.model import Match, Mistake, Rule

SPLIT_ABOVE = 24  # factors: up to here a textbook writes all terms of (uvw…)′; wider products are halved

# what the right-hand sides that are no patterns return


def _d(m: Match, u: Expression) -> Expression:
    return derivative(u, m["x"], partial=m.partial)


def _terms(m: Match) -> tuple[Expression, ...]:
    return (m["u"], *m.run("rest"))


def without_constant_terms(m: Match) -> Expression | None:
    """d/dx(x^2 + 5)  →  d/dx(x^2)"""
    terms = _terms(m)
    kept = [t for t in terms if m.facts.depends(t, m["x"])]
    return _d(m, sum_of(kept)) if 0 < len(kept) < len(terms) else None


def term_by_term(m: Match) -> Expression:
    """d/dx(u - v)  →  d/dx(u) - d/dx(v)"""
    return sum_of(negation(_d(m, t.operand)) if isinstance(t, Negation) else _d(m, t) for t in _terms(m))


def lost_minus(m: Match) -> Expression | None:
    """d/dx(u - v)  →  d/dx(u) + d/dx(v), which is wrong"""
    terms = _terms(m)
    if not any(isinstance(t, Negation) for t in terms):
        return None
    return sum_of(_d(m, t.operand) if isinstance(t, Negation) else _d(m, t) for t in terms)


def _split(m: Match) -> tuple[list[Expression], list[Expression]]:
    constant: list[Expression] = []
    varying: list[Expression] = []
    for factor in _terms(m):
        (varying if m.facts.depends(factor, m["x"]) else constant).append(factor)
    return constant, varying


def coefficient_of_variable(m: Match) -> Expression | None:
    """d/dx(3*x)  →  3"""
    constant, varying = _split(m)
    return product_of(constant) if constant and varying == [m["x"]] else None


def constants_in_front(m: Match) -> Expression | None:
    """d/dx(3*a*x^2)  →  3*a*d/dx(x^2)"""
    constant, varying = _split(m)
    return product_of([*constant, _d(m, product_of(varying))]) if constant and varying else None


def constants_lost(m: Match) -> Expression | None:
    """d/dx(3*x^2)  →  d/dx(x^2), which is wrong"""
    constant, varying = _split(m)
    return _d(m, product_of(varying)) if constant and varying else None


def one_factor_at_a_time(m: Match) -> Expression | None:
    """d/dx(u*v*w)  →  d/dx(u)*v*w + u*d/dx(v)*w + u*v*d/dx(w)"""
    factors = _terms(m)
    if not 2 < len(factors) <= SPLIT_ABOVE:
        return None
    return sum_of(product_of([*factors[:i], _d(m, f), *factors[i + 1 :]]) for i, f in enumerate(factors))


def all_factors_at_once(m: Match) -> Expression | None:
    """d/dx(u*v*w)  →  d/dx(u)*d/dx(v)*d/dx(w), which is wrong"""
    factors = _terms(m)
    return product_of(_d(m, f) for f in factors) if len(factors) > 2 else None


def half_and_half(m: Match) -> Expression | None:
    """d/dx((a*b)*(c*d))  →  d/dx(a*b)*(c*d) + (a*b)*d/dx(c*d), for products too wide to write out"""
    factors = _terms(m)
    if len(factors) <= SPLIT_ABOVE:
        return None
    u, v = product_of(factors[: len(factors) // 2]), product_of(factors[len(factors) // 2 :])
    return sum_of([product_of([_d(m, u), v]), product_of([u, _d(m, v)])])


def _bring_down(base: Expression, exponent: Expression) -> Expression:
    n = rational_value(exponent)
    assert n is not None
    lowered, point = n - 1, has_point(exponent)
    rest = base if lowered == 1 else power(base, _literal(lowered, point))
    if n < 0:
        return negation(product_of([_literal(-n, point), rest]) if n != -1 else rest)
    return product_of([_literal(n, point), rest]) if n != 1 else rest


def _literal(value: Fraction | int, point: bool) -> Expression:
    return written(value, point=point) or rational(value)


def exponent_down(m: Match) -> Expression | None:
    """d/dx(x^5)  →  5*x^4,   d/dx(x^1)  →  1,   d/dx(x^0)  →  0"""
    n = rational_value(m["n"])
    return natural(int(n)) if n in (0, 1) else _bring_down(m["x"], m["n"])


def exponent_down_times_inner(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*u^4*d/dx(u),   d/dx(u^1)  →  d/dx(u),   d/dx(u^0)  →  0"""
    n = rational_value(m["n"])
    if n in (0, 1):
        return _d(m, m["u"]) if n else natural(0)
    outer = _bring_down(m["u"], m["n"])
    inner = _d(m, m["u"])
    if isinstance(outer, Negation):
        return negation(_times(outer.operand, inner))
    return _times(outer, inner)


def _times(outer: Expression, inner: Expression) -> Expression:
    factors = outer.arguments if isinstance(outer, Product) else (outer,)
    return product_of([*factors, inner])


def exponent_not_lowered(m: Match) -> Expression | None:
    """d/dx(x^5)  →  5*x^5, which is wrong"""
    n = rational_value(m["n"])
    return None if n in (0, 1) else product_of([m["n"], power(m["x"], m["n"])])


def integrated_instead(m: Match) -> Expression | None:
    """d/dx(x^5)  →  x^6/6, which is wrong"""
    n = rational_value(m["n"])
    if n is None or n in (-1, 0, 1):
        return None
    return quotient(power(m["x"], rational(n + 1)), rational(n + 1))


def inner_left_out(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*u^4, which is wrong"""
    return None if rational_value(m["n"]) in (0, 1) else _bring_down(m["u"], m["n"])


def inner_differentiated_inside(m: Match) -> Expression | None:
    """d/dx(u^5)  →  5*d/dx(u)^4, which is wrong"""
    return None if rational_value(m["n"]) in (0, 1) else _bring_down(_d(m, m["u"]), m["n"])


def smooth_power(m: Match) -> Iterator[Expression]:
    """Where the power rule holds beyond the domain of the power."""
    return differentiable_power(m.bindings.get("u") or m["x"], m["n"])  # type: ignore[arg-type]


def with_one_order_more(m: Match) -> Expression:
    """d/dx(f'(x))  →  f''(x)"""
    f = m.node.arguments[0]
    assert isinstance(f, Call)
    return make(Call, f.arguments, (f.name, (f.orders[0] + 1,)))


def outer_prime_times_inner(m: Match) -> Expression:
    """d/dx(f(u))  →  f'(u)*d/dx(u)"""
    return product_of([with_one_order_more(m), _d(m, m["u"])])


def _partial_of(f: Call, index: int) -> Expression:
    orders = tuple(n + (k == index) for k, n in enumerate(f.orders))
    return make(Call, f.arguments, (f.name, orders))


def along_every_argument(m: Match) -> Expression | None:
    """d/dt(f(u, v))  →  D[1](f)(u, v)*d/dt(u) + D[2](f)(u, v)*d/dt(v)"""
    f = m["f"]
    if not isinstance(f, Call) or f.name in FUNCTIONS or len(f.arguments) < 2:
        return None
    terms = []
    for index, u in enumerate(f.arguments):
        if u == m["x"]:
            terms.append(_partial_of(f, index))
        elif m.facts.depends(u, m["x"]):
            terms.append(product_of([_partial_of(f, index), _d(m, u)]))
    return sum_of(terms)


def first_argument_only(m: Match) -> Expression | None:
    """d/dt(f(u, v))  →  D[1](f)(u, v)*d/dt(u), which is wrong"""
    right = along_every_argument(m)
    return right.arguments[0] if isinstance(right, Sum) else None


def along_every_known_argument(m: Match) -> Expression | None:
    """min and max of three and more are nested: max(a, b, c)  →  max(a, max(b, c))"""
    f = m["f"]
    if not isinstance(f, Call) or f.name not in ("min", "max") or len(f.arguments) < 3:
        return None
    first, *rest = f.arguments
    return _d(m, call(f.name, first, call(f.name, *rest)))


def smaller_one(m: Match) -> Expression:
    """d/dx(min(u, v))  →  piecewise(d/dx(u), u < v, d/dx(v), u > v)"""
    u, v = m["u"], m["v"]
    pieces = (_d(m, u), equation(u, "<", v), _d(m, v), equation(u, ">", v))
    return make(Piecewise, pieces)


def larger_one(m: Match) -> Expression:
    """d/dx(max(u, v))  →  piecewise(d/dx(u), u > v, d/dx(v), u < v)"""
    u, v = m["u"], m["v"]
    return make(Piecewise, (_d(m, u), equation(u, ">", v), _d(m, v), equation(u, "<", v)))


def piece_by_piece(m: Match) -> Expression | None:
    """d/dx(piecewise(u, x < 0, v))  →  piecewise(d/dx(u), x < 0, d/dx(v))"""
    p = m["p"]
    if not isinstance(p, Piecewise):
        return None
    return make(Piecewise, tuple(a if i % 2 else _d(m, a) for i, a in enumerate(p.arguments)))  # fmt: skip


def off_the_joins(m: Match) -> Iterator[Expression]:
    """The boundaries between pieces, where nothing is claimed."""
    p = m["p"]
    assert isinstance(p, Piecewise)
    for _, condition in p.pieces:
        if condition.label not in ("=", "!="):
            yield equation(condition.arguments[0], "!=", condition.arguments[1])


def once_more(m: Match) -> Expression | None:
    """d^3/dx^3(u)  →  d/dx(d^2/dx^2(u))"""
    n = integer_value(m["n"])
    if n is None or n < 2:
        return None
    inner = (m["u"], m["x"], natural(n - 1))
    return derivative(make(Derivative, inner, m.partial), m["x"], partial=m.partial)


def innermost_variable_first(m: Match) -> Expression | None:
    """∂^2/∂x∂y(u)  →  ∂/∂x(∂/∂y(u))"""
    d = m.node
    if not isinstance(d, Derivative) or len(d.arguments) < 5:
        return None
    x, n, *others = d.arguments[1:]
    inner = make(Derivative, (d.operand, *others), m.partial)
    return make(Derivative, (inner, x, n), m.partial)


def root_derivative(m: Match) -> Expression | None:
    """d/dx(root(u, n))  →  d/dx(u)/(n*root(u, n)^(n - 1))"""
    n = integer_value(m["n"])
    if n is None or n < 2:
        return None
    u, x = m["u"], m["x"]
    root = call("root", u, m["n"])
    below = product_of([m["n"], power(root, natural(n - 1)) if n > 2 else root])
    return quotient(natural(1) if u == x else _d(m, u), below)


def root_without_inner(m: Match) -> Expression | None:
    """d/dx(root(u, n))  →  1/(n*root(u, n)^(n - 1)), which is wrong"""
    right = root_derivative(m)
    return None if right is None or m["u"] == m["x"] else quotient(natural(1), right.arguments[1])


def smooth_root(m: Match) -> Iterator[Expression]:
    """Where a root is differentiable: u > 0 for an even index, u ≠ 0 for an odd one."""
    n = integer_value(m["n"]) or 2
    yield equation(m["u"], "!=" if n % 2 else ">", natural(0))


_several = satisfies("f takes several arguments", lambda m: isinstance(m["f"], Call) and len(m["f"].arguments) > 1)

CONSTANT = Rule(
    "derivative.constant", "d/d?x(?c)", "0",
    given=(free_of("c", "x"),),
    mistakes=(Mistake("constant-kept", "?c"), Mistake("constant-becomes-one", "1")),
    examples=(("d/dx(5)", "0"), ("∂/∂x(y^2)", "0"), ("d/dx(5*x)", None)),
    weight="minor",
)  # fmt: skip
VARIABLE = Rule(
    "derivative.variable", "d/d?x(?x)", "1",
    mistakes=(Mistake("variable-becomes-zero", "0"), Mistake("variable-kept", "?x")),
    examples=(("d/dx(x)", "1"), ("d/dx(y)", None)),
    weight="minor",
)  # fmt: skip
CONSTANT_TERMS = Rule(
    "derivative.constant-terms", "d/d?x(?u + ??rest)", without_constant_terms,
    mistakes=(Mistake("constant-term-kept", lambda m: _kept_constants(m)),),
    examples=(("d/dx(x^2 + 5)", "d/dx(x^2)"), ("d/dx(x^2 + x)", None)),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "derivative.sum", "d/d?x(?u + ??rest)", term_by_term,
    mistakes=(Mistake("minus-lost", lost_minus),),
    examples=(("d/dx(x^2 - sin(x))", "d/dx(x^2) - d/dx(sin(x))"), ("d/dx(x*sin(x))", None)),
)  # fmt: skip
NEGATION = Rule(
    "derivative.negation", "d/d?x(-?u)", "-d/d?x(?u)",
    mistakes=(Mistake("minus-dropped", "d/d?x(?u)"),),
    examples=(("d/dx(-x^2)", "-d/dx(x^2)"), ("d/dx((-x)^2)", None)),
    weight="minor",
)  # fmt: skip
LINEAR = Rule(
    "derivative.linear", "d/d?x(?u*??rest)", coefficient_of_variable,
    mistakes=(Mistake("coefficient-becomes-one", lambda m: natural(1) if coefficient_of_variable(m) else None),),
    examples=(("d/dx(3*x)", "3"), ("d/dx(3*x^2)", None)),
)  # fmt: skip
CONSTANT_MULTIPLE = Rule(
    "derivative.constant-multiple", "d/d?x(?u*??rest)", constants_in_front,
    mistakes=(Mistake("constant-factor-lost", constants_lost),),
    examples=(("d/dx(3*a*x^2)", "3*a*d/dx(x^2)"), ("d/dx(x*sin(x))", None)),
)  # fmt: skip
PRODUCT = Rule(
    "derivative.product", "d/d?x(?u*?v)", "d/d?x(?u)*?v + ?u*d/d?x(?v)",
    given=(depends("u", "x"), depends("v", "x")),
    mistakes=(
        Mistake("product-of-derivatives", "d/d?x(?u)*d/d?x(?v)"),
        Mistake("product-rule-minus", "d/d?x(?u)*?v - ?u*d/d?x(?v)"),
        Mistake("product-rule-first-term-only", "d/d?x(?u)*?v"),
    ),
    examples=(("d/dx(x^2*sin(x))", "d/dx(x^2)*sin(x) + x^2*d/dx(sin(x))"), ("d/dx(x + 1)", None)),
)  # fmt: skip
PRODUCT_SEVERAL = Rule(
    "derivative.product-several", "d/d?x(?u*??rest)", one_factor_at_a_time,
    mistakes=(Mistake("product-of-all-derivatives", all_factors_at_once),),
    examples=(
        ("d/dx(x*e^x*sin(x))", "d/dx(x)*e^x*sin(x) + x*d/dx(e^x)*sin(x) + x*e^x*d/dx(sin(x))"),
        ("d/dx(x*sin(x))", None),
    ),
)  # fmt: skip
PRODUCT_WIDE = Rule(
    "derivative.product-wide", "d/d?x(?u*??rest)", half_and_half,
    mistakes=(Mistake("halves-multiplied", lambda m: _halves_multiplied(m)),),
    examples=(
        ("d/dx(" + "*".join(["x"] * 26) + ")",
         "d/dx({0})*({0}) + ({0})*d/dx({0})".format("*".join(["x"] * 13))),
        ("d/dx(x*x*x)", None),
    ),
)  # fmt: skip
CONSTANT_DENOMINATOR = Rule(
    "derivative.constant-denominator", "d/d?x(?u/?c)", "d/d?x(?u)/?c",
    given=(free_of("c", "x"),),
    mistakes=(Mistake("denominator-lost", "d/d?x(?u)"),),
    examples=(("d/dx(sin(x)/3)", "d/dx(sin(x))/3"), ("d/dx(sin(x)/x)", None)),
)  # fmt: skip
RECIPROCAL = Rule(
    "derivative.reciprocal", "d/d?x(?c/?v)", "-(?c*d/d?x(?v))/?v^2",
    given=(free_of("c", "x"),), assumes=("?v != 0",),
    mistakes=(
        Mistake("reciprocal-sign-lost", "?c*d/d?x(?v)/?v^2"),
        Mistake("reciprocal-square-forgotten", "-(?c*d/d?x(?v))/?v"),
        Mistake("reciprocal-of-derivative", "?c/(d/d?x(?v))"),
    ),
    examples=(("d/dx(3/(x + 1))", "-(3*d/dx(x + 1))/(x + 1)^2"), ("d/dx(x/3)", None)),
)  # fmt: skip
QUOTIENT = Rule(
    "derivative.quotient", "d/d?x(?u/?v)", "(d/d?x(?u)*?v - ?u*d/d?x(?v))/?v^2",
    given=(depends("u", "x"), depends("v", "x")), assumes=("?v != 0",),
    mistakes=(
        Mistake("quotient-order-swapped", "(?u*d/d?x(?v) - d/d?x(?u)*?v)/?v^2"),
        Mistake("quotient-plus", "(d/d?x(?u)*?v + ?u*d/d?x(?v))/?v^2"),
        Mistake("quotient-square-forgotten", "(d/d?x(?u)*?v - ?u*d/d?x(?v))/?v"),
        Mistake("quotient-of-derivatives", "d/d?x(?u)/(d/d?x(?v))"),
    ),
    examples=(("d/dx(sin(x)/x)", "(d/dx(sin(x))*x - sin(x)*d/dx(x))/x^2"), ("d/dx(sin(x)/2)", None)),
)  # fmt: skip
POWER = Rule(
    "derivative.power", "d/d?x(?x^?n)", exponent_down,
    given=(number("n"),), assumes=smooth_power,
    mistakes=(
        Mistake("exponent-not-lowered", exponent_not_lowered),
        Mistake("exponent-not-brought-down", lambda m: _lowered_only(m)),
        Mistake("integrated-power", integrated_instead),
    ),
    examples=(("d/dx(x^5)", "5*x^4"), ("d/dx(x^(-3))", "-3*x^(-4)"), ("d/dx(x^x)", None)),
)  # fmt: skip
POWER_PARAMETER = Rule(
    "derivative.power-parameter", "d/d?x(?x^?c)", "?c*?x^(?c - 1)",
    given=(free_of("c", "x"), not_number("c")), assumes=("?x > 0",),
    mistakes=(Mistake("parameter-not-lowered", "?c*?x^?c"),),
    examples=(("d/dx(x^a)", "a*x^(a - 1)"), ("d/dx(x^2)", None)),
)  # fmt: skip
CHAIN_POWER = Rule(
    "derivative.chain-power", "d/d?x(?u^?n)", exponent_down_times_inner,
    given=(number("n"), depends("u", "x"), not_just("u", "x")), assumes=smooth_power,
    mistakes=(
        Mistake("power-inner-left-out", inner_left_out),
        Mistake("power-inner-differentiated-inside", inner_differentiated_inside),
    ),
    examples=(("d/dx(sin(x)^3)", "3*sin(x)^2*d/dx(sin(x))"), ("d/dx(x^3)", None)),
    side="d/d?w(?w^?n)",
)  # fmt: skip
CHAIN_POWER_PARAMETER = Rule(
    "derivative.chain-power-parameter", "d/d?x(?u^?c)", "?c*?u^(?c - 1)*d/d?x(?u)",
    given=(free_of("c", "x"), not_number("c"), depends("u", "x"), not_just("u", "x")), assumes=("?u > 0",),
    mistakes=(Mistake("parameter-inner-left-out", "?c*?u^(?c - 1)"),),
    examples=(("d/dx(sin(x)^a)", "a*sin(x)^(a - 1)*d/dx(sin(x))"), ("d/dx(x^a)", None)),
    side="d/d?w(?w^?c)",
)  # fmt: skip
NATURAL_EXPONENTIAL = Rule(
    "derivative.natural-exponential", "d/d?x(e^?x)", "e^?x",
    mistakes=(Mistake("exponential-as-power", "?x*e^(?x - 1)"),),
    examples=(("d/dx(e^x)", "e^x"), ("d/dx(e^(2*x))", None)),
)  # fmt: skip
CHAIN_NATURAL_EXPONENTIAL = Rule(
    "derivative.chain-natural-exponential", "d/d?x(e^?u)", "e^?u*d/d?x(?u)",
    given=(depends("u", "x"), not_just("u", "x")),
    mistakes=(
        Mistake("exponential-inner-left-out", "e^?u"),
        Mistake("exponent-differentiated-inside", "e^(d/d?x(?u))"),
        Mistake("exponential-as-power-with-inner", "?u*e^(?u - 1)*d/d?x(?u)"),
    ),
    examples=(("d/dx(e^(x^2))", "e^(x^2)*d/dx(x^2)"), ("d/dx(e^x)", None)),
    side="d/d?w(e^?w)",
)  # fmt: skip
EXPONENTIAL = Rule(
    "derivative.exponential", "d/d?x(?a^?x)", "?a^?x*ln(?a)",
    given=(free_of("a", "x"), not_e("a")), assumes=("?a > 0",),
    mistakes=(Mistake("logarithm-of-base-forgotten", "?a^?x"), Mistake("base-as-power", "?x*?a^(?x - 1)")),
    examples=(("d/dx(2^x)", "2^x*ln(2)"), ("d/dx(e^x)", None), ("d/dx(x^2)", None)),
)  # fmt: skip
CHAIN_EXPONENTIAL = Rule(
    "derivative.chain-exponential", "d/d?x(?a^?u)", "?a^?u*ln(?a)*d/d?x(?u)",
    given=(free_of("a", "x"), not_e("a"), depends("u", "x"), not_just("u", "x")), assumes=("?a > 0",),
    mistakes=(
        Mistake("base-inner-left-out", "?a^?u*ln(?a)"),
        Mistake("base-logarithm-forgotten-with-inner", "?a^?u*d/d?x(?u)"),
    ),
    examples=(("d/dx(2^(3*x))", "2^(3*x)*ln(2)*d/dx(3*x)"), ("d/dx(2^x)", None)),
    side="d/d?w(?a^?w)",
)  # fmt: skip
GENERAL_POWER = Rule(
    "derivative.general-power", "d/d?x(?u^?v)", "?u^?v*d/d?x(?v*ln(?u))",
    given=(depends("u", "x"), depends("v", "x")), assumes=("?u > 0",),
    mistakes=(
        Mistake("general-power-as-power", "?v*?u^(?v - 1)*d/d?x(?u)"),
        Mistake("general-power-as-exponential", "?u^?v*ln(?u)*d/d?x(?v)"),
    ),
    examples=(("d/dx(x^x)", "x^x*d/dx(x*ln(x))"), ("d/dx(x^2)", None)),
)  # fmt: skip
ROOT = Rule(
    "derivative.root", "d/d?x(root(?u, ?n))", root_derivative,
    given=(depends("u", "x"), free_of("n", "x")), assumes=smooth_root,
    mistakes=(Mistake("root-inner-left-out", root_without_inner),),
    examples=(
        ("d/dx(root(x, 4))", "1/(4*root(x, 4)^3)"),
        ("d/dx(root(2*x, 4))", "d/dx(2*x)/(4*root(2*x, 4)^3)"),
        ("d/dx(root(2, x))", None),
    ),
)  # fmt: skip
MINIMUM = Rule(
    "derivative.minimum", "d/d?x(min(?u, ?v))", smaller_one, assumes=("?u != ?v",),
    mistakes=(Mistake("minimum-pieces-swapped", larger_one),),
    examples=(("d/dx(min(x, x^2))", "piecewise(d/dx(x), x < x^2, d/dx(x^2), x > x^2)"), ("d/dx(min(x, y, z))", None)),
)  # fmt: skip
MAXIMUM = Rule(
    "derivative.maximum", "d/d?x(max(?u, ?v))", larger_one, assumes=("?u != ?v",),
    mistakes=(Mistake("maximum-pieces-swapped", smaller_one),),
    examples=(("d/dx(max(x, x^2))", "piecewise(d/dx(x), x > x^2, d/dx(x^2), x < x^2)"), ("d/dx(max(x, y, z))", None)),
)  # fmt: skip
EXTREME_NESTED = Rule(
    "derivative.extreme-nested", "d/d?x(?f)", along_every_known_argument,
    examples=(("d/dx(max(x, 2, x^2))", "d/dx(max(x, max(2, x^2)))"), ("d/dx(max(x, 2))", None)),
    weight="minor",
)  # fmt: skip
ABSTRACT = Rule(
    "derivative.abstract", "d/d?x(?f(?x))", with_one_order_more,
    mistakes=(Mistake("prime-forgotten", lambda m: m.node.arguments[0]),),
    examples=(("d/dx(f(x))", "f'(x)"), ("d/dx(f(x^2))", None), ("d/dx(sin(x))", None)),
)  # fmt: skip
CHAIN_ABSTRACT = Rule(
    "derivative.chain-abstract", "d/d?x(?f(?u))", outer_prime_times_inner,
    given=(depends("u", "x"), not_just("u", "x")),
    mistakes=(Mistake("abstract-inner-left-out", with_one_order_more),),
    examples=(("d/dx(f(x^2))", "f'(x^2)*d/dx(x^2)"), ("d/dx(f(x))", None)),
    side="d/d?w(?f(?w))",
)  # fmt: skip
CHAIN_SEVERAL = Rule(
    "derivative.chain-several", "d/d?x(?f)", along_every_argument,
    given=(_several, depends("f", "x")),
    mistakes=(Mistake("only-first-argument", first_argument_only),),
    examples=(
        ("d/dt(f(t^2, t))", "D[1](f)(t^2, t)*d/dt(t^2) + D[2](f)(t^2, t)"),
        ("d/dt(f(t))", None),
    ),
)  # fmt: skip
PIECEWISE = Rule(
    "derivative.piecewise", "d/d?x(?p)", piece_by_piece,
    given=(satisfies("p is given in pieces", lambda m: isinstance(m["p"], Piecewise)), depends("p", "x")),
    assumes=off_the_joins,
    examples=(("d/dx(piecewise(x^2, x < 0, x))", "piecewise(d/dx(x^2), x < 0, d/dx(x))"), ("d/dx(abs(x))", None)),
)  # fmt: skip
HIGHER_ORDER = Rule(
    "derivative.higher-order", "d^?n/d?x^?n(?u)", once_more,
    given=(at_least("n", 2),),
    examples=(("d^3/dx^3(x^5)", "d/dx(d^2/dx^2(x^5))"), ("d/dx(x^5)", None)),
    weight="minor",
)  # fmt: skip
MIXED = Rule(
    "derivative.mixed", "?d", innermost_variable_first,
    given=(
        satisfies("d has several variables", lambda m: isinstance(m["d"], Derivative) and len(m["d"].arguments) > 3),
    ),
    examples=(("∂^2/∂x∂y(x*y)", "∂/∂x(∂/∂y(x*y))"), ("∂^2/∂x^2(x*y)", None)),
    weight="minor", kind="derivative",
)  # fmt: skip


def _kept_constants(m: Match) -> Expression | None:
    right = without_constant_terms(m)
    constant = [t for t in _terms(m) if not m.facts.depends(t, m["x"])]
    return None if right is None else sum_of([right, *constant])


def _halves_multiplied(m: Match) -> Expression | None:
    right = half_and_half(m)
    return None if right is None else product_of([right.arguments[0].arguments[0], right.arguments[1].arguments[1]])


def _lowered_only(m: Match) -> Expression | None:
    n = rational_value(m["n"])
    return None if n is None or n in (0, 1) else power(m["x"], rational(n - 1))
