"""Where parts stand in an expression while it is rewritten, a part at a time, wherever it occurs.

The expression is kept as a graph whose vertices stay what they are when something below them is rewritten: a step costs
what it changes, not what it stands in. Vertices that come to be equal are joined (congruence closure, as in Downey,
Sethi and Tarjan, 1980).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from derive.expressions.base import Expression, make
from derive.expressions.traversal import Path

Edge: TypeAlias = tuple[int, int]
"""(vertex, place among its children)."""


class Places:
    """One expression, rewritten step by step; `place` says where a part stands in it now."""

    def __init__(self, root: Expression) -> None:
        self._kinds: list[tuple[Any, ...]] = []  # of each vertex: class, type of the label, label
        self._children: list[list[int]] = []
        self._parents: list[dict[Edge, None]] = []
        self._table: dict[tuple[Any, ...], int] = {}  # kind and children → vertex
        self._known: dict[Expression, int] = {}  # expressions that stand in the whole as they are → vertex
        self._told: dict[int, Expression] = {}  # the other way round
        self._over: dict[Expression, list[Expression]] = {}  # expression → known ones that it is a child of
        self._seen: dict[int, tuple[int, Edge | None]] = {}  # vertex → at how many places; its parent on the first path
        self._root = -1
        self._root = self._vertex(root)

    def place(self, part: Expression) -> tuple[Path, int] | None:
        """The first path to `part`, and at how many places it stands; None where it does not stand at all."""
        v = self._found(part)
        if v is None:
            return None
        self._see(v)
        return self._path(v), self._seen[v][0]

    def is_at(self, part: Expression, path: Path) -> bool:
        """Whether `part` stands at `path`; IndexError where there is no such place."""
        v = self._root
        for i in path:
            if i < 0:
                raise IndexError(i)
            v = self._children[v][i]
        return v == self._found(part)

    def is_whole(self, e: Expression) -> bool:
        """Whether the whole is `e` now."""
        return self._found(e) == self._root

    def rewrite(self, before: Expression, after: Expression) -> bool:
        """Puts `after` in the place of `before` wherever it stands; False where it does not."""
        v = self._found(before)
        if v is None:
            return False
        self._forget(before)
        self._table.pop(self._key(v))
        old = self._children[v]
        first_new = len(self._kinds)
        w = self._vertex(after)  # `before` in it is another vertex: that part is not rewritten
        for i, c in enumerate(old):
            del self._parents[c][v, i]
        self._children[v] = []
        if w >= first_new and not self._parents[w]:
            self._become(v, w, after)
        else:
            self._join(v, w)
        for c in old:
            self._unsee(c)
        self._release(old)
        return True

    def whole(self) -> Expression:
        """The expression as it is now."""
        made: dict[int, Expression] = {}
        stack = [self._root]
        while stack:
            v = stack[-1]
            if v not in made and v in self._told:
                made[v] = self._told[v]
            missing = [] if v in made else [c for c in self._children[v] if c not in made]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            if v not in made:
                cls, _, label = self._kinds[v]
                made[v] = make(cls, tuple([made[c] for c in self._children[v]]), label)
        return made[self._root]

    def _key(self, v: int) -> tuple[Any, ...]:
        return (*self._kinds[v], *self._children[v])

    def _found(self, e: Expression) -> int | None:
        """The vertex of an expression, where it stands."""
        return self._walked(e, create=False)

    def _vertex(self, e: Expression) -> int:
        """The vertex of an expression, which is made where there is none."""
        v = self._walked(e, create=True)
        assert v is not None
        return v

    def _walked(self, root: Expression, *, create: bool) -> int | None:
        known = self._known
        stack = [root]
        while stack:
            e = stack[-1]
            if e in known:
                stack.pop()
                continue
            missing = [a for a in e.arguments if a not in known]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            kind, children = (type(e), type(e.label), e.label), [known[a] for a in e.arguments]
            v = self._table.get((*kind, *children))
            if v is None:
                if not create:
                    return None
                v = self._new(kind, children)
            known[e] = v
            self._told[v] = e
            for a in set(e.arguments):
                self._over.setdefault(a, []).append(e)
        return known[root]

    def _new(self, kind: tuple[Any, ...], children: list[int]) -> int:
        v = len(self._kinds)
        self._kinds.append(kind)
        self._children.append(children)
        self._parents.append({})
        self._table[(*kind, *children)] = v
        for i, c in enumerate(children):
            self._parents[c][v, i] = None
            self._unsee(c)
        return v

    def _forget(self, e: Expression) -> None:
        """What `e` is part of, and itself, does not stand there any longer as it is."""
        stack = [e]
        while stack:
            e = stack.pop()
            v = self._known.pop(e, None)
            if v is not None:
                self._told.pop(v, None)
                stack.extend(self._over.pop(e, ()))

    def _become(self, v: int, w: int, e: Expression) -> None:
        """The vertex v takes over what the new vertex w is; nothing changes above it."""
        children = self._children[w]
        for i, c in enumerate(children):
            del self._parents[c][w, i]
            self._parents[c][v, i] = None
            self._unsee(c)
        self._kinds[v], self._children[v], self._children[w] = self._kinds[w], children, []
        self._table[self._key(v)] = v
        del self._told[w]
        self._known[e], self._told[v] = v, e

    def _join(self, v: int, w: int) -> None:
        """What v is a child of becomes a parent of w, which may make it equal to another vertex, and so on."""
        instead: dict[int, int] = {}
        waiting = [(v, w)]
        while waiting:
            v, w = waiting.pop()
            while w in instead:
                w = instead[w]
            if v == w:
                continue
            users = dict.fromkeys(p for p, _ in self._parents[v])
            for p in users:
                if self._table.get(self._key(p)) == p:
                    del self._table[self._key(p)]
            for p, i in self._parents[v]:
                self._children[p][i] = w
                self._parents[w][p, i] = None
            self._parents[v] = {}
            self._unsee(w)
            instead[v] = w
            if v == self._root:
                self._root = w
                self._seen.clear()
            for p in users:
                q = self._table.setdefault(self._key(p), p)
                if q != p:
                    waiting.append((p, q))
            self._release([v])

    def _release(self, vertices: Iterable[int]) -> None:
        """Vertices that are part of nothing are let go, and what only they were made of."""
        stack = list(vertices)
        while stack:
            v = stack.pop()
            if self._parents[v] or v == self._root:
                continue
            self._seen.pop(v, None)
            if self._table.get(self._key(v)) == v:
                del self._table[self._key(v)]
            e = self._told.pop(v, None)
            if e is not None:
                self._known.pop(e, None)
            for i, c in enumerate(self._children[v]):
                del self._parents[c][v, i]
                self._unsee(c)
                stack.append(c)
            self._children[v] = []

    def _see(self, v: int) -> None:
        """Finds out from how many places v is reached, and by which parent first; so for what it is part of."""
        seen, parents = self._seen, self._parents
        seen.setdefault(self._root, (1, None))
        stack = [v]
        while stack:
            v = stack[-1]
            missing = [] if v in seen else [p for p, _ in parents[v] if p not in seen]
            if missing:
                stack.extend(missing)
                continue
            stack.pop()
            if v not in seen:
                above = parents[v]
                first = next(iter(above)) if len(above) == 1 else min(above, key=self._order)
                seen[v] = sum([seen[p][0] for p, _ in above]), first

    def _unsee(self, v: int) -> None:
        """The parents of v are other ones: what is known of its places, and of those of its parts, does not hold."""
        stack = [v]
        while stack:
            v = stack.pop()
            if self._seen.pop(v, None) is not None:
                stack.extend(self._children[v])

    def _order(self, edge: Edge) -> Path:
        return (*self._path(edge[0]), edge[1])

    def _path(self, v: int) -> Path:
        path: list[int] = []
        edge = self._seen[v][1]
        while edge is not None:
            path.append(edge[1])
            edge = self._seen[edge[0]][1]
        return tuple(path[::-1])
