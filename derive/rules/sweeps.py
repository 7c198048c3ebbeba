"""The sweeps: adjoints from the outputs back to the variables, tangents from the variables on to the outputs.

One pass over the numbered parts of a function. Over every edge goes what is passed on times one local slope; what
arrives over several edges is added. The record has a tuple an edge; everything else can be told from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from derive.expressions import ONE, Derivative, Expression, Product, Sum, make
from derive.rules.amounts import Amount, amount
from derive.rules.computation import Computation
from derive.rules.slopes import KINDS, slopes

Edge: TypeAlias = tuple[int, int, str, Amount]
"""(part, child, kind of slope, what goes over it); the kind is "" where no slope is known."""
BEAT = 4096  # edges between two looks at the budget: about 10 ms
Check: TypeAlias = Callable[[int], None]
"""Told now and then how many edges there are; raises LimitError when they are too many, or it takes too long."""


class Sweep:
    """One sweep: the amount at every part that it reached, and its edges in order.

    atoms, mine  what each part is called by those made of it, and in its own slope: itself, or v_4 and sin(v_3)
    """

    __slots__ = ("_several", "_slopes", "amounts", "atoms", "edges", "made", "mine")

    def __init__(self, made: Computation, atoms: Sequence[Expression], mine: Sequence[Expression]) -> None:
        self.made = made
        self.atoms = atoms
        self.mine = mine
        self.amounts: list[Amount | None] = [None] * len(made.nodes)
        self.edges: list[Edge] = []
        self._several: dict[int, bool] = {}  # part → whether it is made of several others
        self._slopes: dict[tuple[int, int], Expression] = {}

    def backward(self, seeds: Sequence[Amount], check: Check) -> bool:
        """Adjoints, from a seed for each output; False where a slope is not known, and parts have no names."""
        made, amounts, edges, atoms, mine = self.made, self.amounts, self.edges, self.atoms, self.mine
        waiting: list[Amount | list[Amount] | None] = [None] * len(made.nodes)
        for output, seed in zip(made.outputs, seeds, strict=True):
            _give(waiting, output, seed)
        nodes, children, active = made.nodes, made.children, made.active
        beat = BEAT
        record, kinds = edges.append, KINDS.get
        for part in range(len(waiting) - 1, -1, -1):
            given = waiting[part]
            if given is None:
                continue
            g: Amount = added(reversed(given)) if type(given) is list else given  # type: ignore[assignment]
            amounts[part] = g
            if not active[part] or not children[part]:
                continue
            along = kinds(type(nodes[part]))
            found = along(made, part, atoms, mine[part]) if along is not None else None
            if found is None:
                if atoms is made.nodes:
                    return False
                for child in dict.fromkeys(made.named(part)):
                    left = amount(make(Product, (g.written(), self.slope(part, child))))
                    record((part, child, "", left))
                    _give(waiting, child, left)
                continue
            minus: Amount | None = None
            for child, k, factors, below, kind in found:
                if factors or below is not None:
                    passed = g.along(k, factors, below)
                elif k == 1:
                    passed = g
                elif k == -1:
                    passed = minus = minus or Amount(-g.k, g.factors)
                else:
                    passed = Amount(k * g.k, g.factors)
                record((part, child, kind, passed))
                before = waiting[child]
                if before is None:
                    waiting[child] = passed
                elif type(before) is list:
                    before.append(passed)
                else:
                    waiting[child] = [before, passed]  # type: ignore[list-item]
            if len(edges) > beat:
                check(len(edges))
                beat = len(edges) + BEAT
        check(len(edges))
        return True

    def forward(self, seeds: Sequence[Amount | None], check: Check) -> bool:
        """Tangents, from a seed for each variable (None is 0); False as above."""
        made, amounts, edges, atoms, mine = self.made, self.amounts, self.edges, self.atoms, self.mine
        for variable, seed in zip(made.variables, seeds, strict=True):
            if variable >= 0:
                amounts[variable] = seed
        beat = BEAT
        for part, c in enumerate(made.children):
            if not c or not made.active[part]:
                continue
            passed: list[Amount] = []
            found = slopes(made, part, atoms, mine[part])
            if found is None:
                if atoms is made.nodes:
                    return False
                for child in dict.fromkeys(made.named(part)):
                    t = amounts[child]
                    if t is not None:
                        passed.append(amount(make(Product, (t.written(), self.slope(part, child)))))
                        edges.append((part, child, "", passed[-1]))
            for child, k, factors, below, kind in found or ():
                t = amounts[child]
                if t is not None:
                    passed.append(t.along(k, factors, below))
                    edges.append((part, child, kind, passed[-1]))
            if passed:
                amounts[part] = passed[0] if len(passed) == 1 else added(passed)
            if len(edges) > beat:
                check(len(edges))
                beat = len(edges) + BEAT
        check(len(edges))
        return True

    def slope(self, part: int, child: int) -> Expression:
        """The slope of a part along a child as it is asked for: ∂/∂v_3(sin(v_3))."""
        found = self._slopes.get((part, child))
        if found is None:
            several = self._several.get(part)
            if several is None:
                several = self._several[part] = len(set(self.made.named(part))) > 1
            found = make(Derivative, (self.mine[part], self.atoms[child], ONE), several)
            self._slopes[part, child] = found
        return found


def added(amounts: Iterable[Amount]) -> Amount:
    """Their sum, as one factor."""
    whole = make(Sum, tuple([a.written() for a in amounts]))
    return Amount(1, (whole,), whole)


def _give(waiting: list[Amount | list[Amount] | None], part: int, more: Amount) -> None:
    before = waiting[part]
    if before is None:
        waiting[part] = more
    elif isinstance(before, Amount):
        waiting[part] = [before, more]
    else:
        before.append(more)
