"""What is known about expressions while deriving: which variables they depend on, and between which bounds they lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.expressions import (
    BINDERS, Call, Constant, Derivative, Equation, Expression, Limit, Negation, Number, Power, Product, Substitution,
    Sum, Summation, Symbol, postorder, rational_value,
)  # fmt: skip
from derive.functions import FUNCTIONS
from derive.rules.bounds import Bounds, bounds_of
from derive.rules.clock import Clock
from derive.rules.letters import Letters

if TYPE_CHECKING:
    from derive.rules.rational import Ring


MARKS = {name: 1 << i for i, name in enumerate((*FUNCTIONS, "e", "^"))}
"""What rules look for in an expression (`Rule.within`), a bit for each."""
_SYMBOLIC = MARKS["^"]
_NUMBER_E = MARKS["e"]
_UNIT = 1 << len(MARKS)  # a node of the size, in a number that has the names below it
_NAMES = _UNIT - 1
_SIZE = ~_NAMES

FEW = 3  # letters by which is differentiated: for each of more, only the parts in which it may stand are looked at
MAX_TERMS = 2_000  # of a polynomial that is multiplied out, as predicted; textbook numerators have below 20


class Facts:
    """Memoised answers about the expressions of one derivation; linear in their distinct nodes."""

    __slots__ = (
        "_asked", "_bounds", "_depends", "_first", "_forms", "_letters", "_measured", "_numbers", "_problem", "_shared",
        "binds", "clock", "conditions", "constant_parts", "exponents", "rings", "shapes", "simplest", "squares",
        "terms", "whole",
    )  # fmt: skip

    def __init__(self) -> None:
        self.clock = Clock()
        self.terms = MAX_TERMS
        self.binds = False  # whether the problem holds integrals or sums
        self.exponents: frozenset[Fraction | int] = frozenset()  # in the problem, those that are no whole numbers
        self.whole: frozenset[Expression] = frozenset()  # letters that count: indexes of sums, letters in their bounds
        self._problem: list[Expression] = []  # the parts of the problem
        self._asked: list[Expression] = []  # those of the expression whose parts were last asked for
        self._depends: dict[Expression, _Dependence] = {}
        self._letters = Letters()
        self._bounds: dict[Expression, Bounds] = {}
        self._measured: dict[Expression, int] = {}  # expression → its size in units of `_UNIT`, and the names in it
        self._forms: dict[Expression, int] = {}  # expression → number of its form
        self._numbers: dict[tuple[object, ...], int] = {}  # kind, label, forms of the children → number of the form
        self.rings: dict[tuple[Expression, bool, bool], Ring | None] = {}  # expression → polynomials in its kernels
        self.simplest: dict[Expression, tuple[Expression, ...]] = {}  # relation → what it comes to
        self.constant_parts: dict[Expression, tuple[Expression, Expression] | None] = {}  # what in it has one value
        # relations of which one has to hold → what they come to, each with whether it never holds
        self.conditions: dict[tuple[Expression, ...], tuple[tuple[tuple[Expression, ...], bool], ...]] = {}
        self.shapes: dict[Expression, tuple[set[Expression], int, int, int]] = {}  # sum → what may combine in it
        self.squares: dict[Expression, bool] = {}  # sum → whether its terms have squares of sine or cosine
        self._first: list[Expression] = []  # number of a form → the first expression that had it
        self._shared: Facts | None = None  # the same without rings

    @classmethod
    def given(cls, relations: Iterable[Expression]) -> Facts:
        """Facts where relations of letters with numbers hold: x > 0, y <= 2."""
        facts = cls()
        for r in relations:
            if type(r) is not Equation or type(r.left) is not Symbol:
                continue
            value = rational_value(r.right)
            if value is None:
                continue
            known = facts._bounds.get(r.left, Bounds())
            is_open = r.relation in ("<", ">")
            if r.relation in (">", ">=") and value >= known.low:
                facts._bounds[r.left] = known._replace(low=value, low_open=is_open)
            elif r.relation in ("<", "<=") and value <= known.high:
                facts._bounds[r.left] = known._replace(high=value, high_open=is_open)
        return facts

    def without_rings(self) -> Facts:
        """These facts for a ring to keep: with the rings they would be a cycle, which only a collection frees."""
        if self._shared is None:
            self._shared = Facts()
            for name in Facts.__slots__:
                if name not in ("rings", "_shared"):
                    setattr(self._shared, name, getattr(self, name))
        return self._shared

    def depends(self, e: Expression, x: Expression) -> bool:
        """Whether x occurs in e, not counting places where it is bound (by ∫, Σ, lim, or "evaluated at")."""
        self.clock.tick()
        memo = self._depends.get(x)
        if memo is None:
            memo = self._depends[x] = _Dependence()
        known = memo.get(e)
        if known is not None:
            return known
        if len(self._depends) <= FEW:
            nodes = self.unknown(e, memo)
        elif self._letters.may_stand(x, e):
            nodes = self._letters.needed(e, x, memo)
        else:
            return False
        for node in nodes:
            memo[node] = _depends(node, x, memo)
        return memo[e]

    @classmethod
    def within(cls, nodes: list[Expression]) -> Facts:
        """Facts about a problem of these nodes, it last: what counts the terms of a sum is a whole number."""
        facts = cls()
        facts._problem = nodes
        found: list[Expression] = []
        exponents: set[Fraction | int] = set()
        for node in nodes:
            if type(node) in BINDERS:
                facts.binds = True
            elif type(node) is Power:
                exponents.add(rational_value(node.exponent) or 0)
            if type(node) is Summation:
                found += [n for e in node.arguments[1:] for n in postorder(e) if type(n) is Symbol]
        facts.whole = frozenset(found)
        facts.exponents = frozenset([n for n in exponents if n.denominator != 1])
        return facts

    def parts(self, root: Expression) -> list[Expression]:
        """The distinct parts of `root`, children before parents; a walk only where others were asked for last."""
        for known in (self._problem, self._asked):
            if known and known[-1] is root:
                return known
        self._asked = postorder(root)
        return self._asked

    def unknown(self, e: Expression, memo: Mapping[Expression, object]) -> Sequence[Expression]:
        """The parts of e that `memo` does not have, and e, parts first; nearly always it has all of them.

        What is asked first is mostly asked about the problem, all parts of which are known.
        """
        if not memo and self._problem and (e is self._problem[-1] or e in self._problem[-1].arguments):
            return self._problem
        for a in e.arguments:
            if a not in memo:
                return postorder(e, memo)
        return (e,)

    def is_whole(self, e: Expression) -> bool:
        """Whether e is a whole number for certain: 2*k + 1 where k counts."""
        if not self.whole:
            return False
        return all(
            n in self.whole or type(n) in (Sum, Product, Negation) or (type(n) is Number and type(n.label) is int)
            for n in postorder(e)
        )

    def bounds(self, e: Expression) -> Bounds:
        """An interval that contains every real value of e."""
        return bounds_of(e, self._bounds)

    def representative(self, e: Expression) -> Expression:
        """The first expression met that equals e up to the order of terms and factors: x + 1 for 1 + x."""
        self.clock.tick()
        forms = self._forms
        known = forms.get(e)
        if known is None:
            for node in postorder(e, forms):  # not the whole problem: those asked for first represent the others
                children = [forms[a] for a in node.arguments]
                if type(node) is Sum or type(node) is Product:
                    children.sort()
                key = (node.kind, node.label, type(node.label), *children)
                number = self._numbers.setdefault(key, len(self._first))
                if number == len(self._first):
                    self._first.append(node)
                forms[node] = number
            known = forms[e]
        return self._first[known]

    def names(self, e: Expression) -> int:
        """The elementary functions in e, "e" for that number, "^" for an exponent that is none, each a bit of `MARKS`.

        Names of other functions, of which there may be many, are left out.
        """
        return (self._measured.get(e) or self._measure(e)) & _NAMES

    def size(self, e: Expression) -> int:
        """How many nodes a reader counts in e, written out; a sign is not one."""
        self.clock.tick()
        return (self._measured.get(e) or self._measure(e)) >> len(MARKS)

    def adopt(self, e: Expression) -> None:
        """Has e stand for its equals in what is measured: asked for again and again, it is found without comparing."""
        measured = self._measured.pop(e, None)
        if measured is not None:
            self._measured[e] = measured

    def _measure(self, e: Expression) -> int:
        """Size and names of e, which are not known, in one number: a pair would take three times the memory."""
        memo = self._measured
        for node in self.unknown(e, memo):
            kind, arguments = type(node), node.arguments
            measured = 0 if kind is Negation else _UNIT
            if len(arguments) == 1:
                measured += memo[arguments[0]]
            elif arguments:
                names = 0
                for a in arguments:
                    own = memo[a]
                    measured += own & _SIZE
                    names |= own
                measured |= names & _NAMES
            if kind is Call:
                measured |= MARKS.get(node.label, 0)  # type: ignore[arg-type]  # a derivative of f is none of them
            elif kind is Power:
                if rational_value(node.arguments[1]) is None:
                    measured |= _SYMBOLIC
            elif kind is Constant and node.label == "e":
                measured |= _NUMBER_E
            memo[node] = measured
        return memo[e]


class _Dependence(dict[Expression, bool]):
    """Of one letter: what has been looked at, and whether it stands there; what was left out has it not."""

    def __missing__(self, e: Expression) -> bool:
        return False


def _depends(node: Expression, x: Expression, memo: dict[Expression, bool]) -> bool:
    if type(node) is Symbol:
        return node == x
    arguments = node.arguments
    if type(node) is Derivative:
        return memo[arguments[0]] or any(memo[a] for a in arguments[2::2])
    if type(node) is Limit:
        return (memo[arguments[0]] and arguments[1] != x) or memo[arguments[2]]
    if type(node) in BINDERS:
        return (memo[arguments[0]] and arguments[1] != x) or memo[arguments[2]] or memo[arguments[3]]
    if type(node) is Substitution:
        bound = any(v == x for v in arguments[1::2])
        return (memo[arguments[0]] and not bound) or any(memo[a] for a in arguments[2::2])
    if type(node) is Call and len(arguments) == 1:
        return memo[arguments[0]]
    for a in arguments:
        if memo[a]:
            return True
    return False
