"""A route that reads its body with its model and answers: the framework describes it, and does nothing at a request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from derive.service.answer import fields_problem
from derive.service.problems import Problem
from derive.service.responses import refusal

SOON = 0.02  # seconds until it is looked whether the client is still there: most have their answer by then


class Direct(APIRoute):
    """A POST whose endpoint takes `body`, of a model, and the request; dependencies are not looked for."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await super().handle(scope, receive, send)  # which says what is allowed
            return
        request = Request(scope, receive, send)
        found = read(await request.body(), self.endpoint.__annotations__["body"])
        answer: Callable[..., Awaitable[Response]] = self.endpoint
        response = refusal(found) if isinstance(found, Problem) else await answer(found, request)
        await response(scope, receive, send)


def read(body: bytes, model: type[BaseModel]) -> BaseModel | Problem:
    """The body as its model, or what is wrong with it."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        if any([e["type"] == "json_invalid" for e in errors]):
            return Problem("fields", "the body is not JSON")
        return fields_problem(errors)


async def while_there(request: Request, work: Awaitable[Any]) -> Any:
    """What the work gives; None, and the work is cancelled, when the client leaves before."""
    here = asyncio.current_task()
    assert here is not None
    loop = asyncio.get_running_loop()
    looking: asyncio.Task[None] | None = None
    gone = False

    async def look() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        here.cancel()

    def begin() -> None:
        nonlocal looking
        looking = loop.create_task(look())

    beginning = loop.call_later(SOON, begin)
    try:
        return await work
    except asyncio.CancelledError:
        if not gone:
            raise
        here.uncancel()
        return None
    finally:
        beginning.cancel()
        if looking is not None:
            looking.cancel()
