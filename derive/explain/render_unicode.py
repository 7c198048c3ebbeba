"""Two-dimensional formulas and a box around the answer, without colours: for files, mails and terminals of any kind."""

from __future__ import annotations

from derive.explain.layout import Layout
from derive.explain.lines import plain
from derive.explain.page import Page


def render(page: Page, width: int = 80) -> str:
    """The page for a screen of `width` columns."""
    return "\n".join([plain(line) for line in Layout(page, width).whole()]) + "\n"
