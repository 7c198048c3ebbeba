"""Exercises: they can be solved, their distractors are wrong, no two are alike, the same seed gives the same."""

from __future__ import annotations

import pytest

from derive import solve
from derive.errors import UsageError
from derive.explain.catalog import LANGUAGES, text_of
from derive.expressions import Call, Number, Power, Product, Quotient, Sum, postorder, symbols, tree_size
from derive.numeric import compare
from derive.rules import registry
from derive.tutor import check, practice, worksheet
from derive.tutor.judging import comparable
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
            assert compare(*comparable(exercise.answer, wrong.answer)).verdict != "equal"
            assert wrong.mistake in [m.id for m in registry()[wrong.rule].mistakes]


def test_the_same_seed_gives_the_same() -> None:
    assert [e.problem for e in practice(seed=7, count=3)] == [e.problem for e in practice(seed=7, count=3)]
    assert [e.problem for e in practice(seed=7, count=3)] != [e.problem for e in practice(seed=8, count=3)]


@pytest.mark.parametrize("difficulty", [1, 3, 5])
def test_no_two_are_alike(difficulty: int) -> None:
    found = practice("chain-rule", difficulty, 3, 8)
    assert len({e.problem for e in found}) == len(found) == 8


@pytest.mark.parametrize("topic", TOPICS)
def test_levels_rise(topic: str) -> None:
    """Rules used and size of the answer, on average over a set, do not fall from the first level to the last."""
    sets = [practice(topic, level, 1, 5, distractors=0) for level in (1, 3, 5)]
    rules = [sum(len(e.rules) for e in found) / len(found) for found in sets]
    sizes = [sum(tree_size(e.answer) for e in found) / len(found) for found in sets]
    assert rules[0] < rules[2] or sizes[0] < sizes[2]
    assert sizes[0] < sizes[1] * 1.5 < sizes[2] * 3


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_problems_are_not_silly(topic: str, level: int) -> None:
    """No exponential of a logarithm, no equal terms or factors, no fraction that cancels, no constant answer."""
    for exercise in practice(topic, level, 4, 3, distractors=0):
        for n in postorder(solve(exercise.problem).problem):
            parts = [a for a in n.arguments if not isinstance(a, Number)]
            if isinstance(n, (Sum, Product, Quotient)):
                assert len(set(parts)) == len(parts), exercise.problem
            if isinstance(n, Power):
                assert not (isinstance(n.exponent, Call) and n.exponent.label == "ln"), exercise.problem
                assert not isinstance(n.base, Power), exercise.problem
        assert symbols(exercise.answer), exercise.problem
        assert len(str(exercise.answer)) < 160, exercise.problem


def test_problems_are_written_as_people_write_them() -> None:
    assert practice("tangent", 1, 1, 1)[0].problem.startswith("tangent to x^2")
    assert practice("implicit", 2, 1, 1)[0].problem.endswith(", dy/dx")
    assert practice("jacobian", 1, 1, 1)[0].problem.startswith("jacobian [")


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
