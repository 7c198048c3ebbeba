"""Kernels: what an expression is a ratio of polynomials in. Letters, calls, roots, powers with other exponents.

A root has its index and what it is the root of, sqrt(u)^2 = u; a power with a symbolic exponent is a power of a unit:
e^(2*x - 1) is (e^x)^2/e and x^(n + 1) is x^n*x.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm
from typing import Literal, TypeAlias

from derive.expressions import (
    ONE, Call, Constant, E, Expression, Negation, Number, Power, Product, Quotient, Sum, call, integer_value,
    natural, postorder, rational_value,
)  # fmt: skip
from derive.rules.arithmetic import has_point
from derive.rules.facts import Facts
from derive.rules.factors import split_coefficient
from derive.rules.order import factor_key

MAX_KERNELS = 40  # of one expression; the 475 antiderivatives of Rubi have 11 in the median, 35 at most
MAX_PRIME = 1000  # of which the root is a kernel of its own: sqrt(6) is sqrt(2)*sqrt(3)

Kind: TypeAlias = Literal["atom", "root", "bars", "power"]
MAX_DEGREE = 120  # of a polynomial that is multiplied out

RATIOS = {
    "tan": (("sin",), ("cos",)), "cot": (("cos",), ("sin",)), "sec": ((), ("cos",)), "csc": ((), ("sin",)),
    "tanh": (("sinh",), ("cosh",)), "coth": (("cosh",), ("sinh",)), "sech": ((), ("cosh",)), "csch": ((), ("sinh",)),
}  # fmt: skip
"""Functions that are quotients of sine and cosine: what stands above the line, and below it."""
_PARTNERS = {
    "sin": "cos",
    "cos": "sin",
    "sinh": "cosh",
    "cosh": "sinh",
    "sec": "tan",
    "csc": "cot",
    "sech": "tanh",
    "csch": "coth",
}
_INNER = (Sum, Product, Quotient, Negation)
_WHOLE = frozenset(_INNER)
_ROOTS = frozenset(("sqrt", "cbrt", "root", "abs"))


@dataclass(slots=True)
class Kernel:
    """One kernel.

    atom   `base` itself        root  base^(1/index)        bars  abs(base)
    power  base^(body/index), the body without a number in front
    spelled  the name of the call that the input wrote it with: sqrt, cbrt, root, exp; "" for a power
    below    whether the input has it with a negative exponent
    """

    kind: Kind
    base: Expression
    index: int = 1
    body: Expression = ONE
    spelled: str = ""
    below: bool = False


Key: TypeAlias = tuple[str, Expression, Expression]


class Kernels:
    """The kernels of one expression, letters before roots before exponentials before functions."""

    __slots__ = ("circular", "facts", "found", "has_point", "identities", "primes")

    def __init__(self, root: Expression, facts: Facts, *, identities: bool = True, circular: bool = False) -> None:
        self.facts = facts
        self.identities = identities  # the partners of sine, cosine and their kin are kernels too
        self.circular = circular  # tan, cot, sec and csc are written in sine and cosine
        self.found: dict[Key, Kernel] = {}
        self.has_point = False
        self.primes: set[int] = set()
        self._collect(root)
        index = lcm(*(k.index for k in self.found.values() if k.kind == "root"))
        for p in self.primes:
            number = self.found.setdefault(("root", natural(p), ONE), Kernel("root", natural(p), spelled="sqrt"))
            number.index = index

    def ordered(self) -> list[tuple[Key, Kernel]]:
        """All kernels in the order of writing; those of sums are sorted by the first of them first."""
        return sorted(self.found.items(), key=lambda item: _rank(item[1]))

    def _collect(self, root: Expression) -> None:
        for node in skeleton(root):
            if type(node) is Number:
                self.has_point = self.has_point or has_point(node)
            elif type(node) is Power:
                self._power(node)
            elif not isinstance(node, _INNER):
                self._other(node)

    def _power(self, node: Power) -> None:
        n = rational_value(node.exponent)
        if n is None:
            for c, body in exponent_terms(node.exponent):
                if body != ONE:
                    self._unit(node.base, body, Fraction(c), "")
                elif c.denominator != 1:
                    self._root(node.base, c.denominator, "", below=c < 0)
        elif n.denominator != 1:
            self._root(node.base, n.denominator, "", below=n < 0)
        elif n < 0:
            self._atom(node.base, below=True)

    def _other(self, node: Expression) -> None:
        name = str(node.label) if type(node) is Call else ""
        root = root_of(node)
        if root is not None:
            self._root(*root, name)
        elif name == "exp":
            for c, body in exponent_terms(node.arguments[0]):
                if body == ONE:
                    self._atom(E)
                else:
                    self._unit(E, body, Fraction(c), name)
        elif name == "abs":
            for f, _ in bars_in(node.arguments[0]):
                if type(f) is not Number:
                    u = self.facts.representative(f)
                    self.found.setdefault(("bars", u, ONE), Kernel("bars", u))
        elif self.circular and name in RATIOS:
            for other in ("sinh", "cosh") if name.endswith("h") else ("sin", "cos"):
                self._atom(_call(other, node))
        else:
            self._atom(node)
            if self.identities and name in _PARTNERS:
                self._atom(_call(_PARTNERS[name], node))

    def _atom(self, node: Expression, *, below: bool = False) -> None:
        if isinstance(node, (*_INNER, Number, Power)):
            return
        node = self.facts.representative(node)
        kernel = self.found.setdefault(("atom", node, ONE), Kernel("atom", node))
        kernel.below = kernel.below or below

    def _root(self, base: Expression, index: int, spelled: str, *, below: bool = False) -> None:
        base = self.facts.representative(base)
        kernel = self.found.setdefault(("root", base, ONE), Kernel("root", base, spelled=spelled))
        kernel.index = lcm(kernel.index, index)
        kernel.spelled = kernel.spelled or spelled
        kernel.below = kernel.below or below
        for node in postorder(base):
            if type(node) is Number and type(node.label) is int:
                self.primes.update(p for p in _primes(node.label))

    def _unit(self, base: Expression, body: Expression, c: Fraction, spelled: str) -> None:
        base, body = self.facts.representative(base), self.facts.representative(body)
        kernel = self.found.setdefault(("power", base, body), Kernel("power", base, body=body, spelled=spelled))
        kernel.index = lcm(kernel.index, c.denominator)
        kernel.below = kernel.below or c < 0
        if type(base) is Constant:
            self._atom(base)


def parts(node: Expression) -> tuple[Expression, ...]:
    """The parts of a node that are ratios of polynomials as it is."""
    kind = type(node)
    if kind in _WHOLE:
        return node.arguments
    if kind is Power or (kind is Call and node.label in _ROOTS):
        return node.arguments[:1]
    return ()


def skeleton(root: Expression) -> list[Expression]:
    """The distinct nodes read as ratios of polynomials, parents first; those in the arguments of kernels are not."""
    seen: set[Expression] = set()
    found: list[Expression] = []
    stack = [root]
    while stack:
        node = stack.pop()
        seen.add(node)
        if len(seen) > len(found):
            found.append(node)
            kind = type(node)
            if kind in _WHOLE:
                stack += node.arguments[::-1]
            elif kind is Power or kind is Call:
                stack += parts(node)
    return found


def root_of(node: Expression) -> tuple[Expression, int] | None:
    """(u, n) where the node is the n-th root of u, written as a call."""
    if type(node) is not Call:
        return None
    if node.label == "sqrt":
        return node.arguments[0], 2
    if node.label == "cbrt":
        return node.arguments[0], 3
    if node.label == "root":
        n = integer_value(node.arguments[1])
        return (node.arguments[0], n) if n is not None and 1 < n <= 12 else None
    return None


def bars_in(u: Expression) -> Iterator[tuple[Expression, int]]:
    """The factors of u with whole exponents: |2*x^2/y| is |2|*|x|^2/|y|."""
    stack = [(u, 1)]
    while stack:
        e, n = stack.pop()
        match e:
            case Negation():
                stack.append((e.operand, n))
            case Product():
                stack.extend([(f, n) for f in reversed(e.factors)])
            case Quotient():
                stack.extend([(e.denominator, -n), (e.numerator, n)])
            case Power() if integer_value(e.exponent) is not None:
                stack.append((e.base, n * (integer_value(e.exponent) or 0)))
            case _:
                yield e, n


def exponent_terms(exponent: Expression) -> Iterator[tuple[Fraction | int, Expression]]:
    """The terms of an exponent: (number, what it multiplies)."""
    for term in exponent.arguments if type(exponent) is Sum else (exponent,):
        yield split_coefficient(term)


def _call(name: str, like: Expression) -> Expression:
    return call(name, *like.arguments)


def _rank(kernel: Kernel) -> tuple[int, str]:
    if kernel.kind == "atom":
        rank, name = factor_key(kernel.base)
        return rank, name.translate({ord("0"): "1", ord("1"): "0"}) if name[:1] in "01" else name
    if kernel.kind == "power":
        return 5, ""
    return 3, ""


def _primes(n: int) -> Iterator[int]:
    if n > MAX_PRIME**2:
        return
    p = 2
    while p <= isqrt(n):
        if n % p == 0:
            yield p
            while n % p == 0:
                n //= p
        p += 1
    if 1 < n <= MAX_PRIME:
        yield n
