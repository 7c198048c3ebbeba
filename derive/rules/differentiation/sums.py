"""Derivatives of constants, of the variable itself, of sums and of constant multiples."""

from __future__ import annotations

from derive.expressions import Expression, Negation, natural, negation, product_of, sum_of
from derive.rules.conditions import free_of
from derive.rules.differentiation.parts import operator, parts
from derive.rules.model import Match, Mistake, Rule


def without_constant_terms(m: Match) -> Expression | None:
    """d/dx(x^2 + 5)  →  d/dx(x^2)"""
    terms = parts(m)
    kept = [t for t in terms if m.facts.depends(t, m["x"])]
    return operator(m, sum_of(kept)) if 0 < len(kept) < len(terms) else None


def _kept_constants(m: Match) -> Expression | None:
    right = without_constant_terms(m)
    constant = [t for t in parts(m) if not m.facts.depends(t, m["x"])]
    return None if right is None else sum_of([right, *constant])


def term_by_term(m: Match) -> Expression:
    """d/dx(u - v)  →  d/dx(u) - d/dx(v)"""
    return sum_of(negation(operator(m, t.operand)) if isinstance(t, Negation) else operator(m, t) for t in parts(m))


def lost_minus(m: Match) -> Expression | None:
    """d/dx(u - v)  →  d/dx(u) + d/dx(v), which is wrong"""
    terms = parts(m)
    if not any(isinstance(t, Negation) for t in terms):
        return None
    return sum_of(operator(m, t.operand) if isinstance(t, Negation) else operator(m, t) for t in terms)


def _split(m: Match) -> tuple[list[Expression], list[Expression]]:
    constant: list[Expression] = []
    varying: list[Expression] = []
    for factor in parts(m):
        (varying if m.facts.depends(factor, m["x"]) else constant).append(factor)
    return constant, varying


def coefficient_of_variable(m: Match) -> Expression | None:
    """d/dx(3*x)  →  3"""
    constant, varying = _split(m)
    return product_of(constant) if constant and varying == [m["x"]] else None


def constants_in_front(m: Match) -> Expression | None:
    """d/dx(3*a*x^2)  →  3*a*d/dx(x^2)"""
    constant, varying = _split(m)
    return product_of([*constant, operator(m, product_of(varying))]) if constant and varying else None


def constants_lost(m: Match) -> Expression | None:
    """d/dx(3*x^2)  →  d/dx(x^2), which is wrong"""
    constant, varying = _split(m)
    return operator(m, product_of(varying)) if constant and varying else None


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
