"""One door to every format."""

from __future__ import annotations

from importlib import import_module

from derive.errors import UsageError
from derive.explain.catalog import LANGUAGES
from derive.explain.outlining import DETAILS
from derive.explain.page import Page
from derive.trace import Derivation

FORMATS = ("text", "unicode", "latex", "markdown", "html", "json")


def render(derivation: Derivation, format: str = "text", *, detail: str = "standard", language: str = "en") -> str:
    """The explained derivation; UsageError for a format, detail or language that there is not."""
    _known("format", format, FORMATS)
    _known("detail", detail, DETAILS)
    _known("language", language, LANGUAGES)
    if format == "json":
        from derive.explain.write_json import to_json

        return to_json(derivation, detail=detail, language=language)
    return str(import_module(f"derive.explain.render_{format}").render(Page(derivation, detail, language)))


def _known(what: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise UsageError(f"no {what} {given!r}; there are {', '.join(known)}")
