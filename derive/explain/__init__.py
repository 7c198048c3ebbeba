"""Explaining: the words of each step, the outline of a page, and the page in every format."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from derive.explain.catalog import Segment, message
    from derive.explain.outlining import Item, outline
    from derive.explain.formats import FORMATS, render
    from derive.explain.read_json import from_json
    from derive.explain.write_json import to_json

__all__ = ["FORMATS", "Item", "Segment", "from_json", "message", "outline", "render", "to_json"]

_HOMES = {
    "Segment": "catalog", "message": "catalog", "Item": "outlining", "outline": "outlining", "FORMATS": "formats",
    "render": "formats", "from_json": "read_json", "to_json": "write_json",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
