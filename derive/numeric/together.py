"""Several expressions as one list of operations: what they share is worked out once at a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from derive.expressions import Expression, Integral
from derive.numeric.compiler import Compiler
from derive.numeric.program import ROOT, Point, Program, Values

QUADRATURE = 300  # operations that an integral costs: 1.5 ms


class Part(Program):
    """One of the expressions; `onward` goes on from the values of those before it, `value` needs none of them."""

    def __init__(self, compiler: Compiler, root: Expression, most: int | None) -> None:
        self._functions, self._most = compiler.functions, most
        compiler.most = None if most is None else len(compiler.steps) + most
        self._take(compiler, (ROOT, (), root))

    @cached_property
    def alone(self) -> Program:
        """The same without the others."""
        return Program(self.root, self._functions, self._most)

    def value(self, point: Point) -> Any:
        return self.alone.value(point)

    def onward(self, values: Values) -> Any:
        """The value at the point values[0], with the operations that are not in `values` yet; they are added."""
        return self.value(values[0]) if self.lazy else self._checked(self._run(values))

    def known(self, values: Values) -> Any:
        """The value whose operations are in `values`."""
        return self._checked(values[self.result])


class Together:
    """Two expressions and the conditions under which they are compared, each at most `most` operations."""

    def __init__(
        self,
        left: Expression,
        right: Expression,
        conditions: Sequence[Expression] = (),
        functions: Mapping[str, Any] | None = None,
        most: int | None = None,
    ) -> None:
        compiler = Compiler(functions or {})
        self.given = [Part(compiler, c, most) for c in conditions]
        self.left, self.right = Part(compiler, left, most), Part(compiler, right, most)
        self.symbols = frozenset(compiler.inputs)
        self.size = len(compiler.steps)
        self.operations = self.size + QUADRATURE * sum([type(n) is Integral for n in compiler.nodes])
        if self.right.lazy:  # pieces keep their failures, which is not for the others to see
            for part in (*self.given, self.left):
                part.lazy = True
