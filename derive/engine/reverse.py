"""A gradient, or a product with a Jacobian, by one sweep within a budget.

The result comes straight from the sweep; the steps, each an edge, are made when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic, thread_time

from derive.engine import assemble, evidence, needs
from derive.engine.agenda import Limits, Worked, work_out
from derive.engine.quiet import quiet_collector
from derive.engine.reverse_steps import Record, Rewrites, SweepStates
from derive.errors import LimitError
from derive.expressions import ZERO, Expression, Matrix, make, postorder, replace, tree_size
from derive.notation import Note
from derive.rules import Rule
from derive.rules.amounts import amount
from derive.rules.bare_sweep import adjoints
from derive.rules.computation import Computation
from derive.rules.sweep_plan import Direction, Plan
from derive.rules.sweeps import Check, Sweep
from derive.strategy.methods import RULES, Method
from derive.trace import Derivation, Outcome

_REVERSE = Method("reverse", RULES.operators, RULES.tidying)
MAX_TIDIED = 400  # parts, and a quarter of the nodes written out: more fills pages, and tidying would undo sharing
CHEAP = 5  # times the function; tidied, a product of ten letters would be 5.2 times as large with its gradient


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked for: `core` in `problem` is worked out by a sweep in a direction, from these seeds.

    start  the rule that writes the sweep down; flat: the result is one expression, not a matrix with one entry
    """

    name: str
    problem: Expression
    core: Expression
    start: Rule
    made: Computation
    seeds: Sequence[Expression]
    direction: Direction = "backward"
    flat: bool = False


def swept(task: Task, limits: Limits | None = None, notes: tuple[Note, ...] = ()) -> Derivation:
    """The task worked out; its steps, states and conditions are made when they are asked for."""
    start = thread_time()
    limits = limits or Limits()
    made = task.made
    seeds = [amount(s) for s in task.seeds]
    sweep = Sweep(made, made.nodes, made.nodes)
    limit: LimitError | None = None
    bare: Expression | None = None
    run = partial(adjoints, sweep) if task.direction == "backward" else sweep.forward
    try:
        if run(seeds, _within(limits, len(made.nodes))):
            bare = _ends(task, made, sweep)
    except LimitError as hit:
        limit = hit
    if limit is not None and limit.limit == "digits":  # a number that cannot be written: neither could the steps
        return _derivation(task, notes, task.problem, (), Outcome("budget", str(limit), limit=limit.limit))
    result: Expression | None = None
    tail: Worked | None = None
    outcome: Outcome | Callable[[], Outcome] = Outcome("done")
    done = None
    if limit is not None:
        done = max(min(sweep.count, limits.steps - 1), 0)
        outcome = Outcome("budget", str(limit), limit=limit.limit)
    elif bare is not None:
        result = bare if task.problem is task.core else replace(task.problem, task.core, bare)
        if result is not bare or (len(made.nodes) <= MAX_TIDIED and tree_size(bare) <= 4 * MAX_TIDIED):
            tail, result, outcome = _rest(result, limits)
            if task.problem is task.core and not _is_cheap(made, result):
                tail, result, outcome = None, bare, Outcome("done")

    def plan() -> Plan:
        with quiet_collector():
            return Plan(made, task.direction, seeds, _unbounded, flat=task.flat)

    if bare is None and limit is None:  # slopes that no rule of the sweep knows: the others may
        ready = plan()
        whole = replace(task.problem, task.core, ready.state(len(ready.sweep.edges)))
        tail, result, outcome = _rest(whole, limits)
    record = Record(task.problem, task.core, task.start, plan, done, bare, tail)
    rewrites = Rewrites(record)
    d = _derivation(task, notes, result, rewrites, outcome, record, thread_time() - start)
    d.states = SweepStates(record, rewrites)
    return d


def _is_cheap(made: Computation, result: Expression | None) -> bool:
    """Whether functions and result together have at most CHEAP times the size of the functions."""
    if result is None:
        return True
    size = _size(made.nodes)
    return size + _size(postorder(result, frozenset(made.nodes))) <= CHEAP * size


def _size(nodes: Iterable[Expression]) -> int:
    """What leaves and operations of two operands come to; a matrix is none."""
    return sum([max(1, len(e.arguments) - 1) for e in nodes if type(e) is not Matrix])


def _rest(state: Expression, limits: Limits) -> tuple[Worked, Expression | None, Callable[[], Outcome]]:
    """What the usual rules make of a state after the sweep."""
    worked = work_out(state, _REVERSE, limits)
    return worked, worked.result, lambda: assemble.outcome_of(worked, _REVERSE)


def _derivation(
    task: Task, notes: tuple[Note, ...], result: Expression | None, rewrites: Sequence[tuple[Expression, Expression]],
    outcome: Outcome | Callable[[], Outcome], record: Record | None = None, seconds: float = 0.0,
) -> Derivation:  # fmt: skip
    return Derivation(
        task=task.name,
        problem=task.problem,
        result=result,
        rewrites=rewrites,
        outcome=outcome,
        method=_REVERSE.name,
        interpretation=notes,
        steps=lambda d: tuple(assemble.steps_of(record.worked, _REVERSE, d)) if record else (),
        conditions=lambda d: needs.sharp(record.worked)[0] if record else (),
        findings=lambda d: needs.sharp(record.worked)[1] if record else (),
        verification=evidence.verification,
        judged=evidence.judged,
        seconds=seconds,
    )


def _ends(task: Task, made: Computation, sweep: Sweep) -> Expression:
    """The row of adjoints of the variables, or the column of tangents of the outputs."""
    ends = made.variables if task.direction == "backward" else made.outputs
    found = [sweep.amounts[part] if part >= 0 else None for part in ends]
    cells = tuple([ZERO if a is None else a.written() for a in found])
    if task.flat:
        return cells[0]
    return make(Matrix, cells, len(cells) if task.direction == "backward" else 1)


def _within(limits: Limits, parts: int) -> Check:
    """The budget of a sweep: a step is an edge, a node what an edge makes."""
    deadline = monotonic() + limits.seconds

    def check(edges: int) -> None:
        if edges + 2 > limits.steps:
            raise LimitError(f"more than {limits.steps} steps", limit="steps", value=limits.steps)
        if parts + edges > limits.nodes:
            raise LimitError(f"more than {limits.nodes} nodes", limit="nodes", value=limits.nodes)
        if monotonic() > deadline:
            raise LimitError(f"more than {limits.seconds} seconds", limit="seconds", value=limits.seconds)

    return check


def _unbounded(edges: int) -> None:
    """The same sweep was within its budget before."""
