"""A stored derivation, read and replayed: a trace whose steps do not join is refused, with the step where it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from derive.errors import LimitError, TraceError
from derive.expressions import Expression
from derive.expressions.table import nodes_from_rows
from derive.explain.wire import BigInteger, DerivationWire, Expr, FindingWire, Node, Requirement, StepWire
from derive.notation import Note, text
from derive.trace import Condition, Derivation, Finding, Outcome, Step

MAX_SOURCE = 50_000_000  # characters: ten times what is written


def from_json(source: str) -> Derivation:
    """The derivation that `to_json` wrote; TraceError for anything else, or when a step does not lead to the next."""
    if len(source) > MAX_SOURCE:
        raise LimitError(f"more than {MAX_SOURCE:,} characters", limit="json-size", value=MAX_SOURCE)
    try:
        stored = DerivationWire.model_validate_json(source)
    except ValidationError as error:
        raise TraceError(_first(error)) from None
    return _Reader(stored).derivation()


class _Reader:
    """Looks expressions up in the node table, and builds the parts of a derivation from them."""

    def __init__(self, stored: DerivationWire) -> None:
        self.stored = stored
        self.nodes = nodes_from_rows([(n.kind, _label(n), tuple(n.arguments)) for n in stored.nodes])
        self.texts: dict[Expression, Any] = {}

    def derivation(self) -> Derivation:
        stored = self.stored
        where = "the problem"
        problem = self.expression(stored.problem, where)
        result = self.expression(stored.result, "the result")
        rewrites = [
            (self.expression(s.before, _step(i)), self.expression(s.after, _step(i)))
            for i, s in enumerate(stored.steps)
        ]
        conditions = tuple([self.condition(c, "a condition") for c in stored.conditions])
        findings = tuple([self.finding(f, "a finding") for f in stored.findings])
        part = stored.outcome.part
        outcome = Outcome(
            stored.outcome.kind,
            stored.outcome.reason,
            None if part is None else self.expression(part, "the outcome"),
            stored.outcome.limit,
            stored.outcome.step,
        )
        made: dict[str, tuple[Step, ...]] = {}
        derivation = Derivation(
            task=stored.task,
            problem=problem,
            result=result,
            rewrites=rewrites,
            outcome=outcome,
            method=stored.method,
            interpretation=tuple(
                [
                    Note(n.kind, n.line, n.column, n.end_column, n.text, n.reading, tuple(n.alternatives))
                    for n in stored.interpretation
                ]
            ),
            steps=lambda d: made["steps"],
            conditions=lambda d: conditions,
            verification=lambda d: stored.verification,
            findings=lambda d: findings,
        )
        made["steps"] = tuple(self.replayed(derivation))
        if not derivation.states.is_state(len(rewrites), result):
            raise TraceError("the result is not the state after the last step")
        return derivation

    def replayed(self, d: Derivation) -> Iterator[Step]:
        """Every step, after its place in the state before it was checked."""
        for index, row in enumerate(self.stored.steps):
            where = _step(index)
            if row.index != index:
                raise TraceError(f"{where}: its index is {row.index}, not {index}")
            step = self.step(row, where, d.states.place)
            if step.before == step.after:
                raise TraceError(f"{where}: it changes nothing")
            path, places = d.states.place(index)
            try:
                stands = row.path is None or tuple(row.path) == path or d.states.is_at(index, tuple(row.path))
            except IndexError:
                raise TraceError(f"{where}: there is no place {row.path} in the state before it") from None
            if not stands:
                raise TraceError(f"{where}: what it rewrites does not stand at {row.path}")
            if places != row.places:
                raise TraceError(f"{where}: what it rewrites stands at {places} places, not {row.places}")
            if row.state is not None and not d.states.is_state(index + 1, self.expression(row.state, where)):
                raise TraceError(f"{where}: the state after it is another one")
            if row.cites is not None and row.cites >= index:
                raise TraceError(f"{where}: it cites a step that does not come before it")
            yield step

    def step(self, row: StepWire, where: str, locate: Callable[[int], Any] | None = None) -> Step:
        return Step(
            index=row.index,
            rule=row.rule,
            before=self.expression(row.before, where),
            after=self.expression(row.after, where),
            weight=row.weight,
            bindings={
                name: tuple([self.expression(e, where) for e in value])
                if isinstance(value, list)
                else self.expression(value, where)
                for name, value in row.bindings.items()
            },
            partial=row.partial,
            cites=row.cites,
            conditions=tuple([self.condition(c, where) for c in row.conditions]),
            steps=tuple([self.step(inner, where) for inner in row.steps]),
            locate=locate,
        )

    def condition(self, row: Requirement, where: str) -> Condition:
        alternatives = tuple([self.expression(a, where) for a in row.alternatives])
        part = self.expression(row.part, where)
        along = tuple([self.expression(a, where) for a in row.along])
        between = (along[0], along[1], along[2]) if len(along) == 3 else None
        return Condition(alternatives, row.source, part, row.never, row.enough, between)

    def finding(self, row: FindingWire, where: str) -> Finding:
        left, right = (None if e is None else self.expression(e, where) for e in (row.left, row.right))
        return Finding(row.kind, self.expression(row.place, where), left, right, row.order, row.covered, row.source)

    def expression(self, e: Expr, where: str) -> Expression:
        """The expression of a row of the table; TraceError where there is none, or its text is another one's."""
        if e.node >= len(self.nodes):
            raise TraceError(f"{where}: there is no node {e.node}")
        found = self.nodes[e.node]
        if e.text is not None and e.text != text(found, memo=self.texts, max_characters=MAX_SOURCE):
            raise TraceError(f"{where}: the text {e.text[:60]!r} is not that of node {e.node}")
        return found


def _step(index: int) -> str:
    return f"step {index + 1}"


def _label(node: Node) -> Any:
    return _plain(node.label)


def _plain(label: Any) -> Any:
    if isinstance(label, BigInteger):
        return int(label.hex, 16)
    return tuple([_plain(a) for a in label]) if isinstance(label, list) else label


def _first(error: ValidationError) -> str:
    """The first thing wrong, in the words of a trace: `step 3, before, node: field required`."""
    found = error.errors()[0]
    place = [str(p) for p in found["loc"]]
    if place[:1] == ["steps"] and len(place) > 1 and place[1].isdigit():
        place = [_step(int(place[1])), *place[2:]]
    return ": ".join(filter(None, [", ".join(place), str(found["msg"])]))
