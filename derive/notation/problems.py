"""Problems: what is to be done, with which expression, by which variables.

d/dx x^2*sin(x)                              differentiate
f(x) = x^2; f'(2)                            evaluate-derivative
d/dt f(x, y) where x = cos(t), y = sin(t)    chain
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.expressions import Expression
from derive.notation.building_steps import Step
from derive.notation.definitions import LONGEST_STATEMENT, defined_functions, defined_names
from derive.notation.dependence import names_its_function, total_derivative
from derive.notation.lexed import Lexed
from derive.notation.lexer import lex
from derive.notation.parser import built, named
from derive.notation.reading import Note, notes
from derive.notation.statements import Statement

if TYPE_CHECKING:
    from derive.notation.lines import Found

_CURVES = re.compile(
    r"tangent|normal|linear|taylor|maclaurin|differential|parametric|implicit|inverse"
    r"|d\s*+(?:\^\s*+\{?2\}?\s*+|²\s*+)?[a-z]\s*+/\s*+d|-\s*+1\s*+\}?\)?\s*+\)\s*+'",
    re.IGNORECASE,
)
"""What sentences about curves have in them; the others need not be looked at twice."""
_FIELD = re.compile(r"\\(?:operatorname|mathrm)\s*\{(div|curl|grad)\}")
TASKS = (
    "differentiate", "evaluate-derivative", "gradient", "jacobian", "hessian", "divergence", "curl", "laplacian",
    "directional", "chain", "implicit", "limit", "simplify", "tangent", "linearization", "taylor", "differential",
    "parametric", "inverse",
)  # fmt: skip


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class Problem:
    """One problem, ready for a strategy.

    task        one of TASKS
    expression  for differentiate the Derivative operator at its operand, for evaluate-derivative that evaluated at a
                point, for limit the Limit, for implicit the Equation, for jacobian a 1×n or m×1 Matrix of functions
    variables   the variables of differentiation, in order; for implicit (x, y): y depends on x
    where       x = cos(t), …: what the variables of the expression stand for, for chain
    at          the point at which a gradient, Jacobian, Hessian or implicit derivative is asked for; for tangent the
                height y = b that was given with it
    notes       how ambiguous input was read
    """

    task: str
    expression: Expression
    variables: tuple[str, ...] = ()
    where: tuple[tuple[str, Expression], ...] = ()
    at: tuple[tuple[str, Expression], ...] = ()
    notes: tuple[Note, ...] = ()
    text: str = ""


def read_problem(
    text: str, *, wrt: Sequence[str] = (), order: int = 1, names: Sequence[str] = (), latex: bool | None = None
) -> Problem:
    """The problem that `text` states; ReadError or NameProblem where it states none.

    wrt, order  the variables of differentiation and how often, for a text that is only an expression
    """
    if len(text) <= LONGEST_STATEMENT and not names_its_function(text):
        found = _curve_problem(text, names)
        if found:
            where, point = (found[3], found[4]) if len(found) == 5 else ((), ())
            return Problem(*found[:3], where, point, text=text)
    shortened, total = total_derivative(text)
    steps, lexed = _steps(shortened, frozenset(names) | {n for n in wrt if len(n) > 1 or n == "e"}, latex)
    lexed.text = text
    statement = Statement(text, steps, tuple(wrt), order, total)
    task, expression, variables, pairs, more = statement.problem()
    at = statement.point(task, expression, variables)
    return Problem(task, expression, variables, pairs, at, (*notes(lexed), *more), text)


def _curve_problem(text: str, names: Sequence[str]) -> Found | None:
    """The problem about a curve that `text` states, if it is one."""
    if "\\" in text:
        from derive.notation.tex_slopes import with_plain_slopes

        text = with_plain_slopes(with_plain_words(text))
    if not _CURVES.search(text):
        return None
    from derive.notation.curve_problems import read_curve_problem

    return read_curve_problem(text, names)


def _steps(text: str, names: frozenset[str], latex: bool | None) -> tuple[list[Step], Lexed]:
    """The lines of the problem, read with the names that they define."""
    body = _stripped(text)
    names = named(text, names) | defined_names(body)
    lexed = lex(body, names, latex=latex, problem=True, functions=defined_functions(body))
    lexed.text = text
    steps: list[Step] = built(lexed, "problem")
    return steps, lexed


def with_plain_words(text: str) -> str:
    r"""The words in \\text{…}, and \\operatorname{div}, as words, of the same length, so that columns stay."""
    if "{div}" in text or "{curl}" in text or "{grad}" in text:
        text = _FIELD.sub(lambda m: m[1].rjust(len(m[0]) - 1) + " ", text)
    if "\\text" not in text or "cases" in text:
        return text
    return re.sub(r"\\text(?:rm)?\s*\{([A-Za-z ,.]*)\}", lambda m: m[1].rjust(len(m[0]) - 1) + " ", text)


def _stripped(text: str) -> str:
    """`text` without the full stop, question mark or `=` at its end."""
    body = text.rstrip()
    while body and (body[-1] in "?=" or (body[-1] in ".:;,!" and body[-2:-1] not in (".", "\\") and body[-1] != "!")):
        body = body[:-1].rstrip()
    body = re.sub(r"\.(?=\$?\s+[A-Z])", ";", body)  # a full stop between sentences
    return with_plain_words(body)
