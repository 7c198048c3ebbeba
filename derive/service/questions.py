"""The endpoints that answer one question: how is this read, what is its value, is this right, what comes next."""

from __future__ import annotations

from typing import Any

import derive
from derive import notation
from derive.engine.alternatives import without_way
from derive.engine.points import without_method
from derive.errors import ReadError, UsageError
from derive.explain import words
from derive.explain.inline import one_line
from derive.explain.showing import shown
from derive.notation import latex, mathml, text
from derive.service import admission, schema
from derive.service.problems import of_error
from derive.service.settings import Settings


def parse(request: schema.ParseRequest, settings: Settings) -> dict[str, Any]:
    """How a text is read: a problem where it is one, with what it decided; where it is typed, also what is missing."""
    admission.admit_text(request.text, settings)
    try:
        found = notation.read_problem(without_way(without_method(request.text)[0])[0])
    except ReadError as error:
        if not request.typing:
            raise
        return {"readable": False, "problem": of_error(error).body()}
    admission.admit_problem(found, settings)
    return {
        "readable": True,
        "task": found.task,
        "variables": list(found.variables),
        "expression": {**expression(found.expression), "mathml": mathml(shown(found.expression), display=False)},
        "interpretation": [
            {
                "kind": n.kind, "line": n.line, "column": n.column, "end_column": n.end_column, "text": n.text,
                "reading": n.reading, "alternatives": list(n.alternatives),
                "explanation": one_line(words.note(n, request.language)),
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

    d = admission.solved(request.problem, settings)
    admission.admit_text(request.answer, settings)
    return checked(d, request.answer, form=request.form, seconds=settings.seconds / 2).to_dict(request.language)


def diagnose(request: schema.DiagnoseRequest, settings: Settings) -> dict[str, Any]:
    """A verdict for every line of a worked solution."""
    from derive.tutor import diagnose as diagnosed

    for line in request.lines:
        admission.admit_text(line, settings)
    each = settings.seconds / 2 / len(request.lines)
    found = diagnosed(admission.solved(request.problem, settings), request.lines, seconds=each)
    return {"lines": [v.to_dict(request.language) for v in found]}


def hints(request: schema.HintsRequest, settings: Settings) -> dict[str, Any]:
    """The ladder of the next step."""
    from derive.tutor import hints as ladder

    if request.at is not None:
        admission.admit_text(request.at, settings)
    found = ladder(admission.solved(request.problem, settings), request.at)
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
    from derive.service.drawing import NONE, drawing

    try:
        return drawing(admission.solved(request.problem, settings), request)
    except UsageError:
        if not request.optional:
            raise
        return NONE


def graph(request: schema.GraphRequest, settings: Settings) -> dict[str, Any]:
    """The dependence graph as SVG."""
    from derive.explain.graph import dependence

    admission.admit_text(request.problem, settings)
    admission.admit_problem(notation.read_problem(request.problem), settings)
    return {"svg": dependence(request.problem).svg()}


def expression(e: derive.Expression) -> dict[str, str]:
    """An expression in the notations of the page."""
    return {"text": text(e), "latex": latex(e), "mathml": mathml(e, display=False)}
