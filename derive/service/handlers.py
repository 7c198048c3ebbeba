"""The endpoints as pure functions of a request: usable without HTTP, the same bytes for the same input and version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

import derive
from derive import notation
from derive.engine.log import Rewrite, heard
from derive.errors import LimitError
from derive.explain import words
from derive.explain.catalog import Segments
from derive.notation import latex, mathml, text
from derive.service import admission, schema
from derive.service.problems import MEDIA, Problem, Refused, of_error, over
from derive.service.settings import Settings
from derive.trace import Derivation
from derive.version import VERSION

JSON = "application/json"
Handler: TypeAlias = Callable[[Any, Settings], Any]


class Answer:
    """A status, a media type and the bytes."""

    __slots__ = ("body", "media", "status")

    def __init__(self, status: int, media: str, body: bytes) -> None:
        self.status = status
        self.media = media
        self.body = body

    @property
    def etag(self) -> str:
        """The name of these very bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def answer(name: str, given: Any, settings: Settings | None = None) -> Answer:
    """The answer of endpoint `name` to a request as JSON-ready data; problems are answers too, nothing is raised."""
    settings = settings or Settings()
    try:
        if name not in HANDLERS:
            raise Refused(Problem("not-found", f"there is no endpoint {name!r}"))
        return packed(HANDLERS[name](_read(name, given), settings), settings)
    except Exception as error:  # noqa: BLE001 - the last frontier: whatever happens is told as a problem
        found = of_problem(of_error(error))
        if len(found.body) > settings.answer_bytes:  # the derivation so far is longer than may be sent
            problem = of_error(error)
            found = of_problem(Problem(problem.kind, problem.detail, {**problem.more, "partial": None}))
        return found


def packed(data: Any, settings: Settings) -> Answer:
    """Data as an answer; over the limit it is refused. A string is JSON already."""
    body = (data if isinstance(data, str) else written(data)).encode()
    admission.admit_answer(len(body), settings)
    return Answer(200, JSON, body)


def of_problem(problem: Problem) -> Answer:
    return Answer(problem.status, MEDIA, written(problem.body()).encode())


def written(data: Any) -> str:
    """JSON with the keys as they are, nothing escaped that need not be."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _read(name: str, given: Any) -> Any:
    """The request as its model; Refused, with the fields that are wrong, for another."""
    model = schema.REQUESTS.get(name)
    if model is None or isinstance(given, BaseModel):
        return given
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Refused(fields_problem(error.errors())) from None


def fields_problem(errors: Any) -> Problem:
    """Wrong fields, each with its place and what is wrong; the input itself is not repeated."""
    wrong = [
        {"field": ".".join([str(part) for part in e["loc"] if part != "body"]) or "body", "detail": e["msg"]}
        for e in errors[:20]
    ]
    detail = "; ".join([f"{e['field']}: {e['detail']}" for e in wrong])
    return Problem("fields", detail, {"errors": wrong})


# ── endpoints ───────────────────────────────────────────────────────────────────────────────────────────────────────


def derivations(request: schema.DerivationRequest, settings: Settings) -> str:
    """An explained derivation. One that hit a limit is a problem that carries the partial derivation."""
    d = worked(request, settings)
    data = derivation_data(d, request, settings)
    if d.outcome == "budget":
        raise Refused(_partial(d, json.loads(data), settings))
    if not d.alternatives:
        return data
    whole = json.loads(data)
    whole["alternatives"] = [json.loads(derivation_data(a, request, settings)) for a in d.alternatives]
    return written(whole)


def worked(request: schema.DerivationRequest, settings: Settings) -> Derivation:
    """The derivation of a request, within the limits."""
    admission.admit_problem(request.problem, tuple(request.wrt), request.order, settings)
    more: dict[str, Any] = {} if request.form is None else {"form": request.form}
    return derive.solve(
        request.problem, wrt=tuple(request.wrt), order=request.order, method=request.method, at=request.at,
        alternatives=request.alternatives, limits=admission.limits_of(settings), **more,
    )  # fmt: skip


def derivation_data(d: Derivation, request: schema.DerivationRequest, settings: Settings) -> str:
    """The JSON of a derivation, with its id in front: made from the request and the version."""
    from derive.explain import to_json

    data = to_json(
        d, detail=request.detail, language=request.language, mathml="mathml" in request.include,
        states="states" in request.include,
    )  # fmt: skip
    rendered = {name: _rendered(d, name, request) for name in ("html", "latex", "markdown") if name in request.include}
    more = f'"rendered":{written(rendered)},' if rendered else ""
    return f'{{"id":"{content_id(request)}",{more}{data[1:]}'


def _rendered(d: Derivation, format: str, request: schema.DerivationRequest) -> str:
    """The derivation as a page: LaTeX and Markdown whole, HTML without its head, to be put into a page of one's own."""
    if format != "html":
        return d.render(format, detail=request.detail, language=request.language)
    from derive.explain.page import Page
    from derive.explain.render_html import body

    return "\n".join(body(Page(d, request.detail, request.language)))


