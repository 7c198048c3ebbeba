"""Long sums of powers times functions that come back: the collected derivative is the derivative, and saves steps."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Expression
from derive.numeric import compare
from derive.rules import Facts, apply, registry
from tests.engine.replay import check_trace
from tests.work import growth

RULE = registry()["derivative.collected"]
NUMBERS = st.integers(-9, 9).filter(bool)
POLYNOMIALS = st.lists(NUMBERS, min_size=5, max_size=8).map(
    lambda cs: " + ".join([f"({c}/{k % 3 + 1})*x^{k + 1}" for k, c in enumerate(cs)])
)
INNER = st.sampled_from(["x", "-x", "x^2", "a*x", "x^2/2 - 3*x", "x^3 + a*b^2*x", "pi*x", "2"])
WAVES = st.sampled_from([("sin", "cos"), ("cosh", "sinh"), ("cos", "cosh"), ("exp", "sin")])


@settings(deadline=None, max_examples=60)
@given(POLYNOMIALS, POLYNOMIALS, INNER, INNER, WAVES, st.sampled_from(["exp(_)*", "e^(_)*b*", "x^2*", ""]))
def test_collected_is_the_derivative(
    a: str, b: str, inside: str, outside: str, waves: tuple[str, str], front: str
) -> None:
    f, g = waves
    u = f"{front.replace('_', outside)}(({a})*{f}({inside}) - ({b})*{g}({inside}))"
    before = _read(f"d/dx({u})")
    found = apply(RULE, before, Facts())
    assert (found is not None) == (inside != "2" or ("_" in front and outside != "2"))
    if found is not None:
        assert not found[0].open
        assert compare(before, found[0]).verdict == "equal", found[0]


def test_the_order_of_what_is_written_is_not_left_to_chance() -> None:
    """Functions stand in the order of a book, sines before cosines, whatever the hashes of a process are."""
    u = "e^x*((x^4 + x^3 + x^2 + x + 1)*cos(x) + (x^4 + x^3 - 2*x^2 - x - 1)*sin(x))*b*a"
    found = apply(RULE, _read(f"d/dx({u})"), Facts())
    assert found is not None
    assert str(found[0]) == "a*b*e^x*((4*x^3 - 6*x - 3)*sin(x) + (2*x^4 + 6*x^3 + 2*x^2 + 2*x + 1)*cos(x))"


def test_what_is_left_to_the_small_steps() -> None:
    long = "(x^4 + x^3 + 2*x^2 + 3*x + 4)*{} + (x^4 + x^3 - x^2 + x - 1)*{}"
    for f, g in [("tan(x)", "1"), ("sin(x)^2", "cos(x)"), ("f(x)", "sin(x)"), ("sin(x)", "0.5*cos(x)"), ("x", "1")]:
        assert apply(RULE, _read(f"d/dx({long.format(f, g)})"), Facts()) is None
    two = "(x^2 + x + 1)*sin(x) + (x^2 - x + 3)*cos(x)"
    for short in ["exp(x^2)*sin(x)", "(x^5 + x^4 + x^3 + x^2 + x + 1)*e^(-2*x)", two]:
        assert apply(RULE, _read(f"d/dx({short})"), Facts()) is None


def test_a_derivative_of_high_order_costs_what_its_result_has() -> None:
    """The result has n + 1 terms, two steps an order; worked out term by term it would grow with n^1.7 and more."""

    def job(n: int) -> Callable[[], object]:
        f = _read("exp(x^2)*sin(x)")
        return lambda: derive.differentiate(f, *["x"] * n, verify="off").result

    steps = [len(derive.differentiate("exp(x^2)*sin(x)", *["x"] * n, verify="off").states) for n in (12, 20)]
    assert steps[1] - steps[0] == 16
    exponent = growth(job, 9, 36)
    assert exponent < 1.4, exponent


def test_fractions_in_fractions_are_one_fraction_before_the_next_derivative() -> None:
    """Left as they are they multiply: the derivative of order 8 of sqrt(x^2 + 1) took 6,974 steps."""
    d = derive.differentiate("sqrt(x^2 + 1)", *["x"] * 8)
    assert str(d.result) == "(20160*x^6 - 75600*x^4 + 37800*x^2 - 1575)/(x^2 + 1)^(15/2)"
    assert d.verification.verdict == "agrees"
    assert len(d.states) < 150
    check_trace(d, d.problem)


def _read(text: str) -> Expression:
    return derive.parse(text)
