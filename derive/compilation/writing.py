"""From a program to lines of code: which values get a name, which are written where they are used, in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from derive.compilation.program import Instruction, Program, Slot

Text: TypeAlias = tuple[str, int]
"""A piece of code and how tightly it holds together, one of the levels below."""
TERM, FACTOR, SIGNED, POWER, ATOM = range(5)
MAX_INLINE = 10
"""Operations that are written in one expression before a part gets a name: about a line of code."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language writes the operations.

    patterns  by operation, or by name for calls: `{0}`, `{1}` are the arguments, `{data}` the data
    helpers   functions that are defined in the source when they are used, by name
    number    of a float; nan and negative ones are put in brackets by the writer
    """

    patterns: Mapping[str, str]
    helpers: Mapping[str, str]
    nan: str
    assign: str = "{name} = {value}"

    def number(self, value: float) -> Text:
        if value != value:  # nan
            return self.nan, ATOM
        return repr(value), SIGNED if value < 0 else ATOM


@dataclass(slots=True)
class Code:
    """Lines that compute, each with the name it sets; what the outputs are; which helpers are used.

    `stored` are the names that a later part of a program cut into `parts` reads.
    """

    parts: list[list[str]] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    stored: int = 0


def write(program: Program, dialect: Dialect, inputs: list[str], part: int = 0) -> Code:
    """The code; with `part`, cut into parts of so many lines, values used across parts being t[0], t[1], …"""
    needed = program.needed()
    named = _named(program, needed)
    lines = [s for s, is_named in enumerate(named) if is_named]
    place = {s: (k // part if part else 0) for k, s in enumerate(lines)}
    names, stored = _names(program, needed, named, lines, place)
    code = Code([[] for _ in range(1 + max(place.values(), default=0))], stored=stored)
    texts: dict[Slot, Text] = {}
    for slot, instruction in enumerate(program.instructions):
        if not needed[slot]:
            continue
        text = _text(instruction, texts, dialect, inputs)
        if named[slot]:
            name = names[slot]
            pattern = dialect.assign if not name.startswith("t[") else "{name} = {value}"
            code.parts[place[slot]].append(pattern.format(name=name, value=text[0]))
            text = name, ATOM
        texts[slot] = text
        for a in instruction.arguments:
            if not named[a] and program.instructions[a].operation not in ("input", "number"):
                texts.pop(a, None)  # used once: here
    code.outputs = [texts[s][0] for s in program.outputs]
    code.helpers = _helpers(dialect, code)
    return code


def _named(program: Program, needed: list[bool]) -> list[bool]:
    """Whether a slot gets a line of its own: used more than once, or too long to be written where it is used."""
    uses = [0] * len(needed)
    for slot, instruction in enumerate(program.instructions):
        if needed[slot]:
            for a in instruction.arguments:
                uses[a] += 1
    for slot in program.outputs:
        uses[slot] += 1 if len(program.outputs) == 1 else 2  # each of several outputs has a name
    weights = [0] * len(needed)
    named = [False] * len(needed)
    for slot, instruction in enumerate(program.instructions):
        if not needed[slot] or instruction.operation in ("input", "number"):
            continue
        weights[slot] = 1 + sum([weights[a] for a in instruction.arguments])
        if uses[slot] > 1 or weights[slot] >= MAX_INLINE:
            named[slot] = True
            weights[slot] = 0
    return named


def _names(
    program: Program, needed: list[bool], named: list[bool], lines: list[Slot], place: dict[Slot, int]
) -> tuple[dict[Slot, str], int]:
    """The name of each line's value, and how many are stored because another part reads them."""
    last = max(place.values(), default=0)
    home = dict.fromkeys(program.outputs, last + 1 if last else 0) | place  # results are handed over after the parts
    for slot in range(len(needed) - 1, -1, -1):  # what has no line is written in that of its only reader
        if needed[slot]:
            for a in program.instructions[slot].arguments:
                if not named[a]:
                    home[a] = home[slot]
    crossing = set(program.outputs) if last else set()
    for slot, instruction in enumerate(program.instructions):
        if needed[slot]:
            crossing.update([a for a in instruction.arguments if named[a] and home[a] != home[slot]])
    names: dict[Slot, str] = {}
    stored = 0
    for k, slot in enumerate(lines, 1):
        if slot in crossing:
            names[slot] = f"t[{stored}]"
            stored += 1
        else:
            names[slot] = f"t{k}"
    return names, stored


def _text(instruction: Instruction, texts: dict[Slot, Text], dialect: Dialect, inputs: list[str]) -> Text:
    operation, data = instruction.operation, instruction.data
    if operation == "input":
        return inputs[data], ATOM
    if operation == "number":
        return dialect.number(data)
    arguments = [texts[a] for a in instruction.arguments]
    match operation:
        case "sum":
            first, *rest = zip(arguments, data, strict=True)
            start = ("-" if first[1] < 0 else "") + at_least(first[0], FACTOR if first[1] < 0 else TERM)
            return start + "".join([(" + " if sign > 0 else " - ") + at_least(a, FACTOR) for a, sign in rest]), TERM
        case "product":
            head = at_least(arguments[0], FACTOR)
            return "*".join([head, *[at_least(a, POWER) for a in arguments[1:]]]), FACTOR
        case "quotient" if "quotient" not in dialect.patterns:
            return f"{at_least(arguments[0], FACTOR)}/{at_least(arguments[1], POWER)}", FACTOR
        case "negation":
            return f"-{at_least(arguments[0], POWER)}", SIGNED
    if operation == "integer" and data == 0:
        operation = "unit"
    pattern = dialect.patterns[f"{operation} {data}" if operation in ("compare", "call") else operation]
    infix = pattern.startswith("{")  # elsewhere arguments stand in brackets, between commas or beside relations
    texts_of = [at_least(a, ATOM) if infix else a[0] for a in arguments]
    return pattern.format(*texts_of, data=data), POWER if infix else ATOM


def at_least(text: Text, level: int) -> str:
    """The text, in brackets where it is looser than `level`."""
    return text[0] if text[1] >= level else f"({text[0]})"


def _helpers(dialect: Dialect, code: Code) -> list[str]:
    """The helpers that the lines use, and those that these use, each after what it uses."""
    found: dict[str, None] = {}
    lines = [line for part in code.parts for line in part] + code.outputs
    stack = sorted({w for line in lines for w in _words(line)} & dialect.helpers.keys(), reverse=True)
    while stack:
        name = stack[-1]
        missing = [w for w in _words(dialect.helpers[name]) if w in dialect.helpers and w != name and w not in found]
        if missing and name not in found:
            stack.extend(missing)
        else:
            found.setdefault(name)
            stack.pop()
    return [dialect.helpers[name] for name in found]


def _words(line: str) -> list[str]:
    """The names in a piece of code, without those behind a point: `math.exp(u)  →  math, u`."""
    return _NAME.findall(line)


_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
