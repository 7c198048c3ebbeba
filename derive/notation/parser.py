"""Text to expression: the one door; `parse(str(e)) == e` for every expression."""

from __future__ import annotations

from collections.abc import Collection

from derive.errors import NameProblem, ReadError
from derive.expressions import Equation, Expression
from derive.notation.actions import ACTIONS, Slip
from derive.notation.explicit import explicit
from derive.notation.lexer import Lexed, error_at, lex
from derive.notation.machine import Unexpected, run


def parse(text: str, *, names: Collection[str] = (), relations: bool = True) -> Expression:
    """The expression that `text` spells, in plain notation, Unicode or LaTeX; ReadError where it cannot be read.

    names      names of several letters that are one variable: with {"xy"}, `xy` is not x·y
    relations  whether `a = b`, `a < b` are read too
    """
    expression, _ = parse_noting(text, frozenset(names), relations)
    return expression


def parse_pattern(text: str) -> Expression:
    """Like parse, with metavariables: `d/d?x(?u * ?v)`, `??rest`, `?f(?u)`."""
    lexed = lex(text, pattern=True)
    return built(lexed, "expression")


def parse_noting(text: str, names: frozenset[str], relations: bool = True) -> tuple[Expression, Lexed]:
    """The expression and what was found on the way, with the guesses made."""
    lexed = lexed_text(text, names)
    expression: Expression = built(lexed, "expression")
    if not relations and type(expression) is Equation:
        sign = next(t for t in lexed.tokens if t.kind == "RELATION")
        raise error_at(text, sign.start, "a relation is not an expression", suggestion="give one side of it")
    return expression, lexed


def lexed_text(text: str, names: frozenset[str] = frozenset()) -> Lexed:
    """The tokens of `text`, as LaTeX where it looks like LaTeX."""
    return lex(text, names)


def built(lexed: Lexed, start: str) -> Expression:
    """The value of the tokens; every failure as a ReadError with its place."""
    try:
        tokens = explicit(lexed)
        return run(tokens, start, ACTIONS)  # type: ignore[no-any-return]
    except Slip as slip:
        at = slip.at if slip.at >= 0 else 0
        error = NameProblem if slip.kind == "name" else ReadError
        where = error_at(lexed.text, at, slip.message, suggestion=slip.suggestion)
        raise error(
            slip.message, text=lexed.text, line=where.line, column=where.column, suggestion=slip.suggestion
        ) from None
    except Unexpected as unexpected:
        from derive.notation.complaints import complaint

        raise complaint(lexed, tokens, unexpected) from None
