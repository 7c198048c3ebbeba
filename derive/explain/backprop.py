"""Backpropagation on a page: the forward pass and the backward pass as two tables, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from derive.errors import UsageError
from derive.expressions import (
    Expression, Matrix, Number, Product, derivative, equation, make, natural, negation, rational, symbol,
)  # fmt: skip
from derive.explain.catalog import LANGUAGES, text_of
from derive.explain.inline import one_line
from derive.explain.render_markdown import escape as escape_markdown
from derive.explain.words import evidence
from derive.notation import latex, mathml, text
from derive.notation.block import columns
from derive.rules.arithmetic import written

if TYPE_CHECKING:
    from derive.engine.backprop import Backprop, Part

MOST_CHARACTERS = 14  # of a fraction that is shown as it is
ROUNDED = 8  # digits of a longer one

Cell: TypeAlias = "Expression | str"


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the heads of the columns, rows of formulas and words."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def render(b: Backprop, format: str = "text", language: str = "en") -> str:
    """Both passes and the gradient in a format; UsageError for one that there is not."""
    if language not in LANGUAGES:
        raise UsageError(f"no language {language!r}; there are {', '.join(LANGUAGES)}")
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}; there are {', '.join(FORMATS)}")
    return FORMATS[format](b, language)


def tables(b: Backprop, language: str) -> tuple[Table, Table]:
    """The forward pass and the backward pass."""

    def word(name: str) -> str:
        return text_of(language, "words.backprop", name)

    forward = tuple([(symbol(p.name), _made_of(p, word), shown(p.value, b)) for p in b.forward])
    backward = tuple([row for p in b.backward for row in _arrivals(p, b, word)])
    return (
        Table(word("forward"), (word("part"), word("made-of"), word("value")), forward),
        Table(
            word("backward"),
            (word("part"), word("over"), word("slope"), word("product"), word("adjoint")),
            backward,
        ),
    )


def shown(value: Fraction | Decimal, b: Backprop) -> Expression:
    """A value as it is written: 2/3, 0.54030231, -2; a long fraction is rounded."""
    if isinstance(value, Fraction):
        literal = written(value, point=b.decimals) or rational(value)
        if len(text(literal)) <= MOST_CHARACTERS:
            return literal
        value = _rounded(value)
    if value < 0:
        return negation(shown(-value, b))
    if value == value.to_integral_value() and value < 10**ROUNDED:
        return natural(int(value))
    return make(Number, (), str(value).lower())


def _rounded(value: Fraction) -> Decimal:
    from decimal import ROUND_HALF_UP, Context

    exact = Context(prec=ROUNDED, rounding=ROUND_HALF_UP)
    return exact.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(exact)


def gradient(b: Backprop) -> Expression:
    """The gradient at the point, a row."""
    cells = tuple([shown(v, b) for v in b.gradient.values()])
    return make(Matrix, cells, len(cells))


def _made_of(p: Part, word: Callable[[str], str]) -> Cell:
    return p.expression if p.kind == "part" else word(p.kind)


def _arrivals(p: Part, b: Backprop, word: Callable[[str], str]) -> Iterator[tuple[Cell, ...]]:
    """A row for each edge over which something arrives; the adjoint stands with the last."""
    assert p.adjoint is not None
    name, adjoint = symbol(p.name), shown(p.adjoint, b)
    if not p.contributions:
        yield name, "", "", word("nothing") if p is not b.parts[-1] else word("seed"), adjoint
    for index, c in enumerate(p.contributions):
        last = index == len(p.contributions) - 1
        slope = equation(derivative(symbol(c.user), name, partial=True), "=", c.slope)
        worked = make(Product, (shown(c.adjoint, b), shown(c.slope_value, b)))
        yield (
            name if index == 0 else "",
            symbol(c.user),
            slope,
            equation(worked, "=", shown(c.value, b)),
            adjoint if last else "",
        )


# the formats


def _text(b: Backprop, language: str) -> str:
    return "\n\n".join([*[_plain(t) for t in tables(b, language)], _closing(b, language, text)]) + "\n"


def _plain(t: Table) -> str:
    cells = [t.head, *[tuple([c if isinstance(c, str) else text(c) for c in row]) for row in t.rows]]
    widths = [max([columns(row[i]) for row in cells]) for i in range(len(t.head))]
    lines = ["  ".join([c + " " * (w - columns(c)) for c, w in zip(row, widths, strict=True)]) for row in cells]
    lines.insert(1, "  ".join(["-" * w for w in widths]))
    return "\n".join([t.caption, *["  " + line.rstrip() for line in lines]])


def _closing(b: Backprop, language: str, printer: Callable[[Expression], str]) -> str:
    """The gradient, and how the values are to be read."""
    names = ", ".join([printer(symbol(x)) for x in b.variables])
    heading = text_of(language, "words.backprop", "gradient")
    lines = [f"{heading} ({names}): {printer(gradient(b))}", text_of(language, "words.backprop", "legend")]
    if b.verification is not None and b.verification.verify != "off":
        lines.append(one_line(evidence(b.verification, language)))
    return "\n".join(lines)


def _markdown(b: Backprop, language: str) -> str:
    def cell(c: Cell) -> str:
        return escape_markdown(c) if isinstance(c, str) else f"${latex(c)}$".replace("|", r"\vert ")

    blocks = []
    for t in tables(b, language):
        rows = [t.head, ("---",) * len(t.head), *[tuple([cell(c) for c in row]) for row in t.rows]]
        blocks.append(f"**{t.caption}**\n\n" + "\n".join([f"| {' | '.join(row)} |" for row in rows]))
    return "\n\n".join([*blocks, _closing(b, language, lambda e: f"${latex(e)}$")]) + "\n"


def _latex(b: Backprop, language: str) -> str:
    def cell(c: Cell) -> str:
        return rf"\text{{{c}}}" if isinstance(c, str) and c else c if isinstance(c, str) else latex(c)

    blocks = []
    for t in tables(b, language):
        rows = [" & ".join([cell(c) for c in row]) + r" \\" for row in (t.head, *t.rows)]
        rows.insert(1, r"\hline")
        array = "\n".join([rf"\begin{{array}}{{{'l' * len(t.head)}}}", *rows, r"\end{array}"])
        blocks.append(f"\\[\n{array}\n\\]")
    names = ", ".join([latex(symbol(x)) for x in b.variables])
    return "\n\n".join([*blocks, rf"\[ \nabla_{{{names}}} = {latex(gradient(b))} \]"]) + "\n"


def _html(b: Backprop, language: str) -> str:
    from derive.explain.backprop_drawing import MAX_DRAWN, svg

    style = files("derive.explain").joinpath("page.css").read_text("utf-8")
    drawing = svg(b, language) if len(b.parts) <= MAX_DRAWN else ""
    title = escape(text(b.function)[:120])
    body = [f'<h1><div class="formula">{mathml(b.function)}</div></h1>']
    body += [f'<figure class="wide">{drawing}</figure>'] if drawing else []
    body += [line for t in tables(b, language) for line in _html_table(t)]
    body.append(f"<p>{_closing(b, language, lambda e: mathml(e, display=False)).replace(chr(10), '</p><p>')}</p>")
    return "\n".join([
        "<!DOCTYPE html>", f'<html lang="{language}">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<title>{title}</title>",
        f"<style>\n{style}{_STYLE}</style>", "</head>", "<body>", "<main>", *body, "</main>", "</body>", "</html>", "",
    ])  # fmt: skip


_STYLE = """.wide { overflow-x: auto; margin: 1em 0 }
table { border-collapse: collapse; margin: 1em 0 }
caption { text-align: left; font-weight: bold }
th, td { text-align: left; padding: .15em .9em .15em 0 }
"""


def _html_table(t: Table) -> Iterator[str]:
    yield f"<table><caption>{escape(t.caption)}</caption>"
    yield "<thead><tr>" + "".join([f'<th scope="col">{escape(h)}</th>' for h in t.head]) + "</tr></thead><tbody>"
    for row in t.rows:
        cells = [escape(c) if isinstance(c, str) else mathml(c, display=False) for c in row]
        yield "<tr>" + "".join([f"<td>{c}</td>" for c in cells]) + "</tr>"
    yield "</tbody></table>"


def _json(b: Backprop, language: str) -> str:
    def number(value: Fraction | Decimal) -> dict[str, object]:
        return {"value": str(value), "exact": isinstance(value, Fraction)}

    parts = [
        {
            "name": p.name, "kind": p.kind, "expression": text(p.expression), "value": number(p.value),
            "adjoint": None if p.adjoint is None else number(p.adjoint),
            "contributions": [
                {
                    "from": c.user, "slope": text(c.slope), "adjoint": number(c.adjoint),
                    "slope_value": number(c.slope_value), "value": number(c.value),
                }
                for c in p.contributions
            ],
        }
        for p in b.parts
    ]  # fmt: skip
    whole = {
        "function": text(b.function), "variables": list(b.variables), "value": number(b.value), "parts": parts,
        "gradient": {x: number(v) for x, v in b.gradient.items()},
        "verification": None if b.verification is None else b.verification.model_dump(mode="json"),
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


FORMATS: MappingProxyType[str, Callable[[Backprop, str], str]] = MappingProxyType(
    {"text": _text, "markdown": _markdown, "latex": _latex, "html": _html, "json": _json}
)
