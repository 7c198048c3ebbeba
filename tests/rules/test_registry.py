"""One loop over every rule of the book: examples, soundness, refuted mistakes, patterns that print and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from derive.expressions import Expression
from derive.notation import parse, parse_pattern, text
from derive.numeric import Comparison, compare
from derive.rules import Facts, Match, Mistake, Rule, apply, assumptions, matched, registry, right_side
from tests.rules.instances import instances

RULES = [pytest.param(rule, id=rule.id) for rule in registry().values()]
MISTAKES = [pytest.param(rule, m, id=f"{rule.id}:{m.id}") for rule in registry().values() for m in rule.mistakes]
SEARCH = settings(
    max_examples=25 if settings.default.max_examples <= 100 else settings.default.max_examples // 4,
    suppress_health_check=[*HealthCheck],
)


def judged(before: Expression, after: Expression, rule: Rule, match: Match) -> Comparison:
    """The numeric judge on two sides, at points where what the rule assumes holds."""
    single = [a[0] for a in assumptions(rule, match) if len(a) == 1]
    return compare(before, after, points=8, conditions=single)


def applied(rule: Rule) -> Iterator[tuple[Expression, Expression, Match]]:
    """(before, after, match) of the positive examples."""
    for before, after in rule.examples:
        found = apply(rule, parse(before), Facts())
        if after is not None and found is not None:
            yield parse(before), *found


def test_ids_are_unique_and_well_formed() -> None:
    ids = [rule.id for rule in registry().values()]
    mistakes = [m.id for rule in registry().values() for m in rule.mistakes]
    assert len(set(ids)) == len(ids)
    assert len(set(mistakes)) == len(mistakes)
    for one in ids:
        assert re.fullmatch(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+", one)
    for one in mistakes:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)
    assert set(registry()) == set(ids)


@pytest.mark.parametrize("rule", RULES)
def test_examples_hold(rule: Rule) -> None:
    assert any(after is not None for _, after in rule.examples), "an example that applies is missing"
    assert any(after is None for _, after in rule.examples), "a close call is missing"
    for before, after in rule.examples:
        found = apply(rule, parse(before), Facts())
        if after is None:
            assert found is None, f"{before} must not match, and became {text(found[0])}"
        else:
            assert found is not None, f"{before} does not match"
            assert text(found[0]) == text(parse(after))
            assert found[0] == parse(after)


@pytest.mark.parametrize("rule", RULES)
def test_patterns_print_and_read_back(rule: Rule) -> None:
    sides = [rule.lhs, rule.rhs, rule.side, *(m.rhs for m in rule.mistakes)]
    if isinstance(rule.assumes, tuple):
        sides += [part for alternatives in rule.assumes for part in alternatives.split(" or ")]
    for side in sides:
        if isinstance(side, str):
            pattern = parse_pattern(side)
            assert parse_pattern(str(pattern)) == pattern


@pytest.mark.parametrize("rule", RULES)
def test_examples_have_the_same_value(rule: Rule) -> None:
    verdicts = [judged(before, after, rule, match) for before, after, match in applied(rule)]
    assert all(v.verdict != "different" for v in verdicts), verdicts
    if rule.id != "limit.infinite":  # what grows without bound has no value to compare
        assert any(v.verdict == "equal" for v in verdicts), verdicts


@pytest.mark.parametrize("rule", RULES)
def test_sound(rule: Rule) -> None:
    """Random instances agree to 30 digits; where the left side and the assumptions hold, the right side has a value."""

    @SEARCH
    @given(instances(rule))
    def sound(before: Expression) -> None:
        found = apply(rule, before, Facts())
        if found is None:
            return
        seen = judged(before, found[0], rule, found[1])
        assert seen.verdict != "different", f"{text(before)}  →  {text(found[0])}: {seen.witness} {seen.reason}"
        assert seen.narrower is None, f"{text(before)}  →  {text(found[0])} has no value at {seen.narrower}"

    sound()


@pytest.mark.parametrize(("rule", "mistake"), MISTAKES)
def test_mistakes_are_refuted(rule: Rule, mistake: Mistake) -> None:
    """Some instance of every mistake certainly has another value."""
    for before, _ in rule.examples:
        match = matched(rule, parse(before), Facts())
        if match is not None and refuted(parse(before), rule, mistake, match):
            return
    found = False

    @SEARCH
    @given(instances(rule), st.just(None))
    def search(before: Expression, _: None) -> None:
        nonlocal found
        match = None if found else matched(rule, before, Facts())
        if match is not None and refuted(before, rule, mistake, match):
            found = True

    search()
    assert found, "no witness against this mistake was found"


def refuted(before: Expression, rule: Rule, mistake: Mistake, match: Match) -> bool:
    """Whether the mistake's right side certainly differs from the expression."""
    wrong = right_side(mistake.rhs, match)
    return wrong is not None and judged(before, wrong, rule, match).verdict == "different"
