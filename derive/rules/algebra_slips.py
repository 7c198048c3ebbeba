"""Slips of algebra: sums under powers, roots and logarithms; brackets; cancelled terms."""

from __future__ import annotations

from derive.expressions import (
    Call, Expression, Negation, Number, Power, Product, Sum, integer_value, make, natural, negation, power, product_of,
    quotient, sum_of,
)  # fmt: skip
from derive.rules.model import Match
from derive.rules.slip import Slip, Wrong


def _each_term(name: str) -> Wrong:
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


def _number_out(m: Match) -> Expression | None:
    """sin(2*x)  →  2*sin(x)."""
    f = m.node
    u = f.arguments[0] if type(f) is Call and f.label in _TAKES and len(f.arguments) == 1 else None
    if type(u) is not Product or type(u.arguments[0]) is not Number:
        return None
    return product_of([u.arguments[0], make(Call, (product_of(u.arguments[1:]),), f.label)])


def _other_sign(m: Match) -> tuple[Expression, ...]:
    """a + b  →  a - b: the sign of one term, of each in turn, the last one first."""
    terms = m.node.arguments
    made = []
    for i in reversed(range(len(terms))):
        other = terms[i].arguments[0] if type(terms[i]) is Negation else negation(terms[i])
        made.append(sum_of([*terms[:i], other, *terms[i + 1 :]]))
    return tuple(made)


def _terms_cancelled(m: Match) -> Expression | tuple[Expression, ...] | None:
    """(a + b)/(a + c)  →  b/c; (a + b)/a  →  1 + b, and  →  b; (a^2 + b)/a  →  a + b."""
    over, below = m["u"], m["v"]
    if type(over) is not Sum:
        return None
    if type(below) is Sum:
        common = next((t for t in over.arguments if t in below.arguments), None)
        if common is None:
            return None
        return quotient(_without(over, common), _without(below, common))
    made = []
    for i, term in enumerate(over.arguments):
        others = (over.arguments[:i], over.arguments[i + 1 :])
        if term == below:
            made += [sum_of([*others[0], natural(1), *others[1]]), sum_of([*others[0], *others[1]])]
        n = integer_value(term.arguments[1]) if type(term) is Power and term.arguments[0] == below else None
        if n is not None and n > 1:
            lowered = below if n == 2 else power(below, natural(n - 1))
            made.append(sum_of([*others[0], lowered, *others[1]]))
    return tuple(made) or None


def _without(e: Expression, term: Expression) -> Expression:
    """A sum without the first of its terms that is `term`."""
    i = e.arguments.index(term)
    return sum_of([*e.arguments[:i], *e.arguments[i + 1 :]])


_TAKES = frozenset(("sin", "cos", "tan", "ln", "sqrt", "exp", "atan", "asin"))

ALGEBRA_SLIPS = (
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
    Slip("number-out-of-function", "?u", _number_out,
         (("sin(2*x)", "2*sin(x)"), ("sin(x)", None), ("f(2*x)", None)), "call"),
    Slip("terms-cancelled", "?u/?v", _terms_cancelled,
         (("(x + 3)/(x + 5)", "3/5"), ("(x^2 + 3)/x", "x + 3"), ("(x + 3)/5", None)), "quotient"),
    Slip("sign-of-term-changed", "?u", _other_sign, (("x + 3", "x - 3"), ("3*x", None)), "sum"),
    Slip("factorial-as-number", "factorial(?n)", "?n", (("factorial(3)", "3"), ("x", None))),
)  # fmt: skip
"""Slips of algebra, wherever the form stands."""
