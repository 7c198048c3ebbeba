"""A worker process: reads requests from a socket, one at a time, and writes the answers; it may be killed any time.

A request and an answer are frames: four bytes of length, then JSON. An answer's first frame says status and media
type, the second is its body; a stream has a frame a line, and ends with an empty one.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
from typing import Any

from derive.service.settings import Settings

LENGTH = struct.Struct(">I")
BASE_MB = 400  # address space that a worker maps before it works: Python, Pydantic, FLINT


def main(channel: socket.socket, settings: dict[str, Any], large: bool) -> None:
    """Serve requests until the socket closes. A `large` worker gives way to the others."""
    import os
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent decides when the work is over
    chosen = Settings(**settings)
    if large:
        os.nice(10)
    most = (chosen.memory_mb + BASE_MB) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    warm()
    with channel:
        serve(channel, chosen)


def warm() -> None:
    """One derivation, so that the first request finds everything loaded."""
    from derive.service.handlers import answer

    answer("derivations", {"problem": "d/dx x^2*sin(3x)", "include": ["mathml"]})
    answer("check", {"problem": "d/dx sin(3x)", "answer": "cos(3x)"})


def serve(channel: socket.socket, settings: Settings) -> None:
    """Answer frame by frame; a request that broke the memory limit ends the process, a fresh one takes over."""
    from derive.service import handlers
    from derive.service.schema import DerivationRequest

    reader = channel.makefile("rb")
    while True:
        frame = _frame(reader)
        if frame is None:
            return
        asked = json.loads(frame)
        if asked["name"] == "stream":
            for line in handlers.stream(DerivationRequest.model_validate(asked["request"]), settings):
                send(channel, line.encode())
            send(channel, b"")
            continue
        found = handlers.answer(asked["name"], asked["request"], settings)
        send(channel, json.dumps({"status": found.status, "media": found.media}).encode())
        send(channel, found.body)
        if b'"memory_mb"' in found.body[:400]:
            return


def send(channel: socket.socket, body: bytes) -> None:
    channel.sendall(LENGTH.pack(len(body)) + body)


def _frame(reader: Any) -> bytes | None:
    head = reader.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = reader.read(length)
    return body if len(body) == length else None
