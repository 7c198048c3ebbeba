"""Local slopes of functions, along each of their arguments: from the rows of functions.py."""

from __future__ import annotations

import re
from functools import cache

from derive.expressions import (
    ONE, ZERO, Call, Expression, Negation, Piecewise, Quotient, Symbol, call, equation, integer_value, make, natural,
    power, product_of,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse_pattern
from derive.rules.amounts import spread
from derive.rules.computation import Computation
from derive.rules.facts import Facts
from derive.rules.model import Match
from derive.rules.pattern import Builder, builder
from derive.rules.slope import Atoms, Slope, joined


def call_slopes(made: Computation, number: int, atoms: Atoms, me: Expression) -> list[Slope] | None:
    c = made.children[number]
    found = _along_arguments(made, number, c, atoms, me)
    return found if found is None or len(set(c)) == len(c) else joined(found)


def _along_arguments(
    made: Computation, number: int, c: tuple[int, ...], atoms: Atoms, me: Expression
) -> list[Slope] | None:
    node = made.nodes[number]
    name = node.label
    if not isinstance(name, str) or name not in FUNCTIONS:
        return [
            (i, 1, (_partial(node, place, [atoms[j] for j in c]),), None, "abstract")
            for place, i in enumerate(c)
            if made.active[i]
        ]
    if name in ("min", "max"):
        return _extreme(name, made, c, atoms)
    if name == "root":
        n = integer_value(made.nodes[c[1]])
        if n is None or n < 2:
            return None
        below = product_of([natural(n), power(me, natural(n - 1)) if n > 2 else me])
        return [(c[0], 1, (), below, "root")]
    found: list[Slope] = []
    for place, i in enumerate(c):
        if made.active[i]:
            row = _row(name, place)
            if row is None:
                return None
            k, plain, comes_back, built, below_row = row
            factors = [me] if comes_back else []
            for argument in plain:
                if made.active[c[argument]]:
                    factors.append(atoms[c[argument]])
                else:
                    more, fixed = spread(made.nodes[c[argument]])
                    k *= more
                    factors += fixed
            under: Expression | None = None
            if built or below_row is not None:
                m = Match(node, _NO_FACTS)
                m.bindings = dict(zip("uv", [atoms[j] for j in c], strict=False))
                factors += [f(m) for f in built]
                under = below_row and below_row(m)
            if k:
                found.append((i, k, tuple(factors), under, "function"))
    return found


_NO_FACTS = Facts()  # what is built from the table asks for none
_ARGUMENT = re.compile(r"\b([uv])\b")


@cache
def _row(name: str, place: int) -> tuple[int, tuple[int, ...], bool, tuple[Builder, ...], Builder | None] | None:
    """The derivative of a function along one argument as its row has it: number, arguments, whether the function
    itself is a factor, other factors, below.
    """
    derivatives = FUNCTIONS[name].derivatives
    text = derivatives[place] if place < len(derivatives) else None
    if text is None:
        return None
    k, e = 1, parse_pattern(_ARGUMENT.sub(r"?\1", text))
    while type(e) is Negation:
        k, e = -k, e.arguments[0]
    below: Expression | None = None
    if type(e) is Quotient:
        e, below = e.arguments
    more, factors = spread(e)
    arguments = tuple(["uv".index(str(f)[1:]) for f in factors if type(f) is Symbol])
    others = [f for f in factors if type(f) is not Symbol]
    rest = [f for f in others if str(f) != f"{name}(?u)"]
    built = tuple([builder(str(f)) for f in rest])
    return k * more, arguments, len(rest) < len(others), built, None if below is None else builder(str(below))


def _partial(node: Expression, place: int, arguments: list[Expression]) -> Expression:
    """f(u, v) along v  →  D[2](f)(u, v)"""
    assert isinstance(node, Call)
    orders = tuple([n + (j == place) for j, n in enumerate(node.orders)])
    return make(Call, tuple(arguments), (node.name, orders))


def _extreme(name: str, made: Computation, c: tuple[int, ...], atoms: Atoms) -> list[Slope]:
    """max(u, v) along u  →  piecewise(1, u > v, 0, u < v)"""
    wins, loses = ("<", ">") if name == "min" else (">", "<")
    found: list[Slope] = []
    for place, i in enumerate(c):
        if made.active[i]:
            u, others = atoms[i], [atoms[j] for k, j in enumerate(c) if k != place]
            v = others[0] if len(others) == 1 else call(name, *others)
            chosen = make(Piecewise, (ONE, equation(u, wins, v), ZERO, equation(u, loses, v)))
            found.append((i, 1, (chosen,), None, "extreme"))
    return found
