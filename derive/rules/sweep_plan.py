"""A sweep written out: the parts under names v_1, v_2, …, and what stands where while the edges are worked out.

The whole is one expression in which every adjoint stands wherever it is needed, as one shared object:
gradient(sin(x*y), x, y)  →  at([[1*d/dv_1(sin(v_1))*∂/∂x(x*y), 1*d/dv_1(sin(v_1))*∂/∂y(x*y)]], v_1 = x*y)
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Literal, TypeAlias

from derive.expressions import (
    ZERO, Expression, Matrix, Product, Substitution, Sum, Symbol, equation, make, symbol, symbols,
)  # fmt: skip
from derive.rules.amounts import Amount
from derive.rules.computation import Computation
from derive.rules.sweeps import Check, Sweep

Direction: TypeAlias = Literal["backward", "forward"]
_LETTERS = "vwzuqp"  # for the names of parts: the first that no symbol begins with


class Plan:
    """A sweep over named parts. `state(k)` is the whole after k edges; `names` says which part has which name."""

    __slots__ = ("_kept", "_used", "direction", "flat", "made", "names", "seeds", "sweep")

    def __init__(
        self, made: Computation, direction: Direction, seeds: Sequence[Amount | None], check: Check, *, flat: bool
    ) -> None:
        """`flat`: the result is one expression, not a matrix with one entry."""
        self.made = made
        self.direction = direction
        self.seeds = seeds
        self.flat = flat
        self._kept: dict[object, tuple[list[Expression], Expression]] = {}
        self._used: set[int] | None = None
        self.names = _names(made, [s.written() for s in seeds if s is not None])
        atoms = list(made.nodes)
        for part, name in self.names.items():
            atoms[part] = name
        mine = list(made.nodes)
        for part in self.names:
            mine[part] = made.local(part, atoms)
        self.sweep = Sweep(made, atoms, mine)
        if direction == "backward":
            self.sweep.backward([s for s in seeds if s is not None], check)
        else:
            self.sweep.forward(seeds, check)

    @property
    def lines(self) -> tuple[Expression, ...]:
        """The forward sweep: v_1 = x*y, v_2 = sin(v_1), …"""
        return tuple([equation(name, "=", self.sweep.mine[part]) for part, name in self.names.items()])

    def pending(self, part: int, child: int, g: Expression) -> Expression:
        """What goes over an edge, before it is worked out: 1*d/dv_3(sin(v_3))."""
        return self._node(Product, (part, child), [g, self.sweep.slope(part, child)])

    def used(self) -> list[bool]:
        """Whether what goes over an edge arrives at an end: nothing goes on from floor(x)."""
        backward = self.direction == "backward"
        arriving = set(self.made.variables if backward else self.made.outputs)
        used = []
        for part, child, *_ in reversed(self.sweep.edges):
            source, target = (part, child) if backward else (child, part)
            used.append(target in arriving)
            if target in arriving:
                arriving.add(source)
        return used[::-1]

    def state(self, done: int) -> Expression:
        """The whole after `done` edges."""
        return self.within(self.bare(done))

    def within(self, bare: Expression) -> Expression:
        """With what the names stand for, where there are any: at([[…]], v_1 = x*y)."""
        used = self._used_names()
        given = [e for part, name in self.names.items() if part in used for e in (name, self.made.nodes[part])]
        return make(Substitution, (bare, *given)) if given else bare

    @property
    def uses_names(self) -> bool:
        """Whether a name stands in any slope."""
        return bool(self._used_names() & self.names.keys())

    def _used_names(self) -> set[int]:
        if self._used is None:
            entered = {part for part, *_ in self.sweep.edges}
            self._used = {child for part in entered for child in self.made.named(part)}
        return self._used

    def _node(self, kind: type[Expression], key: object, parts: list[Expression]) -> Expression:
        """A node of a state; the object of the state before it where its parts are the same objects."""
        kept = self._kept.get(key)
        if kept is not None and len(kept[0]) == len(parts) and all(map(is_, kept[0], parts)):
            return kept[1]
        node = make(kind, tuple(parts))
        self._kept[key] = parts, node
        return node

    def bare(self, done: int) -> Expression:
        """The row or column itself, in terms of the names."""
        made, edges = self.made, self.sweep.edges
        given: dict[int, list[Expression]] = {}
        whole: dict[int, Expression] = {}

        def at(part: int) -> Expression:
            found = whole.get(part)
            if found is None:
                terms = given[part]
                terms = terms[::-1] if self.direction == "backward" else terms
                found = whole[part] = self._node(Sum, part, terms) if len(terms) > 1 else terms[0]
            return found

        starts = made.outputs if self.direction == "backward" else made.variables
        for part, seed in zip(starts, self.seeds, strict=True):
            if seed is not None and part >= 0:
                given.setdefault(part, []).append(seed.written())
        for index, (part, child, kind, passed) in enumerate(edges):
            source, target = (part, child) if self.direction == "backward" else (child, part)
            worked = kind and index < done
            e = passed.written() if worked else self.pending(part, child, at(source))
            given.setdefault(target, []).append(e)
        ends = made.variables if self.direction == "backward" else made.outputs
        cells = [at(part) if part in given else ZERO for part in ends]
        if self.flat:
            return cells[0]
        return make(Matrix, tuple(cells), len(cells) if self.direction == "backward" else 1)


def _names(made: Computation, seeds: Sequence[Expression]) -> dict[int, Expression]:
    """Names for the parts that are made of others and depend on a variable, in order; signs in a sum need none."""
    taken = [str(n.label) for n in made.nodes if type(n) is Symbol]
    taken += [name for e in seeds for name in symbols(e)]
    letter = next((c for c in _LETTERS if not any(name.startswith(c) for name in taken)), "part")
    reached = set(made.outputs)
    for part in range(len(made.nodes) - 1, -1, -1):
        if part in reached and made.active[part]:
            reached.update(made.named(part))
    parts = [p for p in sorted(reached) if made.active[p] and made.children[p]]
    return {part: symbol(f"{letter}_{number}") for number, part in enumerate(parts, 1)}
