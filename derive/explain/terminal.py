"""The page in a terminal: colours where there are any, the width that there is; plain lines for a file or a pipe."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from derive.explain.layout import Layout
from derive.explain.lines import plain
from derive.explain.page import Page
from derive.trace import Derivation

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 110  # columns: longer lines are hard to read
NARROWEST = 40
STYLES = {
    "number": "bold cyan", "title": "bold", "quiet": "dim", "changed": "bold underline magenta", "answer": "bold",
    "frame": "cyan", "": "",
}  # fmt: skip


def show(
    derivation: Derivation, detail: str = "standard", language: str = "en", console: Console | None = None
) -> None:
    """Prints the explained derivation to standard output, or to a rich console."""
    page = Page(derivation, detail, language)
    if console is None and not _is_coloured():
        _write(page, shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else _columns())
        return
    from rich.console import Console
    from rich.text import Text

    screen = console or Console(highlight=False)
    for line in Layout(page, max(NARROWEST, min(screen.width, WIDEST))).whole():
        shown = Text(no_wrap=True, overflow="ignore")
        for span in line:
            shown.append(span.text, STYLES[span.style] or None)
        shown.rstrip()
        screen.print(shown, soft_wrap=True)


def _is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    """The width asked for by the environment, else 80."""
    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdigit() and int(asked) else 80


def _write(page: Page, width: int) -> None:
    text = "\n".join([plain(line) for line in Layout(page, max(NARROWEST, min(width, WIDEST))).whole()]) + "\n"
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # a screen that knows no Unicode gets the notation that is typed
        from derive.explain.render_text import render

        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(render(page).encode(encoding, errors="replace").decode(encoding))
