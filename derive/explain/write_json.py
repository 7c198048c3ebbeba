"""A derivation as JSON: every distinct expression once in a flat table, words as segments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain import requirements, words
from derive.explain.catalog import Segments
from derive.explain.node_table import NodeTable
from derive.explain.outlining import Item
from derive.explain.page import Page
from derive.explain.wire import SCHEMA_VERSION
from derive.notation import Note
from derive.trace import Condition, Derivation, Finding, Step
from derive.version import VERSION

MAX_WRITTEN = (4_000, 200)  # characters of one text: a page, or a line where pages are too many; longer ones are null
MAX_PAGES = 5_000_000  # characters of the whole, with texts as long as a page
MAX_DEPTH = 1_000  # longest path that is written out
ROWS = 32  # that are written at once: an encoder takes 3 µs to begin, and a row of a long derivation may be a page
MAX_CHARACTERS = 40_000_000  # of the whole: a gradient of 1,500 variables with its 13,500 steps; the reader's are 50

_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def to_json(
    derivation: Derivation,
    *,
    detail: str = "standard",
    language: str = "en",
    mathml: bool = False,
    states: bool = False,
    max_characters: int = MAX_CHARACTERS,
    certificate: Mapping[str, Any] | None = None,
) -> str:
    """The derivation as JSON, schema version 1; LimitError when it would be longer than `max_characters`.

    mathml, states  also write each expression's MathML, each step's whole state
    certificate     the data of its certificate, to be written with it
    """
    page = Page(derivation, detail, language)
    for most, altogether in zip(MAX_WRITTEN, (min(MAX_PAGES, max_characters), max_characters), strict=True):
        written = _Writer(mathml, states, most, certificate).written(page, altogether)
        if written:
            return written
    raise LimitError(
        f"this written as JSON has more than {max_characters:,} characters", limit="json-size", value=max_characters
    )


class _Writer:
    """Says what JSON says of a derivation; expressions are rows of the table."""

    def __init__(self, mathml: bool, states: bool, most: int, certificate: Mapping[str, Any] | None) -> None:
        self.states = states
        self.certificate = certificate
        self.table = NodeTable(most, mathml)
        self.expression = self.table.expression

    def written(self, page: Page, most: int) -> str:
        """All of it, some rows after the other; "" as soon as it is longer than `most` characters."""
        pieces: list[str] = []
        length = 0
        for name, value in self.told(page):
            begin = f'{", " if pieces else "{"}"{name}": '
            if not isinstance(value, Iterator):
                pieces.append(begin + _ENCODE(value))
                length += len(pieces[-1])
                continue
            begin += "["
            while rows := list(islice(value, ROWS)):
                pieces.append(begin + _ENCODE(rows)[1:-1])
                length += len(pieces[-1])
                if length > most:
                    return ""
                begin = ", "
            pieces.append("]" if begin == ", " else begin + "]")
        return "" if length > most else "".join([*pieces, "}"])

    def told(self, page: Page) -> Iterator[tuple[str, Any]]:
        """What there is to say, by its names, when its turn comes; a row at a time where it may be long."""
        d, language = page.derivation, page.language
        yield "schema_version", SCHEMA_VERSION
        yield "engine", {"name": "derive", "version": VERSION}
        yield "task", d.task
        yield "method", d.method
        yield "language", language
        yield "detail", page.detail
        yield "problem", self.expression(d.problem)
        yield "interpretation", [self.note(n, said) for n, said in zip(d.interpretation, page.notes, strict=True)]
        yield "steps", (self.step(s, page, d) for s in d.steps)
        yield "outline", (self.item(number, item, page) for number, item in enumerate(page.items, 1))
        yield "result", self.expression(d.result)
        yield "conditions", [self.condition(c, language) for c in d.conditions]
        yield "findings", [self.finding(f, language) for f in d.findings]
        yield "verification", d.verification.model_dump(mode="json")
        yield "outcome", self.outcome(page)
        if self.certificate is not None:
            yield "certificate", self.certificate
        yield "nodes", iter(self.table.rows)

    def note(self, n: Note, said: Segments) -> dict[str, Any]:
        return {
            "kind": n.kind, "line": n.line, "column": n.column, "end_column": n.end_column, "text": n.text,
            "reading": n.reading, "alternatives": list(n.alternatives), "explanation": self.words(said),
        }  # fmt: skip

    def item(self, number: int, item: Item, page: Page) -> dict[str, Any]:
        return {
            "number": number, "kind": item.kind, "rule": item.lead.rule, "title": _plain(page.title(item)),
            "first": item.start, "last": item.state - 1, "lines": [self.words(line) for line in page.lines(item)],
        }  # fmt: skip

    def outcome(self, page: Page) -> dict[str, Any]:
        outcome = page.derivation.outcome
        return {
            "kind": outcome.kind, "reason": outcome.reason, "limit": outcome.limit,
            "part": None if outcome.part is None else self.expression(outcome.part),
            "step": outcome.step, "explanation": [w for line in page.outcome for w in self.words(line)],
        }  # fmt: skip

    def step(self, s: Step, page: Page, d: Derivation | None) -> dict[str, Any]:
        path = s.path if d is not None else ()
        row: dict[str, Any] = {
            "index": s.index,
            "rule": s.rule,
            "title": _plain(words.name(s.rule, page.language)),
            "path": list(path) if len(path) <= MAX_DEPTH else None,
            "places": s.places,
            "before": self.expression(s.before),
            "after": self.expression(s.after),
            "bindings": self.bindings(s.bindings),
            "partial": s.partial,
            "conditions": [self.condition(c, page.language) for c in s.conditions],
            "weight": s.weight,
            "explanation": self.words(page.what(s)),
            "why": self.words(words.why(s, page.language)),
            "cites": s.cites,
            "steps": [self.step(inner, page, None) for inner in s.steps],
        }
        if self.states and d is not None:
            row["state"] = self.expression(d.states[s.index + 1])
        return row

    def bindings(self, bound: Mapping[str, Expression | tuple[Expression, ...]]) -> dict[str, Any]:
        return {
            name: [self.expression(e) for e in value] if isinstance(value, tuple) else self.expression(value)
            for name, value in bound.items()
        }

    def condition(self, c: Condition, language: str) -> dict[str, Any]:
        return {
            "alternatives": [self.expression(a) for a in c.alternatives],
            "source": c.source,
            "part": self.expression(c.part),
            "never": c.never,
            "along": [self.expression(e) for e in c.along or ()],
            "enough": c.enough,
            "explanation": self.words(requirements.because(c, language)),
        }

    def finding(self, f: Finding, language: str) -> dict[str, Any]:
        sides = {"left": f.left, "right": f.right}
        return {
            "kind": f.kind,
            "place": self.expression(f.place),
            **{name: self.expression(e) for name, e in sides.items() if e is not None},
            "order": f.order,
            "covered": f.covered,
            "source": f.source,
            "explanation": self.words(requirements.finding(f, language)),
        }

    def words(self, segments: Segments) -> list[dict[str, Any]]:
        return [
            {"kind": "text", "text": s.content} if isinstance(s.content, str)
            else {"kind": "math", "math": self.expression(s.content)}
            for s in segments
        ]  # fmt: skip


def _plain(segments: Iterable[Any]) -> str:
    return "".join([str(s.content) for s in segments])
