"""A server of our own: a process on a free port, ended with the tests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

httpx = pytest.importorskip("httpx", reason="the server tests need the extra `service-test`")
pytest.importorskip("fastapi", reason="the server tests need the extra `server`")

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0  # seconds; 1.5 on an idle machine


class Server:
    """A running service: its address, a client, its process."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def post(self, name: str, data: Any, **more: Any) -> Any:
        return self.client.post(f"/v1/{name}", json=data, **more)

    def metric(self, name: str) -> float:
        """The sum of a metric over its labels."""
        lines = self.client.get("/metrics").text.splitlines()
        return sum([float(line.rpartition(" ")[2]) for line in lines if line.startswith(name)])

    def workers(self) -> list[int]:
        """The process ids of the workers: the children of the fork server."""
        found = []
        for child in children(self.process.pid):
            found += children(child)
        return found

    def stop(self) -> int:
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def children(pid: int) -> list[int]:
    """The process ids of a process' children, whichever of its threads started them."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(word) for word in task.read_text("ascii").split()]
    return found


@contextmanager
def running(**settings: Any) -> Iterator[Server]:
    """The service with these settings, ready to answer; no rate limit unless one is asked for."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"rate": 0, "grace": 5, **settings, "port": port}
    environment = os.environ | {f"DERIVE_{name.upper()}": str(value) for name, value in given.items()}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "derive", "serve"]
    with subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        server = Server(process, port)
        try:
            wait_for(lambda: _is_ready(server), STARTS_WITHIN)
            yield server
        finally:
            server.client.close()
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(condition: Callable[[], bool], seconds: float, every: float = 0.02) -> float:
    """The seconds that it took until the condition held; AssertionError when it never did."""
    start = time.perf_counter()
    while not condition():
        assert time.perf_counter() - start < seconds, f"not within {seconds} s"
        time.sleep(every)
    return time.perf_counter() - start


def _is_ready(server: Server) -> bool:
    assert server.process.poll() is None, server.process.stdout and server.process.stdout.read()
    try:
        return bool(server.client.get("/readyz").status_code == 200)
    except httpx.TransportError:
        return False


@pytest.fixture(scope="session")
def serve() -> Any:
    """`with serve(seconds=1) as server`: a service with other settings."""
    return running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One service for all tests that leave it as it is."""
    with running(spares=2) as found:
        yield found


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Starts services with other settings, and ends them."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(running(**settings))
