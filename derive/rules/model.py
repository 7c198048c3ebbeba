"""A rule is a value: what it matches, what it becomes, what it needs, how students get it wrong.

Rules know nothing of steps, words or servers. Patterns are text in the notation of mathematics,
read on first use; `rhs` may be a function of the match where a pattern cannot say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from derive.errors import RuleError
from derive.expressions import Derivative, Expression

if TYPE_CHECKING:
    from derive.rules.facts import Facts

Weight: TypeAlias = Literal["major", "minor", "cosmetic"]
Binding: TypeAlias = "Expression | tuple[Expression, ...]"
Bindings: TypeAlias = Mapping[str, "Expression | tuple[Expression, ...]"]


class Match:
    """What a pattern bound, with the facts known about expressions; the argument of every function of a rule."""

    __slots__ = ("bindings", "facts", "node", "partial")

    def __init__(self, node: Expression, facts: Facts) -> None:
        self.node = node
        self.facts = facts
        self.bindings: dict[str, Expression | tuple[Expression, ...]] = {}
        self.partial = bool(node.label) if type(node) is Derivative else False

    def __getitem__(self, name: str) -> Expression:
        """The expression bound to ?name."""
        return self.bindings[name]  # type: ignore[return-value]

    def run(self, name: str) -> tuple[Expression, ...]:
        """The run of expressions bound to ??name."""
        return self.bindings[name]  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Given:
    """A condition that can be checked now; `words` can be read aloud."""

    words: str
    holds: Callable[[Match], bool]


Right: TypeAlias = "str | Callable[[Match], Expression | None]"
Assumptions: TypeAlias = "tuple[str, ...] | Callable[[Match], Iterable[Expression | tuple[Expression, ...]]]"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong right-hand side; `id` is unique in the rulebook."""

    id: str
    rhs: Right


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the book.

    lhs, rhs   patterns; rhs may be a function of the match, which answers None where the rule does not apply
    given      conditions checked now: unknown is not true
    assumes    relations that have to be remembered, "?v != 0"; "a or b" for alternatives
    mistakes   known wrong variants; examples: (before, after), after None for a close call that must not match
    weight     major (an idea), minor (a detail), cosmetic (writing the same thing nicer)
    side       the side calculation that a teacher shows next to it, a pattern: "d/d?w(sin(?w))"
    family     the words it shares with its kin, and the function they are about: ("chain", "sin")
    kind       the kind of node it is about, where lhs is a bare metavariable
    among      kinds, or names of functions, of which one has to be there where lhs does not say it: among the terms,
               factors or arguments, for a derivative as its operand; other nodes are not even looked at
    within     what of `Facts.names` has to stand somewhere in the node: names of functions, "e", "^"; one is enough
    """

    id: str
    lhs: str
    rhs: Right
    given: tuple[Given, ...] = ()
    assumes: Assumptions = ()
    mistakes: tuple[Mistake, ...] = ()
    examples: tuple[tuple[str, str | None], ...] = field(default=(), compare=False)
    weight: Weight = "major"
    side: str | None = None
    family: tuple[str, str] | None = None
    kind: str = ""
    among: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]+(\.[a-z0-9]+(-[a-z0-9]+)*)+", self.id):
            raise RuleError(f"{self.id!r}: an id is topic.name in kebab-case")
        bound = set(_METAVARIABLE.findall(self.lhs))
        for what, pattern in (("rhs", self.rhs), *((m.id, m.rhs) for m in self.mistakes)):
            if isinstance(pattern, str):
                loose = set(_METAVARIABLE.findall(pattern)) - bound
                if loose:
                    raise RuleError(f"{self.id}: {what} uses {sorted(loose)}, which {self.lhs!r} does not bind")

    def __hash__(self) -> int:
        return hash(self.id)


_METAVARIABLE = re.compile(r"\?\??([A-Za-z][A-Za-z0-9]*)")
