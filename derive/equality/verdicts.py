"""What is said of two expressions: the verdict, a place that shows it, and the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from derive.explain.catalog import Segments

Verdict: TypeAlias = Literal[
    "identical", "similar", "equivalent", "agrees", "under-conditions", "different", "unknown"
]  # fmt: skip
Reason: TypeAlias = Literal[
    "", "no-common-domain", "few-points", "budget", "relations", "not-supported", "shape", "kind"
]  # fmt: skip
Side: TypeAlias = Literal["left", "right"]
_FROZEN = ConfigDict(frozen=True)


class Witness(BaseModel):
    """A place that shows a difference: both values there, or the one of the side that has one.

    point    coordinates as exact text, {"x": "-1"}; `≈ 1.5708` is a place that is proved to be close by
    left, right  the values, of an equation "true" or "false"; None where there is none
    lacks    the side that has no value there, where the other one has one
    entry    row and column, from 1, of the entries that differ, for matrices
    functions  what was taken for the functions that are only named, f(x): any function would do
    """

    model_config = _FROZEN

    point: dict[str, str]
    left: str | None = None
    right: str | None = None
    lacks: Side | None = None
    entry: tuple[int, int] | None = None
    functions: dict[str, str] = Field(default_factory=dict)

    def __str__(self) -> str:
        return ", ".join([f"{name} {value if value[0] == '≈' else '= ' + value}" for name, value in self.point.items()])


class Evidence(BaseModel):
    """Why a verdict can be trusted.

    method  "tree": the same · "form": the same up to order and trivia · "identity": the difference is the zero
            polynomial · "points": ball arithmetic at `points` points, `digits` digits at the worst · "place": a place
            proves it · "shape": one has entries or sides that the other has not
    """

    model_config = _FROZEN

    method: Literal["tree", "form", "identity", "points", "place", "shape", "none"]
    points: int = 0
    digits: int = 0
    rejected: int = Field(default=0, description="points that lie outside a domain or were not decided")


class Equivalence(BaseModel):
    """Whether two expressions have the same value wherever both have one; true when that is proved or agrees.

    verdict  "identical" · "similar": up to order and trivia · "equivalent": proved, as an identity · "agrees": at all
             points tried, which is strong evidence and no proof · "under-conditions": the same where both have a value,
             but one has a value where the other has none; `witness` is such a place, `conditions` what is needed beyond
             the other's domain · "different": `witness` proves it · "unknown": `reason` says why
    """

    model_config = _FROZEN

    verdict: Verdict
    witness: Witness | None = None
    evidence: Evidence
    conditions: tuple[str, ...] = ()
    reason: Reason = ""

    def __bool__(self) -> bool:
        return self.verdict not in ("different", "unknown")

    @property
    def proved(self) -> bool:
        """Whether the verdict is certain, whatever it is; "agrees" is not."""
        return self.verdict != "unknown" and self.evidence.method != "points"

    def segments(self, language: str = "en") -> Segments:
        """The verdict in words and formulas."""
        from derive.equality.wording import equivalence

        return equivalence(self, language)

    def message(self, language: str = "en") -> str:
        """The verdict in words, one line of plain text."""
        from derive.explain.inline import one_line

        return one_line(self.segments(language))
