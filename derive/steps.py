"""What a derivation is made of: steps with their conditions and outcome, what was found, the states between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, fields
from typing import Literal, TypeAlias, overload

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.errors import TraceError
from derive.expressions import Expression, Path, Places, replace
from derive.notation import text
from derive.rules import Weight

OutcomeKind: TypeAlias = Literal["done", "stuck", "budget", "unsound"]
_STRICT = ConfigDict(arbitrary_types_allowed=True, defer_build=True)


@dataclass(frozen=True, config=_STRICT)
class Condition:
    """What has to hold: one of the `alternatives` (nearly always there is just one), because of `part`.

    `along`: a letter that an integral or a sum binds, with its ends: it has to hold for every value on the way.
    `source` is "domain" when the input itself needs it (`part` is the node that does), else the id of the rule that
    assumes it (`part` is then what the rule was applied to). `never`: it can be shown never to hold. `enough`: where it
    fails nothing is known, so that it may be more than is needed.
    """

    alternatives: tuple[Expression, ...]
    source: str
    part: Expression
    never: bool = False
    enough: bool = False
    along: tuple[Expression, Expression, Expression] | None = None

    def __str__(self) -> str:
        shown = " or ".join(text(a) for a in self.alternatives)
        if self.along is None:
            return shown
        letter, first, last = (text(e) for e in self.along)
        return f"{shown} for {letter} between {first} and {last}"


@dataclass(frozen=True, config=_STRICT)
class Finding:
    """What the derivative does at a `place`, x = 0, where the rule `source` claims nothing.

    smooth    it exists, and is `left`            edge    it exists from the one side where the function has values
    corner    the slopes `left`, `right` differ   jump    the function is not continuous there
    vertical  the slope has no bound; cusp: with different signs on both sides
    continuous  function and result are continuous at such points, so that the slope is the limit of those beside
    order     of the derivative that this is said of; `covered`: the result has this value there
    """

    kind: Literal["smooth", "edge", "corner", "jump", "vertical", "cusp", "continuous"]
    place: Expression
    left: Expression | None = None
    right: Expression | None = None
    order: int = 1
    covered: bool = False
    source: str = ""


@dataclass(frozen=True, config=_STRICT)
class Outcome:
    """done · stuck (`part`: the smallest unsupported part; reason says why) · budget (reason names the limit).

    unsound: the numeric judge disproves the result; `step` is the index of the step that changed the value, where it
    was found, and `part` what was rewritten there.
    """

    kind: OutcomeKind
    reason: str = ""
    part: Expression | None = None
    limit: str = ""
    step: int | None = None

    def __str__(self) -> str:
        return self.kind

    def __eq__(self, other: object) -> bool:
        return self.kind == other if isinstance(other, str) else self is other

    def __hash__(self) -> int:
        return hash(self.kind)


@dataclass(frozen=True, slots=True, eq=False, config=_STRICT)
class Step:
    """One rule applied to one subexpression wherever it occurs: `before` became `after`.

    `path` is the first place in the state before the step, `places` the number of places; `cites` is the index of the
    earlier step that is quoted ("as in step 4"); `steps` is the side calculation a teacher shows next to it.
    """

    index: int
    rule: str
    before: Expression
    after: Expression
    weight: Weight
    bindings: dict[str, Expression | tuple[Expression, ...]]
    partial: bool = False
    cites: int | None = None
    conditions: tuple[Condition, ...] = ()
    steps: tuple[Step, ...] = ()
    locate: Callable[[int], tuple[Path, int]] | None = field(default=None, repr=False)

    @property
    def path(self) -> Path:
        return self.locate(self.index)[0] if self.locate else ()

    @property
    def places(self) -> int:
        return self.locate(self.index)[1] if self.locate else 1

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {
            "text/plain": f"{self.rule}: {self.before} = {self.after}",
            "text/latex": f"$\\displaystyle {self.before.latex()} = {self.after.latex()}$",
        }


_SET_STEP = tuple([vars(Step)[f.name].__set__ for f in fields(Step)])


def made_step(
    index: int, rule: str, before: Expression, after: Expression, weight: Weight,
    bindings: dict[str, Expression | tuple[Expression, ...]], partial: bool, cites: int | None,
    conditions: tuple[Condition, ...], steps: tuple[Step, ...],
    locate: Callable[[int], tuple[Path, int]] | None = None,
) -> Step:  # fmt: skip
    """A step without validation, for the engine, which made its parts: a quarter of the time."""
    step: Step = object.__new__(Step)
    values = (index, rule, before, after, weight, bindings, partial, cites, conditions, steps, locate)
    for write, value in zip(_SET_STEP, values, strict=True):
        write(step, value)
    return step


class States(Sequence[Expression]):
    """The whole expressions between the steps, problem first; each is made when it is asked for, and kept.

    `rewrites` are the steps' formulas, (before, after).
    """

    def __init__(self, problem: Expression, rewrites: Sequence[tuple[Expression, Expression]]) -> None:
        self._states = [problem]
        self.rewrites = rewrites
        self._found: dict[int, tuple[Path, int]] = {}
        self._places: Places | None = None
        self._played = 0  # steps that `_places` has gone

    def __len__(self) -> int:
        return len(self.rewrites) + 1

    @overload
    def __getitem__(self, index: int) -> Expression: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Expression]: ...
    def __getitem__(self, index: int | slice) -> Expression | Sequence[Expression]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        return self._state(index)

    def _state(self, index: int) -> Expression:
        """The state of that number, which there is."""
        while len(self._states) <= index:
            before, after = self.rewrites[len(self._states) - 1]
            self._states.append(replace(self._states[-1], before, after))
        return self._states[index]

    def __iter__(self) -> Iterator[Expression]:
        return (self[i] for i in range(len(self)))

    def place(self, index: int) -> tuple[Path, int]:
        """The first path of step `index`'s `before` in the state before it, and at how many places it stands.

        Asked for one after the other, they cost what the steps change and what is told: no state is made.
        """
        found = self._found.get(index)
        if found is None:
            found = self._replayed(index).place(self.rewrites[index][0])
            if found is None:
                raise _does_not_stand(index)
            self._found[index] = found
        return found

    def is_at(self, index: int, path: Path) -> bool:
        """Whether step `index`'s `before` stands at `path` in the state before it; IndexError for no such place."""
        return self._replayed(index).is_at(self.rewrites[index][0], path)

    def is_state(self, index: int, e: Expression) -> bool:
        """Whether `e` is the state of that number, which is not made."""
        return self._replayed(index).is_whole(e)

    def last(self) -> Expression:
        """The last state, without those between; TraceError where a step does not follow from the one before."""
        return self._replayed(len(self.rewrites)).whole()

    def _replayed(self, steps: int) -> Places:
        """The problem after so many steps; they are played from the beginning where more of them were."""
        if self._places is None or steps < self._played:
            self._places, self._played = Places(self._states[0]), 0
        while self._played < steps:
            if not self._places.rewrite(*self.rewrites[self._played]):
                raise _does_not_stand(self._played)
            self._played += 1
        return self._places


def _does_not_stand(index: int) -> TraceError:
    return TraceError(f"step {index + 1}: its left side does not stand in the state before it")
