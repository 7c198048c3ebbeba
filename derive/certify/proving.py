"""The lemmas of a certificate, each made when it is first needed: steps, conditions, slopes, what holds near by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from derive.certify.calculus import slope_proof
from derive.certify.claims import Rewrite, Value, claims
from derive.certify.conditions import Proposition, assumed, evident, factors, needed
from derive.certify.exponents import closed_value
from derive.certify.hints import hints
from derive.certify.keeping import Kept, followed
from derive.certify.limits import at_zero, limit_proof
from derive.certify.linking import linked
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, Terms, binary, inside, number
from derive.certify.witness import holds, witnesses
from derive.expressions import Derivative, Expression, Limit, postorder, symbols
from derive.trace import Derivation

MOST_STEPS = 1000  # about 2 s for each hundred


@dataclass(frozen=True, slots=True)
class Lemma:
    """One statement with its proof. `step`: the index of the step it is about, where it is about one."""

    name: str
    text: str
    step: int | None = None


class Book:
    """What is known while one certificate is written: its claims, its terms, its conditions, its lemmas so far."""

    def __init__(self, d: Derivation, name: str, assuming: Collection[int]) -> None:
        if d.outcome != "done":
            raise NotExpressible("end")
        if len(d.steps) > MOST_STEPS:
            raise NotExpressible("end-of-steps", most=MOST_STEPS)
        self.name = name
        self.assuming = assuming
        self.rules = {s.index: s.rule for s in d.steps}
        self.claims, self.rewrites, self.value = claims(d)
        letters = self.value.letters if self.value else ()
        used = [*letters] + [e for c in self.claims for e in (c.start, *[s for _, s in c.path])]
        bound = set().union(*[_bound(e) for e in used])
        self.names = sorted(set().union(*[_letters(e) for e in used]) - bound)
        self.terms = Terms(self.names, bound)
        self.variables = [self.terms.variables[n].text for n in self.names]
        starts = [self.terms.of(c.start.arguments[0] if c.slope else c.start) for c in self.claims if c.asked]
        asked = [p for t in starts for p in needed(t)]
        found = [p for p in asked if not (evident(p) and holds(p, {}))] + list(assumed(d.conditions, self.terms))
        self.given = list({p.text: p for p in found}.values())
        near = [t.text for t in self.terms.bound.values()]
        self.points = [
            {**point, **{h: Fraction(1, 64 + 7 * k) for h in near}}
            for k, point in enumerate(witnesses(self.given, self.variables, 3))
        ]
        self.fixed = self._numbers()
        self.held = witnesses(self.given, self.variables, 1, {v: q for v, (q, _) in self.fixed.items()})
        if not self.held or not self.points:
            raise NotExpressible("witness")
        self.lemmas: list[Lemma] = []
        self._sides: dict[str, str] = {}
        self._slopes: dict[tuple[str, str], str] = {}
        self._near: dict[str, str] = {}
        self._steps: dict[int, str] = {}
        self._working = len(d.steps)  # the step that is being proved: only earlier ones may be used
        self._written = [
            *[c.start for c in self.claims if c.asked],
            *[side for c in d.conditions for e in c.alternatives for side in e.arguments],
        ]

    def _numbers(self) -> dict[str, tuple[Fraction, str]]:
        """The variables that are numbers in the theorem: v_1 → (2, "2") where the derivative at x = 2 is asked for."""
        found: dict[str, tuple[Fraction, str]] = {}
        for letter, written in zip(self.value.letters, self.value.numbers, strict=True) if self.value else ():
            q = closed_value(written)
            if q is None:
                raise NotExpressible("rational-point", letter=letter, value=written)
            found[self.terms.of(letter).text] = q, number(q).text
        return found

    # ── the parts of every statement ──

    @property
    def binder(self) -> str:
        return f"forall {' '.join(self.variables)} : R, " if self.variables else ""

    @property
    def premise(self) -> str:
        return f"{self.given_at()} ->"

    @property
    def intro(self) -> str:
        return f"intros {' '.join([*self.variables, 'G'])}."

    def at(self, lemma: str) -> str:
        """A lemma at the variables in sight: (step_1 v_1 v_2 G)."""
        return f"({' '.join([lemma, *self.variables, 'G'])})"

    def given_at(self) -> str:
        return " ".join([f"{self.name}_given", *self.variables])

    @property
    def free(self) -> list[str]:
        """The variables that the theorem is about; the others are numbers there."""
        return [v for v in self.variables if v not in self.fixed]

    @property
    def placed(self) -> list[str]:
        """The variables, with numbers for some of them, as the theorem has them."""
        return [self.fixed[v][1] if v in self.fixed else v for v in self.variables]

    @property
    def theorem_start(self) -> str:
        """What stands before the statement of the theorem."""
        binder = f"forall {' '.join(self.free)} : R, " if self.free else ""
        return f"{binder}{' '.join([f'{self.name}_given', *self.placed])} ->"

    def add(self, kind: str, statement: str, proof: str, step: int | None = None, *, number: int | None = None) -> str:
        count = (
            number if number is not None else 1 + sum(le.name.startswith(f"{self.name}_{kind}_") for le in self.lemmas)
        )
        lemma = f"{self.name}_{kind}_{count}"
        head = f"Lemma {lemma} : {self.binder}{self.premise}\n  {statement}.\n"
        self.lemmas.append(Lemma(lemma, f"{head}Proof. {self.intro} {proof} Qed.", step))
        return lemma

    @property
    def given_definition(self) -> str:
        """The conditions under their name."""
        definition = " /\\ ".join([*[f"({p.text})" for p in self.given], "True"])
        typed = f" ({' '.join(self.variables)} : R)" if self.variables else ""
        return f"Definition {self.name}_given{typed} : Prop :=\n  {definition}.\n"

    @property
    def opened(self) -> str:
        return f"pose proof G as O; unfold {self.name}_given in O; conditions O;"

    # ── lemmas, each made when it is first needed ──

    def side(self, p: Proposition) -> str:
        """The proof of a condition that a rule asks for."""
        if p.text not in self._sides:
            kept = self._kept(p.text)
            self._sides[p.text] = kept or self.add("side", p.text, f"{self.opened} side.")
        return self.at(self._sides[p.text])

    @cached_property
    def _followed(self) -> dict[str, Kept]:
        return followed(self.given, self._written, self.rewrites, self.terms)

    def _kept(self, text: str) -> str:
        """The lemma of a condition of the input as earlier steps left it; "" where it is none."""
        kept = self._followed.get(text)
        if kept is None or kept.last >= self._working:
            return ""
        before, after = self.terms.of(kept.start).text, self.terms.of(kept.path[-1][1]).text
        equal = self.at(linked(self, kept.start, kept.path, f"{before} = {after}"))
        shown = kept.stated("hole")
        proof = f"{self._numbered} exact (eq_ind _ (fun hole : R => {shown}) C{kept.index} _ {equal})."
        return self.add("side", text, proof)

    @property
    def _numbered(self) -> str:
        """The conditions by the names C0, C1, …"""
        if not self.given:
            return ""
        names = "".join([f"[C{k} " for k in range(len(self.given))]) + "_" + "]" * len(self.given)
        return f"assert (O := G); unfold {self.name}_given in O; destruct O as {names}."

    def _still(self, before: Term, after: Term) -> str:
        """What a step needs of the conditions as earlier steps left them."""
        found = {q.text: q for side in (before, after) for p in needed(side) for q in factors(p)}
        before_it = [p for t, p in found.items() if t in self._followed and self._followed[t].last < self._working]
        return "".join([f"pose proof {self.side(p)}; " for p in before_it])

    def slope(self, operand: Term, variable: Term) -> str:
        """The proof that a term has a derivative."""
        key = operand.text, variable.text
        if key not in self._slopes:
            proof, _ = slope_proof(operand, variable, self.side, {})
            statement = f"ex_derive (fun {variable.text} => {operand.text}) {variable.text}"
            self._slopes[key] = self.add("slope", statement, f"exact (has_slope _ _ _ {proof}).")
        return self.at(self._slopes[key])

    def near(self, variable: str) -> str:
        """The proof that the conditions hold at all points near by."""
        if variable not in self._near:
            v = Term("variable", (), variable)
            proofs = [self._near_one(p, v) for p in self.given]
            whole = f"(near_true {variable})"
            for p in reversed(proofs):
                whole = f"(near_and _ _ _ {p} {whole})"
            statement = f"locally {variable} (fun {variable} => {self.given_at()})"
            self._near[variable] = self.add("near", statement, f"{self._numbered} exact {whole}.")
        return self.at(self._near[variable])

    def _near_one(self, p: Proposition, v: Term) -> str:
        k = self.given.index(p)
        if p.relation == "or":
            raise NotExpressible("alternatives")
        sides = " ".join([f"(fun {v.text} => {s.text})" for s in p.sides])
        slopes = " ".join([self.slope(s, v) for s in p.sides])
        kind = {"<": "near_less", "<>": "near_not_equal", "within": "near_within"}[p.relation]
        return f"({kind} {sides} {v.text} {slopes} C{k})"

    def power(self, before: Expression, after: Expression) -> str:
        """The proof that a power is the same when its exponent is read in another way: x^(1/2 + 3/2) and x^2."""
        a, b = self.terms.of(before), self.terms.of(after)
        return self.at(self.add("power", f"{a.text} = {b.text}", f"{self.opened} close."))

    def step(self, rewrite: Rewrite) -> str:
        """The lemma of a step: before = after."""
        if rewrite.index not in self._steps:
            outer, self._working = self._working, rewrite.index
            self._steps[rewrite.index] = self._step(rewrite)
            self._working = outer
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
            return self.add("step", statement, f"{rule}reflexivity.", rewrite.index, number=number)
        if "Lim" in (before.head, after.head):
            script = f"{rule}{self._limits(before, after)}"
            return self.add("step", statement, script, rewrite.index, number=number)
        if before.head != "Derive":
            script = f"{rule}{self.opened} {self._still(before, after)}{self._closed(before, after)}."
            return self.add("step", statement, script, rewrite.index, number=number)
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
        script += f"{self._still(before, after)}{self._closed(before, after)}."
        return self.add("step", statement, script, rewrite.index, number=number)

    def put_in(self, value: Value) -> str:
        """The lemma of the step that writes numbers for letters."""
        index = value.put.index
        lemma = f"{self.name}_step_{index + 1}"
        formula = self.terms.of(value.formula, self.holes(value)).text
        statement = f"{formula} = {self.terms.of(value.put.after).text}"
        opened = self.opened.replace("pose proof G as O;", "assert (O := G);")
        proof = f"intros {' '.join([*self.free, 'G'])}. (* {self.rules[index]} *) {opened} close."
        text = f"Lemma {lemma} : {self.theorem_start}\n  {statement}.\nProof. {proof} Qed."
        self.lemmas.append(Lemma(lemma, text, index))
        return lemma

    def holes(self, value: Value, but: str = "") -> dict[Expression, Term]:
        """Numbers for the letters of a point, `but` one variable."""
        return {
            x: Term("number", (), self.fixed[t.text][1])
            for x in value.letters
            for t in [self.terms.of(x)]
            if t.text != but
        }

    def _limits(self, before: Term, after: Term) -> str:
        """The proof of a step about limits: the same function beside 0, or both sides by their values."""
        if before.head == "Derive":
            return "reflexivity."
        if before.head == after.head == "Lim" and before.parts[1] == after.parts[1]:
            h = before.parts[1].text
            v = self._moved(before, after)
            near = self.near(v)
            given = self.given_at()
            body = self._closed(before.parts[0], after.parts[0])
            return (
                f"refine (lim_near _ _ (fun {v} => {given}) {v} {near} _); intros {h} N H; cbv beta in H; "
                f"unfold {self.name}_given in H; conditions H; {self.opened} {body}."
            )
        script = ""
        for t in [t for side in (before, after) for t in inside(side) if t.head == "Lim"]:
            proof = self._limit(t)
            script += (
                f"try (eassert (E : {t.text} = _) by exact (lim_is _ _ {proof}); cbv beta in E; rewrite E; clear E); "
            )
        return f"{script}{self.opened} cbv beta; close."

    def _moved(self, before: Term, after: Term) -> str:
        """The variable that the letter of a limit is added to: v_1 in sin(v_1 + h)."""
        h = before.parts[1]
        sums = [t for side in (before, after) for t in inside(side) if t.head == "+" and t.parts[1] == h]
        found = [t.parts[0].text for t in sums if t.parts[0].head == "variable"]
        if not found and not self.variables:
            raise NotExpressible("letter-beside-limit")
        return found[0] if found else self.variables[0]

    def _limit(self, t: Term) -> str:
        """The proof that a limit at 0 is what it is."""
        body, letter = t.parts

        def slope(part: Term) -> str:
            shown = lambda p: self.side(Proposition(at_zero(p.text, letter), p.relation))  # noqa: E731
            return slope_proof(part, letter, shown, {})[0]

        return limit_proof(body, letter, self.points, slope, self._fact)

    def _fact(self, statement: str) -> str:
        """The proof of an equation or of a condition about numbers and variables."""
        if statement not in self._sides:
            of_all = "apart" if statement.startswith("forall") else "close"
            tactic = "side" if statement.endswith("<> 0") else of_all
            self._sides[statement] = self.add("side", statement, f"{self.opened} {tactic}.")
        return self.at(self._sides[statement])

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


def _letters(e: Expression) -> set[str]:
    """Names of an expression, those that a derivative is taken by among them."""
    found = set(symbols(e))
    for node in postorder(e):
        if type(node) is Derivative:
            found.update(str(x) for x in node.arguments[1::2])
    return found


def _bound(e: Expression) -> set[str]:
    """Names that limits bind."""
    return {str(node.arguments[1]) for node in postorder(e) if type(node) is Limit}
