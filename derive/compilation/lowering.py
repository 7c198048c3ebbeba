"""From expressions to a program: one instruction a distinct node, what has no variable folded to the nearest double."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import isinf
from typing import TypeAlias

from derive.compilation.functions import CALLS, PRIMITIVES
from derive.compilation.program import Program, Slot
from derive.errors import DomainError, LimitError, UnsupportedError, UsageError
from derive.expressions import (
    BINDERS, Call, Constant, Equation, Expression, Matrix, Negation, Number, Piecewise, Power, Product, Quotient,
    Substitution, Sum, Symbol, fold, is_operator, make, postorder, rebuild, replace_all, symbol,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.notation import parse
from derive.numeric import evaluate
from derive.numeric.exact import exact_value

MAX_EXPONENT = 2**53  # a larger one is not a double, and whether it is even is lost


def lower(outputs: Sequence[Expression], variables: Sequence[str]) -> Program:
    """The program of the outputs; UnsupportedError names what has no value as a number of the variables."""
    lowering = Lowering(variables)
    lowering.lower(make(Matrix, tuple(outputs), 1))  # all at once: what they share is walked once
    return lowering.program


class Lowering:
    """The program so far, and the slots of the nodes that are in it."""

    def __init__(self, variables: Sequence[str]) -> None:
        self.program = Program()
        self.numbers = {name: k for k, name in enumerate(variables)}
        self.slots: dict[Expression, Slot] = {}
        self.constant: dict[Expression, bool] = {}
        self.exact: dict[Expression, Fraction | None] = {}

    def lower(self, column: Expression) -> None:
        """Enters the entries of a column as outputs."""
        for e in column.arguments:
            if type(e) is Equation:
                raise UnsupportedError(f"{str(e)[:80]} is a relation: it has no number as its value")
        if column.open:
            operator = next(node for node in postorder(column) if is_operator(node))
            raise UnsupportedError(f"{str(operator)[:80]} is an operator: work it out first, and compile the result")
        column = expanded(column)
        fold(column, _is_constant, self.constant)
        for node in postorder(column):
            if not self.constant[node] and node is not column:
                method = METHODS.get(type(node))
                if method is None:
                    raise UnsupportedError(f"{str(node)[:80]} is not a number: a {node.kind} has no code")
                if type(node) is Symbol and node.label not in self.numbers:
                    _refuse_bound(column)
                self.slots[node] = method(self, node)
        self.program.outputs = [self.slot(e) for e in column.arguments]

    def slot(self, node: Expression) -> Slot:
        """The slot of a node whose parts are in the program; a constant enters it now."""
        slot = self.slots.get(node)
        if slot is None:
            slot = self.slots[node] = self.program.number(self.value(node))
        return slot

    def value(self, node: Expression) -> float:
        """The double nearest to a constant; nan where it has no value."""
        q = exact_value(node, self.exact)
        try:
            value = float(q) if q is not None else float(evaluate(node, {}))
        except DomainError:
            return float("nan")
        except OverflowError:
            value = float("inf")
        if isinf(value):
            raise LimitError("a number is too large for a double", limit="double", value=2**1024)
        return value

    def symbol(self, node: Expression) -> Slot:
        name = str(node.label)
        if name not in self.numbers:
            raise UsageError(f"{name} is not among the variables {', '.join(list(self.numbers)[:10]) or '(none)'}")
        return self.program.add("input", data=self.numbers[name])

    def sum(self, node: Expression) -> Slot:
        terms = []
        for term in node.arguments:
            negative = type(term) is Negation and not self.constant[term]  # a constant keeps its sign
            terms.append((self.slot(term.arguments[0] if negative else term), -1 if negative else 1))
        return self.program.sum(terms)

    def product(self, node: Expression) -> Slot:
        return self.program.product([self.slot(a) for a in node.arguments])

    def quotient(self, node: Expression) -> Slot:
        return self.program.add("quotient", *[self.slot(a) for a in node.arguments])

    def negation(self, node: Expression) -> Slot:
        return self.program.add("negation", self.slot(node.arguments[0]))

    def power(self, node: Expression) -> Slot:
        base, exponent = node.arguments
        if type(base) is Constant and base.label == "e":
            return self.program.call("exp", self.slot(exponent))
        q = exact_value(exponent, self.exact)
        if q is not None:
            return self.rational_power(self.slot(base), q)
        return self.program.add("power", self.slot(base), self.slot(exponent))

    def rational_power(self, u: Slot, q: Fraction) -> Slot:
        """u^q over the reals: an even root needs u ≥ 0, an odd one does not."""
        if q.denominator == 1:
            if abs(q) > MAX_EXPONENT:
                raise UnsupportedError(f"a power with the exponent {q}: it is not a double")
            return self.program.add("integer", u, data=int(q))
        if q == Fraction(1, 2):
            return self.program.call("sqrt", u)
        if q == Fraction(1, 3):
            return self.program.call("cbrt", u)
        if q.denominator % 2:
            return self.program.add("root", u, data=(q.numerator, q.denominator))
        return self.program.add("positive", u, data=float(q))

    def call(self, node: Expression) -> Slot:
        name, row = node.label, FUNCTIONS.get(str(node.label))
        if row is None:
            raise UnsupportedError(f"{str(node)[:80]} has no formula: {node.label!s} is an abstract function")
        if len(node.arguments) not in row.arity:
            raise UnsupportedError(f"{name} with {len(node.arguments)} arguments")
        if name in ("root", "polygamma"):
            return self.with_number(node)
        if name not in CALLS and name not in PRIMITIVES:
            raise UnsupportedError(f"{name} has no code in any target")
        composed = CALLS.get(str(name))
        arguments = [self.slot(a) for a in node.arguments]
        return composed(self.program, *arguments) if composed else self.program.call(str(name), *arguments)

    def with_number(self, node: Expression) -> Slot:
        """root(u, n) and polygamma(n, u), whose number decides what they are."""
        if node.label == "root":
            u, index = node.arguments
            n = exact_value(index, self.exact)
            if n is not None and n:
                return self.rational_power(self.slot(u), 1 / Fraction(n))
            return self.program.add(
                "power", self.slot(u), self.program.add("quotient", self.program.number(1), self.slot(index))
            )
        order = exact_value(node.arguments[0], self.exact)
        if order is None or order.denominator != 1 or not 0 <= order <= MAX_ORDER:
            raise UnsupportedError(f"polygamma needs a number from 0 to {MAX_ORDER} as its order")
        slot = self.slot(node.arguments[1])
        return self.program.add("polygamma", slot, data=int(order)) if order else self.program.call("digamma", slot)

    def relation(self, node: Expression) -> Slot:
        return self.program.add("compare", *[self.slot(a) for a in node.arguments], data=str(node.label))

    def piecewise(self, node: Expression) -> Slot:
        parts = node.arguments
        value = self.slot(parts[-1]) if len(parts) % 2 else self.program.number(float("nan"))
        for k in range(len(parts) // 2 * 2 - 2, -1, -2):
            value = self.piece(self.slot(parts[k]), parts[k + 1], value)
        return value

    def piece(self, value: Slot, condition: Expression, otherwise: Slot) -> Slot:
        """A piece: no value where its condition has none."""
        if type(condition) is not Equation:
            raise UnsupportedError("a piece needs a relation as its condition")
        sides = [self.slot(a) for a in condition.arguments]
        holds = self.program.add("compare", *sides, data=str(condition.label))
        if any(self.program.instructions[s].operation not in ("input", "number") for s in sides):
            defined = self.program.add("defined", *sides)
            otherwise = self.program.add("choose", defined, otherwise, self.program.number(float("nan")))
        return self.program.add("choose", holds, value, otherwise)


MAX_ORDER = 30  # of polygamma: beyond it 1/u^31 is out of range for most u


def expanded(root: Expression) -> Expression:
    """`root` with values put in place of their variables, and definitions for functions that no target has.

    `x^2 at x = y + 1  →  (y + 1)^2`.
    """

    def put(node: Expression, arguments: list[Expression]) -> Expression:
        if type(node) is Substitution:
            return replace_all(arguments[0], dict(zip(node.arguments[1::2], arguments[2::2], strict=True)))
        if type(node) is Call and node.label in FOREIGN:
            body = parse(FUNCTIONS[str(node.label)].definition)
            return replace_all(body, dict(zip((symbol("u"), symbol("v")), arguments, strict=False)))
        return rebuild(node, tuple(arguments))

    if any(type(n) is Substitution or n.label in FOREIGN for n in postorder(root)):
        return fold(root, put)
    return root


FOREIGN = frozenset(
    name for name, row in FUNCTIONS.items() if row.definition and name not in CALLS and name not in PRIMITIVES
)
"""Functions of the table that no target has, and that are written by their definition."""


def _refuse_bound(column: Expression) -> None:
    """UnsupportedError where the letter that is no variable may be one that an integral or a sum binds."""
    for node in postorder(column):
        if type(node) in BINDERS:
            raise UnsupportedError(f"{str(node)[:80]} has no code: {node.kind}s are not compiled")


def _is_constant(node: Expression, children: list[bool]) -> bool:
    """Whether a node is a number or a formula in numbers; what cannot be compiled is not, and is met later."""
    kind = type(node)
    if kind is Number:
        return True
    if kind is Constant:
        return node.label != "infinity"
    if kind is Call and node.label not in FUNCTIONS:
        return False
    return kind in (Sum, Product, Quotient, Negation, Power, Call, Piecewise, Equation) and all(children)


Method: TypeAlias = Callable[[Lowering, Expression], Slot]
METHODS: dict[type[Expression], Method] = {
    Symbol: Lowering.symbol, Sum: Lowering.sum, Product: Lowering.product, Quotient: Lowering.quotient,
    Negation: Lowering.negation, Power: Lowering.power, Call: Lowering.call, Piecewise: Lowering.piecewise,
    Equation: Lowering.relation,
}  # fmt: skip
"""How a node of each kind is lowered; its children are in the program."""
