"""What a quick check spends is counted in operations: fewer points of what is large, none where they tell nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import derive
from derive.notation import parse
from derive.numeric import compare
from derive.numeric.tally import ENOUGH
from tests.work import growth, work

LARGE = " + ".join([f"sin({k}*x)*exp(x/{k})" for k in range(1, 30)])


def test_a_small_budget_looks_at_as_many_points_as_a_verdict_needs() -> None:
    f = parse(LARGE)
    assert compare(f, f, budget=1).agreed == ENOUGH
    assert compare(f, f, budget=100_000).agreed == compare(f, f).agreed == 12


@pytest.mark.parametrize("wrong", ["100 - x", "x - 100"])
def test_both_sides_of_a_change_are_looked_at_wherever_it_is(wrong: str) -> None:
    """The usual points show one side of |x - 100| only, so the other is searched, with the smallest budget too."""
    assert compare(parse("abs(x - 100)"), parse(wrong), budget=1).verdict == "different"


@pytest.mark.parametrize("budget", [None, 60])
def test_a_formula_with_pieces_is_told_from_either_of_them(budget: int | None) -> None:
    pieces = parse("piecewise(x^2, x < 0, x)")
    assert compare(pieces, pieces, budget=budget).equal
    for piece in ("x^2", "x"):
        assert compare(pieces, parse(piece), budget=budget).verdict == "different"


def test_a_page_tells_the_same_points_every_time() -> None:
    for problem in ("d/dx abs(x^2 - 4)*sqrt(x)", "d/dx int_0^x e^(-t^2) dt", "gradient sqrt(x*y) + abs(x - y)"):
        first, second = [derive.solve(problem).verification for _ in range(2)]
        assert (first.points, first.digits) == (second.points, second.digits)
        assert first.verdict == "agrees"
        assert len(first.points) >= ENOUGH


def test_thorough_looks_at_more_than_quick_does() -> None:
    quick, thorough = [derive.solve("d/dx abs(x^2 - 4)", verify=v).verification for v in ("quick", "thorough")]
    assert len(thorough.points) >= 48 > 12 >= len(quick.points)


@pytest.mark.parametrize(
    "function", ["x^2*sin(3*x)", "ln(x^2 + 1)/x", "sqrt(1 - x^2)*e^x", "(x^3 + 2)^4*x", "abs(x^2 - 4)", "a^x/(x + a)"]
)
def test_a_quick_check_costs_at_most_as_much_as_the_derivation(function: str) -> None:
    """In lines executed, a tenth to a third of it."""

    def derived() -> derive.Derivation:
        d = derive.differentiate(function, "x")
        _ = d.steps, d.conditions, d.result
        return d

    _ = derived().verification  # what is read and kept once
    assert work(lambda: derived().verification) < 2 * work(derived)


def test_a_check_grows_with_what_is_compared() -> None:
    def check(n: int) -> Callable[[], object]:
        d = derive.differentiate(" + ".join([f"sin({k}*x)^2" for k in range(1, n)]), "x")
        _ = d.steps, d.conditions, d.outcome
        return lambda: compare(d.problem, d.result, points=ENOUGH)

    assert growth(check, 25, 100) < 1.1


def test_a_part_without_letters_that_has_no_value_is_looked_at_once() -> None:
    """At no point has it one; a piece that is not taken, and a right side, say nothing of that kind."""
    nowhere = parse("x + ln(-1)")
    seen = compare(nowhere, parse("x"))
    assert (seen.verdict, seen.rejected) == ("unknown", 1)
    assert compare(parse("x"), nowhere).verdict == "different"
    assert compare(parse("piecewise(0^0, x < 0, x)"), parse("x")).equal
