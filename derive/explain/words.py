"""What is said of a step, a condition, an outcome, the evidence: the catalog's messages with their slots filled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derive.expressions import (
    OPERATORS, Call, Derivative, Equation, Expression, Limit, Power, Quotient, Substitution, make, postorder,
    rational_value, symbol, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.explain.catalog import Segment, Segments, Slot, formula, has, joined, message, table, text_of
from derive.explain.slots import family, mistake_id, slots, words_id
from derive.trace import Condition, Derivation, Outcome, Step

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
    return message(language, id, "name", {"function": text_of(language, "functions", function)} if function else None)


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
    return message(language, id, field, step_slots(step, language, cited))


# conditions


def needed(conditions: Iterable[Condition], language: str) -> tuple[Segments, ...]:
    """The conditions of a step, each as `where x > 0`; what another one implies is left out."""
    relations = dict.fromkeys([c.alternatives for c in conditions])
    strict = {r[0].arguments for r in relations if len(r) == 1 and r[0].label in (">", "<")}
    kept = [r for r in relations if len(r) > 1 or r[0].label not in (">=", "<=") or r[0].arguments not in strict]
    if not kept:
        return ()
    between = text_of(language, "words", "joined")
    return (message(language, "words", "where", {"condition": joined([relation(r, language) for r in kept], between)}),)


def relation(alternatives: tuple[Expression, ...], language: str) -> Segments:
    """`x > 0`, or `x > 0 or x ≠ floor(x)`."""
    return joined([(Segment("math", a),) for a in alternatives], f" {text_of(language, 'words', 'or')} ")


def condition(c: Condition, language: str) -> Segments:
    """A condition with its reason."""
    shown = relation(c.alternatives, language)
    if c.never:
        return message(language, "words", "never", {"condition": shown})
    return message(language, "words", "condition", {"condition": shown, "because": because(c, language)})


def because(c: Condition, language: str) -> Segments:
    """Why a condition is needed."""
    part = c.part
    if c.source == "domain":
        return message(language, f"condition.{_needing(part)}", "because", {"part": part})
    id = words_id(c.source)
    if not has(language, id, "because"):
        return message(language, "condition.rule", "because", {"name": name(c.source, language)})
    filled: dict[str, Slot] = {"before": part}
    if type(part) is Derivative:
        filled["operand"] = part.arguments[0]
    return message(language, id, "because", filled)


def domain(d: Derivation, language: str) -> tuple[Segments, ...]:
    """Where the result holds, a line a condition."""
    shown = [condition(c, language) for c in d.conditions]
    if any(c.never for c in d.conditions):
        return (message(language, "words", "nowhere"), *shown)
    if shown or d.outcome != "done":
        return tuple(shown)
    nodes = postorder(d.problem)
    abstract = sorted(
        {str(n.name) for n in nodes if type(n) is Call and not (n.name in FUNCTIONS or n.name in OPERATORS)}
    )
    if abstract:
        return (message(language, "words", "smooth", {"names": _names(abstract, language)}),)
    bound = {str(x.label) for n in nodes if type(n) in (Limit, Substitution) for x in n.arguments[1:2]}
    variables = sorted(symbols(d.problem) - bound)
    if not variables:
        return ()
    return (message(language, "words", "every", {"names": _names(variables, language)}),)


def _names(names: list[str], language: str) -> Segments:
    shown: list[Segments] = [(Segment("math", symbol(n)),) for n in names]
    if len(shown) < 2:
        return joined(shown, "")
    last = f" {text_of(language, 'words', 'and')} " if language == "en" else ", "
    return joined([joined(shown[:-1], ", "), shown[-1]], last)


def _needing(part: Expression) -> str:
    """Which kind of part it is that is not defined everywhere."""
    if type(part) is Quotient:
        return "denominator"
    if type(part) is Power:
        n = rational_value(part.arguments[1])
        if n is None:
            return "real-power"
        return "negative-power" if n < 0 else "even-root"
    kind = part.label if type(part) is Call else ""
    if kind == "ln":
        return "logarithm"
    if kind in ("sqrt", "root"):
        return "even-root"
    if kind in ("tan", "cot", "sec", "csc", "coth", "csch"):
        return "tangent"
    return "function"


# outcome, evidence, notes


def outcome(o: Outcome, language: str) -> tuple[Segments, ...]:
    """Why there is no complete answer; () when there is."""
    if o.kind == "done":
        return ()
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
        kind = "limit" if "limit" in v.method else "series" if "series" in v.method else "values"
        method = text_of(language, "check.method", kind)
        id = "check.agrees" if len(v.points) != 1 else "check.agrees-one"
        return message(language, id, "what", {"points": len(v.points), "digits": v.digits, "method": method})
    if v.verdict == "disagrees":
        point = ", ".join([f"{x} = {a}" for x, a in v.witness.point.items()]) if v.witness else "?"
        return message(language, "check.disagrees", "what", {"point": point})
    return message(language, "check.unchecked", "what")


def note(n: Note, language: str) -> Segments:
    """How one ambiguous part of the input was read."""
    id = f"note.{n.kind}"
    if not has(language, id, "what"):
        id = "note.read" if n.alternatives else "note.plain"
    others = f" {text_of(language, 'words', 'or')} ".join(n.alternatives)
    filled: dict[str, Slot] = {"text": n.text, "reading": n.reading or n.text, "others": others}
    return message(language, id, "what", filled)
