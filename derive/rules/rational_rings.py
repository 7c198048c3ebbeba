"""The way to rings: FLINT is loaded here, when the first expression is read as a ratio of polynomials."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.expressions import Expression, negation, sum_of
from derive.rules.facts import Facts

if TYPE_CHECKING:
    from derive.rules.rational import Ring
    from derive.rules.rational_forms import Form
    from derive.rules.rational_writing import Writer


def ring_of(e: Expression, facts: Facts, *, identities: bool = False, circular: bool = False) -> Ring | None:
    """The ring of an expression's kernels; None where there are none or too many."""
    from derive.rules.rational import Ring
    from derive.rules.rational_forms import Unsuitable

    key = e, identities, circular
    if key not in facts.rings:
        ring: Ring | None = None
        try:
            ring = Ring(e, facts, identities=identities, circular=circular)
        except Unsuitable:
            ring = None
        facts.rings[key] = ring
        if ring is not None and identities and not circular and not ring.partners:
            facts.rings[e, False, False] = ring
    return facts.rings[key]


def shortest(e: Expression, facts: Facts, *, identities: bool = False, circular: bool = False) -> Expression | None:
    """e as a product of powers, in the shortest of a few ways; None where it is no ratio of polynomials."""
    from derive.rules import rational_shapes

    return _by(rational_shapes.shortest, e, facts, identities=identities, circular=circular)


def shorter(
    e: Expression, facts: Facts, below: int | None = None, *, identities: bool = False, circular: bool = False
) -> Expression | None:
    """e as a product of powers, in the shortest of a few ways, where that is shorter than e, or than `below`."""
    from derive.rules import rational_shapes

    below = facts.size(e) if below is None else below
    return _by(
        lambda writer, form: rational_shapes.shorter(writer, form, below),
        e, facts, identities=identities, circular=circular,
    )  # fmt: skip


def in_factors(e: Expression, facts: Facts) -> Expression | None:
    """e as a product of powers that are not multiplied together; None where it is no ratio of polynomials."""
    return _by(lambda writer, form: writer.written(form), e, facts)


def square_root(e: Expression, facts: Facts) -> Expression | None:
    """u with u^2 = e: x + 1 for x^2 + 2*x + 1; None where e is no square of a ratio of polynomials."""
    from derive.rules.rational_shapes import square_root

    return _by(square_root, e, facts)


def one_line(s: Expression, facts: Facts) -> Expression | None:
    """A sum as one fraction, its numerator multiplied out; None where that is too long."""
    from derive.rules.rational_shapes import over_one_line

    return _by(lambda writer, _: over_one_line(writer, s), s, facts)


def common_in_front(s: Expression, facts: Facts) -> Expression | None:
    """A sum with the factors that all of its terms have in front; None where there are none."""
    from derive.rules import rational_shapes

    return _by(lambda writer, _: rational_shapes.common_in_front(writer, s), s, facts)


def multiplied_out(e: Expression, facts: Facts) -> Expression | None:
    """A product, a power or a fraction as a sum of terms without brackets; None where that is too long."""
    from derive.rules.rational_shapes import terms

    return _by(terms, e, facts)


def is_too_long(e: Expression, facts: Facts) -> bool:
    """Whether e cannot be multiplied out within the budgets."""
    from derive.rules.rational_forms import Unsuitable
    from derive.rules.rational_shapes import terms
    from derive.rules.rational_writing import Writer

    ring = ring_of(e, facts)
    try:
        if ring is not None:
            terms(Writer(ring), ring.form(e))
    except Unsuitable:
        return True
    return ring is None


def is_unfactored(e: Expression, facts: Facts) -> bool:
    """Whether there may be factors of e that were not looked for, or could not be multiplied out again."""
    ring = ring_of(e, facts)
    if ring is None or ring.known_form(e) is None or not ring.is_whole:
        return True
    after = in_factors(e, facts)
    return after is not None and not is_same(e, after, facts)


def _by(
    way: Callable[[Writer, Form], Expression | None], e: Expression, facts: Facts, **options: bool
) -> Expression | None:
    from derive.rules.rational_forms import Unsuitable
    from derive.rules.rational_writing import Writer

    ring = ring_of(e, facts, **options)
    try:
        return None if ring is None else way(Writer(ring), ring.form(e))
    except Unsuitable:
        return None


def shorter_in(island: Expression, facts: Facts) -> Callable[[Expression, int], Expression | None]:
    """A function that gives the shortest form found of a part of `island` below a size; None where there is none."""
    from derive.rules.rational_forms import Unsuitable
    from derive.rules.rational_shapes import shorter
    from derive.rules.rational_writing import Writer

    rings = [ring_of(island, facts, identities=True)]
    if rings[0] is not None and rings[0].has_ratios:
        rings.append(ring_of(island, facts, identities=True, circular=True))
    writers = [Writer(ring) for ring in rings if ring is not None]

    def found(node: Expression, below: int) -> Expression | None:
        best: Expression | None = None
        for writer in writers:
            form = writer.ring.known_form(node)
            try:
                written = None if form is None else shorter(writer, form, below)
            except Unsuitable:
                continue
            if written is not None:
                best, below = written, facts.size(written)
        return best

    return found


def is_same(
    before: Expression, after: Expression, facts: Facts, *, identities: bool = False, circular: bool = False
) -> bool:
    """Whether two expressions are one ratio of polynomials: their difference, multiplied out, is 0."""
    from derive.rules.rational import Ring
    from derive.rules.rational_forms import Unsuitable

    difference = sum_of((before, negation(after)))
    try:
        ring = Ring(difference, facts, identities=identities, circular=circular, factoring=False)
        ring.terms *= 2  # each of the two may have as many as are allowed
        return ring.form(difference).coefficient == 0
    except Unsuitable:
        return False
