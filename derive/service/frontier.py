"""The frontier: keys, rates, media types and sizes are looked at before anything is read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from derive.service.access import Buckets, is_known
from derive.service.direct import Direct
from derive.service.problems import Problem
from derive.service.responses import refusal
from derive.service.settings import Settings

ALLOWED_HEADERS = "Content-Type, Authorization, X-API-Key"


class Frontier:
    """ASGI middleware: what is refused here costs nothing but its headers; what is let in goes on to its route."""

    def __init__(self, app: ASGIApp, settings: Settings, posts: Mapping[str, Direct]) -> None:
        self.app = app
        self.settings = settings
        self.posts = posts
        self.buckets = Buckets(settings)
        self.origins = {o.strip() for o in settings.origins.split(",") if o.strip()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # the same head; the server sends no body after it
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        allowed = origin if origin in self.origins else ""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), allowed)
            await send(message)

        route: Direct | None = None
        if scope["path"].startswith("/v1/"):
            if allowed and scope["method"] == "OPTIONS":
                await Response(status_code=204)(scope, receive, sent)
                return
            problem = self._before(scope, headers)
            if problem is None and scope["method"] == "POST":
                body = await self._body(receive)
                if body is None:
                    return
                if isinstance(body, Problem):
                    problem = body
                else:
                    receive = _again(body, receive)
                    route = self.posts.get(scope["path"])
            if problem is not None:
                await refusal(problem)(scope, receive, sent)
                return
        await (self.app if route is None else route.handle)(scope, receive, sent)

    def _before(self, scope: Scope, headers: Headers) -> Problem | None:
        """What is refused before the body is read."""
        settings = self.settings
        if not is_known(headers.get("authorization", ""), headers.get("x-api-key", ""), settings):
            return Problem("key", "send an API key: Authorization: Bearer …, or X-API-Key")
        wait = self.buckets.wait(scope["client"][0] if scope.get("client") else "")
        if wait:
            detail = f"more than {settings.rate:g} requests a second (settings DERIVE_RATE, DERIVE_BURST)"
            return Problem("rate", detail, {"limit": "rate", "value": settings.rate, "retry_after": round(wait, 3)})
        if scope["method"] == "POST" and scope["path"] in self.posts:
            media = headers.get("content-type", "").partition(";")[0].strip().lower()
            if media != "application/json" and not (media.startswith("application/") and media.endswith("+json")):
                return Problem("media", "send JSON with Content-Type: application/json")
        length = headers.get("content-length", "")
        return self._too_large(int(length)) if length.isdigit() and len(length) < 19 else None

    def _too_large(self, length: int) -> Problem | None:
        most = self.settings.body_bytes
        if length <= most:
            return None
        detail = f"the body has {length:,} bytes: the limit is {most:,} (setting DERIVE_BODY_BYTES)"
        return Problem("body", detail, {"limit": "body_bytes", "value": most})

    async def _body(self, receive: Receive) -> bytes | Problem | None:
        """The whole body, which never gets larger than is allowed; None when the client has left."""
        parts: list[bytes] = []
        length = 0
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    parts.append(message.get("body", b""))
                    length += len(parts[-1])
                    problem = self._too_large(length)
                    if problem is not None:
                        return problem
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            seconds = self.settings.body_seconds
            detail = f"the body did not come within {seconds:g} seconds (setting DERIVE_BODY_SECONDS)"
            return Problem("slow", detail, {"limit": "body_seconds", "value": seconds})


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read, then whatever comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Any:
        return first.pop() if first else await receive()

    return replay


def _add_headers(headers: MutableHeaders, allowed: str) -> None:
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    if allowed:
        headers["Access-Control-Allow-Origin"] = allowed
        headers["Access-Control-Allow-Methods"] = "GET, POST"
        headers["Access-Control-Allow-Headers"] = ALLOWED_HEADERS
        headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        headers.add_vary_header("Origin")
