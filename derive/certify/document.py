"""A derivation as a Coq file: a lemma a step, the joining of the states, the theorem, a witness."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from derive.certify.claims import Claim, Rewrite, claims
from derive.certify.calculus import slope_proof
from derive.certify.conditions import Proposition, assumed, needed
from derive.certify.hints import hints
from derive.certify.joining import joined
from derive.certify.terms import NotExpressible, Term, Terms, binary, inside, number
from derive.certify.witness import needs_intervals, witnesses
from derive.errors import DeriveError
from derive.expressions import Derivative, Expression, postorder, symbols
from derive.trace import Derivation
from derive.version import VERSION

HEAD = f"""(* A certificate of derive {VERSION}: every step of a derivation, and the theorem that they come to. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Rules.
Open Scope R_scope.
"""
INTERVALS = "From Interval Require Import Tactic.\n"
WITNESS = "witness_one | interval | (split; interval) | (apply Rgt_not_eq; interval) | (apply Rlt_not_eq; interval)"
LISTING = "Print Assumptions "
MOST_STEPS = 400  # about 2 s for each hundred


@dataclass(frozen=True, slots=True)
class Lemma:
    """One statement with its proof. `step`: the index of the step it is about, where it is about one."""

    name: str
    text: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The Coq text, or the `reason` why there is none.

    names    the user's names in the order of v_1, v_2, …
    assumed  the steps (by index) that the theorem takes as premises, since they could not be proved
    """

    text: str
    reason: str = ""
    name: str = ""
    lemmas: tuple[Lemma, ...] = ()
    names: tuple[str, ...] = ()
    assumed: tuple[int, ...] = ()

    @property
    def written(self) -> bool:
        return bool(self.text)


def certificate(d: Derivation, name: str = "certificate", *, assuming: Collection[int] = ()) -> Certificate:
    """The Coq file of a derivation; `reason` says what could not be expressed."""
    try:
        return _Writer(d, name, assuming).certificate()
    except (NotExpressible, DeriveError, RecursionError) as problem:
        return Certificate("", str(problem), name)


class _Writer:
    """What is known while one certificate is written."""

    def __init__(self, d: Derivation, name: str, assuming: Collection[int]) -> None:
        if d.outcome != "done":
            raise NotExpressible("the derivation is not finished")
        if len(d.steps) > MOST_STEPS:
            raise NotExpressible(f"more than {MOST_STEPS} steps")
        self.name = name
        self.assuming = assuming
        self.rules = {s.index: s.rule for s in d.steps}
        self.claims, self.rewrites = claims(d)
        used = [e for c in self.claims for e in (c.start, *[s for _, s in c.path])]
        self.names = sorted(set().union(*[_letters(e) for e in used]))
        self.terms = Terms(self.names)
        self.variables = [self.terms.variables[n].text for n in self.names]
        starts = [self.terms.of(c.start.arguments[0] if c.slope else c.start) for c in self.claims if c.asked]
        found = [p for t in starts for p in needed(t)] + list(assumed(d.conditions, self.terms))
        self.given = list({p.text: p for p in found}.values())
        self.points = witnesses(self.given, self.variables, 3)
        if not self.points:
            raise NotExpressible("no point at which all conditions hold was found")
        self.lemmas: list[Lemma] = []
        self._sides: dict[str, str] = {}
        self._slopes: dict[tuple[str, str], str] = {}
        self._near: dict[str, str] = {}
        self._steps: dict[int, str] = {}

    # ── the parts of every statement ──

    @property
    def binder(self) -> str:
        return f"forall {' '.join(self.variables)} : R, " if self.variables else ""

    @property
    def premise(self) -> str:
        return f"{self._given_at()} ->"

    @property
    def intro(self) -> str:
        return f"intros {' '.join([*self.variables, 'G'])}."

    def at(self, lemma: str) -> str:
        """A lemma at the variables in sight: (step_1 v_1 v_2 G)."""
        return f"({' '.join([lemma, *self.variables, 'G'])})"

    def _given_at(self) -> str:
        return " ".join([f"{self.name}_given", *self.variables])

    def _add(self, kind: str, statement: str, proof: str, step: int | None = None, *, number: int | None = None) -> str:
        count = (
            number if number is not None else 1 + sum(le.name.startswith(f"{self.name}_{kind}_") for le in self.lemmas)
        )
        lemma = f"{self.name}_{kind}_{count}"
        head = f"Lemma {lemma} : {self.binder}{self.premise}\n  {statement}.\n"
        self.lemmas.append(Lemma(lemma, f"{head}Proof. {self.intro} {proof} Qed.", step))
        return lemma

    @property
    def opened(self) -> str:
        return f"pose proof G as O; unfold {self.name}_given in O; conditions O;"

    # ── lemmas, each made when it is first needed ──

    def side(self, p: Proposition) -> str:
        """The proof of a condition that a rule asks for."""
        if p.text not in self._sides:
            self._sides[p.text] = self._add("side", p.text, f"{self.opened} side.")
        return self.at(self._sides[p.text])

    def slope(self, operand: Term, variable: Term) -> str:
        """The proof that a term has a derivative."""
        key = operand.text, variable.text
        if key not in self._slopes:
            proof, _ = slope_proof(operand, variable, self.side, {})
            statement = f"ex_derive (fun {variable.text} => {operand.text}) {variable.text}"
            self._slopes[key] = self._add("slope", statement, f"exact (has_slope _ _ _ {proof}).")
        return self.at(self._slopes[key])

    def near(self, variable: str) -> str:
        """The proof that the conditions hold at all points near by."""
        if variable not in self._near:
            v = Term("variable", (), variable)
            proofs = [self._near_one(p, v) for p in self.given]
            whole = f"(near_true {variable})"
            for p in reversed(proofs):
                whole = f"(near_and _ _ _ {p} {whole})"
            statement = f"locally {variable} (fun {variable} => {self._given_at()})"
            opened = "".join([f"[C{k} " for k in range(len(proofs))]) + "_" + "]" * len(proofs)
            proof = f"assert (O := G). unfold {self.name}_given in O. destruct O as {opened}. exact {whole}."
            self._near[variable] = self._add("near", statement, proof.replace("destruct O as _. ", ""))
        return self.at(self._near[variable])

    def _near_one(self, p: Proposition, v: Term) -> str:
        k = self.given.index(p)
        if p.relation == "or":
            raise NotExpressible("alternatives under a derivative")
        sides = " ".join([f"(fun {v.text} => {s.text})" for s in p.sides])
        slopes = " ".join([self.slope(s, v) for s in p.sides])
        kind = {"<": "near_less", "<>": "near_not_equal", "within": "near_within"}[p.relation]
        return f"({kind} {sides} {v.text} {slopes} C{k})"

    def power(self, before: Expression, after: Expression) -> str:
        """The proof that a power is the same when its exponent is read in another way: x^(1/2 + 3/2) and x^2."""
        a, b = self.terms.of(before), self.terms.of(after)
        return self.at(self._add("power", f"{a.text} = {b.text}", f"{self.opened} close."))

    def step(self, rewrite: Rewrite) -> str:
        """The lemma of a step: before = after."""
        if rewrite.index not in self._steps:
            self._steps[rewrite.index] = self._step(rewrite)
        return self.at(self._steps[rewrite.index])

    def _step(self, rewrite: Rewrite) -> str:
        before, after = self.terms.of(rewrite.before), self.terms.of(rewrite.after)
        statement = f"{before.text} = {after.text}"
        number = rewrite.index + 1
        rule = f"(* {self.rules[rewrite.index]} *) "
        if rewrite.index in self.assuming:
            lemma = f"{self.name}_step_{number}"
            text = f"Hypothesis {lemma} : {self.binder}{self.premise}\n  {statement}."
            self.lemmas.append(Lemma(lemma, text, rewrite.index))
            return lemma
        if before.text == after.text:
            return self._add("step", statement, f"{rule}reflexivity.", rewrite.index, number=number)
        if before.head != "Derive":
            script = f"{rule}{self.opened} {self._closed(before, after)}."
            return self._add("step", statement, script, rewrite.index, number=number)
        operand, variable = before.parts
        kept = [t for t in inside(after) if t.head == "Derive" and t.parts[1] == variable]
        leaves = {t.parts[0].text: self.slope(*t.parts) for t in kept if t.parts[0] != operand}
        proof, used = slope_proof(operand, variable, self.side, leaves)
        rewritten = ""
        for t in kept:
            if t.parts[0].text not in used:
                inner, _ = slope_proof(t.parts[0], variable, self.side, {})
                rewritten += f"eassert (E : {t.text} = _) by exact (derive_is _ _ _ _ {inner} eq_refl); "
                rewritten += "cbv beta in E; rewrite E; clear E; "
        script = f"{rule}refine (derive_is _ _ _ _ {proof} _); {self.opened} {rewritten}cbv beta; "
        script += f"{self._closed(before, after)}."
        return self._add("step", statement, script, rewrite.index, number=number)

    def _closed(self, before: Term, after: Term) -> str:
        """The tactic that proves an equation without derivatives to take."""
        lowered = [  # a power that is differentiated has one less in its exponent
            Term("Rpower", (t.parts[0], less_one), f"(Rpower {t.parts[0].text} {less_one.text})")
            for t in (inside(before) if before.head == "Derive" else ())
            if t.head == "Rpower"
            for less_one in [binary("-", t.parts[1], number(1))]
        ]
        helped = hints([*(before.parts[:1] if lowered else [before]), after, *lowered], self.points)
        return (
            f"try change (AbsRing.sort R_AbsRing) with R; first [plain | {'; '.join([*helped, 'finish'])} | close]"
            if helped
            else "close"
        )

    # ── the whole ──

    def certificate(self) -> Certificate:
        statements, proofs = [], []
        for claim in self.claims:
            for statement, proof in self._claim(claim):
                statements.append(statement)
                proofs.append(proof)
        statement = " /\\\n  ".join(statements)
        whole = proofs[-1]
        for proof in reversed(proofs[:-1]):
            whole = f"(conj {proof} {whole})"
        theorem = Lemma(
            self.name,
            f"Theorem {self.name} : {self.binder}{self.premise}\n  {statement}.\n"
            f"Proof. {self.intro} exact {whole}. Qed.",
        )
        self.lemmas += [theorem]
        definition = " /\\ ".join([*[f"({p.text})" for p in self.given], "True"])
        typed = f" ({' '.join(self.variables)} : R)" if self.variables else ""
        parts = [HEAD, f"Definition {self.name}_given{typed} : Prop :=\n  {definition}.\n"]
        if self.assuming:
            parts.append(f"Section {self.name}_section.\n")
        parts += [le.text + "\n" for le in self.lemmas]
        if self.assuming:
            parts.append(f"End {self.name}_section.\n")
        held = self._witness()
        self.lemmas.append(held)
        if self._intervals:
            parts.append(INTERVALS)
        parts += [held.text + "\n", f"{LISTING}{self.name}.\n"]
        return Certificate(
            "\n".join(parts), "", self.name, tuple(self.lemmas), tuple(self.names), tuple(sorted(self.assuming))
        )

    def _claim(self, claim: Claim) -> list[tuple[str, str]]:
        """Statements about a result, each with its proof: the steps are proved on the way."""
        term = self.terms.of(claim.start)
        result = self.terms.of(claim.result)
        proof = self._joined(claim, term, result)
        if not claim.slope:  # every derivative in it has to exist, since Derive has a value everywhere
            found = [(f"{term.text} = {result.text}", proof)]
            for part in [t for t in inside(term) if t.head == "Derive"]:
                operand, variable = part.parts
                exists = f"ex_derive (fun {variable.text} => {operand.text}) {variable.text}"
                found.append((exists, self.slope(operand, variable)))
            return found
        operand, variable = term.parts
        v = variable.text
        has = self.slope(operand, variable)
        return [(f"is_derive (fun {v} => {operand.text}) {v} {result.text}", f"(theorem_of _ _ _ {has} {proof})")]

    def _joined(self, claim: Claim, term: Term, result: Term) -> str:
        state = claim.start
        links: list[str] = []
        for rewrite, after in claim.path:
            shown = joined(state, after, rewrite, self)
            if shown is not None:
                links.append(f"refine (eq_trans {shown} _).")
            state = after
        script = "\n  ".join([*links, "reflexivity."])
        return self.at(self._add("joined", f"{term.text} = {result.text}", script))

    @property
    def _intervals(self) -> bool:
        return any(needs_intervals(p) for p in self.given)

    def _witness(self) -> Lemma:
        point = self.points[0]
        quantified = f"exists {' '.join(self.variables)} : R, " if self.variables else ""
        shown = " ".join([f"exists {_coq(point[v])}." for v in self.variables])
        ways = WITNESS if self._intervals else "witness_one"
        proof = f"{shown} unfold {self.name}_given. split_conditions; first [{ways}]."
        name = f"{self.name}_witness"
        return Lemma(name, f"Lemma {name} : {quantified}{self._given_at()}.\nProof. {proof} Qed.")


def _letters(e: Expression) -> set[str]:
    """Names of an expression, those that a derivative is taken by among them."""
    found = set(symbols(e))
    for node in postorder(e):
        if type(node) is Derivative:
            found.update(str(x) for x in node.arguments[1::2])
    return found


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
