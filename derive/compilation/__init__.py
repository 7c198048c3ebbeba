"""Straight-line code from expressions: shared parts computed once, in Python, NumPy, JAX or C."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.compilation.compiled import Compiled
    from derive.compilation.compiling import compile  # noqa: A004 - its public name

_HOMES = {"Compiled": "compiled", "compile": "compiling"}
__all__ = ["Compiled", "compile"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
