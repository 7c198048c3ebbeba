"""A straight-line program: instructions over slots, each value computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

Slot: TypeAlias = int
WIDTH = 24
"""A longer sum or product is written as several, so that no target's parser meets an expression thousands deep."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operation on earlier slots.

    input      `data` is the number of a variable
    number     `data` is its value, a float (nan: there is none)
    sum        `data` holds a sign, 1 or -1, for each argument
    product, quotient, negation, minimum, maximum
    integer    u^n, `data` is n
    root       u^(p/r) with odd r, negative u allowed, `data` is (p, r)
    positive   u^q for u ≥ 0, `data` is q as a float
    power      u^v
    call       a function every target has, `data` is its name
    polygamma  `data` is the order
    compare    a relation of two values, `data` is it; defined: whether both have a value
    choose     the second argument where the first holds, else the third
    """

    operation: str
    arguments: tuple[Slot, ...] = ()
    data: Any = None


@dataclass(slots=True)
class Program:
    """Instructions in order, each with the slot of its place; `outputs` are the slots that are asked for."""

    instructions: list[Instruction] = field(default_factory=list)
    outputs: list[Slot] = field(default_factory=list)
    known: dict[tuple[str, tuple[Slot, ...], Any], Slot] = field(default_factory=dict)

    def add(self, operation: str, *arguments: Slot, data: Any = None) -> Slot:
        """The slot of that operation: an equal one, if there is."""
        key = (operation, arguments, repr(data) if operation == "number" else data)  # nan is equal to itself here
        slot = self.known.get(key)
        if slot is None:
            self.known[key] = slot = len(self.instructions)
            self.instructions.append(Instruction(operation, arguments, data))
        return slot

    def number(self, value: float) -> Slot:
        return self.add("number", data=float(value))

    def call(self, name: str, *arguments: Slot) -> Slot:
        return self.add("call", *arguments, data=name)

    def sum(self, terms: list[tuple[Slot, int]]) -> Slot:
        """Σ sign·slot from left to right."""
        total, rest = terms[:WIDTH], terms[WIDTH:]
        slot = self._sum(total)
        while rest:
            total, rest = [(slot, 1), *rest[: WIDTH - 1]], rest[WIDTH - 1 :]
            slot = self._sum(total)
        return slot

    def _sum(self, terms: list[tuple[Slot, int]]) -> Slot:
        return self.add("sum", *[s for s, _ in terms], data=tuple([sign for _, sign in terms]))

    def product(self, factors: list[Slot]) -> Slot:
        """Π slots from left to right."""
        slot = self.add("product", *factors[:WIDTH])
        for k in range(WIDTH, len(factors), WIDTH - 1):
            slot = self.add("product", slot, *factors[k : k + WIDTH - 1])
        return slot

    def needed(self) -> list[bool]:
        """Whether an output depends on the slot."""
        needed = [False] * len(self.instructions)
        for slot in self.outputs:
            needed[slot] = True
        for slot in range(len(needed) - 1, -1, -1):
            if needed[slot]:
                for a in self.instructions[slot].arguments:
                    needed[a] = True
        return needed