def content_id(request: BaseModel) -> str:
    """A name made from the request's content and the engine's version: the same for the same."""
    return hashlib.sha256(f"{VERSION}\n{request.model_dump_json()}".encode()).hexdigest()[:24]


def _partial(d: Derivation, data: Any, settings: Settings) -> Problem:
    limit = {"nodes": "distinct"}.get(d.outcome.limit or "", d.outcome.limit or "steps")
    reason = (d.outcome.reason or "a limit was hit").rstrip(".")
    if hasattr(settings, limit):
        reason += f" (setting DERIVE_{limit.upper()})"
    return Problem("limit", reason, {"limit": limit, "value": getattr(settings, limit, None), "partial": data})


def parse(request: schema.ParseRequest, settings: Settings) -> dict[str, Any]:
    """How a text is read: a problem where it is one, with what it decided."""
    admission.admit_text(request.text, settings)
    found = notation.read_problem(request.text)
    admission.admit_expression(found.expression, settings)
    return {
        "task": found.task,
        "variables": list(found.variables),
        "expression": expression(found.expression),
        "interpretation": [
            {
                "kind": n.kind, "line": n.line, "column": n.column, "end_column": n.end_column, "text": n.text,
                "reading": n.reading, "alternatives": list(n.alternatives),
                "explanation": plain(words.note(n, request.language)),
            }
            for n in found.notes
        ],
    }  # fmt: skip


def evaluate(request: schema.EvaluateRequest, settings: Settings) -> dict[str, Any]:
    """The value at a point: correctly rounded, as text when digits are asked for."""
    admission.admit_text(request.expression, settings)
    e = admission.admit_expression(notation.parse(request.expression), settings)
    for name, coordinate in request.at.items():
        admission.admit_name(name, settings)
        admission.admit_text(coordinate, settings)
    value = derive.evaluate(e, request.at, digits=request.digits)
    return {"value": value if isinstance(value, float) else str(value), "expression": expression(e)}


def check(request: schema.CheckRequest, settings: Settings) -> dict[str, Any]:
    """The verdict on an answer."""
    from derive.tutor import check as checked

    d = _solved(request.problem, settings)
    admission.admit_text(request.answer, settings)
    return checked(d, request.answer, form=request.form, seconds=settings.seconds / 2).to_dict(request.language)


def diagnose(request: schema.DiagnoseRequest, settings: Settings) -> dict[str, Any]:
    """A verdict for every line of a worked solution."""
    from derive.tutor import diagnose as diagnosed

    for line in request.lines:
        admission.admit_text(line, settings)
    each = settings.seconds / 2 / len(request.lines)
    found = diagnosed(_solved(request.problem, settings), request.lines, seconds=each)
    return {"lines": [v.to_dict(request.language) for v in found]}


def hints(request: schema.HintsRequest, settings: Settings) -> dict[str, Any]:
    """The ladder of the next step."""
    from derive.tutor import hints as ladder

    if request.at is not None:
        admission.admit_text(request.at, settings)
    found = ladder(_solved(request.problem, settings), request.at)
    following = None if found.next is None else expression(found.next)
    return {
        "rule": found.rule,
        "steps": found.steps,
        "rungs": list(found.messages(request.language)),
        "next": following,
    }


def practice(request: schema.PracticeRequest, settings: Settings) -> dict[str, Any]:
    """Exercises with answers and distractors."""
    from derive.tutor import practice as made

    found = made(request.topic, request.difficulty, request.seed, request.count, request.distractors)
    return {"exercises": [e.to_dict() for e in found]}


