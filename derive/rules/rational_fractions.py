"""Fractions added over their least common denominator, and brought to lowest terms: found by polynomials in kernels."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import (
    ZERO, Call, Expression, Negation, Number, Power, Product, Quotient, Sum, equation, product_of, quotient,
    rational_value, sum_of,
)  # fmt: skip
from derive.rules.facts import Facts
from derive.rules.kernels import skeleton
from derive.rules.model import Match, Mistake, Rule
from derive.rules.rational_rings import is_same, one_line, ring_of, shorter

MAX_LEFT = 60  # nodes of a fraction that may grow: a book's are below 40


def over_one_denominator(m: Match) -> Expression | None:
    """1/x + 1/y  →  (x + y)/(x*y)"""
    node = m.node
    if not any(has_fraction(t) for t in node.arguments):
        return None
    after = one_line(node, m.facts)
    if after is None or after == node:
        return None
    return after if is_same(node, after, m.facts) else None


def lowest_terms(m: Match) -> Expression | None:
    """(x^2 - 1)/(x - 1)  →  x + 1"""
    node = m.node
    after = shorter(node, m.facts, room(node, m.facts))
    return after if after is not None and is_same(node, after, m.facts) else None


def room(node: Expression, facts: Facts) -> int:
    """The size that a form of `node` stays below: its own; somewhat more for a fraction that no book would leave."""
    size = facts.size(node)
    if type(node) is not Quotient or size > MAX_LEFT:
        return size
    if any(map(is_compound, node.arguments)):
        return size + 2
    polynomials = all([type(a) is Sum and not any([type(n) is Call for n in skeleton(a)]) for a in node.arguments])
    return size + size // 4 if polynomials and has_common_factor(node, facts) else size


def is_compound(side: Expression) -> bool:
    """Whether a side of a fraction is made of fractions of polynomials: the 1 + 1/x of (1 + 1/x)/(x - 1)."""
    s = side.base if type(side) is Power else side
    below = [t.denominator for t in terms_of(s) if type(t) is Quotient] if type(s) is Sum else []
    return any(type(b) is not Number and not any([type(n) is Call for n in skeleton(b)]) for b in below)


def terms_of(s: Sum) -> list[Expression]:
    return [t.operand if type(t) is Negation else t for t in s.terms]


def has_common_factor(q: Expression, facts: Facts) -> bool:
    """Whether numerator and denominator share a factor."""
    ring = ring_of(q, facts)
    forms = [None] if ring is None else [ring.known_form(e) for e in (q, *q.arguments)]
    whole, *sides = [0 if f is None else sum(abs(n) for n in f.powers.values()) for f in forms]
    return whole < sum(sides) and None not in forms


def has_fraction(term: Expression) -> bool:
    """Whether a term is a fraction or has one or a negative power as a factor."""
    while type(term) is Negation:
        term = term.operand
    if type(term) is Quotient:
        return True
    factors = term.arguments if type(term) is Product else (term,)
    return any(type(f) is Quotient or (type(f) is Power and (rational_value(f.exponent) or 0) < 0) for f in factors)


def vanished(m: Match) -> Iterator[Expression]:
    """What stood below a line, and does so no more, is not zero."""
    yield from lost_denominators(m.node, m.facts)


def lost_denominators(
    before: Expression, facts: Facts, *, identities: bool = False, circular: bool = False
) -> Iterator[Expression]:
    """u != 0 for every base u that is below a line in `before`, and not in the whole written as one fraction."""
    from derive.rules.rational_writing import Writer

    ring = ring_of(before, facts, identities=identities, circular=circular)
    whole = None if ring is None else ring.known_form(before)
    if ring is None or whole is None:
        return
    writer = Writer(ring)
    kept = {b for b, n in whole.powers.items() if n < 0}
    for node in skeleton(before):
        if type(node) is Quotient:
            form, sign = ring.known_form(node.denominator), 1
        elif type(node) is Power and (rational_value(node.exponent) or 0) < 0:
            form, sign = ring.known_form(node.base), 1
        elif type(node) is Call and circular:
            form, sign = ring.known_form(node), -1  # tan(x) has cos(x) below the line
        else:
            continue
        for base, n in form.powers.items() if form is not None else ():
            of = ring.relations[base][1].powers if base in ring.relations else (base,)
            if n * sign > 0 and not kept.issuperset(of):
                kept.update(of)
                u = writer.bracket(base)[0] if base not in ring.relations else writer.base_of(base)
                yield equation(u, "!=", ZERO)


def tops_and_bottoms_added(m: Match) -> Expression | None:
    """a/b + c/d  →  (a + c)/(b + d), which is wrong"""
    if not all(type(t) is Quotient for t in m.node.arguments):
        return None
    tops, bottoms = zip(*(t.arguments for t in m.node.arguments), strict=True)
    return quotient(sum_of(tops), sum_of(bottoms))


def bottoms_multiplied_only(m: Match) -> Expression | None:
    """a/b + c/d  →  (a + c)/(b*d), which is wrong"""
    if not all(type(t) is Quotient for t in m.node.arguments):
        return None
    tops, bottoms = zip(*(t.arguments for t in m.node.arguments), strict=True)
    return quotient(sum_of(tops), product_of(bottoms))


COMMON_DENOMINATOR = Rule(
    "fraction.common-denominator", "?u + ??rest", over_one_denominator, assumes=vanished,
    mistakes=(
        Mistake("numerators-and-denominators-added", tops_and_bottoms_added),
        Mistake("numerators-not-extended", bottoms_multiplied_only),
    ),
    examples=(
        ("1/x + 1/y", "(x + y)/(x*y)"),
        ("6/(2*x + 1) - 3/(x + 1)", "3/((x + 1)*(2*x + 1))"),
        ("sqrt(x^2 + 4) + x^2/sqrt(x^2 + 4)", "2*(x^2 + 2)/sqrt(x^2 + 4)"),
        ("x + 1", None),
    ),
    weight="minor",
)  # fmt: skip
LOWEST_TERMS = Rule(
    "fraction.lowest-terms", "?u/?v", lowest_terms, assumes=vanished,
    examples=(
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("(x^2 + x - 2)/(x^2 - 1)", "(x + 2)/(x + 1)"),
        ("(x^3 - 8)/(x^2 - 4)", "(x^2 + 2*x + 4)/(x + 2)"),
        ("(1 - 1/x^2)/(x + 1/x)", "(x^2 - 1)/(x*(x^2 + 1))"),
        ("(x^2 + 1)/(x - 1)", None),
        ("(x^7 - 1)/(x - 1)", None),
    ),
    weight="minor",
)  # fmt: skip
