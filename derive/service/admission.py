"""What is let in: sizes, names and numbers of a request are checked before anything is worked out."""

from __future__ import annotations

from derive import notation
from derive.engine import Limits
from derive.expressions import Call, Derivative, Expression, Number, Symbol, integer_value, postorder
from derive.notation.problems import Problem
from derive.service.problems import over
from derive.service.settings import Settings


def limits_of(settings: Settings) -> Limits:
    """The engine's budget."""
    return Limits(steps=settings.steps, nodes=settings.distinct, seconds=settings.seconds, order=settings.order)


def admit_text(text: str, settings: Settings) -> str:
    """The text, when it is short enough."""
    if len(text) > settings.characters:
        raise over("characters", settings.characters, f"the text has {len(text):,} characters")
    digits = longest_number(text)
    if digits > settings.digits:
        raise over("digits", settings.digits, f"a number has {digits:,} digits")
    return text


def admit_problem(text: str, wrt: tuple[str, ...], order: int, settings: Settings) -> Problem:
    """The problem as it is read, when its parts are within the limits."""
    admit_text(text, settings)
    for name in wrt:
        admit_name(name, settings)
    found = notation.read_problem(text, wrt=wrt, order=min(order, settings.order + 1))
    admit_expression(found.expression, settings)
    if order > settings.order:
        raise over("order", settings.order, f"a derivative of order {order:,}")
    return found


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


def admit_answer(length: int, settings: Settings) -> None:
    """Whether an answer is short enough to be sent."""
    if length > settings.answer_bytes:
        raise over("answer_bytes", settings.answer_bytes, f"the answer has {length:,} bytes")


def longest_number(text: str) -> int:
    """The digits of the longest number that is written in the text."""
    longest = run = 0
    for character in text:
        run = run + 1 if character.isdigit() else run if character in "._," and run else 0
        longest = max(longest, run)
    return longest
