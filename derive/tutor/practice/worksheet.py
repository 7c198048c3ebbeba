"""Worksheets: a set of exercises on a page, in Markdown, HTML or LaTeX, with or without solutions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal, TypeAlias

from derive.errors import UsageError
from derive.explain.catalog import message, text_of
from derive.notation import latex, mathml
from derive.tutor.practice.exercises import Exercise
from derive.explain.inline import one_line

Solutions: TypeAlias = Literal["none", "answers", "steps"]
FORMATS = ("markdown", "html", "latex")


def worksheet(
    exercises: Sequence[Exercise], format: str = "markdown", *, solutions: Solutions = "none", language: str = "en"
) -> str:
    """The exercises as one page; `solutions`: none, the answers at the end, or every derivation at the end.

    Raises UsageError for a format that there is not.
    """
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    title = one_line(message(language, "worksheet.title", "what", {"topic": _topics(exercises, language)}))
    answers = one_line(message(language, "worksheet.answers", "what"))
    return _PAGES[format](title, answers, exercises, solutions, language)


def _topics(exercises: Sequence[Exercise], language: str) -> str:
    return ", ".join(dict.fromkeys([text_of(language, "topics", e.topic) for e in exercises]))


def _markdown(title: str, answers: str, exercises: Sequence[Exercise], solutions: str, language: str) -> str:
    lines = [f"# {title}", ""]
    lines += [f"{k}. $\\displaystyle {latex(e.derivation().problem)}$" for k, e in enumerate(exercises, 1)]
    if solutions != "none":
        lines += ["", f"## {answers}", ""]
        for k, e in enumerate(exercises, 1):
            lines.append(f"{k}. $\\displaystyle {latex(e.answer)}$")
            if solutions == "steps":
                lines += ["", e.derivation().render("markdown", language=language).strip(), ""]
    return "\n".join(lines) + "\n"


def _html(title: str, answers: str, exercises: Sequence[Exercise], solutions: str, language: str) -> str:
    body = [f"<h1>{escape(title)}</h1>", "<ol>"]
    body += [f"<li>{mathml(e.derivation().problem)}</li>" for e in exercises]
    body.append("</ol>")
    if solutions != "none":
        body += [f"<h2>{escape(answers)}</h2>", "<ol>"]
        for e in exercises:
            steps = _inside(e.derivation().render("html", language=language)) if solutions == "steps" else ""
            body.append(f"<li>{mathml(e.answer)}{steps}</li>")
        body.append("</ol>")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!doctype html>\n<html lang="{language}"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"
    )


def _inside(page: str) -> str:
    """What stands in the body of a page."""
    start, end = page.find("<body"), page.rfind("</body>")
    return page[page.find(">", start) + 1 : end] if start >= 0 and end > start else page


def _latex(title: str, answers: str, exercises: Sequence[Exercise], solutions: str, language: str) -> str:
    lines = [r"\documentclass{article}", r"\usepackage{amsmath,amssymb}"]
    lines += [r"\usepackage{kotex}"] if language == "ko" else []
    lines += [r"\begin{document}", rf"\section*{{{title}}}", r"\begin{enumerate}"]
    lines += [rf"\item $\displaystyle {latex(e.derivation().problem)}$" for e in exercises]
    lines.append(r"\end{enumerate}")
    if solutions != "none":
        lines += [rf"\section*{{{answers}}}", r"\begin{enumerate}"]
        for e in exercises:
            lines.append(rf"\item $\displaystyle {latex(e.answer)}$")
            if solutions == "steps":
                lines.append(_document(e.derivation().render("latex", language=language)))
        lines.append(r"\end{enumerate}")
    return "\n".join([*lines, r"\end{document}"]) + "\n"


def _document(source: str) -> str:
    """What stands in the document environment, or all of it."""
    start, end = source.find(r"\begin{document}"), source.rfind(r"\end{document}")
    return source[start + len(r"\begin{document}") : end].strip() if start >= 0 and end > start else source.strip()


_PAGES = {"markdown": _markdown, "html": _html, "latex": _latex}
