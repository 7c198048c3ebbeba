"""The service over HTTP: every endpoint, every problem with its headers, caches, streams, keys, origins, the end."""

from __future__ import annotations

import hashlib
import json
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
from derive.service.answers import ANSWERS, ProblemAnswer
from derive.service.schema import REQUESTS
from tests.service.endless import ENDLESS, UNBOUNDED, at_work, wait_for

GOOD: dict[str, dict[str, Any]] = {
    "derivations": {"problem": "d/dx x^2*sin(x)", "include": ["mathml", "html"], "alternatives": True},
    "parse": {"text": "1/2x"},
    "evaluate": {"expression": "sin(x)", "at": {"x": "1/2"}, "digits": 20},
    "check": {"problem": "d/dx sin(3x)", "answer": "cos(3x)"},
    "diagnose": {"problem": "d/dx sin(3x)", "lines": ["cos(3x)*3", "cos(3x)"]},
    "hints": {"problem": "d/dx sin(3x)"},
    "practice": {"topic": "product-rule", "count": 1},
    "plot": {"problem": "d/dx ln(x)", "points": 5},
    "graph": {"problem": "df/dt where f(x, y), x(t), y(t)"},
}
JSON = {"Content-Type": "application/json"}
JSON_LINES = [f"{name}: {value}" for name, value in JSON.items()]


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem, which is one in every respect."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    ProblemAnswer.model_validate(body)
    assert (body["status"], body["type"]) == (status, f"/problems/{kind}")
    assert "Traceback" not in response.text
    assert str(Path(__file__).parents[2]) not in response.text
    return body


@pytest.mark.parametrize("name", REQUESTS)
def test_every_endpoint_answers_as_its_schema_says(server: Any, name: str) -> None:
    response = server.post(name, GOOD[name])
    assert response.status_code == 200, response.text
    ANSWERS[name].model_validate_json(response.content)
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert server.post(name, GOOD[name]).content == response.content


def test_rules(server: Any) -> None:
    found = server.client.get("/v1/rules", params={"language": "ko"}).json()
    ANSWERS["rules"].model_validate(found)
    assert {"id": "derivative.product", "title": "곱의 미분법"} in found["rules"]
    for rule in found["rules"][:60]:
        ANSWERS["rule"].model_validate_json(server.client.get(f"/v1/rules/{rule['id']}").content)
    problem(server.client.get("/v1/rules/derivative.nothing"), 404, "not-found")


def test_get_is_cached_by_its_tag(server: Any) -> None:
    query = {"problem": "d/dx x^2*sin(x)", "detail": "full"}
    first = server.client.get("/v1/derivations", params=query)
    again = server.client.get("/v1/derivations", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    for named in (f"W/{first.headers['etag']}", f'"other", {first.headers["etag"]}', "*"):
        again = server.client.get("/v1/derivations", params=query, headers={"If-None-Match": named})
        assert again.status_code == 304, named
    other = server.client.get("/v1/derivations", params=query, headers={"If-None-Match": '"other"'})
    assert (other.status_code, other.content) == (200, first.content)
    assert "max-age" in first.headers["cache-control"]
    assert first.json()["id"] == server.post("derivations", query).json()["id"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/", "/v1/derivations?problem=d/dx+x", "/v1/nothing"])
def test_head_is_get_without_the_body(server: Any, path: str) -> None:
    head, whole = server.client.head(path), server.client.get(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "content-length"):
        assert head.headers[name] == whole.headers[name]


def test_unreadable_mathematics(server: Any) -> None:
    body = problem(server.post("derivations", {"problem": "d/dx x + sine(x)"}), 400, "unreadable")
    assert (body["line"], body["column"]) == (1, 10)
    assert "sin" in body["suggestion"]
    body = problem(server.post("parse", {"text": "x^2+"}), 400, "unreadable")
    assert body["column"] == 5
    assert body["expected"]


def test_wrong_requests(server: Any) -> None:
    client = server.client
    problem(client.get("/v1/nothing"), 404, "not-found")
    problem(client.get("/nothing"), 404, "not-found")
    problem(client.get("/static/../settings.py"), 404, "not-found")
    response = client.put("/v1/parse", content=b"{}", headers=JSON)
    problem(response, 405, "method")
    assert "POST" in response.headers["allow"]
    problem(client.post("/v1/parse", content=b"text=x"), 415, "media")
    problem(client.post("/v1/parse", content=b'{"text":"x"}', headers={"Content-Type": "text/plain"}), 415, "media")
    problem(client.post("/v1/parse", content=b'{"text":', headers=JSON), 422, "fields")
    problem(client.post("/v1/parse", content=b"\xff\xfe", headers=JSON), 422, "fields")
    problem(client.post("/v1/parse", content=b"", headers=JSON), 422, "fields")
    body = problem(server.post("parse", {"text": "x", "more": 1}), 422, "fields")
    assert body["errors"] == [{"field": "more", "detail": "Extra inputs are not permitted"}]


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"GET /v1/derivations?problem=" + b"x" * 100_000])
def test_what_is_not_http_is_told_so(server: Any, sent: bytes) -> None:
    head, body = spoken(server, [sent])
    assert b" 400 " in head
    assert b"application/problem+json" in head
    assert json.loads(body)["type"] == "/problems/request"


