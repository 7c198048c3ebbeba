"""What the service takes: requests as Pydantic models; unknown fields are refused. The source of the OpenAPI schema."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1, max_length=100_000, description="mathematics: plain text, LaTeX or Unicode")]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Language = Literal["en", "ko"]
Detail = Literal["answer", "brief", "standard", "full"]
Include = Literal["mathml", "states", "html", "latex", "markdown", "certificate"]
Method = Annotated[str, Field(max_length=40, description="rules, definition, logarithmic, …")]
Verify = Literal["quick", "thorough", "off"]
Form = Literal["expanded", "factored", "single-fraction", "as-derived", "simplified"]


class Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)  # true is no number


class DerivationRequest(Request):
    """Any problem: "d/dx x^2*sin(x)", "gradient x^2*y", "simplify …", "x^2 sin x" with `wrt`."""

    problem: Text
    wrt: list[Name] = Field(default=[], max_length=20, description="the variables, left to right, where none is named")
    order: int = Field(default=1, ge=1, le=1000)
    method: Method = "rules"
    form: Form | None = None
    at: Annotated[str, Field(max_length=1000)] | None = Field(default=None, description='a point: "2", "x = 1, y = 2"')
    detail: Detail = "standard"
    language: Language = "en"
    verify: Verify = Field(default="quick", description="how the result is judged: more points and every step, or not")
    alternatives: bool = Field(default=False, description="also derivations by other methods that apply")
    include: list[Include] = Field(default=[], max_length=8, description="what is written only on request")


class ParseRequest(Request):
    """How a text is read: a formula, or a whole problem."""

    text: Text
    language: Language = "en"
    typing: bool = Field(
        default=False, description="the text is being typed: one that cannot be read yet is no problem, but an answer"
    )


class EvaluateRequest(Request):
    """The value of a formula at a point, numbers as text: {"x": "1/2"}."""

    expression: Text
    at: dict[Name, Annotated[str, Field(max_length=200)]] = Field(default={}, max_length=50)
    digits: int | None = Field(default=None, ge=1, le=1000)


class CheckRequest(Request):
    """Is `answer` the answer to `problem`? In the form asked, if one is."""

    problem: Text
    answer: Text
    form: Form | None = None
    language: Language = "en"


class DiagnoseRequest(Request):
    """A worked solution, line by line."""

    problem: Text
    lines: list[Annotated[str, Field(max_length=10_000)]] = Field(min_length=1, max_length=50)
    language: Language = "en"


class HintsRequest(Request):
    """The next step of `at`, a line on the way; of the problem where it is left out."""

    problem: Text
    at: Text | None = None
    language: Language = "en"


class PracticeRequest(Request):
    """Exercises on a topic."""

    topic: Name = "chain-rule"
    difficulty: int = Field(default=2, ge=1, le=5)
    seed: int = Field(default=1, ge=0, le=2**53)
    count: int = Field(default=5, ge=1, le=20)
    distractors: int = Field(default=3, ge=0, le=6)


class PlotRequest(Request):
    """Values of a problem's function and of its derivative, for a drawing: along a line, or over a square grid."""

    problem: Text
    low: float = Field(default=-5, ge=-1e6, le=1e6)
    high: float = Field(default=5, ge=-1e6, le=1e6)
    optional: bool = Field(default=False, description="what has no drawing is no problem, but an answer of kind none")
    points: int = Field(default=201, ge=2, le=1001, description="along the line; the grid has at most 41 a side")


class GraphRequest(Request):
    """The dependence graph of a chain rule, as SVG."""

    problem: Text


class BatchRequest(Request):
    """Many derivations at once; each is answered by itself."""

    requests: list[DerivationRequest] = Field(min_length=1, max_length=1000)


REQUESTS: dict[str, type[Request]] = {
    "derivations": DerivationRequest,
    "parse": ParseRequest,
    "evaluate": EvaluateRequest,
    "check": CheckRequest,
    "diagnose": DiagnoseRequest,
    "hints": HintsRequest,
    "practice": PracticeRequest,
    "plot": PlotRequest,
    "graph": GraphRequest,
}
"""What every endpoint of one answer takes."""
