"""The evidence that a derivation carries: what was compared, where, how precisely, and what came out."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Point = dict[str, str]
"""Coordinates as exact text, `{"x": "-13/32"}`."""
Verify: TypeAlias = Literal["quick", "thorough", "off"]


class Witness(BaseModel):
    """A point at which the two values certainly differ."""

    model_config = ConfigDict(frozen=True)

    point: Point
    expected: str
    found: str


class Rejected(BaseModel):
    """A point that was tried and tells nothing, and why."""

    model_config = ConfigDict(frozen=True)

    point: Point
    reason: str


class Verification(BaseModel):
    """The verdict of the numeric judge; agreement at points is strong evidence and never called a proof.

    `exact`: problem and result are rational functions, and are the same one: that is decided, not sampled.
    """

    model_config = ConfigDict(frozen=True)

    verdict: Literal["agrees", "disagrees", "unchecked"]
    verify: Verify = Field(default="quick", description="how much was asked for")
    method: str = ""
    exact: bool = Field(default=False, description="proved equal as rational functions of the letters")
    precision_bits: int = 0
    digits: int = Field(default=0, description="decimal digits to which the values agree at every point")
    points: tuple[Point, ...] = ()
    residuals: tuple[str, ...] = Field(
        default=(), description="at each point an enclosure of the difference, of large values in proportion to them"
    )
    rejected: int = Field(default=0, description="points tried that lie outside the domain or were not decided")
    rejects: tuple[Rejected, ...] = Field(default=(), description="the first of them, each with its reason")
    steps: int = Field(default=0, description="steps whose values were compared one by one")
    witness: Witness | None = None
    reason: str = ""
