"""Rules for matrices: product, multiples, sums, transposition, and the derivative entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from derive.expressions import (
    Expression, Matrix, Negation, derivative, make, negation, product_of, quotient, sum_of,
)  # fmt: skip
from derive.rules.conditions import satisfies
from derive.rules.model import Match, Mistake, Rule
from derive.rules.shapes import dot, entries, multiplied, shape, transposed

_is_matrix = satisfies("m is a matrix", lambda m: type(m["m"]) is Matrix)


def _first_pair(m: Match, join: Callable[[Expression, Expression], Expression | None]) -> Expression | None:
    """The product with its first two neighbouring matrices joined."""
    factors = m.node.arguments
    for i, (a, b) in enumerate(pairwise(factors)):
        if type(a) is Matrix and type(b) is Matrix:
            joined = join(a, b)
            return None if joined is None else product_of([*factors[:i], joined, *factors[i + 2 :]])
    return None


def rows_times_columns(m: Match) -> Expression | None:
    """[[a, b]]*[[c], [d]]  →  a*c + b*d"""
    return _first_pair(m, multiplied)


def last_term_missing(m: Match) -> Expression | None:
    """[[a, b]]*[[c], [d]]  →  a*c, which is wrong"""
    return _first_pair(m, lambda a, b: _some_terms(a, b, 0, -1))


def first_term_missing(m: Match) -> Expression | None:
    """[[a, b]]*[[c], [d]]  →  b*d, which is wrong"""
    return _first_pair(m, lambda a, b: _some_terms(a, b, 1, None))


def row_only(m: Match) -> Expression | None:
    """[[a, b]]*[[c], [d]]  →  a + b, which is wrong"""

    def join(a: Expression, b: Expression) -> Expression | None:
        (rows, n), (k, columns) = shape(a), shape(b)
        return sum_of(entries(a)) if n == k and n > 1 and rows == columns == 1 else None

    return _first_pair(m, join)


def _some_terms(a: Expression, b: Expression, start: int, stop: int | None) -> Expression | None:
    """Rows times columns with some terms only."""
    (rows, n), (k, columns) = shape(a), shape(b)
    if n != k or n < 2:
        return None
    left, right = entries(a), entries(b)
    cells = [
        dot(left[i * n : (i + 1) * n][start:stop], right[j::columns][start:stop])
        for i in range(rows)
        for j in range(columns)
    ]
    return cells[0] if len(cells) == 1 else make(Matrix, tuple(cells), columns)


def rows_times_rows(m: Match) -> Expression | None:
    """[[a, b]]*[[c, d], [e, f]]  →  [[a*c + b*d, a*e + b*f]], which is wrong"""
    return _first_pair(m, lambda a, b: multiplied(a, transposed(b)) if shape(b)[0] == shape(b)[1] > 1 else None)


def each_entry_multiplied(m: Match) -> Expression | None:
    """2*[[a, b]]  →  [[2*a, 2*b]]"""
    factors = m.node.arguments
    matrices = [f for f in factors if type(f) is Matrix]
    if len(matrices) != 1:
        return None
    (matrix,) = matrices
    scalars = [f for f in factors if f is not matrix]
    return make(Matrix, tuple(product_of([*scalars, e]) for e in matrix.arguments), matrix.label)


def first_entry_multiplied(m: Match) -> Expression | None:
    """2*[[a, b]]  →  [[2*a, b]], which is wrong"""
    right = each_entry_multiplied(m)
    if right is None or len(right.arguments) < 2:
        return None
    (matrix,) = [f for f in m.node.arguments if type(f) is Matrix]
    return make(Matrix, (right.arguments[0], *matrix.arguments[1:]), right.label)


def each_entry_divided(m: Match) -> Expression | None:
    """[[a, b]]/c  →  [[a/c, b/c]]"""
    matrix, c = m["m"], m["c"]
    return None if type(c) is Matrix else make(Matrix, tuple(quotient(e, c) for e in matrix.arguments), matrix.label)


def each_entry_negated(m: Match) -> Expression | None:
    """-[[a, b]]  →  [[-a, -b]]"""
    return make(Matrix, tuple(negation(e) for e in m["m"].arguments), m["m"].label)


def entry_by_entry(m: Match) -> Expression | None:
    """[[a, b]] + [[c, d]]  →  [[a + c, b + d]]"""
    terms = m.node.arguments
    plain = [t.operand if isinstance(t, Negation) else t for t in terms]
    if not all(type(t) is Matrix for t in plain) or len({shape(t) for t in plain}) != 1:
        return None
    signed = [
        [negation(e) for e in p.arguments] if isinstance(t, Negation) else list(p.arguments)
        for t, p in zip(terms, plain, strict=True)
    ]
    return make(Matrix, tuple(sum_of(cells) for cells in zip(*signed, strict=True)), plain[0].label)


def rows_as_columns(m: Match) -> Expression | None:
    """transpose([[a, b], [c, d]])  →  [[a, c], [b, d]]"""
    return transposed(m["m"])


def written_in_another_shape(m: Match) -> Expression | None:
    """transpose([[a, b], [c, d]])  →  [[a, b], [c, d]], which is wrong"""
    rows, columns = shape(m["m"])
    return make(Matrix, m["m"].arguments, rows) if rows > 1 < columns else None


def entries_differentiated(m: Match) -> Expression | None:
    """d/dx([[u, v]])  →  [[d/dx(u), d/dx(v)]]"""
    matrix = m["m"]
    if m.facts.depends(matrix, m["x"]):
        cells = [derivative(e, m["x"], partial=m.partial) for e in matrix.arguments]
        return make(Matrix, tuple(cells), matrix.label)
    return make(Matrix, tuple(sum_of(()) for _ in matrix.arguments), matrix.label)


PRODUCT = Rule(
    "matrix.product", "?u*??rest", rows_times_columns, among=("matrix",),
    mistakes=(
        Mistake("matrix-product-term-missing", last_term_missing),
        Mistake("matrix-product-first-term-missing", first_term_missing),
        Mistake("matrix-product-row-only", row_only),
        Mistake("rows-times-rows", rows_times_rows),
    ),
    examples=(
        ("[[a, b]]*[[c], [d]]", "a*c + b*d"),
        ("[[a, b]]*[[c, d], [u, v]]", "[[a*c + b*u, a*d + b*v]]"),
        ("[[a, b]]*[[c, d]]", None),
    ),
)  # fmt: skip
MULTIPLE = Rule(
    "matrix.multiple", "?u*??rest", each_entry_multiplied, among=("matrix",),
    mistakes=(Mistake("only-first-entry-multiplied", first_entry_multiplied),),
    examples=(("2*[[a, b]]", "[[2*a, 2*b]]"), ("[[a], [b]]*x", "[[x*a], [x*b]]"), ("[[a, b]]*[[c], [d]]", None)),
    weight="minor",
)  # fmt: skip
DIVIDED = Rule(
    "matrix.divided", "?m/?c", each_entry_divided, given=(_is_matrix,), among=("matrix",),
    examples=(("[[a, b]]/c", "[[a/c, b/c]]"), ("a/c", None)),
    weight="minor",
)  # fmt: skip
NEGATED = Rule(
    "matrix.negated", "-?m", each_entry_negated, given=(_is_matrix,), among=("matrix",),
    examples=(("-[[a, b]]", "[[-a, -b]]"), ("-a", None)),
    weight="minor",
)  # fmt: skip
SUM = Rule(
    "matrix.sum", "?u + ??rest", entry_by_entry, among=("matrix",),
    examples=(("[[a, b]] + [[c, d]]", "[[a + c, b + d]]"), ("[[a, b]] + [[c], [d]]", None)),
    weight="minor",
)  # fmt: skip
TRANSPOSE = Rule(
    "matrix.transpose", "transpose(?m)", rows_as_columns, given=(_is_matrix,),
    mistakes=(Mistake("transpose-written-in-another-shape", written_in_another_shape),),
    examples=(
        ("transpose([[a, b]])", "[[a], [b]]"),
        ("transpose([[a, b], [c, d]])", "[[a, c], [b, d]]"),
        ("transpose(a)", None),
    ),
)  # fmt: skip
DERIVATIVE = Rule(
    "derivative.matrix", "d/d?x(?m)", entries_differentiated, given=(_is_matrix,), among=("matrix",),
    examples=(("d/dx([[x^2, sin(x)]])", "[[d/dx(x^2), d/dx(sin(x))]]"), ("d/dx(x^2)", None)),
    weight="minor",
)  # fmt: skip

TIDYING = (PRODUCT, MULTIPLE, DIVIDED, NEGATED, SUM)
