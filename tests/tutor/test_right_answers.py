"""A right answer is never called wrong, whatever its form."""

from __future__ import annotations

from random import Random

import pytest

from derive.numeric import compare
from derive.trace import Derivation
from derive.tutor import check
from tests.tutor.right_answers import Form, forms, problems

EVERY = 30  # of the textbook's functions, every day: some 150 answers
OTHERS = 150  # random functions at night, beside the whole textbook: some 5,000 answers


def accepted(d: Derivation, form: Form) -> None:
    """Right; or right under conditions, where it really has no value at places where the result has one."""
    verdict = check(d, form.answer, diagnose=False)
    said = f"{form.made_by}: {d.problem} answered {form.answer}: {verdict}"
    assert verdict.verdict in ("correct", "under-conditions"), said
    assert verdict.evidence is not None, said
    if verdict.verdict == "under-conditions":
        assert verdict.reason == "narrower", said
        assert verdict.answer is not None
        assert compare(d.result, verdict.answer, conditions=verdict.conditions).equal, said


def test_right_answers_in_other_forms() -> None:
    rng = Random(20261123)
    count = 0
    for d in problems(EVERY, 2):
        for form in forms(d, rng, sympy=count < 60):
            accepted(d, form)
            count += 1
    assert count >= 120


@pytest.mark.nightly
def test_five_thousand_right_answers() -> None:
    rng = Random(5)
    count = 0
    for d in problems(1, OTHERS):
        for form in forms(d, rng):
            accepted(d, form)
            count += 1
    assert count >= 5000
