"""A lane: worker processes of one kind, spares that stand by, and the requests that wait for them."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from derive.service.handlers import Answer
from derive.service.problems import Problem, Refused
from derive.service.settings import Settings
from derive.service.worker import LENGTH, main

RETRY = 1  # what Retry-After says
AGAIN = 0.05  # seconds until a process that could not be started is tried again
LARGEST = 2**24  # bytes of one frame; what is larger did not come from a worker of ours


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
        try:
            self.process = await asyncio.to_thread(self._fork, theirs)
        except BaseException:
            ours.close()
            raise
        finally:
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

    async def lines(self, request: Any) -> AsyncGenerator[bytes, None]:
        """The lines of a stream, as they come."""
        self._send("stream", request)
        while line := await self._frame():
            yield line

    def _send(self, name: str, request: Any) -> None:
        body = json.dumps({"name": name, "request": request}).encode()
        self.writer.write(LENGTH.pack(len(body)) + body)

    async def _frame(self) -> bytes:
        try:
            (length,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
            if length > LARGEST:
                raise ConnectionError("not a frame")
            return await self.reader.readexactly(length) if length else b""
        except (asyncio.IncompleteReadError, OSError) as error:
            self.broken = True
            raise ConnectionError("the worker is gone") from error

    def kill(self) -> None:
        """End the process now, whatever it does."""
        self.broken = True
        with suppress(Exception):
            self.writer.close()
        with suppress(Exception):
            self.process.kill()

    def is_alive(self) -> bool:
        return not self.broken and self.process is not None and self.process.is_alive()


class Lane:
    """So many workers at work, as many spares that stand by, and a queue of bounded length."""

    def __init__(self, settings: Settings, count: int, large: bool) -> None:
        self.settings = settings
        self.count = count
        self.large = large
        self.idle: asyncio.Queue[Worker] = asyncio.Queue()
        self.spares: list[Worker] = []
        self.missing = 0  # slots that wait for a worker because no spare was there
        self.waiting = 0
        self.restarts = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def start(self) -> None:
        for place in range(self.count + self.settings.spares):
            worker = Worker(self.settings, self.large)
            await worker.start()
            if place < self.count:
                self.idle.put_nowait(worker)
            else:
                self.spares.append(worker)

    async def take(self) -> Worker:
        """A live worker, when one is free; Refused when too many wait already."""
        if self.waiting >= self.settings.queue * self.count:
            raise Refused(Problem("busy", "all workers are busy and the queue is full", {"retry_after": RETRY}))
        self.waiting += 1
        try:
            async with asyncio.timeout(self.settings.wait):
                worker = await self.idle.get()
                while not worker.is_alive():  # it died while it had nothing to do
                    self.give_back(worker)
                    worker = await self.idle.get()
        except TimeoutError:
            detail = f"no worker was free within {self.settings.wait:g} seconds (setting DERIVE_WAIT)"
            raise Refused(Problem("busy", detail, {"retry_after": RETRY})) from None
        finally:
            self.waiting -= 1
        return worker

    def give_back(self, worker: Worker) -> None:
        """Back into the lane; in a broken one's place a spare goes to work at once, and a new spare is started."""
        if worker.is_alive():
            self.idle.put_nowait(worker)
            return
        worker.kill()
        if self.stopping:
            return
        self.restarts += 1
        while self.spares:
            spare = self.spares.pop()
            if spare.is_alive():
                self.idle.put_nowait(spare)
                break
            self._start_another()
        else:
            self.missing += 1
        self._start_another()

    def _start_another(self) -> None:
        task = asyncio.get_running_loop().create_task(self._another())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _another(self) -> None:
        """Start a worker, however often that takes: a slot that misses one comes first, then the spares."""
        while not self.stopping:
            worker = Worker(self.settings, self.large)
            try:
                await worker.start()
            except (OSError, EOFError):
                worker.kill()
                await asyncio.sleep(AGAIN)
                continue
            self._place(worker)
            return

    def _place(self, worker: Worker) -> None:
        if self.stopping:
            worker.kill()
        elif self.missing:
            self.missing -= 1
            self.idle.put_nowait(worker)
        else:
            self.spares.append(worker)

    def stop(self) -> None:
        self.stopping = True
        for task in self.tasks:
            task.cancel()
        while not self.idle.empty():
            self.idle.get_nowait().kill()
        for spare in self.spares:
            spare.kill()
