"""Numbers at which every condition of a certificate holds: without them its theorem might be about nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from derive.certify.conditions import Proposition
from derive.certify.terms import Term, inside

SIMPLE = tuple([Fraction(t) for t in "1/2 1 2 1/4 3 3/2 1/8 5/2 -1/2 -1 -2 4 7 10 -3 1/100 -1/10 20".split()])
TRIES = 4000  # the textbooks need at most 30

_CALLS: dict[str, Callable[[arb], arb]] = {
    "sin": arb.sin, "cos": arb.cos, "tan": arb.tan, "cot": arb.cot, "sec": arb.sec, "csc": arb.csc, "exp": arb.exp,
    "ln": arb.log, "sqrt": arb.sqrt, "asin": arb.asin, "acos": arb.acos, "atan": arb.atan, "sinh": arb.sinh,
    "cosh": arb.cosh, "tanh": arb.tanh, "coth": arb.coth, "sech": arb.sech, "csch": arb.csch, "arcsinh": arb.asinh,
    "arccosh": arb.acosh, "arctanh": arb.atanh, "Rabs": abs, "erf": arb.erf, "erfc": arb.erfc, "sign": arb.sgn,
    "acot": lambda u: arb.pi() / 2 - u.atan(), "asec": lambda u: (1 / u).acos(), "acsc": lambda u: (1 / u).asin(),
    "arccoth": lambda u: (1 / u).atanh(), "arcsech": lambda u: (1 / u).acosh(), "arccsch": lambda u: (1 / u).asinh(),
    "sinc": lambda u: u.sin() / u, "logistic": lambda u: 1 / (1 + (-u).exp()),
    "softplus": lambda u: (1 + u.exp()).log(),
    "Rfloor": arb.floor, "Rceil": arb.ceil, "Rfract": lambda u: u - u.floor(),
    "Rround": lambda u: (u + arb("0.5")).floor(),
    "relu": lambda u: (u + abs(u)) / 2, "heaviside": lambda u: (1 + u.sgn()) / 2,
}  # fmt: skip


def witnesses(
    given: Sequence[Proposition], variables: Sequence[str], most: int = 1, fixed: Mapping[str, Fraction] | None = None
) -> list[dict[str, Fraction]]:
    """Simple points at which all hold, by ball arithmetic, `most` of them at most; some numbers may be `fixed`."""
    found: list[dict[str, Fraction]] = []
    for tried in _points(variables):
        point = {**tried, **(fixed or {})}
        if point not in found and all(holds(p, point) for p in given):
            found.append(point)
            if len(found) == most:
                break
    return found


def needs_intervals(p: Proposition) -> bool:
    """Whether numbers alone do not decide it: there is a function, π, or a power with a fraction."""
    return any(needs_intervals(q) for q in p.any) or any(
        t.head in ("call", "Rpower", "constant") for side in p.sides for t in inside(side)
    )


def _points(variables: Sequence[str]) -> Iterator[dict[str, Fraction]]:
    for shift in range(len(SIMPLE)):
        yield {v: SIMPLE[(shift + 5 * k) % len(SIMPLE)] for k, v in enumerate(variables)}
    chance = random.Random(1)  # noqa: S311 - a fixed walk, not a secret
    for t in range(TRIES if variables else 0):
        size = 1 + t // 100
        yield {v: Fraction(chance.randint(-8 * size, 8 * size), 8) for v in variables}


def holds(p: Proposition, point: Mapping[str, Fraction]) -> bool:
    """Whether a condition is seen to hold at a point."""
    if p.relation == "or":
        return any(holds(q, point) for q in p.any)
    values = [value(s, point) for s in p.sides]
    if not all(v.is_finite() for v in values):
        return False
    if p.relation == "<>":
        return bool(values[0] != values[1])
    return all(bool(a < b) for a, b in pairwise(values))


def value(term: Term, point: Mapping[str, Fraction]) -> arb:
    """An enclosure of a term; it need not be finite."""
    values: dict[str, arb] = {}
    for t in inside(term):
        a = [values[p.text] for p in t.parts]
        values[t.text] = _node(t, a, point)
    return values[term.text]


def _node(t: Term, a: list[arb], point: Mapping[str, Fraction]) -> arb:
    match t.head:
        case "number":
            q = Fraction(t.text.strip("()").replace(" ", ""))
            return arb(fmpq(q.numerator, q.denominator))
        case "variable":
            if t.text not in point:  # the letter of an integral
                return arb("nan")
            return arb(fmpq(point[t.text].numerator, point[t.text].denominator))
        case "constant":
            return arb.pi() if t.text == "PI" else arb(1).exp()
        case "neg":
            return -a[0]
        case "+":
            return a[0] + a[1]
        case "-":
            return a[0] - a[1]
        case "*":
            return a[0] * a[1]
        case "/":
            return a[0] / a[1]
        case "pow":
            return a[0] ** int(t.power)
        case "inverse-pow":
            return 1 / a[0] ** int(t.power)
        case "Rpower":
            return (a[0].log() * a[1]).exp()
        case "pieces":
            return _piece(str(t.power), *a)
        case "Derive" | "Lim" | "RInt":
            return arb("nan")  # no number is known for it
    return _CALLS[str(t.power)](a[0])


def _piece(name: str, low: arb, high: arb, there: arb, elsewhere: arb) -> arb:
    if low < high or (name == "unlike" and low != high):
        return there
    return elsewhere if low > high or (name == "below" and low == high) else arb("nan")
