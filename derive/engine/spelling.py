"""The last line in the spelling of the problem: where it writes no x^(1/2), the answer is sqrt(x).

This is done when nothing else is left to do, since powers are counted and collected more easily than roots.
"""

from __future__ import annotations

from fractions import Fraction

from derive.engine.log import Log
from derive.expressions import Expression, Power, rational, rebuild
from derive.rules import Facts
from derive.rules.apply import apply
from derive.rules.radicals import AS_ROOT

_HALF = Fraction(1, 2)


def spelled(root: Expression, log: Log, facts: Facts) -> Expression:
    """`root` with its powers of 1/2 as square roots, where the problem has none of these."""
    half = rational(_HALF)
    nodes = facts.parts(root)
    if _HALF in facts.exponents or -_HALF in facts.exponents or not any([_is_half(n, half) for n in nodes]):
        return root
    now: dict[Expression, Expression] = {}
    known: dict[Expression, Expression] = {}
    for node in nodes:
        arguments = tuple([now[a] for a in node.arguments])
        here = node if arguments == node.arguments else log.interner.intern(rebuild(node, arguments))
        if _is_half(here, half) and here not in known:
            found = apply(AS_ROOT, here, facts)
            if found is not None:
                known[here] = log.record(AS_ROOT, here, *found)
        now[node] = known.get(here, here)
    return now[root]


def _is_half(node: Expression, half: Expression) -> bool:
    return type(node) is Power and node.exponent == half
