"""What the service answers, as Pydantic models: the source of the OpenAPI document; tests hold the handlers to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from derive.explain.wire import DerivationWire


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProblemAnswer(BaseModel):
    """An error as RFC 9457 tells it; `type` is /problems/ with its kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    title: str
    status: int
    detail: str
    line: int | None = Field(default=None, description="where the text cannot be read")
    column: int | None = None
    expected: list[str] | None = None
    suggestion: str | None = None
    caret: str | None = Field(default=None, description="the line with a caret under the column")
    limit: str | None = Field(default=None, description="which setting was hit")
    value: float | None = Field(default=None, description="what it allows")
    retry_after: float | None = None
    errors: list[dict[str, str]] | None = Field(default=None, description="field and detail of every wrong field")
    partial: dict[str, Any] | None = Field(default=None, description="the derivation so far")


class Written(_Answer):
    """An expression in two notations."""

    text: str
    latex: str


class Shown(Written):
    """An expression in the notations of a page."""

    mathml: str


class SingleDerivation(DerivationWire):
    """A derivation as the library publishes it, with its id and what was asked to be rendered."""

    id: str = Field(description="made from the request and the version")
    rendered: dict[Literal["html", "latex", "markdown"], str] = Field(default={}, description="on request")


class DerivationAnswer(SingleDerivation):
    """An explained derivation."""

    alternatives: list[SingleDerivation] = Field(default=[], description="by other methods, on request")


class Reading(_Answer):
    """How an ambiguous part of the text was read."""

    kind: str
    line: int
    column: int
    end_column: int
    text: str
    reading: str
    alternatives: list[str]
    explanation: str


class Read(_Answer):
    """How a text is read."""

    readable: Literal[True]
    task: str
    variables: list[str]
    expression: Shown
    interpretation: list[Reading]


class Unread(_Answer):
    """A text that is being typed and cannot be read yet: the problem that it would be."""

    readable: Literal[False]
    problem: ProblemAnswer


class ParseAnswer(RootModel[Read | Unread]):
    """How a text is read; with `typing`, also that it cannot be read yet."""


class EvaluateAnswer(_Answer):
    """A value: a number, or text where digits were asked for."""

    value: float | str
    expression: Shown


class VerdictAnswer(BaseModel):
    """The verdict on an answer or on a line; what is not known is left out."""

    model_config = ConfigDict(extra="allow", frozen=True)

    verdict: str
    correct: bool
    text: str
    message: str
    answer: Written | None = None
    right: Written | None = None
    mistake: str | None = None
    slips: list[dict[str, Any]] = []
    witness: dict[str, Any] | None = None
    evidence: dict[str, Any] | None = None


class DiagnoseAnswer(_Answer):
    """A verdict a line."""

    lines: list[VerdictAnswer]


class HintsAnswer(_Answer):
    """The ladder of the next step."""

    rule: str | None
    steps: int
    rungs: list[str]
    next: Shown | None


class ExerciseAnswer(BaseModel):
    """An exercise with its answer and wrong answers, each with the mistake that it comes from."""

    model_config = ConfigDict(extra="allow", frozen=True)

    topic: str
    difficulty: int
    seed: int
    problem: str
    answer: Written
    steps: int
    rules: list[str]
    distractors: list[dict[str, Any]]


class PracticeAnswer(_Answer):
    """Exercises."""

    exercises: list[ExerciseAnswer]


class PlotAnswer(BaseModel):
    """Samples for a drawing: along a line, or over a grid; null where there is no value. `none`: nothing to draw.

    Along a line: `derivative` with its `order` where the answer is one, `tangent` where it is the slope at a point.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    kind: Literal["line", "grid", "none"]
    f: list[float | None]
    function: str
    result: str


class GraphAnswer(_Answer):
    """A drawing."""

    svg: str


class RuleName(_Answer):
    id: str
    title: str


class RulesAnswer(_Answer):
    """Every rule of the book, in its order."""

    rules: list[RuleName]


class RuleExample(_Answer):
    """Before and after; after is null where the rule must not apply."""

    before: str
    after: str | None


class RuleAnswer(RuleName):
    """One rule: its patterns (right is null where a function writes it), needs, examples and mistakes."""

    left: str
    right: str | None
    weight: Literal["major", "minor", "cosmetic"]
    given: list[str]
    assumes: list[str]
    examples: list[RuleExample]
    mistakes: list[str]


class BatchItem(_Answer):
    """One answer: a derivation, or a problem."""

    status: int
    body: dict[str, Any]


class BatchAnswer(_Answer):
    """The answers in the order of the requests."""

    answers: list[BatchItem]


ANSWERS: dict[str, type[BaseModel]] = {
    "derivations": DerivationAnswer,
    "parse": ParseAnswer,
    "evaluate": EvaluateAnswer,
    "check": VerdictAnswer,
    "diagnose": DiagnoseAnswer,
    "hints": HintsAnswer,
    "practice": PracticeAnswer,
    "plot": PlotAnswer,
    "graph": GraphAnswer,
    "rules": RulesAnswer,
    "rule": RuleAnswer,
    "batch": BatchAnswer,
}
