"""Slips: what students write for a form that has no rule of its own, or where no rule was asked for.

ln(a + b) is not ln(a) + ln(b): there is nothing right to replace it with, so no rule carries this mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from derive.expressions import (
    Derivative, Expression, Negation, Sum, Symbol, integer_value, make, negation, power, product_of, quotient, sum_of,
    symbol, symbols,
)  # fmt: skip
from derive.rules.model import Match, Right


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong rewriting of a form; `rhs` as in a rule, or every wrong form that the match allows.

    examples: (before, wrong), wrong None for a close call that is no slip
    """

    id: str
    lhs: str
    rhs: Right
    examples: tuple[tuple[str, str | None], ...] = field(default=(), compare=False)
    kind: str = ""
    family: tuple[str, str] | None = None

    @property
    def rule(self) -> str:
        """The id under which the slip is reported: it belongs to no rule."""
        return ""


def _each_term(name: str) -> Right:
    """f(u + v)  →  f(u) + f(v), the signs kept."""

    def split(m: Match) -> Expression | None:
        from derive.expressions import call

        terms = m["u"].arguments if type(m["u"]) is Sum else ()
        made = [negation(call(name, t.arguments[0])) if type(t) is Negation else call(name, t) for t in terms]
        return sum_of(made) if len(made) > 1 else None

    return split


def _powers_of_terms(m: Match) -> Expression | None:
    """(a + b)^2  →  a^2 + b^2."""
    base, n = m["u"], m["n"]
    if type(base) is not Sum or (integer_value(n) or 0) < 2:
        return None
    even = (integer_value(n) or 0) % 2 == 0
    made = []
    for term in base.arguments:
        minus = type(term) is Negation
        part = power(term.arguments[0] if minus else term, n)
        made.append(negation(part) if minus and not even else part)
    return sum_of(made)


def _powers_with_signs(m: Match) -> Expression | None:
    """(a - b)^2  →  a^2 - b^2."""
    base, n = m["u"], m["n"]
    if type(base) is not Sum or (integer_value(n) or 0) % 2 or not any(type(t) is Negation for t in base.arguments):
        return None
    made = [
        negation(power(t.arguments[0], n)) if type(t) is Negation else power(t, n)
        for t in base.arguments
    ]  # fmt: skip
    return sum_of(made)


def _split_denominator(m: Match) -> Expression | None:
    """1/(a + b)  →  1/a + 1/b."""
    below = m["v"]
    if type(below) is not Sum:
        return None
    made = [
        negation(quotient(m["u"], t.arguments[0])) if type(t) is Negation else quotient(m["u"], t)
        for t in below.arguments
    ]
    return sum_of(made)


def _exponential_of_terms(m: Match) -> Expression | None:
    """e^(a + b)  →  e^a + e^b."""
    if type(m["u"]) is not Sum:
        return None
    return sum_of([power(m["b"], t) for t in m["u"].arguments])


def _bracket_opened_with_sign(m: Match) -> Expression | None:
    """a - (b + c)  →  a - b + c: the minus before a bracket reaches the first term only."""
    inner = m["u"]
    if type(inner) is not Sum:
        return None
    first, *rest = inner.arguments
    return sum_of([negation(first), *rest])


def _first_term_only(m: Match) -> Expression | None:
    """2*(a + b)  →  2*a + b: the factor reaches the first term only."""
    for i, factor in enumerate(m.node.arguments):
        if type(factor) is Sum:
            others = [f for k, f in enumerate(m.node.arguments) if k != i]
            first, *rest = factor.arguments
            return sum_of([product_of([*others, first]), *rest])
    return None


def _other_variable(m: Match) -> Expression | None:
    """d/dx(u)  →  d/dy(u), where u has a y."""
    x = m["x"]
    others = sorted(symbols(m["u"]) - {str(x.label)}) if type(x) is Symbol else []
    if not others:
        return None
    return make(Derivative, (m["u"], symbol(others[0]), *m.node.arguments[2:]), m.node.label)


def _not_differentiated(m: Match) -> Expression | None:
    """d/dx(u)  →  u."""
    return m["u"]


SLIPS = (
    Slip("power-of-sum-termwise", "?u^?n", _powers_of_terms,
         (("(x + 3)^2", "x^2 + 3^2"), ("(3*x)^2", None)), "power"),
    Slip("power-of-difference-termwise", "?u^?n", _powers_with_signs,
         (("(x - 3)^2", "x^2 - 3^2"), ("(x + 3)^2", None)), "power"),
    Slip("logarithm-of-sum-split", "ln(?u)", _each_term("ln"), (("ln(x + 3)", "ln(x) + ln(3)"), ("ln(3*x)", None))),
    Slip("root-of-sum-split", "sqrt(?u)", _each_term("sqrt"),
         (("sqrt(x^2 + 9)", "sqrt(x^2) + sqrt(9)"), ("sqrt(9*x)", None))),
    Slip("sine-of-sum-termwise", "sin(?u)", _each_term("sin"),
         (("sin(x + 2)", "sin(x) + sin(2)"), ("sin(2*x)", None))),
    Slip("cosine-of-sum-termwise", "cos(?u)", _each_term("cos"),
         (("cos(x + 2)", "cos(x) + cos(2)"), ("cos(2*x)", None))),
    Slip("absolute-value-of-sum-split", "abs(?u)", _each_term("abs"),
         (("abs(x - 2)", "abs(x) - abs(2)"), ("abs(2*x)", None))),
    Slip("exponential-of-sum-termwise", "?b^?u", _exponential_of_terms,
         (("e^(x + 2)", "e^x + e^2"), ("e^(2*x)", None)), "power"),
    Slip("denominator-split", "?u/?v", _split_denominator,
         (("1/(x + 2)", "1/x + 1/2"), ("1/(2*x)", None)), "quotient"),
    Slip("minus-reaches-first-term-only", "-?u", _bracket_opened_with_sign,
         (("-(x + 2)", "-x + 2"), ("-(2*x)", None))),
    Slip("factor-reaches-first-term-only", "?u*??rest", _first_term_only,
         (("2*(x + 3)", "2*x + 3"), ("2*x", None)), "product"),
    Slip("other-variable", "d/d?x(?u)", _other_variable, (("∂/∂x(x^2*y)", "∂/∂y(x^2*y)"), ("d/dx(x^2)", None))),
    Slip("not-differentiated", "d/d?x(?u)", _not_differentiated, (("d/dx(sin(x))", "sin(x)"), ("sin(x)", None))),
)  # fmt: skip


def slips() -> Iterator[Slip]:
    """Every slip, in the order in which they are tried."""
    yield from SLIPS
