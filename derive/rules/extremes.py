"""Minimum, maximum and remainder where it is known which one counts: max(x, x), max(2, 3), min(x^2, -1), mod(7, 3)."""

from __future__ import annotations

from math import floor

from derive.expressions import Call, Expression, call, equation, postorder, rational, rational_value
from derive.rules.conditions import own_domain, status
from derive.rules.differentiation.parts import operator
from derive.rules.facts import Facts
from derive.rules.model import Match, Mistake, Rule

MAX_NODES = 200  # of an argument that is left out


def which_counts(node: Expression, facts: Facts) -> Expression | None:
    """A minimum or maximum without the arguments that never count; None where all may: `max(2, x, 3)  →  max(x, 3)`."""
    if type(node) is not Call or node.label not in ("min", "max"):
        return None
    wins = ">=" if node.label == "max" else "<="
    kept = list(node.arguments)
    for u in node.arguments:
        others = list(kept)
        others.remove(u)
        known = any(status(facts, equation(v, wins, u)) is True for v in others)
        if known and (u in others or _is_total(u)):
            kept = others
    if len(kept) == len(node.arguments):
        return None
    return kept[0] if len(kept) == 1 else call(node.label, *kept)


def _is_total(u: Expression) -> bool:
    """Whether it has a value everywhere, so that leaving it out makes nothing defined that was not."""
    nodes = postorder(u)
    return len(nodes) <= MAX_NODES and not any(True for n in nodes for _ in own_domain(n))


def the_other_one(m: Match) -> Expression | None:
    """max(2, 3)  →  2, which is wrong"""
    right = which_counts(m.node, m.facts)
    losers = [a for a in m.node.arguments if a != right]
    return losers[0] if losers and len(m.node.arguments) == 2 and right is not None else None


def derivative_of_what_counts(m: Match) -> Expression | None:
    """d/dx(max(x, x))  →  d/dx(x),   d/dx(min(x, x^2 + 1, y))  →  d/dx(min(x, y))"""
    right = which_counts(m["f"], m.facts)
    return None if right is None else operator(m, right)


def remainder(m: Match) -> Expression | None:
    """mod(7, 3)  →  1,   mod(-7, 3)  →  2"""
    a, b = rational_value(m["a"]), rational_value(m["b"])
    return None if a is None or not b else rational(a - b * floor(a / b))


def remainder_with_sign(m: Match) -> Expression | None:
    """mod(-7, 3)  →  -1, which is wrong: the remainder has the sign of the divisor"""
    a, b = rational_value(m["a"]), rational_value(m["b"])
    if a is None or not b or a % b == 0 or (a > 0) == (b > 0):
        return None
    return rational(a % b - b)


COUNTING = Rule(
    "call.extreme", "?u", lambda m: which_counts(m.node, m.facts), kind="call",
    mistakes=(Mistake("extreme-other-one", the_other_one),),
    examples=(
        ("max(x, x)", "x"), ("max(2, 3)", "3"), ("min(2, x, 3)", "min(2, x)"), ("max(x^2 + 1, 0)", "x^2 + 1"),
        ("max(x, x^2)", None), ("max(1, sqrt(x) + 2)", "sqrt(x) + 2"), ("max(-1 - sqrt(x), 2)", None),
    ),
    weight="minor",
)  # fmt: skip
REMAINDER = Rule(
    "call.remainder", "mod(?a, ?b)", remainder,
    mistakes=(Mistake("remainder-with-the-sign-of-the-dividend", remainder_with_sign),),
    examples=(("mod(7, 3)", "1"), ("mod(-7, 3)", "2"), ("mod(7/2, 3)", "1/2"), ("mod(x, 3)", None)),
    weight="minor",
)  # fmt: skip
DERIVATIVE = Rule(
    "derivative.extreme-known", "d/d?x(?f)", derivative_of_what_counts,
    examples=(
        ("d/dx(max(x, x))", "d/dx(x)"), ("d/dx(min(1, 2, x))", "d/dx(min(1, x))"), ("d/dx(max(x, x^2))", None),
    ),
    weight="minor",
)  # fmt: skip
TIDYING = (COUNTING, REMAINDER)
