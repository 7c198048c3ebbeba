"""Expressions that become shorter by sin² + cos² = 1 and its kin: found by polynomials in kernels."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import ONE, Call, Expression, Power, Sum, integer_value
from derive.rules.kernels import RATIOS, skeleton
from derive.rules.model import Match, Mistake, Rule
from derive.rules.rational_fractions import lost_denominators
from derive.rules.rational_rings import is_same, shorter

_SQUARES = frozenset("sin cos tan cot sec csc sinh cosh tanh coth sech csch".split())


def squares_combined(m: Match) -> Expression | None:
    """1 + sin(x)^2 - cos(x)^2  →  2*sin(x)^2"""
    if not any(name in _SQUARES for name in names_in(m.node)):
        return None
    after = shorter(m.node, m.facts, identities=True)
    if after is None:
        return None
    if is_same(m.node, after, m.facts):  # it needs no identity
        return None
    return after if is_same(m.node, after, m.facts, identities=True) else None


def in_sine_and_cosine(m: Match) -> Expression | None:
    """sin(x)*tan(x) + cos(x)  →  1/cos(x)"""
    if not any(name in RATIOS for name in names_in(m.node)):
        return None
    after = shorter(m.node, m.facts, identities=True, circular=True)
    if after is None:
        return None
    return after if is_same(m.node, after, m.facts, identities=True, circular=True) else None


def vanished(m: Match) -> Iterator[Expression]:
    """What stood below a line, and does so no more, is not zero."""
    yield from lost_denominators(m.node, m.facts, identities=True)


def vanished_in_circular(m: Match) -> Iterator[Expression]:
    """What stood below a line, and does so no more, is not zero: cos(x), where tan(x) is gone."""
    yield from lost_denominators(m.node, m.facts, identities=True, circular=True)


def names_in(e: Expression) -> set[str]:
    """The names of the functions that stand as kernels in e."""
    return {str(n.label) for n in skeleton(e) if type(n) is Call}


def one_without_squares(m: Match) -> Expression | None:
    """sin(x) + cos(x)  →  1, which is wrong"""
    node = m.node
    if type(node) is not Sum or len(node.arguments) != 2:
        return None
    bases = [t.base if type(t) is Power and integer_value(t.exponent) == 2 else t for t in node.arguments]
    same = {type(b) is Call and b.arguments for b in bases}
    names = {str(b.label) for b in bases}
    return ONE if len(same) == 1 and names == {"sin", "cos"} and bases != list(node.arguments) else None


PYTHAGOREAN = Rule(
    "identity.squares", "?u", squares_combined, assumes=vanished,
    examples=(
        ("1 + sin(x)^2 - cos(x)^2", "2*sin(x)^2"), ("x*cosh(x)^2 - x*sinh(x)^2", "x"),
        ("(x + 1)*(1 - cos(x)^2) - x*sin(x)^2", "sin(x)^2"), ("sin(x)^2 + cos(x)", None), ("x*sin(x) + x", None),
    ),
    mistakes=(Mistake("one-without-squares", one_without_squares),),
    weight="minor",
)  # fmt: skip
SINE_AND_COSINE = Rule(
    "identity.sine-and-cosine", "?u", in_sine_and_cosine, assumes=vanished_in_circular,
    examples=(
        ("sin(x)*tan(x) + cos(x)", "1/cos(x)"), ("sin(x) + tan(x)", None), ("x*cos(x)", None),
    ),
    weight="minor",
)  # fmt: skip
