"""How long a worker may work: by its own clock, so that a busy machine is not taken for a heavy request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

LOOK = 0.02  # seconds between two looks at least


@asynccontextmanager
async def leash(pid: int, seconds: float, patience: float) -> AsyncIterator[None]:
    """TimeoutError when process `pid` has computed for so many seconds, or `patience` times as many have passed."""
    loop = asyncio.get_running_loop()
    start, end = cpu_seconds(pid), loop.time() + seconds * patience
    next_look: asyncio.TimerHandle
    async with asyncio.timeout(None) as limit:

        def look() -> None:
            nonlocal next_look
            left = min(seconds - (cpu_seconds(pid) - start), end - loop.time())
            if left > 0:
                next_look = loop.call_later(max(LOOK, left), look)
            else:
                with suppress(RuntimeError):  # it is ending already
                    limit.reschedule(loop.time())

        next_look = loop.call_later(seconds, look)
        try:
            yield
        finally:
            next_look.cancel()


def cpu_seconds(pid: int) -> float:
    """What a process has computed so far; the time of day where the system does not tell."""
    try:
        return time.clock_gettime(
            (~pid << 3) | 2
        )  # Linux: the clock of another process, as clock_getcpuclockid gives it
    except OSError:
        return time.monotonic()
