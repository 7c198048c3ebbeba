"""Names for parts that come again: shorter, the same value, nothing bound by an operator is named."""

from __future__ import annotations

import pytest
from hypothesis import given

import derive
from derive.errors import LimitError
from derive.expressions import Expression, call, product_of, replace_all, sum_of, symbol, symbols, tree_size
from derive.notation import Named, named, parse, text
from tests.strategies import expressions

X = symbol("x")


def nested(n: int) -> Expression:
    """x*sin(x), with itself for x, n times: 3^n letters."""
    e = X
    for _ in range(n):
        e = product_of([e, call("sin", e)])
    return e


def put_back(found: Named) -> Expression:
    e = found.body
    for name, value in reversed(found.lets):
        e = replace_all(e, {name: value})
    return e


@given(expressions())
def test_what_is_put_back_is_the_expression(e: Expression) -> None:
    found = named(sum_of([e, call("exp", e), product_of([e, e])]))
    assert put_back(found) == sum_of([e, call("exp", e), product_of([e, e])])


@given(expressions())
def test_names_shorten(e: Expression) -> None:
    found = named(e)
    assert not found.lets or len(found.text()) < len(text(e))


def test_a_shared_part_is_named_once() -> None:
    e = parse("sin(x^2 + 1)*exp(sin(x^2 + 1)) + ln(sin(x^2 + 1)) - sqrt(sin(x^2 + 1))")
    assert str(named(e)) == "let t_1 = sin(x^2 + 1)\nt_1*exp(t_1) + ln(t_1) - sqrt(t_1)"
    assert named(e).unicode() == "let t₁ = sin(x² + 1)\nt₁·exp(t₁) + ln(t₁) − √t₁"
    assert named(e).latex() == (
        r"\begin{aligned} &\text{let } t_{1} = \sin\left(x^{2} + 1\right) \\ "
        r"&t_{1}\exp\left(t_{1}\right) + \ln\left(t_{1}\right) - \sqrt{t_{1}} \end{aligned}"
    )


def test_short_parts_are_written_again() -> None:
    e = parse("sin(x)*exp(sin(x))")
    assert named(e) == Named((), e)
    assert named(e).latex() == e.latex()


def test_a_name_that_is_taken_is_not_given() -> None:
    e = parse("t_1*sin(x^2 + t_1)*exp(sin(x^2 + t_1)) + ln(sin(x^2 + t_1)) - sqrt(sin(x^2 + t_1))")
    assert [str(name) for name, _ in named(e).lets] == ["t_2"]


@pytest.mark.parametrize("inside", ["d/dx({})", "lim x->0 ({})", "integral({}, x, 0, 1)"])
def test_what_is_bound_keeps_its_letter(inside: str) -> None:
    part = "exp(sin(x^2 + x + 1))*exp(sin(x^2 + x + 1))*ln(sin(x^2 + x + 1))"
    e = parse(f"{inside.format(part)} + {part}")
    found = named(e)
    assert put_back(found) == e
    assert inside.split("{")[0].split("(")[0] in found.text().replace(" ", "") or "x->0" in found.text()
    bound = found.body.arguments[0]
    assert not symbols(bound) & {str(name) for name, _ in found.lets}


def test_what_would_be_gigabytes_fits_on_a_page() -> None:
    e = nested(60)
    assert tree_size(e) > 10**17
    with pytest.raises(LimitError):
        text(e)
    assert len(named(e).text()) < 3_000
    assert put_back(named(e)) == e
    with pytest.raises(LimitError):
        named(e).text(max_characters=100)


@pytest.mark.parametrize("form", ["text", "unicode", "latex", "markdown"])
def test_a_page_uses_names_where_a_formula_is_too_long(form: str) -> None:
    page = derive.simplify(call("f", nested(12))).render(form, detail="answer")
    assert "t_1" in page or "t₁" in page or "t_{1}" in page
