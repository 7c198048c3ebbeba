"""Equations and inequalities: side by side, as multiples of each other, or at a place where only one of them holds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from flint import arb

from derive.equality.equivalence import Question, of_sides, unknown
from derive.equality.identity import ratio_of
from derive.equality.looking import BITS, SIMPLE, Look, simple_places
from derive.equality.verdicts import Equivalence, Evidence, Witness
from derive.expressions import Equation, Expression, Symbol, equation, negation, sum_of, symbols
from derive.numeric import NoValue, compare
from derive.numeric.points import Place
from derive.numeric.precision import working
from derive.numeric.program import Inputs, Program

LATTICE = tuple(sorted([Fraction(n) for n in range(-5, 6)], key=lambda n: (abs(n), -n)))
_TURNED = {">": "<", ">=": "<="}


def relations(q: Question, decided: Callable[[Question], Equivalence]) -> Equivalence:
    """The verdict on two relations, or on a relation and something else."""
    if not (isinstance(q.left, Equation) and isinstance(q.right, Equation)):
        return Equivalence(verdict="different", reason="kind", evidence=Evidence(method="shape"))
    left, right = _turned(q.left), _turned(q.right)
    if left.relation != right.relation:
        return _by_truth(q)
    found = of_sides(
        decided(q._replace(left=left.left, right=right.left)), decided(q._replace(left=left.right, right=right.right))
    )
    if found:
        return found
    factor = ratio_of(_difference(left), _difference(right))
    if factor is not None and (factor > 0 or left.relation in ("=", "!=")):
        return Equivalence(verdict="equivalent", evidence=Evidence(method="identity"))
    return _on_the_curve(left, right) or _on_the_curve(right, left, turned=True) or _by_truth(q)


def _turned(r: Equation) -> Equation:
    """a > b as b < a."""
    if r.relation not in _TURNED:
        return r
    turned = equation(r.right, _TURNED[r.relation], r.left)
    assert isinstance(turned, Equation)
    return turned


def _difference(r: Equation) -> Expression:
    return sum_of((r.left, negation(r.right)))


def _on_the_curve(curve: Equation, other: Equation, *, turned: bool = False) -> Equivalence | None:
    """A point of y = f(x) at which the other equation certainly fails."""
    if curve.relation != "=":
        return None
    for y, f in (curve.arguments, curve.arguments[::-1]):
        if type(y) is not Symbol or y.name in symbols(f):
            continue
        with working(BITS):
            try:
                value, sides = Program(f), [Program(e) for e in other.arguments]
            except NoValue:
                return None
            names = tuple(sorted((symbols(f) | symbols(other)) - {y.name}))
            for place in simple_places(names, len(SIMPLE)):
                try:
                    height = value.value(Inputs(place))
                    a, b = (p.value({**Inputs(place), y.name: height}) for p in sides)
                except NoValue:
                    continue
                if isinstance(a, arb) and isinstance(b, arb) and a - b != 0:
                    point = {n: str(q) for n, q in place.items()} | {y.name: _short(height)}
                    holds = ("false", "true") if turned else ("true", "false")
                    return _shown(point, *holds)
    return None


def _by_truth(q: Question) -> Equivalence:
    """A place where one holds and the other does not; agreement is evidence for inequalities only."""
    try:
        look = Look(q.left, q.right, q.given)
        place = look.different or _on_a_lattice(look)
        if place is not None:
            return _shown({n: str(x) for n, x in place.items()}, *_truths(look, place))
        if {"=", "!="} & {str(q.left.label), str(q.right.label)}:
            return unknown("relations")
        seen = compare(q.left, q.right, conditions=q.given)
    except NoValue:
        return unknown("not-supported")
    if seen.verdict == "different" and seen.witness is not None and seen.reason != "disjoint domains":
        return _shown(seen.witness["point"], *[str(seen.witness[s]).lower() for s in ("left", "right")])
    if seen.verdict != "equal":
        return unknown("no-common-domain", seen)
    return Equivalence(verdict="agrees", evidence=Evidence(method="points", points=seen.agreed, rejected=seen.rejected))


def _on_a_lattice(look: Look) -> Place | None:
    """A small whole-number point at which one of two relations is met and the other is not: (3, -4) on a circle."""
    if len(look.names) > 2:
        return None
    with working(BITS):
        for values in product(LATTICE, repeat=len(look.names)):
            place = dict(zip(look.names, values, strict=True))
            if look.at(place):
                return place
    return None


def _truths(look: Look, place: Place) -> tuple[str, str]:
    a, b = look.values(place)
    return a.lower(), b.lower()


def _shown(point: dict[str, str], left: str, right: str) -> Equivalence:
    witness = Witness(point=point, left=left, right=right)
    return Equivalence(verdict="different", witness=witness, evidence=Evidence(method="place"))


def _short(value: arb) -> str:
    exact = value.unique_fmpz()
    if exact is not None and value.is_exact():
        return str(int(exact))
    return f"≈ {value.str(8, radius=False)}"
