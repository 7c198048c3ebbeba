"""What the words about a sweep may name: the parts with their names, what goes over an edge, the local slope."""

from __future__ import annotations

from derive.expressions import Expression, derivative, equation
from derive.explain.catalog import Segment, Segments, Slot, joined, message
from derive.rules import Bindings
from derive.rules.adjoints import local_slope

MAX_LINES = 12  # parts that are told in a sentence: a textbook example has about six


def sweep_slots(language: str, rule: str, bindings: Bindings) -> dict[str, Slot]:
    """Every slot that the words of a step of a sweep may use."""
    topic = rule.partition(".")[0]
    if topic == "sweep":
        return {"named": _named(language, bindings.get("lines", ()))}
    return _edge(language, bindings) if topic == "edge" else {}


def _named(language: str, lines: Expression | tuple[Expression, ...]) -> Segments:
    """v_1 = x*y, v_2 = sin(v_1)"""
    if not isinstance(lines, tuple) or not lines:
        return message(language, "words.edge", "none")
    told = joined([(Segment("math", line),) for line in lines[:MAX_LINES]], ", ")
    if len(lines) > MAX_LINES:
        told = message(language, "words.edge", "more", {"lines": told, "count": len(lines)})
    return message(language, "words.edge", "lines", {"lines": told})


def _edge(language: str, bindings: Bindings) -> dict[str, Slot]:
    """passed, slope of an edge: the adjoint of u gets that of w times ∂w/∂u."""
    w, u, g = [_single(bindings, name) for name in ("w", "u", "g")]
    found = local_slope(w, u)
    asked = derivative(w, u, partial=True)
    slope = asked if found is None else equation(asked, "=", found)
    filled: dict[str, Slot] = {"slope": slope, "u": u, "g": g}
    kind = "plain"
    for role, words in (("of", "adjoint"), ("into", "tangent")):
        if role in bindings:
            kind = words
            filled["part"] = _single(bindings, role)
    return {"slope": slope, "passed": message(language, "words.edge", kind, filled)}


def _single(bindings: Bindings, name: str) -> Expression:
    e = bindings[name]
    assert isinstance(e, Expression)
    return e
