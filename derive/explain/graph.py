"""The dependence graph of a chain rule: which function depends on what, as text, DOT and SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from derive.errors import UsageError
from derive.expressions import Call, Expression, Matrix, Symbol, postorder, symbols
from derive.notation.forms import function_name
from derive.notation.line_names import symbol_line
from derive.rules.chains import levels
from derive.rules.shapes import entries
from derive.trace import Derivation

MAX_PATHS = 500  # lines of the text; the graph of a textbook has about ten
_X, _Y, _R = 150, 110, 20  # columns, rows and radius in the drawing
_LABEL = 0.36  # where on an arrow its label stands: lines cross in the middle


@dataclass(frozen=True, slots=True)
class Graph:
    """Names, outermost first, and who depends on whom; `edges` are (function, variable, "∂f/∂x")."""

    nodes: tuple[str, ...]
    edges: tuple[tuple[str, str, str], ...]

    def ranks(self) -> dict[str, int]:
        """The row of every name: below everything that depends on it."""
        rank = dict.fromkeys(self.nodes, 0)
        for _ in self.nodes:
            for above, below, _label in self.edges:
                rank[below] = max(rank[below], rank[above] + 1)
        return rank

    def text(self) -> str:
        """A tree in lines; a name that stands in two places is written out in both."""
        lines: list[str] = []
        below = {name: [(b, label) for a, b, label in self.edges if a == name] for name in self.nodes}
        roots = [n for n in self.nodes if all(b != n for _, b, _ in self.edges)]
        stack = [(root, "", "", "") for root in reversed(roots)]
        while stack and len(lines) < MAX_PATHS:
            name, lead, branch, label = stack.pop()
            shown = symbol_line(name)
            lines.append(f"{lead}{branch}{shown}" + (f"   {label}" if label else ""))
            inside = lead + {"├─ ": "│  ", "└─ ": "   "}.get(branch, "")
            last = len(below[name]) - 1
            children = [(b, inside, "└─ " if i == last else "├─ ", e) for i, (b, e) in enumerate(below[name])]
            stack += reversed(children)
        return "\n".join(lines) + "\n"

    def dot(self) -> str:
        """The graph for Graphviz."""
        rows = [f"  {_quoted(n)} [label={_quoted(symbol_line(n))}];" for n in self.nodes]
        rows += [f"  {_quoted(a)} -> {_quoted(b)} [label={_quoted(label)}];" for a, b, label in self.edges]
        return "\n".join(["digraph dependence {", "  rankdir=TB;", "  node [shape=circle];", *rows, "}"]) + "\n"

    def svg(self) -> str:
        """A drawing in layers, what depends above what it depends on."""
        places, width, height = self._places()
        parts = [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
                f' height="{height}" role="img" font-family="serif" font-size="15" text-anchor="middle">'
            ),
            f"<title>{escape(', '.join(f'{symbol_line(a)} → {symbol_line(b)}' for a, b, _ in self.edges))}</title>",
            (
                '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
                ' orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>'
            ),
        ]
        drawn = [_arrow(places[above], places[below], label) for above, below, label in self.edges]
        parts += [line for line, _ in drawn] + [label for _, label in drawn]
        for name in self.nodes:
            x, y = places[name]
            parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="{_R}" fill="#fff" stroke="#000"/>')
            parts.append(f'<text x="{x:g}" y="{y + 5:g}" font-style="italic">{escape(symbol_line(name))}</text>')
        return "\n".join([*parts, "</svg>"]) + "\n"

    def _places(self) -> tuple[dict[str, tuple[float, float]], int, int]:
        """Centres, each row in the middle; width and height of the drawing."""
        rank = self.ranks()
        rows = [[n for n in self.nodes if rank[n] == r] for r in range(max(rank.values(), default=0) + 1)]
        aside = 0.4 * _X if any(rank[b] - rank[a] > 1 for a, b, _ in self.edges) else 0.0  # a long arrow needs room
        width = int(_X * max(len(row) for row in rows) + 2 * aside) + 40
        places = {
            name: (width / 2 + aside * (r % 2) + (i - (len(row) - 1) / 2) * _X, 40.0 + r * _Y)
            for r, row in enumerate(rows)
            for i, name in enumerate(row)
        }
        return places, width, 80 + _Y * (len(rows) - 1)


def dependence(problem: str | Expression | Derivation) -> Graph:
    """The graph of a problem with a chain rule, gradient or Jacobian; UsageError where there is none."""
    if isinstance(problem, str):
        from derive.engine import solve

        problem = solve(problem)
    for node in postorder(problem.problem if isinstance(problem, Derivation) else problem):
        if type(node) is Call and node.label in (
            "chain",
            "gradient",
            "jacobian",
            "hessian",
            "laplacian",
            "directional",
        ):
            return _graph(node)
    raise UsageError("a dependence graph is for gradients, Jacobians and chain rules: df/dt where f(x, y), x(t), y(t)")


def _graph(node: Call) -> Graph:
    f, *rest = node.arguments
    found = levels(node) if node.label == "chain" else None
    names = found[0][0] if found else tuple(x for x in rest if type(x) is Symbol)
    edges: list[tuple[str, str]] = []
    taken = {str(x.label) for x in (*[n for level in found or () for n in (*level[0], *level[2])], *names)}
    for name, u in zip(_outer_names(f, taken), entries(f), strict=True):
        edges += [(name, str(x.label)) for x in names if str(x.label) in symbols(u)]
    for inner, values, by in found or ():
        for x, value in zip(inner, values, strict=True):
            if x != value:
                edges += [(str(x.label), str(t.label)) for t in by if str(t.label) in symbols(value)]
    edges = list(dict.fromkeys(edges))
    order = dict.fromkeys(
        [*_outer_names(f, taken), *[n for edge in edges for n in edge], *[str(x.label) for x in names]]
    )
    count = {a: len([1 for e in edges if e[0] == a]) for a in order}
    labelled = tuple((a, b, _slope(a, b, count[a] > 1)) for a, b in edges)
    return Graph(tuple(order), labelled)


def _outer_names(f: Expression, taken: set[str]) -> list[str]:
    """f, or f_1, f_2 for a vector; another letter where the inner functions need this one."""
    letter = next(n for n in ("f", "g", "h", "F", "G", "H", "y", "z", "w", "f_0") if n not in taken)
    if type(f) is not Matrix:
        return [function_name(f) or letter]
    return [function_name(u) or f"{letter}_{i}" for i, u in enumerate(entries(f), 1)]


def _slope(a: str, b: str, several: bool) -> str:
    d = "∂" if several else "d"
    return f"{d}{symbol_line(a)}/{d}{symbol_line(b)}"


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _arrow(start: tuple[float, float], end: tuple[float, float], label: str) -> tuple[str, str]:
    """A line from rim to rim, its label on it, nearer to its beginning, where lines are apart."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    dx, dy = (x2 - x1) / length * _R, (y2 - y1) / length * _R
    x, y = x1 + _LABEL * (x2 - x1), y1 + _LABEL * (y2 - y1) + 4
    return (
        (
            f'<line x1="{x1 + dx:.1f}" y1="{y1 + dy:.1f}" x2="{x2 - dx:.1f}" y2="{y2 - dy:.1f}" stroke="#000"'
            ' marker-end="url(#arrow)"/>'
        ),
        (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" stroke="#fff" stroke-width="5" paint-order="stroke">'
            f"{escape(label)}</text>"
        ),
    )
