"""Gradients, Jacobians, Hessians and chain rules from textbooks: right at the recorded points, to 30 digits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import derive
from derive.expressions import Expression, Matrix
from tests.examples.records import records

DIGITS = 34
CLOSE = Decimal("1e-29")  # relative; the recorded values have 30 digits
TASKS = {"gradient": derive.gradient, "jacobian": derive.jacobian, "hessian": derive.hessian}


def rows(task: str) -> list[dict[str, Any]]:
    return [r for r in records("multivariable") if r["task"] == task]


def values(e: Expression, at: dict[str, str]) -> list[Decimal]:
    """The entries of a matrix, or the one value."""
    entries = e.arguments if isinstance(e, Matrix) else (e,)
    found = [derive.evaluate(entry, at, digits=DIGITS) for entry in entries]
    return [v for v in found if isinstance(v, Decimal)]


def flat(value: Any) -> list[str]:
    """[["1", "2"], ["3", "4"]]  →  1, 2, 3, 4"""
    return [v for part in value for v in flat(part)] if isinstance(value, list) else [value]


def agree(found: list[Decimal], wanted: list[str]) -> bool:
    return len(found) == len(wanted) and all(
        abs(a - Decimal(b)) <= CLOSE * max(1, abs(Decimal(b))) for a, b in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize("task", sorted(TASKS))
def test_recorded_values(task: str) -> None:
    found = rows(task)
    assert len(found) >= 7
    for record in found:
        d = TASKS[task](record["input"], record["wrt"])
        assert d.outcome == "done", record["input"]
        for point in record["points"]:
            assert agree(values(d.result, point["at"]), flat(point["value"])), (record["id"], str(d.result), point)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_series_agree(task: str) -> None:
    """The judge, which uses no rule, agrees to 30 digits."""
    for record in rows(task):
        d = TASKS[task](record["input"], record["wrt"])
        assert d.verification.verdict == "agrees", (record["input"], d.verification)
        assert d.verification.digits >= 30, (record["input"], d.verification.digits)


def test_chains() -> None:
    found = rows("chain")
    assert len(found) >= 12
    for record in found:
        d = derive.chain(record["input"], record["subs"], record["wrt"])
        assert d.outcome == "done", record["input"]
        assert d.steps[0].rule == "chain.matrix-form"
        assert d.verification.verdict == "agrees", (record["input"], d.verification)
        for point in record["points"]:
            assert agree(values(d.result, point["at"]), flat(point["value"])), (record["id"], str(d.result), point)
