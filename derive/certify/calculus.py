"""That a term has a derivative, as a proof term: one lemma of `coq/Rules.v` a node, nothing to search for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derive.certify.conditions import ZERO, Proposition, less, not_equal, not_zero, of_call
from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, variables_of

LEMMAS = {"+": "by_sum", "-": "by_difference", "neg": "by_negation"}
Shown = Callable[[Proposition], str]
"""A condition → the proof of it."""


def slope_proof(operand: Term, variable: Term, shown: Shown, leaves: Mapping[str, str]) -> tuple[str, set[str]]:
    """A proof of is_derive (fun v => operand) v ?, and which `leaves` it used.

    leaves  terms whose derivative stays as it is, with the proof that there is one
    """
    v = variable.text
    made: dict[str, str] = {}
    used: set[str] = set()
    free: dict[str, bool] = {}
    stack: list[tuple[Term, bool]] = [(operand, False)]
    while stack:
        t, done = stack.pop()
        if t.text in made:
            continue
        if t.text not in free:
            free[t.text] = v not in variables_of(t)
        if free[t.text]:
            made[t.text] = "(by_constant _ _)"
        elif t.text in leaves and t is not operand:
            used.add(t.text)
            made[t.text] = f"(slope (fun {v} => {t.text}) _ {leaves[t.text]})"
        elif t.head == "variable":
            made[t.text] = "(by_variable _)"
        elif done:
            made[t.text] = _node(t, [made[p.text] for p in t.parts], [free[p.text] for p in t.parts], shown)
        elif t.head == "Derive":
            raise NotExpressible("derivative-inside")
        else:
            stack.append((t, True))
            stack.extend([(p, False) for p in t.parts])
    return made[operand.text], used


def _node(t: Term, proofs: list[str], free: list[bool], shown: Shown) -> str:
    match t.head:
        case "+" | "-" | "neg":
            return f"({LEMMAS[t.head]} {'_ ' * (2 * len(proofs) + 1)}{' '.join(proofs)})"
        case "*":
            if free[0]:
                return f"(by_multiple _ _ _ _ {proofs[1]})"
            if free[1]:
                return f"(by_multiple_right _ _ _ _ {proofs[0]})"
            return f"(by_product _ _ _ _ _ {proofs[0]} {proofs[1]})"
        case "/":
            if free[1]:
                return f"(by_denominator _ _ _ _ {proofs[0]})"
            side = shown(not_zero(t.parts[1]))
            if free[0]:
                return f"(by_reciprocal _ _ _ _ {side} {proofs[1]})"
            return f"(by_quotient _ _ _ _ _ {side} {proofs[0]} {proofs[1]})"
        case "pow":
            if t.power == 0:
                return "(by_power_zero _ _)"
            return f"(by_power {int(t.power) - 1} {t.power}%Z _ _ _ eq_refl {proofs[0]})"
        case "inverse-pow":
            side = shown(not_zero(t.parts[0]))
            return f"(by_inverse_power {int(t.power) - 1} {t.power}%Z _ _ _ eq_refl {side} {proofs[0]})"
        case "Rpower":
            if free[0]:
                return f"(by_base _ _ _ _ {proofs[1]})"
            side = shown(less(ZERO, t.parts[0]))
            if free[1]:
                return f"(by_real_power _ _ _ _ {side} {proofs[0]})"
            return f"(by_general_power _ _ _ _ _ {side} {proofs[0]} {proofs[1]})"
        case "pieces":
            border = shown(not_equal(t.parts[0], t.parts[1]))
            return f"(by_{t.power} {'_ ' * 9}{border} {' '.join(proofs)})"
        case "RInt":
            if not free[0]:
                raise NotExpressible("moving-integrand")
            letter = t.parts[1].text
            smooth = f"(fun {letter} => has_slope _ _ _ {slope_proof(t.parts[0], t.parts[1], shown, {})[0]})"
            return f"(by_integral _ _ _ _ _ _ {smooth} {proofs[2]} {proofs[3]})"
        case "call":
            sides = [shown(p) for p in of_call(str(t.power), t.parts[0])]
            return f"(by_chain {t.power} _ _ _ _ (der_{t.power} _ {' '.join(sides)}) {proofs[0]})"
    raise NotExpressible("derivative-lemma")
