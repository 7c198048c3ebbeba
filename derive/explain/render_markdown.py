"""Markdown with mathematics between dollar signs, as notebooks and GitHub read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.expressions import Expression
from derive.explain.drawing import LATEX_PRIMES, Drawing
from derive.explain.page import Entry, Page
from derive.notation import latex

SPELLED = (*LATEX_PRIMES, *[(f"<{c}", rf"\lt {c}") for c in "/!?abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"])


def render(page: Page) -> str:
    """The page in Markdown."""
    draw = Drawing(page, latex, escape=escape, inline=lambda shown: f"${shown}$", spelled=SPELLED, longer=2)
    return "\n\n".join(_blocks(page, draw)) + "\n"


def escape(words: str) -> str:
    """Words without a meaning for Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", words).replace("<", "&lt;")


_SPECIAL = re.compile(r"[\\`*_{}\[\]#$|]")


def _blocks(page: Page, draw: Drawing) -> Iterator[str]:
    yield _display(draw, page.problem)
    for note in page.notes:
        yield draw.words(note)
    for entry in page.entries:
        yield from _entry(entry, draw)
    if page.omitted:
        yield f"… {draw.words(page.word('not-shown', count=page.omitted))}"
    lines = [
        f"**{draw.words(page.heading)}** {_answer(draw, page.answer)}".rstrip(),
        *[draw.words(line) for line in page.remarks],
    ]
    yield "\n>\n".join([f"> {line}" for line in lines])


def _entry(entry: Entry, draw: Drawing) -> Iterator[str]:
    first, *more = [draw.words(line) for line in entry.lines] or [""]
    yield f"**{entry.number}. {draw.words(entry.title)}**" + (f" — {first}" if first else "")
    lines = [*more, *[draw.words(c) for c in entry.conditions]]
    if draw.page.detail == "full":
        lines += [draw.words(draw.page.why(entry))]
        lines += [f"{e.number} {draw.words(e.title)}: {draw.words(e.lines[0])}" for e in draw.page.inner(entry)]
    yield from lines
    yield _display(draw, entry.state, "= ", entry.mark)


def _answer(draw: Drawing, e: Expression | None) -> str:
    if e is None:
        return ""
    shown = draw.formula(e)
    return f"$\\displaystyle {shown}$" if shown is not None else draw.too_long()


def _display(draw: Drawing, e: Expression | None, before: str = "", mark: Expression | None = None) -> str:
    shown = draw.formula(e, mark)
    return draw.too_long() if shown is None else f"$$\n{before}{shown}\n$$"
