"""Definitions in a problem, `f(x, y) = …` and `y = …`: which names they make, and how they are put in."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeAlias

from derive.errors import NameProblem
from derive.expressions import (
    ONE, Call, Derivative, Equation, Expression, Substitution, Symbol, make, natural, postorder, put_in, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation.letters import GREEK
from derive.notation.names import is_abstract

LONGEST_STATEMENT = 10_000  # characters in which names are looked for; the longest collected problem has 400

Definition: TypeAlias = tuple[str, tuple[Expression, ...], Expression]
"""Name, parameters, body."""


def definition(e: Expression) -> Definition | None:
    """f(x, y) = … as (f, (x, y), …), y = … as (y, (), …)."""
    if type(e) is not Equation or e.label != "=":
        return None
    left, right = e.arguments
    if type(left) is Symbol and left.label not in symbols(right):
        return str(left.label), (), right
    if type(left) is Call and type(left.label) is str and all(type(a) is Symbol for a in left.arguments):
        if len(set(left.arguments)) == len(left.arguments) and _may_be_defined(left.label):
            return left.label, left.arguments, right
    return None


def _may_be_defined(name: str) -> bool:
    return name not in FUNCTIONS or is_abstract(name)


def with_definition(e: Expression, known: Definition) -> Expression:
    """`e` with what was defined put in: with f(x) = x^2, `f'(3)  →  at(d/dx(x^2), x = 3)`."""
    name, parameters, body = known
    table: dict[Expression, Expression] = {}
    for node in postorder(e):
        if type(node) is Call and node.name == name:
            table[node] = _value(node, parameters, body)
        elif type(node) is Symbol and node.label == name:
            table[node] = body
        elif type(node) is Derivative and make(Symbol, (), name) in node.arguments[1::2]:
            return e  # d/dy: y is a variable here
    return put_in(e, table) if table else e


def _value(node: Expression, parameters: tuple[Expression, ...], body: Expression) -> Expression:
    """f at its arguments, differentiated where the call says so."""
    arguments = node.arguments
    if not parameters:  # y = x^2: y(x) is its body
        parameters = arguments if all(type(a) is Symbol for a in arguments) else ()
    if set(arguments) < set(parameters) and type(node.label) is str:
        return body  # ∂f/∂x, where f(x, y) was defined
    if len(parameters) != len(arguments):
        raise NameProblem(f"{node.label} is defined with {len(parameters)} variables, used with {len(arguments)}")
    value = body
    pairs: list[Any] = []
    orders = node.orders  # type: ignore[attr-defined]
    for parameter, order in zip(parameters, orders, strict=True):
        if order:
            pairs += (parameter, ONE if order == 1 else natural(order))
    if pairs:
        value = make(Derivative, (value, *pairs), len(parameters) > 1)
        if parameters == arguments:
            return value
        moved = [x for p, a in zip(parameters, arguments, strict=True) if p != a for x in (p, a)]
        return make(Substitution, (value, *moved))
    return value if parameters == arguments else put_in(value, dict(zip(parameters, arguments, strict=True)))


def parameter(names: Collection[str]) -> str | None:
    """The letter by which a curve runs: the only one, else t or theta; None where several could be meant."""
    return next((n for n in names if len(names) == 1 or n in ("t", "theta")), None)


def defined_names(text: str) -> frozenset[str]:
    """Names of several letters on the left of a plain `=`: `speed = 3*t`."""
    found = re.findall(r"(?:^|[,;\n]|where|and)[ \t]*+([A-Za-z]{2,}+)\s*+=(?!=)", text[:LONGEST_STATEMENT])
    return frozenset(n for n in found if n not in GREEK and n not in ("pi", "where", "and"))


def defined_functions(text: str) -> frozenset[str]:
    """Names on the left of `=` with their variables in brackets: `r(t) = …`."""
    variables = r"\s*[A-Za-z0-9_]++\s*+(?:,\s*+[A-Za-z0-9_]++\s*+)*+"
    found = re.findall(rf"(?<![A-Za-z])([A-Za-z]++)\s?\({variables}\)\s*+=(?!=)", text[:LONGEST_STATEMENT])
    return frozenset(found)
