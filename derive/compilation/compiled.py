"""A compiled expression: its source, and the function it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from derive.compilation.building import load_c, load_python
from derive.errors import DomainError, LimitError, UsageError


@dataclass(slots=True)
class Compiled:
    """Straight-line code for expressions in `variables`: `source`, in `language`; called with a value for each.

    It gives a number for one expression, a list for several, rows for a matrix, (value, gradient) with a gradient. For
    NumPy and JAX values are arrays, and a list is their first axis. Where there is no real value, Python and C raise
    DomainError, and arrays hold nan; a division by 0 raises in Python and is infinite elsewhere.
    """

    source: str
    target: str
    language: str
    variables: tuple[str, ...]
    shape: str
    """"number", "list" or "pair" (value and gradient)."""
    outputs: int
    columns: int | None = None
    """Of a matrix, which is "list" in the source."""
    _function: Callable[..., Any] | None = field(default=None, repr=False)

    @property
    def function(self) -> Callable[..., Any]:
        """The function of the source itself; for JAX the one to `jit`, for C one of a list of floats."""
        if self._function is None:
            self.build()
        assert self._function is not None
        return self._function

    def build(self) -> Compiled:
        """Makes the function now: runs the source, or has a C compiler build it; itself."""
        if self._function is None:
            c = self.language == "c"
            self._function = (
                load_c(self.source, self.shape, self.outputs) if c else load_python(self.source, self.target)
            )
        return self

    def __call__(self, *values: Any) -> Any:
        """The value at a point: as many values as there are variables, in their order."""
        if len(values) != len(self.variables):
            raise UsageError(
                f"{len(self.variables)} values are needed, {', '.join(self.variables[:10])}: not {len(values)}"
            )
        if self.target in ("numpy", "jax"):
            return self._in_rows(self.function(*values))
        try:
            point = [float(v) for v in values]
        except (TypeError, ValueError) as error:
            raise UsageError(f"the {self.target} target takes numbers: {error}") from error
        try:
            result = self.function(point) if self.language == "c" else self.function(*point)
        except (ValueError, ZeroDivisionError) as error:
            raise DomainError(f"no real value here: {error}") from error
        except OverflowError as error:
            raise LimitError(f"a value is too large for a double: {error}", limit="double", value=2**1024) from error
        for value in (
            [result] if self.shape == "number" else result if self.shape == "list" else [result[0], *result[1]]
        ):
            if isnan(value):
                raise DomainError("no real value here, or a part that is too large for a double")
        return self._in_rows(result)

    def _in_rows(self, result: Any) -> Any:
        """The values of a matrix row by row."""
        n = self.columns
        if n is None:
            return result
        if self.target in ("numpy", "jax"):
            return result.reshape(-1, n, *result.shape[1:])
        return [result[k : k + n] for k in range(0, len(result), n)]
