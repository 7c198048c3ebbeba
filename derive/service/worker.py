"""A worker process: reads requests from a socket, one at a time, and writes the answers; it may be killed any time.

Requests and answers are frames (`channel`). A request is its endpoint and, on the next line, its JSON; of an answer the
first frame says status and media type, the second is its body; a stream has a frame a line and an empty one at its end.
"""

from __future__ import annotations

import gc
import json
import resource
import socket
from typing import Any

from derive.service.asked import Asked
from derive.service.channel import LENGTH
from derive.service.settings import Settings

BASE_MB = 400  # address space that a worker maps before it works: Python, Pydantic, FLINT
RUBBISH = 50_000  # objects: 3 MB, 460 textbook derivations; a collection takes 4 ms, after the answer

FAMILIES = (
    "d/dx (3x^2 - 5x + 7)/(x^2 + 1)", "d/dx e^(-2x)*cos(x)^3 + 4x", "d/dx x*ln(x^2 + 1) - sqrt(1 - x^2)",
    "d/dx atan(x) + asin(x/2) + tan(x)^2", "d/dx x^x", "d/dx (x + 1)^5*(2x - 3)^4", "d/dt a*e^(k*t)*sin(w*t)",
    "d/dx sinh(x) + cosh(2x) + |x|", "d/dx 1/x^3 + x^(2/3) + 2^x", "d/dx sec(x)*csc(x) + log_2(x)",
    "d/dx sin(x)*cos(x)/(1 + x)",
)  # fmt: skip
"""A few of each kind: a quarter less is done at the first meeting with another function, for 0.1 s at the start."""


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
    with channel:
        serve(channel, chosen)


def warm() -> None:
    """A few derivations, so that a request finds everything loaded."""
    from derive.service.handlers import answer

    include = ["mathml", "html", "latex", "markdown", "certificate"]
    for problem in ("d/dx x^2*sin(3x)", "d/dx ln(x)/x", "gradient x^2*y", "d/dx sqrt(x)*e^x"):
        answer("derivations", {"problem": problem, "include": include})
    for problem in FAMILIES:
        answer("derivations", {"problem": problem})
    answer("derivations", {"problem": "d/dx sin(3x)", "language": "ko"})
    answer("parse", {"text": r"\frac{d}{dx} x^2"})
    answer("check", {"problem": "d/dx sin(3x)", "answer": "cos(3x)"})
    answer("hints", {"problem": "d/dx sin(3x)"})
    answer("plot", {"problem": "d/dx x^2", "points": 3})


def serve(channel: socket.socket, settings: Settings) -> None:
    """Answer frame by frame; a request that broke the memory limit ends the process, a fresh one takes over."""
    from derive.service import handlers
    from derive.service.derived import stream
    from derive.service.schema import DerivationRequest

    reader = channel.makefile("rb")
    gc.disable()  # one request is bounded by the memory limit; what it left is collected after its answer
    while True:
        frame = _frame(reader)
        if frame is None:
            return
        name, given = Asked.of_frame(frame)
        if name == "stream":
            request = DerivationRequest.model_validate_json(given)
            stream(request, settings, lambda line: send(channel, line.encode()))
            send(channel, b"")
        else:
            found = handlers.answer(name, json.loads(given), settings)
            head = f"{found.status} {found.media}".encode()
            channel.sendall(LENGTH.pack(len(head)) + head + LENGTH.pack(len(found.body)) + found.body)
            if b'"memory_mb"' in found.body[:400]:
                return
            found = None  # type: ignore[assignment]  # not kept while the next request is waited for
        if gc.get_count()[0] > RUBBISH:  # more came than went since the last time
            gc.collect()


def send(channel: socket.socket, body: bytes) -> None:
    channel.sendall(LENGTH.pack(len(body)) + body)


def _frame(reader: Any) -> bytes | None:
    head = reader.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = reader.read(length)
    return body if len(body) == length else None
