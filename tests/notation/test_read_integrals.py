"""Integrals and sums: how people write them, how they are printed, and what is said where something is missing."""

from __future__ import annotations

import pytest

from derive.errors import LimitError, ReadError
from derive.notation import latex, mathml, parse, unicode, unicode_line
from derive.notation.problems import read_problem

WRITTEN = [
    ("int_0^(x^2) sin(x t) dt", "integral(sin(x*t), t, 0, x^2)"),
    ("∫_0^x e^(-t^2) dt", "integral(e^(-t^2), t, 0, x)"),
    ("∫₀ˣ sin(t) dt", "integral(sin(t), t, 0, x)"),
    ("integrate(sin(t), t, 0, x)", "integral(sin(t), t, 0, x)"),
    (r"\int_0^{x^2}\sin(xt)\,dt", "integral(sin(x*t), t, 0, x^2)"),
    (r"\int_{a}^{b} f(t)\,\mathrm{d}t", "integral(f(t), t, a, b)"),
    (r"\int\limits_0^x t\,dt", "integral(t, t, 0, x)"),
    (r"\int_1^x \frac{dt}{t}", "integral(1/t, t, 1, x)"),
    (r"\int_1^x\frac{\sin t\,dt}{t}+x", "integral(sin(t)/t, t, 1, x) + x"),
    ("int_1^x dt/t", "integral(1/t, t, 1, x)"),
    ("int_0^x xtdt", "integral(x*t, t, 0, x)"),
    ("int_0^x t^2dt", "integral(t^2, t, 0, x)"),
    ("int_0^x sin theta dtheta", "integral(sin(theta), theta, 0, x)"),
    (r"\int_0^x \sin\theta\,d\theta", "integral(sin(theta), theta, 0, x)"),
    (r"\int_0^12t\,dt", "integral(2*t, t, 0, 1)"),
    (r"\int^x_0 t\,dt", "integral(t, t, 0, x)"),
    ("int_-x^x t^2 dt", "integral(t^2, t, -x, x)"),
    ("int_0^sqrt(x) cos(t^2) dt", "integral(cos(t^2), t, 0, sqrt(x))"),
    ("int_0^g(x) f(t) dt", "integral(f(t), t, 0, g(x))"),
    ("2x int_0^x cos(t) dt + 3", "2*x*integral(cos(t), t, 0, x) + 3"),
    (r"\int_0^x\int_0^t f(s)\,ds\,dt", "integral(integral(f(s), s, 0, t), t, 0, x)"),
    ("int_0^x x dx", "integral(x, x, 0, x)"),
    ("sum_(k=1)^n x^k", "sum(x^k, k, 1, n)"),
    ("sum_k=1^n x^k", "sum(x^k, k, 1, n)"),
    (r"\sum_{k=1}^{n} k x^{k}", "sum(k*x^k, k, 1, n)"),
    ("Σ_(k=1)^n k x", "sum(k*x, k, 1, n)"),
    ("∑_{k=1}^n x^k/k - 2", "sum(x^k/k, k, 1, n) - 2"),
    (r"\sum_{k=1}^n -x^k", "sum(-x^k, k, 1, n)"),
    ("x*sum_(k=1)^n |x+k|^k y - 2", "x*sum(abs(x + k)^k*y, k, 1, n) - 2"),
    ("int_0^x sum_(k=1)^n t^k dt", "integral(sum(t^k, k, 1, n), t, 0, x)"),
    ("sum_(k=1)^n int_0^x t^k dt + 3", "sum(integral(t^k, t, 0, x), k, 1, n) + 3"),
    ("(sum_(k=1)^n k)*x", "sum(k, k, 1, n)*x"),
    ("(int_0^x t dt)^2", "integral(t, t, 0, x)^2"),
]
PROBLEMS = [
    ("derivative of the integral of sin(t) from 0 to x^2", "d/dx(integral(sin(t), t, 0, x^2))"),
    ("d/dx integral from 0 to x of cos(t) dt", "d/dx(integral(cos(t), t, 0, x))"),
    ("d/dx the sum of x^k for k from 1 to n", "d/dx(sum(x^k, k, 1, n))"),
    ("d/dx sum from k = 1 to n of x^k", "d/dx(sum(x^k, k, 1, n))"),
    ("int_0^x sin(t) dt", "d/dx(integral(sin(t), t, 0, x))"),
    (r"\frac{d}{dx}\int_0^x f(t)\,dt", "d/dx(integral(f(t), t, 0, x))"),
]
WRONG = [
    ("int_0^x sin(t)", 15, "differential"),
    ("int x^2 dx", 1, "antiderivatives are not worked out"),
    (r"\int x^2\,dx", 1, "antiderivatives are not worked out"),
    ("int_0 t dt", 1, "both limits"),
    ("int_0^x^2 sin(t) dt", 8, "brackets"),
    ("int_0^ dt", 8, "limit"),
    ("int_0^x", 8, "something to integrate"),
    ("sum x^k", 1, "index"),
    ("sum_(k)^n x", 1, "index"),
    ("sum_(k=1)^n", 12, "terms"),
    ("∏_(k=1)^n k", 1, "products over an index"),
    (r"\prod_{k=1}^n k", 1, "products over an index"),
    ("integral(x, x, 1)", 9, "two limits"),
    ("sum(k, 1, 2, 3)", 4, "index"),
]


@pytest.mark.parametrize(("text", "canonical"), WRITTEN)
def test_written_forms(text: str, canonical: str) -> None:
    e = parse(text)
    assert str(e) == canonical
    assert parse(canonical) == e
    assert parse(latex(e)) == e
    assert mathml(e)
    assert unicode(e)


@pytest.mark.parametrize(("text", "expression"), PROBLEMS)
def test_problems(text: str, expression: str) -> None:
    assert str(read_problem(text).expression) == expression


@pytest.mark.parametrize(("text", "column", "words"), WRONG)
def test_what_is_missing_is_said_at_its_place(text: str, column: int, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        parse(text)
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["integral of x^2 from 0 to 1", "int_0^1 x^2 dx", "sum_(k=1)^3 k"])
def test_a_number_is_not_differentiated(text: str) -> None:
    with pytest.raises(ReadError, match="this is a number"):
        read_problem(text)


def test_a_sum_that_a_sign_ends_is_noted() -> None:
    notes = read_problem("d/dx (sum_(k=1)^n x^k + x)").notes
    assert [n.kind for n in notes] == ["sum-takes-term"]


def test_hostile_input_ends_soon() -> None:
    with pytest.raises(LimitError):
        parse("∫" * 100_000)
    with pytest.raises(ReadError):
        parse("int_0^" + "sin " * 50_000 + "x t dt")
    deep = "integral(" * 5_000 + "t" + ", t, 0, x)" * 5_000
    assert str(parse(deep)) == deep
    with pytest.raises(ReadError):
        parse("int_0^x " + "(" * 20_000)


def test_for_people() -> None:
    assert unicode_line(parse("int_0^(x^2) sin(x t) dt")) == "∫_0^(x²) sin(x·t) dt"
    assert unicode_line(parse("(sum_(k=1)^n x^k)*x")) == "(∑_(k=1)^n x^k)·x"
    assert unicode(parse("sum_(k=1)^n x")).splitlines() == [" n", " ∑  x", "k=1"]
    assert latex(parse("int_0^x t dt")) == r"\int_{0}^{x} t\,dt"
    assert latex(parse("(sum_(k=1)^n x^k)*x")) == r"\left(\sum_{k=1}^{n} x^{k}\right)x"
