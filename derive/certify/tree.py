"""Why the last state equals the first, by the tree of the expression: of a size in proportion to its steps.

Each place of a state is followed through the steps. As long as only parts of it are rewritten, one congruence says so
for all of them; where it is rewritten as a whole, its step follows. No state is written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from derive.certify.claims import Rewrite
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, Terms
from derive.expressions import Derivative, Equation, Expression, Power, postorder, rebuild

SHORT = 300  # a proof that is used twice becomes a lemma when it is longer


class Book(Protocol):
    """What the tree needs of the certificate that is being written."""

    terms: Terms
    variables: list[str]

    def step(self, rewrite: Rewrite) -> str: ...
    def near(self, variable: str) -> str: ...
    def power(self, before: Expression, after: Expression) -> str: ...
    def given_at(self) -> str: ...
    def add(self, kind: str, statement: str, proof: str) -> str: ...
    def at(self, lemma: str) -> str: ...


@dataclass(eq=False, slots=True)
class Place:
    """A place of the states: `since` the last step that rewrote it as a whole it looked like that, `now` like this."""

    since: Expression
    now: Expression
    parts: list[Place]
    passed: list[str] = field(default_factory=list)
    first: Expression | None = None


def grown(start: Expression, path: Sequence[tuple[Rewrite, Expression]], book: Book) -> str:
    """A proof term of start = the last state."""
    root = _places(start)
    for rewrite, _ in path:
        _rewritten(root, rewrite, book)
    return _segment(root, book, whole=True) or "eq_refl"


def _places(e: Expression) -> Place:
    made: dict[Expression, Place] = {}
    for node in postorder(e):
        made[node] = Place(node, node, [made[c] for c in node.arguments], first=node)
    return made[e]


def _rewritten(root: Place, rewrite: Rewrite, book: Book) -> None:
    """Every place that looks like the left side of a step is rewritten, and all that holds it follows."""
    for place in _below(root, rewrite.before):
        if place.now == rewrite.before:
            before = _segment(place, book)
            place.passed += [*([before] if before else []), book.step(rewrite)]
            place.since = place.now = rewrite.after
            place.parts = _places(rewrite.after).parts
        elif any(part.now != old for part, old in zip(place.parts, place.now.arguments, strict=True)):
            place.now = rebuild(place.now, tuple([part.now for part in place.parts]))


def _below(root: Place, but_inside: Expression | None = None) -> Iterator[Place]:
    """Every place once, parts first; nothing inside what looks like `but_inside`."""
    seen: set[int] = set()
    stack: list[tuple[Place, bool]] = [(root, False)]
    while stack:
        place, done = stack.pop()
        if done:
            yield place
        elif id(place) not in seen:
            seen.add(id(place))
            stack.append((place, True))
            if but_inside is None or place.now != but_inside:
                stack.extend([(p, False) for p in reversed(place.parts)])


def _segment(root: Place, book: Book, *, whole: bool = False) -> str:
    """The proof that `since` equals `now`, from those of the parts; of the `whole` history where that is asked for."""
    made: dict[int, str] = {}
    used: dict[int, int] = {}
    for place in _below(root):
        for part in place.parts:
            used[id(part)] = used.get(id(part), 0) + 1
    last = ""
    for place in _below(root):
        proof = _congruence(place, [made[id(p)] for p in place.parts], book)
        if place is root and not whole:
            return proof
        for step in reversed(place.passed):
            proof = f"(eq_trans {step} {proof})" if proof else step
        if len(proof) > SHORT and used.get(id(place), 0) > 1 and place.first is not None:
            statement = f"{book.terms.of(place.first).text} = {book.terms.of(place.now).text}"
            proof = book.at(book.add("part", statement, f"exact {proof}."))
        made[id(place)] = last = proof
    return last


def _congruence(place: Place, proofs: list[str], book: Book) -> str:
    """The proof that a place is what it was, with its parts replaced by what they have become."""
    before, after = place.since, place.now
    old, new = book.terms.of(before), book.terms.of(after)
    if old.text == new.text:
        return ""
    if type(before) is Equation:
        raise NotExpressible("border")
    if type(before) is Derivative:
        v = book.terms.of(before.arguments[1]).text
        given = book.given_at()
        inner = proofs[0] or "eq_refl"
        return f"(derive_near _ _ {v} (fun {v} => {given}) {book.near(v)} (fun {v} G => {inner}))"
    if type(before) is Power and old.head != new.head:
        middle = rebuild(before, (after.arguments[0], before.arguments[1]))
        base = _changed(before, [proofs[0], ""], book)
        last = book.power(middle, after) if book.terms.of(middle).text != new.text else ""
        return f"(eq_trans {base} {last})" if base and last else base or last
    return _changed(before, proofs, book)


def _changed(before: Expression, proofs: list[str], book: Book) -> str:
    """All parts at once: (same (same (eq_refl (fun h1 h2 => h1 + h2)) p) q)."""
    holes: dict[Expression, Term] = {}
    told: list[str] = []
    for part, proof in zip(before.arguments, proofs, strict=True):
        if proof and part not in holes:
            holes[part] = Term("hole", (), f"hole{len(holes) + 1}")
            told.append(proof)
    if not told:
        return ""
    names = " ".join([f"hole{k}" for k in range(1, len(told) + 1)])
    proof = f"(eq_refl (fun {names} : R => {book.terms.of(before, holes).text}))"
    for one in told:
        proof = f"(same {proof} {one})"
    return proof
