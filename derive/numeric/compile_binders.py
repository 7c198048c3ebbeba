"""Operations for integrals with limits, and for sums over an index.

A sum is its terms, one after the other. An integral is a program of its own, run wherever quadrature asks: its
letter takes a name that nobody else has, the other letters take their values from the program around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from flint import arb

from derive.expressions import (
    Constant,
    Expression,
    Integral,
    Negation,
    Summation,
    Symbol,
    fold,
    make,
    natural,
    postorder,
    put_in,
)
from derive.expressions import negation as minus
from derive.expressions import symbols
from derive.numeric.compile_operators import moved_by
from derive.numeric.compiler import Compiler, Method, Missing
from derive.numeric.exact import exact_value
from derive.numeric.jets import Caps, substitute
from derive.numeric.laurent import Laurent
from derive.numeric.precision import MAX_TERMS
from derive.numeric.program import Key, Program, Scope, Values
from derive.numeric.quadrature import Integrand, integral_value
from derive.numeric.signals import Unsupported
from derive.numeric.strips import RUNNING

MAX_NEST = 3  # each multiplies the work by that of one integral; two take 0.05 s
MAX_SUMMANDS = 2_000  # terms of one sum, each compiled by itself: 0.1 s


def summation(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    term, index, lower, upper = node.arguments
    first, last = (exact_value(e, compiler.rationals) for e in (lower, upper))
    if first is None or last is None or first.denominator != 1 or last.denominator != 1:
        raise Unsupported("a sum whose bounds are not whole numbers", node)
    if last - first >= MAX_SUMMANDS:
        raise Unsupported(f"a sum of more than {MAX_SUMMANDS} terms", node)
    values = [natural(k) if k >= 0 else minus(natural(-k)) for k in range(int(first), int(last) + 1)]
    missing, slots = compiler.need([(scope, caps, put_in(term, {index: k})) for k in values])
    if missing:
        return missing

    def add(v: Values) -> Any:
        total: Any = arb(0)
        for k in slots:
            total = total + v[k]
        return total

    compiler.emit(key, add, slots)
    return None


def integral(compiler: Compiler, key: Key) -> Missing | None:
    scope, caps, node = key
    if fold(node, _nest) > MAX_NEST:
        raise Unsupported(f"more than {MAX_NEST} integrals in one another", node)
    body, variable, lower, upper = node.arguments
    for end in (lower, upper):
        if type(end.arguments[0] if type(end) is Negation else end) is Constant and "infinity" in (
            end.label, *[a.label for a in end.arguments]
        ):  # fmt: skip
            raise Unsupported("an integral without end", node)
    around = [n for n, _ in caps] + [str(n.label) for n in postorder(body) if type(n) is Symbol]
    running = RUNNING * (1 + max([len(n) - len(n.lstrip(RUNNING)) for n in around], default=0)) + str(variable.label)
    letter = make(Symbol, (), running)
    body = put_in(body, {variable: letter})
    names = sorted(symbols(body) - {running})
    letters = [make(Symbol, (), n) for n in names]
    missing, slots = compiler.need([(scope, caps, e) for e in (lower, upper, *letters)])
    if missing:
        return missing
    whole = [n for n in names if (found := scope.find(n)) is not None and found[0][0] != "centre"]
    moving = moved_by(set(names), scope, caps)
    used = tuple([c for c in caps if c[0] in moving])
    if any([n.startswith(RUNNING) for n, _ in used]) or prod([n + 1 for _, n in used]) > MAX_TERMS // 4:
        raise Unsupported("an integral in an integral over the variable of both", node)
    part = Part(body, compiler.functions, running, names, frozenset(whole))
    a, b, *given = slots

    def value(v: Values) -> Any:
        ends = (v[a], v[b])
        around = [v[k] for k in given]
        if any([type(z) is Laurent for z in (*ends, *around)]):
            raise Unsupported("an integral in a limit", node)
        return integral_value(part.at(around, caps, used), ends[0], ends[1], caps, used, running)

    compiler.emit(key, value, slots)
    return None


def _nest(node: Expression, inside: list[int]) -> int:
    """How many integrals stand in one another."""
    return max(inside, default=0) + (type(node) is Integral)


class Part:
    """The body of an integral, compiled for each set of series that quadrature asks for."""

    def __init__(
        self, body: Expression, functions: Mapping[str, Any], running: str, names: list[str], whole: frozenset[str]
    ) -> None:
        self.body = body
        self.functions = functions
        self.running = running
        self.names = names
        self.whole = whole
        self.programs: dict[Caps, _Inner] = {}

    def at(self, around: list[Any], caps: Caps, used: Caps) -> Integrand:
        """The integrand with the values that its other letters have now."""

        def integrand(where: arb, more: Caps) -> Any:
            asked = tuple(sorted([*used, *more]))
            program = self.programs.get(asked)
            if program is None:
                program = self.programs[asked] = _Inner(self, asked)
            values = [
                z if type(z) is arb else substitute(z, caps, {}, asked) if name in self.whole else z
                for name, z in zip(self.names, around, strict=True)
            ]
            return program.raw(_Point([where, *values]))

        return integrand


class _Point(dict[str, arb]):
    """The values that the letters of a body have; its steps read them by place."""

    __slots__ = ("given",)

    def __init__(self, given: list[Any]) -> None:
        super().__init__()
        self.given = given


class _Inner(Program):
    """The program of a body: the running letter first, then the letters around it."""

    def __init__(self, part: Part, caps: Caps) -> None:
        compiler = Compiler(part.functions)
        bindings: dict[str, tuple[str, int]] = {}
        for k, name in enumerate((part.running, *part.names)):
            compiler.steps.append(_loader(k))
            compiler.nodes.append(make(Symbol, (), name))
            compiler.reads.append(())
            compiler.at_root.append(False)
            bindings[name] = ("value" if name in part.whole else "centre", k + 1)
        self._take(compiler, (Scope(None, bindings), caps, part.body))


def _loader(k: int) -> Any:
    return lambda v: v[0].given[k]


BINDERS: dict[type[Expression], Method] = {Integral: integral, Summation: summation}
