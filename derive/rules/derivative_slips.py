"""Slips at derivative operators: the wrong variable, every variable at once, an integral instead."""

from __future__ import annotations

from collections.abc import Callable

from derive.expressions import (
    Call, Constant, Derivative, Expression, Number, Power, Symbol, call, make, natural, negation, power, product_of,
    quotient, rational, rational_value, sum_of, symbol, symbols,
)  # fmt: skip
from derive.rules.model import Match
from derive.rules.slip import Slip

MOST_FACTORS = 8  # of a product of which each may be left out: the sets' derivations have at most 6 beside an operator


def _others(m: Match) -> list[Expression]:
    """The other letters that the operand has, in alphabetical order."""
    x = m["x"]
    return [symbol(name) for name in sorted(symbols(m["u"]) - {str(x.label)})] if type(x) is Symbol else []


def _by(m: Match, variable: Expression) -> Expression:
    return make(Derivative, (m["u"], variable, *m.node.arguments[2:]), m.node.label)


def _other_variable(m: Match) -> tuple[Expression, ...] | None:
    """d/dx(u)  →  d/dy(u), where u has a y."""
    return tuple([_by(m, y) for y in _others(m)]) or None


def _every_variable(m: Match) -> tuple[Expression, ...] | None:
    """∂/∂x(u)  →  ∂/∂x(u) + ∂/∂y(u), and  →  ∂/∂x(u) + ∂/∂y(u)*y'."""
    others = _others(m)
    if not others or not m.partial or rational_value(m.node.arguments[2]) != 1:
        return None
    slopes = [make(Call, (m["x"],), (str(y.label), (1,))) for y in others]
    return (
        sum_of([m.node, *[_by(m, y) for y in others]]),
        sum_of([m.node, *[product_of([_by(m, y), slope]) for y, slope in zip(others, slopes, strict=True)]]),
    )


def _integrated(m: Match) -> tuple[Expression, ...] | None:
    """d/dx(cos(3*x))  →  sin(3*x)/3: an antiderivative, for functions of x and of multiples of it."""
    u, x = m["u"], m["x"]
    found = _integral_of_call(u, x) if type(u) is Call else _integral_of_other(u, x)
    return found or None


def _integral_of_call(u: Expression, x: Expression) -> tuple[Expression, ...]:
    inner = u.arguments[0] if len(u.arguments) == 1 else x
    factor = _slope(inner, x)
    table = _INTEGRALS.get(str(u.label))
    if factor is None or table is None:
        return ()
    whole = table(inner)
    return (whole,) if factor == natural(1) else (quotient(whole, factor), whole)


def _integral_of_other(u: Expression, x: Expression) -> tuple[Expression, ...]:
    if type(u) is Power and type(u.arguments[0]) in (Constant, Number):
        base, factor = u.arguments[0], _slope(u.arguments[1], x)
        if factor is None:
            return ()
        below = [factor] if type(base) is Constant else [factor, call("ln", base)]
        return (quotient(u, product_of([f for f in below if f != natural(1)])),) if below != [natural(1)] else ()
    if u.kind == "quotient" and u.arguments[1] == x:
        logarithm = call("ln", call("abs", x))
        return (logarithm if u.arguments[0] == natural(1) else product_of([u.arguments[0], logarithm]),)
    return ()


def _slope(u: Expression, x: Expression) -> Expression | None:
    """c of c*x, where it is a number; 1 of x."""
    if u == x:
        return natural(1)
    if u.kind == "product" and len(u.arguments) == 2 and u.arguments[1] == x and type(u.arguments[0]) is Number:
        return u.arguments[0]
    return None


_INTEGRALS: dict[str, Callable[[Expression], Expression]] = {
    "sin": lambda u: negation(call("cos", u)),
    "cos": lambda u: call("sin", u),
    "tan": lambda u: negation(call("ln", call("abs", call("cos", u)))),
    "ln": lambda u: sum_of([product_of([u, call("ln", u)]), negation(u)]),
    "sqrt": lambda u: quotient(product_of([natural(2), u, call("sqrt", u)]), natural(3)),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
}
"""An antiderivative of f(u) by u."""


def _constant_as_power(m: Match) -> Expression | None:
    """d/dx(pi^2)  →  2*pi: the power rule, where nothing varies."""
    u, n = m["u"], rational_value(m["n"])
    if n is None or n in (0, 1) or type(u) not in (Constant, Symbol) or u == m["x"]:
        return None
    return product_of([m["n"], u if n == 2 else power(u, rational(n - 1))])


def _without_a_factor(m: Match) -> tuple[Expression, ...] | None:
    """cos(y)*d/dx(x*y)  →  d/dx(x*y), and  →  cos(y)."""
    factors = m.node.arguments
    if len(factors) > MOST_FACTORS or not any(f.open for f in factors):
        return None
    return tuple([product_of([*factors[:k], *factors[k + 1 :]]) for k in range(len(factors))])


DERIVATIVE_SLIPS = (
    Slip("integrated-instead", "d/d?x(?u)", _integrated,
         (("d/dx(cos(3*x))", "sin(3*x)/3"), ("d/dx(1/x)", "ln(abs(x))"), ("d/dx(sin(x^2))", None))),
    Slip("other-variable", "d/d?x(?u)", _other_variable, (("∂/∂x(x^2*y)", "∂/∂y(x^2*y)"), ("d/dx(x^2)", None))),
    Slip("every-variable", "d/d?x(?u)", _every_variable,
         (("∂/∂x(x^2*y)", "∂/∂x(x^2*y) + ∂/∂y(x^2*y)"), ("d/dx(x^2)", None))),
    Slip("logarithm-base-forgotten", "d/d?x(log(?u, ?a))", "d/d?x(?u)/?u",
         (("d/dx(log(x, 2))", "d/dx(x)/x"), ("d/dx(ln(x))", None))),
    Slip("logarithm-base-above", "d/d?x(log(?u, ?a))", "ln(?a)*d/d?x(?u)/?u",
         (("d/dx(log(x, 2))", "ln(2)*d/dx(x)/x"), ("d/dx(ln(x))", None))),
    Slip("constant-as-power", "d/d?x(?u^?n)", _constant_as_power, (("d/dx(pi^2)", "2*pi"), ("d/dx(x^2)", None))),
    Slip("not-differentiated", "d/d?x(?u)", "?u", (("d/dx(sin(x))", "sin(x)"), ("sin(x)", None))),
)  # fmt: skip
"""Slips at an operator, before those of algebra."""

LEFT_OUT_SLIPS = (
    Slip("factor-beside-derivative-lost", "?u*??rest", _without_a_factor,
         (("cos(y)*d/dx(x*y)", "d/dx(x*y)"), ("cos(y)*x", None)), "product"),
)  # fmt: skip
"""What no idea explains: a factor beside an operator, or the operator itself, was left out."""
