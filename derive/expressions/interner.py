"""One object for equal subtrees of one derivation."""

from __future__ import annotations

from derive.expressions.nodes import Expression
from derive.expressions.traversal import rebuild


class Interner:
    """Hands out one object per distinct expression; belongs to a derivation and is dropped with it."""

    __slots__ = ("table",)

    def __init__(self) -> None:
        self.table: dict[Expression, Expression] = {}

    def intern(self, root: Expression) -> Expression:
        """The representative of `root`, whose every subtree is a representative too; cost: its new nodes."""
        table = self.table
        found = table.get(root)
        if found is not None:
            return found
        get = table.get
        stack = [root]
        while stack:
            node = stack[-1]
            kept = [get(a) for a in node.arguments]
            if None in kept:
                stack.extend([a for a, k in zip(node.arguments, kept, strict=True) if k is None])
                continue
            stack.pop()
            if get(node) is None:
                new = rebuild(node, tuple(kept)) if kept else node  # type: ignore[arg-type]
                table[new] = new
        return table[root]

    def __len__(self) -> int:
        return len(self.table)
