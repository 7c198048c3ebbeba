"""Who is next: what is free goes to whoever has waited longest, and nobody takes what was given to another.

`asyncio.Queue` lets a newcomer take what a waiting one was woken for, who then waits from the end of the line again: of
four that come again at once, the first is served three times before the others are served once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Turns(Generic[T]):
    """Free things, the last used first, and a line of those that wait for one."""

    def __init__(self) -> None:
        self.free: list[T] = []
        self._line: deque[asyncio.Future[T]] = deque()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._line)

    def put(self, thing: T) -> None:
        """The thing is free: it is for who has waited longest."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():  # who gave up is still in the line for a moment
                turn.set_result(thing)
                return
        self.free.append(thing)

    def remove(self, thing: T) -> None:
        """Nobody gets the thing any more, where it is free."""
        if thing in self.free:
            self.free.remove(thing)

    async def get(self, seconds: float) -> T:
        """A free thing, the last used one, whose memory is warm; TimeoutError when none gets free in time."""
        if self.free:
            return self.free.pop()
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout(seconds):
                return await turn
        except BaseException:
            if turn.done() and not turn.cancelled():  # given in the moment of giving up
                self.put(turn.result())
            elif turn in self._line:
                self._line.remove(turn)
            raise
