"""Which letters may stand in an expression, a bit for each: what is free of a letter need not be looked through."""

from __future__ import annotations

from collections.abc import Container

from derive.expressions import Expression, Symbol, postorder

BITS = 64  # letters share them where there are more: a bit says that one of its letters stands there


class Letters:
    """The bits of the letters, in the order in which they are met, and those of every expression asked about."""

    __slots__ = ("_bits", "_masks")

    def __init__(self) -> None:
        self._bits: dict[Expression, int] = {}
        self._masks: dict[Expression, int] = {}

    def may_stand(self, x: Expression, e: Expression) -> bool:
        """Whether the letter x may stand in e."""
        mask = self._masks.get(e)
        return bool((self._noted(e) if mask is None else mask) & self._bit(x))

    def needed(self, e: Expression, x: Expression, known: Container[Expression]) -> list[Expression]:
        """The parts of e in which x may stand, parts first, without those that are `known`, and what is in them."""
        self._noted(e)
        return postorder(e, _Done(known, self._masks, self._bit(x)))

    def _noted(self, root: Expression) -> int:
        """The bits of `root`, noted with those of all its parts."""
        masks = self._masks
        for node in () if root in masks else postorder(root, masks):
            mask = self._bit(node) if type(node) is Symbol else 0
            for a in node.arguments:
                mask |= masks[a]
            masks[node] = mask
        return masks[root]

    def _bit(self, x: Expression) -> int:
        return self._bits.get(x) or self._bits.setdefault(x, 1 << len(self._bits) % BITS)


class _Done:
    """What is known, or free of a letter."""

    __slots__ = ("bit", "known", "masks")

    def __init__(self, known: Container[Expression], masks: dict[Expression, int], bit: int) -> None:
        self.known, self.masks, self.bit = known, masks, bit

    def __contains__(self, node: Expression) -> bool:
        return not self.masks[node] & self.bit or node in self.known
