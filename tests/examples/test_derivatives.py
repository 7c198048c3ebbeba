"""Derivatives of real inputs, from textbooks, test suites and integration tables, are right at the given points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

import derive
from derive.errors import DeriveError
from derive.notation import text
from tests.examples.records import DIGITS, close, derivative_tasks

SAMPLE = {"textbook": 1, "suites": 1, "polynomials": 1, "multivariable": 1, "rubi": 3}  # every n-th in the quick run


@dataclass
class Score:
    """How many were done, honestly stuck, or wrong."""

    done: int = 0
    stuck: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        total = self.done + len(self.stuck) + len(self.wrong)
        return f"{self.done} of {total} done, {len(self.stuck)} stuck, {len(self.wrong)} wrong"


def judged(record: dict[str, Any], score: Score) -> None:
    """Differentiates one record and compares with its values."""
    label = f"{record['id']}: {record['input']}"
    try:
        d = derive.differentiate(derive.parse(record["input"]), *record["wrt"])
    except DeriveError as error:
        score.stuck.append(f"{label}: {error}")
        return
    if d.outcome != "done":
        score.stuck.append(f"{label}: {d.outcome.reason} {d.outcome.part}")
        return
    for point in record["points"]:
        try:
            value = derive.evaluate(d.result, point["at"], digits=DIGITS)
        except DeriveError as error:
            score.wrong.append(f"{label} = {text(d.result)} at {point['at']}: {error}")
            return
        if not close(value, point["value"]):  # type: ignore[arg-type]
            score.wrong.append(f"{label} = {text(d.result)} at {point['at']}: {value}")
            return
    score.done += 1


def run(name: str, every: int, capsys: pytest.CaptureFixture[str]) -> Score:
    score = Score()
    for record in derivative_tasks(name, every):
        judged(record, score)
    with capsys.disabled():
        print(f"\n  {name}: {score}")
    return score


@pytest.mark.parametrize("name", SAMPLE)
def test_derivatives_are_right(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    score = run(name, SAMPLE[name], capsys)
    assert not score.wrong, "\n".join(score.wrong)
    assert not score.stuck, "\n".join(score.stuck)


@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name, every in SAMPLE.items() if every > 1])
def test_all_derivatives_are_right(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    score = run(name, 1, capsys)
    assert not score.wrong, "\n".join(score.wrong)
    assert not score.stuck, "\n".join(score.stuck)
