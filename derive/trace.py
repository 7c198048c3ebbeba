"""A derivation: a value with its steps, states, conditions and evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from derive.errors import UsageError
from derive.expressions import Expression
from derive.steps import Condition, Finding, Outcome, OutcomeKind, States, Step, made_step

if TYPE_CHECKING:
    from derive.certify import Certificate
    from derive.notation import Note
    from derive.numeric import Verification, Verify

__all__ = [
    "Condition", "Derivation", "Detail", "Finding", "Outcome", "OutcomeKind", "States", "Step", "made_step",
]  # fmt: skip

Detail: TypeAlias = Literal["answer", "brief", "standard", "full"]


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
