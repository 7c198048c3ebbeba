"""A problem at a point: at=2, at="x = 1, y = 2", at={"x": 1}, and the words that ask for the definition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from derive import notation
from derive.errors import UsageError
from derive.expressions import Derivative, Equation, Expression, Limit, Substitution, Symbol, make, postorder, symbol

Value: TypeAlias = str | int | Expression
At: TypeAlias = Value | Mapping[str, Value] | None

_BY_DEFINITION = re.compile(
    r"[\s,;]*\b((by|using) (the |its )?(limit )?definition|(from|by) first principles)\s*[.?]?\s*$"
    r"|[\s,;]*정의(로|에 따라|에 의해|를 이용해서?)\s*[.?]?\s*$",
    re.IGNORECASE,
)


def without_method(text: str) -> tuple[str, bool]:
    """(the problem, whether it asks for the definition): `d/dx x^2 by definition  →  d/dx x^2, True`."""
    found = _BY_DEFINITION.search(text)
    return (text[: found.start()], True) if found else (text, False)


def at_point(problem: Expression, at: At) -> Expression:
    """`problem` at a point: `d/dx(x^2), 3  →  at(d/dx(x^2), x = 3)`."""
    if at is None:
        return problem
    pairs = _pairs(problem, at)
    return make(Substitution, (problem, *[e for pair in pairs for e in pair]))


def _pairs(problem: Expression, at: Value | Mapping[str, Value]) -> list[tuple[Expression, Expression]]:
    if isinstance(at, Mapping):
        return [(symbol(name), _value(value)) for name, value in at.items()]
    parts = [_value(part) for part in at.split(",")] if isinstance(at, str) else [_value(at)]
    found: list[tuple[Expression, Expression]] = []
    for part in parts:
        if isinstance(part, Equation) and part.label == "=" and isinstance(part.left, Symbol):
            found.append((part.left, part.right))
        elif isinstance(part, Equation) or len(parts) > 1:
            raise UsageError(f"a point is a value, or x = value for each variable, not {part}")
        else:
            found.append((_variable(problem), part))
    return found


def _variable(problem: Expression) -> Expression:
    """The variable that a single value is meant for: that of the derivative."""
    operators = [n for n in postorder(problem) if isinstance(n, (Derivative, Limit))]
    variables = {x for n in operators if isinstance(n, Derivative) for x in n.arguments[1::2]}
    if len(variables) != 1:
        raise UsageError("with several variables, or none, a point names them: x = 1, y = 2")
    return variables.pop()


def _value(value: Value) -> Expression:
    if isinstance(value, Expression):
        return value
    return notation.parse(str(value).strip())
