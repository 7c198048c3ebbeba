"""Fractions in fractions in fractions in fractions, and products of such: all of them are one fraction."""

from __future__ import annotations

from derive.expressions import ONE, Expression, Negation, Product, Quotient, negation, product_of, quotient
from derive.rules.model import Match, Mistake, Rule

DEEP = 4  # fraction lines one above the other: fewer are taken two at a time, as by hand
FRACTIONAL = (Product, Quotient, Negation)  # what fraction lines stand in
_MOST = 1_000_000  # factors of the fraction that is written


def fraction_lines(root: Expression, known: dict[Expression, int] | None = None) -> int:
    """How many fraction lines stand one above the other at most, going up: 3 for ((a/b)*c/d)/e.

    known  the numbers of what has been counted, filled
    """
    known = {} if known is None else known
    stack = [root]
    while stack:
        node = stack[-1]
        if node in known:
            stack.pop()
            continue
        above = [a for a in above_the_line(node) if type(a) in FRACTIONAL]
        missing = [a for a in above if a not in known]
        if missing:
            stack.extend(missing)
            continue
        known[node] = max([known[a] for a in above], default=0) + (type(node) is Quotient)
        stack.pop()
    return known[root]


def above_the_line(node: Expression) -> tuple[Expression, ...]:
    """Where a fraction line above the node's own may be: in its factors, its numerator, what it is minus of."""
    kind = type(node)
    return node.arguments if kind is Product or kind is Negation else node.arguments[:1] if kind is Quotient else ()


def as_one_fraction(m: Match) -> Expression | None:
    """(((a/b)*c/d)/x)/y  →  a*c/(b*d*x*y)"""
    if m.node.depth <= DEEP or fraction_lines(m.node) < DEEP:  # something stands above each line
        return None
    minus = False
    above: list[Expression] = []
    below: list[tuple[Expression, ...]] = []
    count = 0
    stack = [m.node]
    while stack:
        e = stack.pop()
        if type(e) is Negation:
            minus = not minus
        elif type(e) is Quotient:
            bottom = e.arguments[1]
            below.append(bottom.arguments if type(bottom) is Product else (bottom,))
            count += len(below[-1])
        elif type(e) is not Product:
            above.append(e)
        stack.extend(reversed(above_the_line(e)))
        if len(above) + count + len(stack) > _MOST:
            return None
    bottoms = [f for factors in reversed(below) for f in factors]
    result = quotient(*[product_of([f for f in side if f != ONE]) for side in (above, bottoms)])
    return negation(result) if minus else result


def last_line_lost(m: Match) -> Expression | None:
    """(((a/b)/c)/d)/y  →  a/(b*c*d), which is wrong"""
    right = as_one_fraction(m)
    fraction = right.arguments[0] if type(right) is Negation else right
    if fraction is None or type(fraction.arguments[1]) is not Product:
        return None
    top, bottom = fraction.arguments
    return quotient(top, product_of(bottom.arguments[:-1]))


QUOTIENT = Rule(
    "quotient.nest", "?u/?v", as_one_fraction, among=("quotient", "product", "negation"),
    mistakes=(Mistake("last-denominator-lost", last_line_lost),),
    examples=(
        ("(((a/b)/c)/d)/y", "a/(b*c*d*y)"), ("((a/(2*b)*c)/d)/(x*y)/z", "a*c/(2*b*d*x*y*z)"), ("((a/b)/c)/d", None),
    ),
    weight="minor",
)  # fmt: skip
PRODUCT = Rule(
    "product.nest", "?u*??rest", as_one_fraction, among=("quotient",),
    examples=(("x*y*(((a/b)/c)/d/z)", "x*y*a/(b*c*d*z)"), ("x*((a/b)/c)", None)),
    weight="minor",
)  # fmt: skip
