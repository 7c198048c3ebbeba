"""Reading what somebody answered, in the light of the problem: its names, `y' = …`, rows and vectors."""

from __future__ import annotations

import re

from derive import notation
from derive.errors import ReadError
from derive.expressions import (
    ONE, Call, Constant, Derivative, Equation, Expression, Matrix, Symbol, make, postorder, put_in, symbol, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS

_PRELUDE = re.compile(r"^\s*(?:=|answer\s*:|f'\(x\)\s*=|y'\s*=)\s*", re.IGNORECASE)
_ABS = re.compile(r"\bAbs\(")
_TUPLE = re.compile(r"^\s*[(<⟨](?P<inside>.*)[)>⟩]\s*$", re.DOTALL)


def read_answer(text: str | Expression, problem: Expression, right: Expression) -> Expression:
    """The answer as an expression; ReadError, with its place, for what cannot be read.

    `f'(x) = 2x`, `dy/dx = 2x` and `= 2x` are 2x; `(2x, 1)` and `<2x, 1>` are a row when the right answer is one.
    """
    if isinstance(text, Expression):
        return _value(text, right)
    if not text.strip():
        raise ReadError("the answer is empty", text=text, line=1, column=1)
    theirs = symbols(problem) | symbols(right)
    names = [n for n in theirs if len(n) > 1]
    prelude = _PRELUDE.match(text)
    shift = prelude.end() if prelude else 0
    body = _ABS.sub("abs(", text[shift:])
    row = _TUPLE.match(body)
    if isinstance(right, Matrix) and row and _commas(row["inside"]):
        body = f"[{row['inside']}]"
    try:
        found = notation.read(" " * shift + body, names=names).expression
    except ReadError as error:
        raise ReadError(
            error.message if hasattr(error, "message") else str(error), text=text, line=error.line, column=error.column
        ) from None
    if "E" not in theirs and "E" in symbols(found):  # as computer algebra prints Euler's number
        found = put_in(found, {symbol("E"): make(Constant, (), "e")})
    return _value(with_functions(found, problem), right)


def with_functions(answer: Expression, problem: Expression) -> Expression:
    """`2*y*y'`, `2*y*dy/dx`  →  `2*y(x)*y'(x)` for a problem about y(x), which is a function in the answer, too."""
    theirs, table = symbols(problem), {}
    for node in postorder(problem):
        if type(node) is Call and node.name not in FUNCTIONS and len(node.arguments) == 1:
            if type(node.arguments[0]) is Symbol and node.name not in theirs:
                table[node.name] = node.arguments
    if not table:
        return answer
    now: dict[Expression, Expression] = {}
    for node in postorder(answer):
        if type(node) is Symbol and node.label in table:
            now[node] = make(Call, table[node.label], node.label)
        elif type(node) is Call and node.name in table and node.arguments != table[node.name]:
            if len(node.arguments) == 1 and type(node.arguments[0]) is Symbol and type(node.label) is tuple:
                now[node] = make(Call, table[node.name], node.label)
        elif type(node) is Derivative and node.arguments[1:] == (*table.get(_name(node.operand), ()), ONE):
            now[node] = make(Call, node.operand.arguments, (_name(node.operand), (1,)))
    return put_in(answer, now) if now else answer


def _name(e: Expression) -> str:
    return e.name if type(e) is Call else ""


def _value(e: Expression, right: Expression) -> Expression:
    """The right side of `y' = u`, unless an equation was asked for; a list as a row where a matrix is asked for."""
    if isinstance(e, Equation) and e.label == "=":
        if isinstance(right, Equation):
            return e
        e = e.arguments[1]
    elif isinstance(right, Equation) and not isinstance(e, Equation) and isinstance(right.arguments[0], Symbol):
        return make(Equation, (right.arguments[0], e), "=")
    return e


def _commas(text: str) -> bool:
    """Whether there is a comma outside brackets."""
    depth = 0
    for character in text:
        depth += character in "([{"
        depth -= character in ")]}"
        if character == "," and not depth:
            return True
    return False
