"""Answers that are kept by their request: the same request and version give the same bytes, so they are made once."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from derive.service.answer import Answer

KEPT = (200, 400)  # what depends on nothing but the request; a deadline or a lost worker may be otherwise next time
MOST_SLOW = 10_000  # requests that are remembered as slow


class Remembered:
    """The last answers, in at most so many bytes; and which requests were too slow for the light lane."""

    def __init__(self, megabytes: float) -> None:
        self.most = int(megabytes * 2**20)
        self.size = 0
        self.hits = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._slow: OrderedDict[bytes, None] = OrderedDict()

    def answer(self, key: str) -> Answer | None:
        """The answer that was given to this request, if it is still known."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
            self.hits += 1
        return found

    def keep(self, key: str, found: Answer) -> None:
        """Remember an answer; the ones asked for longest ago go first."""
        size = len(key) + len(found.body)
        if found.status not in KEPT or key in self._answers or size > self.most // 8:
            return
        self._answers[key] = found
        self.size += size
        while self.size > self.most:
            old, gone = self._answers.popitem(last=False)
            self.size -= len(old) + len(gone.body)

    def keep_slow(self, key: str) -> None:
        """Remember that a request was too slow for the light lane."""
        self._slow[_short(key)] = None
        if len(self._slow) > MOST_SLOW:
            self._slow.popitem(last=False)

    def is_slow(self, key: str) -> bool:
        return _short(key) in self._slow


def _short(key: str) -> bytes:
    """A request may be long: 32 bytes name it."""
    return hashlib.sha256(key.encode()).digest()
