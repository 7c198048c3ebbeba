"""The HTTP server: routes, headers, problems; everything else is in the handlers and the pool."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from derive.service import documents, schema
from derive.service.access import Buckets, is_known
from derive.service.handlers import Answer, fields_problem, of_problem
from derive.service.lanes import is_heavy
from derive.service.metrics import Metrics
from derive.service.pool import RETRY, Pool
from derive.service.problems import MEDIA, Problem
from derive.service.settings import Settings
from derive.service.pages import add_pages
from derive.version import VERSION

CACHE = "public, max-age=3600"
SELF_CHECK = {"problem": "d/dx x^2*sin(3x)"}


def application(settings: Settings | None = None) -> FastAPI:
    """The whole service as an ASGI application."""
    chosen = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        pool.stop()

    app = FastAPI(
        title="derive", version=VERSION, docs_url=None, redoc_url=None, lifespan=lifespan, description=documents.ABOUT
    )
    pool, metrics, buckets = Pool(chosen), Metrics(), Buckets(chosen)
    app.state.pool, app.state.settings, app.state.metrics = pool, chosen, metrics

    async def told(name: str, request: Request, given: dict[str, Any]) -> Response:
        """One answer of the pool as a response; when the client leaves, the work is killed."""
        start = perf_counter()
        work = asyncio.ensure_future(pool.answer(name, given, heavy=is_heavy(name, given)))
        left = asyncio.ensure_future(_left(request))
        await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            return Response(status_code=499)
        left.cancel()
        found = work.result()
        metrics.count(name, found, perf_counter() - start)
        return respond(found, request)

    def endpoint(name: str, model: type[schema.Request]) -> Callable[..., Any]:
        async def handle(body: Any, request: Request) -> Response:
            return await told(name, request, body.model_dump(mode="json"))

        handle.__annotations__ = {"body": model, "request": Request, "return": Response}
        handle.__name__ = name
        handle.__doc__ = model.__doc__
        return handle

    for name, model in schema.REQUESTS.items():
        app.post(f"/v1/{name}", responses=documents.responses(name))(endpoint(name, model))

    @app.get("/v1/derivations", responses=documents.responses("derivations"))
    async def derivation(
        request: Request,
        problem: schema.Text,
        detail: schema.Detail = "standard",
        language: schema.Language = "en",
    ) -> Response:
        """The same by GET, to be linked to and cached."""
        given = schema.DerivationRequest(problem=problem, detail=detail, language=language)
        return await told("derivations", request, given.model_dump(mode="json"))

    @app.post("/v1/derivations/stream", responses=documents.STREAM)
    async def stream(body: schema.DerivationRequest, request: Request) -> Response:
        """A derivation line by line: JSON Lines, or server-sent events for who accepts `text/event-stream`."""
        given = body.model_dump(mode="json")
        events = "text/event-stream" in request.headers.get("accept", "")
        lines = pool.lines(given, heavy=is_heavy("stream", given))
        media = "text/event-stream" if events else "application/jsonl"
        return StreamingResponse(_framed(lines, events), media_type=media)

    @app.post("/v1/batch", responses=documents.responses("batch"))
    async def batch(body: schema.BatchRequest, request: Request) -> Response:
        """Many derivations at once; each is answered by itself."""
        if len(body.requests) > chosen.batch:
            detail = f"a batch of {len(body.requests):,}: the limit is {chosen.batch} (setting DERIVE_BATCH)"
            return respond(of_problem(Problem("limit", detail, {"limit": "batch", "value": chosen.batch})), request)
        turns = asyncio.Semaphore(chosen.workers)

        async def one(given: dict[str, Any]) -> dict[str, Any]:
            async with turns:
                found = await pool.answer("derivations", given, heavy=is_heavy("derivations", given))
            return {"status": found.status, "body": json.loads(found.body)}

        answers = await asyncio.gather(*[one(r.model_dump(mode="json")) for r in body.requests])
        text = json.dumps({"answers": answers}, ensure_ascii=False, separators=(",", ":"))
        return respond(Answer(200, "application/json", text.encode()), request)

    @app.get("/v1/rules", responses=documents.responses("rules"))
    async def rules(request: Request, language: schema.Language = "en") -> Response:
        """Every rule of the book, in its order."""
        return await told("rules", request, {"language": language})

    @app.get("/v1/rules/{id}", responses=documents.responses("rule"))
    async def rule(request: Request, id: str, language: schema.Language = "en") -> Response:
        """One rule: its patterns, examples and mistakes."""
        return await told("rule", request, {"id": id, "language": language})

    @app.get("/healthz", response_class=PlainTextResponse)
    async def healthz() -> str:
        """The process is there."""
        return "ok"

    @app.get("/readyz", responses=documents.responses("readyz"))
    async def readyz(request: Request) -> Response:
        """A derivation is worked out and checked: the service can do its work."""
        found = await pool.answer("derivations", SELF_CHECK)
        ready = found.status == 200 and json.loads(found.body)["verification"]["verdict"] == "agrees"
        if not ready:
            return respond(
                of_problem(Problem("busy", "the self-check did not succeed", {"retry_after": RETRY})), request
            )
        return PlainTextResponse("ready")

    @app.get("/metrics", response_class=PlainTextResponse)
    async def exposed() -> str:
        """Counters for Prometheus."""
        return metrics.text(pool)

    @app.get("/docs", response_class=HTMLResponse, include_in_schema=False)
    async def docs() -> str:
        return documents.page(app.openapi())

    add_pages(app)
    _add_frontier(app, chosen, buckets)
    documents.complete(app)
    return app


def respond(found: Answer, request: Request) -> Response:
    """An answer as a response: with its name for caches, and nothing to send where the client has it already."""
    headers = {}
    if found.status == 200:
        headers = {"ETag": found.etag, "Cache-Control": CACHE}
        if request.method == "GET" and request.headers.get("if-none-match") == found.etag:
            return Response(status_code=304, headers=headers)
    elif found.status in (429, 503):
        headers = {"Retry-After": str(RETRY)}
    return Response(found.body, found.status, headers, found.media)


async def _left(request: Request) -> None:
    """Returns when the client has left."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _framed(lines: AsyncIterator[bytes], events: bool) -> AsyncIterator[bytes]:
    async for line in lines:
        yield b"data: " + line + b"\n\n" if events else line + b"\n"


