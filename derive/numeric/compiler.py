"""From an expression to operations: an explicit stack drives one method a kind of node."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias

from derive.expressions import BINDERS, Expression, fold, is_operator
from derive.numeric.program import Key, ROOT, Scope, Step
from derive.numeric.signals import Unsupported

Missing: TypeAlias = list[Key]
Method: TypeAlias = Callable[["Compiler", Key], Missing | None]
"""Emits the operation of a node, or returns the keys that are needed before."""


class Compiler:
    """Collects `steps`; slot k + 1 of a run holds the value of step k, whose node is nodes[k].

    most    operations that are allowed; Unsupported beyond
    pieces  whether one of the operations chooses among pieces
    """

    def __init__(self, functions: Mapping[str, Any], most: int | None = None) -> None:
        self.functions = functions
        self.method = methods()
        self.most = most
        self.steps: list[Step] = []
        self.nodes: list[Expression] = []
        self.reads: list[tuple[int, ...]] = []
        self.at_root: list[bool] = []
        self.pieces = False
        self.inputs: set[str] = set()
        self.slots: dict[Key, int] = {}
        self.scopes: dict[tuple[Any, ...], Scope] = {}
        self.rationals: dict[Expression, Fraction | None] = {}
        self.plain: dict[Expression, bool] = {}

    def compile(self, start: Key) -> int:
        """The slot of the value of a key."""
        collecting = gc.isenabled()
        gc.disable()  # nothing here is garbage, and looking for it doubles the time of 100,000 nodes
        try:
            return self._compile(start)
        finally:
            if collecting:
                gc.enable()

    def _compile(self, start: Key) -> int:
        stack = [start]
        slots = self.slots
        method = self.method
        while stack:
            key = stack[-1]
            if key in slots:
                stack.pop()
                continue
            node = key[2]
            missing = method[type(node)](self, key)
            if missing:
                stack.extend(missing)
            else:
                stack.pop()
        return slots[start]

    def emit(self, key: Key, step: Step, reads: tuple[int, ...]) -> None:
        """One more operation, whose value is that of `key`."""
        if self.most is not None and len(self.steps) >= self.most:
            raise Unsupported(f"more than {self.most} operations", key[2])
        self.steps.append(step)
        self.nodes.append(key[2])
        self.reads.append(reads)
        self.at_root.append(key[0] is ROOT)
        self.slots[key] = len(self.steps)

    def need(self, keys: list[Key]) -> tuple[Missing, tuple[int, ...]]:
        """The keys not compiled yet, last first, and the slots of all when there are none."""
        known, missing, found = self.slots.get, [], []
        for k in keys:
            slot = known(k)
            if slot is None:
                node = k[2]
                if node.arguments:
                    missing.append(k)
                    continue
                self.method[type(node)](self, k)  # a letter or a number needs nothing
                slot = self.slots[k]
            found.append(slot)
        return missing[::-1], tuple(found)

    def children(self, key: Key) -> tuple[Missing, tuple[int, ...]]:
        scope, caps, node = key
        return self.need([(scope, caps, a) for a in node.arguments])

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

    def operator_free(self, node: Expression) -> bool:
        """Whether no derivative or limit operator (or derivative of an abstract function) stands in `node`."""
        return fold(node, _is_plain, self.plain)


def _is_plain(node: Expression, children: list[bool]) -> bool:
    return not is_operator(node) and type(node.label) is not tuple and all(children)


@cache
def methods() -> dict[type[Expression], Method]:
    """How nodes of each kind are compiled."""
    from derive.numeric.compile_operators import OPERATORS
    from derive.numeric.compile_plain import PLAIN

    return PLAIN | OPERATORS | dict.fromkeys(BINDERS, _binder)


def _binder(compiler: Compiler, key: Key) -> Missing | None:
    """An integral or a sum: how these are compiled is loaded with the first of them."""
    from derive.numeric import compile_binders

    return compile_binders.BINDERS[type(key[2])](compiler, key)
