"""Before a request is known: its head is bounded in bytes and seconds, and what is no HTTP gets a problem too."""

from __future__ import annotations

from asyncio import TimerHandle
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from derive.service.answer import of_problem
from derive.service.problems import MEDIA, Problem
from derive.service.settings import Settings

LINGER = 1.0
"""Seconds in which what a refused client still sends is read and dropped."""


class Protocol(HttpToolsProtocol):
    """Uvicorn's protocol with bounds on a head (httptools has none), and with problems for its own answers."""

    def __init__(self, *args: Any, settings: Settings, **given: Any) -> None:
        super().__init__(*args, **given)
        self.settings = settings
        self._head = 0  # bytes of the message that is being read, until its head is whole
        self._in_head = False
        self._deadline: TimerHandle | None = None
        self._refused = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._start_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._head += len(data)
        super().data_received(data)
        most = self.settings.head_bytes
        if self._in_head and self._head > most and not self._refused:
            detail = f"the head of the request is longer than {most:,} bytes (setting DERIVE_HEAD_BYTES)"
            self._refuse(Problem("request", detail, {"limit": "head_bytes", "value": most}))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True
        self._start_clock()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_clock()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._head = 0  # what else this piece of data brings belongs to the next message
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(Problem("request", msg))

    def _start_clock(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.settings.head_seconds, self._too_slow)

    def _stop_clock(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if not self._in_head:  # a connection on which nothing was asked
            self.transport.close()
            return
        seconds = self.settings.head_seconds
        detail = f"the head of the request did not come within {seconds:g} seconds (setting DERIVE_HEAD_SECONDS)"
        self._refuse(Problem("slow", detail, {"limit": "head_seconds", "value": seconds}))

    def _refuse(self, problem: Problem) -> None:
        body = of_problem(problem).body
        head = [
            f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}",
            f"Content-Type: {MEDIA}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            "",
            "",
        ]
        self.transport.write("\r\n".join(head).encode("ascii") + body)
        self._refused = True
        self.transport.write_eof()  # closed at once, with bytes unread, the answer might not arrive
        self.loop.call_later(LINGER, self.transport.close)
