"""Derivatives of integrals: by a limit that moves (fundamental theorem), inside the integral, or both (Leibniz).

The integrand is continuous where these are used; of an abstract f that is taken for granted, as its derivative is.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    Expression, Integral, Symbol, derivative, fresh, make, negation, postorder, product_of, put_in, sum_of,
)  # fmt: skip
from derive.rules.conditions import depends, free_of, jumps_of, not_just, satisfies
from derive.rules.differentiation.parts import operator
from derive.rules.model import Match, Mistake, Rule


def integrand_at(m: Match, end: Expression) -> Expression:
    """f(t) at t = x  →  f(x)"""
    return put_in(m["f"], {m["t"]: end})


def times_inner(m: Match, value: Expression, inner: Expression) -> Expression:
    """f(u), u  →  f(u)*d/dx(u);   f(x), x  →  f(x)"""
    return value if inner == m["x"] else product_of([value, operator(m, inner)])


def at_upper(m: Match) -> Expression:
    """d/dx(integral(f(t), t, a, u))  →  f(u)*d/dx(u)"""
    return times_inner(m, integrand_at(m, m["u"]), m["u"])


def at_lower(m: Match) -> Expression:
    """d/dx(integral(f(t), t, u, b))  →  -f(u)*d/dx(u)"""
    return negation(times_inner(m, integrand_at(m, m["u"]), m["u"]))


def at_both(m: Match) -> Expression:
    """d/dx(integral(f(t), t, a, b))  →  f(b)*d/dx(b) - f(a)*d/dx(a)"""
    return sum_of(_ends(m))


def _ends(m: Match) -> list[Expression]:
    terms = []
    for end, sign in ((m["b"], 1), (m["a"], -1)):
        if m.facts.depends(end, m["x"]):
            term = times_inner(m, integrand_at(m, end), end)
            terms.append(term if sign > 0 else negation(term))
    return terms


def inside(m: Match) -> Expression:
    """d/dx(integral(f(x, t), t, a, b))  →  integral(∂/∂x(f(x, t)), t, a, b)"""
    body = derivative(m["f"], m["x"], partial=True)
    return make(Integral, (body, m["t"], m["a"], m["b"]))


def ends_and_inside(m: Match) -> Expression:
    """d/dx(integral(f(x, t), t, a, b))  →  f(x, b)*d/dx(b) - f(x, a)*d/dx(a) + integral(∂/∂x(f(x, t)), t, a, b)"""
    return sum_of([*_ends(m), inside(m)])


def steady_at_ends(m: Match) -> Iterator[Expression]:
    """Where the integrand does not jump at a limit that moves."""
    for name in ("u", "a", "b"):
        end = m["x"] if name == "u" and "u" not in m.bindings else m.bindings.get(name)
        if isinstance(end, Expression) and m.facts.depends(end, m["x"]):
            yield from jumps_of(integrand_at(m, end))


def letter_kept(m: Match) -> Expression | None:
    """d/dx(integral(f(t), t, a, x))  →  f(t), which is wrong"""
    return m["f"] if m.facts.depends(m["f"], m["t"]) and m["t"] != m["x"] else None


def value_at_start_subtracted(m: Match) -> Expression:
    """d/dx(integral(f(t), t, a, x))  →  f(x) - f(a), which is wrong"""
    return sum_of([integrand_at(m, m["x"]), negation(integrand_at(m, m["a"]))])


def without_derivatives_of_limits(m: Match) -> Expression:
    """d/dx(integral(f(t), t, a, b))  →  f(b) - f(a), which is wrong"""
    return sum_of([integrand_at(m, m["b"]), negation(integrand_at(m, m["a"]))])


def lower_end_added(m: Match) -> Expression:
    """d/dx(integral(f(t), t, a, b))  →  f(b)*d/dx(b) + f(a)*d/dx(a), which is wrong"""
    return sum_of([times_inner(m, integrand_at(m, end), end) for end in (m["b"], m["a"])])


def by_the_running_letter(m: Match) -> Expression:
    """d/dx(integral(f(x, t), t, a, b))  →  integral(∂/∂t(f(x, t)), t, a, b), which is wrong"""
    body = derivative(m["f"], m["t"], partial=True)
    return make(Integral, (body, m["t"], m["a"], m["b"]))


def _moves(m: Match) -> bool:
    """Whether the variable stands in the integrand; a letter of the same name that is bound there is another."""
    return m["t"] != m["x"] and m.facts.depends(m["f"], m["x"])


def another_letter(m: Match) -> Expression:
    """d/dx(integral(sin(x), x, 0, x))  →  d/dx(integral(sin(u), u, 0, x))"""
    names = {str(n.label) for n in postorder(m.node) if type(n) is Symbol}
    letter = make(Symbol, (), "t" if "t" not in names else fresh("t", names))
    return operator(m, make(Integral, (integrand_at(m, letter), letter, m["a"], m["b"])))


_still = satisfies("f(t) does not contain x", lambda m: not _moves(m))
_moving = satisfies("f(t) contains x", _moves)
_some_end = satisfies(
    "a limit contains x", lambda m: m.facts.depends(m["a"], m["x"]) or m.facts.depends(m["b"], m["x"])
)

RUNNING_LETTER = Rule(
    "derivative.running-letter", "d/d?x(integral(?f, ?t, ?a, ?b))", another_letter,
    given=(_some_end, satisfies("t is x", lambda m: m["t"] == m["x"])),
    examples=(
        ("d/dx(integral(sin(x), x, 0, x))", "d/dx(integral(sin(t), t, 0, x))"),
        ("d/dx(integral(sin(t), t, 0, x))", None),
    ),
    weight="minor",
)  # fmt: skip
FUNDAMENTAL_THEOREM = Rule(
    "derivative.fundamental-theorem", "d/d?x(integral(?f, ?t, ?a, ?x))", lambda m: integrand_at(m, m["x"]),
    given=(free_of("a", "x"), _still), assumes=steady_at_ends,
    mistakes=(
        Mistake("running-letter-kept", letter_kept),
        Mistake("value-at-start-subtracted", value_at_start_subtracted),
    ),
    examples=(
        ("d/dx(integral(sin(t), t, 0, x))", "sin(x)"),
        ("d/dx(integral(f(t), t, a, x))", "f(x)"),
        ("d/dx(integral(sin(t), t, 0, x^2))", None),
        ("d/dx(integral(sin(x*t), t, 0, x))", None),
    ),
)  # fmt: skip
CHAIN_INTEGRAL = Rule(
    "derivative.chain-integral", "d/d?x(integral(?f, ?t, ?a, ?u))", at_upper,
    given=(free_of("a", "x"), depends("u", "x"), not_just("u", "x"), _still), assumes=steady_at_ends,
    mistakes=(Mistake("derivative-of-limit-forgotten", lambda m: integrand_at(m, m["u"])),),
    examples=(
        ("d/dx(integral(e^(-t^2), t, 0, x^2))", "e^(-(x^2)^2)*d/dx(x^2)"),
        ("d/dx(integral(f(t), t, 0, g(x)))", "f(g(x))*d/dx(g(x))"),
        ("d/dx(integral(sin(t), t, 0, x))", None),
    ),
    side="d/d?w(integral(?f, ?t, ?a, ?w))",
)  # fmt: skip
LOWER_LIMIT = Rule(
    "derivative.lower-limit", "d/d?x(integral(?f, ?t, ?u, ?b))", at_lower,
    given=(free_of("b", "x"), depends("u", "x"), _still), assumes=steady_at_ends,
    mistakes=(Mistake("minus-of-lower-limit-lost", lambda m: times_inner(m, integrand_at(m, m["u"]), m["u"])),),
    examples=(
        ("d/dx(integral(cos(t), t, x, 1))", "-cos(x)"),
        ("d/dx(integral(cos(t), t, 2*x, 1))", "-(cos(2*x)*d/dx(2*x))"),
        ("d/dx(integral(cos(t), t, x, 2*x))", None),
    ),
)  # fmt: skip
BOTH_LIMITS = Rule(
    "derivative.both-limits", "d/d?x(integral(?f, ?t, ?a, ?b))", at_both,
    given=(depends("a", "x"), depends("b", "x"), _still), assumes=steady_at_ends,
    mistakes=(
        Mistake("derivatives-of-limits-forgotten", without_derivatives_of_limits),
        Mistake("lower-limit-added", lower_end_added),
    ),
    examples=(
        ("d/dx(integral(sin(t), t, x, x^2))", "sin(x^2)*d/dx(x^2) - sin(x)"),
        ("d/dx(integral(sin(t), t, 1, x^2))", None),
    ),
)  # fmt: skip
UNDER_INTEGRAL = Rule(
    "derivative.under-integral", "d/d?x(integral(?f, ?t, ?a, ?b))", inside,
    given=(free_of("a", "x"), free_of("b", "x"), _moving),
    mistakes=(
        Mistake("by-the-running-letter", by_the_running_letter),
        Mistake("integral-dropped", lambda m: operator(m, m["f"]) if m.facts.depends(m["f"], m["t"]) else None),
    ),
    examples=(
        ("d/dx(integral(sin(x*t), t, 0, 1))", "integral(∂/∂x(sin(x*t)), t, 0, 1)"),
        ("d/dx(integral(sin(x*t), t, 0, x))", None),
        ("d/dx(integral(sin(t), t, 0, 1))", None),
    ),
)  # fmt: skip
LEIBNIZ = Rule(
    "derivative.leibniz", "d/d?x(integral(?f, ?t, ?a, ?b))", ends_and_inside,
    given=(_some_end, _moving), assumes=steady_at_ends,
    mistakes=(
        Mistake("ends-forgotten", inside),
        Mistake("inside-forgotten", at_both),
    ),
    examples=(
        (
            "d/dx(integral(sin(x*t), t, 0, x^2))",
            "sin(x*x^2)*d/dx(x^2) + integral(∂/∂x(sin(x*t)), t, 0, x^2)",
        ),
        (
            "d/dx(integral(cos(x*t), t, x, 1))",
            "-cos(x*x) + integral(∂/∂x(cos(x*t)), t, x, 1)",
        ),
        ("d/dx(integral(sin(x*t), t, 0, 1))", None),
    ),
)  # fmt: skip
