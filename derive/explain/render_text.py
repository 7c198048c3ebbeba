"""Plain lines: formulas in the notation that is typed."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import Expression
from derive.explain.drawing import TEXT_PRIMES, Drawing
from derive.explain.page import Entry, Page
from derive.notation import text


def render(page: Page) -> str:
    """The page as plain lines."""
    return "\n".join(_lines(page, Drawing(page, text, spelled=TEXT_PRIMES))) + "\n"


def _lines(page: Page, draw: Drawing) -> Iterator[str]:
    yield _formula(draw, page.problem)
    for note in page.notes:
        yield f"  {draw.words(note)}"
    for entry in page.entries:
        yield ""
        yield from _entry(entry, draw)
    if page.omitted:
        yield ""
        yield f"… {draw.words(page.word('not-shown', count=page.omitted))}"
    yield ""
    answer = "" if page.answer is None else f": {_formula(draw, page.answer)}"
    yield f"{draw.words(page.heading)}{answer}"
    for line in page.remarks:
        yield f"  {draw.words(line)}"


def _entry(entry: Entry, draw: Drawing) -> Iterator[str]:
    first, *more = [draw.words(line) for line in entry.lines] or [""]
    yield f"{entry.number}. {draw.words(entry.title)}" + (f": {first}" if first else "")
    indent = " " * (len(entry.number) + 2)
    for line in (*more, *[draw.words(c) for c in entry.conditions]):
        yield f"{indent}{line}"
    if draw.page.detail == "full":
        yield f"{indent}{draw.words(draw.page.why(entry))}"
        for e in draw.page.inner(entry):
            yield f"{indent}{e.number} {draw.words(e.title)}: {draw.words(e.lines[0])}"
    yield f"{indent}= {_formula(draw, entry.state)}"


def _formula(draw: Drawing, e: Expression | None) -> str:
    return draw.formula(e) or draw.too_long()
