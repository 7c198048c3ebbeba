"""Worker processes that are really killed: at the deadline, when the client leaves, when they break; and replaced.

Two lanes, so that heavy work never delays the light: what looks light runs in the first, on a short leash; what
looks heavy, or slipped the leash, in the second, at a lower priority.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from derive.service.handlers import Answer, of_problem
from derive.service.problems import Problem, Refused
from derive.service.settings import Settings
from derive.service.worker import LENGTH, main

LEASH = 0.25  # seconds in the light lane; a textbook derivation takes 0.005
SPARE = 0.5  # seconds beyond the engine's own deadline until a worker is killed
RETRY = 1  # what Retry-After says


class Worker:
    """One process with its socket; `broken` once it may not be used again."""

    def __init__(self, settings: Settings, large: bool) -> None:
        self.settings = settings
        self.large = large
        self.broken = False
        self.process: Any = None
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def start(self) -> None:
        """Start the process, and wait for its socket; the work of a fork is done in a thread."""
        ours, theirs = socket.socketpair()
        self.process = await asyncio.to_thread(self._fork, theirs)
        theirs.close()
        self.reader, self.writer = await asyncio.open_connection(sock=ours, limit=2**22)

    def _fork(self, theirs: socket.socket) -> Any:
        context = multiprocessing.get_context("forkserver")
        process = context.Process(target=main, args=(theirs, asdict(self.settings), self.large), daemon=True)
        process.start()
        return process

    async def ask(self, name: str, request: Any) -> Answer:
        """One answer; ConnectionError when the process is gone."""
        self._send(name, request)
        head = json.loads(await self._frame())
        return Answer(head["status"], head["media"], await self._frame())

    async def lines(self, name: str, request: Any) -> AsyncIterator[bytes]:
        """The lines of a stream, as they come."""
        self._send(name, request)
        while line := await self._frame():
            yield line

    def _send(self, name: str, request: Any) -> None:
        body = json.dumps({"name": name, "request": request}).encode()
        self.writer.write(LENGTH.pack(len(body)) + body)

    async def _frame(self) -> bytes:
        try:
            (length,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
            return await self.reader.readexactly(length) if length else b""
        except asyncio.IncompleteReadError as error:
            self.broken = True
            raise ConnectionError("the worker is gone") from error

    def kill(self) -> None:
        """End the process now, whatever it does."""
        self.broken = True
        with suppress(Exception):
            self.writer.close()
        if self.process is not None:
            self.process.kill()

    def is_alive(self) -> bool:
        return not self.broken and self.process is not None and self.process.is_alive()


class Lane:
    """Workers of one kind, and the requests that wait for them."""

    def __init__(self, settings: Settings, count: int, large: bool) -> None:
        self.settings = settings
        self.count = count
        self.large = large
        self.idle: asyncio.Queue[Worker] = asyncio.Queue()
        self.waiting = 0
        self.restarts = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def start(self) -> None:
        for worker in [Worker(self.settings, self.large) for _ in range(self.count)]:
            await worker.start()
            self.idle.put_nowait(worker)

    async def take(self) -> Worker:
        """A worker, when one is free; Refused when too many wait already."""
        if self.waiting >= self.settings.queue * self.count:
            raise Refused(Problem("busy", "all workers are busy and the queue is full", {"retry_after": RETRY}))
        self.waiting += 1
        try:
            worker = await self.idle.get()
        finally:
            self.waiting -= 1
        return worker

    def give_back(self, worker: Worker) -> None:
        """Back into the lane; a broken one is replaced, without anybody waiting for it."""
        if worker.is_alive():
            self.idle.put_nowait(worker)
            return
        worker.kill()
        if not self.stopping:
            self.restarts += 1
            task = asyncio.get_running_loop().create_task(self._replace())
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _replace(self) -> None:
        worker = Worker(self.settings, self.large)
        while True:
            try:
                await worker.start()
                break
            except OSError:
                await asyncio.sleep(0.1)
        self.idle.put_nowait(worker)

    def stop(self) -> None:
        self.stopping = True
        while not self.idle.empty():
            self.idle.get_nowait().kill()


class Pool:
    """Both lanes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.light = Lane(settings, settings.workers, False)
        self.heavy = Lane(settings, max(1, settings.workers // 2), True)

    async def start(self) -> None:
        multiprocessing.get_context("forkserver").set_forkserver_preload(["derive.service.preload"])
        await asyncio.gather(self.light.start(), self.heavy.start())

    async def answer(self, name: str, request: Any, *, heavy: bool = False) -> Answer:
        """The answer, or a problem: nothing is raised but the caller's own cancelling, which kills the work."""
        if not heavy:
            found = await self._in(self.light, name, request, LEASH)
            if found is not None:
                return found
        found = await self._in(self.heavy, name, request, self.settings.seconds + SPARE)
        return found or _too_long(self.settings)

    async def lines(self, request: Any, *, heavy: bool = False) -> AsyncIterator[bytes]:
        """A stream's lines; a problem is a line too."""
        lane = self.heavy if heavy else self.light
        try:
            worker = await lane.take()
        except Refused as refused:
            yield json.dumps({"event": "problem", **refused.problem.body()}).encode()
            return
        finished = False
        try:
            async with asyncio.timeout(self.settings.seconds + SPARE):
                async for line in worker.lines("stream", request):
                    yield line
            finished = True
        except TimeoutError:
            yield json.dumps({"event": "problem", **_too_long_problem(self.settings).body()}).encode()
        except ConnectionError:
            yield json.dumps({"event": "problem", **_LOST.body()}).encode()
        finally:
            if not finished:
                worker.kill()
            lane.give_back(worker)

    async def _in(self, lane: Lane, name: str, request: Any, seconds: float) -> Answer | None:
        """The answer in one lane; None when it took too long there."""
        try:
            worker = await lane.take()
        except Refused as refused:
            return of_problem(refused.problem)
        done = False
        try:
            async with asyncio.timeout(seconds):
                found = await worker.ask(name, request)
            done = True
            return found
        except TimeoutError:
            return None
        except (ConnectionError, OSError):
            return of_problem(_LOST)
        finally:
            if not done:
                worker.kill()
            lane.give_back(worker)

    def stop(self) -> None:
        self.light.stop()
        self.heavy.stop()


_LOST = Problem("lost", "the worker was lost while it worked on this; try again", {"retry_after": RETRY})


def _too_long_problem(settings: Settings) -> Problem:
    detail = f"this takes longer than is allowed: the limit is {settings.seconds} seconds (setting DERIVE_SECONDS)"
    return Problem("limit", detail, {"limit": "seconds", "value": settings.seconds})


def _too_long(settings: Settings) -> Answer:
    return of_problem(_too_long_problem(settings))
