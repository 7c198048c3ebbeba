"""The definition and the rules give equal results on random functions of the classes that the definition covers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derive
from derive.expressions import Call, E, Expression, Limit, postorder, rational
from derive.expressions.build import negation, power, product_of, quotient, sum_of, symbol
from derive.notation import text
from derive.numeric import compare
from tests.engine.replay import check_trace

X = symbol("x")
small = st.integers(1, 4)


def _linear(a: int, b: int) -> Expression:
    ax = X if a == 1 else product_of([rational(a), X])
    return sum_of([ax, rational(b)]) if b else ax


def _polynomial(coefficients: list[int]) -> Expression:
    powers = [[], [X], *[[power(X, rational(n))] for n in range(2, len(coefficients))]]
    terms = [
        product_of([rational(c), *x]) if c != 1 else product_of(x) for c, x in zip(coefficients, powers, strict=True)
    ]
    return sum_of([t for t, c in zip(terms, coefficients, strict=True) if c][::-1])


linear = st.builds(_linear, small, st.integers(0, 3))
polynomials = st.lists(st.integers(0, 4), min_size=2, max_size=4).map(_polynomial)
elementary = st.one_of(
    polynomials,
    linear.map(lambda u: quotient(rational(1), u)),
    st.tuples(polynomials, linear).map(lambda pair: quotient(*pair)),
    st.tuples(st.sampled_from(["sqrt", "cbrt", "sin", "cos", "tan", "ln", "abs", "exp"]), linear).map(
        lambda pair: Call((pair[1],), pair[0])
    ),
    linear.map(lambda u: power(E, u)),
    linear.map(lambda u: power(rational(2), u)),
    small.map(lambda n: power(X, rational(-n))),
)
functions = st.one_of(
    elementary,
    st.lists(elementary, min_size=2, max_size=2).map(sum_of),
    st.tuples(elementary, elementary).map(lambda pair: sum_of([pair[0], negation(pair[1])])),
    st.lists(elementary, min_size=2, max_size=2).map(product_of),
    st.tuples(elementary, elementary).map(lambda pair: quotient(*pair)),
    elementary.map(lambda u: power(u, rational(2))),
)


@settings(max_examples=60)
@given(functions)
def test_definition_and_rules_agree(f: Expression) -> None:
    by_definition = derive.differentiate(f, "x", method="definition")
    by_rules = derive.differentiate(f, "x")
    check_trace(by_definition, by_definition.problem)
    assert by_definition.outcome == "done", text(by_definition.result)
    assert not any(type(n) is Limit for n in postorder(by_definition.result))
    conditions = [c.alternatives[0] for c in (*by_definition.conditions, *by_rules.conditions)]
    seen = compare(by_rules.result, by_definition.result, conditions=conditions)
    assert seen.verdict != "different", f"{text(f)}: {text(by_definition.result)}, not {text(by_rules.result)}"


@settings(max_examples=12)
@given(functions)
def test_every_state_has_the_same_value(f: Expression) -> None:
    d = derive.differentiate(f, "x", method="definition")
    conditions = [c.alternatives[0] for c in d.conditions]
    for before, after in pairwise(d.states):
        seen = compare(before, after, points=3, conditions=conditions)
        assert seen.verdict != "different", f"{text(before)}  →  {text(after)}: {seen.witness}"


@pytest.mark.parametrize(
    ("f", "at", "reason"),
    [
        ("abs(x)", 0, "no-derivative"),
        ("x^(1/3)", 0, "vertical-tangent"),
        ("cbrt(x)", 0, "vertical-tangent"),
        ("x^(2/3)", 0, "vertical-cusp"),
        ("abs(x - 2)", 2, "no-derivative"),
        ("abs(x) + x^2", 0, "no-derivative"),
        ("1/x", 0, "not-defined-there"),
        ("piecewise(x, x < 0, x^2)", 0, "no-derivative"),
    ],
)
def test_where_there_is_no_derivative(f: str, at: int, reason: str) -> None:
    d = derive.differentiate(f, "x", method="definition", at=at)
    assert (d.outcome, d.outcome.reason) == ("stuck", reason)
    check_trace(d, d.problem)
    for language in ("en", "ko"):
        assert d.render("text", language=language)


@pytest.mark.parametrize(
    ("f", "at", "value"),
    [
        ("x*abs(x)", 0, "0"),
        ("x^2", 3, "6"),
        ("sqrt(x)", 4, "1/4"),
        ("sin(x)", 0, "1"),
        ("e^x", 0, "1"),
        ("ln(x)", 1, "1"),
        ("abs(x)", -3, "-1"),
        ("piecewise(x^2, x < 0, x^3)", 0, "0"),
        ("x^2*abs(x)", 0, "0"),
        ("1/(x + 1)", 1, "-1/4"),
    ],
)
def test_at_a_point(f: str, at: int, value: str) -> None:
    d = derive.differentiate(f, "x", method="definition", at=at)
    assert d.outcome == "done"
    assert text(d.result) == value
    check_trace(d, d.problem)


@pytest.mark.parametrize(
    ("problem", "value"),
    [
        ("lim h->0 (((x + h)^3 - x^3)/h)", "3*x^2"),
        ("lim x->2 ((x^2 - 4)/(x - 2))", "4"),
        ("lim x->0 (sin(x)/x)", "1"),
        ("lim x->2 (x^2 - 4)/(x - 2)", "4"),
        ("lim x->0 ((1 - cos(x))/x)", "0"),
        ("lim x->0 ((e^(2*x) - 1)/x)", "2"),
        ("lim x->1 (ln(x)/(x - 1))", "1"),
        ("lim x->a ((x^2 - a^2)/(x - a))", "2*a"),
        ("lim x->0+ (abs(x)/x)", "1"),
        ("lim x->3 (x^2 + 1)", "10"),
    ],
)
def test_limits(problem: str, value: str) -> None:
    d = derive.solve(problem)
    assert d.outcome == "done"
    assert text(d.result) == value
    assert not any("x" in str(c) for c in d.conditions if "x->" in problem)


@pytest.mark.parametrize("problem", ["lim x->0 (sin(1/x))", "lim x->0 (x*sin(1/x))", "lim x->infinity (1/x)"])
def test_other_limits_are_refused(problem: str) -> None:
    d = derive.solve(problem)
    assert (d.outcome, d.outcome.reason) == ("stuck", "no-rule-limit")


@pytest.mark.parametrize("f", ["sin(x^2)", "x^x", "asin(x)", "erf(x)", "e^(x^2)", "floor(x)"])
def test_other_functions_are_refused_with_the_part(f: str) -> None:
    d = derive.differentiate(f"x + {f}", "x", method="definition")
    assert d.outcome == "stuck"
    assert isinstance(d.outcome.part, Limit)


def test_ways_to_ask() -> None:
    wanted = derive.differentiate("x^2", "x", method="definition").result
    for problem in ("d/dx x^2 by definition", "d/dx x^2 from first principles.", "d/dx x^2, by the definition"):
        d = derive.solve(problem)
        assert d.method == "definition"
        assert d.result == wanted
    assert text(derive.solve("d/dx x^2", method="definition", at="3").result) == "6"
    assert text(derive.differentiate("x^2*y", "x", at="x = 2, y = 3").result) == "12"
    assert text(derive.differentiate("x^2*y", "x", method="definition", at={"x": 2, "y": 3}).result) == "12"


def test_gradients_and_higher_orders() -> None:
    assert text(derive.solve("gradient x^2*y by definition").result) == "[[2*x*y, x^2]]"
    assert text(derive.solve("∂²/∂x∂y x²·y³ by definition").result) == "6*x*y^2"
    assert text(derive.solve("x^2*sin(x)", wrt=("x",), order=2, method="definition").result) == text(
        derive.solve("x^2*sin(x)", wrt=("x",), order=2).result
    )


def test_misuse() -> None:
    with pytest.raises(derive.UsageError, match="point"):
        derive.differentiate("x^2", "x", at="1, 2")
    with pytest.raises(derive.UsageError, match="unknown method"):
        derive.differentiate("x^2", "x", method="magic")
    with pytest.raises(derive.ReadError):
        derive.differentiate("x^2", "x", at="2 +")


def test_the_step_is_a_fresh_letter() -> None:
    d = derive.differentiate("h^2*k", "h", method="definition")
    assert isinstance(d.states[1], Limit)
    assert text(d.states[1].variable) == "r"
    assert text(d.result) == "2*h*k"


def test_deep_input() -> None:
    deep = "-(" * 200 + "x" + ")" * 200
    assert derive.differentiate(deep, "x", method="definition").outcome == "done"
    deep = "sin(" * 20_000 + "x" + ")" * 20_000
    d = derive.differentiate(deep, "x", method="definition")
    assert (d.outcome, d.outcome.reason) == ("stuck", "no-rule")


def test_wide_input() -> None:
    wide = " + ".join(f"{n}*x^{n % 5}" for n in range(1, 500))
    assert derive.differentiate(wide, "x", method="definition").outcome == "done"
