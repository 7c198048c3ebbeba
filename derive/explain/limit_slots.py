"""What the words about limits may name: the operand, its variable, a value a little later and now, what was put in."""

from __future__ import annotations

from derive.expressions import (
    ONE, Equation, Expression, Limit, Negation, Product, Quotient, Sum, Symbol, make, postorder, product_of, quotient,
)  # fmt: skip
from derive.explain.catalog import Segment, Segments, Slot


def limit_slots(rule: str, before: Expression, after: Expression) -> dict[str, Slot]:
    """Every slot that the words of a rule about limits may use, from what became what."""
    named: dict[str, Slot] = {}
    if type(before) is Limit:
        operand, h, point = before.arguments
        named.update(operand=operand, h=h, point=point, value=make(Equation, (h, point), "="))
        named.update(_difference(operand))
    more = _MORE.get(rule)
    if more is not None:
        named.update(more(before, after))
    return named


def _difference(operand: Expression) -> dict[str, Slot]:
    """later, now of (later - now)/h; above, below of any quotient."""
    if type(operand) is not Quotient:
        return {}
    top, bottom = operand.arguments
    named: dict[str, Slot] = {"above": top, "below": bottom}
    if type(top) is Sum and len(top.arguments) == 2 and type(top.arguments[1]) is Negation:
        named.update(later=top.arguments[0], now=top.arguments[1].arguments[0])
    return named


def _step(before: Expression, after: Expression) -> dict[str, Slot]:
    """d/dx(u) → lim h→0 …: the step h, what the function becomes there, and the letters that are held."""
    assert type(after) is Limit
    x = before.arguments[1]
    held = sorted({n for n in postorder(before.arguments[0]) if type(n) is Symbol and n != x}, key=lambda n: n.name)
    return {"h": after.arguments[1], "x": x, **_difference(after.arguments[0]), "held": _list(held)}


def _list(letters: list[Symbol]) -> Segments:
    parts: list[Segment] = []
    for letter in letters:
        parts += [Segment("text", ", "), Segment("math", letter)] if parts else [Segment("math", letter)]
    return tuple(parts)


def _point(before: Expression, after: Expression) -> dict[str, Slot]:
    """at(d/dx(u), x = a): the point x = a, and the step."""
    h = next(n for n in postorder(after) if type(n) is Limit).arguments[1]
    return {"place": make(Equation, tuple(before.arguments[1:3]), "="), "h": h}


def _kept(before: Expression, after: Expression) -> dict[str, Slot]:
    """The constant that came out: 3*lim … → 3, lim …/2 → 1/2, -lim … → -1."""
    if type(after) is Product:
        return {"c": product_of(after.arguments[:-1])}
    if type(after) is Quotient:
        return {"c": quotient(ONE, after.arguments[1])}
    return {"c": make(Negation, (ONE,))}


def _conjugate(before: Expression, after: Expression) -> dict[str, Slot]:
    """What top and bottom were multiplied by."""
    return {"conjugate": after.arguments[0].arguments[0].arguments[1]}


def _inserted(before: Expression, after: Expression) -> dict[str, Slot]:
    """The product that was taken away and added again."""
    return {"mixed": after.arguments[0].arguments[0].arguments[2]}


def _shift(before: Expression, after: Expression) -> dict[str, Slot]:
    """x = 2 + h."""
    x, point = before.arguments[1], before.arguments[2]
    h = after.arguments[1]
    return {"shift": make(Equation, (x, make(Sum, (point, h))), "="), "small": h}


_MORE = {
    "definition.quotient": _step, "definition.partial": _step, "definition.at-point": _point,
    "definition.constant-factor": _kept, "limit.constant-factor": _kept,
    "definition.conjugate": _conjugate, "definition.insert": _inserted, "limit.shift": _shift,
}  # fmt: skip
