"""Tangents, Taylor polynomials, implicit, parametric and inverse slopes, other methods, order n."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import derive
from derive.errors import ReadError, UsageError
from derive.expressions import Call, Equation, Expression, Number, Symbol, make
from derive.notation import parse, text
from derive.numeric import compare
from derive.trace import Derivation
from tests.engine.replay import check_trace
from tests.engine.test_properties import finished, relations
from tests.golden import FOLDER, blocks
from tests.strategies import differentiable

FEW = settings(max_examples=25 if settings.default.max_examples <= 100 else settings.default.max_examples // 4)
SMOOTH = ("sin", "cos", "exp", "atan", "sinh")
functions_of_x = differentiable(("x",), functions=SMOOTH, max_leaves=4)
functions_of_xy = differentiable(("x", "y"), functions=SMOOTH, max_leaves=4)
points = st.integers(-3, 3).map(str)
FILES = ("curves", "implicit", "logarithmic", "taylor", "nth")
PROBLEMS = [block[0].removeprefix("> ") for name in FILES for block in blocks(FOLDER / f"{name}.txt")]
X, Y = Symbol((), "x"), Symbol((), "y")


def right(e: Expression) -> Expression:
    return e.right if isinstance(e, Equation) and isinstance(e.left, Symbol) else e


def check(d: Derivation, every: bool = True) -> None:
    """Contiguous, and every state has the value of the one before where the conditions hold."""
    check_trace(d, d.problem)
    known = relations(d)
    pairs = list(zip(d.states, d.states[1:], strict=False)) if every else [(d.problem, d.result)]
    for before, after in pairs:
        seen = compare(right(before), right(after), points=6, conditions=known)
        assert seen.verdict != "different", f"{text(before)}  →  {text(after)}: {seen.witness}"


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_state_has_the_same_value(problem: str) -> None:
    check(derive.solve(problem))


@pytest.mark.parametrize("problem", PROBLEMS)
def test_goes_round_through_json(problem: str) -> None:
    d = derive.solve(problem)
    again = Derivation.from_json(d.to_json())
    assert again.result == d.result
    assert len(again.steps) == len(d.steps)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_is_put_into_words(problem: str, language: str) -> None:
    d = derive.solve(problem)
    for format in ("text", "unicode", "latex", "markdown", "html"):
        assert d.render(format, language=language)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (lambda: derive.tangent("x^2", {"x": 3}), "y = 6*x - 9"),
        (lambda: derive.tangent("x*y", {"x": 1, "y": 2}), "z = 2*x + y - 2"),
        (lambda: derive.linearization("sqrt(x)", {"x": 4}), "x/4 + 1"),
        (lambda: derive.taylor("e^x", {"x": 0}, 3), "1 + x + x^2/2 + x^3/6"),
        (lambda: derive.differential("x^2*y"), "2*x*y*`dx` + x^2*`dy`"),
        (lambda: derive.differential("a*x^2", ["x"]), "2*a*x*`dx`"),
        (lambda: derive.implicit("x^2 + y^2 = 25", "y", "x"), "-x/y"),
        (lambda: derive.implicit("x^2 + y^2 = 25", "y", "x", order=2), "-1/y - x^2/y^3"),
        (lambda: derive.implicit("x^2 + y^2 = 25", "x", "y"), "-y/x"),
        (lambda: derive.solve(r"x^2 + y^2 = 25, \frac{d^2y}{dx^2}"), "-1/y - x^2/y^3"),
        (lambda: derive.solve("x^2 + y^2 = 25, y''(x)"), "-1/y - x^2/y^3"),
        (lambda: derive.solve("second derivative of x^2 + y^2 = 25"), "-1/y - x^2/y^3"),
        (lambda: derive.solve("y^2 = x, d^3y/dx^3"), "3/(8*y^5)"),
        (lambda: derive.parametric("t^2", "t^3", "t"), "3*t/2"),
        (lambda: derive.parametric("t^2", "t^3", "t", order=2), "3/(4*t)"),
        (lambda: derive.parametric("t", "t^4", "t", order=3), "24*t"),
        (lambda: derive.inverse_derivative("x^3 + x", "x", 2), "1/4"),
        (lambda: derive.inverse_derivative("e^x", "x", "e^5", start=5), "1/e^5"),
    ],
)
def test_calls(call: object, result: str) -> None:
    d = call()  # type: ignore[operator]
    assert d.outcome == "done"
    assert text(d.result) == result
    check(d)
    assert d.verification.verdict == "agrees"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: derive.implicit("x^2 + y^2", "y", "x"), "not an equation"),
        (lambda: derive.implicit("x^2 = 25", "y", "x"), "does not give y"),
        (lambda: derive.implicit("x^2 + y^2 = 1", "y", "x", order=5), "order 1 to 4"),
        (lambda: derive.taylor("sin(x)", {"x": 0}, -1), "whole number"),
        (lambda: derive.taylor("sin(x)", {"x": 0}, 2, form="hessian"), "two variables"),
        (lambda: derive.taylor("sin(x)", {}, 2), "a point is needed"),
        (lambda: derive.parametric("t", "t", "t", order=9), "order 1 to 4"),
        (lambda: derive.inverse_derivative("x^3 + x", "x", 3, start=1), "does not have the value"),
        (lambda: derive.inverse_derivative("x^3 + x", "x", 7), "no simple x"),
        (lambda: derive.differential("5"), "needs a variable"),
        (lambda: derive.tangent("x^2", {"y": 3}), "y does not occur"),
        (lambda: derive.tangent("x^2", {"x": "x"}), "contains a variable"),
        (lambda: derive.taylor("x^2", {"x": "infinity"}, 2), "at infinity"),
    ],
)
def test_misuse(call: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("problem", "column"),
    [
        ("taylor sin(x) at 0", 1),
        ("tangent to x^^2 at 3", 14),
        ("tangent to x*y at 3", 1),
        ("differential 5", 1),
        ("x^2 = 4, dy/dx", 1),
    ],
)
def test_unreadable(problem: str, column: int) -> None:
    with pytest.raises(ReadError) as caught:
        derive.solve(problem)
    assert (caught.value.column, caught.value.text) == (column, problem)


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("tangent to abs(x) at 0", "no-derivative"),
        ("tangent to sqrt(x) at 0", "vertical-tangent"),
        ("tangent to floor(x) at 1", "jump"),
        ("f(x) = abs(x); f'(0)", "no-derivative"),
    ],
)
def test_no_slope_is_no_answer(problem: str, reason: str) -> None:
    d = derive.solve(problem)
    assert (d.outcome.kind, d.outcome.reason) == ("stuck", reason)
    assert "no derivative" in d.render("text")


@pytest.mark.parametrize("problem", ["tangent to x*abs(x) at 0", "taylor abs(x)^3 at 0 order 2"])
def test_a_slope_beside_which_a_rule_fails(problem: str) -> None:
    d = derive.solve(problem)
    assert d.outcome == "done"
    assert not d.conditions


def test_conditions_are_taken_at_the_point() -> None:
    assert derive.solve("f(x) = sqrt(x); f'(4)").conditions == ()
    assert [str(c) for c in derive.tangent("ln(x)", {"x": "a"}).conditions] == ["a > 0"]
    assert [str(c) for c in derive.parametric("t^2", "t", "t").conditions] == ["t != 0"]


def test_other_methods_that_apply() -> None:
    d = derive.differentiate("x^2*sin(x)/(x + 1)", alternatives=True)
    assert {a.method for a in d.alternatives} == {"negative-power", "logarithmic"}
    assert {a.method for a in derive.differentiate("x^x", alternatives=True).alternatives} == {
        "exponential",
        "logarithmic",
    }
    assert "expand-first" in {a.method for a in derive.solve("d/dx((x + 1)^2)", alternatives=True).alternatives}
    assert derive.differentiate("sin(x)", alternatives=True).alternatives == ()
    assert "another way: with negative powers" in d.render("text")
    for other in d.alternatives:
        check(other)


@given(functions_of_x, points)
@FEW
@example(parse("x^2*sin(x)"), "1")
@example(parse("-(x + x + x)"), "1")
def test_tangents(f: Expression, a: str) -> None:
    d = derive.tangent(f, {"x": a})
    check(d, every=False)
    assert compare(right(d.result), right(d.problem)).verdict != "different"


@given(functions_of_x, points, st.integers(0, 3))
@FEW
def test_taylor_polynomials(f: Expression, a: str, order: int) -> None:
    check(derive.taylor(f, {"x": a}, order), every=False)


@given(functions_of_xy, points, points)
@FEW
def test_taylor_polynomials_in_two_variables(f: Expression, a: str, b: str) -> None:
    terms = derive.taylor(f, {"x": a, "y": b}, 2)
    check(terms, every=False)
    if terms.outcome == "done":
        other = derive.taylor(f, {"x": a, "y": b}, 2, form="hessian")
        assert compare(terms.result, other.result).verdict != "different"


@given(functions_of_xy, functions_of_x)
@FEW
@example(parse("x^2 + y^2"), parse("25"))
def test_implicit_slopes(left: Expression, right_side: Expression) -> None:
    e = Equation((left, right_side), "=")
    try:
        d = derive.implicit(e, "y", "x")
    except UsageError:
        return  # y does not stand in it
    check(d, every=False)


@given(functions_of_xy)
@FEW
def test_differentials(f: Expression) -> None:
    try:
        d = derive.differential(f)
    except UsageError:
        return  # no variable
    assert d.outcome == "done"
    check(d, every=False)


@given(functions_of_x, st.sampled_from(["logarithmic", "negative-power", "exponential", "expand-first"]))
@settings(max_examples=50 if settings.default.max_examples <= 100 else settings.default.max_examples // 2)
@example(parse("x^2*sin(x)/(x + 1)"), "logarithmic")
@example(parse("(x + 1)^2/x"), "negative-power")
@example(parse("x^x"), "exponential")
@example(parse("(x + 1)^2*x"), "expand-first")
def test_every_method_gives_the_derivative(f: Expression, method: str) -> None:
    d = derive.differentiate(f, "x", method=method)
    assert finished(d)
    check(d, every=False)


nth_parts = st.sampled_from("e^(2*x) sin(3*x) cos(x/2) ln(x) 1/x x^4 2^x e^(-x) 1/(2*x+1)".split())


@given(nth_parts, nth_parts, st.integers(1, 5), st.sampled_from(["x", "x^2", "(x^3 + x)"]))
@FEW
def test_order_n(f: str, g: str, c: int, p: str) -> None:
    for problem in (f"d^n/dx^n({c}*{f} - {g})", f"d^n/dx^n({p}*{f})"):
        d = derive.solve(problem)
        if d.outcome == "done":
            check(d, every=False)


def test_a_curve_needs_no_recursion() -> None:
    deep: Expression = X
    for _ in range(2000):
        deep = Call((deep,), "sin")
    d = derive.differential(deep)
    assert d.outcome == "done"
    e = make(Equation, (make(type(parse("x + y")), (deep, Y)), Number((), 1)), "=")
    assert derive.implicit(e, "y", "x").outcome == "done"


LINES = [
    ("tangent to x^2 + y^2 = 25 at (3, 4)", "y = 25/4 - 3*x/4"),
    ("tangent line to the curve x^3 + y^3 = 6xy at (3, 3)", "y = 6 - x"),
    ("normal to x^2 + y^2 = 25 at (3, 4)", "y = 4*x/3"),
    ("normal line to y = x^2 at x = 1", "y = 3/2 - x/2"),
    ("equation of the normal to f(x) = sqrt(x) at (4, 2)", "y = 18 - 4*x"),
    ("tangent line to y = x^3 - 2x at (1, -1)", "y = x - 2"),
]


@pytest.mark.parametrize(("problem", "line"), LINES)
def test_line_through_a_point(problem: str, line: str) -> None:
    d = derive.solve(problem)
    assert (str(d.result), d.conditions) == (line, ())
    assert finished(d)


@pytest.mark.parametrize(
    "problem",
    ["x^2 + y^2 = 25, dy/dx at (3, 5)", "tangent to x^2 + y^2 = 25 at (3, 5)", "tangent to y = x^2 at (2, 5)",
     "normal to y = x^2 at (2, 5)"],
)  # fmt: skip
def test_the_point_lies_on_the_curve(problem: str) -> None:
    with pytest.raises(ReadError, match="is not on the curve"):
        derive.solve(problem)
