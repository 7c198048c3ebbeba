"""What all nodes are: children, a label, and what is kept with them so that nothing has to be looked for in depth.

No constructor changes a shape. Hash, depth and openness are kept with the node, so that equality of different nodes
and look-ups cost O(1) and nothing recurses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, ClassVar, TypeAlias

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

Label: TypeAlias = int | str | bool | tuple[Any, ...] | None


@dataclass(frozen=True, slots=True, eq=False, repr=False, config=ConfigDict(strict=True, defer_build=True))
class Expression:
    """A node; use the classes below. `arguments` are the children, `label` the rest of its content.

    The classes below add no field and inherit the validating constructor, which asks their `problem`; a dataclass each
    would cost the start of every command several milliseconds.
    """

    arguments: tuple[Expression, ...] = ()
    label: Label = None
    _hash: int = field(init=False, default=0)
    depth: int = field(init=False, default=0)
    open: bool = field(init=False, default=False)
    """Whether an operator (derivative, limit, gradient, …) stands here or below."""
    _keeper: Any = field(init=False, default=None)
    """What keeps one object for equal expressions and has this one: see interner.py. It says nothing of the value."""

    kind: ClassVar[str] = "expression"
    operators: ClassVar[frozenset[Label]] = frozenset()
    """The labels with which a node of this kind is an operator."""

    def __post_init__(self) -> None:
        problem = self.problem()
        if problem:
            raise ValueError(f"{self.kind}: {problem}")
        _set_hash(self, hash((self.kind, self.label, *[a._hash for a in self.arguments])) & _TWO_DIGITS)
        _set_depth(self, 1 + max([a.depth for a in self.arguments], default=0))
        _set_open(self, is_operator(self) or any(a.open for a in self.arguments))

    def problem(self) -> str | None:
        """What is wrong with `arguments` or `label`, or None; checked by the validating constructor."""
        return "is abstract"

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or self._hash != other._hash:
            return False
        if self.label == other.label and type(self.label) is type(other.label):
            mine, others = self.arguments, other.arguments
            if len(mine) == len(others):
                for a, b in zip(mine, others, strict=False):
                    if a is not b:
                        return _same(self, other)
                return True
        return False

    def __copy__(self) -> Expression:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Expression:
        return self

    def __reduce__(self) -> tuple[Callable[..., Expression], tuple[Any, ...]]:
        from derive.expressions.table import from_rows, to_rows

        return from_rows, (to_rows([self])[0],)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __str__(self) -> str:
        from derive.notation import text  # the one upward look: people expect str() to print mathematics

        return text(self)

    def latex(self) -> str:
        """LaTeX that compiles and reads back to this expression."""
        from derive.notation import latex

        return latex(self)

    def unicode(self) -> str:
        """Two-dimensional Unicode for a terminal, lines joined by newlines."""
        from derive.notation import unicode

        return unicode(self)

    def mathml(self) -> str:
        """MathML Core, one `<math>` element."""
        from derive.notation import mathml

        return mathml(self)

    def at(self, path: tuple[int, ...]) -> Expression:
        """The subexpression at `path`, a tuple of child indexes; IndexError where there is none."""
        from derive.expressions.traversal import at

        return at(self, path)

    def replace(self, old: Expression | str, new: Expression | str) -> Expression:
        """This expression with `old` replaced by `new` wherever it occurs; text is read."""
        from derive.expressions.traversal import replace
        from derive.notation import parse

        old, new = (parse(e) if isinstance(e, str) else e for e in (old, new))
        return replace(self, old, new)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": str(self), "text/latex": self._repr_latex_()}


_set_hash: Callable[[Expression, int], None] = Expression.__dict__["_hash"].__set__
_set_depth: Callable[[Expression, int], None] = Expression.__dict__["depth"].__set__
_set_open: Callable[[Expression, bool], None] = Expression.__dict__["open"].__set__
claim: Callable[[Expression, object], None] = Expression.__dict__["_keeper"].__set__
"""Notes who keeps a node as the representative of its equals; for the interner alone."""


_TWO_DIGITS = 2**60 - 1  # of CPython's integers: a third one would take 16 bytes more a node
_ABOVE = [1]  # by depth, the depth of what is above it: nodes share these numbers, which would take 32 bytes each
_SHARED = 2**18  # of them are shared


class _Fresh:
    """A node while it is made: the same slots, which may be written. An assignment here takes a tenth of what a
    descriptor of the frozen class takes, and making nodes is where time goes; then it becomes a node of its class.
    """

    __slots__ = ("_hash", "_keeper", "arguments", "depth", "label", "open")

    arguments: tuple[Expression, ...]
    label: Label
    _hash: int
    depth: int
    open: bool
    _keeper: Any


def make(cls: type[Expression], arguments: tuple[Expression, ...] = (), label: Label = None) -> Expression:
    """A node without validation, for code that has checked its parts: parser, rules, interner."""
    node = _Fresh()
    node.arguments = arguments
    node.label = label
    node._keeper = None
    is_open = label is not None and label in cls.operators
    match len(arguments):  # few children are written out: nearly all nodes have few, most of them two
        case 2:
            a, b = arguments
            node._hash = hash((cls.kind, label, a._hash, b._hash)) & _TWO_DIGITS
            below, right = a.depth, b.depth
            if right > below:  # max takes three times as long
                below = right
            node.open = is_open or a.open or b.open
        case 1:
            (a,) = arguments
            node._hash = hash((cls.kind, label, a._hash)) & _TWO_DIGITS
            below = a.depth
            node.open = is_open or a.open
        case 0:
            node._hash = hash((cls.kind, label)) & _TWO_DIGITS
            below = 0
            node.open = is_open
        case 3:
            a, b, c = arguments
            node._hash = hash((cls.kind, label, a._hash, b._hash, c._hash)) & _TWO_DIGITS
            below, middle, right = a.depth, b.depth, c.depth
            if middle > below:
                below = middle
            if right > below:
                below = right
            node.open = is_open or a.open or b.open or c.open
        case _:
            content: list[object] = [cls.kind, label]
            below = 0
            for a in arguments:
                content.append(a._hash)
                if a.depth > below:
                    below = a.depth
                if a.open:
                    is_open = True
            node._hash = hash(tuple(content)) & _TWO_DIGITS
            node.open = is_open
    try:
        node.depth = _ABOVE[below]
    except IndexError:
        node.depth = _above(below)
    node.__class__ = cls  # type: ignore[assignment]  # its slots are the same
    return node  # type: ignore[return-value]


def _above(depth: int) -> int:
    """depth + 1, from more shared numbers; which places get which does not depend on who is first."""
    while len(_ABOVE) <= depth < _SHARED:
        n = len(_ABOVE)
        _ABOVE[n : n + 1024] = range(n + 1, n + 1025)
    return _ABOVE[depth] if depth < _SHARED else depth + 1


def is_operator(node: Expression) -> bool:
    """Whether `node` itself is an operator: something to be worked out, not a value that is written down."""
    return node.label in node.operators


def _same(a: Expression, b: Expression) -> bool:
    """Structural equality of two nodes whose hashes agree, without recursion, each pair compared once."""
    seen: set[tuple[int, int]] = set()
    stack = [(a, b)]
    while stack:
        a, b = stack.pop()
        if a is b or (id(a), id(b)) in seen:
            continue
        if a._hash != b._hash or type(a) is not type(b) or a.label != b.label or type(a.label) is not type(b.label):
            return False
        if len(a.arguments) != len(b.arguments):
            return False
        seen.add((id(a), id(b)))
        stack.extend(zip(a.arguments, b.arguments, strict=True))
    return True
