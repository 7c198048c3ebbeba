"""The graph of a backpropagation as an SVG drawing: values to the right, adjoints under them, local slopes on edges."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from derive.errors import LimitError, UsageError
from derive.expressions import equation, symbol, symbols
from derive.explain.backprop import shown
from derive.explain.catalog import LANGUAGES, text_of
from derive.notation import unicode_line
from derive.notation.block import columns

if TYPE_CHECKING:
    from derive.engine.backprop import Backprop, Part

MAX_DRAWN = 150  # parts; more cannot be read
MAX_LABEL = 28  # characters of what a part is made of
_LETTER, _LINE, _GAP_X, _GAP_Y, _EDGE = 8.2, 18, 90, 26, 24  # pixels
_VALUE, _ADJOINT = "#0b4f8a", "#9c1c1c"
_BOX = 'fill="#fff" stroke="#333"'


@dataclass(frozen=True, slots=True)
class _Box:
    part: Part
    lines: tuple[str, str, str]
    x: float
    y: float
    width: float

    @property
    def height(self) -> float:
        return _LINE * (3 if self.lines[2] else 2) + 10


def svg(b: Backprop, language: str = "en") -> str:
    """The drawing; LimitError where it would have more than 150 parts."""
    if language not in LANGUAGES:
        raise UsageError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if len(b.parts) > MAX_DRAWN:
        raise LimitError(f"a drawing of more than {MAX_DRAWN} parts", limit="drawing", value=MAX_DRAWN)
    boxes, width, height = _boxes(b)
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
    lines, labels = [], []
    for user, names in _made_of(b).items():
        for name in names:
            over = [c for c in boxes[name].part.contributions if c.user == user]
            slope = unicode_line(shown(over[0].slope_value, b)) if over else ""
            line, label = _edge(boxes[name], boxes[user], slope)
            lines.append(line)
            labels.append(label)
    parts += [*lines, *filter(None, labels)]
    for box in boxes.values():
        parts += _drawn(box)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _told(b: Backprop, word: dict[str, str]) -> str:
    """The same in words, for those who do not see it."""
    told = []
    for p in b.parts:
        adjoint = "" if p.adjoint is None else f", {word['adjoint']} {unicode_line(shown(p.adjoint, b))}"
        told.append(f"{_head(p)}: {word['value']} {unicode_line(shown(p.value, b))}{adjoint}.")
    return " ".join(told)


def _head(p: Part) -> str:
    name = unicode_line(symbol(p.name))
    return _line(equation(symbol(p.name), "=", p.expression)) if p.kind == "part" else name


def _line(e: object) -> str:
    try:
        said = unicode_line(e, flat=True, max_characters=2000)  # type: ignore[arg-type]
    except LimitError:
        return "…"
    return said if columns(said) <= MAX_LABEL else said[: MAX_LABEL - 1] + "…"


def _boxes(b: Backprop) -> tuple[dict[str, _Box], float, float]:
    """Every part in the column after all that it is made of; width and height of the drawing."""
    made = _made_of(b)
    rank = _ranks(b, made)
    ranks: list[list[Part]] = [[] for _ in range(max(rank.values()) + 1)]
    for p in b.parts:
        ranks[rank[p.name]].append(p)
    found: dict[str, _Box] = {}
    left, tallest = 20.0, 0.0
    for column in ranks:
        texts = {
            p.name: (
                _head(p),
                unicode_line(shown(p.value, b)),
                "" if p.adjoint is None else unicode_line(shown(p.adjoint, b)),
            )
            for p in column
        }
        width = max([columns(line) for lines in texts.values() for line in lines]) * _LETTER + 24
        if left > 20:
            column = sorted(column, key=lambda p: _mean([found[c].y for c in made[p.name] if c in found]))
        y = 20.0
        for p in column:
            box = _Box(p, texts[p.name], left + width / 2, y, width)
            found[p.name] = box
            y += box.height + _GAP_Y
        tallest = max(tallest, y - _GAP_Y)
        left += width + _GAP_X
    placed = {}
    for column in ranks:
        boxes = sorted([found[p.name] for p in column], key=lambda box: box.y)
        down = (tallest - (boxes[-1].y + boxes[-1].height)) / 2
        for box in boxes:
            placed[box.part.name] = _Box(box.part, box.lines, box.x, box.y + max(down, 0.0), box.width)
    return placed, left - _GAP_X + 20, tallest + 20


def _made_of(b: Backprop) -> dict[str, list[str]]:
    """For every part the parts and letters that it is made of."""
    known = {p.name for p in b.parts}
    return {
        p.name: [name for name in sorted(symbols(p.expression)) if name in known] if p.kind == "part" else []
        for p in b.parts
    }


def _ranks(b: Backprop, made: dict[str, list[str]]) -> dict[str, int]:
    """The column of every part: after all that it is made of; letters stand right before their first user."""
    rank: dict[str, int] = {}
    for p in b.parts:
        rank[p.name] = max([rank[name] + 1 for name in made[p.name]], default=0)
    for p in b.parts:
        if p.kind != "part":
            rank[p.name] = min([rank[user] for user, names in made.items() if p.name in names], default=1) - 1
    return rank


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _edge(start: _Box, end: _Box, slope: str) -> tuple[str, str]:
    """A curve from a part to one that is made of it; on it the local slope."""
    x1, y1 = start.x + start.width / 2, start.y + start.height / 2
    x2, y2 = end.x - end.width / 2, end.y + end.height / 2
    bend = max((x2 - x1) / 2, _EDGE)
    dashes = "" if slope else ' stroke-dasharray="3 4"'  # nothing comes back over this one
    line = (
        f'<path d="M{x1:.1f},{y1:.1f} C{x1 + bend:.1f},{y1:.1f} {x2 - bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"'
        f' fill="none" stroke="#555"{dashes} marker-end="url(#backprop-arrow)"/>'
    )
    t = 0.4  # nearer to the part, where the curves of one user are apart
    x = (1 - t) ** 3 * x1 + 3 * (1 - t) ** 2 * t * (x1 + bend) + 3 * (1 - t) * t**2 * (x2 - bend) + t**3 * x2
    y = y1 + (y2 - y1) * (3 * t**2 - 2 * t**3)
    label = (
        f'<text x="{x:.1f}" y="{y + 4:.1f}" font-size="12" stroke="#fff" stroke-width="4" paint-order="stroke">'
        f"{escape(slope)}</text>"
    )
    return line, label if slope else ""


def _drawn(box: _Box) -> list[str]:
    x, y = box.x - box.width / 2, box.y
    lines = [f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="6" {_BOX}/>']
    colours = ("#000", _VALUE, _ADJOINT)
    for index, (line, colour) in enumerate(zip(box.lines, colours, strict=True)):
        if line:
            style = ' font-weight="bold"' if index == 2 else ""
            baseline = y + 17 + index * _LINE
            lines.append(f'<text x="{box.x:.1f}" y="{baseline:.1f}" fill="{colour}"{style}>{escape(line)}</text>')
    return lines
