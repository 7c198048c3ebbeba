"""One object for equal subtrees of one derivation."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions.base import Expression, claim, make
from derive.expressions.build import ONE, PI, TWO, ZERO, E

_COMMON = object()
COMMON = {leaf: leaf for leaf in (ZERO, ONE, TWO, E, PI)}
"""Leaves that every derivation shares: rules write them all the time."""
for _leaf in COMMON:
    claim(_leaf, _COMMON)


class Interner:
    """Hands out one object per distinct expression; belongs to a derivation and is dropped with it.

    A representative knows its interner by a token, so that asking again costs one comparison. An expression that is the
    representative of another derivation (a constant of the rulebook, a problem that was solved before) is copied once.
    """

    __slots__ = ("_copies", "_others", "_token", "largest", "table")

    def __init__(self) -> None:
        self.table: dict[Expression, Expression] = {}
        self.largest = 0  # the largest integer that it keeps
        self._token = object()
        self._copies: dict[int, Expression] = {}  # identity of another derivation's node → our representative
        self._others: list[Expression] = []  # those nodes: they live as long as their identities are asked for

    def intern(self, root: Expression) -> Expression:
        """The representative of `root`, whose every subtree is a representative too; cost: its new nodes."""
        token = self._token
        keeper, arguments = root._keeper, root.arguments
        if keeper is token or keeper is _COMMON:
            return root
        if keeper is None and arguments:
            for a in arguments:
                if a._keeper is not token and a._keeper is not _COMMON:
                    break
            else:  # most come with children that are kept
                found = self.table.setdefault(root, root)
                if found is root:
                    claim(root, token)
                return found
        copies = self._copies
        done: dict[int, Expression] = {}  # a look-up by value may cost a comparison in depth: by identity first
        stack = [root]
        while stack:
            node = stack[-1]
            kept: list[Expression] = []
            changed = False
            for a in node.arguments:
                if a._keeper is not token and a._keeper is not _COMMON:
                    known = done.get(id(a)) if a._keeper is None else copies.get(id(a))
                    if known is None:
                        below = a.arguments
                        for inner in below:
                            if inner._keeper is not token and inner._keeper is not _COMMON:
                                stack.append(a)
                                break
                        else:
                            if below and a._keeper is None:
                                known = self.table.setdefault(a, a)
                                if known is a:
                                    claim(a, token)
                            else:
                                known = self._one(a, below, False, done)
                            changed = changed or known is not a
                            kept.append(known)
                        continue
                    changed = changed or known is not a
                    a = known
                kept.append(a)
            if len(kept) == len(node.arguments):
                stack.pop()
                self._one(node, kept, changed, done)
        return done[id(root)] if id(root) in done else copies[id(root)]

    def _one(
        self, node: Expression, kept: Sequence[Expression], changed: bool, done: dict[int, Expression]
    ) -> Expression:
        """The representative of `node`, whose children are those of `kept`."""
        fresh = node._keeper is None
        known = done.get(id(node)) if fresh else self._copies.get(id(node))
        if known is not None:
            return known
        new = node if fresh and not changed else make(type(node), tuple(kept), node.label)
        if not kept and new in COMMON:
            found = COMMON[new]
        else:
            found = self.table.setdefault(new, new)  # its children are representatives: equal ones are the same
        if found is new:
            claim(new, self._token)
            if not kept and type(new.label) is int and new.label > self.largest:
                self.largest = new.label
        if fresh:
            done[id(node)] = found
        else:
            self._copies[id(node)] = found
            self._others.append(node)
        return found

    def __len__(self) -> int:
        """How many distinct expressions it keeps; the common leaves are not its own."""
        return len(self.table)
