"""The flat table of a derivation's expressions: a row for each distinct node, its text and LaTeX printed once."""

from __future__ import annotations

from typing import Any

from derive.errors import LimitError
from derive.expressions import Expression
from derive.explain.drawing import LATEX_PRIMES, TEXT_PRIMES, respelled
from derive.notation import mathml
from derive.notation.print_latex import EXACT as LATEX
from derive.notation.print_text import EXACT as TEXT
from derive.notation.rope import Memo, Piece, Render

BIG = 10**15


class NodeTable:
    """Gives out rows, children before parents; a node's notations are made of its children's, in the same walk.

    most  characters of one text, half of those of its LaTeX; what is longer is not written
    """

    def __init__(self, most: int, with_mathml: bool) -> None:
        self.most = most
        self.with_mathml = with_mathml
        self.rows: list[dict[str, Any]] = []
        self._places: dict[Expression, int] = {}
        self._texts: list[Piece | None] = []
        self._latex: list[Piece | None] = []
        self._mathml: Memo = {}
        self._known: list[dict[str, Any] | None] = []  # by row: what is written of an expression that was asked for

    def expression(self, e: Expression) -> dict[str, Any]:
        """The row of `e`, and its text and LaTeX; the same object for the same expression."""
        place = self._places.get(e)
        if place is None:
            place = self._add(e)
        found = self._known[place]
        if found is None:
            found = self._known[place] = self._written(e, place)
        return found

    def _written(self, e: Expression, place: int) -> dict[str, Any]:
        text, latex = self._texts[place], self._latex[place]
        if text is None or latex is None:
            return {"node": place, "text": None, "latex": None, "omitted": "characters"}
        shown = str(text)
        found = {"node": place, "text": shown, "latex": str(latex)}
        if "′" in shown:
            found |= {"text": respelled(shown, TEXT_PRIMES), "latex": respelled(str(latex), LATEX_PRIMES)}
        if self.with_mathml:
            try:
                found["mathml"] = mathml(
                    e, memo=self._mathml, display=False, max_characters=20 * self.most, alternative=shown
                )
            except LimitError as error:
                return {"node": place, "text": None, "latex": None, "omitted": error.limit}
        return found

    def _add(self, root: Expression) -> int:
        """A row for each node below `root` that has none yet, and for `root`: its number."""
        get = self._places.get
        stack = [root]
        while stack:
            node = stack[-1]
            below: list[int] = []
            missing: list[Expression] = []
            for a in node.arguments:
                place = get(a)
                if place is None:
                    if a.arguments or missing:  # its turn comes after what is missing before it
                        missing.append(a)
                        continue
                    place = self._row(a, [])
                below.append(place)
            if missing:
                stack += missing[::-1]
                continue
            stack.pop()
            if get(node) is None:  # it may stand twice in what was to be done
                self._row(node, below)
        return self._places[root]

    def _row(self, node: Expression, below: list[int]) -> int:
        """A node's row, its children standing in the rows `below`."""
        place = self._places[node] = len(self.rows)
        self.rows.append({"kind": node.kind, "label": _label(node.label), "arguments": below})
        self._texts.append(_printed(TEXT[type(node)], node, below, self._texts, self.most))
        self._latex.append(_printed(LATEX[type(node)], node, below, self._latex, 2 * self.most))
        self._known.append(None)
        return place


def _printed(render: Render, node: Expression, below: list[int], known: list[Piece | None], most: int) -> Piece | None:
    """A node printed from its children's pieces; None where that is, or they were, longer than `most`."""
    pieces = [known[place] for place in below]
    if None in pieces:
        return None
    piece = render(node, pieces)  # type: ignore[arg-type]  # none is None
    return piece if len(piece) <= most else None


def _label(label: Any) -> Any:
    if type(label) is int and label >= BIG:
        return {"hex": f"{label:x}"}
    return list(map(_label, label)) if isinstance(label, tuple) else label
