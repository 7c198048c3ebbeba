"""Exercises: they can be solved, their distractors are wrong, no two are alike, the same seed gives the same."""

from __future__ import annotations

import pytest

from derive import solve
from derive.errors import UsageError
from derive.explain.catalog import LANGUAGES, text_of
from derive.numeric import compare
from derive.rules import registry
from derive.tutor import check, practice, worksheet
from derive.tutor.practice import TOPICS, label


@pytest.mark.parametrize("topic", TOPICS)
def test_exercises_of_a_topic(topic: str) -> None:
    found = practice(topic, 2, 1, 2)
    assert found
    for exercise in found:
        d = solve(exercise.problem)
        assert d.outcome == "done"
        assert d.result == exercise.answer
        assert exercise.steps > 0
        assert set(exercise.rules) & set(TOPICS[topic].rules)
        assert check(d, exercise.answer).correct
        for wrong in exercise.distractors:
            assert compare(exercise.answer, wrong.answer).verdict != "equal"
            assert wrong.mistake in [m.id for m in registry()[wrong.rule].mistakes]


def test_the_same_seed_gives_the_same() -> None:
    assert [e.problem for e in practice(seed=7, count=3)] == [e.problem for e in practice(seed=7, count=3)]
    assert [e.problem for e in practice(seed=7, count=3)] != [e.problem for e in practice(seed=8, count=3)]


@pytest.mark.parametrize("difficulty", [1, 3, 5])
def test_no_two_are_alike(difficulty: int) -> None:
    found = practice("chain-rule", difficulty, 3, 8)
    assert len({e.problem for e in found}) == len(found) == 8


def test_unknown_topics_and_numbers_are_refused() -> None:
    with pytest.raises(UsageError, match="there is no topic"):
        practice("cooking")
    with pytest.raises(UsageError, match="difficulty"):
        practice(difficulty=9)
    with pytest.raises(UsageError, match="exercises"):
        practice(count=0)


@pytest.mark.parametrize("format", ["markdown", "html", "latex"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_worksheets(format: str, language: str) -> None:
    found = practice("product-rule", 1, 1, 2)
    bare = worksheet(found, format, language=language)
    answers = worksheet(found, format, solutions="answers", language=language)
    steps = worksheet(found, format, solutions="steps", language=language)
    assert len(bare) < len(answers) < len(steps)
    with pytest.raises(UsageError, match="no format"):
        worksheet(found, "pdf")


def test_every_rule_has_a_label_with_words() -> None:
    for rule in registry():
        for language in LANGUAGES:
            assert text_of(language, "topics", label(rule))
