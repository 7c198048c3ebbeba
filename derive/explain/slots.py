"""What the words of a step may name: its bindings, its operand, the parts of a chain rule, what was dropped."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from derive.expressions import Derivative, Equation, Expression, Sum, make, product_of, sum_of, symbol
from derive.explain.catalog import Segment, Slot, text_of
from derive.explain.vector_slots import VECTOR_SLOTS
from derive.explain.limit_slots import limit_slots
from derive.rules import Bindings, Facts, Match, apply
from derive.rules.pattern import builder
from derive.rules.table import derivatives
from derive.strategy import RULES


def slots(
    language: str,
    rule: str,
    before: Expression,
    after: Expression,
    bindings: Bindings,
    side: tuple[Expression, Expression] | None = None,
) -> dict[str, Slot]:
    """Every slot that the words of `rule` may use; `side` is its side calculation, (d/dw(sin(w)), cos(w))."""
    named: dict[str, Slot] = {"before": before, "after": after, "rewrite": make(Equation, (before, after), "=")}
    for name, value in bindings.items():
        named[name] = value if isinstance(value, Expression) else _list(value)
    if type(before) is Derivative:
        named["operand"] = before.arguments[0]
        named.setdefault("x", before.arguments[1])
    more = _MORE.get(rule)
    if more is not None:
        named.update(more(Rewritten(before, after)))
    named.update(limit_slots(rule, before, after))
    if rule.startswith(("edge.", "sweep.")):
        from derive.explain.sweep_slots import sweep_slots  # with all of reverse mode

        named.update(sweep_slots(language, rule, bindings))
    function = family(rule)[1]
    if function:
        named["function"] = text_of(language, "functions", function)
    if side is None and has_side(rule):
        side = side_calculation(rule, bindings)
    if side is not None:
        named.update(_chain(side))
        inner = bindings["u"]
        assert isinstance(inner, Expression)
        named["inner"] = make(Equation, (side[0].arguments[1], inner), "=")
    return named


@cache
def family(rule: str) -> tuple[str, str]:
    """(family, function) of a rule that shares its words: `derivative.chain-sin  →  ("chain", "sin")`."""
    found = derivatives().get(rule)
    return found.family if found is not None and found.family else ("", "")


@cache
def words_id(rule: str) -> str:
    """Where the words of a rule stand: under its own id, or its family's."""
    kin = family(rule)[0]
    return f"family.{kin}" if kin else rule


@cache
def mistake_id(rule: str, mistake: str) -> str:
    """Where the words of a mistake stand: `sin-inner-left-out  →  mistake.family.inner-left-out`."""
    from derive.explain.catalog import has

    own = f"mistake.{mistake}"
    function = family(rule)[1]
    if has("en", own, "wrong") or not mistake.startswith(f"{function}-"):
        return own
    return f"mistake.family.{mistake.removeprefix(f'{function}-')}"


@cache
def has_side(rule: str) -> bool:
    found = derivatives().get(rule)
    return found is not None and found.side is not None


def side_calculation(rule: str, bindings: Bindings) -> tuple[Expression, Expression] | None:
    """The outer derivative of a chain rule, (d/dw(sin(w)), cos(w)), for bindings that no step carries it with."""
    pattern = derivatives()[rule].side
    if pattern is None:
        return None
    facts = Facts()
    m = Match(symbol("w"), facts)
    m.bindings = {**bindings, "w": symbol("w")}
    problem = builder(pattern)(m)
    for _, candidates in RULES.operators.at(problem):
        for candidate in candidates:
            found = apply(candidate, problem, facts)
            if found is not None:
                return problem, found[0]
    return None


def _chain(side: tuple[Expression, Expression]) -> dict[str, Slot]:
    problem, slope = side
    return {
        "outer": problem.arguments[0],
        "w": problem.arguments[1],
        "slope": slope,
        "side": make(Equation, (problem, slope), "="),
    }


def _list(run: tuple[Expression, ...]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    for e in run:
        segments += [Segment("text", ", "), Segment("math", e)] if segments else [Segment("math", e)]
    return tuple(segments)


class Rewritten(NamedTuple):
    """What became what."""

    before: Expression
    after: Expression


def _kept_factor(step: Rewritten) -> dict[str, Slot]:
    """3*a*d/dx(x^2): the constants 3*a, and x^2."""
    *constants, last = step.after.arguments
    return {"c": product_of(constants), "v": last.arguments[0]}


def _dropped_terms(step: Rewritten) -> dict[str, Slot]:
    kept = step.after.arguments[0]
    left = set(kept.arguments if type(kept) is Sum else (kept,))
    return {"kept": kept, "dropped": sum_of([t for t in step.before.arguments[0].arguments if t not in left])}


def _constant_part(step: Rewritten) -> dict[str, Slot]:
    """d/dx(|x - x|) became d/dx(|0|): the part x - x, its value 0."""
    part, value = step
    while part.kind == value.kind and len(part.arguments) == len(value.arguments):
        part, value = next((a, b) for a, b in zip(part.arguments, value.arguments, strict=True) if a != b)
    return {"part": part, "value": value}


def _innermost_first(step: Rewritten) -> dict[str, Slot]:
    """∂/∂x(∂²/∂y∂z(u)): first by z, then by x."""
    inner = step.after.arguments[0]
    return {"first": inner.arguments[-2], "then": step.after.arguments[1]}


_MORE: MappingProxyType[str, Callable[[Rewritten], dict[str, Slot]]] = MappingProxyType({
    "derivative.linear": lambda step: {"c": step.after},
    "derivative.constant-multiple": _kept_factor,
    "derivative.constant-terms": _dropped_terms,
    "derivative.constant-part": _constant_part,
    "derivative.mixed": _innermost_first,
    **VECTOR_SLOTS,
})  # fmt: skip
