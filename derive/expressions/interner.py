"""One object for equal subtrees of one derivation."""

from __future__ import annotations

from derive.expressions.base import Expression
from derive.expressions.traversal import rebuild


class Interner:
    """Hands out one object per distinct expression; belongs to a derivation and is dropped with it."""

    __slots__ = ("_kept", "table")

    def __init__(self) -> None:
        self.table: dict[Expression, Expression] = {}
        self._kept: set[int] = set()  # identities of the representatives, which the table keeps alive

    def intern(self, root: Expression) -> Expression:
        """The representative of `root`, whose every subtree is a representative too; cost: its new nodes."""
        kept = self._kept
        if id(root) in kept:
            return root
        table = self.table
        done: dict[int, Expression] = {}  # a look-up by value may cost a comparison in depth: by identity first
        stack = [root]
        while stack:
            node = stack[-1]
            arguments = []
            for a in node.arguments:
                if id(a) in kept:
                    arguments.append(a)
                    continue
                known = done.get(id(a))
                if known is None:
                    stack.append(a)
                else:
                    arguments.append(known)
            if len(arguments) < len(node.arguments):
                continue
            stack.pop()
            if id(node) in done:
                continue
            new = rebuild(node, tuple(arguments))
            found = table.get(new)  # its children are representatives: equal ones are the same objects
            if found is None:
                table[new] = found = new
                kept.add(id(new))
            done[id(node)] = found
        return done[id(root)]

    def __len__(self) -> int:
        return len(self.table)
