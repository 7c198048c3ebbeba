"""Matrices that are added or multiplied: UsageError where their shapes do not fit."""

from __future__ import annotations

from itertools import pairwise

from derive.errors import UsageError
from derive.expressions import Expression, Matrix, Negation, Product, Sum, postorder
from derive.rules.shapes import shape


def check_fit(e: Expression) -> None:
    """`[[1, 2]]*[[1, 2]]` and `[[1, 2]] + [[1], [2]]` have no value, and say why."""
    for node in postorder(e):
        if type(node) is Product:
            matrices = [f for f in node.arguments if type(f) is Matrix]
            for a, b in pairwise(matrices):
                (m, n), (k, p) = shape(a), shape(b)
                if n != k and len(matrices) == 2:
                    raise UsageError(f"a {m}×{n} matrix times a {k}×{p} matrix: {n} columns do not fit {k} rows")
        elif type(node) is Sum:
            terms = [t.arguments[0] if type(t) is Negation else t for t in node.arguments]
            shapes = list(dict.fromkeys([shape(t) for t in terms if type(t) is Matrix]))
            if len(shapes) > 1:
                (m, n), (k, p) = shapes[:2]
                raise UsageError(f"a {m}×{n} matrix and a {k}×{p} matrix cannot be added")
