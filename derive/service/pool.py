"""The work: in processes that are really killed, at the deadline, when the client leaves, when they break.

Two lanes, so that heavy work never delays the light: what looks light runs in the first, on a short leash; what
looks heavy, or slipped the leash once, in the second, at a lower priority.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from derive.service import forking
from derive.service.answer import Answer, of_problem
from derive.service.asked import Asked
from derive.service.lane import RETRY, Lane
from derive.service.lanes import is_heavy
from derive.service.leash import leash
from derive.service.problems import Problem, Refused
from derive.service.remembered import Remembered
from derive.service.settings import Settings

LEASH = 0.25  # seconds of work in the light lane; a textbook derivation takes 0.01
PATIENCE = (8, 2)  # times that in all when the machine is busy: in the light lane, in the heavy one
SPARE = 0.5  # seconds beyond the engine's own deadline until a worker is killed


class Pool:
    """Both lanes, and the answers that are remembered."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.light = Lane(settings, settings.workers, False)
        self.heavy = Lane(settings, max(1, settings.workers // 2), True)
        self.remembered = Remembered(settings.cache_mb)

    async def start(self) -> None:
        forking.begin()
        await asyncio.gather(self.light.start(), self.heavy.start())

    async def answer(self, name: str, request: dict[str, Any], *, fresh: bool = False) -> Answer:
        """The answer, or a problem: nothing is raised but the caller's own cancelling, which kills the work."""
        asked = Asked(name, request)
        key = asked.key
        known = None if fresh else self.remembered.answer(key)
        if known is not None:
            return known
        found = None
        if not is_heavy(name, request) and not self.remembered.is_slow(key):
            found = await self._in(self.light, asked, LEASH)
            if found is None:
                self.remembered.keep_slow(key)
        if found is None:
            found = await self._in(self.heavy, asked, self.settings.seconds + SPARE)
        found = found or of_problem(_too_long(self.settings))
        self.remembered.keep(key, found)
        return found

    async def stream(self, request: dict[str, Any]) -> AsyncGenerator[bytes, None]:
        """A stream's lines, as they come; a problem is a line too. Whoever reads slowly holds no worker."""
        lines: asyncio.Queue[bytes | None] = asyncio.Queue()
        work = asyncio.get_running_loop().create_task(self._pumped(Asked("stream", request), lines))
        try:
            while (line := await lines.get()) is not None:
                yield line
        finally:
            work.cancel()

    async def _pumped(self, asked: Asked, lines: asyncio.Queue[bytes | None]) -> None:
        key = asked.key
        try:
            count = 0
            if not is_heavy(asked.name, asked.fields) and not self.remembered.is_slow(key):
                count = await self._lines_in(self.light, asked, lines, 0, LEASH)
                if count < 0:
                    return
                self.remembered.keep_slow(key)
            if await self._lines_in(self.heavy, asked, lines, count, self.settings.seconds + SPARE) >= 0:
                lines.put_nowait(_line(_too_long(self.settings)))
        except Refused as refused:
            lines.put_nowait(_line(refused.problem))
        except (ConnectionError, OSError):
            lines.put_nowait(_line(_LOST))
        finally:
            lines.put_nowait(None)

    async def _lines_in(
        self, lane: Lane, asked: Asked, lines: asyncio.Queue[bytes | None], known: int, seconds: float
    ) -> int:
        """−1 when all lines came, else how many did; `known` ones, which are the same again, are left out."""
        worker = await lane.take()
        count, done = 0, False
        try:
            async with leash(worker.process.pid, seconds, _patience(lane)), aclosing(worker.lines(asked)) as coming:
                async for line in coming:
                    count += 1
                    if count > known:
                        lines.put_nowait(line)
            done = True
        except TimeoutError:
            return max(count, known)
        finally:
            if not done:
                worker.kill()
            lane.give_back(worker)
        return -1

    async def _in(self, lane: Lane, asked: Asked, seconds: float) -> Answer | None:
        """The answer in one lane; None when it took too long there."""
        try:
            worker = await lane.take()
        except Refused as refused:
            return of_problem(refused.problem)
        done = False
        try:
            async with leash(worker.process.pid, seconds, _patience(lane)):
                found = await worker.ask(asked)
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


def _patience(lane: Lane) -> float:
    return PATIENCE[lane.large]


_LOST = Problem("lost", "the worker was lost while it worked on this; try again", {"retry_after": RETRY})


def _line(problem: Problem) -> bytes:
    return json.dumps({"event": "problem", **problem.body()}, ensure_ascii=False, separators=(",", ":")).encode()


def _too_long(settings: Settings) -> Problem:
    detail = f"this takes longer than is allowed: the limit is {settings.seconds} seconds (setting DERIVE_SECONDS)"
    return Problem("limit", detail, {"limit": "seconds", "value": settings.seconds})
