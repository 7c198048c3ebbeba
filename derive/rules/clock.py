"""How long the work may take: asked for again and again inside every loop that may be long."""

from __future__ import annotations

from math import inf
from time import monotonic

from derive.errors import LimitError

EVERY = 256  # calls from one look at the time to the next: the longest of them take 0.1 ms


class Clock:
    """Counts calls, looks at the time now and then, and raises LimitError when it is up."""

    __slots__ = ("deadline", "left", "seconds")

    def __init__(self, seconds: float = inf) -> None:
        self.seconds = seconds
        self.deadline = monotonic() + seconds
        self.left = EVERY

    def tick(self, calls: int = 1) -> None:
        """Counts so many calls; LimitError when the time is up."""
        self.left -= calls
        if self.left < 0:
            self.look()

    def look(self) -> None:
        """LimitError when the time is up."""
        self.left = EVERY
        if monotonic() > self.deadline:
            raise LimitError(f"more than {self.seconds} seconds", limit="seconds", value=self.seconds)

    def stop(self) -> None:
        """From now on there is no hurry: what is asked of a finished derivation has no deadline."""
        self.deadline = inf
