"""The endpoints as pure functions of a request: usable without HTTP, the same bytes for the same input and version."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError

from derive.service import derived, questions, rulebook, schema
from derive.service.answer import Answer, fields_problem, of_problem, packed
from derive.service.problems import Problem, Refused, of_error, over
from derive.service.settings import Settings

Handler: TypeAlias = Callable[[Any, Settings], Any]


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


def batch(request: schema.BatchRequest, settings: Settings) -> dict[str, Any]:
    """Many derivations; one error never spoils the others."""
    if len(request.requests) > settings.batch:
        raise over("batch", settings.batch, f"a batch of {len(request.requests):,}")
    found = [answer("derivations", one, settings) for one in request.requests]
    return {"answers": [{"status": a.status, "body": json.loads(a.body)} for a in found]}


HANDLERS: dict[str, Handler] = {
    "derivations": derived.derivations, "parse": questions.parse, "evaluate": questions.evaluate,
    "check": questions.check, "diagnose": questions.diagnose, "hints": questions.hints,
    "practice": questions.practice, "plot": questions.plot, "graph": questions.graph, "rules": rulebook.rules,
    "rule": rulebook.rule, "batch": batch,
}  # fmt: skip


def _read(name: str, given: Any) -> Any:
    """The request as its model; Refused, with the fields that are wrong, for another."""
    model = schema.REQUESTS.get(name)
    if model is None or isinstance(given, BaseModel):
        return given
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise Refused(fields_problem(error.errors())) from None
