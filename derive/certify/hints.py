"""What algebra alone does not see: roots of one radicand, powers with fractions, exponentials of multiples.

Each hint is a tactic that brings a step's equation nearer to one between polynomials of a few atoms. Multiples are
found by numbers, and proved by Coq: a wrong guess proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd, lcm

from flint import arb

from derive.certify.terms import Term, inside, number
from derive.certify.witness import value

MOST_INDEX = 12  # x^(1/12); the textbooks have 7
MOST_MULTIPLE = 40


def hints(sides: Iterable[Term], points: Iterable[Mapping[str, Fraction]]) -> list[str]:
    """Tactics for an equation between the `sides`, whose values at the `points` say what is a multiple of what."""
    parts = list({t.text: t for side in sides for t in inside(side)}.values())
    at = list(points)
    return [*_roots(parts, at), *_powers(parts), *_exponentials(parts, at)]


def _roots(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """sqrt(4 - x^2) beside sqrt(1 - x^2/4): twice as much."""
    radicands = [t.parts[0] for t in parts if t.head == "call" and t.power == "sqrt"]
    kept: list[Term] = []
    for u in radicands:
        for w in kept:
            q = _multiple(u, w, points)
            if q is not None and q > 0:
                lemma = f"root_scaled {u.text} {w.text} {number(q).text}"
                yield f"try rewrite ({lemma}) by first [lra | field; split_all; nz]"
                break
        else:
            kept.append(u)


def _powers(parts: list[Term]) -> Iterator[str]:
    """x^(2/3) and x^(1/2) as powers of x^(1/6)."""
    exponents: dict[str, dict[str, Fraction]] = {}
    bases: dict[str, Term] = {}
    rooted: set[str] = set()
    for t in parts:
        if t.head == "Rpower" and (q := _number(t.parts[1])) is not None:
            bases[t.parts[0].text] = t.parts[0]
            exponents.setdefault(t.parts[0].text, {})[t.parts[1].text] = q
        elif t.head == "call" and t.power == "sqrt":
            rooted.add(t.parts[0].text)
    for text, found in exponents.items():
        index = lcm(*[q.denominator for q in found.values()], 2 if text in rooted else 1)
        if index > MOST_INDEX:
            continue
        part = f"(1 / {index})"
        for shown, q in found.items():
            k = int(q * index)
            lemma = "power_of_part" if k >= 0 else "power_of_part_down"
            if shown != part:
                yield f"try rewrite ({lemma} {text} {shown} {part} {abs(k)}) by part_side"
        if text in rooted:
            yield f"try rewrite (root_is_part {text} {part} {index // 2}) by part_side"
        yield f"name_part {text} {part} {index}%nat"


def _exponentials(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """e^x beside e^(x/2): its square."""
    exponents = [t.parts[0] for t in parts if t.head == "call" and t.power == "exp" and t.parts[0].text != "1"]
    families: list[list[tuple[Term, Fraction]]] = []
    for u in exponents:
        for family in families:
            q = _multiple(u, family[0][0], points)
            if q is not None and q:
                family.append((u, q))
                break
        else:
            families.append([(u, Fraction(1))])
    for family in families:
        if len(family) < 2:
            continue
        unit = Fraction(gcd(*[q.numerator for _, q in family]), lcm(*[q.denominator for _, q in family]))
        if max(abs(q / unit) for _, q in family) > MOST_MULTIPLE:
            continue
        base = f"({number(unit).text} * {family[0][0].text})"
        for u, q in family:
            k = int(q / unit)
            lemma = "exp_multiple" if k >= 0 else "exp_multiple_down"
            yield f"try rewrite ({lemma} {u.text} {base} {abs(k)}) by multiple_side"
        yield f"name_exponential {base}"


def _multiple(u: Term, w: Term, points: list[Mapping[str, Fraction]]) -> Fraction | None:
    """The rational number that u is of w at every point; None where it is none, or there is no point."""
    found: set[Fraction] = set()
    for point in points:
        below = value(w, point)
        ratio = value(u, point) / below
        if not ratio.is_finite() or below.contains(0):
            return None
        q = _rational(ratio)
        if q is None:
            return None
        found.add(q)
    return found.pop() if len(found) == 1 and len(points) > 1 else None


def _rational(x: arb) -> Fraction | None:
    q = Fraction(float(x.mid())).limit_denominator(1000)
    return q if x.contains(arb(q.numerator) / q.denominator) and x.rad() < 1e-9 else None


def _number(t: Term) -> Fraction | None:
    """The value of an exponent that is a number: (2 / 3), (- (1 / 2)), ((5 / 3) - 1)."""
    values: dict[str, Fraction] = {}
    for p in inside(t):
        a = [values[x.text] for x in p.parts]
        match p.head:
            case "number":
                values[p.text] = Fraction(p.text.strip("()").replace(" ", ""))
            case "neg":
                values[p.text] = -a[0]
            case "+":
                values[p.text] = a[0] + a[1]
            case "-":
                values[p.text] = a[0] - a[1]
            case "*":
                values[p.text] = a[0] * a[1]
            case "/" if a[1]:
                values[p.text] = a[0] / a[1]
            case _:
                return None
    return values[t.text]
