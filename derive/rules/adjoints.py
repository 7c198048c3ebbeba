"""Reverse mode: the gradient as one sweep back through the parts of a function; and the rule for every edge of it.

Over the edge from a part w back to a part u that it is made of goes the adjoint of w times ∂w/∂u. The same products
carry tangents forward, from u to w. (Griewank and Walther, Evaluating Derivatives, chapter 3.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.expressions import (
    ONE, ZERO, Call, Constant, Expression, Negation, Piecewise, Power, Product, Quotient,
    equation, integer_value, rational_value,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.amounts import amount
from derive.rules.computation import Computation
from derive.rules.conditions import at_arguments, differentiable_power
from derive.rules.model import Match, Mistake, Rule
from derive.rules.multivariable import a_function, by_variables
from derive.rules.powers import substituted
from derive.rules.shapes import entries, is_vector, shape
from derive.rules.slope import value
from derive.rules.slopes import slopes
from derive.rules.sweep_plan import Plan


def _unbounded(edges: int) -> None:
    """A rule asked for by itself has no budget."""


def adjoints_asked_for(m: Match) -> Expression | None:
    """gradient(sin(x*y), x, y)  →  every part under a name, the adjoints as sums over the parts that use them"""
    if m["f"].open:
        return None
    made = Computation([m["f"]], m.run("xs"))
    return Plan(made, "backward", [amount(ONE)], _unbounded, flat=False).state(0)


def last_use_only(m: Match) -> Expression | None:
    """An adjoint that is overwritten, where it should be added to; wrong where a part is used twice."""
    if m["f"].open:
        return None
    plan = Plan(Computation([m["f"]], m.run("xs")), "backward", [amount(ONE)], _unbounded, flat=False)
    edges = plan.sweep.edges
    last = {child: index for index, (_, child, *_) in enumerate(edges)}
    if len(last) == len(edges):
        return None
    plan.sweep.edges = [edges[index] for index in sorted(last.values())]
    return plan.state(0)


def row_swept(m: Match) -> Expression | None:
    """[[a, b]]*jacobian([[f], [g]], x, y)  →  the same with a and b for seeds"""
    parts = _product_with_jacobian(m.node, row_first=True)
    if parts is None:
        return None
    seeds, functions, xs = parts
    made = Computation(functions, xs)
    return Plan(made, "backward", [amount(s) for s in seeds], _unbounded, flat=len(xs) == 1).state(0)


def column_swept(m: Match) -> Expression | None:
    """jacobian([[f], [g]], x, y)*[[a], [b]]  →  the parts under names, tangents as sums over what they are made of"""
    parts = _product_with_jacobian(m.node, row_first=False)
    if parts is None:
        return None
    seeds, functions, xs = parts
    plan = Plan(Computation(functions, xs), "forward", [amount(s) for s in seeds], _unbounded, flat=len(functions) == 1)
    return plan.state(0)


Parts = tuple[tuple[Expression, ...], tuple[Expression, ...], tuple[Expression, ...]]


def _product_with_jacobian(node: Expression, *, row_first: bool) -> Parts | None:
    """(seeds, functions, variables) of a product with a Jacobian."""
    if type(node) is not Product or len(node.arguments) != 2:
        return None
    seeds, matrix = node.arguments if row_first else reversed(node.arguments)
    if type(matrix) is not Call or matrix.label not in ("jacobian", "gradient") or matrix.arguments[0].open:
        return None
    f, *xs = matrix.arguments
    if not is_vector(f) or seeds.open:
        return None
    functions = entries(f)
    needed = (1, len(functions)) if row_first else (len(xs), 1)
    return (entries(seeds), functions, tuple(xs)) if shape(seeds) == needed else None


def over_edge(kind: str) -> Callable[[Match], Expression | None]:
    """g*∂/∂u(w)  →  g times the local slope, where w is directly made of u, in the way that `kind` names."""

    def right(m: Match) -> Expression | None:
        return _over_edge(m, kind, m["g"])

    return right


def slope_alone(kind: str) -> Callable[[Match], Expression | None]:
    """g*∂/∂u(w)  →  ∂w/∂u, which forgets the adjoint"""

    def right(m: Match) -> Expression | None:
        return _over_edge(m, kind, ONE) if m["g"] != ONE else None

    return right


def amount_alone(kind: str) -> Callable[[Match], Expression | None]:
    """g*∂/∂u(w)  →  g, which forgets the local slope"""

    def right(m: Match) -> Expression | None:
        return m["g"] if _over_edge(m, kind, ONE) not in (None, ONE) else None

    return right


def _over_edge(m: Match, kind: str, g: Expression) -> Expression | None:
    w, u = m["w"], m["u"]
    if w.open or g.open:
        return None
    made = Computation([w], [u])
    (part,) = made.outputs
    if not made.active[part] or set(made.named(part)) != set(made.variables):
        return None  # u stands deeper, or not at all
    for slope in slopes(made, part, made.nodes, w) or ():
        if slope[4] == kind:
            _, k, factors, below, _ = slope
            return amount(g).along(k, factors, below).written()
    return None


def local_slope(w: Expression, u: Expression) -> Expression | None:
    """∂w/∂u of a part that is directly made of u: sin(v_3), v_3  →  cos(v_3)"""
    made = Computation([w], [u])
    (part,) = made.outputs
    found = slopes(made, part, made.nodes, w) if made.active[part] else ()
    return value(found[0]) if found else None


def smooth_there(m: Match) -> Iterator[Expression]:
    """Where the slopes of w hold."""
    return smooth(m["w"])


def smooth(w: Expression) -> Iterator[Expression]:
    """Where the slopes of a part hold: x/y  →  y != 0;  sqrt(u)  →  u > 0;  abs(u)  →  u != 0"""
    match w:
        case Quotient():
            yield equation(w.denominator, "!=", ZERO)
        case Power() if rational_value(w.exponent) is None:
            if not (type(w.base) is Constant and w.base.label == "e"):
                yield equation(w.base, ">", ZERO)
        case Power():
            yield from differentiable_power(w.base, w.exponent)
            n = rational_value(w.exponent)
            if n is not None and n < 0:
                yield equation(w.base, "!=" if n.denominator % 2 else ">", ZERO)
        case Piecewise():
            for _, condition in w.pieces:
                if condition.label not in ("=", "!="):
                    yield equation(condition.arguments[0], "!=", condition.arguments[1])
        case Call(label="min" | "max"):
            for i, u in enumerate(w.arguments):
                for v in w.arguments[i + 1 :]:
                    yield equation(u, "!=", v)
        case Call(label="root"):
            yield equation(w.arguments[0], "!=" if (integer_value(w.arguments[1]) or 2) % 2 else ">", ZERO)
        case Call() if isinstance(w.label, str) and w.label in FUNCTIONS:
            row = FUNCTIONS[w.label]
            for text in (*row.domain, *row.smooth):
                relations = at_arguments(text, w.arguments)
                if len(relations) == 1:  # a choice belongs to the domain, and is told with it
                    yield relations[0]
        case _:
            return


def _edge(
    kind: str, *examples: tuple[str, str | None], mistakes: tuple[Mistake, ...] = (), weight: str = "major"
) -> Rule:
    """The rule for edges of one kind."""
    return Rule(
        f"edge.{kind}", "?g*d/d?u(?w)", over_edge(kind), assumes=smooth_there, mistakes=mistakes, examples=examples,
        weight=weight,  # type: ignore[arg-type]
    )  # fmt: skip


GRADIENT = Rule(
    "sweep.gradient", "gradient(?f, ??xs)", adjoints_asked_for, given=(a_function, by_variables),
    mistakes=(Mistake("adjoint-overwritten", last_use_only),),
    examples=(
        ("gradient(sin(x*y), x, y)",
         "at([[(1*d/dv_1(sin(v_1)))*∂/∂x(x*y), (1*d/dv_1(sin(v_1)))*∂/∂y(x*y)]], v_1 = x*y)"),
        ("gradient(x*sin(x), x)", "at([[(1*∂/∂v_1(x*v_1))*d/dx(sin(x)) + 1*∂/∂x(x*v_1)]], v_1 = sin(x))"),
        ("gradient([[x], [y]], x, y)", None),
    ),
)  # fmt: skip
ROW = Rule(
    "sweep.row", "?a*?b", row_swept,
    examples=(
        ("[[a, b]]*jacobian([[x*y], [x]], x, y)", "[[a*∂/∂x(x*y) + b, a*∂/∂y(x*y)]]"),
        ("[[a, b]]*jacobian([[x*y]], x, y)", None),
    ),
)  # fmt: skip
COLUMN = Rule(
    "sweep.column", "?a*?b", column_swept,
    examples=(
        ("jacobian([[x*y], [x]], x, y)*[[a], [b]]", "[[a*∂/∂x(x*y) + b*∂/∂y(x*y)], [a]]"),
        ("jacobian([[x*y], [x]], x, y)*[[a, b]]", None),
    ),
)  # fmt: skip
NAMES = Rule(
    "sweep.names", "?u", substituted,
    examples=(
        ("at([[cos(v_1)*y, cos(v_1)*x]], v_1 = x*y)", "[[cos(x*y)*y, cos(x*y)*x]]"),
        ("at(d/dv_1(sin(v_1)), v_1 = x*y)", None),
    ),
    weight="minor", kind="substitution",
)  # fmt: skip
SUM = _edge(
    "sum",
    ("2*∂/∂u(u + v)", "2"), ("cos(v)*∂/∂u(v - u)", "-cos(v)"), ("2*∂/∂u(sin(u) + v)", None),
    weight="minor",
)  # fmt: skip
NEGATION = _edge("negation", ("cos(v)*d/du(-u)", "-cos(v)"), ("2*∂/∂u(-(u*v))", None), weight="minor")
PRODUCT = _edge(
    "product",
    ("cos(v)*∂/∂u(u*v)", "cos(v)*v"), ("2*d/du(3*u)", "6"), ("cos(v)*∂/∂u(u*u*v)", "2*cos(v)*u*v"),
    ("2*∂/∂u(u*sin(u))", None),
    mistakes=(
        Mistake("adjoint-left-out", slope_alone("product")), Mistake("local-slope-left-out", amount_alone("product")),
    ),
)  # fmt: skip
NUMERATOR = _edge("numerator", ("3*∂/∂u(u/v)", "3/v"), ("3*∂/∂u(v/u)", None))
DENOMINATOR = _edge(
    "denominator",
    ("3*∂/∂u(v/u)", "-((3*v)/u^2)"), ("3*∂/∂u(u/v)", None),
    mistakes=(Mistake("denominator-sign-forgotten", lambda m: _sign_lost(m)),),
)  # fmt: skip
POWER = _edge("power", ("5*d/du(u^3)", "15*u^2"), ("cos(v)*d/du(u^2)", "2*cos(v)*u"), ("5*d/du(3^u)", None))
BASE = _edge("base", ("5*∂/∂u(u^v)", "5*v*u^(v - 1)"), ("5*∂/∂u(u^2)", None))
EXPONENT = _edge("exponent", ("5*d/du(e^u)", "5*e^u"), ("5*d/du(2^u)", "5*2^u*ln(2)"), ("5*d/du(u^2)", None))
FUNCTION = _edge(
    "function",
    ("5*d/du(sin(u))", "5*cos(u)"), ("v*d/du(ln(u))", "v/u"), ("v*d/du(cos(u))", "-(v*sin(u))"),
    ("v*∂/∂u(atan2(u, w))", "(v*w)/(u^2 + w^2)"), ("5*d/dx(sin(x^2))", None),
    mistakes=(
        Mistake("adjoint-left-out-of-function", slope_alone("function")),
        Mistake("function-slope-left-out", amount_alone("function")),
    ),
)  # fmt: skip
ROOT = _edge("root", ("5*d/du(root(u, 4))", "5/(4*root(u, 4)^3)"), ("5*d/du(sqrt(u))", None))
EXTREME = _edge("extreme", ("5*∂/∂u(max(u, v))", "5*piecewise(1, u > v, 0, u < v)"), ("5*∂/∂u(max(u^2, v))", None))
PIECES = _edge("pieces", ("5*∂/∂u(piecewise(u, t < 0, v))", "5*piecewise(1, t < 0, 0)"), ("5*d/du(abs(u))", None))
ABSTRACT = _edge("abstract", ("5*∂/∂u(f(u, v))", "5*D[1](f)(u, v)"), ("5*d/du(f(u^2))", None))
TWICE = _edge("twice", ("5*d/du(u^u)", "5*(u*u^(u - 1) + u^u*ln(u))"), ("5*∂/∂u(u^v)", None))


def _sign_lost(m: Match) -> Expression | None:
    right = _over_edge(m, "denominator", m["g"])
    return right.arguments[0] if type(right) is Negation else None


EDGES = {
    rule.id.removeprefix("edge."): rule
    for rule in (
        SUM, NEGATION, PRODUCT, NUMERATOR, DENOMINATOR, POWER, BASE, EXPONENT, FUNCTION, ROOT, EXTREME, PIECES,
        ABSTRACT, TWICE,
    )
}  # fmt: skip
"""The rule of every kind of slope."""
