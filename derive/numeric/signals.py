"""Why an expression has no value at a point: certainly none, not decided at this precision, or no method for it."""

from __future__ import annotations

from derive.expressions import Expression, tree_size

SHOWN = 60  # nodes of an expression that a message still quotes


class NoValue(Exception):
    """No enclosure could be given; `node` is the smallest part that failed."""

    def __init__(self, reason: str, node: Expression | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node

    def __str__(self) -> str:
        if self.node is None:
            return self.reason
        small = self.node.depth <= SHOWN and tree_size(self.node) <= SHOWN
        return f"{self.reason} in {self.node if small else f'a large {self.node.kind}'}"


class Undefined(NoValue):
    """The point is certainly outside the real domain."""


class Unsure(NoValue):
    """A ball touches a boundary, or is not finite: a higher precision may decide."""


class AtPole(Unsure):
    """A ball contains a point that the domain leaves out, and no precision so far tells them apart."""


class Unsupported(NoValue):
    """There is no numeric method for this part; a higher precision will not help."""


class NotSmooth(Unsupported):
    """The part has a value here but no power series: a corner, a jump or the edge of a domain."""
