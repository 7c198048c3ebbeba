"""Next steps from any expression a student stands at: all of them, the best one, how many are left.

The names are those of the feedback services of Heeren and Jeuring: allfirsts, onefirst, apply, stepsremaining, ready.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from derive import notation
from derive.engine import work_out
from derive.errors import UsageError
from derive.expressions import Expression, Path, at, replace_at
from derive.rules import Facts, registry
from derive.rules import apply as applied
from derive.strategy import METHODS, RULES, Method, Redex, next_steps

MOST = 200  # next steps that are listed; a line of homework has some 20


def named(method: str | Method) -> Method:
    """The method of that name; UsageError for one that does not exist."""
    if isinstance(method, Method):
        return method
    from derive.engine.problems import method_named

    return method_named(method)


def expression_at(text: str | Expression) -> Expression:
    """Where somebody stands: an expression, or a problem as `solve` reads it."""
    if isinstance(text, Expression):
        return text
    return notation.read_problem(text).expression if _is_problem(text) else notation.parse(text)


def _is_problem(text: str) -> bool:
    from derive.errors import ReadError

    try:
        notation.parse(text)
    except ReadError:
        return True
    return False


def allfirsts(where: str | Expression, method: str | Method = "rules") -> tuple[Redex, ...]:
    """Every next step of the method, best first."""
    found = expression_at(where)
    return tuple(islice(_firsts(found, named(method)), MOST))


def onefirst(where: str | Expression, method: str | Method = "rules") -> Redex | None:
    """The best next step; None when the expression is ready."""
    return next(_firsts(expression_at(where), named(method)), None)


def apply(rule: str, where: str | Expression, path: Path | Sequence[int] = ()) -> Expression:
    """The whole expression after one rule at one place; UsageError where it does not apply."""
    whole = expression_at(where)
    book = registry()
    if rule not in book:
        raise UsageError(f"there is no rule {rule!r}: `derive rules` lists them")
    try:
        place = at(whole, tuple(path))
    except IndexError:
        raise UsageError(f"there is no place {tuple(path)} in {whole}") from None
    found = applied(book[rule], place, Facts())
    if found is None:
        raise UsageError(f"{rule} does not apply to {place}")
    return replace_at(whole, tuple(path), found[0])


def stepsremaining(where: str | Expression, method: str | Method = "rules") -> int:
    """How many steps the method takes from here."""
    return len(work_out(expression_at(where), named(method)).log)


def ready(where: str | Expression, method: str | Method = "rules") -> bool:
    """Whether nothing is left to do."""
    return onefirst(where, method) is None


def _firsts(e: Expression, method: Method) -> Iterator[Redex]:
    stages = [method]
    while stages[-1].before is not None:
        stages.append(stages[-1].before)
    facts = Facts()
    for stage in reversed(stages):
        yield from next_steps(stage.strategy, e, facts)


__all__ = ["METHODS", "RULES", "allfirsts", "apply", "expression_at", "named", "onefirst", "ready", "stepsremaining"]
