"""An expression together with how ambiguous places in it were read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.errors import DeriveError
from derive.expressions import Expression
from derive.notation.lexed import Lexed


@dataclass(frozen=True)
class Note:
    """One place that could have been meant otherwise.

    kind          what was decided, in kebab-case: `product-after-slash`; its words stand in explain/messages
    line, column  where the piece begins, from 1; end_column is where it ends on that line
    text          the piece as typed; reading: what it was taken for, alternatives: what it might have been
    """

    kind: str
    line: int
    column: int
    end_column: int
    text: str
    reading: str
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, config=ConfigDict(arbitrary_types_allowed=True))
class Reading:
    """What a text was read as."""

    expression: Expression
    notes: tuple[Note, ...] = ()


def read(text: str, *, names: Collection[str] = (), relations: bool = True, latex: bool | None = None) -> Reading:
    """Like parse, with a note for every place that could have been meant otherwise.

    `1/2x  →  1/2*x`, noting `1/(2*x)`
    """
    from derive.notation.parser import parse_noting

    expression, lexed = parse_noting(text, frozenset(names), relations, latex)
    return Reading(expression, notes(lexed))


def notes(lexed: Lexed) -> tuple[Note, ...]:
    """The notes on the guesses made while reading, in the order of the text, one for each kind and piece."""
    found: dict[tuple[str, str], Note] = {}
    for raw in sorted(lexed.notes, key=lambda n: (n[1], n[0])):
        kind, start, end, *_ = raw
        piece = lexed.text[start : min(end or start + LONGEST_PIECE, start + LONGEST_PIECE)]
        if end is None or (kind, piece) not in found:
            found.setdefault((kind, piece), _note(lexed, raw))
        if len(found) == MOST_NOTES:
            break
    return tuple(found.values())


MOST_NOTES = 100  # kinds of places in one text; the collected problems have at most five
LONGEST_PIECE = 400  # characters of a piece that is written out with its alternatives


def note_at(text: str, kind: str, start: int, end: int, reading: str, alternatives: tuple[str, ...] = ()) -> Note:
    before = text[:start]
    line = before.count("\n") + 1
    column = start - (before.rfind("\n") + 1) + 1
    return Note(kind, line, column, column + end - start, text[start:end], reading, alternatives)


def _note(lexed: Lexed, raw: tuple[Any, ...]) -> Note:
    kind, start, end, *slots = raw
    text = lexed.text
    reading = ""
    alternatives: tuple[str, ...] = ()
    if kind == "product-not-call":
        end = _closing(text, start)
    if end is None or end < start:
        end = start
    end = min(end, start + LONGEST_PIECE)
    while end > start and text[end - 1].isspace():
        end -= 1
    piece = text[start:end]
    if kind in _SHAPES:
        reading, alternatives = _SHAPES[kind](text, start, end, slots)
    names = lexed.names
    return note_at(
        text, kind, start, start + len(piece), _canonical(reading, names),
        tuple(dict.fromkeys(_canonical(a, names) for a in alternatives)),
    )  # fmt: skip


def _canonical(spelling: str, names: frozenset[str]) -> str:
    """The canonical text of a spelling, itself where it is only a sketch."""
    if "…" in spelling or not spelling or len(spelling) > 2 * LONGEST_PIECE:
        return spelling
    from derive.notation.parser import parse

    try:
        return str(parse(spelling, names=names))
    except DeriveError:
        return spelling


def _closing(text: str, start: int) -> int:
    depth = 0
    for i in range(start, min(len(text), start + LONGEST_PIECE)):
        if text[i] in "([{":
            depth += 1
        elif text[i] in ")]}":
            depth -= 1
            if depth <= 0:
                return i + 1
    return min(len(text), start + LONGEST_PIECE)


Shape = tuple[str, tuple[str, ...]]


def _letters(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return slots[0], (f"`{text[start:end]}`",)


def _log(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return "ln(…)", ("log(…, 10)",)


def _decimal(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return "log(…, 10)", ("log(…, 2)",)


def _inverse(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    name, inverse = slots
    return f"{inverse}(…)", (f"1/{name}(…)",)


def _product(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    bracket = text[start + len(slots[0]) : end] if text.startswith(slots[0], start) else ""
    return (f"`{slots[0]}`*{bracket}", (f"`{slots[0]}`{bracket}",)) if bracket else ("", ())


def _call(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    name = slots[0]
    bracket = text[text.index("(", start) : end]
    return f"`{name}`{bracket}", (f"`{name}`*{bracket}",)


def _after_slash(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    slash, times = slots
    return f"({text[start:times]})*({text[times:end]})", (f"({text[start:slash]})/({text[slash + 1 : end]})",)


def _reach(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    argument, times = slots
    head = text[start:argument]
    return f"{head}({text[argument:end]})", (f"{head}({text[argument:times]})*{text[times:end]}",)


def _before_slash(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    head, argument = text[start : slots[0]].strip(), text[slots[0] : end].strip()
    return f"{head}({argument})/…", (f"{head}({argument}/…)",)


def _depends(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return slots[0], ()


def _name(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return f"`{slots[0]}`", ()


def _number(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    return slots[0], ()


def _rest(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    operand, sign = slots
    operator = text[start:operand].strip()
    return f"{operator}({text[operand:end]})", (f"{operator}({text[operand:sign]}){text[sign:end]}",)


def _bracket(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    operator, operand = text[start : slots[0]].strip(), text[slots[0] : end].strip()
    return f"{operator}({operand})·…", (f"{operator}({operand}·…)",)


def _power(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    operand, bracket_end = slots
    operator = text[start:operand].strip()
    return f"{operator}({text[operand:end]})", (f"({operator}{text[operand:bracket_end]}){text[bracket_end:end]}",)


def _exponent(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    caret, factor = slots
    return f"{text[start:factor]}*{text[factor:end]}", (f"{text[start:caret]}^({text[caret + 1 : end]})",)


def _sum(text: str, start: int, end: int, slots: list[Any]) -> Shape:
    operand, sign = slots
    head = text[start:operand].strip()
    inside = text[operand:end].strip()
    return f"{head} ({inside}) {text[sign]} …", (f"{head} ({inside} {text[sign]} …)",)


_SHAPES = {
    "letters": _letters, "natural-log": _log, "decimal-log": _decimal, "inverse-function": _inverse,
    "product-not-call": _product, "call-not-product": _call, "product-after-slash": _after_slash,
    "function-reach": _reach,
    "function-before-slash": _before_slash, "depends": _depends, "differential": _name, "accent": _name,
    "comma-in-number": _number, "operator-takes-rest": _rest, "operator-takes-bracket": _bracket,
    "operator-takes-power": _power, "exponent-then-factor": _exponent, "sum-takes-term": _sum,
}  # fmt: skip
NOTE_KINDS = (
    *_SHAPES, "one-variable", "no-variable", "all-variables", "left-side", "variable-absent", "given-absent", "changes",
)  # fmt: skip
"""Every kind of note; the last seven are about whole problems."""
