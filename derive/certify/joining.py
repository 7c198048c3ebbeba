"""Why one state equals the next: a step, put into the place where it is used."""

from __future__ import annotations

from typing import Protocol

from derive.certify.claims import Rewrite
from derive.certify.terms import Term, Terms
from derive.expressions import Derivative, Expression, Power, postorder, replace


class Book(Protocol):
    """What joining needs of the certificate that is being written."""

    terms: Terms
    variables: list[str]
    name: str

    def step(self, rewrite: Rewrite) -> str: ...
    def near(self, variable: str) -> str: ...
    def power(self, before: Expression, after: Expression) -> str: ...


def joined(state: Expression, after: Expression, rewrite: Rewrite, book: Book, under: bool = False) -> str | None:
    """A proof term of state = after; None where both are written alike."""
    terms = book.terms
    if terms.of(state).text == terms.of(after).text:
        return None
    if state == rewrite.before:
        return book.step(rewrite)
    places = _places(state, rewrite, book)
    holes: dict[Expression, Term] = {}
    targets = [(node, changed, proof) for node, changed, proof in places]
    proof_of_all = ""
    current = {node: terms.of(node) for node, _, _ in targets}
    for node, changed, proof in targets:
        hole = Term("hole", (), "hole")
        holes = {**current, node: hole}
        context = terms.of(state, holes).text
        link = f"(f_equal (fun hole => {context}) {proof})"
        proof_of_all = f"(eq_trans {proof_of_all} {link})" if proof_of_all else link
        current[node] = terms.of(changed)
    return proof_of_all


def _places(state: Expression, rewrite: Rewrite, book: Book) -> list[tuple[Expression, Expression, str]]:
    """Where the state changes: (node, what it becomes, why), each node as large as it has to be.

    A derivative whose operand changes is one, since its letter is bound; so is a power whose exponent comes to be
    read in another way, as x^(1/2 + 3/2) does when it becomes x^2.
    """
    whole: list[tuple[Expression, Expression, str]] = []
    covered: set[Expression] = set()
    for node in postorder(state):
        if node == rewrite.before or rewrite.before in covered:
            continue
        if type(node) is Derivative or type(node) is Power:
            changed = replace(node, rewrite.before, rewrite.after)
            if changed == node or (type(node) is Derivative and node == rewrite.before):
                continue
            if type(node) is Power and book.terms.of(node).head == book.terms.of(changed).head:
                continue
            if type(node) is Power:
                whole.append((node, changed, book.power(node, changed)))
            else:
                v = book.terms.of(node.arguments[1]).text
                inner = joined(node.arguments[0], changed.arguments[0], rewrite, book, True) or "eq_refl"
                given = " ".join([f"{book.name}_given", *book.variables])
                proof = f"(derive_near _ _ {v} (fun {v} => {given}) {book.near(v)} (fun {v} G => {inner}))"
                whole.append((node, changed, proof))
    outside = {n: Term("hole", (), "?") for n, _, _ in whole}
    if _occurs(state, rewrite.before, set(outside)):
        whole.append((rewrite.before, rewrite.after, book.step(rewrite)))
    return whole


def _occurs(state: Expression, what: Expression, without: set[Expression]) -> bool:
    return any(node == what for node in postorder(state, without))
