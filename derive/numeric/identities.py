"""The exact judge: rational functions of the input are differentiated on their coefficients, and compared as such.

`d/dx((x^2 + 1)^3)  →  6*x*(x^2 + 1)^2` holds coefficient for coefficient, which no number of points can say. The
derivatives are FLINT's, of the input; no rule of ours is used. What is no rational function, or is too large, is left
to the balls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from derive.expressions import (
    OPERATORS, Call, Constant, Derivative, Equation, Expression, Matrix, Negation, Number, Power, Product, Quotient,
    Sum, Symbol, integer_value, postorder, rational_value,
)  # fmt: skip
from derive.numeric.signals import NoValue
from derive.numeric.vectors import expanded

NODES = 2_000  # distinct nodes; the textbook's largest rational function has 60
TERMS = 2_000  # of one polynomial; a product of two such takes 40 ms
BITS = 4_000  # of one coefficient
ORDER = 20  # of a derivative
EXPONENT = 200
_AROUND = frozenset((Matrix, Call))  # what has no value, but entries
_KNOWN = frozenset((Sum, Product, Quotient, Power, Negation, Number, Symbol, Derivative, Matrix))


class _Beyond(Exception):
    """This is no rational function, or one that is too large."""


class _Ratio:
    """top / bottom, with a bound for the bits of their coefficients."""

    __slots__ = ("bits", "bottom", "top")

    def __init__(self, top: Any, bottom: Any, bits: int) -> None:
        self.top = top
        self.bottom = bottom
        self.bits = bits


def identical(a: Expression, b: Expression, nodes: Sequence[Expression] = ()) -> bool | None:
    """Whether two rational functions, or matrices of them, are the same one; None where that is not for here to say.

    nodes  all that stand in them, where they are known
    """
    try:
        nodes = nodes or postorder(a) + postorder(b)
        if len(nodes) > NODES or not all([_is_known(n) for n in nodes]):
            return None
        ring = _Ring(sorted({str(n.label) for n in nodes if type(n) is Symbol}) or ["x"])
        if _AROUND.isdisjoint(map(type, nodes)):
            ring.work_out(nodes)  # which are in order already
        left, right = ring.values(a), ring.values(b)
    except (_Beyond, NoValue, OverflowError, MemoryError):
        return None
    if len(left) != len(right):
        return None
    try:
        return all([ring.equal(p, q) for p, q in zip(left, right, strict=True)])
    except _Beyond:
        return None


def _is_known(node: Expression) -> bool:
    kind = type(node)
    if kind is Call:
        return str(node.label) in OPERATORS
    return kind in _KNOWN or (kind is Constant and node.label != "infinity")


@cache
def _letters(count: int) -> tuple[Any, Any, Callable[[fmpq], Any]]:
    """(so many letters, the number 1, what makes any number); made once, which takes as long as using them."""
    context = fmpq_mpoly_ctx.get([f"v{k}" for k in range(count)], Ordering.lex)
    return context.gens(), context.constant(1), context.constant


class _Ring:
    """Rational functions of some letters; e and π are letters too: what holds for all numbers holds for these."""

    def __init__(self, names: list[str]) -> None:
        self.index = {name: k for k, name in enumerate([*names, "constant e", "constant pi"])}
        self.generators, self.one, self.constant = _letters(len(self.index))
        self.memo: dict[Expression, _Ratio] = {}

    def values(self, e: Expression) -> list[_Ratio]:
        """The entries of a matrix, or the one value; operators of vector analysis by their definitions."""
        if type(e) is Call:
            e = expanded(e)
        if type(e) is Equation:
            raise _Beyond
        cells = e.arguments if type(e) is Matrix else (e,)
        return [self.value(cell) for cell in cells]

    def value(self, e: Expression) -> _Ratio:
        if e not in self.memo:
            self.work_out(postorder(e, self.memo))
        return self.memo[e]

    def work_out(self, nodes: Iterable[Expression]) -> None:
        """Nodes of which each stands after its parts."""
        memo = self.memo
        for node in nodes:
            if node not in memo:
                memo[node] = made = self.made(node)
                if len(made.top) > TERMS or len(made.bottom) > TERMS or made.bits > BITS:
                    raise _Beyond

    def made(self, node: Expression) -> _Ratio:
        """A node whose parts are known."""
        kind = type(node)
        if kind is Number:
            q = rational_value(node)
            if q is None or q.numerator.bit_length() + q.denominator.bit_length() > BITS:
                raise _Beyond
            top = self.constant(fmpq(q.numerator, q.denominator))
            return _Ratio(top, self.one, q.numerator.bit_length() + 1)
        if kind is Symbol:
            if node.label not in self.index:  # a letter that an operator brings along: dx of a differential
                raise _Beyond
            return self.letter(str(node.label))
        if kind is Constant:
            return self.letter(f"constant {node.label}")
        parts = [self.memo[a] for a in node.arguments] if kind is not Power else [self.memo[node.arguments[0]]]
        if kind is Sum:
            total = parts[0]
            for p in parts[1:]:
                total = self.plus(total, p)
            return total
        if kind is Product:
            total = parts[0]
            for p in parts[1:]:
                total = self.times(total, p)
            return total
        if kind is Negation:
            return _Ratio(-parts[0].top, parts[0].bottom, parts[0].bits)
        if kind is Quotient:
            return self.times(parts[0], self.inverse(parts[1]))
        if kind is Power:
            return self.power(parts[0], integer_value(node.arguments[1]))
        if kind is Derivative:
            return self.derivative(node)
        raise _Beyond

    def letter(self, name: str) -> _Ratio:
        return _Ratio(self.generators[self.index[name]], self.one, 1)

    def inverse(self, p: _Ratio) -> _Ratio:
        if p.top == 0:
            raise _Beyond
        return _Ratio(p.bottom, p.top, p.bits)

    def plus(self, p: _Ratio, q: _Ratio) -> _Ratio:
        if p.bottom == q.bottom:
            return _Ratio(p.top + q.top, p.bottom, max(p.bits, q.bits) + 1)
        top = self.product(p.top, q.bottom) + self.product(q.top, p.bottom)
        return _Ratio(top, self.product(p.bottom, q.bottom), p.bits + q.bits + 12)

    def times(self, p: _Ratio, q: _Ratio) -> _Ratio:
        return _Ratio(self.product(p.top, q.top), self.product(p.bottom, q.bottom), p.bits + q.bits + 12)

    def product(self, p: Any, q: Any) -> Any:
        if q is self.one or p is self.one:  # as nearly every bottom is
            return p if q is self.one else q
        if len(p) * len(q) > 50 * TERMS:
            raise _Beyond
        return p * q

    def power(self, p: _Ratio, n: int | None) -> _Ratio:
        if n is None or abs(n) > EXPONENT or p.bits * abs(n) > BITS:
            raise _Beyond
        if n < 0:
            p, n = self.inverse(p), -n
        for part in (p.top, p.bottom):
            if n and comb(n + max(len(part) - 1, 0), n) > TERMS:
                raise _Beyond
        if not n and p.top == 0:
            raise _Beyond
        return _Ratio(p.top**n, self.one if p.bottom is self.one else p.bottom**n, (p.bits + 8) * n + 1)

    def derivative(self, node: Expression) -> _Ratio:
        p = self.memo[node.arguments[0]]
        for x, order in zip(node.arguments[1::2], node.arguments[2::2], strict=True):
            n = integer_value(order)
            if n is None or not 0 <= n <= ORDER:
                raise _Beyond
            k = self.index[str(x.label)]
            for _ in range(n):
                slope = p.top.derivative(k)
                fall = 0 if p.bottom is self.one else p.bottom.derivative(k)
                if fall == 0:
                    p = _Ratio(slope, p.bottom, p.bits + 8)
                    continue
                top = self.product(slope, p.bottom) - self.product(p.top, fall)
                p = _Ratio(top, self.product(p.bottom, p.bottom), 2 * p.bits + 20)
                if p.bits > BITS or len(p.top) > TERMS or len(p.bottom) > TERMS:
                    raise _Beyond
        return p

    def equal(self, p: _Ratio, q: _Ratio) -> bool:
        return bool(self.product(p.top, q.bottom) == self.product(q.top, p.bottom))
