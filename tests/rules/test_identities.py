"""Identities and laws end: each makes an expression shorter, or no longer and simpler in a way that is named here."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Expression
from derive.notation import text
from derive.rules import Facts, apply, registry
from tests.rules.instances import instances

SEARCH = settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])

SHORTER = (
    "trigonometry.pythagoras", "trigonometry.double-angle", "trigonometry.angle-sum", "trigonometry.sum-to-product",
    "trigonometry.half-angle", "trigonometry.double-angle-product", "trigonometry.shift", "trigonometry.inverse",
    "hyperbolic.pythagoras", "hyperbolic.double-argument",
    "logarithm.of-reciprocal", "logarithm.inverse-exp", "logarithm.of-exp", "logarithm.ratio-of-numbers",
    "logarithm.power-of-base", "logarithm.to-a-base", "exponential.quotient", "exponential.one-exponent",
    "exponential.one-exponent-quotient", "root.nested", "root.product-of-numbers", "root.of-exponential",
    "root.spelling", "power.of-cube-root", "product.number-in", "quotient.multiple",
)  # fmt: skip
"""Rules that leave fewer nodes for a reader to count, whatever they are applied to."""


NO_LONGER = ("logarithm.joined", "logarithm.in-exponent", "logarithm.in-exp", "trigonometry.fourth-powers")
"""Rules that leave no more nodes: a logarithm or two fourth powers less."""


@pytest.mark.parametrize("id", SHORTER)
def test_shorter(id: str) -> None:
    rule = registry()[id]

    @SEARCH
    @given(instances(rule))
    def shorter(before: Expression) -> None:
        facts = Facts()
        found = apply(rule, before, facts)
        if found is not None:
            assert facts.size(found[0]) < facts.size(before), f"{text(before)}  →  {text(found[0])}"

    shorter()


@pytest.mark.parametrize("id", NO_LONGER)
def test_no_longer(id: str) -> None:
    rule = registry()[id]

    @SEARCH
    @given(instances(rule))
    def no_longer(before: Expression) -> None:
        facts = Facts()
        found = apply(rule, before, facts)
        if found is not None:
            assert facts.size(found[0]) <= facts.size(before), f"{text(before)}  →  {text(found[0])}"

    no_longer()


_leaf = st.sampled_from(
    "x 2 3 1/2 sin(x) cos(x) tan(x) sec(x) csc(x) cot(x) sin(2*x) cos(2*x) sinh(x) cosh(x) tanh(x) e^x exp(x) e^(2*x) "
    "2^x 3^x ln(x) ln(2) ln(2*x) sqrt(x) sqrt(2) sqrt(6) x^(1/2) x^2 abs(x) sign(x) cos(y) sin(y) y "
    "ln(3*x) ln(1/x) sin(x)^2 cos(x)^2 sin(x)*cos(x) 2*sin(x)*cos(x) sin(x)*cos(y) cos(x)*sin(y) sin(x+y) cosh(x)^2 "
    "sinh(x)^2 sec(x)^2 tan(x)^2 cos(x)^4 sin(x)^4 4^x e^(x+1) e^(-x) x*sqrt(x) sqrt(x+1) (x+1) sqrt(8)".split()
)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda t: "(" + " + ".join(t) + ")"),
        st.tuples(parts, parts).map(lambda t: f"({t[0]} - {t[1]})"),
        several.map(lambda t: "(" + "*".join(t) + ")"),
        st.tuples(parts, parts).map(lambda t: f"({t[0]}/{t[1]})"),
        st.tuples(parts, st.integers(2, 4)).map(lambda t: f"({t[0]}^{t[1]})"),
        parts.map(lambda u: f"sqrt({u})"),
        parts.map(lambda u: f"ln({u})"),
        parts.map(lambda u: f"e^({u})"),
    )


formulas = st.recursive(_leaf, _joined, max_leaves=7)


@settings(SEARCH, max_examples=60)
@given(formulas)
def test_simplifying_ends_and_keeps_the_value(source: str) -> None:
    """Nothing is left to do on a result, and the result has the value of the input where its conditions hold."""
    d = derive.simplify(source)
    assert d.outcome == "done" or d.outcome.reason == "empty-domain", source
    assert d.verification.verdict != "disagrees", f"{source}  →  {text(d.result)}: {d.verification}"
    again = derive.simplify(d.result)
    assert not again.steps, f"{source}  →  {text(d.result)}  →  {text(again.result)}"
