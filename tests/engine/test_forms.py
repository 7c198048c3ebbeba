"""Forms on request: what each of them promises, for whatever is simplified or differentiated."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import derive
from derive.engine.requested import tops
from derive.expressions import Expression, Negation, Number, Power, Product, Quotient, Sum, integer_value, postorder
from derive.numeric import compare
from derive.rules.factors import factors_of

FORMS = ("ready", "simplified", "expanded", "factored", "single-fraction", "as-derived")
SEARCH = settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
_ATOMS = st.sampled_from("x y 2 3 -1 1/2 sin(x) cos(x) e^x e^(-x) sqrt(x^2+1) ln(x) x^n tan(y)".split())


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(parts, parts)
    return st.one_of(
        pair.map(lambda p: f"({p[0]} + {p[1]})"), pair.map(lambda p: f"({p[0]} - {p[1]})"),
        pair.map(lambda p: f"({p[0]})*({p[1]})"), pair.map(lambda p: f"({p[0]})/({p[1]})"),
        parts.map(lambda p: f"({p})^2"), parts.map(lambda p: f"1/({p})"),
    )  # fmt: skip


SUMS = st.recursive(_ATOMS, _joined, max_leaves=7)


def in_form(text: str, form: str) -> derive.Derivation:
    return derive.simplify(text, form=form)


def brackets(e: Expression) -> list[Expression]:
    """Products with a sum as a factor, and whole powers of sums."""
    found = []
    for node in postorder(e):
        for f in factors_of(node) if type(node) in (Product, Power) else ():
            n = integer_value(f.exponent) if type(f) is Power else 1
            base = f.base if type(f) is Power else f
            if type(base) is Sum and n is not None and (n > 1 or type(node) is Product) and n > 0:
                found.append(node)
    return found


def lines(e: Expression) -> int:
    """How many fraction bars there are outside of calls and exponents, numbers not counted."""
    count, stack = 0, [e]
    while stack:
        node = stack.pop()
        count += type(node) is Quotient and not all(type(a) is Number for a in node.arguments)
        stack.extend(node.arguments if isinstance(node, (Sum, Product, Quotient, Negation)) else ())
    return count


@pytest.mark.parametrize("form", FORMS)
def test_the_value_stays(form: str) -> None:
    @SEARCH
    @given(SUMS)
    @example("sin(x)^2/(1 + cos(x)) + (1 + cos(x))")
    @example("(x^2 - 1)/(x - 1) + 1/x")
    def stays(text: str) -> None:
        d = in_form(text, form)
        seen = compare(d.problem, d.result, points=6)
        assert seen.verdict != "different", f"{text} in form {form}: {d.result}, {seen.witness}"
        states = [str(s) for s in d.states]
        assert len(set(states)) == len(states), "a state stands twice"

    stays()


@pytest.mark.parametrize("form", FORMS)
def test_once_is_enough(form: str) -> None:
    @SEARCH
    @given(SUMS)
    @example("0.5*(x + 1)")
    @example("-(x^2 - 1)/(x + 3)")
    def idempotent(text: str) -> None:
        first = in_form(text, form)
        if first.outcome == "done":
            again = derive.simplify(first.result, form=form)
            assert again.result == first.result, f"{text}: {first.result}, then {again.result}"

    idempotent()


def test_expanded_has_no_brackets() -> None:
    @SEARCH
    @given(SUMS)
    @example("sin((x + 1)^2)*(x + 1)")
    def expanded(text: str) -> None:
        d = in_form(text, "expanded")
        assert d.outcome == "budget" or not brackets(d.result), f"{text}: {d.result}"

    expanded()


def test_single_fraction_has_one_line() -> None:
    @SEARCH
    @given(SUMS)
    @example("1/(1 + 1/(1 + 1/x))")
    def single(text: str) -> None:
        d = in_form(text, "single-fraction")
        assert d.outcome == "budget" or all(lines(top) <= 1 for top in tops(d.result)), f"{text}: {d.result}"

    single()


@pytest.mark.parametrize(
    ("text", "form", "result"),
    [
        ("(x + 1)^2*(x - 2)", "expanded", "x^3 - 3*x - 2"),
        ("x*(x + 1)/2", "expanded", "x^2/2 + x/2"),
        ("0.5*(x + 1)", "expanded", "0.5*x + 0.5"),
        ("x^4 - 1", "factored", "(x - 1)*(x + 1)*(x^2 + 1)"),
        ("e^(2*x) - 1", "factored", "(e^x - 1)*(e^x + 1)"),
        ("50 - 6*x^2", "factored", "2*(25 - 3*x^2)"),
        ("(x^2 - 1)/(x - 1)", "factored", "x + 1"),
        ("1/x + 1/(x + 1)", "single-fraction", "(2*x + 1)/(x*(x + 1))"),
        ("2*x^2 + 4*x", "ready", "2*x^2 + 4*x"),
        ("2*x^2 + 4*x", "simplified", "2*x*(x + 2)"),
        ("(x - 1)*(x^2 + x + 1)", "simplified", "x^3 - 1"),
        ("(x + 1)^9", "simplified", "(x + 1)^9"),
        ("sqrt(x)*(sqrt(x) + 1)", "simplified", "x + sqrt(x)"),
        ("-(x + 1)^2", "expanded", "-x^2 - 2*x - 1"),
        ("2*x*e^(-x) - x^2*e^(-x)", "ready", "x*(2 - x)*e^(-x)"),
        ("2*x*sin(x) + x^2*cos(x)", "ready", "2*x*sin(x) + x^2*cos(x)"),
        ("6/(2*x + 1) - 3/(x + 1)", "ready", "3/((2*x + 1)*(x + 1))"),
        ("1/(1 + 1/x)", "as-derived", "1/(1 + 1/x)"),
        ("(x + 1)^1000", "ready", "(x + 1)^1000"),
        ("(x + 1)^1000", "factored", "(x + 1)^1000"),
        ("x^12 - 1", "factored", "(x - 1)*(x + 1)*(x^2 + 1)*(x^2 - x + 1)*(x^2 + x + 1)*(x^4 - x^2 + 1)"),
    ],
)
def test_forms(text: str, form: str, result: str) -> None:
    assert str(in_form(text, form).result) == result


def test_what_is_too_long_is_refused() -> None:
    d = in_form("(x + 1)^1000", "expanded")
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "terms")
    assert "2,000 terms" in d.outcome.reason
    d = derive.solve("simplify (x + y)^9", form="expanded", limits=derive.Limits(terms=8))
    assert (d.outcome.kind, d.outcome.limit) == ("budget", "terms")
    assert derive.solve("simplify (x + y)^9", form="expanded", limits=derive.Limits(terms=10)).outcome == "done"
    assert len(derive.solve("simplify (x + y + z + w)^20", form="expanded").steps) == 1  # 1771 terms of 2,000
    for text in ("x^400 - 1", "x^120 - 1"):  # too high to be factored; factors that cannot be multiplied out again
        assert in_form(text, "factored").outcome == "budget"


def test_every_way_in() -> None:
    f = "x^2*e^(-x)"
    assert str(derive.differentiate(f, "x", form="expanded").result) == "2*x*e^(-x) - x^2*e^(-x)"
    assert str(derive.solve(f"d/dx {f}", form="factored").result) == "x*(2 - x)*e^(-x)"
    assert str(derive.solve(f"d/dx {f}", form="as-derived").result) == "2*x*e^(-x) + x^2*e^(-x)*(-1)"
    assert str(derive.solve("gradient (x + y)^2", form="expanded").result) == "[[2*x + 2*y, 2*x + 2*y]]"
    with pytest.raises(derive.UsageError, match="unknown form"):
        derive.simplify(f, form="pretty")
    with pytest.raises(derive.UsageError, match="form of its own"):
        derive.solve("tangent to x^2 at x = 3", form="factored")