def spoken(server: Any, pieces: list[bytes]) -> tuple[bytes, bytes]:
    """The head and the body of what a connection answers to these bytes."""
    found = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as channel:
        for piece in pieces:
            channel.sendall(piece)
        while more := channel.recv(2**16):
            found += more
    head, _, body = found.partition(b"\r\n\r\n")
    return head, body


def test_a_head_comes_in_time_and_is_bounded(start: Callable[..., Any]) -> None:
    server = start(head_seconds=0.3)
    head, body = spoken(server, [b"GET /healthz HTTP/1.1\r\n", b"X-Slow: "])
    assert b" 408 " in head
    assert json.loads(body)["limit"] == "head_seconds"
    assert spoken(server, []) == (b"", b""), "who asks nothing is not waited for"
    server = start(head_bytes=300)
    many = [b"X-%03d: y\r\n" % k for k in range(100)]
    head, body = spoken(server, [b"GET /healthz HTTP/1.1\r\n", *many])
    assert b" 400 " in head
    assert json.loads(body)["limit"] == "head_bytes"
    twice = b"GET /healthz HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 200 + b"\r\n\r\n"
    head, body = spoken(server, [twice + twice + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"])
    assert (head + body).count(b" 200 OK") == 3, "a head after another is counted from its own start"


def test_large_bodies_are_refused_however_they_come(server: Any) -> None:
    large = json.dumps({"text": "x" * 70_000}).encode()
    body = problem(server.client.post("/v1/parse", content=large, headers=JSON), 413, "body")
    assert (body["limit"], body["value"]) == ("body_bytes", 64_000)

    def pieces() -> Any:
        for k in range(0, len(large), 5_000):
            yield large[k : k + 5_000]

    problem(server.client.post("/v1/parse", content=pieces(), headers=JSON), 413, "body")
    assert server.client.post("/v1/parse", content=iter([b'{"text"', b':"x"}']), headers=JSON).status_code == 200


def test_a_body_comes_in_time(start: Callable[..., Any]) -> None:
    server = start(body_seconds=1)
    lines = ["POST /v1/parse HTTP/1.1", "Host: x", *JSON_LINES, "Content-Length: 20", "Connection: close", "", ""]
    head, body = spoken(server, ["\r\n".join(lines).encode(), b'{"text":'])
    assert b" 408 " in head
    told = json.loads(body)
    ProblemAnswer.model_validate(told)
    assert (told["type"], told["limit"], told["value"]) == ("/problems/slow", "body_seconds", 1)
    assert server.post("parse", {"text": "x"}).status_code == 200


def test_a_full_queue_says_when_to_come_back(start: Callable[..., Any]) -> None:
    server = start(workers=1, queue=1, seconds=3, wait=60, **UNBOUNDED)
    found: list[Any] = []

    def ask(k: int) -> None:
        found.append(server.post("derivations", {"problem": f"{ENDLESS} + {k}"}))

    threads = [threading.Thread(target=ask, args=(k,)) for k in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    refused = [r for r in found if r.status_code == 503]
    assert len(found) == 5
    assert len(refused) == 3, "one is worked on, one waits"
    for response in refused:
        body = problem(response, 503, "busy")
        assert int(response.headers["retry-after"]) >= 1
        assert "queue" in body["detail"]
    assert server.post("derivations", {"problem": "d/dx x^2"}).status_code == 200


def test_what_is_typed_need_not_be_readable_yet(server: Any) -> None:
    told = server.post("parse", {"text": "d/dx (x + ", "typing": True})
    assert told.status_code == 200
    ANSWERS["parse"].model_validate_json(told.content)
    assert told.json()["readable"] is False
    assert told.json()["problem"] == problem(server.post("parse", {"text": "d/dx (x + "}), 400, "unreadable")
    assert server.post("parse", {"text": "d/dx x", "typing": True}).json()["readable"] is True


def test_a_certificate_on_request(server: Any) -> None:
    plain = server.post("derivations", {"problem": "d/dx x^2*sin(x)"}).json()
    assert "certificate" not in plain
    found = server.post("derivations", {"problem": "d/dx x^2*sin(x)", "include": ["certificate"]})
    ANSWERS["derivations"].model_validate_json(found.content)
    told = found.json()["certificate"]
    assert "Theorem" in told["text"]
    assert told["variables"] == {"v_1": "x"}
    assert {1, 2, 3} <= {lemma["step"] for lemma in told["lemmas"]}
    none = server.post("derivations", {"problem": "gradient f(x, y)", "include": ["certificate"]}).json()["certificate"]
    assert none["text"] is None
    assert none["reason"]


def test_limits_name_their_setting_and_bring_what_was_found(start: Callable[..., Any]) -> None:
    server = start(steps=3)
    body = problem(server.post("derivations", {"problem": "d/dx sin(cos(exp(ln(x))))*x^2"}), 422, "limit")
    assert (body["limit"], body["value"]) == ("steps", 3)
    assert "DERIVE_STEPS" in body["detail"]
    assert len(body["partial"]["steps"]) == 3


def test_rate(start: Callable[..., Any]) -> None:
    server = start(rate=0.01, burst=3)
    answers = [server.post("parse", {"text": "x"}) for _ in range(4)]
    assert [a.status_code for a in answers[:3]] == [200, 200, 200]
    body = problem(answers[3], 429, "rate")
    assert 1 <= int(answers[3].headers["retry-after"]) <= 100
    assert body["limit"] == "rate"
    assert server.client.get("/healthz").status_code == 200


def test_keys(start: Callable[..., Any]) -> None:
    server = start(keys=hashlib.sha256(b"secret").hexdigest())
    refused = server.post("parse", {"text": "x"})
    problem(refused, 401, "key")
    assert refused.headers["www-authenticate"] == "Bearer"
    problem(server.post("parse", {"text": "x"}, headers={"X-API-Key": "secrets"}), 401, "key")
    assert server.post("parse", {"text": "x"}, headers={"X-API-Key": "secret"}).status_code == 200
    assert server.post("parse", {"text": "x"}, headers={"Authorization": "Bearer secret"}).status_code == 200
    assert server.client.get("/healthz").text == "ok"


def test_other_origins_are_let_in_only_when_named(server: Any, start: Callable[..., Any]) -> None:
    there = {"Origin": "https://school.example"}
    asked = {**there, "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in server.post("parse", {"text": "x"}, headers=there).headers
    problem(server.client.options("/v1/parse", headers=asked), 405, "method")
    other = start(origins="https://school.example")
    answer = other.post("parse", {"text": "x"}, headers=there)
    assert answer.headers["access-control-allow-origin"] == "https://school.example"
    assert answer.headers["vary"] == "Origin"
    assert other.client.options("/v1/parse", headers=asked).status_code == 204
    elsewhere = other.post("parse", {"text": "x"}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in elsewhere.headers


def test_a_stream_tells_what_is_found_then_the_steps(server: Any) -> None:
    given = {"problem": "d/dx x^2*sin(3x)"}
    response = server.post("derivations/stream", given)
    assert response.headers["content-type"].startswith("application/jsonl")
    events = [json.loads(line) for line in response.text.splitlines()]
    kinds = [e["event"] for e in events]
    assert sorted(set(kinds), key=kinds.index) == ["found", "derivation", "step", "result"]
    whole = server.post("derivations", given).json()
    assert [e["rule"] for e in events if e["event"] == "step"] == [s["rule"] for s in whole["steps"]]
    assert {e["rule"] for e in events if e["event"] == "found"} >= {s["rule"] for s in whole["steps"]}
    assert events[-1]["result"] == whole["result"]

    response = server.post("derivations/stream", given, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [json.loads(block.removeprefix("data: ")) for block in response.text.split("\n\n") if block] == events
    problem(server.post("derivations/stream", {"problem": "(("}), 400, "unreadable")


def test_found_steps_come_before_the_end(start: Callable[..., Any]) -> None:
    server = start(seconds=600, **UNBOUNDED)
    with server.client.stream("POST", "/v1/derivations/stream", json={"problem": ENDLESS}) as response:
        assert json.loads(next(response.iter_lines()))["event"] == "found"


def test_one_error_never_spoils_a_batch(server: Any) -> None:
    given = [{"problem": "d/dx x^2"}, {"problem": "(("}, {"problem": "d/dx sin(x)"}]
    response = server.post("batch", {"requests": given})
    ANSWERS["batch"].model_validate_json(response.content)
    found = response.json()["answers"]
    assert [a["status"] for a in found] == [200, 400, 200]
    assert found[0]["body"] == server.post("derivations", given[0]).json()
    body = problem(server.post("batch", {"requests": given * 40}), 422, "limit")
    assert body["limit"] == "batch"


def test_pages_say_what_is_there_without_anything_from_elsewhere(server: Any) -> None:
    for path in ("/", "/docs", "/editor"):
        response = server.client.get(path)
        assert response.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "http://" not in response.text
        assert "https://" not in response.text
    assert "/v1/derivations/stream" in server.client.get("/docs").text
    icon = server.client.get("/favicon.ico")
    assert icon.headers["content-type"].startswith("image/svg")
    tag = server.client.get("/static/main.js").headers["etag"]
    assert server.client.get("/static/main.js", headers={"If-None-Match": tag}).status_code == 304


def test_metrics(server: Any) -> None:
    before = server.metric("derive_requests_total")
    server.post("parse", {"text": "x + 1"})
    assert server.metric("derive_requests_total") == before + 1


def test_when_the_client_leaves_the_work_is_killed(start: Callable[..., Any]) -> None:
    server = start(seconds=600, **UNBOUNDED)
    before = server.metric("derive_workers_replaced")
    body = json.dumps({"problem": ENDLESS}).encode()
    lines = ["POST /v1/derivations HTTP/1.1", "Host: x", *JSON_LINES, f"Content-Length: {len(body)}", "", ""]
    with socket.create_connection(("127.0.0.1", server.port)) as channel, at_work(server):
        channel.sendall("\r\n".join(lines).encode() + body)
    wait_for(lambda: server.metric("derive_workers_replaced") > before)


def test_a_stop_finishes_what_runs(start: Callable[..., Any]) -> None:
    server = start(seconds=3, grace=60, **UNBOUNDED)
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(server.post("derivations", {"problem": ENDLESS})))
    with at_work(server):
        thread.start()
    server.process.send_signal(signal.SIGTERM)
    thread.join(120)
    assert problem(found[0], 422, "limit")["limit"] == "seconds", "its own deadline, not the stop"
    assert server.process.wait(60) in (0, -signal.SIGTERM)
    assert server.workers() == []
