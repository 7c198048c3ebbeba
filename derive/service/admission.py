"""What is let in: sizes, names and numbers of a request are checked before anything is worked out."""

from __future__ import annotations

from functools import partial
from typing import Any

import derive
from derive.engine import Limits
from derive.expressions import Call, Derivative, Expression, Number, Symbol, integer_value, postorder
from derive.notation.problems import Problem
from derive.service.problems import over
from derive.service.settings import Settings
from derive.trace import Derivation


def limits_of(settings: Settings) -> Limits:
    """The engine's budget."""
    return Limits(
        steps=settings.steps, nodes=settings.distinct, seconds=settings.seconds, order=settings.order,
        bits=settings.bits, terms=settings.terms,
    )  # fmt: skip


def solved(problem: str, settings: Settings, **options: Any) -> Derivation:
    """The problem worked out within the limits; it is read once, and looked at before anything is done with it."""
    admit_text(problem, settings)
    admit = partial(admit_problem, settings=settings)
    return derive.solve(problem, limits=limits_of(settings), admit=admit, **options)


def admit_text(text: str, settings: Settings) -> str:
    """The text, when it is short enough."""
    if len(text) > settings.characters:
        raise over("characters", settings.characters, f"the text has {len(text):,} characters")
    digits = longest_number(text)
    if digits > settings.digits:
        raise over("digits", settings.digits, f"a number has {digits:,} digits")
    return text


def admit_problem(found: Problem, settings: Settings) -> None:
    """Whether every part of a problem is within the limits: the expression, what its letters stand for, the point."""
    admit_expression(found.expression, settings)
    for name, e in (*found.where, *found.at):
        admit_name(name, settings)
        admit_expression(e, settings)


def admit_order(order: int, settings: Settings) -> None:
    """An order that is asked for beside the text."""
    if order > settings.order:
        raise over("order", settings.order, f"a derivative of order {order:,}")


def admit_expression(e: Expression, settings: Settings) -> Expression:
    """The expression, when it is small enough."""
    if e.depth > settings.depth:
        raise over("depth", settings.depth, f"the formula is nested {e.depth:,} deep")
    nodes = postorder(e)
    if len(nodes) > settings.nodes:
        raise over("nodes", settings.nodes, f"the formula has {len(nodes):,} parts")
    names = {str(n.label) for n in nodes if type(n) is Symbol}
    if len(names) > settings.variables:
        raise over("variables", settings.variables, f"the formula has {len(names):,} variables")
    for node in nodes:
        if type(node) in (Symbol, Call) and isinstance(node.label, str):
            admit_name(node.label, settings)
        elif type(node) is Derivative:
            for n in node.arguments[2::2]:
                if (integer_value(n) or 0) > settings.order:
                    raise over("order", settings.order, f"a derivative of order {n}")
        elif type(node) is Number and len(str(node.label)) > 2 * settings.digits:
            raise over("digits", settings.digits, "a number is too long")
    return e


def admit_name(name: str, settings: Settings) -> None:
    """A name that a user chose: short enough for formulas and logs."""
    if len(name) > settings.letters:
        raise over("letters", settings.letters, f"a name of {len(name):,} letters")


def longest_number(text: str) -> int:
    """The digits of the longest number that is written in the text."""
    longest = run = 0
    for character in text:
        run = run + 1 if character.isdigit() else run if character in "._," and run else 0
        longest = max(longest, run)
    return longest
