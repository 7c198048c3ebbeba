"""What was measured: points, series, growth exponents; stored as JSON beside the page."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from math import log
from pathlib import Path
from typing import Any

NOISE = 0.001
"""Seconds: shorter times say nothing about growth."""
LARGEST = 5
"""So many points tell the growth: small problems have costs of their own, such as the shortening of small results."""


@dataclass(slots=True)
class Point:
    """One system at one size. Seconds, kilobytes, shared sizes, distinct nodes; None: not measured."""

    n: int
    derive: float | None = None
    kilobytes: int | None = None
    function: int | None = None
    all: int | None = None
    nodes: int | None = None
    build: float | None = None
    evaluate: float | None = None
    check: float | None = None


@dataclass(slots=True)
class Series:
    """One system at one problem: its points, and why there are no more (each of one stage at one size)."""

    system: str
    problem: str
    points: list[Point] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    def done(self) -> list[Point]:
        """The points whose derivatives were made in time."""
        return [p for p in self.points if p.derive is not None]


@dataclass(slots=True)
class Run:
    """Everything of one run: on what, under which limit, the textbook set's milliseconds, and the series."""

    machine: str
    versions: dict[str, str]
    limit: float
    textbook: dict[str, float] = field(default_factory=dict)
    series: list[Series] = field(default_factory=list)

    def of(self, problem: str) -> list[Series]:
        return [s for s in self.series if s.problem == problem]

    def find(self, system: str, problem: str) -> Series | None:
        return next((s for s in self.series if s.system == system and s.problem == problem), None)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")


def load(path: Path) -> Run:
    """The run stored at `path`."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    series = [Series(s["system"], s["problem"], [Point(**p) for p in s["points"]], s["ends"]) for s in data["series"]]
    return Run(data["machine"], data["versions"], data["limit"], data["textbook"], series)


def exponent(pairs: Iterable[tuple[float, float]]) -> float | None:
    """The p of t = c·n^p by least squares in logarithms, over times above the noise; None for under three of them."""
    logs = [(log(n), log(t)) for n, t in pairs if t >= NOISE]
    if len(logs) < 3:
        return None
    mean_n = sum([a for a, _ in logs]) / len(logs)
    mean_t = sum([b for _, b in logs]) / len(logs)
    spread = sum([(a - mean_n) ** 2 for a, _ in logs])
    return sum([(a - mean_n) * (b - mean_t) for a, b in logs]) / spread if spread else None


def growth(series: Series, goal: str) -> float | None:
    """The growth exponent of the time to derive over n, or over the shared size of the output, at the largest n."""
    points = [p for p in series.done() if goal == "n" or p.all is not None][-LARGEST:]
    return exponent((float(p.n if goal == "n" else p.all or 0), p.derive or 0.0) for p in points)


def expected(series: Series, n: int) -> float | None:
    """The seconds that size n would take if the last two points go on."""
    done = series.done()[-2:]
    if len(done) < 2 or not all((p.derive or 0) >= NOISE for p in done):
        return None
    a, b = done
    assert a.derive is not None
    assert b.derive is not None
    steepness = log(b.derive / a.derive) / log(b.n / a.n)
    return float(b.derive * (n / b.n) ** max(steepness, 0.0))
