"""Walks over an expression: distinct nodes children first, one fold, paths, replacement; nothing recurses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from derive.expressions.base import Expression, make

Path: TypeAlias = tuple[int, ...]
T = TypeVar("T")


def postorder(root: Expression, done: object = ()) -> list[Expression]:
    """Every distinct node below and including `root`, children before parents; nodes in `done` are not entered."""
    seen: set[Expression] = set()
    count = 0  # how many were seen: a node is hashed once, to be looked up and noted
    order: list[Expression] = []
    stack: list[Expression | None] = [root]
    push, pop, note, write = stack.append, stack.pop, seen.add, order.append
    while stack:
        node = pop()
        if node is None:
            write(pop())  # type: ignore[arg-type]
            continue
        note(node)
        if len(seen) == count:
            continue
        count += 1
        if done and node in done:  # type: ignore[operator]
            continue
        arguments = node.arguments
        if not arguments:
            write(node)
            continue
        push(node)
        push(None)
        stack += arguments[::-1]
    return order


class _Closed:
    """The expressions in which no operator stands."""

    def __contains__(self, e: Expression) -> bool:
        return not e.open


_CLOSED = _Closed()


def open_parts(root: Expression) -> list[Expression]:
    """Every distinct part of `root` in which an operator stands, children before parents; others are not entered."""
    return postorder(root, _CLOSED)


def reached(root: Expression, parts: Callable[[Expression], Sequence[Expression]]) -> Iterator[Expression]:
    """Every distinct node that `parts` leads to from `root`, parents before what they lead to, as they are written."""
    seen: set[Expression] = set()
    count = 0
    stack = [root]
    while stack:
        node = stack.pop()
        seen.add(node)
        if len(seen) > count:
            count += 1
            yield node
            stack.extend(reversed(parts(node)))


def fold(root: Expression, combine: Callable[[Expression, list[T]], T], memo: dict[Expression, T] | None = None) -> T:
    """Bottom-up: `combine(node, values of its children)`, once per distinct node; `memo` is read and filled."""
    memo = {} if memo is None else memo
    if root not in memo:
        for node in postorder(root, memo):
            memo[node] = combine(node, [memo[a] for a in node.arguments])
    return memo[root]


def rebuild(node: Expression, arguments: tuple[Expression, ...]) -> Expression:
    """`node` with other children; the same object when they are the same objects."""
    for old, new in zip(node.arguments, arguments, strict=True):
        if old is not new:
            return make(type(node), arguments, node.label)
    return node


def replace(root: Expression, old: Expression, new: Expression) -> Expression:
    """`root` with `old` replaced by `new` wherever it occurs: `replace(x + x*y, x, 2)  →  2 + 2*y`."""
    return replace_all(root, {old: new})


def replace_all(root: Expression, table: dict[Expression, Expression]) -> Expression:
    """`root` with every key of `table` replaced by its value at once; replaced parts are not entered."""
    floor = min([k.depth for k in table], default=root.depth + 1)  # a shallower node is no key and contains none
    if root.depth < floor:
        return root
    memo = dict(table)
    get = memo.get
    stack: list[Expression] = [root]
    while stack:
        node = stack[-1]
        arguments = node.arguments
        missing = changed = False
        now: list[Expression] = []
        for a in arguments:
            if a.depth >= floor:
                new = get(a)
                if new is None:
                    if a.depth > floor:
                        stack.append(a)
                        missing = True
                    new = a
                elif new is not a:
                    changed = True
                now.append(new)
            else:
                now.append(a)
        if missing:
            continue
        stack.pop()
        if node not in memo:
            memo[node] = make(type(node), tuple(now), node.label) if changed else node
    return memo[root]


def at(root: Expression, path: Path) -> Expression:
    """The subexpression at `path`; IndexError where there is none."""
    node = root
    for index in path:
        if index < 0:
            raise IndexError(index)
        node = node.arguments[index]
    return node


def replace_at(root: Expression, path: Path, new: Expression) -> Expression:
    """`root` with the one subexpression at `path` replaced."""
    nodes = [root]
    for index in path:
        nodes.append(nodes[-1].arguments[index])
    for parent, index in zip(reversed(nodes[:-1]), reversed(path), strict=True):
        new = make(type(parent), (*parent.arguments[:index], new, *parent.arguments[index + 1 :]), parent.label)
    return new


def occurrences(root: Expression, wanted: Expression) -> tuple[Path | None, int]:
    """The first path at which `wanted` stands in `root` (None where it does not), and at how many places it stands."""
    counts: dict[Expression, int] = {wanted: 1}
    floor = wanted.depth
    stack: list[Expression] = [root]
    while stack:
        node = stack[-1]
        if node in counts:
            stack.pop()
        elif node.depth <= floor:
            counts[node] = 0
            stack.pop()
        else:
            missing = [a for a in node.arguments if a not in counts]
            if missing:
                stack.extend(missing)
            else:
                counts[node] = sum([counts[a] for a in node.arguments])
                stack.pop()
    if not counts[root]:
        return None, 0
    path: list[int] = []
    node = root
    while node is not wanted and node != wanted:
        for index, child in enumerate(node.arguments):
            if counts[child]:
                path.append(index)
                node = child
                break
    return tuple(path), counts[root]


def walk(root: Expression) -> Iterator[tuple[Path, Expression]]:
    """Every place of the written-out tree with its path, parents first; as many as the tree has nodes."""
    stack: list[tuple[Path, Expression]] = [((), root)]
    while stack:
        path, node = stack.pop()
        yield path, node
        stack.extend([((*path, i), a) for i, a in reversed(list(enumerate(node.arguments)))])


def tree_size(root: Expression) -> int:
    """The number of nodes of the written-out tree (shared parts counted wherever they stand)."""
    return fold(root, lambda node, sizes: 1 + sum(sizes))
