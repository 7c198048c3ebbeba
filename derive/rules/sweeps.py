"""The sweeps: adjoints from the outputs back to the variables, tangents from the variables on to the outputs.

One pass over the numbered parts of a function. Over every edge goes what is passed on times one local slope; what
arrives over several edges is added. The amounts at the parts tell every edge; a sweep over names also keeps them, a
tuple each. Back without names, which is what a result needs, goes `bare_sweep.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from derive.expressions import ONE, Derivative, Expression, Product, Sum, make
from derive.rules.amounts import Amount, amount, product
from derive.rules.computation import Computation
from derive.rules.slopes import slopes

Edge: TypeAlias = tuple[int, int, str, Amount]
"""(part, child, kind of slope, what goes over it); the kind is "" where no slope is known."""
BEAT = 4096  # edges between two looks at the budget: about 10 ms
Check: TypeAlias = Callable[[int], None]
"""Told now and then how many edges there are; raises LimitError when they are too many, or it takes too long."""


class Sweep:
    """One sweep: the amount at every part that it reached, and how many edges it went over.

    atoms, mine  what each part is called by those made of it, and in its own slope: itself, or v_4 and sin(v_3)
    edges        in order, where parts are called by names (`named`)
    """

    __slots__ = ("_several", "_slopes", "amounts", "atoms", "count", "edges", "made", "mine", "named")

    def __init__(self, made: Computation, atoms: Sequence[Expression], mine: Sequence[Expression]) -> None:
        self.made = made
        self.atoms = atoms
        self.mine = mine
        self.amounts: list[Amount | None] = [None] * len(made.nodes)
        self.named = atoms is not made.nodes
        self.edges: list[Edge] = []
        self.count = 0
        self._several: dict[int, bool] = {}  # part → whether it is made of several others
        self._slopes: dict[tuple[int, int], Expression] = {}

    def backward(self, seeds: Sequence[Amount], check: Check) -> None:
        """Adjoints, from a seed for each output, over parts with names; without them it is `bare_sweep.adjoints`."""
        made, atoms, mine = self.made, self.atoms, self.mine
        waiting: list[Any] = self.amounts  # at each part an amount, or the list of those that are to be added
        for output, seed in zip(made.outputs, seeds, strict=True):
            given_to(waiting, output, seed)
        beat = BEAT
        record = self.edges.append
        for part in range(len(waiting) - 1, -1, -1):
            g = waiting[part]
            if g is None:
                continue
            if type(g) is list:
                waiting[part] = g = added(g[::-1])
            if not made.children[part] or not made.active[part]:
                continue
            found = slopes(made, part, atoms, mine[part])
            if found is None:
                for child in dict.fromkeys(made.named(part)):
                    left = amount(make(Product, (g.written(), self.slope(part, child))))
                    record((part, child, "", left))
                    given_to(waiting, child, left)
            minus: Amount | None = None
            for child, k, factors, below, kind in found or ():
                if k == -1 and not factors and below is None:
                    passed = minus = minus or g.along(-1, (), None)
                else:
                    passed = g.along(k, factors, below)
                given_to(waiting, child, passed)
                record((part, child, kind, passed))
            self.count += len(found or ())
            if self.count > beat:
                check(self.count)
                beat = self.count + BEAT
        check(self.count)

    def forward(self, seeds: Sequence[Amount | None], check: Check) -> bool:
        """Tangents, from a seed for each variable (None is 0); False as above."""
        made, amounts, atoms, mine, named = self.made, self.amounts, self.atoms, self.mine, self.named
        for variable, seed in zip(made.variables, seeds, strict=True):
            if variable >= 0:
                amounts[variable] = seed
        beat = BEAT
        record = self.edges.append
        for part, c in enumerate(made.children):
            if not c or not made.active[part]:
                continue
            passed: list[Amount] = []
            found = slopes(made, part, atoms, mine[part])
            if found is None:
                if not named:
                    return False
                for child in dict.fromkeys(made.named(part)):
                    t = amounts[child]
                    if t is not None:
                        passed.append(amount(make(Product, (t.written(), self.slope(part, child)))))
                        record((part, child, "", passed[-1]))
            for child, k, factors, below, kind in found or ():
                t = amounts[child]
                if t is not None:
                    passed.append(t.along(k, factors, below))
                    if named:
                        record((part, child, kind, passed[-1]))
            if passed:
                amounts[part] = passed[0] if len(passed) == 1 else added(passed)
                self.count += len(passed)
            if self.count > beat:
                check(self.count)
                beat = self.count + BEAT
        check(self.count)
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


def added(amounts: list[Amount]) -> Amount:
    """Their sum, as one factor."""
    whole = make(Sum, tuple([a.written() for a in amounts]))
    return product(1, (whole,), whole)


def given_to(waiting: list[Any], part: int, more: Amount) -> None:
    """Puts an amount beside those that wait at a part."""
    before = waiting[part]
    if before is None:
        waiting[part] = more
    elif type(before) is list:
        before.append(more)
    else:
        waiting[part] = [before, more]
