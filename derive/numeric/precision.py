"""The working precision: FLINT keeps it in one place for the whole process, so it is changed under a lock."""

from __future__ import annotations

from threading import RLock

from flint import ctx

SERIES_CAP = 128  # no series is longer: orders of derivatives stop at MAX_ORDER below it
MAX_ORDER = 100
MAX_TERMS = 128  # coefficients of a series in several variables: a product of two takes their square, 5 ms

_LOCK = RLock()


class working:  # noqa: N801 - it reads as `with working(128):`
    """Balls are computed with `bits` bits inside the block; the caller's settings come back after it.

    A class: a generator as context takes as long as the operations of a small expression at a point.
    """

    __slots__ = ("_before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        _LOCK.acquire()
        self._before = ctx.prec, ctx.cap
        try:
            ctx.prec, ctx.cap = self.bits, SERIES_CAP
        except BaseException:  # no such precision: nobody else waits for it
            _LOCK.release()
            raise

    def __exit__(self, *_: object) -> None:
        ctx.prec, ctx.cap = self._before
        _LOCK.release()


def bits_now() -> int:
    """The precision of the innermost `working` block."""
    return int(ctx.prec)
