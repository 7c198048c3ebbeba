"""The verdicts in words: messages of the catalog with their slots filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.explain.catalog import Segment, Segments, Slot, joined, message, text_of
from derive.notation import parse

if TYPE_CHECKING:
    from derive.equality.similarity import Similarity
    from derive.equality.verdicts import Equivalence


def similarity(found: Similarity, language: str) -> Segments:
    """What is said of two expressions side by side."""
    parts = found.witness
    if parts is None or not (parts.left and parts.right):
        field = "what" if found else "large"
        return message(language, f"similarity.{found.verdict}", field)
    return message(language, "similarity.different", "what", {"left": parse(parts.left), "right": parse(parts.right)})


def equivalence(found: Equivalence, language: str) -> Segments:
    """What is said of the values of two expressions."""
    slots: dict[str, Slot] = {"points": found.evidence.points, "digits": found.evidence.digits}
    id = f"equivalence.{found.verdict}"
    if found.reason:
        return message(language, f"equivalence.{found.reason}", "what", slots)
    w = found.witness
    if w is None:
        one = found.verdict == "agrees" and found.evidence.points == 1
        return message(language, id, "one" if one else "truth" if _of_truth(found) else "what", slots)
    slots["point"] = str(w)
    if found.verdict == "different":
        said = message(language, id, "what" if w.point else "constants", {
            **slots, "left": _value(w.left, language), "right": _value(w.right, language),
        })  # fmt: skip
    else:
        slots["side"] = text_of(language, "equivalence.sides", "right" if w.lacks == "left" else "left")
        between = text_of(language, "words", "joined")
        slots["conditions"] = joined([(Segment("math", parse(c)),) for c in found.conditions], between)
        said = message(language, id, "what" if found.conditions else "plain", slots)
    if w.entry is not None:
        row, column = w.entry
        said = (*message(language, "equivalence.entry", "what", {"row": row, "column": column}), *said)
    if w.functions:
        names = ", ".join(name.partition("(")[0] for name in w.functions)
        said = (*said, *message(language, "equivalence.functions", "what", {"names": names}))
    return said


def _of_truth(found: Equivalence) -> bool:
    return found.verdict == "agrees" and not found.evidence.digits


def _value(value: str | None, language: str) -> str:
    return text_of(language, "equivalence.truth", value) if value in ("true", "false") else str(value)