def _add_frontier(app: FastAPI, settings: Settings, buckets: Buckets) -> None:
    """Keys, rates and sizes before a route is looked for; whatever goes wrong is a problem."""
    origins = {o.strip() for o in settings.origins.split(",") if o.strip()}

    def refused(problem: Problem) -> Response:
        headers = {"Retry-After": str(RETRY)} if problem.status in (429, 503) else {}
        if problem.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return Response(of_problem(problem).body, problem.status, headers, MEDIA)

    @app.exception_handler(RequestValidationError)
    async def wrong_fields(request: Request, error: RequestValidationError) -> Response:
        if any(e["type"] == "json_invalid" for e in error.errors()):
            return refused(Problem("fields", "the body is not JSON"))
        return refused(fields_problem(error.errors()))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        kinds = {404: "not-found", 405: "method", 413: "body", 415: "media"}
        response = refused(Problem(kinds.get(error.status_code, "internal"), str(error.detail)))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        return response

    @app.exception_handler(Exception)
    async def ours(request: Request, error: Exception) -> Response:
        return refused(Problem("internal", f"an error of ours, please report it: {type(error).__name__}"))

    @app.middleware("http")
    async def frontier(request: Request, call_next: Any) -> Response:
        origin = request.headers.get("origin", "")
        response = _before(request, settings, buckets, refused) or await call_next(request)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        if origin and origin in origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Vary"] = "Origin"
            response.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization, X-API-Key"
        return response


def _before(
    request: Request, settings: Settings, buckets: Buckets, refused: Callable[[Problem], Response]
) -> Response | None:
    """What is refused before anything is read."""
    if not request.url.path.startswith("/v1/"):
        return None
    if request.method == "OPTIONS" and request.headers.get("origin"):
        return Response(status_code=204)
    if not is_known(request.headers.get("authorization", ""), request.headers.get("x-api-key", ""), settings):
        return refused(Problem("key", "send an API key: Authorization: Bearer …, or X-API-Key"))
    length = request.headers.get("content-length", "")
    if request.method == "POST" and not length.isdigit():
        return refused(Problem("body", "say how long the body is: Content-Length"))
    if length.isdigit() and int(length) > settings.body_bytes:
        detail = f"the body has {int(length):,} bytes: the limit is {settings.body_bytes:,} (setting DERIVE_BODY_BYTES)"
        return refused(Problem("body", detail, {"limit": "body_bytes", "value": settings.body_bytes}))
    client = request.client.host if request.client else ""
    wait = buckets.wait(client)
    if wait:
        detail = f"more than {settings.rate:g} requests a second (settings DERIVE_RATE, DERIVE_BURST)"
        return refused(
            Problem("rate", detail, {"limit": "rate", "value": settings.rate, "retry_after": round(wait, 3)})
        )
    return None


def run(settings: Settings) -> None:
    """Serve until a signal says to stop; what runs is finished first."""
    import uvicorn

    uvicorn.run(
        application(settings), host=settings.host, port=settings.port, log_level="warning", access_log=False,
        timeout_graceful_shutdown=int(settings.grace), server_header=False,
    )  # fmt: skip
