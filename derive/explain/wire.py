"""The JSON of a derivation, schema version 1, as Pydantic models: the source of its schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from derive.numeric import Verification

SCHEMA_VERSION = 1
Index = Annotated[int, Field(ge=0)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class BigInteger(_Model):
    """An integer of more than 15 digits, which JSON readers would round."""

    hex: Annotated[str, Field(pattern="^[0-9a-f]+$")]


Label: TypeAlias = bool | int | str | BigInteger | list[Any] | None


class Node(_Model):
    """A row of the flat table: what kind of node, what is not a child, and its children in earlier rows."""

    kind: str
    label: Label = None
    arguments: list[Index] = []


class Expr(_Model):
    """An expression: its row in `nodes`, and how it is written; null where that would be longer than a page."""

    node: Index
    text: str | None = None
    latex: str | None = None
    mathml: str | None = Field(default=None, description="on request")
    omitted: str | None = Field(default=None, description='why text and latex are null: "characters"')


class Words(_Model):
    """A piece of a message: text, or mathematics."""

    kind: Literal["text", "math"]
    text: str | None = None
    math: Expr | None = None


class Place(_Model):
    """How an ambiguous part of the input was read."""

    kind: str
    line: int
    column: int
    end_column: int
    text: str
    reading: str
    alternatives: list[str]
    explanation: list[Words]


class Requirement(_Model):
    """What has to hold: one of the alternatives, because of `part`; `source` is "domain" or the rule that needs it."""

    alternatives: list[Expr]
    source: str
    part: Expr
    never: bool = False
    along: list[Expr] = Field(
        default=[], description="a bound letter, its first and its last value: for every one between"
    )
    enough: bool = Field(default=False, description="perhaps more than is needed: where it fails nothing is known")
    explanation: list[Words] = []


class FindingWire(_Model):
    """What the derivative does at a place where the rules claim nothing; `covered`: the result has this value there."""

    kind: Literal["smooth", "edge", "corner", "jump", "vertical", "cusp", "continuous"]
    place: Expr
    left: Expr | None = Field(default=None, description="the slope from the left")
    right: Expr | None = Field(default=None, description="the slope from the right")
    order: Annotated[int, Field(ge=1)] = 1
    covered: bool = False
    source: str = ""
    explanation: list[Words] = []


class StepWire(_Model):
    """One rule applied to one subexpression wherever it occurs: state k + 1 is state k with `before` replaced."""

    index: Index
    rule: str
    title: str
    path: list[Index] | None = Field(
        description="the first place in the state before; null where it is too deep to write"
    )
    places: Annotated[int, Field(ge=1)]
    before: Expr
    after: Expr
    state: Expr | None = Field(default=None, description="the whole expression after the step, on request")
    bindings: dict[str, Expr | list[Expr]]
    partial: bool = False
    conditions: list[Requirement]
    weight: Literal["major", "minor", "cosmetic"]
    explanation: list[Words]
    why: list[Words] = []
    cites: Index | None = None
    steps: list[StepWire] = Field(default=[], description="the side calculation")


class ItemWire(_Model):
    """One item of the page at the detail that was asked for: the steps it groups, its title and what it says."""

    number: Annotated[int, Field(ge=1)]
    kind: Literal["step", "group", "tidy"]
    rule: str
    title: str
    first: Index = Field(description="index of its first step")
    last: Index = Field(description="index of its last step; the state after it is state last + 1")
    lines: list[list[Words]]


class OutcomeWire(_Model):
    """done · stuck (part: the smallest unsupported part; reason) · budget (limit) · unsound (step: the wrong one).

    "unsound", and `step` with it, was added to schema version 1 without a new version: a reader that takes every kind
    but "done" for no answer stays right.
    """

    kind: Literal["done", "stuck", "budget", "unsound"]
    reason: str = ""
    part: Expr | None = None
    limit: str = ""
    step: Index | None = Field(default=None, description="of unsound: the index of the step that changed the value")
    explanation: list[Words] = []


class Engine(_Model):
    name: str
    version: str


class LemmaWire(_Model):
    """A lemma of a certificate, and the number of the step that it proves."""

    name: str
    step: int | None


class CertificateWire(_Model):
    """A proof of the derivation as a file for Coq, which nobody has checked yet; or the reason why there is none."""

    text: str | None
    reason: str
    variables: dict[str, str] = Field(description="v_1, v_2, … and the names that they stand for")
    lemmas: list[LemmaWire]


class DerivationWire(_Model):
    """A derivation: problem, every step, result, conditions with reasons, evidence; expressions point into `nodes`."""

    schema_version: Literal[1]
    engine: Engine
    task: str
    method: str
    language: str
    detail: Literal["answer", "brief", "standard", "full"]
    problem: Expr
    interpretation: list[Place]
    steps: list[StepWire]
    outline: list[ItemWire]
    result: Expr
    conditions: list[Requirement]
    findings: list[FindingWire] = []
    verification: Verification
    outcome: OutcomeWire
    certificate: CertificateWire | None = Field(default=None, description="on request")
    nodes: list[Node]
