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


@pytest.mark.parametrize(("source", "expected"), rows(CONDITIONS))
def test_conditions(source: str, expected: str) -> None:
    assert {str(c) for c in derivative(source).conditions} == set(expected.split("; "))


def test_tan_times_cos_keeps_its_condition() -> None:
    d = derive.simplify("tan(x)*cos(x)")
    assert [str(c) for c in d.conditions] == ["cos(x) != 0"]


def test_an_empty_domain_is_said() -> None:
    assert any(c.never for c in derivative("atanh(sqrt(x^2 + 2))").conditions)


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
