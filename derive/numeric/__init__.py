"""The numeric judge: ball arithmetic and power series, independent of the rules. FLINT is loaded on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from derive.numeric.verification import Point, Rejected, Verification, Verify, Witness

if TYPE_CHECKING:
    from derive.numeric.comparison import Comparison, compare
    from derive.numeric.evaluation import ball, evaluate, holds
    from derive.numeric.signals import NotSmooth, NoValue, Undefined, Unsure, Unsupported
    from derive.numeric.judge import differ_at, sides, verify

__all__ = [
    "Comparison", "NoValue", "NotSmooth", "Point", "Rejected", "Undefined", "Unsure", "Unsupported", "Verification",
    "Verify", "Witness", "ball", "compare", "differ_at", "evaluate", "holds", "sides", "verify",
]  # fmt: skip

_HOMES = {
    "Comparison": "comparison", "compare": "comparison", "ball": "evaluation", "evaluate": "evaluation",
    "holds": "evaluation", "differ_at": "judge", "sides": "judge", "verify": "judge",
} | dict.fromkeys(("NoValue", "NotSmooth", "Undefined", "Unsure", "Unsupported"), "signals")  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
