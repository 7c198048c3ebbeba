"""Matrices as rules see them: entries, shapes, rows put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.expressions import Expression, Matrix, make, product_of, sum_of

Shape = tuple[int, int]
"""Rows and columns."""


def shape(m: Expression) -> Shape:
    """(rows, columns); a number counts as 1×1."""
    if type(m) is not Matrix:
        return 1, 1
    columns = int(m.label)  # type: ignore[arg-type]
    return len(m.arguments) // columns, columns


def entries(m: Expression) -> tuple[Expression, ...]:
    """The entries row by row; a number is its own."""
    return m.arguments if type(m) is Matrix else (m,)


def is_vector(m: Expression) -> bool:
    """Whether m is a number, one row or one column."""
    return 1 in shape(m)


def row(parts: Iterable[Expression]) -> Expression:
    """1×n"""
    cells = tuple(parts)
    return make(Matrix, cells, len(cells))


def column(parts: Iterable[Expression]) -> Expression:
    """n×1"""
    return make(Matrix, tuple(parts), 1)


def transposed(m: Expression) -> Expression:
    """[[a, b], [c, d]]  →  [[a, c], [b, d]]"""
    rows, columns = shape(m)
    cells = entries(m)
    return make(Matrix, tuple(c for j in range(columns) for c in cells[j::columns]), rows)


def multiplied(a: Expression, b: Expression) -> Expression | None:
    """The product of two matrices, each entry a row times a column; a row times a column is a number."""
    (m, n), (k, p) = shape(a), shape(b)
    if n != k:
        return None
    left, right = entries(a), entries(b)
    cells = [dot(left[i * n : (i + 1) * n], right[j::p]) for i in range(m) for j in range(p)]
    return cells[0] if m == p == 1 else make(Matrix, tuple(cells), p)


def dot(a: Sequence[Expression], b: Sequence[Expression]) -> Expression:
    """a1*b1 + a2*b2 + …"""
    return sum_of(product_of([u, v]) for u, v in zip(a, b, strict=True))
