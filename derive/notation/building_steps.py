"""Building the steps of a problem: what to do, with what, and what is said after it."""

from __future__ import annotations

from typing import Any

from derive.expressions import Expression
from derive.notation.building import closed


class Step:
    """One line of a problem: what to do (None for a plain expression), with what, and what is said after it."""

    __slots__ = ("at", "by", "limit", "operands", "task", "where")

    def __init__(self, task: tuple[str, int, bool] | None, operands: list[Expression]) -> None:
        self.task = task
        self.operands = operands
        self.by: list[Expression] = []
        self.at: list[Expression] = []
        self.where: list[Expression] = []
        self.limit: tuple[Expression, Expression, str] | None = None


def step(operands: list[Expression], tails: Step) -> Step:
    tails.operands = operands
    return tails


def task_step(task: tuple[str, int, bool], operands: list[Expression], tails: Step) -> Step:
    tails.task, tails.operands = task, operands
    return tails


def task_by_step(task: tuple[str, int, bool], by: list[Expression], operands: list[Expression], tails: Step) -> Step:
    tails.task, tails.by, tails.operands = task, by, operands
    return tails


def task_as_step(
    task: tuple[str, int, bool],
    variable: Expression,
    point: Any,
    direction: str,
    operands: list[Expression],
    tails: Step,
) -> Step:
    tails.task, tails.operands, tails.limit = task, operands, (variable, closed(point), direction)
    return tails


def no_tails() -> Step:
    return Step(None, [])


def by(tails: Step, names: list[Expression]) -> Step:
    tails.by += names
    return tails


def at_point(tails: Step, assignments: list[Expression]) -> Step:
    tails.at += assignments
    return tails


def where(tails: Step, assignments: list[Expression]) -> Step:
    tails.where += assignments
    return tails


def as_limit(tails: Step, variable: Expression, point: Any, direction: str) -> Step:
    tails.limit = (variable, closed(point), direction)
    return tails
