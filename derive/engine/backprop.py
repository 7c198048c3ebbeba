"""Backpropagation with numbers: every part with its value, every adjoint with what arrived over each edge.

Values are exact rationals as far as they go, else decimals of which every digit is right (by ball arithmetic).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from time import thread_time
from typing import TYPE_CHECKING, TypeAlias

from derive.engine.backprop_values import (
    Exact,
    Given,
    Ledger,
    Number,
    coordinates,
    has_decimals,
    point_given,
    product,
    total,
)
from derive.engine.quiet import quiet_collector
from derive.engine.reverse_problems import functions_of, variables_of
from derive.engine.vectors import check_arguments
from derive.errors import DomainError, LimitError, UnsupportedError, UsageError
from derive.expressions import ONE, Expression, Symbol
from derive.numeric.precision import working
from derive.numeric.signals import Unsure
from derive.rules.adjoints import smooth
from derive.rules.amounts import amount
from derive.rules.computation import Computation
from derive.rules.multivariable import is_abstract
from derive.rules.slope import value
from derive.rules.slopes import slopes
from derive.rules.sweep_plan import Plan

if TYPE_CHECKING:
    from derive.numeric import Verification, Verify

MAX_PARTS = 20_000  # every part is a row: 300 pages
MAX_DIGITS = 1_000
PRECISIONS = (128, 512, 4096, 16384)  # bits, until all digits are sure; 128 do for what people type
DIGITS = 8  # of a value that is no short rational


@dataclass(frozen=True, slots=True)
class Contribution:
    """What arrived at a part over one edge: the adjoint of `user`, times `slope`, which is ∂user/∂part."""

    user: str
    slope: Expression
    adjoint: Exact
    slope_value: Exact
    value: Exact


@dataclass(frozen=True, slots=True)
class Part:
    """A row: its name, what it is made of, its value; for what depends on a variable the adjoint and where it is from.

    kind  "variable", "given" (a letter that is held still), or "part"
    """

    name: str
    kind: str
    expression: Expression
    value: Exact
    adjoint: Exact | None
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Backprop:
    """One sweep forward and one back, with numbers. `parts` come in the order of the forward sweep.

    `verification` compares the gradient with series of the function at the point.
    """

    function: Expression
    parts: tuple[Part, ...]
    variables: tuple[str, ...]
    decimals: bool = False
    """Whether the point was given in decimals, so that values are shown in decimals too."""
    verification: Verification | None = None

    @property
    def forward(self) -> tuple[Part, ...]:
        """The rows of the forward pass: given letters and variables first, then each part after what it is made of."""
        return self.parts

    @property
    def backward(self) -> tuple[Part, ...]:
        """The rows of the backward pass: from the function itself back to the variables."""
        own = [p for p in self.parts if p.kind == "part" and p.adjoint is not None]
        return (*reversed(own), *[p for p in self.parts if p.kind == "variable"])

    @property
    def gradient(self) -> dict[str, Exact]:
        """The adjoints of the variables: the partial derivatives at the point."""
        found = {p.name: p.adjoint for p in self.parts if p.adjoint is not None}
        return {name: found[name] for name in self.variables}

    @property
    def value(self) -> Exact:
        """The value of the function at the point."""
        return self.parts[-1].value

    def table(self, language: str = "en") -> str:
        """Both passes as a table of plain text."""
        return self.render("text", language=language)

    def render(self, format: str = "text", *, language: str = "en") -> str:
        """Both passes as "text", "markdown", "latex", "html" or "json"."""
        from derive.explain.backprop import render

        return render(self, format, language)

    def svg(self, language: str = "en") -> str:
        """The graph of the parts with values, adjoints and local slopes, as one SVG drawing."""
        from derive.explain.backprop_drawing import svg

        return svg(self, language)

    def __repr__(self) -> str:
        return f"<Backprop {self.function}: {', '.join([f'{x}: {v}' for x, v in self.gradient.items()])}>"

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {
            "text/plain": self.render("text"),
            "text/markdown": self.render("markdown"),
            "image/svg+xml": self.svg(),
        }


def backprop(
    f: str | Expression, variables: Sequence[str | Expression] = (), *, at: Mapping[str, Given] | str,
    digits: int = DIGITS, verify: Verify = "quick",
) -> Backprop:  # fmt: skip
    """Reverse mode with numbers: `backprop("x*y + sin(x)", at={"x": 1, "y": 2})`.

    variables  whose adjoints are asked for; all letters of f where none is named
    at         a value for every letter of f: an int, "1/2", "0.1", "pi/4", a Fraction; or "x = 1, y = pi/4"
    digits     of the values that are not exact
    verify     how the gradient is judged: "quick", in the time that the sweep took, "thorough" or "off"
    UsageError for a letter without a value or a value without a letter, DomainError where a part has no value or no
    slope (it names the part), UnsupportedError where no slope is known.
    """
    from derive.engine.backprop_evidence import verification

    if verify not in ("quick", "thorough", "off"):
        raise UsageError(f"verify is quick, thorough or off, not {verify!r}")
    start = thread_time()
    if not 1 <= digits <= MAX_DIGITS:
        raise LimitError(f"digits must be from 1 to {MAX_DIGITS}", limit="digits", value=MAX_DIGITS)
    functions, _ = functions_of(f)
    if len(functions) != 1:
        raise UsageError("backpropagation is for one function, which has one value")
    (whole,) = functions
    if whole.open:
        raise UnsupportedError(f"a sweep goes through functions only: work {whole} out first")
    with quiet_collector():
        xs, parts, _ = variables_of("backpropagation", functions, variables, ())
        if len(parts.nodes) > MAX_PARTS:
            raise LimitError(f"more than {MAX_PARTS:,} parts", limit="parts", value=MAX_PARTS)
        for node in parts.nodes:
            if is_abstract(node):
                raise UnsupportedError(f"{node} has no value: there is no formula for {node.name}")  # type: ignore[attr-defined]
        check_arguments("gradient", (whole, *xs))
        letters: list[Expression] = [n for n in parts.nodes if type(n) is Symbol]
        for x in xs:
            if x not in letters:
                raise UsageError(f"{x} does not occur in the function")
        plan = Plan(Computation(functions, xs, parts), "backward", [amount(ONE)], lambda edges: None, flat=False)
        for part, child, kind, _ in plan.sweep.edges:
            if not kind:
                raise UnsupportedError(f"no slope is known: {plan.sweep.slope(part, child)}")
        given = point_given(at)
        point = coordinates(letters, given)
        for bits in PRECISIONS:
            with suppress(Unsure), working(bits):
                ledger = Ledger(point, bits, last=bits == PRECISIONS[-1])
                rows = _rows(plan, ledger, letters, xs, digits)
                swept = Backprop(whole, rows, tuple([str(x.label) for x in xs]), any(map(has_decimals, given.values())))
                seen = verification(whole, point, swept.gradient, digits, verify, thread_time() - start)
                return replace(swept, verification=seen)
        raise LimitError(f"not decided with {PRECISIONS[-1]} bits", limit="precision", value=PRECISIONS[-1])


def _rows(plan: Plan, ledger: Ledger, letters: list[Expression], xs: list[Expression], digits: int) -> tuple[Part, ...]:
    """Both passes at one precision; Unsure where it does not suffice."""
    made, sweep, names = plan.made, plan.sweep, plan.names
    for part, name in names.items():
        ledger.numbers[str(name.label)] = ledger.worked(sweep.mine[part], f"{name} = {sweep.mine[part]}")
    adjoints, arrived = _backward(plan, ledger)

    def row(part: int, kind: str) -> Part:
        e = sweep.mine[part] if kind == "part" else sweep.atoms[part]
        name = str(sweep.atoms[part].label)
        adjoint = None if kind == "given" else ledger.rounded(adjoints.get(part, Fraction(0)), digits)
        found = tuple(
            [
                Contribution(
                    str(names[user].label), slope, *[ledger.rounded(v, digits) for v in (adjoints[user], s, v)]
                )
                for user, slope, s, v in arrived.get(part, ())
            ]
        )
        return Part(name, kind, e, ledger.rounded(ledger.numbers[name], digits), adjoint, found)

    place: dict[Expression, int] = {e: number for number, e in enumerate(made.nodes) if type(e) is Symbol}
    held = [row(place[x], "given") for x in letters if x not in xs]
    return (*held, *[row(place[x], "variable") for x in xs], *[row(part, "part") for part in names])


Arrived: TypeAlias = dict[int, list[tuple[int, Expression, Number, Number]]]
"""Part → (user, slope, its value, what arrived) for each edge."""


def _backward(plan: Plan, ledger: Ledger) -> tuple[dict[int, Number], Arrived]:
    """The adjoint of every part that is reached, and what it is the sum of."""
    made, sweep = plan.made, plan.sweep
    adjoints: dict[int, Number] = {}
    arrived: Arrived = {}
    for part in range(made.outputs[0], -1, -1):
        if part != made.outputs[0] and part not in arrived:
            continue
        adjoints[part] = total([v for *_, v in arrived[part]]) if part in arrived else Fraction(1)
        if part not in plan.names:
            continue
        mine = sweep.mine[part]
        for relation in smooth(mine):
            if ledger.holds(relation) is False:
                raise DomainError(f"no slope of {plan.names[part]} = {mine} here: it needs {relation}")
        for slope in slopes(made, part, sweep.atoms, mine) or ():
            child, e = slope[0], value(slope)
            s = ledger.worked(e, f"the slope {e} of {plan.names[part]} = {mine}")
            arrived.setdefault(child, []).append((part, e, s, product(adjoints[part], s)))
    for several in arrived.values():
        several.reverse()
    return adjoints, arrived
