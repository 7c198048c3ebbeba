"""The graph of a backpropagation as an SVG drawing: values to the right, adjoints under them, local slopes on edges."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, TypeAlias

from derive.errors import LimitError, UsageError
from derive.explain.backprop import shown
from derive.explain.backprop_layout import LINE, SMALL, Box, Lines, Point, layout, made_of
from derive.explain.catalog import LANGUAGES, text_of
from derive.expressions import equation, symbol
from derive.notation import unicode_line
from derive.notation.block import columns

if TYPE_CHECKING:
    from derive.engine.backprop import Backprop, Part

MAX_DRAWN = 150  # parts; more cannot be read
MAX_LABEL = 28  # characters of what a part is made of
_EDGE = 24  # pixels that a way goes straight on at least
_VALUE, _ADJOINT = "#0b4f8a", "#9c1c1c"
_BOX = 'fill="#fff" stroke="#333"'


_Label: TypeAlias = tuple[float, float, float, str]
"""The middle of what is written on a way, its width, and the text."""


def svg(b: Backprop, language: str = "en") -> str:
    """The drawing; LimitError where it would have more than 150 parts."""
    if language not in LANGUAGES:
        raise UsageError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if len(b.parts) > MAX_DRAWN:
        raise LimitError(f"a drawing of more than {MAX_DRAWN} parts", limit="drawing", value=MAX_DRAWN)
    texts = {p.name: _lines(p, b) for p in b.parts}
    by_name = {p.name: p for p in b.parts}
    slopes = {(n, user): _slope(b, by_name[n], user) for user, names in made_of(b).items() for n in names}
    found = layout(b, texts, slopes)
    width, height = found.width, found.height
    word = {name: text_of(language, "words.backprop", name) for name in ("title", "description", "value", "adjoint")}
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
            f' height="{height:.0f}" role="img" aria-labelledby="backprop-title backprop-desc"'
            ' font-family="serif" font-size="14" text-anchor="middle">'
        ),
        f'<title id="backprop-title">{escape(word["title"])}: {escape(_line(b.function))}</title>',
        f'<desc id="backprop-desc">{escape(word["description"])} {escape(_told(b, word))}</desc>',
        (
            '<defs><marker id="backprop-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7"'
            ' orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>'
        ),
    ]
    parts += [_way(points, slopes[way]) for way, points in found.ways.items()]
    bends = [(points[-2], points[-1], slopes[way]) for way, points in found.ways.items() if slopes[way]]
    parts += map(_written, _labels(bends))
    for box in found.boxes.values():
        parts += _drawn(box)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _told(b: Backprop, word: dict[str, str]) -> str:
    """The same in words, for those who do not see it."""
    told = []
    for p in b.parts:
        adjoint = "" if p.adjoint is None else f", {word['adjoint']} {unicode_line(shown(p.adjoint, b))}"
        told.append(f"{_head(p)}: {word['value']} {unicode_line(shown(p.value, b))}{adjoint}.")
    return " ".join(told)


def _lines(p: Part, b: Backprop) -> Lines:
    adjoint = "" if p.adjoint is None else unicode_line(shown(p.adjoint, b))
    return _head(p), unicode_line(shown(p.value, b)), adjoint


def _head(p: Part) -> str:
    name = unicode_line(symbol(p.name))
    return _line(equation(symbol(p.name), "=", p.expression)) if p.kind == "part" else name


def _line(e: object) -> str:
    try:
        said = unicode_line(e, flat=True, max_characters=2000)  # type: ignore[arg-type]
    except LimitError:
        return "…"
    return said if columns(said) <= MAX_LABEL else said[: MAX_LABEL - 1] + "…"


def _slope(b: Backprop, part: Part, user: str) -> str:
    """The local slope on the way from a part to its user; "" where nothing comes back."""
    found = [unicode_line(shown(c.slope_value, b)) for c in part.contributions if c.user == user]
    return found[0] if found else ""


def _way(points: list[Point], slope: str) -> str:
    """A curve from a part by way of its lanes to one that is made of it."""
    x1, y1 = points[0]
    path = f"M{x1:.1f},{y1:.1f}"
    for index, (x2, y2) in enumerate(points[1:]):
        if index % 2:  # through a column
            path += f" L{x2:.1f},{y2:.1f}"
        else:
            bend = max((x2 - x1) / 2, _EDGE)
            path += f" C{x1 + bend:.1f},{y1:.1f} {x2 - bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        x1, y1 = x2, y2
    dashes = "" if slope else ' stroke-dasharray="3 4"'  # nothing comes back over this one
    return f'<path d="{path}" fill="none" stroke="#555"{dashes} marker-end="url(#backprop-arrow)"/>'


def _labels(bends: list[tuple[Point, Point, str]]) -> list[_Label]:
    """The local slopes, each on the last bend of its way; on steep ones there is more room to give way."""
    placed: list[_Label] = []
    for start, end, slope in sorted(bends, key=lambda bend: abs(bend[1][1] - bend[0][1])):
        placed.append(_label(start, end, slope, placed))
    return placed


def _label(start: Point, end: Point, slope: str, others: list[_Label]) -> _Label:
    """Where the local slope stands: where no other stands, if there is such a place."""
    (x1, y1), (x2, y2) = start, end
    bend = max((x2 - x1) / 2, _EDGE)
    width = columns(slope) * SMALL

    def at(t: float) -> _Label:
        x = (1 - t) ** 3 * x1 + 3 * (1 - t) ** 2 * t * (x1 + bend) + 3 * (1 - t) * t**2 * (x2 - bend) + t**3 * x2
        x = min(max(x, x1 + width / 2 + 2), x2 - width / 2 - 10)
        return x, y1 + (y2 - y1) * (3 * t**2 - 2 * t**3), width, slope

    places = [at(t) for t in (0.4, 0.3, 0.5, 0.2, 0.6, 0.7)]  # nearer to the part, where ways to one user are apart
    return next((p for p in places if not any(_meet(p, other) for other in others)), places[0])


def _meet(a: _Label, b: _Label) -> bool:
    return abs(a[0] - b[0]) < (a[2] + b[2]) / 2 and abs(a[1] - b[1]) < 13


def _written(label: _Label) -> str:
    x, y, _, slope = label
    return (
        f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="12" stroke="#fff" stroke-width="4" paint-order="stroke">'
        f"{escape(slope)}</text>"
    )


def _drawn(box: Box) -> list[str]:
    x, y = box.x - box.width / 2, box.y
    lines = [f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="6" {_BOX}/>']
    colours = ("#000", _VALUE, _ADJOINT)
    for index, (line, colour) in enumerate(zip(box.lines, colours, strict=True)):
        if line:
            style = ' font-weight="bold"' if index == 2 else ""
            baseline = y + 17 + index * LINE
            lines.append(f'<text x="{box.x:.1f}" y="{baseline:.1f}" fill="{colour}"{style}>{escape(line)}</text>')
    return lines
