"""A token: one terminal of the grammar, its value and its place in the input."""

from __future__ import annotations

from typing import Any


class Token:
    """`kind` is a terminal of grammar/*.lark; `start` and `end` are offsets into the input.

    blank    whether white space stands before it
    virtual  whether it was put in by a convention rather than typed
    """

    __slots__ = ("blank", "end", "kind", "start", "value", "virtual")

    def __init__(self, kind: str, value: Any, start: int, end: int, blank: bool = False, virtual: bool = False) -> None:
        self.kind = kind
        self.value = value
        self.start = start
        self.end = end
        self.blank = blank
        self.virtual = virtual

    def __repr__(self) -> str:
        return f"{self.kind}({self.value!r})"


STARTS = frozenset({
    "ATOM", "NAME", "LPAR", "POINT_OPEN", "LBRACE", "LSQB", "BAR_OPEN", "FLOOR_OPEN", "CEIL_OPEN", "FUNCTION",
    "DERIVATIVE", "LIMIT",
    "FRACTION", "BINOMIAL", "ROOT", "RADICAL", "BEGIN_MATRIX", "BEGIN_CASES", "QUOTED", "META", "PARTIAL",
})  # fmt: skip
"""Kinds with which an operand begins."""

OPENERS = {
    "LPAR": "RPAR", "POINT_OPEN": "RPAR", "LBRACE": "RBRACE", "LSQB": "RSQB", "ROW_OPEN": "RSQB",
    "BAR_OPEN": "BAR_CLOSE",
    "FLOOR_OPEN": "FLOOR_CLOSE", "CEIL_OPEN": "CEIL_CLOSE", "BEGIN_MATRIX": "END_MATRIX", "BEGIN_CASES": "END_CASES",
}  # fmt: skip
CLOSERS = frozenset(OPENERS.values())
