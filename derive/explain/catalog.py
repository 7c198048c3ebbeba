"""The catalog of words: a message yields segments of text and mathematics, never a string.

So every output shows the same message, and nothing is escaped twice.
A message is a template: `{u}` is a slot, `{u:을}` a slot with the Korean particle that follows its spoken reading,
`{=x > 0}` a formula as it stands. Messages stand in `messages/en.toml`, `messages/en-<topic>.toml` and so on; only the
tables that are asked for are parsed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal, NamedTuple, TypeAlias

from derive.errors import UsageError
from derive.expressions import Expression, symbol
from derive.explain.particles import particle
from derive.notation import parse

LANGUAGES = ("en", "ko")
"""The first is complete by definition; the others have the same tables."""


class Segment(NamedTuple):
    """A piece of a message: words, or an expression to be set as mathematics."""

    kind: Literal["text", "math"]
    content: str | Expression


Segments: TypeAlias = tuple[Segment, ...]
Slot: TypeAlias = "Expression | str | int | Segments"
Slots: TypeAlias = Mapping[str, Slot]


def message(language: str, id: str, field: str, slots: Slots | None = None, index: int | None = None) -> Segments:
    """The message's segments with its slots filled; KeyError for a message or a slot that does not exist.

    `index` chooses one of several texts (hints). `message("en", "derivative.power", "what", {"n": parse("5")})`.
    """
    segments: list[Segment] = []
    for part in template(language, id, field, index):
        if isinstance(part, Segment):
            segments.append(part)
            continue
        name, suffix = part
        if slots is None or name not in slots:
            raise KeyError(f"{language}: {id}.{field} has a slot {{{name}}} that is not bound")
        filled = as_segments(slots[name])
        segments += filled
        if suffix:
            segments.append(Segment("text", particle(filled[-1].content if filled else "", suffix)))
    return tuple(segments)


@cache
def fixed(language: str, id: str, field: str) -> Segments:
    """The segments of a message without slots, which is the same wherever it stands."""
    return message(language, id, field)


@cache
def text_of(language: str, id: str, field: str) -> str:
    """The words of a message without slots."""
    return "".join([str(s.content) for s in fixed(language, id, field)])


def has(language: str, id: str, field: str) -> bool:
    """Whether the catalog has this message."""
    return field in table(language, id)


@cache
def has_slots(language: str, id: str, field: str) -> bool:
    """Whether the message names anything that differs from step to step."""
    return not all(isinstance(part, Segment) for part in template(language, id, field))


def as_segments(value: Slot) -> Segments:
    """What stands in a slot, as segments."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, Expression):
        return (Segment("math", value),)
    return (Segment("text", str(value)),)


def joined(groups: Sequence[Segments], between: str) -> Segments:
    """Several messages one after the other."""
    segments: list[Segment] = []
    for group in groups:
        if segments and group:
            segments.append(Segment("text", between))
        segments += group
    return tuple(segments)


@cache
def template(language: str, id: str, field: str, index: int | None = None) -> tuple[Segment | tuple[str, str], ...]:
    """The message's parts: segments that stand fast, and slots as (name, particle)."""
    words = table(language, id).get(field)
    if words is None:
        raise KeyError(f"{language}: no {field} for {id}")
    text = words[index] if index is not None else words
    parts: list[Segment | tuple[str, str]] = []
    for before, name, suffix, conversion in Formatter().parse(str(text)):
        if before:
            parts.append(Segment("text", before))
        if name is None:
            continue
        if name.startswith("="):
            fixed = formula(name[1:] + (f"!{conversion}" if conversion else ""))
            parts.append(Segment("math", fixed))
            if suffix:
                parts.append(Segment("text", particle(fixed, suffix)))
        else:
            parts.append((name, suffix or ""))
    return tuple(parts)


@cache
def formula(text: str) -> Expression:
    """A formula of the catalog, where `u'` and `(u*v)'` are derivatives: `(u*v)' = u'*v + u*v'`."""
    return parse(_PRIME.sub("^`'`", text)).replace(symbol("'"), PRIME)


PRIME = symbol("′")
"""The exponent that a book's prime is kept as: (u*v)′ is Power(u*v, ′)."""
_PRIME = re.compile(r"'(?!\()")  # not f'(u), which is read as it stands
_HEAD = re.compile(r'^\["?([^\]"]+)"?\]$', re.MULTILINE)


@cache
def table(language: str, id: str) -> Mapping[str, str | list[str]]:
    """All fields of one id, {} where there is none."""
    section = _sections(language).get(id)
    if section is None:
        return {}
    found = tomllib.loads(section)
    if language != LANGUAGES[0]:  # mathematics needs no translation
        found |= {name: value for name, value in table(LANGUAGES[0], id).items() if name in ("formula", "with")}
    return found


@cache
def identifiers(language: str) -> tuple[str, ...]:
    """Every id of the catalog."""
    return tuple(_sections(language))


@cache
def _sections(language: str) -> Mapping[str, str]:
    if language not in LANGUAGES:
        raise UsageError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    sections: dict[str, str] = {}
    folder = files("derive.explain").joinpath("messages")
    for file in sorted((f for f in folder.iterdir() if f.name.startswith(language)), key=lambda f: f.name):
        pieces = _HEAD.split(file.read_text("utf-8"))
        sections.update(zip(pieces[1::2], pieces[2::2], strict=True))
    return sections
