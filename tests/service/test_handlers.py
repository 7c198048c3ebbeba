"""The handlers without HTTP: right answers, problems with their place, limits that are named, the same bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from derive.service.handlers import HANDLERS, answer
from derive.service.lanes import is_heavy
from derive.service.problems import MEDIA, TITLES, of_error
from derive.service.schema import REQUESTS
from derive.service.settings import Settings

GOOD: dict[str, dict[str, Any]] = {
    "derivations": {"problem": "d/dx x^2*sin(x)"},
    "parse": {"text": "1/2x"},
    "evaluate": {"expression": "sin(x)", "at": {"x": "1/2"}, "digits": 20},
    "check": {"problem": "d/dx sin(3x)", "answer": "cos(3x)"},
    "diagnose": {"problem": "d/dx sin(3x)", "lines": ["cos(3x)*3", "3cos(3x)"]},
    "hints": {"problem": "d/dx sin(3x)"},
    "practice": {"topic": "product-rule", "count": 1},
    "plot": {"problem": "d/dx ln(x)", "points": 5},
    "graph": {"problem": "df/dt where f(x, y), x(t), y(t)"},
    "rules": {"language": "ko"},
    "rule": {"id": "derivative.product"},
}


def told(name: str, given: dict[str, Any], **settings: Any) -> tuple[int, dict[str, Any]]:
    found = answer(name, given, Settings(**settings))
    return found.status, json.loads(found.body)


@pytest.mark.parametrize("name", GOOD)
def test_good_requests(name: str) -> None:
    status, body = told(name, GOOD[name])
    assert status == 200, body
    assert answer(name, GOOD[name]).body == answer(name, GOOD[name]).body


def test_every_endpoint_is_tried() -> None:
    assert set(HANDLERS) - {"batch"} == set(GOOD)
    assert set(REQUESTS) <= set(HANDLERS)


def test_a_derivation() -> None:
    _, body = told(
        "derivations", {"problem": "d/dx x^2*sin(x)", "include": ["html", "latex", "markdown", "states", "mathml"]}
    )
    assert body["result"]["text"] == "2*x*sin(x) + x^2*cos(x)"
    assert body["verification"]["verdict"] == "agrees"
    assert body["steps"][0]["rule"] == "derivative.product"
    assert set(body["rendered"]) == {"html", "latex", "markdown"}
    assert body["rendered"]["html"].startswith("<main>")
    assert "mathml" in body["result"]
    assert len(body["id"]) == 24


def test_how_much_is_verified_is_chosen() -> None:
    verdicts = {}
    for verify in ("quick", "thorough", "off"):
        _, body = told("derivations", {"problem": "d/dx x^2*sin(x)", "verify": verify})
        verdicts[verify] = body["verification"]["verdict"], body["verification"]["points"]
    assert [verdict for verdict, _ in verdicts.values()] == ["agrees", "agrees", "unchecked"]
    assert verdicts["thorough"][1] > verdicts["quick"][1]


def test_unreadable_mathematics_has_its_place() -> None:
    status, body = told("derivations", {"problem": "d/dx sine(x)"})
    assert status == 400
    assert body["type"] == "/problems/unreadable"
    assert (body["line"], body["column"]) == (1, 6)
    assert "sin" in body["suggestion"]


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        ({"problem": "x" * 5000}, "characters"),
        ({"problem": "d/dx 1" + "0" * 200}, "digits"),
        ({"problem": "d/dx " + "sin(" * 200 + "x" + ")" * 200}, "depth"),
        ({"problem": "d/dx " + "+".join([f"x^{k}" for k in range(1100)])}, "nodes"),
        ({"problem": "d^11/dx^11 sin(x)"}, "order"),
        ({"problem": "x", "wrt": ["x"], "order": 50}, "order"),
        ({"problem": "gradient " + "+".join([f"a_{k}" for k in range(20)])}, "variables"),
        ({"problem": "x", "wrt": ["x" * 40]}, "letters"),
    ],
)
def test_limits_are_named(given: dict[str, Any], limit: str) -> None:
    status, body = told("derivations", given, characters=4_000 if limit == "characters" else 60_000)
    assert status == 422, body
    assert body["limit"] == limit
    assert f"DERIVE_{limit.upper()}" in body["detail"]


def test_a_budget_gives_the_partial_trace() -> None:
    status, body = told("derivations", {"problem": "d/dx sin(cos(exp(ln(x))))*x^2"}, steps=3)
    assert status == 422
    assert body["limit"] == "steps"
    assert body["partial"]["outcome"]["kind"] == "budget"
    assert len(body["partial"]["steps"]) >= 3


def test_wrong_fields_are_listed_and_not_repeated() -> None:
    status, body = told("derivations", {"problem": "x", "nonsense": "secret"})
    assert status == 422
    assert body["errors"][0]["field"] == "nonsense"
    assert "secret" not in json.dumps(body)
    assert told("nowhere", {})[0] == 404
    assert told("rule", {"id": "nothing.at-all"})[0] == 404


def test_too_large_an_answer() -> None:
    status, body = told("derivations", {"problem": "d/dx x^2"}, answer_bytes=100)
    assert (status, body["limit"]) == (422, "answer_bytes")


def test_one_error_never_spoils_a_batch() -> None:
    from derive.service.schema import BatchRequest

    given = BatchRequest.model_validate(
        {"requests": [{"problem": "d/dx x^2"}, {"problem": "(("}, {"problem": "d/dx sin(x)"}]}
    )
    found = json.loads(answer("batch", given).body)["answers"]
    assert [a["status"] for a in found] == [200, 400, 200]


def test_no_error_tells_of_the_machine() -> None:
    problem = of_error(RuntimeError("/home/somebody/secret.py is broken"))
    assert problem.status == 500
    assert "secret" not in json.dumps(problem.body())
    assert MEDIA == "application/problem+json"
    assert all(400 <= status < 600 for status, _ in TITLES.values())


@pytest.mark.parametrize(
    ("name", "given", "heavy"),
    [
        ("derivations", {"problem": "d/dx x^2*sin(3x)"}, False),
        ("derivations", {"problem": "d/dx (x+1)^1000"}, True),
        ("derivations", {"problem": "d^9/dx^9 sin(x)"}, True),
        ("derivations", {"problem": "sin(" * 20 + "x" + ")" * 20}, True),
        ("derivations", {"problem": "x" * 500}, True),
        ("practice", {"topic": "chain-rule", "count": 20}, True),
        ("parse", {"text": "x^2"}, False),
    ],
)
def test_lanes(name: str, given: dict[str, Any], heavy: bool) -> None:
    assert is_heavy(name, given) is heavy


def test_settings_come_from_the_environment() -> None:
    found = Settings.from_environment({"DERIVE_SECONDS": "5", "DERIVE_WORKERS": "3"}, port=9, workers=None)
    assert (found.seconds, found.workers, found.port) == (5.0, 3, 9)
    with pytest.raises(Exception, match="DERIVE_SECONDS has to be a float"):
        Settings.from_environment({"DERIVE_SECONDS": "soon"})
