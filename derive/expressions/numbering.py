"""The distinct parts of expressions under numbers, each after what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.expressions.base import Expression
from derive.expressions.nodes import Symbol


class Parts:
    """The distinct parts of expressions, children first: `nodes[i]` is made of `nodes[c]` for c in `children[i]`.

    roots  the numbers of the expressions; letters: the number of each symbol, by its name
    """

    __slots__ = ("_alike", "_known", "_same", "children", "letters", "nodes", "roots")

    def __init__(self, expressions: Sequence[Expression]) -> None:
        self.nodes: list[Expression] = []
        self.children: list[tuple[int, ...]] = []
        self.letters: dict[str, int] = {}
        self._known: dict[int, int] = {}  # hash → number: it is kept with the node, and nearly always tells it
        self._same: dict[int, int] = {}  # identity of another object for a known part → number
        self._alike: dict[Expression, int] = {}  # of different parts with one hash, all but the first → number
        self.roots = tuple([self._number(e) for e in expressions])

    def _number(self, root: Expression) -> int:
        """The number of `root`, after giving numbers to what is below it: as many steps as there are children."""
        nodes, children, known = self.nodes, self.children, self._known
        stack: list[tuple[Expression, Iterator[Expression], list[int]]] = []
        push, pop, number_of = stack.append, stack.pop, known.get
        made_of: list[int] = []
        node, rest, own = root, iter((root,)), made_of
        while True:
            for e in rest:
                number = number_of(e._hash)
                if number is not None and nodes[number] is not e:
                    number = self._number_of(e, number)
                if number is None:
                    if e.arguments:
                        push((node, rest, own))
                        node, rest, own = e, iter(e.arguments), []
                        break
                    number = len(nodes)
                    if known.setdefault(e._hash, number) != number:
                        self._alike[e] = number
                    nodes.append(e)
                    children.append(())
                    if type(e) is Symbol:
                        self.letters[str(e.label)] = number
                own.append(number)
            else:
                if not stack:
                    return made_of[0]
                number = len(nodes)
                if known.setdefault(node._hash, number) != number:
                    self._alike[node] = number
                nodes.append(node)
                children.append(tuple(own))
                node, rest, own = pop()
                own.append(number)

    def _number_of(self, e: Expression, number: int) -> int | None:
        """The number of `e`, whose hash that part has, which is another object; None where `e` is new."""
        found = self._same.get(id(e))  # a comparison may go deep: once an object
        if found is None:
            found = number if self.nodes[number] == e else self._alike.get(e)
            if found is not None:
                self._same[id(e)] = found
        return found
