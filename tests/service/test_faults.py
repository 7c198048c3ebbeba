"""Faults: workers killed, memory and time used up, pipes broken, hostile input, many clients; the service goes on."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.service.endless import ENDLESS, UNBOUNDED, wait_for

pytest.importorskip("fastapi")
httpx = pytest.importorskip("httpx")

EXAMPLES = Path(__file__).parents[3] / "shared" / "examples"
LIGHT = ["d/dx {}x^2*sin(x)", "d/dx ln(x^2 + {})", "d/dx e^({}x)*cos(x)", "d/dx (x + {})/(x^2 + 1)"]
ANSWERS = (200, 400, 422, 429, 503)


def light(k: int) -> dict[str, str]:
    return {"problem": LIGHT[k % len(LIGHT)].format(2 + k // len(LIGHT))}


def slow(k: int) -> dict[str, str]:
    return {"problem": f"{ENDLESS} + {k}"}


def is_told(response: Any) -> bool:
    """An answer or a problem, never anything else."""
    media = response.headers["content-type"]
    right = media == ("application/json" if response.status_code == 200 else "application/problem+json")
    return right and response.status_code in ANSWERS


def is_late(response: Any) -> bool:
    """A light request that had no processor for 0.4 s."""
    return response.status_code == 422 and response.json()["limit"] == "seconds"


@pytest.fixture(scope="module")
def bounded(serve: Any) -> Iterator[Any]:
    """A service on a short leash: 0.4 s, and 64 MB for a worker."""
    with serve(seconds=0.4, memory_mb=64, spares=3, queue=20, wait=60, **UNBOUNDED) as server:
        yield server


def inject(server: Any, count: int) -> dict[str, list[float]]:
    """So many faults of five kinds, each while a request runs; the seconds until the next light answer."""
    draw = random.Random(7)
    back: dict[str, list[float]] = {}
    kinds: list[Callable[[Any, int], None]] = [killed, killed_idle, too_long, too_large, broken_pipe]
    for k in range(count):
        kind = kinds[draw.randrange(len(kinds))] if k >= len(kinds) else kinds[k]
        kind(server, k)
        assert server.process.poll() is None, kind.__name__
        start = time.perf_counter()
        found = server.post("derivations", light(1000 + k))
        while found.status_code == 503 or is_late(found):  # the worker died with the others, or the machine is busy
            assert time.perf_counter() - start < 60, (kind.__name__, found.text)
            found = server.post("derivations", light(1000 + k))
        assert found.status_code == 200, (kind.__name__, found.text)
        back.setdefault(kind.__name__, []).append(time.perf_counter() - start)
    return back


def killed(server: Any, k: int) -> None:
    """A worker is killed while it works; whoever asked gets an answer or a problem."""
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(server.post("derivations", slow(k))))
    thread.start()
    time.sleep(0.02)
    workers = server.workers()
    assert workers
    for pid in workers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    thread.join(120)
    assert is_told(found[0]), found[0].text


def killed_idle(server: Any, k: int) -> None:
    """Workers die while they have nothing to do."""
    for pid in server.workers()[::2]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def too_long(server: Any, k: int) -> None:
    found = server.post("derivations", slow(k))
    assert is_told(found)
    if found.status_code == 422:
        assert found.json()["limit"] == "seconds"


def too_large(server: Any, k: int) -> None:
    """More memory than a worker has; many variables make wide states."""
    wide = "hessian " + "*".join([f"sin(x_{i}*{k + 2} + x_{i % 5})" for i in range(1, 13)])
    assert is_told(server.post("derivations", {"problem": wide, "include": ["states", "mathml"], "detail": "full"}))


def broken_pipe(server: Any, k: int) -> None:
    """The client leaves in the middle: of its request, or of the answer."""
    body = json.dumps(slow(k)).encode()
    lines = ["POST /v1/derivations HTTP/1.1", "Host: x", "Content-Type: application/json"]
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
    with socket.create_connection(("127.0.0.1", server.port)) as channel:
        channel.sendall(head.encode() + (body[:20] if k % 2 else body))
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closes with a reset


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.nightly)])
def test_faults(bounded: Any, count: int, record_property: Callable[[str, object], None]) -> None:
    back = inject(bounded, count)
    for kind, seconds in back.items():
        record_property(kind, f"{len(seconds)} times, next answer after {1000 * statistics.median(seconds):.0f} ms")
    record_property("longest that a slot was empty, in seconds", bounded.metric('derive_slot_back_seconds{lane="light'))
    assert bounded.client.get("/readyz").status_code == 200


def hostile() -> list[str]:
    """The texts of the shared hostile set, written out."""
    texts = []
    for line in (EXAMPLES / "hostile.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = row["input"] or row["latex"] or ""
        if "repeat" in row:
            text = "".join([part * count for part, count in row["repeat"]])
        texts.append(text)
    return texts


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the shared examples are not here")
def test_hostile_input_is_answered_and_leaves_no_trace(server: Any) -> None:
    count = len(server.workers())
    for text in hostile():
        for name, given in (
            ("parse", {"text": text or "?"}),
            ("derivations", {"problem": text or "?", "wrt": ["x"]}),
            ("evaluate", {"expression": text or "?", "at": {"x": "1/3"}}),
        ):
            found = server.post(name, given)
            assert found.status_code in (*ANSWERS, 413), (name, text[:80], found.text[:300])
            assert "Traceback" not in found.text
    assert server.process.poll() is None
    wait_for(lambda: len(server.workers()) == count)
    for k in range(10):
        assert server.post("derivations", light(2000 + k)).status_code == 200


async def storm(url: str, clients: int, seconds: float) -> list[float]:
    """So many clients, each with one request after the other; the seconds of every answer.

    Each has a connection of its own: a pool of httpx that they share serves some five times as late as others.
    """
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        k = number * 1000
        async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False, verify=False) as client:
            while time.perf_counter() < end:
                k += 1
                start = time.perf_counter()
                found = await client.post("/v1/derivations", json=light(k))
                assert found.status_code == 200, found.text
                took.append(time.perf_counter() - start)

    await asyncio.gather(*[one(number) for number in range(clients)])
    return sorted(took)


@pytest.mark.parametrize("seconds", [4, pytest.param(20, marks=pytest.mark.nightly)])
def test_fifty_clients_at_once(
    start: Callable[..., Any], seconds: int, record_property: Callable[[str, object], None]
) -> None:
    server = start(queue=50, wait=60)  # fifty wait for two
    took = asyncio.run(storm(server.url, 50, seconds))
    record_property("requests", len(took))
    record_property("p50", took[len(took) // 2])
    record_property("p99", took[int(len(took) * 0.99)])
    assert len(took) >= 50


async def beside(url: str, rate: int, seconds: float) -> tuple[list[float], list[int]]:
    """Light requests one after the other during `rate` hostile ones a second; their seconds, and the statuses."""
    took: list[float] = []
    statuses: list[int] = []
    end = time.perf_counter() + seconds

    async def attack(client: Any) -> None:
        async def one(k: int) -> None:
            with suppress(httpx.TimeoutException):
                statuses.append((await client.post("/v1/derivations", json=slow(k))).status_code)

        running = []
        k = 0
        while time.perf_counter() < end:
            running.append(asyncio.create_task(one(k)))
            k += 1
            await asyncio.sleep(1 / rate)
        await asyncio.gather(*running)

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False, limits=limits) as client:
        attackers = asyncio.create_task(attack(client))
        await asyncio.sleep(0.3)
        k = 0
        while time.perf_counter() < end:
            k += 1
            start = time.perf_counter()
            found = await client.post("/v1/derivations", json=light(5000 + k))
            assert found.status_code == 200, found.text
            took.append(time.perf_counter() - start)
            await asyncio.sleep(0.02)
        await attackers
    return sorted(took), statuses


def test_heavy_requests_do_not_delay_light_ones(
    start: Callable[..., Any], record_property: Callable[[str, object], None]
) -> None:
    server = start(spares=2, wait=60, seconds=1, **UNBOUNDED)
    took, statuses = asyncio.run(beside(server.url, 50, 4))
    record_property("p50", took[len(took) // 2])
    record_property("p99", took[int(len(took) * 0.99)])
    assert 503 in statuses, "the heavy lane was full"
    assert set(statuses) <= {422, 503}
