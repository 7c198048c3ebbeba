"""A message as one line of text, its formulas as in books: what verdicts, notes and titles are told in."""

from __future__ import annotations

from derive.explain.catalog import Segments
from derive.notation import unicode_line


def one_line(message: Segments) -> str:
    """The segments one after the other: ∂f/∂x·dx/dt, f′ for an abstract function's prime."""
    return "".join([c if isinstance(c, str) else unicode_line(c, flat=True).replace("^′", "′") for _, c in message])
