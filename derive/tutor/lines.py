"""A worked solution, line by line: what was done from each line to the next, or what went wrong there.

The verdicts are tried in a fixed order: unreadable, similar, expected (rule), skipped n steps, other path (rule),
mistake (id), unexplained (right, but by no known way), not-equivalent, unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from time import monotonic

from derive.engine import Limits, solve, work_out
from derive.equality import equivalent
from derive.errors import ReadError
from derive.expressions import Call, Derivative, Expression, Interner, postorder, replace, replace_at
from derive.functions import FUNCTIONS
from derive.rules import Facts, apply, registry
from derive.strategy import Method, next_steps, use
from derive.trace import Derivation
from derive.tutor.answers import read_answer
from derive.tutor.check import method_of
from derive.tutor.found import slipped
from derive.tutor.judging import METHODS
from derive.tutor.search import Search
from derive.tutor.verdicts import Evidence, Verdict
from derive.tutor.witness import witness

SECONDS = 2.0
FIRSTS = 400  # next steps compared with a line
OTHERS = 3000  # applications of any rule anywhere compared with a line


def diagnose(problem: str | Derivation, lines: Sequence[str], *, seconds: float = SECONDS) -> tuple[Verdict, ...]:
    """A verdict for every line of a worked solution, each on the way from the line before it.

    seconds  for the search behind each wrong line. An unreadable line is skipped: the next one is compared with the
    one before it. A line after a wrong one is judged by that one, and marked `carried`.
    """
    derivation = problem if isinstance(problem, Derivation) else solve(problem)
    method, now, carried = method_of(derivation), derivation.problem, False
    found: list[Verdict] = []
    for text in lines:
        verdict, now, carried = _line(text, derivation, method, now, carried, seconds)
        found.append(verdict)
    return tuple(found)


def _line(
    text: str, derivation: Derivation, method: Method, now: Expression, carried: bool, seconds: float
) -> tuple[Verdict, Expression, bool]:
    """(verdict, where the student stands after the line, whether that has another value than the problem)."""
    verdict = Verdict("similar", text=text)
    for piece in _pieces(text):
        try:
            e = read_answer(piece, derivation.problem, derivation.result)
        except ReadError as error:
            return Verdict("unreadable", text=text, reason=str(error)), now, carried
        if _is_name(e) and piece != text:
            continue
        step = between(now, e, method, seconds)
        if step.verdict in ("mistake", "not-equivalent", "unknown"):
            carried = not equivalent(derivation.problem, e, limits=Limits(seconds=seconds))
            if not carried:  # back to the right value
                step = Verdict("unexplained", evidence=step.evidence)
        verdict = changed(
            step, text=text, answer=e, carried=carried and step.verdict not in ("mistake", "not-equivalent")
        )
        now = e
        if step.verdict in ("mistake", "not-equivalent", "unknown"):
            break
    return verdict, now, carried


def between(now: Expression, e: Expression, method: Method, seconds: float = SECONDS) -> Verdict:
    """The verdict on one step, from `now` to `e`."""
    facts, shared = Facts(), Interner()
    now, e = shared.intern(now), shared.intern(e)
    wanted = facts.representative(e)
    if facts.representative(now) is wanted:
        return Verdict("similar", evidence=Evidence("similar"))
    for rule, after in _next(now, method, facts):
        if facts.representative(shared.intern(after)) is wanted:
            return Verdict("expected", rule=rule, right=after, evidence=Evidence("similar"))
    worked = work_out(now, method)
    states = [now]
    for rewrite in worked.log:
        states.append(replace(states[-1], rewrite.before, rewrite.after))
    for n, state in enumerate(states):
        if n and facts.representative(shared.intern(state)) is wanted:
            return _skipped(n, worked.log[0].rule.id, Evidence("similar"))
    for rule, after in _anywhere(now, facts):
        if facts.representative(shared.intern(after)) is wanted:
            return Verdict("other-path", rule=rule, right=after, evidence=Evidence("similar"))
    seen = equivalent(now, e, limits=Limits(seconds=seconds))
    if seen:
        evidence = Evidence(METHODS[seen.evidence.method], seen.evidence.points, seen.evidence.digits)
        return _same_when_tidied(states, e, method, facts, evidence)
    if seen.verdict == "unknown":
        return Verdict("unknown", reason=seen.reason)
    point = witness(now, e, seen)
    used = [(rewrite.rule, rewrite.before) for rewrite in worked.log]
    behind = Search(states, used, e, method, seconds)
    found = behind.one() or behind.two()
    if not found:
        return Verdict("not-equivalent", witness=point, evidence=Evidence("witness", 1))
    return Verdict("mistake", slips=slipped(found), witness=point, evidence=Evidence("witness", 1))


def _skipped(n: int, rule: str, evidence: Evidence) -> Verdict:
    return (
        Verdict("expected", rule=rule, evidence=evidence) if n == 1 else Verdict("skipped", steps=n, evidence=evidence)
    )


def _next(now: Expression, method: Method, facts: Facts) -> Iterator[tuple[str, Expression]]:
    """(rule, the whole after it) of every next step of the method: at its place, and wherever its left side stands."""
    stages = [method]
    while stages[-1].before is not None:
        stages.append(stages[-1].before)
    left = FIRSTS
    for stage in reversed(stages):
        for redex in next_steps(stage.strategy, now, facts):
            yield redex.rule.id, replace(now, redex.before, redex.after)
            yield redex.rule.id, replace_at(now, redex.path, redex.after)
            left -= 1
            if not left:
                return


def _anywhere(now: Expression, facts: Facts) -> Iterator[tuple[str, Expression]]:
    """(rule, the whole after it) of every rule of the book at every place."""
    every = use(*registry().values())
    left = OTHERS
    for node in postorder(now):
        for _, rules in every.at(node):
            for rule in rules:
                found = apply(rule, node, facts)
                if found is not None:
                    yield rule.id, replace(now, node, found[0])
                    left -= 1
                    if not left:
                        return


def _same_when_tidied(
    states: list[Expression], e: Expression, method: Method, facts: Facts, evidence: Evidence
) -> Verdict:
    """A line with the right value: so many steps were skipped if it is a state but for tidying, else unexplained."""
    tidy = Method("tidy", use(), method.tidying)
    end = monotonic() + 0.3
    wanted = facts.representative(work_out(e, tidy).result or e)
    for n, state in enumerate(states):
        if monotonic() > end:
            break
        if n and facts.representative(work_out(state, tidy).result or state) == wanted:
            return (
                Verdict("skipped", steps=n, evidence=evidence) if n > 1 else Verdict("unexplained", evidence=evidence)
            )
    return Verdict("unexplained", evidence=evidence)


def _pieces(text: str) -> list[str]:
    """The expressions of a chain of equalities: `y' = a = b`  →  y', a, b."""
    if any(sign in text for sign in ("<", ">", "!=", "≠", "≤", "≥")):
        return [text]
    parts = [part for part in text.split("=") if part.strip()]
    return parts or [text]


def _is_name(e: Expression) -> bool:
    """Whether a piece only names what is computed: f'(x), dy/dx."""
    inner = e.arguments[0] if isinstance(e, Derivative) else e
    return isinstance(inner, Call) and not (isinstance(inner.label, str) and inner.label in FUNCTIONS)
