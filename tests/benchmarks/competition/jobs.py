"""What a system has to say about one problem: how it derives, how large the result is, how it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Evaluator: TypeAlias = Callable[[Sequence[float]], Sequence[float]]
"""The derivatives at a point, as numbers."""


@dataclass(frozen=True, slots=True)
class Job:
    """One problem of one size, the function built and nothing derived yet.

    derive  makes the derivatives, as formulas or as whatever the system has for them
    size    (distinct nodes of the function, of the function with its derivatives), where the system can tell
    build   makes a numeric function of the derivatives
    nodes   distinct nodes of all formulas that are held: function, derivatives and log
    """

    derive: Callable[[], Any]
    size: Callable[[Any], tuple[int, int]] | None = None
    build: Callable[[Any], Evaluator] | None = None
    nodes: Callable[[Any], int] | None = None


class System(Protocol):
    """A module of `systems`."""

    NAME: str
    DISTRIBUTION: str
    JOBS: dict[str, Callable[[int], Job]]
