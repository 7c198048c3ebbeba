"""Derivatives of order n of constants, sums and multiples, for a letter n."""

from __future__ import annotations

from derive.expressions import Expression, Negation, negation, power, product_of, sum_of
from derive.rules.conditions import free_of
from derive.rules.model import Match, Mistake, Rule
from derive.rules.nth_parts import LETTER, derivative_of


def constants_in_front(m: Match) -> Expression | None:
    """d^n/dx^n(3*sin(x))  →  3*d^n/dx^n(sin(x))"""
    factors = (m["u"], *m.run("rest"))
    constant = [f for f in factors if not m.facts.depends(f, m["x"])]
    varying = [f for f in factors if m.facts.depends(f, m["x"])]
    return product_of([*constant, derivative_of(m, product_of(varying), m["n"])]) if constant and varying else None


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
    return sum_of(
        negation(derivative_of(m, t.operand, m["n"])) if type(t) is Negation else derivative_of(m, t, m["n"])
        for t in terms
    )


def signs_lost(m: Match) -> Expression | None:
    """d^n/dx^n(u - v)  →  d^n/dx^n(u) + d^n/dx^n(v), which is wrong"""
    terms = (m["u"], *m.run("rest"))
    if not any(type(t) is Negation for t in terms):
        return None
    return sum_of(derivative_of(m, t.operand if type(t) is Negation else t, m["n"]) for t in terms)


CONSTANT = Rule(
    "nth.constant", "d^?n/d?x^?n(?c)", "0", given=(LETTER, free_of("c", "x")), assumes=("?n >= 1",),
    mistakes=(Mistake("nth-constant-kept", "?c"),),
    examples=(("d^n/dx^n(5)", "0"), ("d^n/dx^n(x)", None)),
    weight="minor",
)  # fmt: skip
VARIABLE = Rule(
    "nth.variable", "d^?n/d?x^?n(?x)", "0", given=(LETTER,), assumes=("?n >= 2",),
    mistakes=(Mistake("nth-variable-becomes-one", "1"),),
    examples=(("d^n/dx^n(x)", "0"), ("d/dx(x)", None)),
    weight="minor",
)  # fmt: skip
NEGATION = Rule(
    "nth.negation", "d^?n/d?x^?n(-?u)", "-d^?n/d?x^?n(?u)", given=(LETTER,),
    mistakes=(Mistake("nth-minus-dropped", "d^?n/d?x^?n(?u)"),),
    examples=(("d^n/dx^n(-sin(x))", "-d^n/dx^n(sin(x))"), ("d^2/dx^2(-sin(x))", None)),
    weight="minor",
)  # fmt: skip
CONSTANT_DENOMINATOR = Rule(
    "nth.constant-denominator", "d^?n/d?x^?n(?u/?c)", "d^?n/d?x^?n(?u)/?c",
    given=(LETTER, free_of("c", "x")),
    mistakes=(Mistake("nth-denominator-lost", "d^?n/d?x^?n(?u)"),),
    examples=(("d^n/dx^n(sin(x)/3)", "d^n/dx^n(sin(x))/3"), ("d^n/dx^n(3/x)", None)),
    weight="minor",
)  # fmt: skip
CONSTANT_MULTIPLE = Rule(
    "nth.constant-multiple", "d^?n/d?x^?n(?u*??rest)", constants_in_front, given=(LETTER,),
    mistakes=(Mistake("nth-constants-raised", constants_raised),),
    examples=(("d^n/dx^n(3*sin(x))", "3*d^n/dx^n(sin(x))"), ("d^2/dx^2(3*sin(x))", None)),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "nth.sum", "d^?n/d?x^?n(?u + ??rest)", term_by_term, given=(LETTER,),
    mistakes=(Mistake("nth-signs-lost", signs_lost),),
    examples=(
        ("d^n/dx^n(e^x - sin(x))", "d^n/dx^n(e^x) - d^n/dx^n(sin(x))"),
        ("d^2/dx^2(e^x - sin(x))", None),
    ),
)  # fmt: skip

LINEAR = (CONSTANT, VARIABLE, NEGATION, SUM, CONSTANT_MULTIPLE, CONSTANT_DENOMINATOR)
