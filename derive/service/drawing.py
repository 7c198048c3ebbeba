"""What a drawing of a problem needs: values of f and f′ along a line, or of f over a grid with its gradient."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.errors import UsageError
from derive.expressions import Call, Derivative, Equation, Expression, Matrix, Substitution, postorder, symbols
from derive.functions import FUNCTIONS
from derive.notation import text
from derive.numeric.samples import samples
from derive.service.schema import PlotRequest
from derive.trace import Derivation

GRID = 41
NONE: dict[str, Any] = {"kind": "none", "f": [], "function": "", "result": ""}


def drawing(d: Derivation, request: PlotRequest) -> dict[str, Any]:
    """Samples of the function and its derivative; UsageError for what cannot be drawn."""
    if not request.low < request.high:
        raise UsageError("low has to be less than high")
    f = _function(d.problem)
    if any([type(n) is Call and n.label not in FUNCTIONS for n in postorder(f)]):
        raise UsageError("a function that is not given has no drawing")
    if isinstance(f, Equation):
        raise UsageError("an equation has no values to be drawn")
    names = sorted(symbols(f))
    low, high = Fraction(request.low), Fraction(request.high)
    if len(names) == 1 and not isinstance(d.result, Matrix):
        points = _line(names[0], low, high, request.points)
        xs, values = [float(p[names[0]]) for p in points], samples(f, points)
        slopes = samples(d.result, points)
        return {
            "kind": "line", "variable": names[0], "x": xs, "f": values,
            "derivative": [None if v is None else s for v, s in zip(values, slopes, strict=True)],
            "function": text(f), "result": text(d.result),
        }  # fmt: skip
    if len(names) == 2:
        return _square(f, d.result, names, low, high, min(GRID, request.points))
    raise UsageError("a drawing needs a function of one or two variables")


def _function(problem: Expression) -> Expression:
    """What is differentiated in a problem."""
    e = problem
    while isinstance(e, (Derivative, Substitution)) or (isinstance(e, Call) and e.open):
        e = e.arguments[0]
    return e


def _line(name: str, low: Fraction, high: Fraction, count: int) -> list[dict[str, Fraction]]:
    return [{name: low + (high - low) * k / (count - 1)} for k in range(count)]


def _square(
    f: Expression, result: Expression, names: list[str], low: Fraction, high: Fraction, count: int
) -> dict[str, Any]:
    """f over a square, and the gradient at every point of it where the result is one."""
    axis = [low + (high - low) * k / (count - 1) for k in range(count)]
    points = [{names[0]: x, names[1]: y} for y in axis for x in axis]
    entries = result.arguments if isinstance(result, Matrix) and len(result.arguments) == 2 else ()
    return {
        "kind": "grid", "variables": names, "axis": [float(v) for v in axis], "f": samples(f, points),
        "gradient": [samples(e, points) for e in entries], "function": text(f), "result": text(result),
    }  # fmt: skip
