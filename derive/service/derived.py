"""The endpoints that tell a derivation: whole, or line by line as it is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

import derive
from derive.engine.log import Rewrite, heard
from derive.errors import LimitError
from derive.explain import words
from derive.explain.inline import one_line
from derive.notation import text
from derive.service import admission, schema
from derive.service.answer import admit_answer, written
from derive.service.problems import Problem, Refused, of_error
from derive.service.settings import Settings
from derive.trace import Derivation
from derive.version import VERSION

RENDERED = ("html", "latex", "markdown")
MAX_CHARACTERS = 5_000_000  # of an answer
LINE = 400  # characters of an expression in a line that says what was found


def derivations(request: schema.DerivationRequest, settings: Settings) -> str:
    """An explained derivation. One that hit a limit is a problem that carries the partial derivation."""
    d = worked(request, settings)
    data = derivation_data(d, request)
    if d.outcome == "budget":
        raise Refused(_partial(d, json.loads(data), settings))
    if not d.alternatives:
        return data
    others = ",".join([derivation_data(a, request) for a in d.alternatives])
    return f'{data[:-1]},"alternatives":[{others}]}}'


def worked(request: schema.DerivationRequest, settings: Settings) -> Derivation:
    """The derivation of a request, within the limits; its text is read once."""
    admission.admit_order(request.order, settings)
    for name in request.wrt:
        admission.admit_name(name, settings)
    if request.at is not None:
        admission.admit_text(request.at, settings)
    more: dict[str, Any] = {} if request.form is None else {"form": request.form}
    return admission.solved(
        request.problem, settings, wrt=tuple(request.wrt), order=request.order, method=request.method, at=request.at,
        alternatives=request.alternatives, verify=request.verify, **more,
    )  # fmt: skip


def derivation_data(d: Derivation, request: schema.DerivationRequest) -> str:
    """The JSON of a derivation, with its id in front: made from the request and the version."""
    from derive.explain import to_json

    data = to_json(
        d, detail=request.detail, language=request.language, mathml="mathml" in request.include,
        states="states" in request.include, max_characters=MAX_CHARACTERS,
        certificate=d.certificate().data(request.language) if "certificate" in request.include else None,
    )  # fmt: skip
    more = ""
    rendered = {name: _rendered(d, name, request) for name in RENDERED if name in request.include}
    if rendered:
        more += f'"rendered":{written(rendered)},'
    return f'{{"id":"{content_id(request)}",{more}{data[1:]}'


def content_id(request: BaseModel) -> str:
    """A name made from the request's content and the engine's version: the same for the same."""
    return hashlib.sha256(f"{VERSION}\n{request.model_dump_json()}".encode()).hexdigest()[:24]


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
            "title": one_line(words.name(entry.rule.id, request.language)),
        }
        told += 1
        if told <= settings.steps:
            tell(written({**line, "before": _short(entry.before), "after": _short(entry.after)}))

    try:
        with heard(found):
            d = worked(request, settings)
        whole = json.loads(derivation_data(d, request))
        if d.outcome == "budget":
            raise Refused(_partial(d, whole, settings))
        admit_answer(len(written(whole)), settings)
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


def _rendered(d: Derivation, format: str, request: schema.DerivationRequest) -> str:
    """The derivation as a page: LaTeX and Markdown whole, HTML without its head, to be put into a page of one's own."""
    if format != "html":
        return d.render(format, detail=request.detail, language=request.language)
    from derive.explain.page import Page
    from derive.explain.render_html import body

    return "\n".join(body(Page(d, request.detail, request.language)))


def _partial(d: Derivation, data: Any, settings: Settings) -> Problem:
    limit = {"nodes": "distinct"}.get(d.outcome.limit or "", d.outcome.limit or "steps")
    reason = (d.outcome.reason or "a limit was hit").rstrip(".")
    if hasattr(settings, limit):
        reason += f" (setting DERIVE_{limit.upper()})"
    return Problem("limit", reason, {"limit": limit, "value": getattr(settings, limit, None), "partial": data})


def _short(e: derive.Expression) -> str | None:
    """The text of an expression, None where it is longer than a line or two."""
    try:
        return text(e, max_characters=LINE)
    except LimitError:
        return None
