"""Conditions of the input as they stand at a later step: what the steps made of a denominator is not 0 either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from derive.certify.claims import Rewrite
from derive.certify.conditions import Proposition
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, Terms, applied
from derive.expressions import Equation, Expression, postorder, replace

Path = tuple[tuple[Rewrite, Expression], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Condition `index` of the input with `start` in it, and what it is with the last state of `path` in its place."""

    index: int
    start: Expression
    path: Path
    stated: Callable[[str], str]

    @property
    def last(self) -> int:
        """The index of the last step that it needs."""
        return self.path[-1][0].index


def followed(
    given: Sequence[Proposition], written: Sequence[Expression], rewrites: Sequence[Rewrite], terms: Terms
) -> dict[str, Kept]:
    """Every condition as the steps change it, by its text: x*x + 2 <> 0  →  x^2 + 2 <> 0.

    written  the expressions that the conditions are about
    """
    known = {terms.of(node).text: node for e in written for node in postorder(e) if type(node) is not Equation}
    found: dict[str, Kept] = {}
    for index, p in enumerate(given):
        about = _about(p, known)
        if about is None:
            continue
        start, stated = about
        for path in _states(start, rewrites):
            try:
                text = stated(terms.of(path[-1][1]).text)
            except NotExpressible:
                break
            found.setdefault(text, Kept(index, start, path, stated))
    return found


def _about(p: Proposition, known: Mapping[str, Expression]) -> tuple[Expression, Callable[[str], str]] | None:
    """The one expression that a condition is about, and the condition with another term in its place."""
    sides = [s for s in p.sides if s.head != "number" and s.text != "(- 1)"]
    if len(sides) != 1:
        return None
    [side] = sides
    at = p.sides.index(side)
    around: Callable[[str], str] = str
    if side.text not in known and side.head == "call":  # cos(u) != 0, of tan(u)
        name, side = str(side.power), side.parts[0]
        around = lambda text: applied(name, Term("hole", (), text)).text  # noqa: E731
    if side.text not in known:
        return None
    sign = " <> " if p.relation == "<>" else " < "

    def stated(text: str) -> str:
        return sign.join([around(text) if k == at else s.text for k, s in enumerate(p.sides)])

    return known[side.text], stated


def _states(start: Expression, rewrites: Sequence[Rewrite]) -> Iterator[Path]:
    """What becomes of an expression, each state with the way to it."""
    state = start
    path: Path = ()
    inside = set(postorder(start))
    for rewrite in rewrites:
        if rewrite.before in inside:
            state = replace(state, rewrite.before, rewrite.after)
            inside = set(postorder(state))
            path = (*path, (rewrite, state))
            yield path
