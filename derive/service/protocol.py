"""What is said to a request that is not HTTP, or whose head is too long: a problem too, before any route is known."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from derive.service.handlers import of_problem
from derive.service.problems import MEDIA, Problem

_Auto: Any = AutoHTTPProtocol  # httptools' where that is installed, else h11's


class Protocol(_Auto):  # type: ignore[misc]  # which of the two is known at run time
    """Uvicorn's protocol with its one answer of its own, 400, as a problem."""

    def send_400_response(self, msg: str) -> None:
        body = of_problem(Problem("request", msg)).body
        head = [
            "HTTP/1.1 400 Bad Request",
            f"Content-Type: {MEDIA}",
            f"Content-Length: {len(body)}",
            "Connection: close",
            "",
            "",
        ]
        self.transport.write("\r\n".join(head).encode("ascii") + body)
        self.transport.close()
