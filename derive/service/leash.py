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
    start = cpu_seconds(pid)
    async with asyncio.timeout(seconds * patience) as limit:

        def look() -> None:
            left = seconds - (cpu_seconds(pid) - start)
            if left <= 0:
                with suppress(RuntimeError):  # it is ending already
                    limit.reschedule(loop.time())
            else:
                next_look[0] = loop.call_later(max(LOOK, left), look)

        next_look = [loop.call_later(seconds, look)]
        try:
            yield
        finally:
            next_look[0].cancel()


def cpu_seconds(pid: int) -> float:
    """What a process has computed so far; the time of day where the system does not tell."""
    try:
        return time.clock_gettime(
            (~pid << 3) | 2
        )  # Linux: the clock of another process, as clock_getcpuclockid gives it
    except OSError:
        return time.monotonic()
