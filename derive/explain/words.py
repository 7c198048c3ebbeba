"""What is said of a step, a condition, an outcome, the evidence: the catalog's messages with their slots filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.expressions import (
    Equation, Expression, make, symbol,
)  # fmt: skip
from derive.explain.catalog import (
    Segment, Segments, Slot, fixed, formula, has, has_slots, joined, message, table, text_of,
)  # fmt: skip
from derive.explain.slots import family, mistake_id, slots, words_id
from derive.trace import Derivation, Outcome, Step

if TYPE_CHECKING:
    from derive.notation import Note
    from derive.numeric import Verification
    from derive.rules import Bindings


def name(rule: str, language: str) -> Segments:
    """The title of a step; the id itself for a rule without words."""
    id = words_id(rule)
    function = family(rule)[1]
    if not has(language, id, "name"):
        return (Segment("text", rule),)
    if not function:
        return fixed(language, id, "name")
    return message(language, id, "name", {"function": text_of(language, "functions", function)})


def what(step: Step, language: str, cited: int = 0) -> Segments:
    """What is done in a step; `cited` is the number of the step that it quotes."""
    return _about(step, language, "what", cited)


def why(step: Step, language: str) -> Segments:
    """One sentence of reason."""
    return _about(step, language, "why")


def hints(step: Step, language: str) -> tuple[Segments, ...]:
    """The ladder: where to look, which rule, the rule with this u and v."""
    id = words_id(step.rule)
    if not has(language, id, "hints"):
        return (name(step.rule, language),)
    filled = step_slots(step, language)
    return tuple([message(language, id, "hints", filled, i) for i in range(len(table(language, id)["hints"]))])


def book_formula(step: Step, language: str) -> Segments:
    """The rule as in the book, with what its letters are here: `(u·v)′ = u′·v + u·v′ with u = x², v = sin(3x)`."""
    id = words_id(step.rule)
    if not has(language, id, "formula") or step.steps:
        return ()
    named = [_is(letter, step) for letter in table(language, id).get("with", ())]
    if not named:
        return ()
    shown = Segment("math", formula(str(table(language, id)["formula"])))
    return message(language, "words", "named", {"formula": (shown,), "letters": joined(named, ", ")})


def _is(letter: str, step: Step) -> Segments:
    value = step.bindings[letter]
    assert isinstance(value, Expression)
    return (Segment("math", make(Equation, (symbol(letter), value), "=")),)


def mistake(
    rule: str, mistake: str, language: str, before: Expression, right: Expression, bindings: Bindings
) -> tuple[Segments, Segments]:
    """(what went wrong, what to do instead) for a known mistake made in place of `before` → `right`.

    The id alone for a mistake without words.
    """
    id = mistake_id(rule, mistake)
    if not has(language, id, "wrong"):
        return (Segment("text", mistake),), ()
    filled = slots(language, rule, before, right, bindings)
    filled["right"] = right
    return message(language, id, "wrong", filled), message(language, id, "advice", filled)


def step_slots(step: Step, language: str, cited: int = 0) -> dict[str, Slot]:
    """Every slot that the words of this step may use."""
    side = (step.steps[0].before, step.steps[0].after) if step.steps else None
    filled = slots(language, step.rule, step.before, step.after, step.bindings, side)
    filled["step"] = cited
    return filled


def _about(step: Step, language: str, field: str, cited: int = 0) -> Segments:
    id = words_id(step.rule)
    if not has(language, id, field):
        return (Segment("math", make(Equation, (step.before, step.after), "=")),) if field == "what" else ()
    if not has_slots(language, id, field):
        return fixed(language, id, field)
    return message(language, id, field, step_slots(step, language, cited))


# outcome, evidence, notes


def outcome(o: Outcome, language: str, wrong: Step | None = None, number: int = 0) -> tuple[Segments, ...]:
    """Why there is no complete answer; () when there is. `wrong` is the step that changed the value, by its number."""
    if o.kind == "done":
        return ()
    if o.kind == "unsound":
        if wrong is None:
            return (message(language, "outcome.unsound-somewhere", "what"),)
        slots: dict[str, Slot] = {"number": number, "before": wrong.before, "after": wrong.after}
        return (message(language, "outcome.unsound", "what", slots),)
    if o.kind == "budget":
        id = f"outcome.{o.limit}" if has(language, f"outcome.{o.limit}", "what") else "outcome.budget"
        return (message(language, id, "what", {"reason": o.reason}),)
    lines: list[Segments] = []
    if o.part is not None:
        lines.append(message(language, "outcome.stuck", "what", {"part": o.part}))
    if o.reason.startswith("task-"):
        return (message(language, "outcome.task", "what"),)
    if has(language, f"outcome.{o.reason}", "what"):
        return (message(language, f"outcome.{o.reason}", "what", {"part": o.part} if o.part is not None else None),)
    if o.reason.startswith("no-rule") and o.part is not None:
        return (message(language, "outcome.no-rule", "what", {"part": o.part}),)
    if o.reason:
        lines.append((Segment("text", o.reason),))
    return tuple(lines)


def other_way(d: Derivation, language: str) -> Segments:
    """Another method for the same problem: how many steps it takes, and what comes out."""
    method = message(language, f"method.{d.method}", "name")
    return message(language, "method.other", "what", {"name": method, "steps": len(d.steps), "result": d.result})


def evidence(v: Verification, language: str) -> Segments:
    """How the result was checked."""
    if v.verdict == "agrees":
        found = _agreement(v, language)
        if not v.steps:
            return found
        return message(language, "check.steps", "what", {"evidence": found, "steps": v.steps})
    if v.verdict == "disagrees":
        point = ", ".join([f"{x} = {a}" for x, a in v.witness.point.items()]) if v.witness else "?"
        return message(language, "check.disagrees", "what", {"point": point})
    return message(language, "check.off" if v.verify == "off" else "check.unchecked", "what")


def _agreement(v: Verification, language: str) -> Segments:
    kind = "limit" if "limit" in v.method else "series" if "series" in v.method else "values"
    method = text_of(language, "check.method", kind)
    if v.exact and not v.points:
        return message(language, "check.exact-only", "what")
    id = ("check.exact" if v.exact else "check.agrees") + ("-one" if len(v.points) == 1 else "")
    return message(language, id, "what", {"points": len(v.points), "digits": v.digits, "method": method})


def note(n: Note, language: str) -> Segments:
    """How one ambiguous part of the input was read."""
    id = f"note.{n.kind}"
    if not has(language, id, "what"):
        id = "note.read" if n.alternatives else "note.plain"
    others = f" {text_of(language, 'words', 'or')} ".join(n.alternatives)
    filled: dict[str, Slot] = {"text": n.text, "reading": n.reading or n.text, "others": others}
    return message(language, id, "what", filled)
