"""The working precision: FLINT keeps it in one place for the whole process, so it is changed under a lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from flint import ctx

SERIES_CAP = 128  # no series is longer: orders of derivatives stop at MAX_ORDER below it
MAX_ORDER = 100
MAX_TERMS = 128  # coefficients of a series in several variables: a product of two takes their square, 5 ms

_LOCK = RLock()


@contextmanager
def working(bits: int) -> Iterator[None]:
    """Balls are computed with `bits` bits inside the block; the caller's settings come back after it."""
    with _LOCK:
        before, cap = ctx.prec, ctx.cap
        ctx.prec, ctx.cap = bits, SERIES_CAP
        try:
            yield
        finally:
            ctx.prec, ctx.cap = before, cap


def set_bits(bits: int) -> None:
    """Change the precision inside a `working` block."""
    ctx.prec = bits


def bits_now() -> int:
    """The precision of the innermost `working` block."""
    return int(ctx.prec)
