"""Verdicts in words and as data: messages of the catalog with their slots filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from derive.explain import words
from derive.explain.catalog import Segment, Segments, Slot, has, joined, message
from derive.explain.inline import one_line
from derive.expressions import Expression, Matrix
from derive.notation import latex, text

if TYPE_CHECKING:
    from derive.tutor.verdicts import Slipped, Verdict


def sentences(verdict: Verdict, language: str) -> tuple[Segments, ...]:
    """What is said of a verdict, a sentence each."""
    kind = verdict.reason if verdict.reason in ("narrower", "form") else verdict.verdict
    said = [message(language, f"verdict.{kind}", "what", _slots(verdict, language))]
    for slip in verdict.slips:
        said += [part for part in _of_slip(slip, language) if part]
    said += [slip.message(language) for slip in verdict.terms]
    if verdict.carried:
        said.append(message(language, "verdict.carried", "what"))
    if verdict.whole:
        whole = "one" if verdict.whole == "shape" and not isinstance(verdict.right, Matrix) else verdict.whole
        said.append(message(language, f"verdict.whole.{whole}", "what", _slots(verdict, language)))
    if verdict.witness is not None and not verdict.witness.answer:
        slots: dict[str, Slot] = {"point": str(verdict.witness), "value": verdict.witness.right}
        said.append(message(language, "verdict.hole", "what", slots))
    elif verdict.witness is not None and not verdict.witness.at:
        said.append(message(language, "verdict.value", "what", {"value": verdict.witness.right}))
    elif verdict.witness is not None:
        said.append(message(language, "verdict.witness", "what", {
            "point": str(verdict.witness), "value": verdict.witness.right, "found": verdict.witness.answer,
        }))  # fmt: skip
    return tuple(said)


def _of_slip(slip: Slipped, language: str) -> tuple[Segments, Segments]:
    """(what went wrong, what to do instead)."""
    if slip.rule:
        return words.mistake(
            slip.rule, slip.mistake, language, slip.before, slip.right or slip.before, slip.bindings
        )  # fmt: skip
    slots: dict[str, Slot] = {"before": slip.before, "wrong": slip.wrong}
    return message(language, f"slip.{slip.mistake}", "wrong", slots), message(
        language, f"slip.{slip.mistake}", "advice", slots
    )


def _slots(verdict: Verdict, language: str) -> dict[str, Slot]:
    slots: dict[str, Slot] = {
        "n": verdict.steps,
        "reading": verdict.reading,
        "reason": _reason(verdict.reason, language),
    }
    if verdict.right is not None:
        slots["right"] = verdict.right
    if isinstance(verdict.right, Matrix):
        slots["shape"] = f"{len(verdict.right.rows)}×{len(verdict.right.rows[0])}"
    if verdict.answer is not None:
        slots["answer"] = verdict.answer
    if verdict.by is not None:
        slots["by"] = verdict.by
    slots["where"] = joined([(Segment("math", c),) for c in verdict.conditions], ", ")
    slots["rules"] = joined([words.name(r, language) for r in dict.fromkeys(verdict.left)], ", ")
    slots["rule"] = words.name(verdict.rule, language) if verdict.rule else ""
    return slots


def _reason(reason: str, language: str) -> Slot:
    """Why nothing could be decided, in words; what is no known reason is text already."""
    id = f"verdict.undecided.{reason}"
    return message(language, id, "what") if reason and has(language, id, "what") else reason


def data(verdict: Verdict, language: str) -> dict[str, Any]:
    """The verdict as JSON-ready data."""
    found: dict[str, Any] = {"verdict": verdict.verdict, "correct": verdict.correct, "text": verdict.text}
    found["message"] = verdict.message(language)
    for name in ("answer", "right", "by"):
        value = getattr(verdict, name)
        if value is not None:
            found[name] = expression(value)
    for name in ("whole", "reading", "rule", "reason", "mistake"):
        if getattr(verdict, name):
            found[name] = getattr(verdict, name)
    if verdict.carried:
        found["carried"] = True
    if verdict.steps:
        found["steps"] = verdict.steps
    if verdict.slips:
        found["slips"] = [_slip_data(slip, language) for slip in verdict.slips]
    if verdict.terms:
        found["terms"] = [one_line(slip.message(language)) for slip in verdict.terms]
    if verdict.witness is not None:
        found["witness"] = {"at": verdict.witness.at, "right": verdict.witness.right, "answer": verdict.witness.answer}
    if verdict.evidence is not None:
        e = verdict.evidence
        found["evidence"] = {"method": e.method, "points": e.points, "digits": e.digits}
    if verdict.conditions:
        found["conditions"] = [expression(c) for c in verdict.conditions]
    if verdict.left:
        found["left"] = list(verdict.left)
    return found


def _slip_data(slip: Slipped, language: str) -> dict[str, Any]:
    wrong, advice = _of_slip(slip, language)
    return {
        "mistake": slip.mistake,
        "rule": slip.rule,
        "path": list(slip.path),
        "before": expression(slip.before),
        "wrong": expression(slip.wrong),
        "right": None if slip.right is None else expression(slip.right),
        "bindings": {
            k: [expression(e) for e in v] if isinstance(v, tuple) else expression(v) for k, v in slip.bindings.items()
        },
        "what": one_line(wrong),
        "advice": one_line(advice),
    }  # fmt: skip


def expression(e: Expression) -> dict[str, str]:
    return {"text": text(e), "latex": latex(e)}
