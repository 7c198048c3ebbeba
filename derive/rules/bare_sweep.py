"""The sweep back without names or edges: adjoints in terms of the parts themselves, which is what a result is made of.

The same as `Sweep.backward`, where a part stands for its own name. Nearly all parts of large functions are sums,
squares and products of two; what goes back from these is written out here: a seventh less work than by lists of slopes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derive.expressions import Negation, Number, Power, Product, Sum
from derive.rules.amounts import MAX_FLAT, Amount, Factors, product, spread
from derive.rules.slopes import slopes
from derive.rules.sweeps import BEAT, Check, Sweep, added, given_to


def adjoints(sweep: Sweep, seeds: Sequence[Amount], check: Check) -> bool:
    """The adjoint of every part that the seeds reach, into `sweep.amounts`; False where a slope is not known."""
    made = sweep.made
    nodes, children, active = made.nodes, made.children, made.active
    waiting: list[Any] = sweep.amounts  # at each part an amount, or the list of those that are to be added
    for output, seed in zip(made.outputs, seeds, strict=True):
        if active[output]:
            given_to(waiting, output, seed)
    fixed: dict[int, tuple[int, Factors]] = {}  # what does not change, as number and factors
    count, beat = 0, BEAT
    for part in range(len(nodes) - 1, -1, -1):
        g = waiting[part]
        if g is None:
            continue
        if type(g) is list:
            waiting[part] = g = added(g[::-1])
        c = children[part]
        if not c:
            continue
        if count > beat:
            sweep.count = count
            check(count)
            beat = count + BEAT
        node = nodes[part]
        kind = type(node)
        if kind is Sum:
            over = _through_sum(sweep, c, g, waiting)
            if over:
                count += over
                continue
        elif len(g.factors) > MAX_FLAT:
            pass  # a wide product is kept together: `along` does it
        elif kind is Power:
            base, b = c
            exponent = nodes[b]
            if exponent.label == 2 and type(exponent) is Number:
                given_to(waiting, base, product(2 * g.k, (*g.factors, nodes[base])))
                count += 1
                continue
        elif kind is Product and len(c) == 2 and c[0] != c[1]:
            a, b = c
            if active[a] and active[b]:
                given_to(waiting, a, product(g.k, (*g.factors, nodes[b])))
                given_to(waiting, b, product(g.k, (*g.factors, nodes[a])))
                count += 2
                continue
            if active[a]:
                a, b = b, a
            times = fixed.get(a)
            if times is None:
                times = fixed[a] = spread(nodes[a])
            k, factors = times
            if k:
                given_to(waiting, b, product(k * g.k, g.factors + factors) if factors or k != 1 else g)
                count += 1
            continue
        found = slopes(made, part, nodes, node)
        if found is None:
            return False
        for child, k, factors, below, _ in found:
            given_to(waiting, child, g.along(k, factors, below))
        count += len(found)
    sweep.count = count
    check(count)
    return True


def _through_sum(sweep: Sweep, c: Sequence[int], g: Amount, waiting: list[Any]) -> int:
    """A sum passes its adjoint on as it is, or with the other sign: over so many edges; 0 if a part stands twice."""
    nodes, children, active = sweep.made.nodes, sweep.made.children, sweep.made.active
    plain, negated = [], []
    for i in c:
        if active[i]:
            if type(nodes[i]) is Negation:
                negated.append(children[i][0])
            else:
                plain.append(i)
    n = len(plain) + len(negated)
    if n > 1 and len({*plain, *negated}) < n:
        return 0
    for i in plain:
        if waiting[i] is None:  # as nearly always: a call less
            waiting[i] = g
        else:
            given_to(waiting, i, g)
    if negated:
        minus = product(-g.k, g.factors)
        for i in negated:
            given_to(waiting, i, minus)
    return n
