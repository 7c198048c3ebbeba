"""`python -m tests.benchmarks.serving` measures the service on this machine and writes docs/reference/serving.md.

`python -m tests.benchmarks.serving derivations hostile` measures these parts alone, briefly, and only prints: the
parts are derivations, clients, hostile, faults.
"""

from __future__ import annotations

import asyncio
import http.client
import importlib.util
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from tests.examples.records import derivative_tasks

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "serving.md"
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def serving(name: str = "conftest") -> Any:
    """The tests' own way to start a server, to break it, to storm it."""
    spec = importlib.util.spec_from_file_location(f"service_{name}", ROOT / "tests" / "service" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Caller:
    """One connection that is kept, and nothing between it and the clock."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def __call__(self, request: dict[str, Any]) -> float:
        body = json.dumps(request)
        start = time.perf_counter()
        self.connection.request("POST", "/v1/derivations", body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        response.read()
        took = time.perf_counter() - start
        assert response.status in (200, 422), response.status
        return took


def problems() -> list[dict[str, Any]]:
    """The shared textbook functions."""
    return [{"problem": task["input"], "wrt": task["wrt"]} for task in derivative_tasks("textbook")]


def tree(pid: int, children: Any) -> list[int]:
    found = [pid]
    for one in found:
        found += children(one)
    return found


def cpu_seconds(pids: list[int]) -> float:
    total = 0.0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def memory_mb(pids: list[int]) -> float:
    """Memory of their own: what they share with the process they were forked from counts once a process, roughly."""
    total = 0.0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/statm").read_text("ascii").split()
            total += (int(fields[1]) - int(fields[2])) * PAGE_MB
    return total


def at(found: list[float], share: float) -> str:
    return f"{1000 * sorted(found)[min(len(found) - 1, int(len(found) * share))]:.1f} ms"


def measured(count: int) -> list[tuple[str, str]]:
    """One request after the other, and four at once; no answer is remembered but in the last two rows."""
    tools = serving()
    given = problems()
    rows = []
    start = time.perf_counter()
    with tools.running(cache_mb=0) as server:
        rows.append(("cold start, until `/readyz` is ready", f"{time.perf_counter() - start:.1f} s"))
        call = Caller(server.port)
        for request in given[:20]:
            call(request)
        took = [call(request) for request in given]
        rows += [(f"a textbook derivation, p50 of {len(took)}", at(took, 0.5)), ("p99", at(took, 0.99))]
        pids = tree(server.process.pid, tools.children)
        before, front, start = cpu_seconds(pids), cpu_seconds(pids[:1]), time.perf_counter()
        done = parallel(server.port, given * 3, 4)
        spent, wall = cpu_seconds(pids) - before, time.perf_counter() - start
        front = cpu_seconds(pids[:1]) - front
        rows.append(("derivations a second a core: all computing, HTTP included", f"{done / spent:.0f}"))
        rows.append(("computing for one, in a worker", f"{1000 * (spent - front) / done:.1f} ms"))
        rows.append(("computing for one, in the process that speaks HTTP", f"{1000 * front / done:.1f} ms"))
        rows.append(("derivations a second, four callers, two workers", f"{done / wall:.0f}"))
        first = memory_mb(pids)
        parallel(server.port, (given * (count // len(given) + 1))[:count], 2)
        last = memory_mb(pids)
        rows.append(
            (f"memory of all processes, before and after {count:,} more requests", f"{first:.0f} MB, {last:.0f} MB")
        )
        assert len(tree(server.process.pid, tools.children)) == len(pids)
    with tools.running() as server:
        call = Caller(server.port)
        for request in given[:50]:
            call(request)
        took = [call(request) for _ in range(10) for request in given[:50]]
        rows += [("the same derivation again, p50", at(took, 0.5)), ("p99 ", at(took, 0.99))]
    return rows


def stormed(clients: int, seconds: float) -> list[tuple[str, str]]:
    """So many clients at once; a failed request ends it."""
    with serving().running(queue=clients) as server:
        took = asyncio.run(serving("test_faults").storm(server.url, clients, seconds))
    return [
        (f"{clients} clients at once for {seconds:g} s, all answered: requests", f"{len(took):,}"),
        (f"p50 of a request among {clients}", at(took, 0.5)),
        (f"p99 of a request among {clients}", at(took, 0.99)),
    ]


def attacked(rate: int, seconds: float) -> list[tuple[str, str]]:
    """Light requests while so many hostile ones come a second, each of which takes all of its time."""
    with serving().running(spares=2) as server:
        took, statuses = asyncio.run(serving("test_faults").beside(server.url, rate, seconds))
    return [
        (f"p50 and p99 of {len(took):,} light requests beside {rate} hostile ones a second",
         f"{at(took, 0.5)}, {at(took, 0.99)}"),
        (f"the {len(statuses):,} hostile ones: worked out, over a limit, told to come back",
         ", ".join([f"{statuses.count(status):,}" for status in (200, 422, 503)])),
    ]  # fmt: skip


def broken(count: int) -> list[tuple[str, str]]:
    """So many faults while requests run; every one is answered, and the server goes on."""
    with serving().running(seconds=0.4, memory_mb=64, spares=3, queue=20) as server:
        back = serving("test_faults").inject(server, count)
        longest = server.metric('derive_slot_back_seconds{lane="light')
        replaced = server.metric("derive_workers_replaced")
    return fault_rows(back, replaced, longest)


def fault_rows(back: dict[str, list[float]], replaced: float, longest: float) -> list[tuple[str, str]]:
    rows = [
        (f"the next answer after a fault, p50 and p95 of {len(took):,}: {kind.replace('_', ' ')}",
         f"{at(took, 0.5)}, {at(took, 0.95)}")
        for kind, took in back.items()
    ]  # fmt: skip
    rows.append(("workers replaced meanwhile", f"{replaced:,.0f}"))
    rows.append(("the longest that a light worker's place was empty, no spare being left", f"{1000 * longest:.0f} ms"))
    return rows


def parallel(port: int, requests: list[dict[str, Any]], callers: int) -> int:
    def work(part: list[dict[str, Any]]) -> None:
        call = Caller(port)
        for request in part:
            call(request)

    threads = [threading.Thread(target=work, args=(requests[k::callers],)) for k in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(requests)


def page(rows: list[tuple[str, str]], load: str) -> str:
    lines = [f"| {what} | {value} |" for what, value in rows]
    return "\n".join([
        "# Serving, measured",
        "",
        f"Written by `python -m tests.benchmarks.serving`, on {os.cpu_count()} cores, beside a load of {load}.",
        "The derivations are the shared textbook functions, all different, each with all its steps, explained and",
        "checked, over a connection that is kept. No answer is remembered (`DERIVE_CACHE_MB=0`), but in the two rows",
        "where the same is asked again.",
        "",
        "| what | measured |",
        "|---|---|",
        *lines,
        "",
        "The faults are those of `tests/service/test_faults.py`: every worker killed while a slow request runs, every",
        "second one killed while nothing is done, deadlines, memory, clients that leave; then a light one is asked.",
        "",
    ])  # fmt: skip


Part: TypeAlias = Callable[[bool], list[tuple[str, str]]]
PARTS: dict[str, Part] = {
    "derivations": lambda brief: measured(300 if brief else 10_000),
    "clients": lambda brief: stormed(50, 5 if brief else 20),
    "hostile": lambda brief: attacked(50, 5 if brief else 20),
    "faults": lambda brief: broken(50 if brief else 1_000),
}


if __name__ == "__main__":
    load = f"{os.getloadavg()[0]:.1f}"
    chosen = sys.argv[1:]
    found = [row for name in chosen or PARTS for row in PARTS[name](bool(chosen))]
    if chosen:
        print(f"beside a load of {load}", *[f"{value:>20}  {what}" for what, value in found], sep="\n")
    else:
        PAGE.write_text(page(found, load), "utf-8")
