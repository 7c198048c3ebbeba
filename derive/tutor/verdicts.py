"""What is said of an answer or of a line of a worked solution: a verdict, its reason, and the evidence for it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.expressions import Expression, Path
from derive.rules import Bindings

if TYPE_CHECKING:
    from derive.explain.catalog import Segments

Kind: TypeAlias = Literal[
    "correct", "not-in-form", "under-conditions", "other-reading", "wrong", "unknown",
    "unreadable", "similar", "expected", "skipped", "other-path", "mistake", "unexplained", "not-equivalent",
]  # fmt: skip
"""The first six are verdicts on an answer; the others, and "unknown", on a line, in this order."""

RIGHT = frozenset({"correct", "not-in-form", "similar", "expected", "skipped", "other-path", "unexplained"})
"""The verdicts of what has the right value everywhere."""

_STRICT = ConfigDict(arbitrary_types_allowed=True, defer_build=True)


@dataclass(frozen=True, config=_STRICT)
class Evidence:
    """Why the verdict can be trusted.

    method  "same" tree · "similar": up to order and trivia · "identity": the difference is the zero polynomial ·
            "points": ball arithmetic at `points` points, to `digits` digits; "witness": a point proves a difference ·
            "outcome": there is nothing that the problem asks for, and it was seen why
    """

    method: str
    points: int = 0
    digits: int = 0


@dataclass(frozen=True, config=_STRICT)
class Point:
    """A point at which right and answer certainly differ, with both values."""

    at: dict[str, str]
    right: str
    answer: str

    def __str__(self) -> str:
        return ", ".join(f"{name} = {value}" for name, value in self.at.items())


@dataclass(frozen=True, config=_STRICT)
class Slipped:
    """One mistake in a wrong answer: at `before`, `wrong` was written where `right` belongs.

    mistake, rule  ids; a slip that belongs to no rule has an empty `rule` and may have no `right`
    path           where `before` stands in the state it was made in
    """

    mistake: str
    rule: str
    before: Expression
    wrong: Expression
    right: Expression | None
    path: Path = ()
    bindings: dict[str, Expression | tuple[Expression, ...]] = field(default_factory=dict)


@dataclass(frozen=True, config=_STRICT)
class Verdict:
    """The verdict on one answer or line.

    verdict     see Kind; `right` is the right result (for a line: what the line before it has to become, if known)
    slips       the mistakes that lead to a wrong answer, in order; `mistake`, `path`, `bindings` are the first one's
    whole       what is wrong with the answer as a whole, where no rule explains it: "sign", "factor", "constant", …
    by          the amount of it: the factor, the constant
    conditions  where the answer is right, of "under-conditions"
    left        ids of the rules that are still to be applied, of "not-in-form"
    rule        the rule of an "expected" or "other-path" line; steps: how many it skipped
    text        the line or answer as it was typed
    terms       what is wrong with the terms of a claimed chain rule, where the problem is one
    carried     the line follows from the one before it, which is wrong; its own value is not the problem's
    """

    verdict: Kind
    text: str = ""
    answer: Expression | None = None
    right: Expression | None = None
    slips: tuple[Slipped, ...] = ()
    witness: Point | None = None
    evidence: Evidence | None = None
    conditions: tuple[Expression, ...] = ()
    left: tuple[str, ...] = ()
    whole: str = ""
    by: Expression | None = None
    reading: str = ""
    rule: str = ""
    steps: int = 0
    reason: str = ""
    terms: tuple[Any, ...] = ()
    carried: bool = False

    @property
    def correct(self) -> bool:
        """Whether the value is right, everywhere."""
        return self.verdict in RIGHT and not self.carried

    @property
    def mistake(self) -> str | None:
        """The id of the first mistake, of the rulebook or a slip; None when none was found."""
        return self.slips[0].mistake if self.slips else None

    @property
    def path(self) -> Path:
        """Where the first mistake was made."""
        return self.slips[0].path if self.slips else ()

    @property
    def bindings(self) -> Bindings:
        """What the letters of the first mistake's rule were."""
        return self.slips[0].bindings if self.slips else {}

    def segments(self, language: str = "en") -> tuple[Segments, ...]:
        """The verdict in words, a sentence each, as segments of text and mathematics."""
        from derive.tutor.wording import sentences

        return sentences(self, language)

    def message(self, language: str = "en") -> str:
        """The verdict in words, one line of plain text."""
        from derive.explain.inline import one_line

        return " ".join(one_line(s) for s in self.segments(language))

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """The verdict as JSON-ready data; an expression is {"text", "latex"}."""
        from derive.tutor.wording import data

        return data(self, language)

    def __bool__(self) -> bool:
        return self.correct

    def __str__(self) -> str:
        return self.message()
