"""Plain lines: formulas in the notation that is typed, no character beyond the words'."""

from __future__ import annotations

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain.catalog import Segments
from derive.explain.page import MAX_FORMULA, Entry, Page
from derive.notation import text
from derive.notation.rope import Memo


def render(page: Page) -> str:
    """The page as plain lines."""
    draw = Drawing(page)
    lines = [draw.math(page.problem)]
    lines += [f"  {draw.words(n)}" for n in page.notes]
    for entry in page.entries:
        lines += ["", *_entry(entry, draw)]
    if page.omitted:
        lines += ["", f"… {draw.words(page.word('not-shown', count=page.omitted))}"]
    lines += ["", *_answer(page, draw)]
    return "\n".join(lines) + "\n"


class Drawing:
    """Segments and formulas as text; formulas printed once per distinct part."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.memo: Memo = {}

    def math(self, e: Expression) -> str:
        try:
            return _primes(text(e, flat=self.page.flat, memo=self.memo, max_characters=MAX_FORMULA))
        except LimitError:
            return self.words(self.page.word("too-long", count=f"{MAX_FORMULA:,}"))

    def words(self, segments: Segments) -> str:
        return "".join([s.content if isinstance(s.content, str) else self.math(s.content) for s in segments])


def _entry(entry: Entry, draw: Drawing) -> list[str]:
    first, *more = [draw.words(line) for line in entry.lines] or [""]
    lines = [f"{entry.number}. {draw.words(entry.title)}" + (f": {first}" if first else "")]
    indent = " " * (len(entry.number) + 2)
    lines += [f"{indent}{line}" for line in more]
    lines += [f"{indent}{draw.words(c)}" for c in entry.conditions]
    if draw.page.detail == "full":
        lines += [f"{indent}{draw.words(entry.why)}"] if entry.why else []
        lines += [f"{indent}{e.number} {draw.words(e.title)}: {draw.words(e.lines[0])}" for e in entry.entries]
    return [*lines, f"{indent}= {draw.math(entry.state)}"]


def _answer(page: Page, draw: Drawing) -> list[str]:
    heading = page.text("answer") if page.derivation.outcome == "done" else page.text("partly").capitalize()
    lines = [f"{heading}: {draw.math(page.answer)}"]
    lines += [f"  {draw.words(line)}" for line in (*page.outcome, *page.conditions, page.evidence)]
    return lines


def _primes(shown: str) -> str:
    """The book's (u*v)', which is kept as a power with a prime as its exponent."""
    return shown.replace("^`′`", "'")
