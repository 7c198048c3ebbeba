"""A derivation as a Coq file: a lemma a step, the joining of the states, the theorem, a witness."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.certify.claims import Claim, Value
from derive.certify.linking import linked
from derive.certify.proving import Book
from derive.certify.statements import Lemma
from derive.certify.reasons import NotExpressible, Reason
from derive.certify.terms import Term, inside, variables_of
from derive.certify.witness import needs_intervals, value
from derive.errors import DeriveError
from derive.trace import Derivation
from derive.version import VERSION

HEAD = f"""(* A certificate of derive {VERSION}: every step of a derivation, and the theorem that they come to. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Rules.
Require Import Certified.Algebra Certified.Limits Certified.Integrals.
Open Scope R_scope.
"""
INTERVALS = "From Interval Require Import Tactic.\n"
WITNESS = "witness_one | witness_by ltac:(interval)"
TASKS = ("differentiate", "evaluate-derivative", "gradient", "jacobian", "hessian", "simplify", "limit")
"""A refusal of these says what in them has no term; of others, that they are of another kind."""
LISTING = "Print Assumptions "


@dataclass(frozen=True, slots=True)
class Certificate:
    """The Coq text, or `why` there is none; `reason` says it in English.

    names    the user's names in the order of v_1, v_2, …
    assumed  the steps (by index) that the theorem takes as premises, since they could not be proved
    """

    text: str
    why: Reason | None = None
    name: str = ""
    lemmas: tuple[Lemma, ...] = ()
    names: tuple[str, ...] = ()
    assumed: tuple[int, ...] = ()

    @property
    def written(self) -> bool:
        return bool(self.text)

    @property
    def reason(self) -> str:
        return self.why.said() if self.why else ""

    def data(self, language: str = "en") -> dict[str, Any]:
        """The certificate as JSON has it; steps are numbered from 1 as in the page of a derivation."""
        return {
            "text": self.text or None,
            "reason": self.why.said(language) if self.why else "",
            "variables": {f"v_{k}": name for k, name in enumerate(self.names, 1)},
            "lemmas": [{"name": one.name, "step": None if one.step is None else one.step + 1} for one in self.lemmas],
        }


def certificate(d: Derivation, name: str = "certificate", *, assuming: Collection[int] = ()) -> Certificate:
    """The Coq file of a derivation; `reason` says what could not be expressed."""
    try:
        return _whole(Book(d, name, assuming))
    except NotExpressible as problem:
        reason = problem.reason if d.task in TASKS else Reason("task", {"task": d.task})
        return Certificate("", reason, name)
    except (DeriveError, RecursionError) as problem:
        return Certificate("", Reason("", text=str(problem)), name)


def _whole(book: Book) -> Certificate:
    """The file: the conditions, the lemmas, the theorem, the witness."""
    statements, proofs = [], []
    for claim in book.claims:
        stated = _value(book, claim, book.value) if book.value else [*_claim(book, claim), *_integrals(book, claim)]
        for statement, proof in stated:
            statements.append(statement)
            proofs.append(proof)
    statement = " /\\\n  ".join(statements)
    whole = proofs[-1]
    for proof in reversed(proofs[:-1]):
        whole = f"(conj {proof} {whole})"
    proof = f"Proof. intros {' '.join([*book.free, 'G'])}. exact {whole}. Qed."
    theorem = Lemma(book.name, f"Theorem {book.name} : {book.theorem_start}\n  {statement}.\n{proof}")
    book.lemmas += [theorem]
    parts = [HEAD, book.given_definition]
    if book.assuming:
        parts.append(f"Section {book.name}_section.\n")
    parts += [le.text + "\n" for le in book.lemmas]
    if book.assuming:
        parts.append(f"End {book.name}_section.\n")
    held = _witness(book)
    book.lemmas.append(held)
    if _intervals(book):
        parts.append(INTERVALS)
    parts += [held.text + "\n", f"{LISTING}{book.name}.\n"]
    return Certificate(
        "\n".join(parts), None, book.name, tuple(book.lemmas), tuple(book.names), tuple(sorted(book.assuming))
    )


def _claim(book: Book, claim: Claim) -> list[tuple[str, str]]:
    """Statements about a result, each with its proof: the steps are proved on the way."""
    term = book.terms.of(claim.start)
    result = book.terms.of(claim.result)
    proof = _joined(book, claim, term, result)
    if not claim.slope:  # every derivative in it has to exist, since Derive has a value everywhere
        found = [(f"{term.text} = {result.text}", proof)]
        for part in [t for t in inside(term) if t.head == "Derive"]:
            operand, variable = part.parts
            exists = f"ex_derive (fun {variable.text} => {operand.text}) {variable.text}"
            found.append((exists, book.slope(operand, variable)))
        return found
    operand, variable = term.parts
    v = variable.text
    has = book.slope(operand, variable)
    return [(f"is_derive (fun {v} => {operand.text}) {v} {result.text}", f"(theorem_of _ _ _ {has} {proof})")]


def _value(book: Book, claim: Claim, value: Value) -> list[tuple[str, str]]:
    """The statement about a derivative at a point: the formula first, then the numbers put in."""
    if any(t.head == "RInt" for t in inside(book.terms.of(claim.start))):
        raise NotExpressible("integral-at-point")
    [(statement, proof)] = _claim(book, claim)
    general = book.add("formula", statement, f"exact {proof}.")
    put = book.put_in(value)
    last = book.terms.of(value.result).text
    worked = linked(book, value.put.after, value.path, f"{book.terms.of(value.put.after).text} = {last}")
    placed = " ".join([*book.placed, "G"])
    operand, variable = claim.start.arguments[:2]
    v = book.terms.of(variable).text
    function = f"(fun {v} => {book.terms.of(operand, book.holes(value, v)).text})"
    at = book.placed[book.variables.index(v)]
    equal = f"(eq_trans ({' '.join([put, *book.free, 'G'])}) ({worked} {placed}))"
    return [(f"is_derive {function} {at} {last}", f"(is_derive_cast _ _ _ _ ({general} {placed}) {equal})")]


def _integrals(book: Book, claim: Claim) -> list[tuple[str, str]]:
    """That the integrals of the input exist, since RInt has a value everywhere."""
    found = [t for t in inside(book.terms.of(claim.start)) if claim.asked and t.head == "RInt"]
    if any(t.parts[1].text in variables_of(other) for t in found for other in found):
        raise NotExpressible("nested-integral")
    return [book.integrable(t) for t in found]


def _joined(book: Book, claim: Claim, term: Term, result: Term) -> str:
    return book.at(linked(book, claim.start, claim.path, f"{term.text} = {result.text}"))


def _intervals(book: Book) -> bool:
    return any(needs_intervals(p) for p in book.given)


def _witness(book: Book) -> Lemma:
    point = book.held[0]
    quantified = f"exists {' '.join(book.free)} : R, " if book.free else ""
    shown = " ".join([f"exists {_coq(point[v])}." for v in book.free])
    ways = " | ".join([WITNESS if _intervals(book) else "witness_one", *_between(book, point)])
    proof = f"{shown} unfold {book.name}_given. split_conditions; first [{ways}]."
    name = f"{book.name}_witness"
    stated = " ".join([f"{book.name}_given", *book.placed])
    return Lemma(name, f"Lemma {name} : {quantified}{stated}.\nProof. {proof} Qed.")


def _between(book: Book, point: Mapping[str, Fraction]) -> list[str]:
    """That a number is none of the whole ones: which two it is between."""
    ways: list[str] = []
    for p in book.given:
        for step, lemma in (("Rfloor", "not_whole"), ("Rceil", "not_whole_above")):
            if p.relation == "<>" and p.sides[1].power == step:
                whole = value(p.sides[1], point).unique_fmpz()
                ways.append(f"(apply ({lemma} ({whole})); witness_one)")
    return ways


def _coq(q: Fraction) -> str:
    top = f"(- {-q.numerator})" if q < 0 else str(q.numerator)
    return f"({top} / {q.denominator})" if q.denominator != 1 else f"({top})"


def worksheet(derivations: Iterable[Derivation]) -> tuple[str, Sequence[Certificate]]:
    """Several certificates in one file: its text, and each by itself."""
    made = [certificate(d, f"certificate_{k}") for k, d in enumerate(derivations, 1)]
    written = [c for c in made if c.written]
    listed = f"Definition certificates := ({', '.join([c.name for c in written])}).\n\n{LISTING}certificates.\n"
    return together(written) + listed if written else "", made


def together(written: Sequence[Certificate]) -> str:
    """The text of certificates of different names in one file; what needs intervals stands at its end."""
    bodies = [c.text.removeprefix(HEAD).partition(c.lemmas[-1].text)[0].removesuffix(INTERVALS + "\n") for c in written]
    intervals = [INTERVALS] if any(INTERVALS in c.text for c in written) else []
    return "\n".join([HEAD, *bodies, *intervals, *[c.lemmas[-1].text + "\n" for c in written]])
