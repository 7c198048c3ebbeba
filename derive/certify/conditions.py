"""What the input needs to have a value and a slope, as propositions of Coq."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from derive.certify.reasons import NotExpressible
from derive.certify.terms import Term, Terms, applied, binary, inside, number, variables_of
from derive.expressions import Derivative, Equation, postorder
from derive.trace import Condition

POSITIVE = {"ln", "sqrt"}
NOT_ZERO = {"Rabs", "sign", "heaviside", "relu", "sinc", "coth", "csch", "arccsch"}
WITHIN = {"asin", "acos", "arctanh"}
OUTSIDE = {"asec", "acsc", "arccoth"}
NON_ZERO_OF = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin"}
STEPS = {
    "Rfloor": ("Rfloor", Fraction(0)), "Rceil": ("Rceil", Fraction(0)), "Rfract": ("Rfloor", Fraction(0)),
    "Rround": ("Rfloor", Fraction(1, 2)),
}  # fmt: skip
"""Functions with steps → what their argument is not to equal of itself, and what is added to it first."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """`relation` between its sides: < or <> of two, within of three; or `any` of several."""

    text: str
    relation: str
    sides: tuple[Term, ...] = ()
    any: tuple[Proposition, ...] = ()


ZERO, ONE = number(0), number(1)


def less(a: Term, b: Term) -> Proposition:
    return Proposition(f"{a.text} < {b.text}", "<", (a, b))


def not_equal(a: Term, b: Term) -> Proposition:
    return Proposition(f"{a.text} <> {b.text}", "<>", (a, b))


def not_zero(a: Term) -> Proposition:
    return not_equal(a, ZERO)


def within(low: Term, a: Term, high: Term) -> Proposition:
    return Proposition(f"{low.text} < {a.text} < {high.text}", "within", (low, a, high))


def needed(term: Term) -> Iterator[Proposition]:
    """What every part of a term needs: 1/u → u <> 0; ln u → 0 < u. What holds the letter of an integral is left out."""
    parts = list(inside(term))
    letters = {part.parts[1].text for part in parts if part.head == "RInt"}
    for part in parts:
        if not letters or letters.isdisjoint(variables_of(part)):
            yield from _of(part)


def factors(p: Proposition) -> Iterator[Proposition]:
    """A condition, and where a product or a power is not to be 0, that none of its factors is."""
    yield p
    if p.relation == "<>" and p.sides[1] == ZERO:
        stack = [p.sides[0]]
        while stack:
            t = stack.pop()
            if t.head in ("*", "pow"):
                stack.extend(t.parts)
            else:
                yield not_zero(t)


def evident(p: Proposition) -> bool:
    """Whether Coq sees at once if a condition without variables holds: 2*sqrt(3) <> 0, not cos(2) + 2 <> 0."""
    if not p.sides or any(variables_of(s) for s in p.sides):
        return False
    return all(_signed(s) or not any(t.head in ("call", "Rpower") for t in inside(s)) for s in p.sides)


def _signed(term: Term) -> bool:
    """Whether a term without variables is seen to have a sign, part by part: a difference is not looked through."""
    seen: dict[str, bool] = {}
    for t in inside(term):
        parts = [seen[p.text] for p in t.parts]
        match t.head:
            case "number" | "constant" | "Rpower":
                seen[t.text] = True
            case "+" | "*" | "/" | "pow" | "inverse-pow":
                seen[t.text] = all(parts)
            case "call":
                of_number = t.parts[0].head == "number" and t.parts[0].text != "1"
                seen[t.text] = t.power == "exp" or (t.power == "sqrt" and all(parts)) or (t.power == "ln" and of_number)
            case _:
                seen[t.text] = False
    return seen[term.text]


def _of(t: Term) -> Iterator[Proposition]:
    if t.head == "/":
        yield not_zero(t.parts[1])
    elif t.head == "inverse-pow":
        yield not_zero(t.parts[0])
    elif t.head == "Rpower":
        yield less(ZERO, t.parts[0])
    elif t.head == "pieces":
        yield not_equal(t.parts[0], t.parts[1])
    elif t.head == "call":
        yield from of_call(str(t.power), t.parts[0])


def of_call(name: str, u: Term) -> Iterator[Proposition]:
    """What a function of `coq/Functions.v` asks of its argument to have a derivative."""
    if name in POSITIVE:
        yield less(ZERO, u)
    elif name in NOT_ZERO:
        yield not_zero(u)
    elif name in NON_ZERO_OF:
        yield not_zero(applied(NON_ZERO_OF[name], u))
    elif name in WITHIN:
        yield within(number(-1), u, ONE)
    elif name in OUTSIDE:
        yield less(ONE, applied("Rabs", u))
    elif name in STEPS:
        of, moved = STEPS[name]
        v = binary("+", u, number(moved)) if moved else u
        yield not_equal(v, applied(of, v))
    elif name == "arccosh":
        yield less(ONE, u)
    elif name == "arcsech":
        yield within(ZERO, u, ONE)


def assumed(conditions: Iterable[Condition], terms: Terms) -> Iterator[Proposition]:
    """What a derivation says about where it holds: cos(x) != 0 → cos v_1 <> 0.

    A condition on a derivative is left out, since no number can be put into it: the theorem then claims more.
    """
    for condition in conditions:
        if any(isinstance(node, Derivative) for e in condition.alternatives for node in postorder(e)):
            continue
        if condition.along is not None:
            raise NotExpressible("condition-on-the-way", condition=str(condition))
        if condition.never:
            raise NotExpressible("condition-that-holds", condition=str(condition))
        found = [_relation(e, terms) for e in condition.alternatives]
        if len(found) == 1:
            yield found[0]
        elif found:
            yield Proposition(" \\/ ".join([f"({p.text})" for p in found]), "or", (), tuple(found))


def _relation(e: object, terms: Terms) -> Proposition:
    if isinstance(e, Equation):
        a, b = (terms.of(side) for side in e.arguments)
        match e.label:
            case "!=":
                return not_equal(a, b)
            case "<" | "<=":
                return less(a, b)
            case ">" | ">=":
                return less(b, a)
    raise NotExpressible("condition", condition=str(e))
