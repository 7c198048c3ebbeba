"""Answers and problems as HTTP responses, with the headers that they ask for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from derive.service.answer import Answer, of_problem
from derive.service.lane import RETRY
from derive.service.problems import MEDIA, Problem

CACHE = "public, max-age=3600"
GONE = 499  # the client has left: nobody reads this


def respond(found: Answer, request: Request) -> Response:
    """An answer as a response: with its name for caches, and nothing to send where the client has it already."""
    if found.status != 200:
        headers = {"Cache-Control": "no-store"}
        if found.status in (429, 503):
            headers["Retry-After"] = str(RETRY)
        return Response(found.body, found.status, headers, found.media)
    headers = {"ETag": found.etag, "Cache-Control": CACHE}
    if has_already(request, found.etag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, 200, headers, found.media)


def has_already(request: Request, tag: str) -> bool:
    """Whether a GET names the tag among those that the client has: `W/"a", "b"`; proxies that pack make it weak."""
    named = request.headers.get("if-none-match", "") if request.method == "GET" else ""
    return named.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in named.split(",")]


def refusal(problem: Problem) -> Response:
    """A problem as a response, with the headers that its status asks for."""
    headers: dict[str, str] = {"Cache-Control": "no-store"}
    if problem.status in (429, 503):
        headers["Retry-After"] = str(max(1, round(problem.more.get("retry_after", 1))))
    elif problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(of_problem(problem).body, problem.status, headers, MEDIA)
