"""The page and its files: served from the package, with a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from derive.service.responses import has_already

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


EDITOR_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""MathLive writes styles; it has a page of its own, so that the others need not allow it."""


GET = ["GET", "HEAD"]  # the formula editor asks by HEAD whether its fonts are there


def add_pages(app: FastAPI) -> None:
    """`/` is the page, `/editor` the formula editor, `/static/…` their files."""

    @app.api_route("/", methods=GET, include_in_schema=False)
    async def index(request: Request) -> Response:
        return _file(request, "index.html")

    @app.api_route("/editor", methods=GET, include_in_schema=False)
    async def editor(request: Request) -> Response:
        return _file(request, "editor.html", EDITOR_POLICY)

    @app.api_route("/favicon.ico", methods=GET, include_in_schema=False)
    async def icon(request: Request) -> Response:
        return _file(request, "icon.svg")

    @app.api_route("/static/{name:path}", methods=GET, include_in_schema=False)
    async def static(request: Request, name: str) -> Response:
        return _file(request, name)


def _file(request: Request, name: str, policy: str = POLICY) -> Response:
    found = _files().get(name)
    if found is None:
        raise HTTPException(404, f"there is no file {name[:60]!r}")
    body, media, tag = found
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Security-Policy": policy}
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media)


@cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """Every file of the page by its name, read once: body, media type, tag."""
    found: dict[str, tuple[bytes, str, str]] = {}
    root = files("derive.service") / "web"
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        prefix, folder = stack.pop()
        for entry in folder.iterdir():
            name = f"{prefix}{entry.name}"
            if entry.is_dir():
                stack.append((f"{name}/", entry))
                continue
            body = entry.read_bytes()
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            media = f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else kind
            found[name] = body, media, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return found
