"""The evidence that a derivation carries: what was compared, where, how precisely, and what came out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Point = dict[str, str]
"""Coordinates as exact text, `{"x": "-13/32"}`."""


class Witness(BaseModel):
    """A point at which the two values certainly differ."""

    model_config = ConfigDict(frozen=True)

    point: Point
    expected: str
    found: str


class Verification(BaseModel):
    """The verdict of the numeric judge; agreement is strong evidence and never called a proof."""

    model_config = ConfigDict(frozen=True)

    verdict: Literal["agrees", "disagrees", "unchecked"]
    method: str = ""
    precision_bits: int = 0
    digits: int = Field(default=0, description="decimal digits to which the values agree at every point")
    points: tuple[Point, ...] = ()
    rejected: int = Field(default=0, description="points tried that lie outside the domain or were not decided")
    witness: Witness | None = None
    reason: str = ""
