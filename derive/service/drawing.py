"""What a drawing of a problem needs: values of f and of its derivative along a line, or of f over a grid."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.errors import UsageError
from derive.expressions import (
    Call,
    Derivative,
    Equation,
    Expression,
    Matrix,
    Substitution,
    integer_value,
    postorder,
    symbols,
)
from derive.functions import FUNCTIONS
from derive.notation import text
from derive.numeric.evaluation import holds
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
    if isinstance(f, (Equation, Matrix)):
        raise UsageError(f"{'an equation' if isinstance(f, Equation) else 'a matrix'} has no values to be drawn")
    names = sorted(symbols(f))
    low, high = Fraction(request.low), Fraction(request.high)
    tangent = _tangent(d, f)
    if tangent is not None and not {"low", "high"} & request.model_fields_set:
        low, high = _around(Fraction(tangent["x"]), low, high)
    if len(names) == 1 and not isinstance(d.result, Matrix):
        points = _line(names[0], low, high, request.points)
        xs, values = [float(p[names[0]]) for p in points], samples(f, points)
        if not any([v is not None for v in values]):
            raise UsageError("there is no value to be drawn")
        found = {"kind": "line", "variable": names[0], "x": xs, "f": values, "function": text(f)}
        order = _order(d.problem)
        if order is not None:
            slopes = samples(d.result, points)
            there = [v is not None and _is_derivative(d, p) for v, p in zip(values, points, strict=True)]
            derivative = [s if known else None for s, known in zip(slopes, there, strict=True)]
            return {**found, "order": order, "derivative": derivative, "result": text(d.result)}
        return {**found, "derivative": [], "tangent": tangent, "result": text(d.result)}
    if len(names) == 2:
        return _square(f, d.result, names, low, high, min(GRID, request.points))
    raise UsageError("a drawing needs a function of one or two variables")


def _function(problem: Expression) -> Expression:
    """What is differentiated in a problem."""
    e = problem
    while isinstance(e, (Derivative, Substitution)) or (isinstance(e, Call) and e.open):
        e = e.arguments[0]
    return e


def _order(problem: Expression) -> int | None:
    """Which derivative of the function the answer is: d^2/dx^2(sin(x))  →  2; None where it is something else."""
    order, e = 0, problem
    while type(e) is Derivative:
        for _, times in e.variables:
            count = integer_value(times)
            if count is None:
                return None
            order += count
        e = e.operand
    return order if order and e == _function(problem) else None


def _tangent(d: Derivation, f: Expression) -> dict[str, float] | None:
    """The place, the value and the slope where a first derivative is asked for at a point: d/dx(x^2) at x = 3."""
    e = d.problem
    if type(e) is not Substitution or len(e.assignments) != 1 or _order(e.operand) != 1 or f != _function(e.operand):
        return None
    ((name, place),) = e.assignments
    x = samples(place, [{}])[0] if not symbols(place) else None
    if x is None:
        return None
    value, slope = samples(f, [{str(name): Fraction(x)}])[0], samples(d.result, [{}])[0]
    return None if value is None or slope is None else {"x": x, "f": value, "slope": slope}


def _is_derivative(d: Derivation, point: dict[str, Fraction]) -> bool:
    """Whether no condition of the result fails at a point: floor(x) has no slope where x is whole."""
    for c in d.conditions:
        relations = [r for r in c.alternatives if isinstance(r, Equation)]
        if c.along is None and not c.enough and len(relations) == len(c.alternatives):
            if all([holds(r, point, 64) is False for r in relations]):
                return False
    return True


def _around(x: Fraction, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """The window, moved so that x is in its middle where it was outside: 20, -5, 5  →  15, 25."""
    half = (high - low) / 2
    return (low, high) if low < x < high else (x - half, x + half)


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
