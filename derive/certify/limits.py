"""That a term has a limit as a letter goes to 0, as a proof term: by continuity, or as a quotient of differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce

from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, binary, inside, number, variables_of
from derive.certify.witness import value

Slope = Callable[[Term], str]
"""A term → the proof that it has a derivative by the letter at 0."""
Shown = Callable[[str], str]
"""A proposition, as it is written → the proof of it."""

LEMMAS = {"+": "lim_sum", "-": "lim_minus", "neg": "lim_negation", "*": "lim_product", "/": "lim_quotient"}


def limit_proof(body: Term, letter: Term, points: Sequence[Mapping[str, Fraction]], slope: Slope, shown: Shown) -> str:
    """A proof of is_lim (fun h => body) 0 ?: where a denominator goes to 0, the letter is a factor of it."""
    made: dict[str, str] = {}
    at = {**points[0], letter.text: Fraction(0)}
    stack: list[tuple[Term, bool]] = [(body, False)]
    while stack:
        t, done = stack.pop()
        if t.text in made:
            continue
        apart = _apart(t, letter)
        if letter.text not in variables_of(t):
            made[t.text] = "(lim_constant _)"
        elif all(value(part, at).is_finite() for part in inside(t)):
            made[t.text] = f"(lim_smooth _ _ {slope(t)})"
        elif t.head == "/" and t.parts[1] == letter:
            zero = shown(f"{at_zero(t.parts[0].text, letter)} = 0")
            made[t.text] = f"(lim_difference _ _ {zero} {slope(t.parts[0])})"
        elif apart is not None:
            if not done:
                stack += [(t, True), (apart, False)]
                continue
            same = shown(f"forall {letter.text} : R, {apart.text} = {t.text}")
            made[t.text] = f"(lim_alike (fun {letter.text} => {apart.text}) _ _ {same} {made[apart.text]})"
        elif t.head in LEMMAS:
            if not done:
                stack += [(t, True), *[(p, False) for p in t.parts]]
                continue
            proofs = [made[p.text] for p in t.parts]
            below = [shown(f"{at_zero(t.parts[1].text, letter)} <> 0")] if t.head == "/" else []
            made[t.text] = f"({LEMMAS[t.head]} {'_ ' * (2 * len(proofs))}{' '.join([*below, *proofs])})"
        else:
            raise NotExpressible("limit-lemma")
    return made[body.text]


def _apart(t: Term, letter: Term) -> Term | None:
    """The letter by itself below a bar: u / ((h * v) * w)  →  (u / h) / (v * w); None where it is no factor there."""
    if t.head != "/":
        return None
    factors: list[Term] = []
    pending = [t.parts[1]]
    while pending:
        part = pending.pop()
        if part.head == "*":
            pending.extend(reversed(part.parts))
        else:
            factors.append(part)
    if len(factors) < 2 or letter not in factors:
        return None
    factors.remove(letter)
    return binary("/", binary("/", t.parts[0], letter), reduce(lambda a, b: binary("*", a, b), factors))


def at_zero(text: str, letter: Term) -> str:
    """What is written, with 0 for the letter: (v_1 + h)  →  (v_1 + 0)."""
    return "".join([number(0).text if word == letter.text else word for word in _words(text)])


def _words(text: str) -> list[str]:
    found: list[str] = []
    for sign in text:
        if found and (sign.isalnum() or sign == "_") and (found[-1][-1].isalnum() or found[-1][-1] == "_"):
            found[-1] += sign
        else:
            found.append(sign)
    return found
