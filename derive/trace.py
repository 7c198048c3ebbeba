"""What a derivation is: a value with its steps, states, conditions and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.errors import TraceError, UsageError
from derive.expressions import Expression, Path, Places, replace
from derive.notation import text
from derive.rules import Weight

if TYPE_CHECKING:
    from derive.certify import Certificate
    from derive.notation import Note
    from derive.numeric import Verification, Verify

Detail: TypeAlias = Literal["answer", "brief", "standard", "full"]
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


class Derivation:
    """A problem worked out. `steps`, `conditions` and `verification` are made when first asked for.

    `alternatives` are derivations of the same problem by other methods, where they were asked for. `verify` says how
    much the judge looks at, "quick", "thorough" or "off", until it has looked; `seconds` of the processor it took.
    """

    def __init__(
        self,
        *,
        task: str,
        problem: Expression,
        result: Expression | None,
        rewrites: Sequence[tuple[Expression, Expression]],
        outcome: Outcome | Callable[[], Outcome],
        method: str,
        interpretation: tuple[Note, ...] = (),
        steps: Callable[[Derivation], tuple[Step, ...]],
        conditions: Callable[[Derivation], tuple[Condition, ...]],
        verification: Callable[[Derivation], Verification],
        findings: Callable[[Derivation], tuple[Finding, ...]] = lambda d: (),
        judged: Callable[[Derivation, Outcome], Outcome] | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.task = task
        self.problem = problem
        self.method = method
        self.interpretation = interpretation
        self.alternatives: tuple[Derivation, ...] = ()
        self.states = States(problem, rewrites)
        self._result = result
        self._make_steps = steps
        self._make_conditions = conditions
        self._make_verification = verification
        self._make_findings = findings
        self._outcome = outcome
        self._judged = judged
        self.seconds = seconds
        self.verify: Verify = "quick"
        self._made: dict[str, Any] = {}

    def _once(self, name: str, make: Callable[[Derivation], Any]) -> Any:
        if name not in self._made:
            self._made[name] = make(self)
        return self._made[name]

    @property
    def result(self) -> Expression:
        """The last state; the operators that are left in it are what could not be worked out."""
        return self.states[-1] if self._result is None else self._result

    @property
    def outcome(self) -> Outcome:
        """Whether it is done; if not, why not. A result that the numeric judge disproves is not."""
        if not isinstance(self._outcome, Outcome):
            self._outcome = self._outcome()
        if self._judged is not None:
            judged, self._judged = self._judged, None  # the judge itself asks for the outcome
            self._outcome = judged(self, self._outcome)
        return self._outcome

    def verified(self, verify: Verify) -> Derivation:
        """This derivation, to be judged quickly, thoroughly or not at all; what was judged already stays so."""
        if verify not in ("quick", "thorough", "off"):
            raise UsageError(f"verify is quick, thorough or off, not {verify!r}")
        self.verify = verify
        return self

    def strengthened(self, verification: Verification) -> None:
        """More evidence than there was."""
        self._made["verification"] = verification

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._once("steps", self._make_steps)  # type: ignore[no-any-return]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Where the result holds, each condition with its reason; those that always hold are left out."""
        return self._once("conditions", self._make_conditions)  # type: ignore[no-any-return]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the derivative does at the single points where the rules claim nothing."""
        return self._once("findings", self._make_findings)  # type: ignore[no-any-return]

    @property
    def verification(self) -> Verification:
        """The evidence: the numeric judge's comparison of problem and result, with its points and precision."""
        _ = self.outcome  # which is judged with more evidence where it is asked for thoroughly
        return self._once("verification", self._make_verification)  # type: ignore[no-any-return]

    def render(self, format: str = "text", *, detail: Detail = "standard", language: str = "en") -> str:
        """The explained derivation as "text", "unicode", "latex", "markdown", "html" or "json"."""
        from derive.explain import render

        return render(self, format, detail=detail, language=language)

    def to_json(self, *, certificate: bool = False) -> str:
        """The derivation as JSON, schema version 1, with a flat node table; with its certificate on request."""
        from derive.explain import to_json

        return to_json(self, certificate=self.certificate().data() if certificate else None)

    def certificate(self) -> Certificate:
        """A Coq file that proves the derivation step by step: its `text`, or the `reason` why there is none."""
        from derive.certify import certificate

        return certificate(self)

    @staticmethod
    def from_json(source: str) -> Derivation:
        """A stored derivation; every step is replayed, and TraceError says where a trace is broken."""
        from derive.explain import from_json

        return from_json(source)

    def __repr__(self) -> str:
        return f"<Derivation {self.problem} = {self.result}, {len(self.states) - 1} steps, {self.outcome.kind}>"

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {
            "text/plain": self.render("text"),
            "text/markdown": self.render("markdown"),
            "text/html": self.render("html"),
        }
