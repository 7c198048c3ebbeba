"""Segments and formulas in one format: the part that every text format draws alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain.catalog import Segments
from derive.explain.page import MAX_FORMULA, MAX_PARTS, Page, distinct
from derive.notation import latex, named, text


Printer: TypeAlias = Callable[..., str]
"""A printer of `derive.notation`: takes an expression, `flat`, `memo`, `max_characters` and perhaps `mark`."""


Spelling: TypeAlias = tuple[tuple[str, str], ...]
"""What a printer writes, and how it is to be written instead: the book's primes are kept as exponents."""
TEXT_PRIMES: Spelling = (("^`′`", "'"),)
LATEX_PRIMES: Spelling = ((r"^{\mathit{′}}", "'"),)


def respelled(shown: str, spelling: Spelling) -> str:
    """`shown` with every spelling exchanged; most formulas hold none."""
    for old, new in spelling:
        if old in shown:
            shown = shown.replace(old, new)
    return shown


class Drawing:
    """Draws segments with `escape` for words and `formula` for mathematics; each distinct part is printed once."""

    def __init__(
        self,
        page: Page,
        printer: Printer,
        *,
        escape: Callable[[str], str] = str,
        inline: Callable[[str], str] = str,
        spelled: Spelling = (),
        longer: int = 1,
    ) -> None:
        self.page = page
        self.printer = printer
        self.escape = escape
        self.inline = inline
        self.spelled = spelled
        self.most = MAX_FORMULA * longer
        self.memo: dict[Expression, Any] = {}
        self.least: int | None = None  # so many distinct parts are too long to be tried again

    def words(self, segments: Segments) -> str:
        """A message."""
        return "".join(
            [self.escape(s.content) if isinstance(s.content, str) else self.within(s.content) for s in segments]
        )

    def within(self, e: Expression) -> str:
        """A formula within a line of words; words where it is too long."""
        shown = self.formula(e)
        return self.too_long() if shown is None else self.inline(shown)

    def formula(self, e: Expression | None, mark: Expression | None = None) -> str | None:
        """A formula, with the changed part marked; None where it is too long."""
        if e is None or (self.least is not None and distinct(e, self.least) == self.least):
            return None
        more = {} if mark is None else {"mark": mark}
        try:
            shown = self.printer(e, flat=self.page.flat, memo=self.memo, max_characters=self.most, **more)
        except LimitError:
            written = self.with_names(e)
            if written is None:
                self.least = distinct(e, MAX_PARTS) * 9 // 10  # names do not shorten the next one that much
                return None
            shown = written
        return respelled(shown, self.spelled)

    def with_names(self, e: Expression) -> str | None:
        """A formula that is too long with names for the parts that come again; None where that is too long, too."""
        found = named(e, self.most)
        try:
            if self.printer is latex:
                return found.latex(flat=self.page.flat, max_characters=self.most) if found.lets else None
            if self.printer is text and found.lets:
                return "; ".join(found.lines(text, flat=self.page.flat, max_characters=self.most))
        except LimitError:
            return None
        return None

    def too_long(self) -> str:
        return self.words(self.page.word("too-long", count=f"{MAX_FORMULA:,}"))
