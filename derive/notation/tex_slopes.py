r"""Slopes in LaTeX as plain ones: `\frac{dy}{dx}  →  dy/dx`, `\frac{\mathrm{d}^2 y}{\mathrm{d} x^2}  →  d^2y/dx^2`."""

from __future__ import annotations

import re

from derive.notation.tex_input import is_latex, prepared

_D = r"(?:d|\\mathrm\s*+\{\s*+d\s*+\}|\\mathrm\s++d)\s*+"
_TWO = r"(?:\^\s*+(?:2|\{\s*+2\s*+\})\s*+)?"
_SLOPE = re.compile(
    rf"\\[dt]?frac\s*+\{{\s*+{_D}(?P<two>{_TWO})(?P<y>[A-Za-z])\s*+\}}\s*+\{{\s*+{_D}(?P<x>[A-Za-z])\s*+{_TWO}\}}"
    rf"|\\mathrm\s*+\{{d\}}\s*+(?P<up>[A-Za-z])\s*+/\s*+\\mathrm\s*+\{{d\}}\s*+(?P<across>[A-Za-z])"
)


def with_plain_slopes(text: str) -> str:
    """`text` with dy/dx for every slope in LaTeX and without dollars, of the same length, so that columns stay."""
    return _SLOPE.sub(_plain, prepared(text)) if is_latex(text) else text


def _plain(match: re.Match[str]) -> str:
    y, x, two = match["y"] or match["up"], match["x"] or match["across"], "^2" if match["two"] else ""
    return f"d{two}{y}/d{x}{two}".ljust(len(match[0]))
