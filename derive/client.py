"""A thin client for a derive server: a method an endpoint, data in and out, problems as exceptions; nothing to install.

client = Client("http://127.0.0.1:8000")
client.derivations("d/dx x^2*sin(x)")["result"]["text"]   →   "2*x*sin(x) + x^2*cos(x)"
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

AGAIN = (429, 503)  # too many requests, busy: the answer says when to come back
LONGEST_WAIT = 10.0  # seconds between two tries


class ServerProblem(Exception):
    """What the server answered instead: `status`, and the members of the problem (RFC 9457) in `problem`."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or f"status {status}")
        self.status = status
        self.problem = problem


class Client:
    """A server's address, an API key where it asks for one; `tries` for an answer from a busy server."""

    def __init__(
        self, url: str = "http://127.0.0.1:8000", *, key: str = "", timeout: float = 30, tries: int = 4
    ) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError("the address has to begin with http:// or https://")
        self.url = url.rstrip("/")
        self.key = key
        self.timeout = timeout
        self.tries = tries

    def derivations(self, problem: str, **options: Any) -> dict[str, Any]:
        """The derivation of a problem; options as in the API: wrt, order, method, detail, language, include, …"""
        return self.ask("derivations", {"problem": problem, **options})

    def stream(self, problem: str, **options: Any) -> Iterator[dict[str, Any]]:
        """The events of a derivation as they come: found, …, derivation, step, …, result; or problem."""
        with self._open("derivations/stream", {"problem": problem, **options}) as response:
            for line in response:
                yield json.loads(line)

    def batch(self, requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Many derivations at once, each with its status and body."""
        found: list[dict[str, Any]] = self.ask("batch", {"requests": requests})["answers"]
        return found

    def parse(self, text: str, **options: Any) -> dict[str, Any]:
        """How a text is read."""
        return self.ask("parse", {"text": text, **options})

    def evaluate(self, expression: str, at: dict[str, str], **options: Any) -> dict[str, Any]:
        """The value at a point."""
        return self.ask("evaluate", {"expression": expression, "at": at, **options})

    def check(self, problem: str, answer: str, **options: Any) -> dict[str, Any]:
        """The verdict on an answer."""
        return self.ask("check", {"problem": problem, "answer": answer, **options})

    def diagnose(self, problem: str, lines: list[str], **options: Any) -> list[dict[str, Any]]:
        """A verdict for every line of a worked solution."""
        found: list[dict[str, Any]] = self.ask("diagnose", {"problem": problem, "lines": lines, **options})["lines"]
        return found

    def hints(self, problem: str, **options: Any) -> dict[str, Any]:
        """The ladder of the next step."""
        return self.ask("hints", {"problem": problem, **options})

    def practice(self, topic: str, **options: Any) -> list[dict[str, Any]]:
        """Exercises on a topic."""
        found: list[dict[str, Any]] = self.ask("practice", {"topic": topic, **options})["exercises"]
        return found

    def rules(self, language: str = "en") -> list[dict[str, Any]]:
        """Every rule of the book."""
        found: list[dict[str, Any]] = self.ask(f"rules?{urlencode({'language': language})}")["rules"]
        return found

    def rule(self, id: str, language: str = "en") -> dict[str, Any]:
        """One rule."""
        return self.ask(f"rules/{quote(id, safe='')}?{urlencode({'language': language})}")

    def ask(self, name: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer of any endpoint under /v1: POST where there is data, else GET; ServerProblem for a problem."""
        with self._open(name, data) as response:
            found: dict[str, Any] = json.load(response)
            return found

    def _open(self, name: str, data: dict[str, Any] | None) -> Any:
        body = None if data is None else json.dumps(data).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        for left in range(self.tries - 1, -1, -1):
            request = Request(f"{self.url}/v1/{name}", body, headers)  # noqa: S310 - http or https, see above
            try:
                return urlopen(request, timeout=self.timeout)  # noqa: S310 - same
            except HTTPError as error:
                if error.code not in AGAIN or not left:
                    raise ServerProblem(error.code, _problem(error)) from None
                time.sleep(_seconds(error.headers.get("Retry-After", "")))
        raise AssertionError("tries is at least 1")


def _problem(error: HTTPError) -> dict[str, Any]:
    try:
        found = json.load(error)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"title": str(error.reason), "status": error.code}


def _seconds(retry_after: str) -> float:
    return min(LONGEST_WAIT, float(retry_after)) if retry_after.isdigit() else 1.0
