"""Turns and channels by themselves: who waits longest is next, who leaves loses nothing, any transport will do."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from derive.service.channel import LENGTH, Channel
from derive.service.turns import Turns


def test_who_waits_longest_is_next() -> None:
    """Who comes again at once does not get what a waiting one was woken for."""

    async def served() -> list[int]:
        turns: Turns[str] = Turns()
        order: list[int] = []

        async def again_and_again(number: int) -> None:
            for _ in range(3):
                thing = await turns.get(5)
                order.append(number)
                await asyncio.sleep(0)
                turns.put(thing)

        waiting = [asyncio.create_task(again_and_again(k)) for k in range(4)]
        await asyncio.sleep(0)
        assert len(turns) == 4
        turns.put("worker")
        await asyncio.gather(*waiting)
        assert (turns.free, len(turns)) == (["worker"], 0)
        return order

    assert asyncio.run(served()) == [0, 1, 2, 3] * 3


def test_what_is_given_to_one_who_leaves_is_for_the_next() -> None:
    async def left() -> None:
        turns: Turns[str] = Turns()
        first = asyncio.create_task(turns.get(5))
        second = asyncio.create_task(turns.get(5))
        await asyncio.sleep(0)
        turns.put("worker")
        first.cancel()  # it was given the worker, and has not begun yet
        assert await second == "worker"
        with pytest.raises(asyncio.CancelledError):
            await first
        with pytest.raises(TimeoutError):
            await turns.get(0.01)
        assert len(turns) == 0
        turns.put("a")
        turns.put("b")
        turns.remove("b")
        assert await turns.get(5) == "a"

    asyncio.run(left())


class Transport:
    """What a channel needs of a transport: uvloop's is no `asyncio.Transport` either."""

    def __init__(self) -> None:
        self.written = b""

    def write(self, data: bytes) -> None:
        self.written += data


def test_a_channel_speaks_over_any_transport() -> None:
    async def spoken() -> list[bytes]:
        transport: Any = Transport()
        channel = Channel(lambda: None)
        channel.connection_made(transport)
        channel.send(b"question")
        assert transport.written == LENGTH.pack(8) + b"question"
        data = LENGTH.pack(2) + b"ab" + LENGTH.pack(3) + b"cde"
        channel.data_received(data[:7])
        channel.data_received(data[7:])
        return [await channel.frame(), await channel.frame()]

    assert asyncio.run(spoken()) == [b"ab", b"cde"]
