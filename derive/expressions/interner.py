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
        stack = [root]
        while stack:
            node = stack[-1]
            if node in table:
                stack.pop()
                continue
            missing = [a for a in node.arguments if a not in table]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            kept = rebuild(node, tuple([table[a] for a in node.arguments])) if node.arguments else node
            table[kept] = kept
        return table[root]

    def __len__(self) -> int:
        return len(self.table)
