"""The other readings of a problem or an answer: what an ambiguous place might have meant as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.errors import DeriveError
from derive.expressions import Expression, postorder, replace
from derive.notation import Note, parse_pattern
from derive.rules import Facts, Match
from derive.rules.pattern import builder, matcher

MOST = 8  # notes with alternatives that are looked at; one line has rarely more than two


def other_texts(text: str, notes: Sequence[Note]) -> Iterator[tuple[str, Note]]:
    """The text with one ambiguous piece written as its alternative: 1/2x  →  1/(2*x)."""
    lines = text.split("\n")
    for note in [n for n in notes if n.alternatives][:MOST]:
        line = lines[note.line - 1]
        before, piece, after = (
            line[: note.column - 1],
            line[note.column - 1 : note.end_column - 1],
            line[note.end_column - 1 :],
        )
        for alternative in note.alternatives:
            if note.kind == "operator-takes-bracket":
                at = piece.find("(")
                changed = f"{before}{piece[:at]}({piece[at:]}{after})"
            elif "…" in alternative:
                continue
            else:
                changed = f"{before}{alternative}{after}"
            yield "\n".join([*lines[: note.line - 1], changed, *lines[note.line :]]), note


def other_trees(e: Expression, notes: Sequence[Note]) -> Iterator[tuple[Expression, Note]]:
    """The expression with every place of a kind read otherwise: asin(…)  →  1/sin(…)."""
    for note in [n for n in notes if "…" in n.reading][:MOST]:
        for alternative in note.alternatives:
            try:
                pattern, other = _opened(note.reading), _opened(alternative)
                parse_pattern(pattern), parse_pattern(other)
            except DeriveError:
                continue
            changed, facts = e, Facts()
            for node in postorder(e):
                match = Match(node, facts)
                if matcher(pattern)(node, match):
                    changed = replace(changed, node, builder(other)(match))
            if changed != e:
                yield changed, note


def _opened(text: str) -> str:
    return text.replace("…", "?u")
