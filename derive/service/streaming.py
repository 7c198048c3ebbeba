"""A derivation line by line over HTTP: JSON Lines, or server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from derive.service import documents, schema
from derive.service.answer import of_problem
from derive.service.direct import while_there
from derive.service.metrics import Metrics
from derive.service.pool import Pool
from derive.service.responses import GONE, respond


async def streamed(pool: Pool, metrics: Metrics, body: schema.DerivationRequest, request: Request) -> Response:
    """The lines as they come; what goes wrong before the first is a problem as anywhere."""
    events = "text/event-stream" in request.headers.get("accept", "")
    lines = pool.stream(body.model_dump(mode="json"))
    first = await while_there(request, anext(lines))
    if first is None:
        await lines.aclose()
        return Response(status_code=GONE)
    if first.startswith(b'{"event":"problem"'):
        await lines.aclose()
        problem = {key: value for key, value in json.loads(first).items() if key != "event"}
        found = of_problem(documents.problem_of(problem))
        metrics.count("stream", found, 0)
        return respond(found, request)
    return StreamingResponse(
        framed(first, lines, events),
        media_type="text/event-stream" if events else "application/jsonl",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def framed(first: bytes, lines: AsyncGenerator[bytes, None], events: bool) -> AsyncIterator[bytes]:
    """Lines as JSON Lines, or as server-sent events."""
    line: bytes | None = first
    try:
        while line is not None:
            yield b"data: " + line + b"\n\n" if events else line + b"\n"
            line = await anext(lines, None)
    finally:
        await lines.aclose()  # ends the work when the client has left
