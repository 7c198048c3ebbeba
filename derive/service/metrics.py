"""Counters for Prometheus: requests, steps, limits hit, seconds, workers replaced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from derive.service.answer import Answer

if TYPE_CHECKING:
    from derive.service.pool import Pool

_LIMIT = re.compile(rb'"limit":"([a-z_-]{1,30})"')


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter("derive_requests", "answers given", ["endpoint", "status"], registry=self.registry)
        self.limits = Counter("derive_limits", "limits hit", ["limit"], registry=self.registry)
        self.steps = Counter("derive_steps", "steps of the derivations given", registry=self.registry)
        self.seconds = Histogram(
            "derive_seconds", "time to an answer", ["endpoint"], registry=self.registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )  # fmt: skip
        self.remembered = Gauge("derive_remembered", "answers given from memory", registry=self.registry)
        self.replaced = Gauge(
            "derive_workers_replaced", "workers that were killed or lost", ["lane"], registry=self.registry
        )

        self.longest = Gauge(
            "derive_slot_back_seconds", "the longest that a lost worker's place was empty", ["lane"],
            registry=self.registry,
        )  # fmt: skip
        self._known: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def count(self, endpoint: str, found: Answer, seconds: float) -> None:
        counted = self._known.get((endpoint, found.status))
        if counted is None:  # labels are looked up once: that takes longer than counting
            counted = self.requests.labels(endpoint, str(found.status)), self.seconds.labels(endpoint)
            self._known[endpoint, found.status] = counted
        counted[0].inc()
        counted[1].observe(seconds)
        if found.status == 200 and endpoint == "derivations":
            self.steps.inc(found.body.count(b'"places":'))
        elif found.status == 422:
            hit = _LIMIT.search(found.body[:2000])
            if hit:
                self.limits.labels(hit[1].decode()).inc()

    def text(self, pool: Pool) -> str:
        self.remembered.set(pool.remembered.hits)
        for name, lane in (("light", pool.light), ("heavy", pool.heavy)):
            self.replaced.labels(name).set(lane.restarts)
            self.longest.labels(name).set(lane.longest)
        return generate_latest(self.registry).decode()
