"""A derivation as JSON: every distinct expression once in a flat table, words as segments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain import requirements, words
from derive.explain.catalog import Segments
from derive.explain.node_table import NodeTable
from derive.explain.page import Page
from derive.explain.wire import SCHEMA_VERSION
from derive.trace import Condition, Derivation, Finding, Step
from derive.version import VERSION

MAX_WRITTEN = (4_000, 200)  # characters of one text: a page, or a line where pages are too many; longer ones are null
MAX_STEPS = 4_000  # longest golden derivation: below 100
MAX_DEPTH = 1_000  # longest path that is written out
MAX_BYTES = 5_000_000  # of the whole answer


def to_json(
    derivation: Derivation,
    *,
    detail: str = "standard",
    language: str = "en",
    mathml: bool = False,
    states: bool = False,
) -> str:
    """The derivation as JSON, schema version 1; LimitError when it would be larger than five megabytes.

    mathml, states  also write each expression's MathML, each step's whole state
    """
    if len(derivation.steps) > MAX_STEPS:
        raise LimitError(
            f"more than {MAX_STEPS:,} steps cannot be written as JSON", limit="json-steps", value=MAX_STEPS
        )
    page = Page(derivation, detail, language)
    for most in MAX_WRITTEN:
        written = json.dumps(_Writer(mathml, states, most).derivation(page), ensure_ascii=False)
        if len(written) <= MAX_BYTES:
            return written
    raise LimitError(f"as JSON this has more than {MAX_BYTES:,} characters", limit="json-size", value=MAX_BYTES)


class _Writer:
    """Says what JSON says of a derivation; expressions are rows of the table."""

    def __init__(self, mathml: bool, states: bool, most: int) -> None:
        self.states = states
        self.table = NodeTable(most, mathml)
        self.expression = self.table.expression

    def derivation(self, page: Page) -> dict[str, Any]:
        d, language = page.derivation, page.language

        return {
            "schema_version": SCHEMA_VERSION,
            "engine": {"name": "derive", "version": VERSION},
            "task": d.task,
            "method": d.method,
            "language": language,
            "detail": page.detail,
            "problem": self.expression(d.problem),
            "interpretation": [
                {
                    "kind": n.kind, "line": n.line, "column": n.column, "end_column": n.end_column, "text": n.text,
                    "reading": n.reading, "alternatives": list(n.alternatives), "explanation": self.words(said),
                }
                for n, said in zip(d.interpretation, page.notes, strict=True)
            ],
            "steps": [self.step(s, page, d) for s in d.steps],
            "outline": [
                {
                    "number": number, "kind": item.kind, "rule": item.lead.rule, "title": _plain(page.title(item)),
                    "first": item.start, "last": item.state - 1,
                    "lines": [self.words(line) for line in page.lines(item)],
                }
                for number, item in enumerate(page.items, 1)
            ],
            "result": self.expression(d.result),
            "conditions": [self.condition(c, language) for c in d.conditions],
            "findings": [self.finding(f, language) for f in d.findings],
            "verification": d.verification.model_dump(mode="json"),
            "outcome": {
                "kind": d.outcome.kind, "reason": d.outcome.reason, "limit": d.outcome.limit,
                "part": None if d.outcome.part is None else self.expression(d.outcome.part),
                "step": d.outcome.step,
                "explanation": [w for line in page.outcome for w in self.words(line)],
            },
            "nodes": self.table.rows,
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
