"""JSON goes round through from_json, which replays it and refuses a broken trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import derive
from derive.engine import derivation
from derive.errors import LimitError, TraceError
from derive.explain import from_json, to_json
from derive.explain.catalog import LANGUAGES
from derive.explain.reference import PLACE as REFERENCE
from derive.explain.reference import reference
from derive.explain.schema import PLACE, schema
from derive.explain.wire import DerivationWire
from derive.expressions import Derivative, Expression, call, make, natural, power, symbol
from derive.strategy import RULES
from derive.trace import Derivation, Step
from tests.explain.derivations import PROBLEMS, worked


def content(s: Step) -> tuple[Any, ...]:
    """All that a step says."""
    return (
        s.index, s.rule, s.path, s.places, s.before, s.after, s.weight, s.bindings, s.partial, s.cites, s.conditions,
        [(i.rule, i.before, i.after, i.bindings) for i in s.steps],
    )  # fmt: skip


@pytest.mark.parametrize("problem", PROBLEMS)
def test_round_trip(problem: str) -> None:
    d = worked(problem)
    written = to_json(d, states=True, mathml=True)
    back = from_json(written)
    assert back.problem == d.problem
    assert back.result == d.result
    assert [content(s) for s in back.steps] == [content(s) for s in d.steps]
    assert list(back.states) == list(d.states)
    assert back.conditions == d.conditions
    assert (back.outcome.kind, back.outcome.reason, back.outcome.part) == (
        d.outcome.kind,
        d.outcome.reason,
        d.outcome.part,
    )
    assert back.verification == d.verification
    assert to_json(back, states=True, mathml=True) == written
    assert back.render("text", language="ko") == d.render("text", language="ko")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_in_the_schema(language: str) -> None:
    for problem in PROBLEMS:
        DerivationWire.model_validate_json(to_json(worked(problem), language=language))


def test_notes_go_round() -> None:
    d = derive.solve("d/dx 1/2x")
    assert d.interpretation
    assert from_json(d.to_json()).interpretation == d.interpretation


def test_the_method_of_a_derivation() -> None:
    d = worked("d/dx(x^2*sin(3*x))")
    assert [content(s) for s in Derivation.from_json(d.to_json()).steps] == [content(s) for s in d.steps]


def change(*path: str | int, to: Any) -> Callable[[dict[str, Any]], None]:
    def changed(stored: dict[str, Any]) -> None:
        at: Any = stored
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = to

    return changed


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def changed(stored: dict[str, Any]) -> None:
        at: Any = stored
        for key in path[:-1]:
            at = at[key]
        del at[path[-1]]

    return changed


def swap(stored: dict[str, Any]) -> None:
    stored["steps"][0], stored["steps"][1] = stored["steps"][1], stored["steps"][0]
    for index, step in enumerate(stored["steps"]):
        step["index"] = index


BROKEN = [
    (drop("steps", 1), "step 2"),
    (drop("steps", -1), "result"),
    (swap, "step 1"),
    (change("steps", 2, "index", to=7), "step 3"),
    (change("steps", 1, "path", to=[1, 0]), "step 2"),
    (change("steps", 1, "path", to=[9, 9, 9]), "step 2"),
    (change("steps", 1, "places", to=2), "step 2"),
    (change("steps", 1, "after", to={"node": 0}), "step 5"),
    (change("steps", 1, "before", to={"node": 0}), "step 2"),
    (change("steps", 1, "before", "node", to=9999), "step 2.*no node 9999"),
    (change("steps", 1, "before", "node", to=-1), "step 2"),
    (change("steps", 1, "before", "text", to="d/dx(x^7)"), "step 2.*text"),
    (change("steps", 1, "cites", to=1), "step 2.*cites"),
    (change("steps", 1, "weight", to="huge"), "step 2"),
    (change("steps", 1, "surprise", to=1), "step 2"),
    (change("problem", to={"node": 0}), "step 1"),
    (change("result", to={"node": 0}), "result"),
    (change("schema_version", to=2), "schema_version"),
    (change("nodes", 0, "kind", to="verb"), "row 0"),
    (change("nodes", 0, "arguments", to=[5]), "row 0"),
    (change("nodes", 1, "label", to=-3), "row 1"),
    (drop("nodes"), "nodes"),
]


@pytest.mark.parametrize(("damage", "expected"), BROKEN)
def test_a_broken_trace_is_refused(damage: Callable[[dict[str, Any]], None], expected: str) -> None:
    stored = json.loads(to_json(worked("d/dx(x^2*sin(3*x))")))
    damage(stored)
    with pytest.raises(TraceError, match=expected):
        from_json(json.dumps(stored))


def test_a_step_that_changes_nothing_is_refused() -> None:
    stored = json.loads(to_json(worked("d/dx(5)")))
    stored["steps"][0]["after"] = stored["result"] = stored["steps"][0]["before"]
    with pytest.raises(TraceError, match="changes nothing"):
        from_json(json.dumps(stored))


@pytest.mark.parametrize("source", ["", "{", "[]", "null", "{}", '{"steps": ' + "[" * 10_000, "\ud800"])
def test_no_json_of_ours(source: str) -> None:
    with pytest.raises(TraceError):
        from_json(source)


def test_a_large_number_keeps_its_digits() -> None:
    x = symbol("x")
    problem = make(Derivative, (power(x, natural(10**30 + 7)), x, natural(1)), False)
    d = derivation("differentiate", problem, RULES)
    assert from_json(to_json(d)).result == d.result


def deep(n: int) -> Expression:
    e = symbol("x")
    for _ in range(n):
        e = call("sin", e)
    return make(Derivative, (e, symbol("x"), natural(1)), False)


def test_long_texts_are_left_out_with_the_reason() -> None:
    d = derivation("differentiate", deep(300), RULES)
    stored = json.loads(to_json(d))
    assert stored["result"]["text"] is None
    assert stored["result"]["omitted"] == "characters"
    assert from_json(json.dumps(stored)).result == d.result


def test_a_derivation_too_long_for_json_is_a_limit() -> None:
    d = derivation("differentiate", deep(300), RULES)
    whole = to_json(d)
    assert to_json(d, max_characters=len(whole)) == whole
    with pytest.raises(LimitError, match="JSON has more than 10,000 characters"):
        to_json(d, max_characters=10_000)


def rosenbrock(n: int) -> Derivation:
    f = " + ".join(f"100*(x_{k + 1} - x_{k}^2)^2 + (1 - x_{k})^2" for k in range(1, n))
    return derive.gradient(f, method="reverse").verified("off")


@pytest.mark.parametrize(("n", "states"), [(3, False), (30, True), (120, False)])
def test_the_sweep_of_a_function_is_written_and_replayed(n: int, states: bool) -> None:
    d = rosenbrock(n)
    again = from_json(to_json(d, states=states))
    assert again.result == d.result
    assert [(s.path, s.places) for s in again.steps] == [(s.path, s.places) for s in d.steps]


def test_what_is_written_of_a_sweep_grows_with_its_steps() -> None:
    some, more = rosenbrock(120), rosenbrock(240)
    assert len(more.steps) > 1.9 * len(some.steps)
    assert len(to_json(more)) < 2.2 * len(to_json(some))


def test_the_schema_is_fresh() -> None:
    assert PLACE.read_text("utf-8") == schema(), "run python -m derive.explain.schema"


def test_the_reference_is_fresh() -> None:
    assert REFERENCE.read_text("utf-8") == reference(), "run python -m derive.explain.reference"
