"""Problems on which a known mistake changes the answer, and what the tutor says of each wrong answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import process_time

from hypothesis import HealthCheck, Phase, given, seed, settings

from derive.engine import Limits, work_out
from derive.engine.assemble import derivation
from derive.errors import DeriveError
from derive.expressions import (
    Derivative,
    Equation,
    Expression,
    Limit,
    Matrix,
    is_operator,
    natural,
    postorder,
    power,
    product_of,
    sum_of,
    symbol,
    tree_size,
)  # fmt: skip
from derive.numeric import compare
from derive.rules import Facts, Match, Mistake, Rule, matched, registry, right_side
from derive.rules.pattern import matcher
from derive.rules.slips import SLIPS, Slip
from derive.strategy import RULES, Method
from derive.strategy.first_principles import DEFINITION
from derive.strategy.ways import EXPAND_FIRST, EXPONENTIAL, LOGARITHMIC, NEGATIVE_POWER, TANGENT, TAYLOR
from derive.tutor import check
from derive.tutor.judging import where
from tests.rules.instances import instances
from tests.tutor.within import within

LIMITS = Limits(steps=1000, nodes=100_000, seconds=2.0)
LARGEST = 120  # nodes of a wrong answer; nobody writes longer ones
SECONDS = 5  # for making one problem
DRAWN = 8  # instances drawn for one that is used
METHODS = {
    "definition": DEFINITION, "limit": DEFINITION, "logarithmic": LOGARITHMIC, "taylor": TAYLOR,
    "sum.linear-form": TANGENT, "rewriting.negative-power": NEGATIVE_POWER, "rewriting.exponential": EXPONENTIAL,
    "rewriting.open-brackets": EXPAND_FIRST,
}  # fmt: skip
"""The way of working in which a rule is used, by its id or its topic; all others by the rules."""


@dataclass(frozen=True)
class Case:
    """One wrong answer: the problem, the way of working, what the mistake makes of it."""

    problem: Expression
    method: Method
    wrong: Expression
    answer: Expression


@dataclass(frozen=True)
class Told:
    """What was said: "named", "same" (another mistake with that answer), "pair", "whole", or how it failed."""

    said: str
    seconds: float
    problem: str
    answer: str


class Enough(Exception):
    """No more instances are needed."""


def subjects() -> Iterator[tuple[str, Rule, Mistake | Slip]]:
    """(topic, rule, mistake) of every mistake of the book, then of every slip."""
    for rule in registry().values():
        for mistake in rule.mistakes:
            yield rule.id, rule, mistake
    for slip in SLIPS:
        examples = tuple((b, None if wrong is None else b) for b, wrong in slip.examples)
        yield "slip", Rule(f"slip.{slip.id}", slip.lhs, slip.lhs, examples=examples, kind=slip.kind), slip


def cases(rule: Rule, mistake: Mistake | Slip, count: int) -> list[Case]:
    """At most `count` problems on which the mistake changes the value, the same ones every time.

    Every second one is a part of a larger problem; where few places differ, each stands in several problems.
    """
    drawn: dict[Expression, None] = {}
    found: dict[Expression, Case] = {}
    method = METHODS.get(rule.id) or METHODS.get(rule.id.split(".")[0], RULES)

    def take(before: Expression, around: int) -> None:
        try:
            with within(SECONDS):
                case = _case(rule, mistake, before, method, around)
        except TimeoutError:
            return
        if case is not None and len(found) < count:
            drawn[before] = None
            found[case.problem] = case

    @seed(20261123)
    @settings(
        max_examples=DRAWN * count, phases=[Phase.generate], deadline=None, database=None,
        suppress_health_check=[*HealthCheck],
    )  # fmt: skip
    @given(instances(rule))
    def draw(before: Expression) -> None:
        if len(found) >= count:
            raise Enough
        if before not in drawn:
            take(before, len(found) % 2)

    with suppress(Enough):
        draw()
    for around in range(2, 2 + count):
        if len(found) >= count or not any(map(_is_a_part, drawn)):
            break
        for before in list(drawn):
            if _is_a_part(before):
                take(before, around)
    return list(found.values())


def told(mistake: str, case: Case) -> Told:
    """The tutor's verdict on a wrong answer, from the problem on."""
    start = process_time()
    d = derivation("differentiate", case.problem, case.method)
    verdict = check(d, case.answer)
    seconds = process_time() - start
    said = verdict.verdict
    if said == "wrong" or verdict.slips:
        said = "whole: " + verdict.whole if verdict.whole else "unexplained"
        if verdict.slips:
            said = "named" if verdict.mistake == mistake else "same"
        if len(verdict.slips) > 1:
            said = "pair"
    return Told(said, seconds, str(case.problem), str(case.answer))


def _case(rule: Rule, mistake: Mistake | Slip, before: Expression, method: Method, around: int) -> Case | None:
    match = _match(rule, before)
    if match is None:
        return None
    wrong = right_side(mistake.rhs, match)  # type: ignore[arg-type]
    wrong = wrong[0] if isinstance(wrong, tuple) else wrong
    right = right_side(rule.rhs, match)
    if (
        wrong is None
        or (isinstance(mistake, Mistake) and right in (None, before))
        or wrong in (before, right)
        or tree_size(before) > LARGEST
    ):
        return None
    problem, changed = before, wrong
    if around and _is_a_part(before):
        problem, changed = _within(before, around), _within(wrong, around)
    try:
        done = derivation("differentiate", problem, method, LIMITS)
        worked = work_out(changed, method, LIMITS)
        if done.outcome != "done" or worked.result is None or tree_size(worked.result) > LARGEST:
            return None
        if any(is_operator(n) for n in postorder(worked.result)):
            return None
        values = [e.arguments[1] if isinstance(e, Equation) else e for e in (done.result, worked.result)]
        if compare(*values, conditions=where(done), seconds=1.0).verdict != "different":
            return None
    except DeriveError:
        return None
    return Case(done.problem, method, changed, worked.result)


def _match(rule: Rule, before: Expression) -> Match | None:
    if rule.id.startswith("slip."):
        found = Match(before, Facts())
        return found if matcher(rule.lhs)(before, found) and (not rule.kind or before.kind == rule.kind) else None
    return matched(rule, before, Facts())


def _is_a_part(e: Expression) -> bool:
    """Whether it can stand in a sum: numbers do, rows and equations and operators of fields do not."""
    return not isinstance(e, (Matrix, Equation)) and (not e.open or isinstance(e, (Derivative, Limit)))


def _within(e: Expression, around: int) -> Expression:
    """The expression as a part of a problem: in a sum, beside a factor."""
    return sum_of([product_of([natural(around + 2), e]), power(symbol("x"), natural(1 + around % 4))])
