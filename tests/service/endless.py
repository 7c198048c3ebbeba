"""A request that does not end by itself, and how it is known that it is being worked on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

ENDLESS = f"d^10/dx^10 ({'*'.join([f'sin(x^{k}+cos(x/{k}))' for k in range(2, 40)])})"
UNBOUNDED = {"steps": 10**9, "distinct": 10**9}
"""Settings with which nothing but time and memory ends it."""


def wait_for(condition: Callable[[], bool], seconds: float = 60, every: float = 0.02) -> float:
    """The seconds that it took until the condition held; AssertionError when it never did."""
    start = time.perf_counter()
    while not condition():
        assert time.perf_counter() - start < seconds, f"not within {seconds} s"
        time.sleep(every)
    return time.perf_counter() - start


@contextmanager
def at_work(server: Any) -> Iterator[None]:
    """What is asked within the block is being worked on when it ends: the workers have computed for a while."""
    before = server.computed()
    yield
    wait_for(lambda: server.computed() > before + 0.1)
