"""Values that are not one number: a matrix, with sums and products, and the truth of a relation, with no arithmetic."""

from __future__ import annotations

from typing import Any

from flint import arb

from derive.numeric.signals import Unsupported


class Truth:
    """Whether a relation holds: True, False, or None where it is not decided."""

    __slots__ = ("holds",)

    def __init__(self, holds: bool | None) -> None:
        self.holds = holds


class Grid:
    """Entries row by row."""

    __slots__ = ("columns", "entries")

    def __init__(self, entries: list[Any], columns: int) -> None:
        self.entries = entries
        self.columns = columns

    @property
    def rows(self) -> int:
        return len(self.entries) // self.columns

    def __neg__(self) -> Grid:
        return Grid([-e for e in self.entries], self.columns)

    def __add__(self, other: Any) -> Grid:
        if type(other) is not Grid or (other.rows, other.columns) != (self.rows, self.columns):
            raise Unsupported("a sum of matrices of different shapes")
        return Grid([a + b for a, b in zip(self.entries, other.entries, strict=True)], self.columns)

    def __radd__(self, other: Any) -> Grid:
        raise Unsupported("a sum of a number and a matrix")

    def __mul__(self, other: Any) -> Grid:
        if type(other) is not Grid:
            return Grid([e * other for e in self.entries], self.columns)
        if self.columns != other.rows:
            raise Unsupported("a product of matrices whose shapes do not fit")
        cells = [self._cell(other, i, j) for i in range(self.rows) for j in range(other.columns)]
        return Grid(cells, other.columns) if len(cells) > 1 else cells[0]  # a row times a column is a number

    def __rmul__(self, other: Any) -> Grid:
        return Grid([other * e for e in self.entries], self.columns)

    def __truediv__(self, other: Any) -> Grid:
        return Grid([e / other for e in self.entries], self.columns)

    def _cell(self, other: Grid, i: int, j: int) -> Any:
        total = self.entries[i * self.columns] * other.entries[j]
        for k in range(1, self.columns):
            total = total + self.entries[i * self.columns + k] * other.entries[k * other.columns + j]
        return total


def transposed(z: Any) -> Any:
    """Rows as columns; a number is itself."""
    if type(z) is not Grid:
        return z
    return Grid([e for j in range(z.columns) for e in z.entries[j :: z.columns]], z.rows)


def apart(a: Any, b: Any) -> bool:
    """Whether two values, numbers or matrices, certainly differ; matrices of different shapes do not compare."""
    if type(a) is Grid and type(b) is Grid:
        same = (a.rows, a.columns) == (b.rows, b.columns)
        return same and any([apart(p, q) for p, q in zip(a.entries, b.entries, strict=True)])
    return type(a) is arb and type(b) is arb and not a.overlaps(b)
