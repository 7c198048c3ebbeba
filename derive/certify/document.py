"""A derivation as a Coq file: a lemma a step, the joining of the states, the theorem, a witness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.certify.conditions import hypotheses
from derive.certify.terms import NotExpressible, Terms
from derive.errors import DeriveError
from derive.expressions import Derivative, Expression, integer_value, symbols
from derive.numeric import NoValue, ball
from derive.trace import Derivation
from derive.version import VERSION

HEAD = """(* A certificate of derive {version}: every step of a derivation, and the theorem that they come to. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Require Import Certified.Support Certified.Tactics Certified.Rules.
Open Scope R_scope.
"""
CANDIDATES = tuple([Fraction(t) for t in "1/4 1/2 1 2 3/2 1/8 3 5/2 -1/2 -1 -2 4 7 10 -3 1/100".split()])


@dataclass(frozen=True, slots=True)
class Certificate:
    """The Coq text, or the reason why there is none.

    lemmas  the name of each step's lemma, by step
    """

    text: str
    reason: str = ""
    lemmas: tuple[str, ...] = ()
    statement: str = ""

    @property
    def written(self) -> bool:
        return bool(self.text)


def certificate(d: Derivation, name: str = "certificate") -> Certificate:
    """The Coq file of a derivation; `reason` says what could not be expressed."""
    try:
        return _written(d, name)
    except NotExpressible as problem:
        return Certificate("", f"not expressible: {problem}")


def _written(d: Derivation, name: str) -> Certificate:
    if d.outcome != "done":
        raise NotExpressible("an unfinished derivation")
    problem = d.problem
    names = sorted(symbols(problem) | symbols(d.result))
    terms = Terms(names)
    derivative = (
        type(problem) is Derivative and len(problem.arguments) == 3 and integer_value(problem.arguments[2]) == 1
    )
    f: Expression = problem.arguments[0] if derivative else problem
    given = (
        hypotheses([f, *[s.after for s in d.steps if s.conditions]], terms)
        if derivative
        else hypotheses([f, *[a for s in d.steps for a in (s.before, s.after)]], terms)
    )
    binder = "forall " + " ".join(terms.variables.values()) + " : R, " if terms.variables else ""
    premises = "".join([f"{h} -> " for h in given])
    intro = "intros." if binder or given else ""
    parts = [HEAD.format(version=VERSION)]
    lemmas: list[str] = []
    for step in d.steps:
        lemma = f"{name}_step_{step.index + 1}"
        lemmas.append(lemma)
        parts.append(
            f"Lemma {lemma} : {binder}{premises}{terms.of(step.before)} = {terms.of(step.after)}.\n"
            f"Proof. {intro} {_tactic(step.rule, type(step.before) is Derivative)} Qed."
        )
    rewrites = " ".join([f"try rewrite {lemma} by (assumption || dom)." for lemma in lemmas])
    if derivative:
        x = terms.of(problem.arguments[1])
        statement = f"{binder}{premises}is_derive (fun {x} => {terms.of(f)}) {x} {terms.of(d.result)}"
        proof = (
            f"{intro} assert (Joined : {terms.of(problem)} = {terms.of(d.result)}). "
            f"{{ {rewrites} first [reflexivity | localeq]. }} "
            "rewrite <- Joined. apply Derive_correct. exd."
        )
    else:
        statement = f"{binder}{premises}{terms.of(problem)} = {terms.of(d.result)}"
        proof = f"{intro} {rewrites} first [reflexivity | localeq]."
    parts.append(f"Theorem {name} : {statement}.\nProof. {proof} Qed.")
    if given:
        parts.append(_witness(name, list(terms.variables.items()), given, d))
    parts.append(f"Print Assumptions {name}.")
    return Certificate("\n".join(parts) + "\n", "", tuple(lemmas), statement)


def _tactic(rule: str, derivative: bool) -> str:
    """How a step's lemma is proved."""
    if derivative:
        return "derive_step."
    return "closestep."


def _witness(name: str, variables: list[tuple[str, str]], given: list[str], d: Derivation) -> str:
    """Numbers at which every hypothesis holds: without them the theorem might be about nothing."""
    point = _point([n for n, _ in variables], d)
    if point is None:
        raise NotExpressible("no point at which all conditions hold was found")
    quantified = "".join([f"exists {v} : R, " for _, v in variables])
    shown = " ".join([f"exists {_coq(point[n])}." for n, _ in variables])
    all_of = " /\\ ".join([f"({h})" for h in given])
    return f"Lemma {name}_witness : {quantified}{all_of}.\nProof. {shown} split_all; witness. Qed."


def _coq(q: Fraction) -> str:
    top = f"(- {-q.numerator})" if q < 0 else str(q.numerator)
    return f"({top} / {q.denominator})" if q.denominator != 1 else f"({top})"


def _point(names: list[str], d: Derivation) -> dict[str, Fraction] | None:
    """A simple point at which problem and result have values, with room around it."""
    for shift in range(len(CANDIDATES)):
        point = {n: CANDIDATES[(shift + 3 * k) % len(CANDIDATES)] for k, n in enumerate(names)}
        try:
            ball(d.problem, point)
            ball(d.result, point)
        except (NoValue, DeriveError):
            continue
        return point
    return None


def worksheet(derivations: Iterator[Derivation]) -> str:
    """Several certificates in one file."""
    texts = [certificate(d, f"certificate_{k}") for k, d in enumerate(derivations, 1)]
    head = HEAD.format(version=VERSION)
    return head + "\n".join([c.text.removeprefix(head) for c in texts if c.written])
