"""A piece of LaTeX that compiles in an article with amsmath: the steps as a list, a display formula after each."""

from __future__ import annotations

from collections.abc import Iterator

from derive.expressions import Expression
from derive.explain.drawing import LATEX_PRIMES, Drawing
from derive.explain.page import Entry, Page
from derive.notation import latex
from derive.notation.print_latex import MARK

HEAD = r"% \usepackage{amsmath}"
HEADS = {"ko": HEAD + r" \usepackage{kotex}"}


def render(page: Page) -> str:
    """The page in LaTeX."""
    draw = Drawing(page, latex, escape=escape, inline=lambda shown: f"${shown}$", spelled=LATEX_PRIMES, longer=2)
    return "\n".join(_lines(page, draw)) + "\n"


def escape(words: str) -> str:
    """Words as LaTeX sets them: `50% of f_1  →  50\\% of f\\_1`."""
    return words.translate(_SPECIAL)


_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": "$<$", ">": "$>$"}
    | {"−": "$-$", "…": r"\ldots{}", "·": r"$\cdot$", "×": r"$\times$", "′": "$'$", "—": "---", "→": r"$\to$"}
)


def _lines(page: Page, draw: Drawing) -> Iterator[str]:
    yield HEADS.get(page.language, HEAD)
    yield _display(draw, page.problem)
    for note in page.notes:
        yield f"{draw.words(note)}\n"
    if page.entries:
        yield r"\begin{enumerate}"
        for entry in page.entries:
            yield from _entry(entry, draw)
        yield r"\end{enumerate}"
    if page.omitted:
        yield f"\\ldots{{}} {draw.words(page.word('not-shown', count=page.omitted))}\n"
    yield rf"\textbf{{{draw.words(page.heading)}}}"
    if page.answer is not None:
        yield _display(draw, page.answer)
    yield "\\\\\n".join([draw.words(line) for line in page.remarks])


def _entry(entry: Entry, draw: Drawing) -> Iterator[str]:
    lines = [draw.words(line) for line in (*entry.lines, *entry.conditions)]
    if draw.page.detail == "full":
        lines += [draw.words(draw.page.why(entry))]
        lines += [f"{e.number} {draw.words(e.title)}: {draw.words(e.lines[0])}" for e in draw.page.inner(entry)]
    yield rf"\item \textbf{{{draw.words(entry.title)}.}} " + "\\\\\n".join([line for line in lines if line])
    yield _display(draw, entry.state, "= ", entry.mark)


def _display(draw: Drawing, e: Expression | None, before: str = "", mark: Expression | None = None) -> str:
    shown = draw.formula(e, mark)
    if shown is None:
        return draw.too_long()
    return rf"\[ {before}{shown.replace(MARK[0], _UNDERLINED)} \]"


_UNDERLINED = r"\underline{"  # colours would need a package
