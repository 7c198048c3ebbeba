"""From the engine's log to a Derivation: its steps with their bindings and side calculations, its outcome."""

from __future__ import annotations

from collections.abc import Iterator
from time import thread_time
from typing import TYPE_CHECKING, TypeAlias

from derive.engine import evidence
from derive.engine.agenda import CITE, Limits, Worked, work_out
from derive.engine.findings import finding, nowhere
from derive.engine.needs import assumed, needed_conditions, sharp, without_implied
from derive.engine.removable import needs_both_sides
from derive.expressions import (
    Derivative, Expression, Substitution, Summation, is_operator, postorder, symbol,
)  # fmt: skip
from derive.rules import Facts, Match, Rule
from derive.rules.apply import apply_first
from derive.rules.pattern import builder
from derive.strategy import Method
from derive.strategy.methods import RULES
from derive.trace import Derivation, Outcome, Step, made_step

if TYPE_CHECKING:
    from derive.notation import Note
    from derive.numeric import Verification

_FRESH = "wtzsvuqp"  # names for the variable of a side calculation, the first that is free


def derivation(
    task: str,
    problem: Expression,
    method: Method,
    limits: Limits | None = None,
    interpretation: tuple[Note, ...] = (),
) -> Derivation:
    """`problem` worked out by `method` as a Derivation; what is not asked for is not made."""
    start = thread_time()
    worked = work_out(problem, method, limits)
    if method.name == RULES.name and needs_both_sides(worked, sharp):
        from derive.strategy.ways import AT_POINT

        method = AT_POINT
        worked = work_out(problem, method, limits)
    return Derivation(
        task=task,
        problem=worked.problem,
        result=worked.result,
        rewrites=[(r.before, r.after) for r in worked.log],
        outcome=lambda: outcome_of(worked, method),
        method=method.name,
        interpretation=interpretation,
        steps=lambda d: tuple(steps_of(worked, method, d)),
        conditions=lambda d: sharp(worked)[0],
        verification=evidence.verification,
        findings=lambda d: sharp(worked)[1],
        judged=evidence.judged,
        seconds=thread_time() - start,
    )


def unsupported(task: str, problem: Expression, reason: str, interpretation: tuple[Note, ...] = ()) -> Derivation:
    """A Derivation without steps that says why there are none."""
    return Derivation(
        task=task,
        problem=problem,
        result=problem,
        rewrites=(),
        outcome=Outcome("stuck", reason, problem),
        method="rules",
        interpretation=interpretation,
        steps=lambda d: (),
        conditions=lambda d: (),
        verification=lambda d: _unchecked(reason),
    )


def outcome_of(worked: Worked, method: Method) -> Outcome:
    """Whether a problem came to an end: done, stuck and where, or stopped by a limit."""
    if worked.limit is not None:
        return Outcome("budget", str(worked.limit), limit=worked.limit.limit)
    assert worked.result is not None
    found = finding(worked, method)
    if found is not None:
        return found
    keeps = method.keeps
    left = [
        e
        for e in worked.facts.parts(worked.result)
        if (is_operator(e) or type(e) is Substitution)
        and not (keeps and (keeps(e) or (type(e) is Substitution and any(keeps(n) for n in postorder(e.operand)))))
    ]
    if left:
        part = min(left, key=lambda e: e.depth)
        if type(part) is Derivative and _counts(part, worked.facts):
            return Outcome("stuck", "whole-number", part)
        return Outcome("stuck", "no-rule" if type(part) is Derivative else f"no-rule-{part.kind}", part)
    return nowhere(worked, sharp(worked)[0], needed_conditions) or Outcome("done")


def _counts(d: Derivative, facts: Facts) -> bool:
    """Whether a derivative is asked by a letter in the bounds of a sum."""
    u = d.operand
    return type(u) is Summation and any(facts.depends(end, x) for end in u.arguments[2:] for x in d.arguments[1::2])


def _unchecked(reason: str) -> Verification:
    from derive.numeric import Verification

    return Verification(verdict="unchecked", reason=reason)


def steps_of(worked: Worked, method: Method, d: Derivation) -> Iterator[Step]:
    """The rewritings of the log as steps, each with what it assumes and the side calculation next to it."""
    facts, locate = worked.facts, d.states.place
    sides: _Sides = {}
    for index, r in enumerate(worked.log):
        m = r.match(facts)
        yield made_step(
            index, r.rule.id, r.before, r.after, r.rule.weight,
            bindings=dict(m.bindings) if m is not None and r.rule is not CITE else {},
            partial=m.partial if m is not None else False,
            cites=r.cites,
            conditions=without_implied(assumed(worked, index)),
            steps=_side(r.rule, m, method, facts, sides) if m is not None and r.rule.side else (),
            locate=locate,
        )  # fmt: skip


_Sides: TypeAlias = "dict[tuple[str, Expression], tuple[Step, ...]]"


def _side(rule: Rule, m: Match, method: Method, facts: Facts, known: _Sides) -> tuple[Step, ...]:
    """The side calculation of a step: d/dw(sin(w)) → cos(w); what each rule and problem came to is `known`."""
    assert rule.side is not None
    side = Match(m.node, facts)
    side.bindings = {**m.bindings, "w": _fresh(m)}
    side.partial = m.partial
    problem = builder(rule.side)(side)
    key = rule.id, problem
    if key not in known:
        known[key] = ()
        found = apply_first(method.operators.plan(problem), problem, facts)
        if found is not None:
            table, after, match = found
            bindings = dict(match.bindings)
            known[key] = (made_step(0, table.id, problem, after, table.weight, bindings, match.partial, None, (), ()),)
    return known[key]


def _fresh(m: Match) -> Expression:
    for letter in _FRESH:
        name = symbol(letter)
        if not m.facts.depends(m.node, name):
            return name
    return symbol("w_0")
