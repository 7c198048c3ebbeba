"""From an expression to operations: one method a kind of node, driven by an explicit stack."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any

from flint import arb

from derive.expressions import (
    Call, Constant, Derivative, Equation, Expression, Limit, Matrix, Negation, Number, Piecewise, Power, Product,
    Quotient, Substitution, Sum, Symbol, fold, integer_value,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.numeric import abstract, operators
from derive.numeric.conditions import relation_holds
from derive.numeric.elementary import operation
from derive.numeric.exact import exact_value
from derive.numeric.grid import Grid, Truth
from derive.numeric.jets import Caps, variable
from derive.numeric.laurent import TERMS, Laurent
from derive.numeric.powers import nonzero, power, rational_power
from derive.numeric.precision import MAX_ORDER, MAX_TERMS
from derive.numeric.program import ROOT, Key, Scope, Step, Values, ball_of
from derive.numeric.signals import Undefined, Unsupported

Missing = list[Key]

MAX_LIMITS = 4  # each limit doubles the work below it: from the left and from the right


class Compiler:
    """Collects `steps`; slot k + 1 of a run holds the value of step k, whose node is nodes[k]."""

    def __init__(self, functions: Mapping[str, Any]) -> None:
        self.functions = functions
        self.steps: list[Step] = []
        self.nodes: list[Expression] = []
        self.reads: list[tuple[int, ...]] = []
        self.at_root: list[bool] = []
        self.inputs: set[str] = set()
        self.slots: dict[Key, int] = {}
        self.scopes: dict[tuple[Any, ...], Scope] = {}
        self.rationals: dict[Expression, Fraction | None] = {}
        self.plain: dict[Expression, bool] = {}

    def compile(self, root: Expression) -> int:
        """The slot of the value of `root`."""
        collecting = gc.isenabled()
        gc.disable()  # nothing here is garbage, and looking for it doubles the time of 100,000 nodes
        try:
            return self._compile((ROOT, (), root))
        finally:
            if collecting:
                gc.enable()

    def _compile(self, start: Key) -> int:
        stack = [start]
        slots = self.slots
        while stack:
            key = stack[-1]
            if key in slots:
                stack.pop()
                continue
            node = key[2]
            missing = METHODS[type(node)](self, key)
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
        return slots[start]

    def emit(self, key: Key, step: Step, reads: tuple[int, ...]) -> None:
        """One more operation, whose value is that of `key`."""
        self.steps.append(step)
        self.nodes.append(key[2])
        self.reads.append(reads)
        self.at_root.append(key[0] is ROOT)
        self.slots[key] = len(self.steps)

    def need(self, keys: list[Key]) -> tuple[Missing, tuple[int, ...]]:
        """The keys not compiled yet, last first, and the slots of all when there are none."""
        slot = self.slots.get
        found = [slot(k) for k in keys]
        if None in found:
            return [k for k, known in zip(reversed(keys), reversed(found), strict=True) if known is None], ()
        return [], tuple(found)  # type: ignore[arg-type]  # no None among them

    def children(self, key: Key) -> tuple[Missing, tuple[int, ...]]:
        scope, caps, node = key
        return self.need([(scope, caps, a) for a in node.arguments])

    # leaves

    def number(self, key: Key) -> Missing | None:
        label = key[2].label
        if isinstance(label, int):
            value = arb(label)
            self.emit(key, lambda v: value, ())
        else:
            spelling = str(label)
            exact = exact_value(key[2], self.rationals)
            if exact is not None and not exact.denominator & (exact.denominator - 1):  # a dyadic rational
                constant = ball_of(exact)
                self.emit(key, lambda v: constant, ())
            else:
                self.emit(key, lambda v: arb(spelling), ())
        return None

    def constant(self, key: Key) -> Missing | None:
        match key[2].label:
            case "pi":
                self.emit(key, lambda v: arb.pi(), ())
            case "e":
                self.emit(key, lambda v: arb.const_e(), ())
            case _:
                self.emit(key, _infinity, ())
        return None

    def symbol(self, key: Key) -> Missing | None:
        scope, caps, node = key
        name = str(node.label)
        binding = scope.find(name)
        active = any([n == name for n, _ in caps])
        if binding is None:
            self.inputs.add(name)
            if active:
                self.emit(key, lambda v: variable(v[0][name], name, caps), ())
            else:
                self.emit(key, lambda v: v[0][name], ())
            return None
        (how, slot), limits = binding
        if how == "limit" and (active or limits != scope.limits):
            raise Unsupported("an operator or a second limit over the variable of a limit", node)
        if how == "value":
            self.slots[key] = slot
        elif active:
            self.emit(key, lambda v: variable(operators.centre_of(v[slot]), name, caps), (slot,))
        elif how == "centre":
            self.emit(key, lambda v: operators.centre_of(v[slot]), (slot,))
        else:
            self.slots[key] = slot
        return None

    # arithmetic

    def sum(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            self.emit(key, _adder(slots), slots)
        return missing

    def product(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            self.emit(key, _multiplier(slots), slots)
        return missing

    def negation(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            (k,) = slots
            self.emit(key, lambda v: -v[k], slots)
        return missing

    def quotient(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            a, b = slots
            self.emit(key, lambda v: divide(v[a], v[b]), slots)
        return missing

    def power(self, key: Key) -> Missing | None:
        scope, caps, node = key
        base, exponent = node.arguments
        if type(base) is Constant and base.label == "e":
            return self.function(key, "exp", (exponent,))
        q = exact_value(exponent, self.rationals)
        if q is not None:
            missing, slots = self.need([(scope, caps, base)])
            if not missing:
                (k,) = slots
                self.emit(key, lambda v: rational_power(v[k], q), slots)
            return missing
        missing, slots = self.children(key)
        if not missing:
            a, b = slots
            at_root = scope is ROOT
            self.emit(key, lambda v: power(v[a], v[b], lambda: _exact_at(exponent, v) if at_root else None), slots)
        return missing

    # functions

    def call(self, key: Key) -> Missing | None:
        node = key[2]
        name = node.label
        if not isinstance(name, str) or name not in FUNCTIONS or name in self.functions:
            return self.rewritten(key, abstract.as_substitution(node, self.functions))
        if len(node.arguments) not in FUNCTIONS[name].arity:
            raise Unsupported(f"{name} with {len(node.arguments)} arguments", node)
        return self.function(key, name, node.arguments)

    def function(self, key: Key, name: str, arguments: tuple[Expression, ...]) -> Missing | None:
        scope, caps, node = key
        missing, slots = self.need([(scope, caps, a) for a in arguments])
        if missing:
            return missing
        apply = operation(name, bool(caps) or scope.limits > 0)
        if apply is not None:
            if len(slots) == 1:
                (k,) = slots
                self.emit(key, lambda v: apply(v[k]), slots)
            else:
                self.emit(key, lambda v: apply(*[v[i] for i in slots]), slots)
            return None
        body = definition(name)
        if body is None:
            raise Unsupported(f"{name} has no numeric method", node)
        inner = self.scope((key, "definition"), scope, dict(zip("uv", slots, strict=False)), "value")
        return self.alias(key, (inner, caps, body))

    def rewritten(self, key: Key, node: Expression) -> Missing | None:
        return self.alias(key, (key[0], key[1], node))

    def alias(self, key: Key, other: Key) -> Missing | None:
        """The value of `key` is that of `other`."""
        if other not in self.slots:
            return [other]
        self.slots[key] = self.slots[other]
        return None

    def scope(self, name: tuple[Any, ...], parent: Scope, slots: dict[str, int], how: str) -> Scope:
        """The scope of that name, made once, with slots bound to names."""
        if name not in self.scopes:
            self.scopes[name] = Scope(parent, {n: (how, k) for n, k in slots.items()}, how == "limit")
        return self.scopes[name]

    # operators

    def derivative(self, key: Key) -> Missing | None:
        scope, caps, node = key
        orders: dict[str, int] = {}
        for x, n in zip(node.arguments[1::2], node.arguments[2::2], strict=True):
            order = integer_value(n)
            if order is None or order < 0:
                raise Unsupported("a derivative whose order is not a number", node)
            orders[str(x.label)] = orders.get(str(x.label), 0) + order
        total = dict(caps)
        for name, order in orders.items():
            total[name] = total.get(name, 0) + order
        if sum(total.values()) > MAX_ORDER or prod([n + 1 for n in total.values()]) > max(MAX_TERMS, MAX_ORDER + 1):
            raise Unsupported("derivatives of too high an order", node)
        before: Caps = tuple(sorted([(name, n) for name, n in total.items() if n]))
        missing, slots = self.need([(scope, before, node.arguments[0])])
        if missing:
            return missing
        for name in orders:
            if scope.find(name) is None:
                self.inputs.add(name)
        (k,) = slots
        self.emit(key, lambda v: operators.derivative(v[k], orders, before, caps), slots)
        return None

    def substitution(self, key: Key) -> Missing | None:
        scope, caps, node = key
        names = [str(x.label) for x in node.arguments[1::2]]
        missing, slots = self.need([(scope, caps, a) for a in node.arguments[2::2]])
        if missing:
            return missing
        operand = node.arguments[0]
        values = dict(zip(names, slots, strict=True))
        if self.operator_free(operand):
            return self.alias(key, (self.scope((key, "values"), scope, values, "value"), caps, operand))
        inner = self.scope((key, "centres"), scope, values, "centre")
        in_limit = 0 if not scope.limits else TERMS if len(values) == 1 else 3
        degree = sum([n for _, n in caps]) + in_limit
        orders = {n: k for n, k in caps if n not in values} | dict.fromkeys(values, degree)
        before: Caps = tuple(sorted([(n, k) for n, k in orders.items() if k]))
        if prod([k + 1 for _, k in before]) > max(MAX_TERMS, MAX_ORDER + 1):
            raise Unsupported("derivatives of too high an order", node)
        missing, found = self.need([(inner, before, operand)])
        if missing:
            return missing
        (k,) = found
        self.emit(key, lambda v: operators.substitution(v, k, before, values, caps, in_limit), (k, *slots))
        return None

    def limit(self, key: Key) -> Missing | None:
        scope, caps, node = key
        if caps:
            raise Unsupported("a derivative of a limit", node)
        if scope.limits >= MAX_LIMITS:
            raise Unsupported(f"more than {MAX_LIMITS} limits in one another", node)
        operand, x, point = node.arguments
        infinite = operators.infinite_sign(point)
        sides = (-infinite,) if infinite else {"+": (1,), "-": (-1,)}.get(str(node.label), (1, -1))
        missing, slots = self.need([] if infinite else [(scope, (), point)])
        if missing:
            return missing
        keys: list[Key] = []
        for side in sides:
            if (key, side) not in self.scopes:
                start = slots[0] if slots else None
                self.steps.append(operators.approaching(start, side))
                self.nodes.append(x)
                self.reads.append(slots)
                self.at_root.append(False)
                self.scope((key, side), scope, {str(x.label): len(self.steps)}, "limit")
            keys.append((self.scopes[key, side], (), operand))
        missing, found = self.need(keys)
        if not missing:
            self.emit(key, lambda v: operators.limit([v[k] for k in found]), found)
        return missing

    def operator_free(self, node: Expression) -> bool:
        """Whether no derivative or limit operator (or derivative of an abstract function) stands in `node`."""
        return fold(node, _is_plain, self.plain)

    # pieces

    def matrix(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            columns = int(key[2].label)  # type: ignore[arg-type]
            self.emit(key, lambda v: Grid([v[k] for k in slots], columns), slots)
        return missing

    def equation(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            a, b = slots
            node = key[2]
            relation = str(node.label)

            def holds(v: Values) -> Truth:
                known = relation_holds(v[a], relation, v[b])
                return Truth(_exact_relation(node, v) if known is None and key[0] is ROOT else known)

            self.emit(key, holds, slots)
        return missing

    def piecewise(self, key: Key) -> Missing | None:
        missing, slots = self.children(key)
        if not missing:
            self.emit(key, lambda v: operators.piecewise([v[k] for k in slots]), slots)
        return missing


METHODS: dict[type[Expression], Callable[[Compiler, Key], Missing | None]] = {
    Number: Compiler.number, Constant: Compiler.constant, Symbol: Compiler.symbol, Sum: Compiler.sum,
    Product: Compiler.product, Quotient: Compiler.quotient, Power: Compiler.power, Negation: Compiler.negation,
    Call: Compiler.call, Derivative: Compiler.derivative, Limit: Compiler.limit,
    Substitution: Compiler.substitution, Matrix: Compiler.matrix, Equation: Compiler.equation,
    Piecewise: Compiler.piecewise,
}  # fmt: skip


@cache
def definition(name: str) -> Expression | None:
    """The definition in the row of a function, in u and v."""
    from derive.notation.parser import parse

    text = FUNCTIONS[name].definition
    return parse(text) if text else None


def divide(a: Any, b: Any) -> Any:
    """a/b, Undefined where b is 0."""
    if type(b) is arb:
        nonzero(b, "division by 0")
    elif type(b) is Grid:
        raise Unsupported("division by a matrix")
    elif type(b) is not Laurent:
        nonzero(operators.centre_of(b), "division by 0")
    return a / b


def _adder(slots: tuple[int, ...]) -> Step:
    if len(slots) == 2:
        a, b = slots
        return lambda v: v[a] + v[b]
    first, *rest = slots

    def add(v: Values) -> Any:
        total = v[first]
        for k in rest:
            total = total + v[k]
        return total

    return add


def _multiplier(slots: tuple[int, ...]) -> Step:
    if len(slots) == 2:
        a, b = slots
        return lambda v: v[a] * v[b]
    first, *rest = slots

    def multiply(v: Values) -> Any:
        total = v[first]
        for k in rest:
            total = total * v[k]
        return total

    return multiply


def _infinity(_: Values) -> Any:
    raise Undefined("infinity is not a number")


def _is_plain(node: Expression, children: list[bool]) -> bool:
    kind = type(node)
    return kind is not Derivative and kind is not Limit and type(node.label) is not tuple and all(children)


def _exact_relation(node: Expression, v: Values) -> bool | None:
    """The truth of a relation whose sides are rational at a rational point."""
    left, right = _exact_at(node.arguments[0], v), _exact_at(node.arguments[1], v)
    if left is None or right is None:
        return None
    return relation_holds(ball_of(left - right), str(node.label), arb(0))


def _exact_at(exponent: Expression, v: Values) -> Fraction | None:
    """The rational value of an exponent at a rational point."""
    return exact_value(exponent, {}, getattr(v[0], "exact", {}))
