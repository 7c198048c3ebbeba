"""Lemmas that something holds: a condition, also as steps left it; a slope; conditions at all points near by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from derive.certify.calculus import slope_proof
from derive.certify.claims import Rewrite
from derive.certify.conditions import Proposition, factors, needed
from derive.certify.keeping import Kept, followed
from derive.certify.linking import linked
from derive.certify.statements import Statements
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, variables_of
from derive.certify.witness import SIMPLE, holds
from derive.expressions import Expression


class Holding(Statements, ABC):
    """Each lemma is made when it is first needed."""

    @abstractmethod
    def step(self, rewrite: Rewrite) -> str:
        """The lemma of a step: before = after."""

    def side(self, p: Proposition) -> str:
        """The proof of a condition that a rule asks for."""
        along = self._along(p)
        if along:
            return f"({self._everywhere(p, along)} {' '.join(along)})"
        if p.text not in self._sides:
            kept = self._kept(p.text)
            self._sides[p.text] = kept or self.add("side", p.text, f"{self.opened} side.")
        return self.at(self._sides[p.text])

    def _along(self, p: Proposition) -> list[str]:
        """The letters of integrals that a condition is about."""
        found = set().union(*[variables_of(s) for s in p.sides])
        return [h.text for h in self.terms.bound.values() if h.text in found]

    def _everywhere(self, p: Proposition, along: Sequence[str]) -> str:
        """The proof of a condition at every value of the letters of integrals."""
        if p.text not in self._sides:
            tried = [{**point, **dict.fromkeys(along, q)} for point in self.points for q in (Fraction(0), *SIMPLE)]
            if not all(holds(p, point) for point in tried):
                raise NotExpressible("rough-integrand")
            script = f"{self.opened} intros {' '.join(along)}; side."
            self._sides[p.text] = self.add("side", f"forall {' '.join(along)} : R, {p.text}", script)
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

    def integrable(self, t: Term) -> tuple[str, str]:
        """(that an integral exists, the proof of it)."""
        body, letter, low, high = t.parts
        h = letter.text
        smooth = slope_proof(body, letter, self.side, {})[0]
        proof = f"(integral_exists _ _ _ (fun {h} => has_slope _ _ _ {smooth}))"
        return f"ex_RInt (fun {h} => {body.text}) {low.text} {high.text}", proof

    def near(self, variable: str) -> str:
        """The proof that the conditions hold at all points near by."""
        if variable not in self._near:
            v = Term("variable", (), variable)
            proofs = [self._near_one(p, v, f"C{k}") for k, p in enumerate(self.given)]
            whole = f"(near_true {variable})"
            for p in reversed(proofs):
                whole = f"(near_and _ _ _ {p} {whole})"
            statement = f"locally {variable} (fun {variable} => {self.given_at()})"
            self._near[variable] = self.add("near", statement, f"{self._numbered} exact {whole}.")
        return self.at(self._near[variable])

    def _near_one(self, p: Proposition, v: Term, held: str) -> str:
        """A condition holds near by, since it is `held` here."""
        if p.relation == "or":
            return self._near_any(p, v, held)
        sides = " ".join([f"(fun {v.text} => {s.text})" for s in p.sides])
        slopes = " ".join([self.slope(s, v) for s in p.sides])
        kind = {"<": "near_less", "<>": "near_not_equal", "within": "near_within"}[p.relation]
        return f"({kind} {sides} {v.text} {slopes} {held})"

    def _near_any(self, p: Proposition, v: Term, held: str) -> str:
        """The same of conditions one of which holds: the one that does."""
        one, *others = p.any
        last = self._near_one(one, v, held if not others else "H")
        if not others:
            return last
        rest = Proposition(" \\/ ".join([f"({q.text})" for q in others]), "or", (), tuple(others))
        sides = f"(fun {v.text} => {one.text}) (fun {v.text} => {rest.text}) {v.text}"
        return (
            f"(match {held} with or_introl H => near_or_left {sides} {last} "
            f"| or_intror H => near_or_right {sides} {self._near_any(rest, v, 'H')} end)"
        )

    def power(self, before: Expression, after: Expression) -> str:
        """The proof that a power is the same when its exponent is read in another way: x^(1/2 + 3/2) and x^2."""
        a, b = self.terms.of(before), self.terms.of(after)
        return self.at(self.add("power", f"{a.text} = {b.text}", f"{self.opened} close."))
