"""The sweeps: adjoints from the outputs back to the variables, tangents from the variables on to the outputs.

One pass over the numbered parts of a function. Over every edge goes what is passed on times one local slope; what
arrives over several edges is added. The amounts at the parts tell every edge; a sweep over names also keeps them, a
tuple each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from derive.expressions import ONE, Derivative, Expression, Negation, Product, Sum, make
from derive.rules.amounts import MAX_FLAT, Amount, amount
from derive.rules.computation import Computation
from derive.rules.slopes import KINDS, slopes

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

    def backward(self, seeds: Sequence[Amount], check: Check) -> bool:
        """Adjoints, from a seed for each output; False where a slope is not known, and parts have no names."""
        made, atoms, mine, named = self.made, self.atoms, self.mine, self.named
        nodes, children, active = made.nodes, made.children, made.active
        waiting: list[Any] = self.amounts  # at each part an amount, or the list of those that are to be added
        for output, seed in zip(made.outputs, seeds, strict=True):
            _give(waiting, output, seed)
        through = None if named else Sum  # the kind that passes on what it is given, where no edge is noted
        count, beat = 0, BEAT
        record, kinds = self.edges.append, KINDS.get
        for part in range(len(waiting) - 1, -1, -1):
            g = waiting[part]
            if g is None:
                continue
            if type(g) is list:
                waiting[part] = g = added(g[::-1])
            if not children[part] or not active[part]:
                continue
            kind_of = type(nodes[part])
            if kind_of is through:
                over = _handed_on(made, part, g, waiting)
                if over:
                    count += over
                    continue
            along = kinds(kind_of)
            found = along(made, part, atoms, mine[part]) if along is not None else None
            if found is None:
                if not named:
                    return False
                for child in dict.fromkeys(made.named(part)):
                    left = amount(make(Product, (g.written(), self.slope(part, child))))
                    record((part, child, "", left))
                    _give(waiting, child, left)
                continue
            minus: Amount | None = None
            for child, k, factors, below, kind in found:
                if factors and below is None and len(g.factors) <= MAX_FLAT:  # nearly always; `along` does it, too
                    passed = Amount(k * g.k, g.factors + factors)
                elif factors or below is not None:
                    passed = g.along(k, factors, below)
                elif k == 1:
                    passed = g
                elif k == -1:
                    passed = minus = minus or Amount(-g.k, g.factors)
                else:
                    passed = Amount(k * g.k, g.factors)
                before = waiting[child]
                if before is None:
                    waiting[child] = passed
                elif type(before) is list:
                    before.append(passed)
                else:
                    waiting[child] = [before, passed]
                if named:
                    record((part, child, kind, passed))
            count += len(found)
            if count > beat:
                self.count = count
                check(count)
                beat = count + BEAT
        self.count = count
        check(count)
        return True

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


def _handed_on(made: Computation, part: int, g: Amount, waiting: list[Any]) -> int:
    """A sum passes its adjoint on as it is, or with the other sign: over so many edges; 0 if a part stands twice."""
    nodes, children, active = made.nodes, made.children, made.active
    plain, negated = [], []
    for i in children[part]:
        if active[i]:
            if type(nodes[i]) is Negation:
                negated.append(children[i][0])
            else:
                plain.append(i)
    found = plain + negated
    if len(set(found)) < len(found):
        return 0
    for passed, targets in ((g, plain), (Amount(-g.k, g.factors), negated)) if negated else ((g, plain),):
        for i in targets:
            before = waiting[i]
            if before is None:
                waiting[i] = passed
            elif type(before) is list:
                before.append(passed)
            else:
                waiting[i] = [before, passed]
    return len(found)


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
