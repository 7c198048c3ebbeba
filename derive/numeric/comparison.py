"""Whether two expressions have the same value: disjoint balls prove a difference, agreement is evidence.

At every point the precision rises until the balls are disjoint, or agree to 100 bits (30 digits) and more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from time import monotonic, thread_time
from typing import Any

from derive.expressions import Expression, postorder
from derive.numeric.instances import ORDERS, compare_instances, letters_among
from derive.numeric.points import Place, sample
from derive.numeric.precision import working
from derive.numeric.regions import compiled, edges, kinks, one_sided, region_points
from derive.numeric.signals import NoValue
from derive.numeric.tally import ENOUGH, LADDER, NO_POINT, Comparison, Tally
from derive.numeric.together import Together

FEW = 1  # enough for expressions so large that the time is over: 30 digits of 100,000 nested sines are no accident
FIRST = 14  # points made at once: making one takes 20 µs, comparing at one often less
TRIES = 120  # usual points; then regions, then far scales. The rubi examples need at most 40
NEAR = 24  # points near changes of the formula
FEW_NEAR = 6  # where the time is that of a derivation
LOOKED = 6  # usual points that tell whether both sides of a change are met anyway: as many as are compared at least
EACH_SECOND = 300_000  # operations that are compiled and run at a point in a second
MOST = 400_000  # that are allowed in any case: 100,000 nested sines and their derivative
SMALL = 1000  # nodes of expressions of which no point takes long: 5 ms
LOADING = 0.5  # seconds that the first point of a process may take to load what it needs; integrals take 0.1
SECONDS = 5.0  # the slowest of the 1,000 examples takes 0.12

__all__ = ["NO_POINT", "SECONDS", "Comparison", "compare"]


def compare(
    a: Expression,
    b: Expression,
    *,
    points: int = 12,
    conditions: Sequence[Expression] = (),
    precision: int = LADDER[0],
    functions: dict[str, Any] | None = None,
    seconds: float = SECONDS,
    budget: int | None = None,
    nodes: Sequence[Expression] = (),
    proved: bool = False,
) -> Comparison:
    """Compare b with a at points where both have a value and all `conditions` hold, for `seconds` at most.

    seconds  of this thread's own computing: a crowded machine changes no verdict
    budget   operations at which it looks at fewer `points`, at ENOUGH in any case, and for changes of the formula only
             where the usual points show one side of them; None: everything is looked at
    nodes    all that stand in a and b, where they are known
    proved   they are known to be the same function: no point is looked at with many more digits
    """
    nodes = nodes or postorder(a) + postorder(b)
    letters = letters_among(nodes, (a, b))
    if letters:
        return compare_instances(
            letters, a, b, conditions,
            lambda left, right, given: compare(
                left, right, points=points, conditions=given, precision=precision, functions=functions,
                seconds=seconds / len(ORDERS), budget=None if budget is None else budget // 2,
            ),
        )  # fmt: skip
    clock, most = _Clock(seconds, len(nodes)), max(MOST, int(seconds * EACH_SECOND))
    with working(precision):
        try:
            programs = Together(a, b, conditions, functions, most)
        except NoValue as failure:
            return Comparison("unknown", reason=str(failure))
        names = tuple(sorted(programs.symbols))
        tally = Tally(programs, precision, deep=not proved)
        if budget is not None:
            points = max(ENOUGH, min(points, budget // max(1, programs.operations)))
        nodes = [*nodes, *[node for c in conditions for node in postorder(c)]]
        for place in _places(nodes, names, points, tally, quick=budget is not None):
            if tally.visit(place):
                break
            if tally.vain:
                break
            if clock.is_over():
                tally.enough = FEW
                tally.late = True
                break
        return tally.comparison()


class _Clock:
    """Seconds of this thread's own computing; what is loaded for the first point is not counted.

    Asking for them takes 2 µs, on a crowded machine a thousand: where the expressions are small, the first eighth of
    the time is told by the clock on the wall.
    """

    def __init__(self, seconds: float, nodes: int) -> None:
        self.seconds = seconds
        self.own = None if nodes < SMALL else thread_time()
        self.wall = monotonic()
        self.early = 0.0  # by the clock on the wall it is not over until then; 0 before the first point

    def is_over(self) -> bool:
        """Asked after each point."""
        if monotonic() < self.early:
            return False
        begun = self.early > 0
        allowed = self.seconds if begun else max(self.seconds, LOADING)
        if self._used(allowed) > allowed:
            return True
        if not begun:
            self.wall, self.own = monotonic(), None if self.own is None else thread_time()
            self.early = self.wall + (self.seconds / 8 if self.own is None else 0.0)
        return False

    def _used(self, allowed: float) -> float:
        if self.own is None:
            used = monotonic() - self.wall
            if used < allowed / 8:
                return used
            self.own = thread_time() - allowed / 8
        return thread_time() - self.own


def _places(nodes: list[Expression], names: tuple[str, ...], wanted: int, tally: Tally, quick: bool) -> Iterator[Place]:
    """Points near changes of the formula, the usual ones until enough agree, searched and far ones if few were."""
    if not names:
        yield {}
        return
    near = _near(kinks(nodes), names, quick)
    yield from near[:: 1 + len(near) // (FEW_NEAR if quick else NEAR)]
    wanted = max(wanted, tally.agreed + wanted // 2)
    for place in _usual(names):
        if tally.agreed >= wanted or (tally.rejected > TRIES // 3 and tally.agreed < ENOUGH):
            break
        yield place
    if tally.agreed >= ENOUGH or tally.hopeless:
        return
    near = _near(edges(nodes), names)
    yield from near[: NEAR * 2]
    more = TRIES * max(1, len(names) - 2)  # each of several conditions on many variables halves the chance
    for place in chain(sample(names, more), sample(names, TRIES // 2, True)):
        if tally.agreed >= ENOUGH:
            return
        yield place


def _usual(names: tuple[str, ...]) -> Iterator[Place]:
    """The usual points; more than are mostly needed are made only when they are."""
    yield from sample(names, FIRST)
    yield from sample(names, TRIES)[FIRST:]


def _near(critical: list[Expression], names: tuple[str, ...], quick: bool = False) -> list[Place]:
    """Points near changes of sign; where time is short, only of what the usual points show one sign of."""
    if not critical:
        return []
    with working(64):
        programs = compiled(critical, names)
        if quick:
            programs = one_sided(programs, sample(names, FIRST)[:LOOKED])
        return region_points(programs, names, quick)
