"""The least size of a form is never above the size of what is written, and often just that."""

from __future__ import annotations

import pytest

from derive.notation import parse
from derive.rules import Facts
from derive.rules.rational_rings import ring_of
from derive.rules.rational_sizes import Sizes
from derive.rules.rational_writing import Writer

EXACT = (
    "x*(2 - x)/y", "1/x", "x^2 + 2*x + 3", "3*x^2*(x + 1)", "x/(x + 1)^2", "2/(3*x)", "sin(x)*cos(x)", "7", "-x",
    "(x^2 + 1)^3", "5*sin(3*x)", "1/(x*(y + 1))",
)  # fmt: skip
BELOW = (
    "sqrt(2)*sqrt(5)*sqrt(3)*x", "x^2*sqrt(x)", "x^2*y^2*sqrt(x*y)", "abs(x)*x^2", "abs(a)*abs(x)/x^3", "e^x*e^y*e^2",
    "x^n*x^2", "x^n*(x + 1)^n*(x + 1)^2", "exp(x)*(x + 1)*exp(y)/exp(2)", "(x + sqrt(x))^2", "0.5*x^2 + 0.25*x",
    "x*(x - sqrt(x + 1))*(x + 1)^2/sqrt(x + 1)^5", "2*e^(-x)/3 + x*e^(-x)", "2^x*4*sqrt(2)", "x^(-2)*y/(2*x + 4)^3",
    "(2*x + 6)*sqrt(4*x + 8)/(x + 2)^2", "pi^2*pi^x", "tan(x)^2*sin(x)/(1 + cos(x))",
)  # fmt: skip


def sizes_of(source: str) -> tuple[int, int]:
    """The least size of the form, and the size that it has when it is written."""
    facts = Facts()
    e = parse(source)
    ring = ring_of(e, facts, identities=True)
    if ring is None:  # a number has no kernels
        return facts.size(e), facts.size(e)
    form = ring.form(e)
    return Sizes(ring).form(form), facts.size(Writer(ring).written(form))


@pytest.mark.parametrize("source", EXACT)
def test_simple_forms_are_counted_as_they_are_written(source: str) -> None:
    least, size = sizes_of(source)
    assert least == size


@pytest.mark.parametrize("source", BELOW)
def test_what_is_written_together_is_not_counted_twice(source: str) -> None:
    least, size = sizes_of(source)
    assert 0 < least <= size
