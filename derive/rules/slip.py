"""A slip: what students write for a form that has no rule of its own, or where no rule was asked for.

ln(a + b) is not ln(a) + ln(b): there is nothing right to replace it with, so no rule carries this mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from derive.expressions import Expression
from derive.rules.model import Match

Wrong: TypeAlias = "str | Callable[[Match], Expression | tuple[Expression, ...] | None]"
"""A wrong form: a pattern, or a function of the match that answers one or several of them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong rewriting of a form.

    kind      the kind of node it is about; examples: (before, the first wrong form), None for a close call
    """

    id: str
    lhs: str
    rhs: Wrong
    examples: tuple[tuple[str, str | None], ...] = field(default=(), compare=False)
    kind: str = ""
