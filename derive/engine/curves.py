"""Tangents, Taylor polynomials, differentials, implicit, parametric and inverse slopes: the calls and the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derive import notation
from derive.engine.agenda import Limits
from derive.engine.assemble import derivation
from derive.engine.settling import certain
from derive.errors import DeriveError, UsageError
from derive.expressions import (
    E, PI, TWO, Call, Constant, Equation, Expression, Matrix, Substitution, Symbol, call, equation, integer_value, make,
    natural, negation, postorder, product_of, quotient, rational, put_in, symbol, symbols,
)  # fmt: skip
from derive.notation import Note
from derive.notation.lines import touching
from derive.rules.implicit import MAX_ORDER
from derive.strategy import Method
from derive.strategy.ways import TANGENT, TAYLOR
from derive.trace import Derivation

if TYPE_CHECKING:
    from derive.numeric import Verify

Given = str | Expression
Values = Mapping[str, "str | int | Expression"]


def work(
    task: str, problem: Expression, method: Method, limits: Limits | None, notes: tuple[Note, ...] = ()
) -> Derivation:
    """The operator of one of these tasks worked out."""
    _check(problem)
    if task == "inverse":
        problem = _with_start(problem)
    if method.name == "rules":
        powers = task == "taylor" and type(problem.arguments[-1]) is not Matrix
        method = {
            "taylor": TAYLOR if powers else replace(method, form=""),
            "tangent": TANGENT,
            "linearization": TANGENT,
        }.get(task, method)
    return derivation(task, problem, method, limits, notes)


def check_height(line: Expression, height: Expression) -> None:
    """UsageError where a tangent or a normal is asked for at a point that is not on the graph of its function."""
    e = line.right if type(line) is Equation else line
    touched = e if type(e) is Call else e.arguments[0]
    f, x, a = touched.arguments[:3]
    _check_on_curve(equation(symbol("y"), "=", f), {x: a, symbol("y"): height})


def _check_on_curve(e: Expression, point: Mapping[Expression, Expression]) -> None:
    if certain(put_in(e, dict(point))) is False:
        shown = ", ".join(f"{x} = {a}" for x, a in point.items())
        raise UsageError(f"the point {shown} is not on the curve {e}")


def _check(problem: Expression) -> None:
    """UsageError for a point or a letter that makes no sense."""
    e = problem.right if type(problem) is Equation else problem
    for node in postorder(e):
        if type(node) is Substitution and type(node.operand) is Call and node.operand.label == "implicit":
            _check_on_curve(node.operand.arguments[0], dict(node.assignments))
    if type(e) is not Call:
        return
    f, *given = e.arguments
    if e.label == "implicit" and str(given[0].label) not in symbols(f):
        raise UsageError(f"{given[0]} does not occur in {f}")
    if e.label == "implicit" and len(given) > 2 and not 1 <= (integer_value(given[2]) or 0) <= MAX_ORDER:
        raise UsageError(f"implicit derivatives are of order 1 to {MAX_ORDER}, not {given[2]}")
    if e.label not in ("tangent", "taylor"):
        return
    pairs = dict(_pairs(given if e.label == "tangent" else given[:-1]))
    names = {str(x.label) for x in pairs}
    if len(pairs) < len(given) // 2:
        raise UsageError("a variable has two values")
    if symbols(f) and not names & symbols(f):
        raise UsageError(f"{', '.join(sorted(names))} does not occur in {f}")
    for x, a in pairs.items():
        if names & symbols(a):
            raise UsageError(f"the value {a} of {x} contains a variable of the point")
        if any(type(n) is Constant and n.label == "infinity" for n in postorder(a)):
            raise UsageError(f"the point is at infinity: {x} = {a}")


def _pairs(given: Sequence[Expression]) -> list[tuple[Expression, Expression]]:
    return list(zip(given[::2], given[1::2], strict=True))


def tangent(f: Given, at: Values, *, limits: Limits | None = None, verify: Verify = "quick") -> Derivation:
    """The tangent line y = …, or tangent plane z = …: `tangent("x^2", {"x": 3})`  →  y = 6*x - 9."""
    task, problem, _ = touching(_expression(f), _point(at))
    return _solved(task, problem, limits, verify)


def linearization(f: Given, at: Values, *, limits: Limits | None = None, verify: Verify = "quick") -> Derivation:
    """The linear function that touches f at the point: `linearization("sqrt(x)", {"x": 4})`  →  x/4 + 1."""
    return _solved("linearization", call("tangent", _expression(f), *_flat(_point(at))), limits, verify)


def taylor(
    f: Given, at: Values, order: int, *, form: str = "terms", limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """The Taylor polynomial of f about the point, to an order, in one variable or several.

    form  "terms", a term a multi-index, or "hessian" (order 2): value + gradient·step + ½·stepᵀ·Hessian·step
    """
    if order < 0:
        raise UsageError(f"the order of a Taylor polynomial is a whole number from 0, not {order!r}")
    point = _point(at)
    last = natural(order)
    if form == "hessian":
        if order != 2 or len(point) < 2:
            raise UsageError("the Hessian form is of order 2, in two variables and more")
        last = make(Matrix, (last,), 1)
    elif form != "terms":
        raise UsageError(f"no form {form!r}: there is terms, hessian")
    return _solved("taylor", call("taylor", _expression(f), *_flat(point), last), limits, verify)


def differential(
    f: Given, variables: Sequence[str] = (), *, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """The total differential: `differential("x^2*y")`  →  2*x*y*dx + x^2*dy."""
    expression = _expression(f)
    xs = [_variable(v) for v in variables] or [symbol(n) for n in sorted(symbols(expression))]
    if not xs:
        raise UsageError("the total differential needs a variable")
    return _solved("differential", call("differential", expression, *xs), limits, verify)


def implicit(
    equation: Given, y: str, x: str, *, order: int = 1, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """dy/dx (order 2: d²y/dx²) of the curve given by an equation: `implicit("x^2 + y^2 = 25", "y", "x")`  →  -x/y."""
    e = notation.read(equation).expression if isinstance(equation, str) else equation
    if type(e) is not Equation or e.label != "=":
        raise UsageError(f"{e} is not an equation: write left = right")
    function, variable = _variable(y), _variable(x)
    if function == variable or str(function.label) not in symbols(e):
        raise UsageError(f"the equation does not give {y} as a function of {x}: {e}")
    return _solved(
        "implicit", call("implicit", e, function, variable, *([] if order == 1 else [rational(order)])), limits, verify
    )


def parametric(
    x: Given, y: Given, t: str, *, order: int = 1, limits: Limits | None = None, verify: Verify = "quick"
) -> Derivation:
    """dy/dx (order 2: d²y/dx²) of a curve given by a parameter: `parametric("t^2", "t^3", "t")`  →  3*t/2."""
    if not 1 <= order <= 4:
        raise UsageError(f"parametric derivatives are of order 1 to 4, not {order}")
    across, up = _expression(x), _expression(y)
    more = [] if order == 1 else [natural(order)]
    return _solved("parametric", call("parametric", across, up, _variable(t), *more), limits, verify)


def inverse_derivative(
    f: Given, x: str, at: str | int | Expression, *, start: str | int | Expression | None = None,
    limits: Limits | None = None, verify: Verify = "quick",
) -> Derivation:  # fmt: skip
    """(f⁻¹)′ at a value of f: `inverse_derivative("x^3 + x", "x", 2)`  →  1/4, since f(1) = 2.

    start  the x at which f has that value; found among simple numbers where it is not given
    """
    known = [] if start is None else [_value(start)]
    return _solved("inverse", call("inverse", _expression(f), _variable(x), *known, _value(at)), limits, verify)


def _solved(task: str, problem: Expression, limits: Limits | None, verify: Verify) -> Derivation:
    from derive.strategy import RULES

    return work(task, problem, RULES, limits).verified(verify)


def _expression(f: Given) -> Expression:
    if isinstance(f, Expression):
        return f
    return notation.parse(f)


def _variable(name: str) -> Expression:
    x = notation.parse(name, names=[name])
    if not isinstance(x, Symbol):
        raise UsageError(f"{name!r} is not a variable")
    return x


def _value(value: str | int | Expression) -> Expression:
    if isinstance(value, Expression):
        return value
    return rational(value) if isinstance(value, int) else notation.parse(value)


def _point(at: Values) -> list[tuple[Expression, Expression]]:
    if not at:
        raise UsageError('a point is needed: {"x": 0}')
    return [(_variable(name), _value(value)) for name, value in at.items()]


def _flat(pairs: list[tuple[Expression, Expression]]) -> list[Expression]:
    return [e for pair in pairs for e in pair]


def _with_start(problem: Expression) -> Expression:
    """inverse(f, x, 2)  →  inverse(f, x, 1, 2), since f(1) = 2; UsageError where no simple x is found."""
    assert isinstance(problem, Call)
    f, x, *known = problem.arguments
    value = known[-1]
    if len(known) == 2:
        start = known[0]
        if _takes(f, x, start, value) is False:
            raise UsageError(f"{f} does not have the value {value} at {x} = {start}")
        return problem
    for start in _candidates():
        if _takes(f, x, start, value):
            return call("inverse", f, x, start, value)
    raise UsageError(f"no simple {x} was found at which {f} is {value}; say where: … at {value} where {x} = …")


def _takes(f: Expression, x: Expression, start: Expression, value: Expression) -> bool | None:
    """Whether f has that value at x = start, to 40 digits where it cannot be decided; None where it is open."""
    there = put_in(f, {x: start})
    if symbols(there) | symbols(value):
        return None
    known = certain(equation(there, "=", value))
    if known is not None:
        return known
    from derive.numeric import evaluate

    try:
        return evaluate(there, {}, 40) == evaluate(value, {}, 40)
    except DeriveError:
        return False


def _candidates() -> list[Expression]:
    whole = [rational(n) for k in range(11) for n in ((k, -k) if k else (0,))]
    halves = [sign for n in (1, 3, 5) for sign in (quotient(natural(n), TWO), negation(quotient(natural(n), TWO)))]
    turns = [quotient(PI, natural(n)) for n in (6, 4, 3, 2)]
    return [*whole, *halves, *turns, *[negation(t) for t in turns], PI, E, product_of((TWO, PI))]
