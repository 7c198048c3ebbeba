"""The flat node table: how expressions are stored, sent and pickled, however deep they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from derive.errors import TraceError
from derive.expressions.base import Expression
from derive.expressions.kinds import KINDS, validated
from derive.expressions.traversal import postorder

Row: TypeAlias = tuple[str, Any, tuple[int, ...]]


def to_rows(roots: Iterable[Expression]) -> tuple[list[Row], list[int]]:
    """(rows, root indexes): one row (kind, label, child indexes) per distinct node, children first."""
    index: dict[Expression, int] = {}
    rows: list[Row] = []
    where: list[int] = []
    for root in roots:
        for node in postorder(root, index):
            index[node] = len(rows)
            rows.append((node.kind, node.label, tuple([index[a] for a in node.arguments])))
        where.append(index[root])
    return rows, where


def nodes_from_rows(rows: Iterable[Row]) -> list[Expression]:
    """The expressions of a table, validated, row by row; TraceError for a row that is not well formed."""
    nodes: list[Expression] = []
    for number, (kind, label, children) in enumerate(rows):
        if kind not in KINDS:
            raise TraceError(f"row {number}: unknown kind {kind!r}")
        if not all(0 <= c < number for c in children):
            raise TraceError(f"row {number}: a child must stand in an earlier row")
        try:
            nodes.append(validated(kind, tuple([nodes[c] for c in children]), label))
        except ValueError as error:
            raise TraceError(f"row {number}: {error}") from None
    return nodes


def from_rows(rows: list[Row]) -> Expression:
    """The expression whose root is the last row."""
    return nodes_from_rows(rows)[-1]
