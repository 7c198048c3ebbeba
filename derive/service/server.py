"""The HTTP server: routes and headers; everything else is in the frontier, the handlers and the pool."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any, TypeVar, get_type_hints

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from derive.service import documents, schema
from derive.service.answer import Answer, fields_problem, of_problem
from derive.service.direct import Direct, while_there
from derive.service.frontier import Frontier
from derive.service.metrics import Metrics
from derive.service.pages import POLICY, add_pages
from derive.service.lane import RETRY
from derive.service.pool import Pool
from derive.service.problems import Problem, over
from derive.service.responses import GONE, refusal, respond
from derive.service.settings import Settings
from derive.service.streaming import streamed
from derive.version import VERSION

SELF_CHECK = {"problem": "d/dx x^2"}  # one step, one check: within every setting
T = TypeVar("T")


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
    pool, metrics = Pool(chosen), Metrics()
    app.state.pool, app.state.settings, app.state.metrics = pool, chosen, metrics

    async def told(name: str, request: Request, given: dict[str, Any]) -> Response:
        """One answer of the pool as a response; when the client leaves, the work is killed."""
        start = perf_counter()
        found = await while_there(request, pool.answer(name, given))
        if found is None:
            return Response(status_code=GONE)
        metrics.count(name, found, perf_counter() - start)
        return respond(found, request)

    def direct(path: str, endpoint: Callable[..., Any], responses: dict[int | str, dict[str, Any]]) -> None:
        endpoint.__annotations__ = get_type_hints(endpoint)
        app.router.add_api_route(path, endpoint, methods=["POST"], responses=responses, route_class_override=Direct)

    def endpoint(name: str, model: type[schema.Request]) -> Callable[..., Any]:
        async def handle(body: Any, request: Request) -> Response:
            return await told(name, request, body.model_dump(mode="json"))

        handle.__annotations__ = {"body": model, "request": Request, "return": Response}
        handle.__name__ = name
        handle.__doc__ = model.__doc__
        return handle

    for name, model in schema.REQUESTS.items():
        direct(f"/v1/{name}", endpoint(name, model), documents.responses(name))

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

    async def stream(body: schema.DerivationRequest, request: Request) -> Response:
        """A derivation line by line: what is found as it is found, then its steps; JSON Lines, or server-sent
        events for who accepts `text/event-stream`. What goes wrong before the first line is a problem as anywhere."""
        return await streamed(pool, metrics, body, request)

    direct("/v1/derivations/stream", stream, documents.STREAM)

    async def batch(body: schema.BatchRequest, request: Request) -> Response:
        """Many derivations at once; each is answered by itself."""
        count = len(body.requests)
        if count > chosen.batch:
            return respond(of_problem(over("batch", chosen.batch, f"a batch of {count:,}").problem), request)
        turns = asyncio.Semaphore(chosen.workers)
        end = asyncio.get_running_loop().time() + chosen.batch_seconds

        async def one(given: dict[str, Any]) -> dict[str, Any]:
            async with turns:
                if asyncio.get_running_loop().time() > end:
                    what = "the batch takes too long"
                    found = of_problem(over("batch_seconds", chosen.batch_seconds, what).problem)
                else:
                    found = await pool.answer("derivations", given)
            return {"status": found.status, "body": json.loads(found.body)}

        answers = await while_there(request, _gathered([one(r.model_dump(mode="json")) for r in body.requests]))
        if answers is None:
            return Response(status_code=GONE)
        text = json.dumps({"answers": answers}, ensure_ascii=False, separators=(",", ":"))
        found = Answer(200, "application/json", text.encode())
        metrics.count("batch", found, 0)
        return respond(found, request)

    direct("/v1/batch", batch, documents.responses("batch"))

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
        found = await pool.answer("derivations", SELF_CHECK, fresh=True)
        ready = found.status == 200 and json.loads(found.body)["verification"]["verdict"] == "agrees"
        if not ready:
            return refusal(Problem("busy", "the self-check did not succeed", {"retry_after": RETRY}))
        return PlainTextResponse("ready")

    @app.get("/metrics", response_class=PlainTextResponse)
    async def exposed() -> str:
        """Counters for Prometheus."""
        return metrics.text(pool)

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(documents.page(app.openapi()), headers={"Content-Security-Policy": POLICY})

    add_pages(app)
    _add_errors(app)
    documents.complete(app)
    posts = {route.path: route for route in app.router.routes if isinstance(route, Direct)}
    app.add_middleware(Frontier, settings=chosen, posts=posts)
    return app


async def _gathered(work: list[Coroutine[Any, Any, T]]) -> list[T]:
    return await asyncio.gather(*work)


def _add_errors(app: FastAPI) -> None:
    """Whatever goes wrong is a problem."""

    @app.exception_handler(RequestValidationError)
    async def wrong_fields(request: Request, error: RequestValidationError) -> Response:
        if any(e["type"] == "json_invalid" for e in error.errors()):
            return refusal(Problem("fields", "the body is not JSON"))
        return refusal(fields_problem(error.errors()))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        kinds = {404: "not-found", 405: "method", 413: "body", 415: "media"}
        unreadable = error.status_code == 400  # the framework's word for a body that is no text
        kind = "fields" if unreadable else kinds.get(error.status_code, "internal")
        response = refusal(Problem(kind, "the body cannot be read" if unreadable else str(error.detail)))
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        return response

    @app.exception_handler(Exception)
    async def ours(request: Request, error: Exception) -> Response:
        return refusal(Problem("internal", f"an error of ours, please report it: {type(error).__name__}"))


def run(settings: Settings) -> None:
    """Serve until a signal says to stop; what runs is finished first."""
    import gc
    import signal
    from functools import partial

    import uvicorn

    from derive.service.protocol import Protocol

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a worker that is gone is an error to be told, not the end
    gc.enable()  # a command that ends soon looks for no cycles; a server does
    uvicorn.run(
        application(settings), host=settings.host, port=settings.port, log_level="warning", access_log=False,
        timeout_graceful_shutdown=int(settings.grace), timeout_keep_alive=settings.idle_seconds,
        server_header=False, http=partial(Protocol, settings=settings),  # type: ignore[arg-type]
    )  # fmt: skip
