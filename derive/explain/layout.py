"""The page laid out for a fixed-width screen: styled lines, formulas in two dimensions where they fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain.catalog import PRIME, Segments
from derive.explain.lines import Line, Span, broken, styled, width_of, wrapped
from derive.explain.page import MAX_FORMULA, MAX_PARTS, Entry, Page, distinct
from derive.notation import named, unicode_block, unicode_line
from derive.notation.block import columns
from derive.notation.rope import Memo

TITLE_WIDTH = 22  # columns kept for the name of a rule, so that explanations stand below each other
INDENT = 6  # of formulas under a title
TALL = 12  # lines: a higher formula is easier to read on one line


@dataclass
class Layout:
    """Draws the parts of one page for a width; formulas are printed once per distinct part."""

    page: Page
    width: int = 80
    blocks: dict[Expression, Any] = field(default_factory=dict)
    lines: Memo = field(default_factory=dict)
    least: int | None = None  # so many distinct parts are too long to be tried again

    def whole(self) -> Iterator[Line]:
        """Every line of the page."""
        page = self.page
        yield from self.formula(page.problem, None, 1)
        if page.notes:
            yield []
        for note in page.notes:
            yield from self.paragraph(self.words(note), 1, "quiet")
        for entry in page.entries:
            yield []
            yield from self.entry(entry)
        if page.omitted:
            yield []
            yield from self.paragraph(f"… {self.words(page.word('not-shown', count=page.omitted))}", 1, "quiet")
        yield []
        yield from self.panel()

    def entry(self, entry: Entry) -> Iterator[Line]:
        """The number, the rule's name, what was done; under it what became what."""
        title = self.words(entry.title)
        first, *more = [self.words(line) for line in entry.lines] or [""]
        number = entry.number.rjust(len(str(len(self.page.shown))))
        head = [Span(f" {number}  ", "number"), Span(title, "title")]
        used = columns(number) + 3 + columns(title)
        gap = max(TITLE_WIDTH + columns(number) + 2 - used, 2)
        if first and columns(title) <= TITLE_WIDTH and used + gap + columns(first) <= self.width:
            yield [*head, Span(" " * gap), Span(first)]
            indent = used + gap
        else:
            yield head
            indent = INDENT
            for part in self.parts(first):
                yield from self.paragraph(part, indent)
        for text in more:
            fits = indent + columns(text) <= self.width
            yield from self.paragraph(text, indent if fits else INDENT)
        for condition in entry.conditions:
            yield from self.paragraph(self.words(condition), INDENT, "quiet")
        if self.page.detail == "full":
            yield from self.paragraph(self.words(self.page.why(entry)), INDENT, "quiet")
            for inner in self.page.inner(entry):
                said = self.words(inner.lines[0]) if inner.lines else ""
                yield from self.paragraph(f"{inner.number} {self.words(inner.title)}: {said}", INDENT, "quiet")
        yield from self.formula(entry.state, entry.mark, INDENT)

    def parts(self, line: str) -> list[str]:
        """A line that is too long, in two where a semicolon stands, so that no formula is broken."""
        if columns(line) + INDENT <= self.width or line.count("; ") != 1:
            return [line]
        return line.replace("; ", ";\n").split("\n")

    def panel(self) -> Iterator[Line]:
        """The answer in a box, with its conditions and its evidence."""
        page = self.page
        heading = self.words(page.heading)
        room = self.width - 5
        inside = [] if page.answer is None else list(self.formula(page.answer, None, 0, room, "answer"))
        notes = [self.words(line) for line in (*page.outcome, *page.conditions)]
        if len(inside) == 1 and len(notes) == 1 and width_of(inside[0]) + 6 + columns(notes[0]) <= room:
            inside = [[*inside[0], Span(" " * 6), Span(notes.pop())]]
        if len(inside) > 1:
            inside.append([])
        for note in notes:
            inside += self.paragraph(note, 0, "", room)
        if page.checked:
            inside += self.paragraph(self.words(page.evidence), 0, "quiet", room)
        for other in page.others:
            inside += self.paragraph(self.words(other), 0, "quiet", room)
        width = max([*[width_of(line) for line in inside], columns(heading) + 1, min(56, room)])
        rule = "─" * (width - columns(heading))
        yield [Span(" ╭ ", "frame"), Span(heading, "title"), Span(f" {rule}╮", "frame")]
        for line in inside:
            yield [Span(" │ ", "frame"), *line, Span(" " * (width - width_of(line))), Span(" │", "frame")]
        yield [Span(f" ╰{'─' * (width + 2)}╯", "frame")]

    def words(self, segments: Segments) -> str:
        """Segments on one line."""
        return "".join([s.content if isinstance(s.content, str) else self.inline(s.content) for s in segments])

    def inline(self, e: Expression) -> str:
        try:
            return _primes(unicode_line(e, flat=self.page.flat, memo=self.lines, max_characters=MAX_FORMULA))
        except LimitError:
            return self.words(self.page.word("too-long", count=f"{MAX_FORMULA:,}"))

    def formula(
        self, e: Expression | None, mark: Expression | None, indent: int, room: int | None = None, style: str = ""
    ) -> Iterator[Line]:
        """A formula in two dimensions where it fits, else on several lines; the marked part is "changed"."""
        room = self.width - indent if room is None else room
        flat = ""
        if e is not None and (self.least is None or distinct(e, self.least) < self.least):
            try:
                flat = unicode_line(e, flat=self.page.flat, mark=mark, max_characters=MAX_FORMULA)
            except LimitError:
                lines = self.with_names(e)
                for let in lines:
                    for piece in broken(let, room, style):  # a definition a line
                        yield [Span(" " * indent), *piece]
                if lines:
                    return
                self.least = distinct(e, MAX_PARTS) * 9 // 10  # names do not shorten the next one that much
        if e is None or not flat:
            yield [Span(" " * indent), Span(self.words(self.page.word("too-long", count=f"{MAX_FORMULA:,}")), "quiet")]
            return
        block = unicode_block(e, flat=self.page.flat, mark=mark, memo=self.blocks)
        if block.width <= room and block.height <= TALL:
            for row, text in enumerate(block.lines):
                regions = [(start, end) for r, start, end in block.marks if r == row]
                yield [Span(" " * indent), *styled(text.rstrip(), regions, style)]
            return
        for line in broken(flat, room, style):
            yield [Span(" " * indent), *line]

    def with_names(self, e: Expression) -> list[str]:
        """A formula that is too long with names for the parts that come again; nothing where that is too long, too."""
        found = named(e, MAX_FORMULA)
        try:
            lines = found.lines(unicode_line, flat=self.page.flat, max_characters=MAX_FORMULA)
        except LimitError:
            return []
        return lines if found.lets else []

    def paragraph(self, text: str, indent: int, style: str = "", room: int | None = None) -> Iterator[Line]:
        """Words wrapped to the room that there is."""
        room = self.width - indent if room is None else room
        for line in wrapped(text, room):
            yield [Span(" " * indent), Span(line, style)] if indent else [Span(line, style)]


def _primes(text: str) -> str:
    return text.replace(f"^{PRIME.label}", "′")
