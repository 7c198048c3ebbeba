"""What is said of conditions: where a step and where the answer hold, and why."""

from __future__ import annotations

from collections.abc import Iterable

from derive.expressions import (
    BINDERS, OPERATORS, Call, Derivative, Equation, Expression, Limit, Power, Quotient, Substitution, Summation, Symbol,
    postorder,
    rational_value, symbol, symbols,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.explain.catalog import Segment, Segments, Slot, has, joined, message, text_of
from derive.explain.slots import words_id
from derive.explain.words import name
from derive.engine.composition import inner_names
from derive.trace import Condition, Derivation, Finding


def needed(conditions: Iterable[Condition], language: str) -> tuple[Segments, ...]:
    """The conditions of a step, each as `where x > 0`; what another one implies is left out."""
    conditions = tuple(conditions)
    relations = dict.fromkeys([c.alternatives for c in conditions if c.along is None])
    strict = {r[0].arguments for r in relations if len(r) == 1 and r[0].label in (">", "<")}
    kept = [r for r in relations if len(r) > 1 or r[0].label not in (">=", "<=") or r[0].arguments not in strict]
    shown = [relation(r, language) for r in kept] + [stated(c, language) for c in conditions if c.along is not None]
    if not shown:
        return ()
    between = text_of(language, "words", "joined")
    return (message(language, "words", "where", {"condition": joined(shown, between)}),)


def relation(alternatives: tuple[Expression, ...], language: str) -> Segments:
    """`x > 0`, or `x > 0 or x ≠ floor(x)`."""
    return joined([(Segment("math", a),) for a in alternatives], f" {text_of(language, 'words', 'or')} ")


def stated(c: Condition, language: str) -> Segments:
    """What has to hold, and for which values of a letter that is bound."""
    shown = relation(c.alternatives, language)
    if c.along is None:
        return shown
    letter, first, last = c.along
    filled: dict[str, Slot] = {"condition": shown, "letter": letter, "first": first, "last": last}
    return message(language, "condition.along", "what", filled)


def condition(c: Condition, language: str) -> Segments:
    """A condition with its reason."""
    shown = stated(c, language)
    if c.never:
        return message(language, "words", "never", {"condition": shown})
    return message(
        language, "words", "enough" if c.enough else "condition", {"condition": shown, "because": because(c, language)}
    )


def finding(f: Finding, language: str) -> Segments:
    """What the derivative does at one point: that it exists there too, or why it does not."""
    exists = f.kind in ("smooth", "edge")
    id = f"finding.{f.kind}{'-higher' if f.order > 1 else ''}"
    value = f.left if f.left is not None else f.right
    filled: dict[str, Slot] = {"place": f.place, "n": f.order, "below": f.order - 1}
    filled |= {name: e for name, e in (("left", f.left), ("right", f.right), ("value", value)) if e is not None}
    return message(language, id, "covered" if f.covered else "apart" if exists else "what", filled)


def because(c: Condition, language: str) -> Segments:
    """Why a condition is needed."""
    part = c.part
    if c.source == "domain":
        needing = "negative-power" if type(part) is Power and c.alternatives[0].label == "!=" else _needing(part)
        return message(language, f"condition.{needing}", "because", {"part": part})
    id = words_id(c.source)
    if not has(language, id, "because"):
        return message(language, "condition.rule", "because", {"name": name(c.source, language)})
    filled: dict[str, Slot] = {"before": part}
    if type(part) is Derivative:
        filled["operand"] = part.arguments[0]
    return message(language, id, "because", filled)


def domain(d: Derivation, language: str) -> tuple[Segments, ...]:
    """Where the result holds, a line a condition."""
    improper = any(c.never for c in d.conditions) and d.outcome.reason == "improper-integral"
    shown = [condition(c, language) for c in d.conditions if not (improper and c.never)]
    if not improper and any(c.never for c in d.conditions):
        return (message(language, "words", "nowhere"), *shown)
    if shown or d.outcome != "done":
        return tuple(shown)
    nodes = postorder(d.problem)
    abstract = sorted(
        {str(n.name) for n in nodes if type(n) is Call and not (n.name in FUNCTIONS or n.name in OPERATORS)}
    )
    if abstract:
        return (message(language, "words", "smooth", {"names": _names(abstract, language)}),)
    bound = {str(n.arguments[1].label) for n in nodes if type(n) is Limit}
    bound |= {str(n.arguments[1].label) for n in nodes if type(n) in BINDERS} - symbols(d.problem)
    bound |= {str(x.label) for n in nodes if type(n) is Substitution for x in n.arguments[1::2]}
    orders = {x for n in nodes if type(n) is Derivative for a in n.arguments[2::2] for x in symbols(a)}
    asked = d.problem.right if type(d.problem) is Equation and type(d.problem.left) is Symbol else d.problem
    counted = {x for n in nodes if type(n) is Summation for e in n.arguments[2:] for x in symbols(e)}
    variables = sorted(symbols(asked) - bound - orders - counted - inner_names(d.problem))
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
