"""Inputs on which known systems are wrong: the answer has the right value, or an outcome says why there is none."""

from __future__ import annotations

import re

import pytest

import derive
from derive.numeric import compare, evaluate
from derive.trace import Derivation
from tests.examples.records import records

VALUES = """
tricky-01  x^x*(ln(x) + 1)
tricky-03  sin(x)^cos(x)*(cos(x)^2/sin(x) - sin(x)*ln(sin(x)))
tricky-05  (1/x)^(1/x)*(ln(x) - 1)/x^2
tricky-07  x/abs(x)
tricky-09  1/x
tricky-11  1/(x*ln(2))
tricky-13  1/(abs(x)*sqrt(x^2 - 1))
tricky-15  1/sqrt(1 - x^2)
tricky-19  gamma(x) + x*gamma(x)*digamma(x)
tricky-25  1
tricky-27  (1 + (1 + 1/(2*sqrt(x)))/(2*sqrt(x + sqrt(x))))/(2*sqrt(x + sqrt(x + sqrt(x))))
tricky-29  e^x/(2*sqrt(e^x + a))
tricky-31  73400*x/(x^2 + 100)^2
tricky-33  a*b*e^(-b*(x - c))/(1 + e^(-b*(x - c)))^2
tricky-55  1/x
"""

CONDITIONS = """
x^x                 x > 0
sqrt(x^2)           x != 0
ln(abs(x))          x != 0
log_2(x)            x > 0
asec(x)             abs(x) > 1
asin(x)             x > -1; x < 1
tan(x)*cos(x)       cos(x) != 0
sin(x)^cos(x)       sin(x) > 0
x^(1/3)             x != 0
x*floor(x)          x != floor(x)
mod(x, 5)           x/5 != floor(x/5)
x*gamma(x)          x > 0 or x != floor(x)
"""


OTHERWISE = {
    "tricky-17": "no value at the point: test_no_value_where_there_is_no_derivative",
    "tricky-21": "steps: test_steps_of_the_floor",
    "tricky-23": "a second derivative at a joint: test_second_derivative_at_a_joint",
    "tricky-35": "an identity with its condition: test_tan_times_cos_keeps_its_condition",
    "tricky-37": "an empty domain: test_an_empty_domain_is_said",
    "tricky-39": "abstract: test_abstract_functions",
    "tricky-41": "abstract, of two arguments: test_abstract_functions",
    "tricky-43": "implicit: test_folium",
    "tricky-45": "a gradient: test_gradient_of_the_angle",
    "tricky-47": "mixed: test_mixed_partial",
    "tricky-49": "of order n: test_order_that_is_a_letter",
    "tricky-51": "an integral with a variable limit: test_leibniz",
    "tricky-53": "two readings: test_one_half_x_is_asked_about",
    "tricky-57": "a limit from two sides: test_the_corner_by_definition",
    "tricky-59": "matrix calculus is not offered: test_determinants_are_refused",
}
"""Rows whose answer is no single value, and the test that holds it."""


def rows(table: str) -> list[list[str]]:
    return [re.split(r" {2,}", line, maxsplit=1) for line in table.strip().splitlines()]


def derivative(source: str, *variables: str) -> Derivation:
    return derive.differentiate(source, *(variables or ("x",)))


@pytest.mark.parametrize(("name", "expected"), rows(VALUES))
def test_values(name: str, expected: str) -> None:
    (record,) = [r for r in records("tricky") if r["id"] == name]
    d = derivative(record["input"])
    known = [c.alternatives[0] for c in d.conditions if len(c.alternatives) == 1]
    assert d.outcome == "done"
    seen = compare(d.result, derive.parse(expected), conditions=known)
    assert seen.equal, f"{d.result} and {expected}: {seen}"
    assert seen.narrower is None


def test_every_row_is_tested() -> None:
    named = {name for name, _ in rows(VALUES)} | OTHERWISE.keys()
    assert {r["id"] for r in records("tricky")} == named
    for where in OTHERWISE.values():
        assert where.rsplit(" ", 1)[1] in globals()


