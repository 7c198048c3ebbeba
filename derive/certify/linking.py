"""That the first and the last of some states are equal, as one lemma."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from derive.certify.claims import Rewrite
from derive.certify.joining import joined
from derive.certify.tree import grown
from derive.expressions import Expression

if TYPE_CHECKING:
    from derive.certify.holding import Holding

MOST_STATES = 40  # 12 KB of states are read faster than their tree, 300 KB are not


def linked(book: Holding, start: Expression, path: Sequence[tuple[Rewrite, Expression]], statement: str) -> str:
    """The name of the lemma: state by state, or by the tree where there are many."""
    if len(path) > MOST_STATES:
        return book.add("joined", statement, f"exact {grown(start, path, book)}.")
    state = start
    links: list[str] = []
    for rewrite, after in path:
        shown = joined(state, after, rewrite, book)
        if shown is not None:
            links.append(f"refine (eq_trans {shown} _).")
        state = after
    script = "\n  ".join([*links, "reflexivity."])
    return book.add("joined", statement, script)
