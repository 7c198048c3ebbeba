"""Log-log curves as one SVG: time over n, a line a system, readable in light and dark and without colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 20, 50
COLOURS = ("#0b6bcb", "#7a3fb5", "#c2410c", "#b91c1c", "#0f766e", "#a16207", "#be185d")
BRIGHT = ("#6bb1ff", "#c79bff", "#ff9a5c", "#ff8a8a", "#4fd1c5", "#f2c94c", "#ff8ac4")
MARKS = ("circle", "square", "diamond", "up", "down", "cross", "plus")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2", "1 4", "12 4")

Curve = tuple[str, int, Sequence[tuple[float, float]]]
"""A label, the number of its style, and its points."""


def chart(curves: Sequence[Curve], title: str, about: str, x_label: str = "n", y_label: str = "seconds") -> str:
    """The SVG; both axes are logarithmic."""
    xs = [x for _, _, points in curves for x, _ in points]
    ys = [y for _, _, points in curves for _, y in points]
    x0, x1 = log10(min(xs)), log10(max(xs))
    y0, y1 = floor(log10(min(ys))), ceil(log10(max(ys)))
    x1, y1 = max(x1, x0 + 0.1), max(y1, y0 + 1)

    def across(x: float) -> float:
        return LEFT + (log10(x) - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)

    def down(y: float) -> float:
        return HEIGHT - BOTTOM - (log10(y) - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)

    parts = [_head(title, about), *_grid(x0, x1, y0, y1, across, down)]
    labels: list[tuple[float, int, str]] = []
    for label, style, points in curves:
        path = " ".join([f"{across(x):.1f},{down(y):.1f}" for x, y in points])
        dash = f' stroke-dasharray="{DASHES[style]}"' if DASHES[style] else ""
        parts.append(f'<polyline class="c{style}" points="{path}" fill="none" stroke-width="2"{dash}/>')
        parts += [_mark(MARKS[style], style, across(x), down(y)) for x, y in points]
        labels.append((down(points[-1][1]), style, label))
    parts += _labels(labels)
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(x_label)}</text>'
    )
    parts.append(
        f'<text transform="translate(16 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(y_label)}</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _head(title: str, about: str) -> str:
    light = "".join([f".c{k}{{stroke:{c}}} .f{k}{{fill:{c}}} " for k, c in enumerate(COLOURS)])
    dark = "".join([f".c{k}{{stroke:{c}}} .f{k}{{fill:{c}}} " for k, c in enumerate(BRIGHT)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">\n'
        f'<title id="t">{escape(title)}</title>\n<desc id="d">{escape(about)}</desc>\n'
        "<style>.page{fill:#fff} text{font:13px system-ui,sans-serif;fill:#222} .grid{stroke:#ddd} .axis{stroke:#555} "
        f"{light}@media (prefers-color-scheme:dark){{.page{{fill:#16181d}} text{{fill:#e6e6e6}} .grid{{stroke:#333}} "
        f".axis{{stroke:#aaa}} {dark}}}</style>\n"
        f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>'
    )


def _grid(x0: float, x1: float, y0: float, y1: float, across: object, down: object) -> list[str]:
    assert callable(across)
    assert callable(down)
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    parts = []
    for k in range(int(y0), int(y1) + 1):
        y = down(10.0**k)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{power_of_ten(k)}</text>')
    ticks = [10.0**k for k in range(ceil(x0 - 1e-9), floor(x1 + 1e-9) + 1)]
    if len(ticks) < 3:
        ticks = sorted({round(10 ** (x0 + (x1 - x0) * k / 4)) for k in range(5)})
    for tick in ticks:
        x = across(tick)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{tick:,.0f}</text>')
    parts.append(f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{bottom}H{right}"/>')
    return parts


def power_of_ten(k: int) -> str:
    """`-3  →  10⁻³`."""
    return "10" + str(k).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")) if k else "1"


def _mark(mark: str, style: int, x: float, y: float) -> str:
    shapes = {
        "circle": f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
        "square": f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8Z",
        "diamond": f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5Z",
        "up": f"M{x:.1f} {y - 5:.1f}l5 9h-10Z",
        "down": f"M{x:.1f} {y + 5:.1f}l5 -9h-10Z",
        "cross": f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8",
        "plus": f"M{x - 5:.1f} {y:.1f}h10m-5 -5v10",
    }
    filled = f"f{style}" if mark not in ("cross", "plus") else ""
    return f'<path class="c{style} {filled}" stroke-width="1.5" d="{shapes[mark]}"/>'


def _labels(labels: list[tuple[float, int, str]]) -> list[str]:
    """The names beside the ends of their lines, moved apart where they would touch, each with its mark."""
    parts = []
    last = -100.0
    for y, style, label in sorted(labels):
        y = max(y, last + 17)
        last = y
        x = WIDTH - RIGHT + 14
        parts.append(_mark(MARKS[style], style, x, y))
        parts.append(f'<text x="{x + 10}" y="{y + 4:.1f}">{escape(label)}</text>')
    return parts
