"""Matrices that are added or multiplied: UsageError where their shapes do not fit."""

from __future__ import annotations

from itertools import pairwise

from derive.errors import UsageError
from derive.expressions import Constant, Derivative, Expression, Matrix, Negation, Number, Product, Sum, postorder
from derive.rules.shapes import shape


def check_fit(e: Expression) -> None:
    """`[[1, 2]]*[[1, 2]]`, `[[1, 2]] + [[1], [2]]` and `[[1, 2]] + 1` have no value, and say why."""
    for node in postorder(e):
        if type(node) is Product:
            matrices = [f for f in node.arguments if type(f) is Matrix]
            for a, b in pairwise(matrices):
                (m, n), (k, p) = shape(a), shape(b)
                if n != k and len(matrices) == 2:
                    raise UsageError(f"a {m}×{n} matrix times a {k}×{p} matrix: {n} columns do not fit {k} rows")
        elif type(node) is Sum:
            terms = [_bare(t) for t in node.arguments]
            shapes = list(dict.fromkeys([shape(t) for t in terms if type(t) is Matrix]))
            if shapes and shapes[0] != (1, 1) and any(type(t) in (Number, Constant) for t in terms):
                m, n = shapes[0]
                raise UsageError(f"a {m}×{n} matrix and a number cannot be added")
            if len(shapes) > 1:
                (m, n), (k, p) = shapes[:2]
                raise UsageError(f"a {m}×{n} matrix and a {k}×{p} matrix cannot be added")


def _bare(term: Expression) -> Expression:
    """What has the shape of a term: a term with a minus sign, or a derivative of it, has no other."""
    while type(term) in (Negation, Derivative):
        term = term.arguments[0]
    return term