@pytest.mark.parametrize(("source", "expected"), rows(CONDITIONS))
def test_conditions(source: str, expected: str) -> None:
    assert {str(c) for c in derivative(source).conditions} == set(expected.split("; "))


def test_tan_times_cos_keeps_its_condition() -> None:
    d = derive.simplify("tan(x)*cos(x)")
    assert [str(c) for c in d.conditions] == ["cos(x) != 0"]
    d = derivative("tan(x)*cos(x)")
    assert str(d.result) == "cos(x)"
    assert [str(c) for c in d.conditions] == ["cos(x) != 0"]


def test_an_empty_domain_is_said() -> None:
    d = derivative("atanh(sqrt(x^2 + 2))")
    assert any(c.never for c in d.conditions)
    assert (d.outcome.kind, d.outcome.reason) == ("stuck", "empty-domain")
    assert "no value for any real number" in d.render("text")


def test_steps_of_the_floor() -> None:
    d = derivative("x*floor(x)")
    assert str(d.result) == "floor(x)"
    assert [str(c) for c in d.conditions] == ["x != floor(x)"]


def test_second_derivative_at_a_joint() -> None:
    for source in ("sinc(x)", "piecewise(sin(x)/x, x != 0, 1)"):
        d = derive.solve(f"d^2/dx^2 {source} at x = 0")
        assert d.outcome == "done"
        assert str(d.result) == "-1/3"


def test_folium() -> None:
    d = derive.solve("x^3 + y^3 = 6xy, dy/dx")
    seen = compare(d.result, derive.parse("(2*y - x^2)/(y^2 - 2*x)"))
    assert seen.equal
    assert [str(c) for c in d.conditions] == ["y^2 - 2*x != 0"]


def test_gradient_of_the_angle() -> None:
    d = derive.gradient("atan2(y, x)", ["x", "y"])
    for found, expected in zip(d.result.arguments, ("-y/(x^2 + y^2)", "x/(x^2 + y^2)"), strict=True):
        assert compare(found, derive.parse(expected)).equal
    assert "x > 0 or y != 0" in [str(c) for c in d.conditions]  # nor on the cut, where it jumps


def test_leibniz() -> None:
    d = derive.solve("d/dx int_0^(x^2) sin(x t) dt")
    assert d.outcome == "done"
    assert compare(d.result, derive.parse("2*x*sin(x^3) + integral(t*cos(x*t), t, 0, x^2)")).equal


def test_one_half_x_is_asked_about() -> None:
    d = derive.solve("d/dx 1/2x")
    assert str(d.result) == "1/2"
    assert any("1/(2*x)" in n.alternatives for n in d.interpretation)


def test_the_corner_by_definition() -> None:
    d = derive.solve("lim h->0 |h|/h")
    assert (d.outcome.kind, d.outcome.reason) == ("stuck", "no-limit")
    assert str(d.result) == "piecewise(-1, -1 = 1)"


def test_determinants_are_refused() -> None:
    with pytest.raises(derive.DeriveError, match="det"):
        derive.solve("d/dA ln det A")


def test_abstract_functions() -> None:
    assert str(derivative("f(x^2)").result) == "2*x*f'(x^2)"
    assert str(derivative("f(t, g(t))", "t").result) == "D[1](f)(t, g(t)) + D[2](f)(t, g(t))*g'(t)"


def test_mixed_partial() -> None:
    d = derive.differentiate("x^2*y^3", "y", "x")
    assert str(d.result) == "6*x*y^2"


def test_order_that_is_a_letter() -> None:
    d = derive.solve("d^n/dx^n(e^(2*x))")
    assert d.outcome == "done"
    assert str(d.result) == "2^n*e^(2*x)"


def test_no_value_where_there_is_no_derivative() -> None:
    with pytest.raises(derive.DomainError):
        evaluate(derivative("x^(1/3)").result, {"x": 0})
    with pytest.raises(derive.DomainError):
        evaluate(derive.parse("d/dx(x^(1/3))"), {"x": 0})
