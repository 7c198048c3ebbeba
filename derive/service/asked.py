"""What is asked of the pool: an endpoint and its request, written once; that is its name in memory and its frame."""

from __future__ import annotations

import json
from typing import Any


class Asked:
    """A request for an endpoint: `fields` by name, `key` its whole content; workers get it as it stands there."""

    __slots__ = ("fields", "key", "name")

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.name = name
        self.fields = fields
        self.key = f"{name}\n{json.dumps(fields, ensure_ascii=False, separators=(',', ':'))}"

    def frame(self) -> bytes:
        return self.key.encode()

    @staticmethod
    def of_frame(frame: bytes) -> tuple[str, bytes]:
        """(the endpoint, its request as JSON)."""
        name, _, request = frame.partition(b"\n")
        return name.decode(), request
