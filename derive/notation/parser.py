"""Text to expression: the one door; `parse(str(e)) == e` for every expression."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from typing import Any

from derive.errors import NameProblem, ReadError
from derive.expressions import Equation, Expression
from derive.functions import INVERSES
from derive.notation.actions import ACTIONS
from derive.notation.building import Slip
from derive.notation.explicit import explicit
from derive.notation.letters import GREEK
from derive.notation.lexed import Lexed, error_at
from derive.notation.lexer import again, lex
from derive.notation.machine import Machine, Unexpected, machine, run, run_using_up
from derive.notation.tokens import Token


def parse(text: str, *, names: Collection[str] = (), relations: bool = True, latex: bool | None = None) -> Expression:
    """The expression that `text` spells, in plain notation, Unicode or LaTeX; ReadError where it cannot be read.

    names      names of several letters that are one variable: with {"xy"}, `xy` is not x·y
    relations  whether `a = b`, `a < b` are read too
    latex      whether it is LaTeX; None: by its looks
    """
    expression, _ = parse_noting(text, frozenset(names), relations, latex)
    return expression


def parse_pattern(text: str) -> Expression:
    """Like parse, with metavariables: `d/d?x(?u * ?v)`, `??rest`, `?f(?u)`."""
    expression: Expression = built(lex(text, pattern=True), "pattern")
    return expression


def parse_noting(
    text: str, names: frozenset[str], relations: bool = True, latex: bool | None = None
) -> tuple[Expression, Lexed]:
    """The expression and what was found on the way, with the guesses made."""
    lexed = lex(text, named(text, names), latex=latex)
    expression: Expression = built(lexed, "expression")
    if not relations and type(expression) is Equation:
        sign = next(t for t in (lexed.tokens or again(lexed).tokens) if t.kind == "RELATION")
        raise error_at(text, sign.start, "a relation is not an expression", suggestion="give one side of it")
    return expression, lexed


_VARIABLE_OF_DIFFERENTIATION = re.compile(r"(?:/\s*|\b|\^[0-9a-z]\s*)(?:d|∂)([A-Za-z]+)(?=[\s()^]|$)")


def named(text: str, names: frozenset[str]) -> frozenset[str]:
    """`names` with the names that stand under a d or ∂: in `d/dspeed speed^2`, `speed` is one variable."""
    if "/" not in text or ("d" not in text and "∂" not in text):
        return names
    if "/d" not in text and "/∂" not in text and "/ d" not in text:
        return names
    found = set(names)
    for name in _VARIABLE_OF_DIFFERENTIATION.findall(text[:10_000]):
        if name == "e" or (
            len(name) > 1 and name not in GREEK and re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", text)
        ):
            found.add(name)
    return frozenset(found)


def _mark_metavariables(tokens: list[Token]) -> None:
    """Tells ?u from a letter, except where an operator names its variable: `lim ?h->0`."""
    for token, following in pairwise(tokens):
        if token.kind == "NAME" and str(token.value.label).startswith("?") and following.kind != "TO":
            token.kind = "METAVARIABLE"


@cache
def _machine(start: str) -> Machine:
    return machine(start, ACTIONS)


MANY = 20_000  # tokens; a hundred bytes each


def built(lexed: Lexed, start: str, *, kept: bool = False) -> Any:
    """The value of the tokens; every failure as a ReadError with its place.

    The tokens of a long text are used up unless they are `kept`.
    """
    try:
        tokens = explicit(lexed)
        if lexed.pattern:
            _mark_metavariables(tokens)
        if len(tokens) > MANY and not kept:
            lexed.tokens = []  # they, and what is read of them, are most of the memory
            try:
                value = run_using_up(tokens, _machine(start))
            except Unexpected:  # where it stands is told from all of them
                return built(again(lexed), start, kept=True)
        else:
            value = run(tokens, _machine(start))
    except Slip as slip:
        at = max(slip.at, 0)
        error = NameProblem if slip.kind == "name" else ReadError
        where = error_at(lexed.text, at, slip.message, suggestion=slip.suggestion)
        raise error(
            slip.message, text=lexed.text, line=where.line, column=where.column, suggestion=slip.suggestion
        ) from None
    except Unexpected as unexpected:
        from derive.notation.complaints import complaint

        raise complaint(lexed, tokens, unexpected) from None
    based = {head.start for head in lexed.heads if head.name == "log"}
    lexed.notes = [note for note in lexed.notes if note[0] != "natural-log" or note[1] not in based]
    for head in lexed.heads:
        if head.inverted:
            lexed.notes.append(("inverse-function", head.start, head.end, head.name, INVERSES[head.name]))
    return value
