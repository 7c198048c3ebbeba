"""What the words about matrices may name: shapes, 1×2 · 2×2, and which functions are put in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from derive.expressions import Call, Expression, Matrix, Substitution, equation
from derive.explain.catalog import Segment, Slot
from derive.rules.chains import levels
from derive.rules.shapes import entries, shape

if TYPE_CHECKING:
    from derive.explain.slots import Rewritten


def shown(e: Expression) -> str:
    """`[[a, b]]  →  1×2`"""
    rows, columns = shape(e)
    return f"{rows}×{columns}"


def _result(step: Rewritten) -> dict[str, Slot]:
    return {"shape": shown(step.after)}


def _factors(step: Rewritten) -> dict[str, Slot]:
    """The shapes of the two matrices that are multiplied."""
    for a, b in pairwise(step.before.arguments):
        if type(a) is Matrix and type(b) is Matrix:
            rows, columns = shape(a)[0], shape(b)[1]
            return {"shapes": f"{shown(a)} · {shown(b)}", "shape": f"{rows}×{columns}"}
    return {"shapes": "", "shape": ""}


def _turned(step: Rewritten) -> dict[str, Slot]:
    return {"old": shown(step.before.arguments[0]), "shape": shown(step.after)}


def _chain(step: Rewritten) -> dict[str, Slot]:
    """The shapes of the row and the Jacobians, and of what they come to."""
    f = step.before.arguments[0]
    found = levels(step.before) or []
    sizes = [len(entries(f)), *[len(names) for names, _, _ in found], len(found[-1][2]) if found else 0]
    shapes = " · ".join([f"{a}×{b}" for a, b in pairwise(sizes)])
    return {"f": f, "shapes": shapes, "shape": f"{sizes[0]}×{sizes[-1]}"}


def _given(step: Rewritten) -> dict[str, Slot]:
    """x = sin(t), y = cos(t): what is put in."""
    node = step.before
    kept = dict(step.after.assignments) if isinstance(step.after, Substitution) else {}
    segments: list[Segment] = []
    for x, value in node.assignments if isinstance(node, Substitution) else ():
        if x not in kept and not (type(value) is Call and value.label == x.label):
            segments += [Segment("text", ", ")] if segments else []
            segments.append(Segment("math", equation(x, "=", value)))
    return {"given": tuple(segments)}


VECTOR_SLOTS: Mapping[str, Callable[[Rewritten], dict[str, Slot]]] = MappingProxyType({
    "gradient.definition": _result, "jacobian.definition": _result, "hessian.definition": _result,
    "derivative.matrix": _result, "matrix.product": _factors, "matrix.transpose": _turned,
    "chain.matrix-form": _chain, "chain.given": _given,
})  # fmt: skip
