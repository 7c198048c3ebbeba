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
            if not gc.get_freeze_count():  # what somebody else has frozen stays so
                gc.freeze()
                gc.unfreeze()
            gc.enable()
