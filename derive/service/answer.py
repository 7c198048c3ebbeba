"""An answer: a status, a media type and bytes, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from derive.service.problems import MEDIA, Problem, over
from derive.service.settings import Settings

JSON = "application/json"


class Answer:
    """A status, a media type and the bytes."""

    __slots__ = ("body", "media", "status")

    def __init__(self, status: int, media: str, body: bytes) -> None:
        self.status = status
        self.media = media
        self.body = body

    @property
    def etag(self) -> str:
        """The name of these very bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def packed(data: Any, settings: Settings) -> Answer:
    """Data as an answer; over the limit it is refused. A string is JSON already."""
    body = (data if isinstance(data, str) else written(data)).encode()
    admit_answer(len(body), settings)
    return Answer(200, JSON, body)


def of_problem(problem: Problem) -> Answer:
    return Answer(problem.status, MEDIA, written(problem.body()).encode())


def fields_problem(errors: Any) -> Problem:
    """Wrong fields, each with its place and what is wrong; the input itself is not repeated."""
    wrong = [
        {"field": ".".join([str(part) for part in e["loc"] if part != "body"]) or "body", "detail": e["msg"]}
        for e in errors[:20]
    ]
    detail = "; ".join([f"{e['field']}: {e['detail']}" for e in wrong])
    return Problem("fields", detail, {"errors": wrong})


def admit_answer(length: int, settings: Settings) -> None:
    """Whether an answer is short enough to be sent."""
    if length > settings.answer_bytes:
        raise over("answer_bytes", settings.answer_bytes, f"the answer has {length:,} bytes")


def written(data: Any) -> str:
    """JSON with the keys as they are, nothing escaped that need not be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
