"""Hints: a ladder from where to look to the next line, from any line on the way; the steps themselves."""

from __future__ import annotations

import pytest

from derive.errors import UsageError
from derive.notation import parse
from derive.tutor import allfirsts, apply, hints, onefirst, ready, stepsremaining


def test_the_ladder_ends_with_the_next_line() -> None:
    found = hints("d/dx x^2*sin(3x)")
    assert found.rule == "derivative.product"
    rungs = found.messages()
    assert len(rungs) == 4
    assert "product rule" in rungs[1]
    assert found.next == parse("d/dx(x^2)*sin(3*x) + x^2*d/dx(sin(3*x))")
    assert len(found.messages("ko")) == 4


def test_from_a_line_on_the_way() -> None:
    found = hints("d/dx sin(3x)", at="cos(3x)*d/dx(3x)")
    assert found.rule == "derivative.linear"
    assert found.next == parse("cos(3*x)*3")
    assert found.steps == 2


def test_a_wrong_line_is_mended_first() -> None:
    found = hints("d/dx sin(3x)", at="cos(3x)")
    assert found.off is not None
    assert found.off.mistake == "sin-inner-left-out"
    assert found.next is None


def test_nothing_left() -> None:
    found = hints("d/dx sin(3x)", at="3*cos(3*x)")
    assert found.rule == ""
    assert len(found.messages()) == 1


def test_first_steps() -> None:
    first = onefirst("d/dx x^2*sin(x)")
    assert first is not None
    assert first.rule.id == "derivative.product"
    assert (first.rule, first.after) in [(r.rule, r.after) for r in allfirsts("d/dx x^2*sin(x)")]
    assert onefirst("2*x") is None
    assert ready("2*x")
    assert not ready("d/dx x^2")
    assert stepsremaining("d/dx x^2*sin(x)") == 4
    assert stepsremaining("2*x") == 0


def test_one_rule_at_one_place() -> None:
    after = apply("derivative.power", "3*d/dx(x^2)", (1,))
    assert after == parse("3*(2*x)")
    with pytest.raises(UsageError, match="does not apply"):
        apply("derivative.product", "3*d/dx(x^2)", (1,))
    with pytest.raises(UsageError, match="no rule"):
        apply("derivative.nothing", "x")
    with pytest.raises(UsageError, match="no place"):
        apply("derivative.power", "x", (3,))


def test_the_next_line_of_a_curve_is_its_equation() -> None:
    assert hints("x^2 + y^2 = 25, dy/dx").messages()[-1] == "The next line is x² + y(x)² = 25."
