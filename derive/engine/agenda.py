"""The engine: works an expression out by a method and logs every rewriting, at a cost in proportion to its steps.

Two phases take turns until no operator is left that a rule can work on: *operators* (operators.py), and *tidying*
(tidying.py). A step rewrites one subexpression wherever it occurs, so that equal parts are worked out once.
"""

from __future__ import annotations

from derive.engine.doubling import doubled
from derive.engine.islands import is_promising, islands
from derive.engine.log import CITE, Limits, Log, Rewrite
from derive.engine.operators import Operators
from derive.engine.quiet import quiet_collector
from derive.engine.spelling import spelled
from derive.engine.tidying import Tidying
from derive.errors import LimitError
from derive.expressions import Derivative, Expression, Quotient, integer_value, make, postorder, rational_value
from derive.rules import Facts
from derive.strategy import Method
from derive.strategy.methods import READY
from derive.trace import Condition, Finding

__all__ = ["CITE", "Limits", "Rewrite", "Worked", "work_out"]


class Worked:
    """The result of working an expression out: the log, what came of it, what no rule could work on."""

    __slots__ = ("assumed", "bound", "facts", "limit", "log", "problem", "result", "sharp", "stuck")

    def __init__(self, problem: Expression, facts: Facts) -> None:
        self.problem = problem
        self.result: Expression | None = None  # None when a limit was hit: then the last state is the result
        self.facts = facts
        self.log: list[Rewrite] = []
        self.stuck: list[Expression] = []
        self.limit: LimitError | None = None
        self.assumed: dict[int, tuple[Condition, ...]] = {}  # step → what it assumes, when it has been asked for
        self.sharp: tuple[tuple[Condition, ...], tuple[Finding, ...]] | None = None  # conditions, when asked for
        self.bound: frozenset[Expression] | None = None  # letters that limits bind, when they have been asked for


@quiet_collector()
def work_out(problem: Expression, method: Method, limits: Limits | None = None) -> Worked:
    """`problem` worked out by `method`; when a limit is hit, the log so far stands and `limit` says which."""
    log = Log(limits or Limits())
    root = log.interner.intern(problem)
    nodes = postorder(root)
    worked = Worked(root, Facts.within(nodes))
    worked.facts.clock = log.clock
    worked.facts.terms = log.limits.terms
    worked.log = log.entries
    stages = [method]
    while stages[-1].before is not None:
        stages.append(stages[-1].before)
    try:
        _check_orders(nodes, log.limits.order)
        for stage in reversed(stages):
            tidying = Tidying(log, stage.tidying, worked.facts)
            root = _by(stage, root, log, tidying, worked)
        root = _in_form(method, root, log, tidying, worked)
        root = _finished(method, root, log, tidying, worked)
    except LimitError as limit:
        worked.limit = limit
    else:
        worked.result = root
    log.clock.stop()
    return worked


def _by(method: Method, root: Expression, log: Log, tidying: Tidying, worked: Worked) -> Expression:
    """`root` worked out by one method: operators and tidying in turns."""
    operators = Operators(log, method, worked.facts)
    while True:
        log.check()
        agenda = operators.found_in(root)
        if agenda:
            operators.work(agenda)
            worked.stuck = list(operators.stuck)
            root = operators.resolve(root)
        tidy = tidying.tidy(root)
        if not agenda and tidy is root:
            return root
        root = _ready_again(method, tidy, log, tidying, worked)


def _ready_again(method: Method, root: Expression, log: Log, tidying: Tidying, worked: Worked) -> Expression:
    """d/dx(d/dx(u)) with u in the form of a result, where fractions stand in fractions: they would multiply."""
    operators: list[Expression] = []
    u = root
    while type(u) is Derivative:
        operators.append(u)
        u = u.arguments[0]
    if not operators or u.open or method.form != READY or not _is_nested_fraction(u):
        return root
    made = _in_form(method, u, log, tidying, worked)
    for d in reversed(operators):
        made = log.interner.intern(make(Derivative, (made, *d.arguments[1:]), d.label))
    return made


def _is_nested_fraction(u: Expression) -> bool:
    """Whether a fraction stands in a fraction, be it in a sum: (1 - x/y)/(x + y), but not x/2/y or y^(1/2)/x."""
    within: set[Expression] = set()
    for e in postorder(u):
        has_inner = not within.isdisjoint(e.arguments)
        is_fraction = type(e) is Quotient and rational_value(e) is None
        if is_fraction and has_inner:
            return True
        if is_fraction or has_inner:
            within.add(e)
    return False


def _in_form(method: Method, root: Expression, log: Log, tidying: Tidying, worked: Worked) -> Expression:
    """`root`, which is tidy, in the form that the method gives its results, where something may come of that."""
    if not method.form or (root.open and method.keeps is None):
        return root
    if method.form == READY:
        found = islands(root, sums=True)
        plain = {island for island in found if not is_promising(island, worked.facts)}
        if len(plain) == len(found):
            return root
        from derive.engine.polishing import polished  # loaded where there is something to polish

        return polished(root, method.form, log, tidying, worked.facts, plain)
    if method.form == "simplified":
        from derive.engine.smallest import smallest

        return smallest(root, log, tidying, worked.facts)
    from derive.engine.requested import brought

    return brought(root, method.form, log, tidying, worked.facts)


def _finished(method: Method, root: Expression, log: Log, tidying: Tidying, worked: Worked) -> Expression:
    """`root` as a last line: what would have been in the way of combining terms is done when that is over."""
    if not method.form:
        return root
    last = doubled(root, log, tidying, worked.facts)
    if last is not root and method.form == READY:  # sin(x) stood there as 2*sin(x/2)*cos(x/2)
        last = doubled(_in_form(method, last, log, tidying, worked), log, tidying, worked.facts)
    return spelled(last, log, worked.facts)


def _check_orders(nodes: list[Expression], most: int) -> None:
    for node in nodes:
        if type(node) is Derivative and any((integer_value(n) or 0) > most for n in node.arguments[2::2]):
            raise LimitError(f"a derivative of an order above {most}", limit="order", value=most)
