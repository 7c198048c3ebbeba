"""The cyclic garbage collector rests while many objects are made that form no cycle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_collector() -> Iterator[None]:
    """It would look at every one of them again and again: 1.5 to 2.2 times the time of a sweep.

    Afterwards they count as old, so that it does not look at all of them the moment it is back.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not _frozen_before and not _is_frozen():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


_frozen_before: list[bool] = []
"""Whether somebody has frozen something, which then stays so: noted when it is first seen, for all of this process."""


def _is_frozen() -> bool:
    """Asked no more once it is so: to count what is frozen all of it is walked over, 3 ms of a server's derivation."""
    if gc.get_freeze_count():
        _frozen_before.append(True)
    return bool(_frozen_before)
