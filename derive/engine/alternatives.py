"""Two ways side by side: the same problem by other methods, where they have something of their own to do."""

from __future__ import annotations

import re

from derive.engine.agenda import Limits
from derive.engine.assemble import derivation
from derive.trace import Derivation

_COMPARED = ("differentiate", "evaluate-derivative")


def with_alternatives(d: Derivation, limits: Limits | None = None) -> Derivation:
    """`d` with its `alternatives`: the derivations by other methods that apply, shortest first."""
    from derive.strategy.ways import MARKS, METHODS

    if d.task not in _COMPARED:
        return d
    found = []
    for name, marks in MARKS.items():
        if name == d.method:
            continue
        other = derivation(d.task, d.problem, METHODS[name], limits, d.interpretation)
        rules = {step.rule for step in other.steps}
        if other.outcome == "done" and (rules & marks or (name == "rules" and d.outcome == "done")):
            found.append(other)
    d.alternatives = tuple(sorted(found, key=lambda other: len(other.steps)))
    return d


_NAMED = (
    ("logarithmic", r"logarithmic\s+differentiation|(?:taking\s+)?logarithms"),
    ("negative-power", r"negative\s+(?:powers|exponents)"),
    ("exponential", r"(?:a\s+)?powers?\s+of\s+e|exponentials"),
    ("reverse", r"reverse(?:[- ]mode)?(?:\s+differentiation)?|back-?propagation"),
    ("expand-first", r"(?:expanding|multiplying\s+out|opening\s+brackets)(?:\s+first)?"),
)


def without_way(text: str) -> tuple[str, str | None]:
    """(the problem, the method that it names): `d/dx x^x by logarithms  →  d/dx x^x, logarithmic`."""
    for name, words in _NAMED:
        said = rf",?\s+(?:by|with|using|as|after|through)\s+(?:the\s+)?(?:{words})\s*[.?]?\s*$"
        found = re.search(said, text, re.IGNORECASE)
        if found:
            return text[: found.start()], name
    return text, None
