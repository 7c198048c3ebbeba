"""A lane: worker processes of one kind, spares that stand by, and the requests that wait for them."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from derive.service.answer import Answer
from derive.service.asked import Asked
from derive.service.channel import Channel
from derive.service.forking import forked
from derive.service.problems import Problem, Refused
from derive.service.settings import Settings
from derive.service.turns import Turns
from derive.service.worker import main

RETRY = 1  # what Retry-After says
AGAIN = 0.05  # seconds until a process that could not be started is tried again


class Worker:
    """One process with its socket; `gone` is told when it ends."""

    def __init__(self, settings: Settings, large: bool, gone: Callable[[Worker], None]) -> None:
        self.settings = settings
        self.large = large
        self.process: Any = None
        self.channel = Channel(lambda: gone(self))
        self.is_working = False
        self.is_replaced = False

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
        await asyncio.get_running_loop().create_connection(lambda: self.channel, sock=ours)

    def _fork(self, theirs: socket.socket) -> Any:
        return forked(main, theirs, asdict(self.settings), self.large)

    async def ask(self, asked: Asked) -> Answer:
        """One answer; ConnectionError when the process is gone."""
        self.channel.send(asked.frame())
        status, _, media = (await self.channel.frame()).partition(b" ")
        return Answer(int(status), media.decode(), await self.channel.frame())

    async def lines(self, asked: Asked) -> AsyncGenerator[bytes, None]:
        """The lines of a stream, as they come."""
        self.channel.send(asked.frame())
        while line := await self.channel.frame():
            yield line

    def kill(self) -> None:
        """End the process now, whatever it does."""
        self.channel.close()
        with suppress(Exception):
            self.process.kill()

    @property
    def is_alive(self) -> bool:
        """Whether it may be asked: its socket tells of its end."""
        return self.process is not None and not self.channel.lost


class Lane:
    """So many workers at work, as many spares that stand by, and a queue of bounded length."""

    def __init__(self, settings: Settings, count: int, large: bool) -> None:
        self.settings = settings
        self.count = count
        self.large = large
        self.idle: Turns[Worker] = Turns()
        self.spares: list[Worker] = []
        self.missing: deque[float] = deque()  # since when a slot waits for a worker because no spare was there
        self.longest = 0.0  # seconds that a slot has waited
        self.restarts = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def start(self) -> None:
        for place in range(self.count + self.settings.spares):
            worker = Worker(self.settings, self.large, self._gone)
            await worker.start()
            if place < self.count:
                self.idle.put(worker)
            else:
                self.spares.append(worker)

    async def take(self) -> Worker:
        """A live worker, when one is free; Refused when too many wait already."""
        if not self.idle.free and len(self.idle) >= self.settings.queue * self.count:
            raise Refused(Problem("busy", "all workers are busy and the queue is full", {"retry_after": RETRY}))
        try:
            worker = await self.idle.get(self.settings.wait)
            while not worker.is_alive:  # it died when it was to begin, and was replaced
                worker = await self.idle.get(self.settings.wait)
        except TimeoutError:
            detail = f"no worker was free within {self.settings.wait:g} seconds (setting DERIVE_WAIT)"
            raise Refused(Problem("busy", detail, {"retry_after": RETRY})) from None
        worker.is_working = True
        return worker

    def give_back(self, worker: Worker) -> None:
        """Back into the lane; a broken one is replaced."""
        worker.is_working = False
        if worker.is_alive:
            self.idle.put(worker)
        else:
            worker.kill()
            self._replace(worker)

    def _gone(self, worker: Worker) -> None:
        """A process has ended. One at work is given back by who asked it; the others are replaced at once."""
        if not worker.is_working:
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        """In a lost one's place a spare goes to work at once, and a new spare is started."""
        if self.stopping or worker.is_replaced:
            return
        worker.is_replaced = True
        self.restarts += 1
        self.idle.remove(worker)
        if worker in self.spares:
            self.spares.remove(worker)
        elif self.spares:
            self.idle.put(self.spares.pop())
        else:
            self.missing.append(asyncio.get_running_loop().time())
        task = asyncio.get_running_loop().create_task(self._another())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _another(self) -> None:
        """Start a worker, however often that takes: a slot that misses one comes first, then the spares."""
        while not self.stopping:
            worker = Worker(self.settings, self.large, self._gone)
            worker.is_replaced = True  # until it has its place: a failure is followed by the next try
            try:
                await worker.start()
            except Exception:  # noqa: BLE001 - whatever it was, the place must not stay empty
                worker.kill()
            if worker.is_alive:
                worker.is_replaced = False
                self._place(worker)
                return
            await asyncio.sleep(AGAIN)

    def _place(self, worker: Worker) -> None:
        if self.stopping:
            worker.kill()
        elif self.missing:
            self.longest = max(self.longest, asyncio.get_running_loop().time() - self.missing.popleft())
            self.idle.put(worker)
        else:
            self.spares.append(worker)

    def stop(self) -> None:
        self.stopping = True
        for task in self.tasks:
            task.cancel()
        for worker in (*self.idle.free, *self.spares):
            worker.kill()
