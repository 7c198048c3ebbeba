"""The lemmas of the steps of a certificate, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence

from derive.certify.calculus import slope_proof
from derive.certify.claims import Rewrite, Value
from derive.certify.conditions import Proposition
from derive.certify.hints import hints
from derive.certify.holding import Holding
from derive.certify.limits import at_zero, limit_proof
from derive.certify.reasons import NotExpressible
from derive.certify.statements import Lemma
from derive.certify.terms import Term, binary, inside, number
from derive.expressions import Expression


class Book(Holding):
    """Everything that one certificate proves."""

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
            staying = {t.text for t in inside(after) if t.head == "Derive"}
            taken = self._taken([t for t in inside(before) if t.head == "Derive" and t.text not in staying])
            script = f"{rule}{self.opened} {taken}{self._still(before, after)}{self._closed(before, after)}."
            return self.add("step", statement, script, rewrite.index, number=number)
        operand, variable = before.parts
        kept = [t for t in inside(after) if t.head == "Derive" and t.parts[1] == variable]
        leaves = {t.parts[0].text: self.slope(*t.parts) for t in kept if t.parts[0] != operand}
        proof, used = slope_proof(operand, variable, self.side, leaves)
        taken = self._taken([t for t in kept if t.parts[0].text not in used])
        script = f"{rule}refine (derive_is _ _ _ _ {proof} _); {self.opened} {taken}cbv beta; "
        script += f"{self._still(before, after)}{self._closed(before, after)}."
        return self.add("step", statement, script, rewrite.index, number=number)

    def _taken(self, slopes: Sequence[Term]) -> str:
        """The tactics that write derivatives as what they are: 5*Derive (fun u => u^3) u  →  5*(3*u^2)."""
        script = ""
        for t in [t for t in slopes if all(p.head != "Derive" for p in inside(t.parts[0]))]:
            operand, variable = t.parts
            proof, _ = slope_proof(operand, variable, self.side, {})
            script += f"eassert (E : {t.text} = _) by exact (derive_is _ _ _ _ {proof} eq_refl); "
            script += "cbv beta in E; rewrite E; clear E; "
        return script

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
            for slope in inside(before)
            if slope.head == "Derive"
            for t in inside(slope)
            if t.head == "Rpower"
            for less_one in [binary("-", t.parts[1], number(1))]
        ]
        helped = hints([*(before.parts[:1] if lowered else [before]), after, *lowered], self.points)
        return (
            f"try change (AbsRing.sort R_AbsRing) with R; first [plain | {'; '.join([*helped, 'finish'])} | close]"
            if helped
            else "close"
        )
