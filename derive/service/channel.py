"""The server's end of a worker's socket: frames out, frames in, and notice when the worker is gone.

A frame is four bytes of length, then its content.
"""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from collections.abc import Callable
from typing import cast

LENGTH = struct.Struct(">I")
LARGEST = 2**24  # bytes of one frame; what is larger did not come from a worker of ours


class Channel(asyncio.Protocol):
    """Frames of one worker, in their order; `lost` as soon as its process has ended, which `gone` is told."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self.gone = gone
        self.lost = False
        self._transport: asyncio.Transport | None = None
        self._data = bytearray()
        self._frames: deque[bytes] = deque()
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's, which uvicorn prefers, is none by its class

    def data_received(self, data: bytes) -> None:
        self._data += data
        start, have = 0, len(self._data)
        while have - start >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._data, start)
            if length > LARGEST:
                self.close()
                return
            end = start + LENGTH.size + length
            if have < end:
                break
            self._frames.append(bytes(self._data[start + LENGTH.size : end]))
            start = end
        if start:
            del self._data[:start]
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._wake()
        self.gone()

    def send(self, content: bytes) -> None:
        assert self._transport is not None
        self._transport.write(LENGTH.pack(len(content)) + content)

    async def frame(self) -> bytes:
        """The next frame; ConnectionError when none will come."""
        while not self._frames:
            if self.lost:
                raise ConnectionError("the worker is gone")
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        return self._frames.popleft()

    def close(self) -> None:
        self.lost = True
        self._wake()
        if self._transport is not None:
            self._transport.abort()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