def plot(request: schema.PlotRequest, settings: Settings) -> dict[str, Any]:
    """Samples for a drawing; None where there is no value."""
    from derive.service.drawing import drawing

    return drawing(_solved(request.problem, settings), request)


def graph(request: schema.GraphRequest, settings: Settings) -> dict[str, Any]:
    """The dependence graph as SVG."""
    from derive.explain.graph import dependence

    admission.admit_problem(request.problem, (), 1, settings)
    return {"svg": dependence(request.problem).svg()}


def rules(request: Any, settings: Settings) -> dict[str, Any]:
    """Every rule of the book, in its order."""
    from derive.rules import registry

    language = (request or {}).get("language", "en")
    return {"rules": [{"id": r.id, "title": plain(words.name(r.id, language))} for r in registry().values()]}


def rule(request: Any, settings: Settings) -> dict[str, Any]:
    """One rule: its patterns, examples, mistakes and words."""
    from derive.rules import registry

    book, id, language = registry(), request["id"], request.get("language", "en")
    if id not in book:
        raise Refused(Problem("not-found", f"there is no rule {id[:60]!r}"))
    found = book[id]
    return {
        "id": found.id,
        "title": plain(words.name(found.id, language)),
        "left": found.lhs,
        "right": found.rhs if isinstance(found.rhs, str) else None,
        "weight": found.weight,
        "given": [g.words for g in found.given],
        "assumes": list(found.assumes) if isinstance(found.assumes, tuple) else [],
        "examples": [{"before": b, "after": a} for b, a in found.examples],
        "mistakes": [m.id for m in found.mistakes],
    }


def batch(request: schema.BatchRequest, settings: Settings) -> dict[str, Any]:
    """Many derivations; one error never spoils the others."""
    if len(request.requests) > settings.batch:
        raise over("batch", settings.batch, f"a batch of {len(request.requests):,}")
    found = [answer("derivations", one, settings) for one in request.requests]
    return {"answers": [{"status": a.status, "body": json.loads(a.body)} for a in found]}


def stream(request: schema.DerivationRequest, settings: Settings, tell: Callable[[str], None]) -> None:
    """A derivation told line by line: a rewriting a line as it is found, then the whole: steps, result, or a problem.

    Found lines are the rough log (rule, before, after, side calculations too); the steps that follow say all of it.
    """
    told = 0

    def found(entry: Rewrite) -> None:
        nonlocal told
        line = {
            "event": "found",
            "index": told,
            "rule": entry.rule.id,
            "title": plain(words.name(entry.rule.id, request.language)),
        }
        told += 1
        if told <= settings.steps:
            tell(written({**line, "before": _short(entry.before), "after": _short(entry.after)}))

    try:
        with heard(found):
            d = worked(request, settings)
        whole = json.loads(derivation_data(d, request, settings))
        if d.outcome == "budget":
            raise Refused(_partial(d, whole, settings))
        admission.admit_answer(len(written(whole)), settings)
    except Exception as error:  # noqa: BLE001 - told in the stream
        tell(written({"event": "problem", **of_error(error).body()}))
        return
    last = {
        name: whole.pop(name) for name in ("result", "conditions", "verification", "outcome", "outline", "findings")
    }
    steps = whole.pop("steps")
    tell(written({"event": "derivation", **whole}))
    for step in steps:
        tell(written({"event": "step", **step}))
    tell(written({"event": "result", **last}))


def _short(e: derive.Expression) -> str | None:
    """The text of an expression, None where it is longer than a line or two."""
    try:
        return text(e, max_characters=400)
    except LimitError:
        return None


def _solved(problem: str, settings: Settings) -> Derivation:
    admission.admit_problem(problem, (), 1, settings)
    return derive.solve(problem, limits=admission.limits_of(settings))


def expression(e: derive.Expression) -> dict[str, str]:
    """An expression in the notations of the page."""
    return {"text": text(e), "latex": latex(e), "mathml": mathml(e, display=False)}


def plain(segments: Segments) -> str:
    """A message as one line of text."""
    from derive.tutor.wording import plain as line

    return line(segments)


HANDLERS: dict[str, Handler] = {
    "derivations": derivations, "parse": parse, "evaluate": evaluate, "check": check, "diagnose": diagnose,
    "hints": hints, "practice": practice, "plot": plot, "graph": graph, "rules": rules, "rule": rule, "batch": batch,
}  # fmt: skip
