"""A proof that two expressions agree: their difference, over one denominator, is the zero polynomial in their atoms.

An atom is a letter, a constant, a root, a call, a power with a letter above: whatever is no sum, product, quotient or
whole power. Atoms with equal arguments are one, and a few laws hold between them (powers.py, angles.py). Wherever both
expressions have values, every atom and every denominator in them has one too and is not 0, so the values are equal
there. What is too large is not decided, never approximated.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import lcm

from flint import fmpq

from derive.equality.angles import Angles
from derive.equality.powers import FINEST, Finer
from derive.equality.ratios import BITS, DEGREE, Ratio, TooLarge, number
from derive.expressions import (
    Call, Constant, Expression, Negation, Number, Power, Product, Quotient, Sum, Symbol, postorder, rational_value,
    replace_all, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.numeric.exact import exact_value

NODES = 3000  # distinct nodes; the 475 antiderivatives of rubi and their derivatives have 900 at most

CONTINUED = frozenset(("sinc",))  # has a value at the place where its definition has none
_SLOTS = (symbol("u"), symbol("v"))


def proved(a: Expression, b: Expression) -> bool:
    """Whether a - b is shown to be 0 wherever both have a value; False says nothing."""
    found = _read(a, b)
    if found is None:
        return False
    reader, (left, right) = found
    try:
        return bool(reader.reduced(reader.plus(left, -right)).top.is_zero())
    except (TooLarge, OverflowError, MemoryError):
        return False


def ratio_of(a: Expression, b: Expression) -> Fraction | None:
    """The number a/b, where the two are shown to be proportional: 2*x - 2 and x - 1  →  2."""
    found = _read(a, b)
    if found is None:
        return None
    reader, (left, right) = found
    try:
        quotient = reader.quotient(left, right)
        reduced = None if quotient is None else reader.reduced(quotient)
    except (TooLarge, OverflowError, MemoryError):
        return None
    return number(reduced) if reduced is not None and reduced.is_number and not reduced.top.is_zero() else None


def one_letter(e: Expression, x: str) -> list[fmpq] | None:
    """The coefficients, from the constant on, of the polynomial in x whose zeros are those of e; else None."""
    found = _read(e)
    if found is None:
        return None
    reader, (ratio,) = found
    try:
        top = reader.reduced(ratio).top
    except (TooLarge, OverflowError, MemoryError):
        return None
    index = reader.atoms.get(("symbol", x))
    if index is None or any([(n > DEGREE) if i == index else n for i, n in enumerate(top.degrees())]):
        return None
    coefficients = [fmpq(0)] * (top.degrees()[index] + 1)
    for exponents, c in top.terms():
        coefficients[exponents[index]] = c
    return coefficients


def _read(*expressions: Expression) -> tuple[Reader, list[Ratio]] | None:
    """All as ratios in the same atoms; None where one is too large or divides by 0."""
    nodes: dict[Expression, None] = {}
    for e in expressions:
        nodes.update(dict.fromkeys(postorder(e, nodes)))
        if len(nodes) > NODES:
            return None
    fineness = 1
    while fineness <= FINEST:
        reader = Reader(fineness)
        try:
            found = [reader.ratio(e) for e in expressions]
        except Finer as finer:
            fineness = lcm(fineness, finer.denominator)
            continue
        except (TooLarge, OverflowError, MemoryError):  # FLINT holds no larger exponents
            return None
        known = [r for r in found if r is not None]
        return (reader, known) if len(known) == len(found) else None
    return None


class Reader(Angles):
    """Expressions as ratios of polynomials, each distinct node once."""

    def __init__(self, fineness: int) -> None:
        super().__init__(fineness)
        self.known: dict[Expression, Ratio | None] = {}
        self.exact: dict[Expression, Fraction | None] = {}

    def ratio(self, e: Expression) -> Ratio | None:
        """e as a ratio of polynomials; None where it divides by 0."""
        for node in postorder(e, self.known):
            parts = [self.known[a] for a in node.arguments]
            known = [p for p in parts if p is not None]
            self.known[node] = self._combined(node, known) if len(known) == len(parts) else None
        return self.known[e]

    def _combined(self, node: Expression, parts: list[Ratio]) -> Ratio | None:
        match node:
            case Number():
                if isinstance(node.label, str) and abs(int(node.label.lower().partition("e")[2] or 0)) > BITS // 4:
                    raise TooLarge
                return self.rational(Fraction(node.value))
            case Symbol():
                return self.atom("symbol", node.label)
            case Constant():
                return self.constant(node.name)
            case Negation():
                return -parts[0]
            case Sum():
                total = parts[0]
                for part in parts[1:]:
                    total = self.plus(total, part)
                return total
            case Product():
                result = parts[0]
                for part in parts[1:]:
                    result = self.product(result, part)
                return result
            case Quotient():
                return self.quotient(*parts)
            case Power():
                return self._power(node, parts)
            case Call():
                return self._call(node, parts)
            case _:
                return self.atom(node.kind, type(node.label), node.label, *[self.key(p) for p in parts])

    def _power(self, node: Power, parts: list[Ratio]) -> Ratio | None:
        n = exact_value(node.exponent, self.exact)
        if n is None and parts[1].is_number:  # x^sqrt(4): which real power is meant is not seen
            return self.atom("power", self.key(parts[0]), self.key(parts[1]))
        if n is None:
            return self.exponential(parts[0], parts[1])
        return self.root(parts[0], n.denominator, n.numerator)

    def _call(self, node: Call, parts: list[Ratio]) -> Ratio | None:
        match node.label:
            case "exp":
                return self.exponential(self.constant("e"), parts[0])
            case "sqrt":
                return self.root(parts[0], 2)
            case "cbrt":
                return self.root(parts[0], 3)
            case "root":
                n = rational_value(node.arguments[1])
                if n is not None and Fraction(n).denominator == 1 and n > 0:
                    return self.root(parts[0], int(n))
            case "abs":
                return self.bars(parts[0])
            case "ln":
                return self.logarithm(parts[0])
            case "log":
                above, below = self.logarithm(parts[0]), self.logarithm(parts[1])
                return None if above is None or below is None else self.quotient(above, below)
            case "sin" | "cos" | "tan" | "cot" | "sec" | "csc":
                return self.circular(node.label, parts[0])
            case "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch":
                return self.hyperbolic(node.label, parts[0])
        row = FUNCTIONS.get(node.name) if isinstance(node.label, str) else None
        if row is not None and row.definition and row.name not in CONTINUED:
            return self.ratio(replace_all(_definition(row.name), dict(zip(_SLOTS, node.arguments, strict=False))))
        if row is not None and row.name == "acos":  # pi/2 - asin(u)
            turned = self.product(self.constant("pi"), self.rational(Fraction(1, 2)))
            return self.plus(turned, -self._by_symmetry("asin", parts[0], odd=True))
        if row is not None and (row.odd or row.even):
            return self._by_symmetry(row.name, parts[0], odd=row.odd)
        return self.atom("call", node.label, *[self.key(p) for p in parts])

    def _by_symmetry(self, name: str, u: Ratio, *, odd: bool) -> Ratio:
        """f(-u) is -f(u), or f(u)."""
        of, turned = self.even_key(u)
        found = self.atom("call", name, of)
        return -found if odd and turned else found


@cache
def _definition(name: str) -> Expression:
    """What a function of the table equals, in u and v."""
    return parse(FUNCTIONS[name].definition)
