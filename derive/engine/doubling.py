"""Double angles at the very end: 2*sin(x)*cos(x) is sin(2*x) when nothing is left that its sine could combine with."""

from __future__ import annotations

from derive.engine.log import Log
from derive.engine.tidying import Tidying
from derive.expressions import Call, Expression, Product, rebuild
from derive.rules import Facts
from derive.rules.apply import apply
from derive.rules.trigonometric_doubles import DOUBLE_PRODUCT

_FUNCTIONS = frozenset(("sin", "cos", "sinh", "cosh"))


def doubled(root: Expression, log: Log, tidying: Tidying, facts: Facts) -> Expression:
    """`root` with its products of a sine and a cosine of one angle as sines of the double angle, and tidy."""
    now: dict[Expression, Expression] = {}  # where something became another
    for node in facts.parts(root):
        here = node
        if now:
            arguments = tuple([now.get(a, a) for a in node.arguments])
            here = node if arguments == node.arguments else log.interner.intern(rebuild(node, arguments))
        if type(here) is Product and any([type(f) is Call and f.label in _FUNCTIONS for f in here.arguments]):
            found = apply(DOUBLE_PRODUCT, here, facts)
            if found is not None:
                here = log.record(DOUBLE_PRODUCT, here, *found)
        if here is not node:
            now[node] = here
    return tidying.tidy(now[root]) if root in now else root
