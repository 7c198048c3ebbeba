"""An expression as a flat list of ball operations: compiled once, run at many points and precisions.

Every distinct node becomes one operation for each set of series orders it is needed at. A derivative operator asks
for its operand as a power series of higher order in its variable and takes a coefficient: nothing is differentiated
by formula. Compiling keeps its own stack, so depth does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from flint import arb, fmpq

from derive.expressions import Expression, Piecewise
from derive.numeric.exact import exact_value
from derive.numeric.grid import Grid, Truth
from derive.numeric.jets import Caps
from derive.numeric.points import Spot
from derive.numeric.signals import NoValue, Unsupported, Unsure

if TYPE_CHECKING:
    from derive.numeric.compiler import Compiler

Values: TypeAlias = list[Any]
"""Slot 0 is the Point; slot k the value of operation k."""
Step: TypeAlias = Callable[[Values], Any]
Point: TypeAlias = Mapping[str, arb]


NONSENSE = (TypeError, AttributeError, ValueError, ZeroDivisionError, OverflowError)
"""What FLINT and Python raise for relations and matrices where numbers belong."""


class Scope:
    """What names mean below a node: slots of other values, or the inputs of the program."""

    __slots__ = ("bindings", "limits", "parent")

    def __init__(self, parent: Scope | None, bindings: dict[str, Binding], limit: bool = False) -> None:
        self.parent = parent
        self.bindings = bindings
        self.limits: int = (parent.limits if parent else 0) + limit

    def find(self, name: str) -> tuple[Binding, int] | None:
        """What the name is bound to, and under how many limits it was bound."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.bindings:
                return scope.bindings[name], scope.limits
            scope = scope.parent
        return None


Key: TypeAlias = tuple[Scope, Caps, Expression]
Binding: TypeAlias = tuple[str, int]
"""("value", slot): the very value; ("centre", slot): its constant term, a variable of series; ("limit", slot)."""
ROOT = Scope(None, {})


class Program:
    """The operations of one expression, at most `most`; `symbols` are the inputs it reads."""

    def __init__(self, root: Expression, functions: Mapping[str, Any] | None = None, most: int | None = None) -> None:
        from derive.numeric.compiler import Compiler

        self._take(Compiler(functions or {}, most), (ROOT, (), root))

    def _take(self, compiler: Compiler, start: Key) -> None:
        """Compiles `start`, and takes the operations over."""
        self.root = start[2]
        self.result = compiler.compile(start)
        self.steps = compiler.steps
        self.nodes = compiler.nodes
        self.reads = compiler.reads
        self.at_root = compiler.at_root
        self.until = len(compiler.steps)
        self.symbols = frozenset(compiler.inputs)
        self.lazy = compiler.pieces

    def value(self, point: Point) -> Any:
        """The value at a point, at the precision of the caller's `working` block; a NoValue says why there is none."""
        return self._checked(self.raw(point))

    def raw(self, point: Any) -> Any:
        """The same before it is checked: a series where series are asked for."""
        return self._lazy_value([point]) if self.lazy else self._run([point])

    def _run(self, values: Values) -> Any:
        """The operations whose values are missing, one after the other."""
        append = values.append
        while True:
            try:
                for step in self.steps[len(values) - 1 : self.until]:
                    append(step(values))
                return values[self.result]
            except NoValue as failure:
                append(self._again(values, failure))
            except NONSENSE as error:
                raise Unsupported("an operation on what is not a number", self.nodes[len(values) - 1]) from error

    def _again(self, values: Values, failure: NoValue) -> Any:
        """The value of the step that failed, if its inputs can be made sharper: 10*x - 1 at x = 1/10 is exactly 0."""
        k = len(values) - 1
        failure.node = failure.node or self.nodes[k]
        if not isinstance(failure, Unsure) or not self.at_root[k]:
            raise failure
        exact = getattr(values[0], "exact", {})
        sharper = False
        for slot in self.reads[k]:
            if type(values[slot]) is arb and not values[slot].is_exact():
                q = exact_value(self.nodes[slot - 1], {}, exact)
                if q is not None and not q.denominator & (q.denominator - 1):
                    values[slot] = ball_of(q)
                    sharper = True
        if not sharper:
            raise failure
        try:
            return self.steps[k](values)
        except NONSENSE as error:
            raise failure from error

    def _lazy_value(self, values: Values) -> Any:
        """With pieces, only the piece that applies must have a value: failures are kept until they are read."""
        for step, node, reads in zip(self.steps, self.nodes, self.reads, strict=True):
            try:
                if type(node) is not Piecewise:
                    for k in reads:
                        if isinstance(values[k], NoValue):
                            raise values[k]
                values.append(step(values))
            except NoValue as failure:
                try:
                    values.append(self._again(values, failure))
                except NoValue as final:
                    final.node = final.node or node
                    values.append(final)
            except NONSENSE:
                values.append(Unsupported("an operation on what is not a number", node))
        result = values[self.result]
        if isinstance(result, NoValue):
            raise result
        return result

    def _checked(self, result: Any) -> Any:
        """A result, when it is a finite number, a matrix of such, or the truth of a relation."""
        if type(result) is arb:
            if not result.is_finite():
                raise Unsure("the value is too large, or at a pole", self.root)
            return result
        if type(result) is Truth:
            return result.holds
        if isinstance(result, NoValue):
            raise result
        if type(result) is not Grid:
            raise Unsupported("not a number", self.root)
        for entry in result.entries:
            if type(self._checked(entry)) is not arb:
                raise Unsupported("a matrix of what is not numbers", self.root)
        return result


class Inputs(dict[str, arb]):
    """A point as balls at the working precision, and its exact rational coordinates."""

    __slots__ = ("exact",)

    def __init__(self, point: Mapping[str, Fraction | int | arb]) -> None:
        super().__init__({name: ball_of(value) for name, value in point.items()})
        self.exact = {name: Fraction(value) for name, value in point.items() if isinstance(value, (Fraction, int))}

    @staticmethod
    def at(place: Mapping[str, Fraction]) -> Inputs:
        """The inputs at a point of comparison, made once: its coordinates are short dyadic rationals, exact at once."""
        if type(place) is not Spot:
            return Inputs(place)
        if place.inputs is None:
            place.inputs = Inputs(place)
        return place.inputs  # type: ignore[no-any-return]


def ball_of(value: Fraction | int | arb) -> arb:
    """An input as a ball at the working precision; dyadic rationals are exact."""
    if isinstance(value, arb):
        return value
    if isinstance(value, int):
        return arb(value)
    return arb(fmpq(value.numerator, value.denominator))
