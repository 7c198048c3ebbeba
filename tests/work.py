"""Work is counted in lines executed: the same on every machine, however busy, so that its growth can be asserted."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

LINE = 200e-9  # seconds that a line takes on the machines of docs/reference: what a clock of counted work goes by


class Counting:
    """Counts the lines that Python executes within its block; what C does by itself, such as `a in list`, is not seen.

    Each turn of a loop or of a comprehension is a line again, and so are calls and returns.
    """

    lines = 0

    def __enter__(self) -> Self:
        def one(frame: FrameType, event: str, argument: object) -> Any:
            self.lines += 1
            return one

        self.collects, self.traced = gc.isenabled(), sys.gettrace()
        gc.disable()  # a collection finishes what others have left
        sys.settrace(one)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        sys.settrace(self.traced)
        if self.collects:
            gc.enable()

    def time(self) -> float:
        """The seconds that the lines until now are counted as: a clock that no other load on the machine changes."""
        return self.lines * LINE


def work(action: Callable[[], object]) -> int:
    """How many lines Python executes in an action."""
    with Counting() as counting:
        action()
    return counting.lines


def growth(job: Callable[[int], Callable[[], object]], small: int, large: int) -> float:
    """The power of n with which the work of `job(n)` grows between two sizes: 1 where it is in proportion, 2 for n^2.

    The action `job(small)` is done once before: tables are read, patterns are compiled.
    """
    job(small)()
    few, many = work(job(small)), work(job(large))
    return math.log(many / few) / math.log(large / small)
