"""An expression as a computation: its distinct parts, each after what it is made of, and which follow the variables."""

from __future__ import annotations

from collections.abc import Sequence

from derive.expressions import (
    Call, Equation, Expression, Negation, Parts, Piecewise, Power, Product, Quotient, Sum, Symbol, make, symbols,
)  # fmt: skip

_OPENED: frozenset[type[Expression]] = frozenset((Symbol, Sum, Product, Quotient, Power, Negation, Call, Piecewise))
"""The kinds of parts whose slopes are taken along what they are made of; of the others, along the variables."""


class Computation:
    """`nodes[i]` is made of `nodes[c]` for c in `children[i]`; `active[i]`: it depends on a variable.

    outputs, variables  the numbers of the functions, and of the variables (-1 for one that does not occur)
    """

    __slots__ = ("active", "children", "nodes", "outputs", "variables")

    def __init__(
        self, outputs: Sequence[Expression], variables: Sequence[Expression], parts: Parts | None = None
    ) -> None:
        """`parts`: those of the outputs, where they are known; they belong to the computation from then on."""
        parts = parts or Parts(outputs)
        self.nodes, self.children, self.outputs = nodes, children, _ = parts.nodes, parts.children, parts.roots
        letter = parts.letters.get
        self.variables = tuple([letter(str(x.label), -1) for x in variables])
        self.active = active = [False] * len(nodes)
        for x in self.variables:
            if x >= 0:
                active[x] = True
        for number, c in enumerate(children):
            for i in c:
                if active[i]:
                    active[number] = True
                    if type(nodes[number]) not in _OPENED:
                        self._close(number, variables)
                    break

    def _close(self, number: int, variables: Sequence[Expression]) -> None:
        """Take the variables for what a part is made of that is not looked into."""
        inside = symbols(self.nodes[number]) if type(self.nodes[number]) is not Equation else set()
        found = [i for i, x in zip(self.variables, variables, strict=True) if i >= 0 and x.label in inside]
        self.children[number] = tuple(found)

    def local(self, number: int, atoms: Sequence[Expression]) -> Expression:
        """A part in terms of what it is made of: sin(x*y)  →  sin(v_1), where `atoms` has v_1 in the place of x*y."""
        node = self.nodes[number]
        kind = type(node)
        if kind not in _OPENED:
            return node
        c = self.children[number]
        arguments = [atoms[i] for i in c]
        for place, a in enumerate(node.arguments):
            if type(a) is Equation:  # the condition of a piece
                arguments[place] = a
            elif kind is Sum and type(a) is Negation and self.active[c[place]]:
                arguments[place] = make(Negation, (atoms[self.children[c[place]][0]],))
        return make(kind, tuple(arguments), node.label)

    def named(self, number: int) -> list[int]:
        """The parts, variables too, that stand in `local(number)` under a name."""
        node, c = self.nodes[number], self.children[number]
        found = []
        for place, i in enumerate(c):
            if self.active[i] and type(self.nodes[i]) is not Equation:
                minus = type(node) is Sum and type(node.arguments[place]) is Negation
                found.append(self.children[i][0] if minus else i)
        return found
