"""Who may come in, and how often: API keys compared in constant time, a bucket of requests for every client."""

from __future__ import annotations

import hashlib
import hmac
from time import monotonic

from derive.service.settings import Settings

MOST_CLIENTS = 20_000  # buckets that are kept; the oldest go first


class Buckets:
    """A token bucket a client: `rate` requests a second, `burst` at once."""

    def __init__(self, settings: Settings) -> None:
        self.rate = settings.rate
        self.burst = float(settings.burst)
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, client: str) -> float:
        """0 when the client may go on, else the seconds until it may."""
        if self.rate <= 0:
            return 0.0
        now = monotonic()
        tokens, last = self._buckets.pop(client, (self.burst, now))
        tokens = min(self.burst, tokens + (now - last) * self.rate)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MOST_CLIENTS:
            del self._buckets[next(iter(self._buckets))]
        return 0.0 if allowed else (1 - tokens) / self.rate


def is_known(authorization: str, key: str, settings: Settings) -> bool:
    """Whether a request carries one of the keys; yes where none is asked for."""
    hashes = [h.strip().lower() for h in settings.keys.split(",") if h.strip()]
    if not hashes:
        return True
    given = key or authorization.removeprefix("Bearer ").strip()
    found = hashlib.sha256(given.encode()).hexdigest()
    return any([hmac.compare_digest(found, h) for h in hashes])
