"""One HTML file that opens by a double click: no network, no script, native MathML, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from derive.expressions import Expression
from derive.explain.catalog import text_of
from derive.explain.drawing import TEXT_PRIMES, Drawing
from derive.explain.page import Entry, Page
from derive.notation import mathml, text

SPELLED = (("<mi>′</mi>", "<mo>′</mo>"), *TEXT_PRIMES)
NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'  # HTML needs none


def render(page: Page) -> str:
    """The page as a whole HTML document."""
    style = files("derive.explain").joinpath("page.css").read_text("utf-8")
    title = Drawing(page, text).formula(page.problem) or "derive"
    return "\n".join([
        "<!DOCTYPE html>",
        f'<html lang="{page.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title[:120])}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        "<body>",
        *body(page),
        "</body>",
        "</html>",
        "",
    ])  # fmt: skip


def body(page: Page) -> Iterator[str]:
    """The page's content, for a document of one's own."""
    draw = _Html(page)
    yield "<main>"
    yield f"<h1>{draw.display(page.problem)}</h1>"
    if page.notes:
        notes = "".join([f"<li>{draw.words(n)}</li>" for n in page.notes])
        yield f'<section class="notes"><h2>{_word(page, "reading")}</h2><ul>{notes}</ul></section>'
    if page.entries:
        yield '<ol class="steps">'
        for entry in page.entries:
            yield from _entry(entry, draw)
        yield "</ol>"
    if page.omitted:
        yield f'<p class="quiet">… {draw.words(page.word("not-shown", count=page.omitted))}</p>'
    yield f'<section class="answer"><h2>{draw.words(page.heading)}</h2>'
    if page.answer is not None:
        yield draw.display(page.answer)
    yield from [f"<p>{draw.words(line)}</p>" for line in (*page.outcome, *page.conditions)]
    if page.answer is not None:
        yield f'<p class="quiet">{draw.words(page.evidence)}</p>'
    for other in page.others:
        yield f'<p class="quiet">{draw.words(other)}</p>'
    yield "</section>"
    yield "</main>"


class _Html(Drawing):
    def __init__(self, page: Page) -> None:
        super().__init__(page, _bare, escape=escape, spelled=SPELLED, longer=10)

    def display(self, e: Expression | None, mark: Expression | None = None) -> str:
        """A formula on a line of its own, that scrolls where it is too wide."""
        shown = self.formula(e, mark)
        if shown is None:
            return f'<p class="quiet">{self.too_long()}</p>'
        block = shown.replace("<math", '<math display="block"', 1)
        return f'<div class="formula">{block}</div>'


def _bare(e: Expression, **options: object) -> str:
    return mathml(e, display=False, **options).replace(NAMESPACE, "", 1)  # type: ignore[arg-type]


def _word(page: Page, name: str) -> str:
    return escape(text_of(page.language, "words", name))


def _entry(entry: Entry, draw: Drawing) -> Iterator[str]:
    assert isinstance(draw, _Html)
    page = draw.page
    yield f'<li><h2><span class="number">{escape(entry.number)}</span> {draw.words(entry.title)}</h2>'
    yield from [f"<p>{draw.words(line)}</p>" for line in entry.lines]
    yield from [f'<p class="condition">{draw.words(line)}</p>' for line in entry.conditions]
    yield draw.display(entry.state, entry.mark)
    why = page.why(entry)
    if why:
        said = f"<p>{draw.words(why)}</p>"
        yield f"<details><summary>{_word(page, 'why')}</summary>{said}</details>"
    steps = page.inner(entry)
    if steps:
        name = "side" if page.detail == "full" else "details"
        yield f"<details><summary>{_word(page, name)}</summary><ol>"
        for inner in steps:
            first = draw.words(inner.lines[0]) if inner.lines else ""
            number = f'<span class="number">{escape(inner.number)}</span>'
            yield f"<li><h3>{number} {draw.words(inner.title)}</h3><p>{first}</p>"
            if inner.before is not None and inner.after is not None:
                yield f'<div class="change">{draw.within(inner.before)} <span>→</span> {draw.within(inner.after)}</div>'
            yield "</li>"
        yield "</ol></details>"
    yield "</li>"
