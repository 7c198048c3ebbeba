"""A server of our own: a process on a free port, ended with the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.service.endless import wait_for

httpx = pytest.importorskip("httpx", reason="the server tests need the extra `service-test`")
pytest.importorskip("fastapi", reason="the server tests need the extra `server`")

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
STARTS_WITHIN = 180.0  # seconds; 1.5 on an idle machine, 10 beside eight other processes


class Server:
    """A running service: its address, a client, its process."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.client = httpx.Client(base_url=self.url, timeout=120, trust_env=False)

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

    def computed(self) -> float:
        """The seconds that the workers have computed so far."""
        ticks = 0
        for pid in self.workers():
            with suppress(OSError):
                ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")


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
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


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
    with running(spares=2, seconds=5, wait=60) as found:  # the machine may be busy
        yield found


@pytest.fixture
def start() -> Iterator[Callable[..., Server]]:
    """Starts services with other settings, and ends them."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(running(**settings))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="the page tests need playwright")
    if CHROMIUM is None:
        pytest.skip("the page tests need Debian's chromium")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any, server: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page; when the test ends nothing may have gone wrong in it."""
    contexts, wrong = [], []

    def open_(path: str = "/", *, width: int = 1200, scheme: str = "light", language: str = "en-US") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("request", lambda r: None if r.url.startswith((server.url, "data:")) else wrong.append(r.url))
        page.goto(server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    # what cannot be read is told so, and the browser writes it down; the second is axe-core, which tries `eval`
    expected = ("status of 400", "'unsafe-eval' is not an allowed source")
    assert [line for line in wrong if not any(e in line for e in expected)] == []
