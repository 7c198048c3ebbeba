"""The functions of the table that are written by others: sec u = 1/cos u; the rest every target has by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from derive.compilation.program import Program, Slot

Composition: TypeAlias = Callable[..., Slot]


def reciprocal(name: str) -> Composition:
    """1/f(u)."""
    return lambda p, u: p.add("quotient", p.number(1), p.call(name, u))


def of_reciprocal(name: str) -> Composition:
    """f(1/u)."""
    return lambda p, u: p.call(name, p.add("quotient", p.number(1), u))


def cot(p: Program, u: Slot) -> Slot:
    return p.add("quotient", p.call("cos", u), p.call("sin", u))


def acot(p: Program, u: Slot) -> Slot:
    """The angle of (u, 1), which loses no digits for large u, as π/2 - atan(u) does."""
    return p.call("atan2", p.number(1), u)


def log(p: Program, u: Slot, base: Slot) -> Slot:
    """ln u/ln base; a base that varies is divided by itself, since an infinite ln 0 would pass for a number."""
    found = p.add("quotient", p.call("ln", u), p.call("ln", base))
    if p.instructions[base].operation == "number":
        return found
    return p.product([found, p.add("integer", base, data=0)])


def extreme(operation: str) -> Composition:
    def least_or_greatest(p: Program, first: Slot, *others: Slot) -> Slot:
        for other in others:
            first = p.add(operation, first, other)
        return first

    return least_or_greatest


def relu(p: Program, u: Slot) -> Slot:
    return p.add("maximum", u, p.number(0))


def logistic(p: Program, u: Slot) -> Slot:
    return p.add("quotient", p.number(1), p.sum([(p.number(1), 1), (p.call("exp", p.add("negation", u)), 1)]))


def softplus(p: Program, u: Slot) -> Slot:
    """max(u, 0) + ln(1 + e^(-|u|)), which does not overflow."""
    small = p.call("log1p", p.call("exp", p.add("negation", p.call("abs", u))))
    return p.sum([(relu(p, u), 1), (small, 1)])


def factorial(p: Program, u: Slot) -> Slot:
    return p.call("gamma", p.sum([(u, 1), (p.number(1), 1)]))


CALLS: dict[str, Composition] = {
    "cot": cot, "sec": reciprocal("cos"), "csc": reciprocal("sin"),
    "acot": acot, "asec": of_reciprocal("acos"), "acsc": of_reciprocal("asin"),
    "coth": reciprocal("tanh"), "sech": reciprocal("cosh"), "csch": reciprocal("sinh"),
    "acoth": of_reciprocal("atanh"), "asech": of_reciprocal("acosh"), "acsch": of_reciprocal("asinh"),
    "log": log, "min": extreme("minimum"), "max": extreme("maximum"), "relu": relu, "logistic": logistic,
    "softplus": softplus, "factorial": factorial,
}  # fmt: skip
"""Compositions of what the targets have."""

PRIMITIVES = frozenset(
    "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp ln log1p sqrt cbrt abs sign floor ceil mod erf "
    "erfc gamma digamma lambertw sinc atan2".split()
)
"""What every target has; log1p is not in the table, it serves softplus."""
