"""Forms that a result is brought into when it is tidy: by which rules, and what makes one form better than another.

The measure is the size: the nodes that a reader counts (a minus sign is not one). Among forms of one size the one
that is there stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.errors import UsageError
from derive.rules import Rule, matrices, powers, products, sums
from derive.rules.polynomial_expanding import EXPAND
from derive.rules.polynomial_factoring import COMMON_FACTOR, FACTOR
from derive.rules.rational_fractions import COMMON_DENOMINATOR, LOWEST_TERMS
from derive.rules.rational_identities import PYTHAGOREAN, SINE_AND_COSINE
from derive.strategy.combinators import use
from derive.strategy.methods import READY, Method


@dataclass(frozen=True, slots=True)
class Form:
    """A named form.

    rules  what is tried for a shorter expression, in this order, at a sum or a fraction
    then   what is tried on what one of them led to
    least  a change is made where it leaves at most this part of the size
    plain  whether polynomials in letters are left as they are
    without  rules of tidying that undo the form
    """

    name: str
    rules: tuple[Rule, ...] = ()
    then: tuple[Rule, ...] = ()
    least: float = 1.0
    plain: bool = False
    without: tuple[Rule, ...] = ()


SHORTENING = (COMMON_FACTOR, LOWEST_TERMS, FACTOR, COMMON_DENOMINATOR, PYTHAGOREAN, SINE_AND_COSINE)
AFTERWARDS = (LOWEST_TERMS, PYTHAGOREAN, FACTOR)

FORMS = {
    form.name: form
    for form in (
        Form(READY, SHORTENING, AFTERWARDS, least=0.86, plain=True),
        Form("simplified", SHORTENING, AFTERWARDS),
        Form("expanded", (EXPAND,)),
        Form("factored", (COMMON_DENOMINATOR, FACTOR), without=(products.NUMBER_IN,)),
        Form("single-fraction", (COMMON_DENOMINATOR, LOWEST_TERMS)),
        Form("as-derived"),
    )
}
"""ready is what is made when nothing is asked for: 0.86 takes x*e^(-x)*(2 - x), and leaves 2*x*sin(x) + x^2*cos(x)."""

_TRIVIAL = (
    *matrices.TIDYING, sums.DOUBLE_NEGATION, sums.NEGATED_ZERO, sums.BRACKETS, sums.ZEROS, products.BRACKETS,
    products.ZERO_FACTOR, products.ONES, products.ZERO_NUMERATOR, products.OVER_ONE, powers.FIRST, powers.ZEROTH,
    powers.OF_ONE, powers.SUBSTITUTE,
)  # fmt: skip
"""What is done even as derived: zeros and ones go, brackets that only group are opened, given values are put in."""


def in_form(method: Method, name: str) -> Method:
    """The method with another form of its result; UsageError for a form that there is not."""
    if name not in FORMS:
        raise UsageError(f"unknown form {name!r}: there is {', '.join(sorted(FORMS))}")
    if name == "as-derived":
        return replace(method, form="", tidying=use(*_TRIVIAL))
    if name == READY:
        return method
    kept = [rule for rule in method.tidying.rules if rule not in FORMS[name].without]
    return replace(method, form=name, tidying=use(*kept) if FORMS[name].without else method.tidying)
