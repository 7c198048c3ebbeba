"""What algebra alone does not see: roots of one radicand, powers with fractions, exponentials of multiples.

Each hint is a tactic that brings a step's equation nearer to one between polynomials of a few atoms. Multiples are
found by numbers, and proved by Coq: a wrong guess proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from flint import arb

from derive.certify.terms import Term, binary, inside, number, variables_of
from derive.certify.witness import value

MOST_INDEX = 12  # x^(1/12); the textbooks have 7
MOST_MULTIPLE = 40
MOST_RADICANDS = 8
MOST_FACTOR = 100


def hints(sides: Iterable[Term], points: Iterable[Mapping[str, Fraction]]) -> list[str]:
    """Tactics for an equation between the `sides`, whose values at the `points` say what is a multiple of what."""
    parts = list({t.text: t for side in sides for t in inside(side)}.values())
    at = list(points)
    return [
        *_logarithms(parts, at), *_roots(parts, at), *_powers(parts), *_products(parts, at), *_bases(parts, at),
        *_exponentials(parts, at), *_floors(parts),
    ]  # fmt: skip


def _roots(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """sqrt(4 - x^2) beside sqrt(1 - x^2/4): twice as much; and the roots of numbers by those of primes."""
    radicands = [t.parts[0] for t in parts if t.head == "call" and t.power == "sqrt"]
    numbers = {u.text: b for u in radicands if (b := _number(u)) is not None and b > 0}
    kept: list[Term] = []
    for u in [u for u in radicands if u.text not in numbers]:
        for w in kept:
            q = _multiple(u, w, points)
            if q is not None and q > 0:
                lemma = f"root_scaled {u.text} {w.text} {number(q).text}"
                yield f"try rewrite ({lemma}) by first [lra | field; split_all; nz]"
                numbers[number(q).text] = q
                break
        else:
            kept.append(u)
    if len(numbers) > 1:
        for text, b in numbers.items():
            for shown, lemma, p, q_text in _split(text, b):
                yield f"try rewrite !(root_of_{lemma} {shown} {p} {q_text}) by base_side"


def _powers(parts: list[Term]) -> Iterator[str]:
    """x^(2/3) and x^(1/2) as powers of x^(1/6); x^(3/2) as one of the root."""
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
        if index == 2:
            for shown, q in found.items():
                lemma = "power_of_root" if q >= 0 else "power_of_root_down"
                yield f"try rewrite ({lemma} {text} {shown} {abs(int(q * 2))}) by part_side"
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


def _products(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """sqrt(1 - x^2) beside sqrt(1 - x) and sqrt(1 + x): their product."""
    halves = [t for t in parts if t.head == "Rpower" and (q := _number(t.parts[1])) is not None and q.denominator == 2]
    rooted = [t for t in parts if t.head == "call" and t.power == "sqrt"]
    radicands = list({t.parts[0].text: t.parts[0] for t in [*rooted, *halves] if variables_of(t)}.values())
    if 2 < len(radicands) <= MOST_RADICANDS:
        for u in radicands:
            for v, w in combinations([r for r in radicands if r is not u], 2):
                if _multiple(u, binary("*", v, w), points) == 1:
                    yield f"try rewrite (root_of_product {u.text} {v.text} {w.text}) by first [pos | ring]"
                    break


def _logarithms(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """e^(2*ln(x)) as x^2."""
    for t in parts:
        if t.head == "call" and t.power == "exp":
            for u in [p for p in inside(t.parts[0]) if p.head == "call" and p.power == "ln" and variables_of(p)]:
                q = _multiple(t.parts[0], u, points)
                if q is None:
                    continue
                side = "first [lra | field; split_all; nz]"
                w = u.parts[0].text
                if q == Fraction(1, 2):
                    yield f"try rewrite (exp_of_ln_half {t.parts[0].text} {w}) by first [{side} | pos]"
                elif q.denominator > 1:
                    yield f"try rewrite (exp_of_ln_part {t.parts[0].text} {w} {number(q).text}) by {side}"
                else:
                    lemma = "exp_of_ln" if q >= 0 else "exp_of_ln_down"
                    yield f"try rewrite ({lemma} {t.parts[0].text} {w} {abs(q)}) by first [multiple_side | pos]"


def _bases(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """9^x beside 3^(2*x) and 6^x: all of them by powers of primes, and so are the logarithms of numbers."""
    powers = [(t, b) for t in parts if t.head == "Rpower" and variables_of(t) and (b := _number(t.parts[0]))]
    logarithms = [
        (t, b) for t in parts if t.head == "call" and t.power == "ln" and (b := _number(t.parts[0])) and b > 0
    ]
    if max(len(powers), len(logarithms)) < 2 or any(b <= 0 for _, b in powers):
        return
    for family in _families([t.parts[1] for t, _ in powers], points):
        unit = _unit([q for _, q in family])
        if max(abs(q / unit) for _, q in family) > MOST_MULTIPLE:
            continue
        w = f"({number(unit).text} * {family[0][0].text})" if unit != 1 else family[0][0].text
        multiples = {u.text: int(q / unit) for u, q in family}
        for t, b in powers:
            base, u = t.parts
            if u.text not in multiples:
                continue
            k = multiples[u.text]
            if u.text != w:
                lemma = "power_multiple" if k >= 0 else "power_multiple_down"
                yield f"try rewrite ({lemma} {base.text} {u.text} {w} {abs(k)}) by multiple_side"
            for shown, lemma, p, q in _split(base.text, b):
                yield f"try rewrite (base_{lemma} {shown} {p} {q} {w}) by base_side"
    for t, b in logarithms:
        for shown, lemma, p, q in _split(t.parts[0].text, b):
            yield f"try rewrite (ln_of_{lemma} {shown} {p} {q}) by base_side"


def _split(shown: str, b: Fraction) -> Iterator[tuple[str, str, str, str]]:
    """(what is split, how, its parts), down to primes: 12/5  →  12 by 5, 12 into 2 and 6, 6 into 2 and 3."""
    if b.denominator > 1:
        yield shown, "quotient", number(b.numerator).text, number(b.denominator).text
    for whole in (b.numerator, b.denominator):
        text = shown if b.denominator == 1 else str(whole)
        while whole > 1 and (p := _least_prime(whole)) is not None and p < whole:
            yield text, "product", str(p), str(whole // p)
            whole //= p
            text = str(whole)


def _least_prime(n: int) -> int | None:
    """The least prime factor of a number, where it is small."""
    return next((p for p in range(2, min(n, MOST_FACTOR) + 1) if n % p == 0), None)


def _exponentials(parts: list[Term], points: list[Mapping[str, Fraction]]) -> Iterator[str]:
    """e^x beside e^(x/2): its square."""
    exponents = [t.parts[0] for t in parts if t.head == "call" and t.power == "exp" and t.parts[0].text != "1"]
    exponents += [number(1) for t in parts if t.head == "constant" and t.text == "(exp 1)"]
    for family in _families(exponents, points):
        if len(family) < 2:
            continue
        unit = _unit([q for _, q in family])
        if max(abs(q / unit) for _, q in family) > MOST_MULTIPLE:
            continue
        least = [u.text for u, q in family if q == unit]
        base = least[0] if least else f"({number(unit).text} * {family[0][0].text})"
        for u, q in family:
            k = int(q / unit)
            if u.text == base:
                continue
            lemma = "exp_multiple" if k >= 0 else "exp_multiple_down"
            yield f"try rewrite ({lemma} {u.text} {base} {abs(k)}) by multiple_side"
        yield f"name_exponential {base}"


def _floors(parts: list[Term]) -> Iterator[str]:
    """The integer part of a number: 7/2/3 has 1."""
    for t in parts:
        if t.head == "call" and t.power == "Rfloor" and not variables_of(t):
            whole = value(t, {}).unique_fmpz()
            if whole is not None:
                yield f"try rewrite (floor_is ({whole}) {t.parts[0].text}) by lra"


def _families(exponents: list[Term], points: list[Mapping[str, Fraction]]) -> list[list[tuple[Term, Fraction]]]:
    """Terms that are multiples of one another, each with its multiple of the first one."""
    families: list[list[tuple[Term, Fraction]]] = []
    for u in exponents:
        for family in families:
            q = _multiple(u, family[0][0], points)
            if q is not None and q:
                family.append((u, q))
                break
        else:
            families.append([(u, Fraction(1))])
    return families


def _unit(multiples: list[Fraction]) -> Fraction:
    """What all of them are whole multiples of."""
    return Fraction(gcd(*[q.numerator for q in multiples]), lcm(*[q.denominator for q in multiples]))


def _multiple(u: Term, w: Term, points: list[Mapping[str, Fraction]]) -> Fraction | None:
    """The rational number that u is of w at every point; None where it is none, or there is no point."""
    found: set[Fraction] = set()
    tried = 0
    for point in points:
        below = value(w, point)
        if below.contains(0):
            continue
        ratio = value(u, point) / below
        if not ratio.is_finite():
            return None
        q = _rational(ratio)
        if q is None:
            return None
        found.add(q)
        tried += 1
    return found.pop() if len(found) == 1 and tried > 1 else None


def _rational(x: arb) -> Fraction | None:
    q = Fraction(float(x.mid())).limit_denominator(1000)
    return q if x.overlaps(arb(q.numerator) / q.denominator) and x.rad() < 1e-9 else None


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
