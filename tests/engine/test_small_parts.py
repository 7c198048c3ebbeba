"""The small parts around the agenda: the resting collector, points as they are given, who hears the steps, endings."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

import derive
from derive.engine.log import Rewrite, heard
from derive.engine.points import at_point, without_method
from derive.engine.quiet import quiet_collector
from derive.errors import UsageError
from derive.notation import parse


@pytest.fixture
def collecting() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was_on else gc.disable)()


def test_the_collector_rests_inside_and_is_as_it_was_outside(collecting: None) -> None:
    with quiet_collector():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with quiet_collector():
        pass
    assert not gc.isenabled()


def test_what_was_made_inside_is_old_afterwards_and_what_was_frozen_stays_so(
    collecting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("derive.engine.quiet._frozen_before", [])
    with quiet_collector():
        made = [["a list that the collector knows"]]
    assert any(o is made for o in gc.get_objects(generation=2))
    assert not gc.get_freeze_count()
    gc.freeze()
    frozen = gc.get_freeze_count()
    counted: list[int] = []

    def count() -> int:
        counted.append(frozen)
        return frozen

    monkeypatch.setattr(gc, "get_freeze_count", count)
    for _ in range(3):
        with quiet_collector():
            pass
    assert len(counted) == 1  # all that is frozen is walked over, in each derivation of a server
    monkeypatch.undo()
    assert gc.get_freeze_count() >= frozen // 2 > 0
    gc.unfreeze()


def test_a_point_is_a_value_or_names_its_variables() -> None:
    d = parse("d/dx(x^2*y)")
    for at in (3, "3", "x = 3", {"x": 3}):
        assert str(at_point(d, at)) == "at(d/dx(x^2*y), x = 3)", at
    assert str(at_point(d, "x = 1, y = 2")) == "at(d/dx(x^2*y), x = 1, y = 2)"
    assert at_point(d, None) is d
    for wrong in ("1, 2", "x < 3", "x = 1, 2", "x + y = 1"):
        with pytest.raises(UsageError):
            at_point(d, wrong)
    with pytest.raises(UsageError):
        at_point(parse("x + y"), 3)
    assert without_method("d/dx x^2 by definition") == ("d/dx x^2", True)
    assert without_method("d/dx x^2") == ("d/dx x^2", False)


def test_every_rewriting_is_heard_and_only_inside() -> None:
    told: list[Rewrite] = []
    with heard(told.append):
        d = derive.solve("d/dx x^2*sin(3*x)")
    count = len(told)
    assert count >= len(d.steps) >= 5
    assert {step.rule for step in d.steps} <= {rewrite.rule.id for rewrite in told}
    derive.solve("d/dx x^3")
    assert len(told) == count


def test_another_way_is_never_the_way_taken() -> None:
    d = derive.differentiate("x^x", "x", method="logarithmic", alternatives=True)
    ways = [other.method for other in d.alternatives]
    assert "rules" in ways
    assert "logarithmic" not in ways
    by_rules = derive.differentiate("x^x", "x", alternatives=True)
    assert "rules" not in [other.method for other in by_rules.alternatives]


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ("(x - 1)*(x + 1)", "x^2 - 1"),
        ("(x + 1)^9", "(x + 1)^9"),
        ("x^2 + 2*x + 1", "(x + 1)^2"),
        ("1/x + 1/(x + 1) - 1/(x^2 + x)", "2/(x + 1)"),
    ],
)
def test_the_shortest_form_is_found(given: str, result: str) -> None:
    d = derive.simplify(given, form="simplified")
    assert str(d.result) == result
    assert d.states[-1] == d.result
    assert d.verification.verdict == "agrees"


@pytest.mark.parametrize(
    ("problem", "result"),
    [("d/dx sin(x)^2", "sin(2*x)"), ("d/dx sinh(x)^2", "sinh(2*x)")],
)
def test_a_double_angle_at_the_very_end(problem: str, result: str) -> None:
    d = derive.solve(problem)
    assert str(d.result) == result
    assert d.outcome == "done"


def test_a_chain_rule_has_the_table_rule_beside_it_and_what_is_quoted_binds_nothing() -> None:
    assert [[side.rule for side in s.steps] for s in derive.differentiate("sin(3*x)", "x").steps] == [
        ["derivative.sin"], [], [],
    ]  # fmt: skip
    quoted = [s for s in derive.solve("d/dx (sin(sin(x^2 + x)) + sin(x^2 + x)^2)").steps if s.cites is not None]
    assert [(s.rule, dict(s.bindings)) for s in quoted] == [("derivation.cite", {})]


def test_the_order_by_every_variable_is_bounded() -> None:
    limits = derive.Limits(order=2)
    assert derive.solve("∂^4/∂x^2∂y^2 (x^3*y^3)", limits=limits).outcome == "done"
    for problem in ("∂^4/∂x∂y^3 (x*y^3)", "∂^4/∂x^3∂y (x^3*y)"):
        d = derive.solve(problem, limits=limits)
        assert (d.outcome.kind, d.outcome.limit) == ("budget", "order")
