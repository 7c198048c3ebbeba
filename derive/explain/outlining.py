"""Detail is a view: the same steps, grouped as a teacher would show them; none is dropped, nothing is worked out again.

answer    no steps
brief     the ideas; everything else is folded into them
standard  an item an idea; simple derivatives side by side are one item, so is all tidying between two ideas
full      an item a step
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from derive.errors import UsageError
from derive.expressions import Expression, Negation, Sum, is_operator, postorder
from derive.trace import Derivation, Detail, Step

DETAILS: tuple[Detail, ...] = ("answer", "brief", "standard", "full")
Kind: TypeAlias = Literal["step", "group", "tidy"]


@dataclass(frozen=True, slots=True)
class Item:
    """Consecutive steps shown as one: `lead` gives the title, `state` is the index of the state after the last.

    step  one idea, with the trifles that belong to it · group  simple derivatives side by side · tidy  only tidying
    """

    kind: Kind
    lead: Step
    steps: tuple[Step, ...]

    @property
    def start(self) -> int:
        """The index of the state before its first step."""
        return self.steps[0].index

    @property
    def state(self) -> int:
        return self.steps[-1].index + 1

    @property
    def folded(self) -> tuple[Step, ...]:
        """The steps besides the lead."""
        return tuple([s for s in self.steps if s is not self.lead])


def outline(derivation: Derivation, detail: str = "standard") -> tuple[Item, ...]:
    """The derivation's steps as the items of a page, in order; () at detail "answer"."""
    if detail not in DETAILS:
        raise UsageError(f"no detail {detail!r}; there are {', '.join(DETAILS)}")
    steps = derivation.steps
    if detail == "answer":
        return ()
    if detail == "full":
        return tuple([Item("step" if is_idea(s) else "tidy", s, (s,)) for s in steps])
    items: list[Item] = []
    for run in _runs(steps):
        if is_idea(run[0]):
            items += _ideas(run)
        elif items and not any(_is_visible(s) for s in run):
            items[-1] = Item(items[-1].kind, items[-1].lead, (*items[-1].steps, *run))
        else:
            items.append(Item("tidy", run[0], tuple(run)))
    return tuple(_brief(items) if detail == "brief" else items)


def is_idea(step: Step) -> bool:
    """Whether the step is more than tidying: it works on an operator, or states or changes what is asked."""
    return step.weight == "major" or is_operator(step.before) or step.rule.partition(".")[0] not in TIDYING


TIDYING = frozenset(
    "absolute arithmetic call derivation exponential hyperbolic integral logarithm matrix negation piecewise power "
    "product quotient root substitution sum summation trigonometry".split()
)
"""Topics whose minor rules only tidy."""


SIMPLE = frozenset(
    f"derivative.{name}"
    for name in (
        "constant variable negation constant-terms linear constant-multiple constant-denominator power power-parameter"
    ).split()
)
"""Rules that a textbook uses on several terms at once."""
FOLDED = frozenset(f"derivative.{name}" for name in ("constant", "variable", "negation", "constant-terms")) | {
    "limit.constant-factor", "limit.constant",
}  # fmt: skip
"""Rules that a textbook does not give a line of their own, where there is another line."""


_TRAILING = frozenset(("derivative.constant", "derivative.variable", "limit.constant"))
"""Of these, the ones that belong to the line before."""


def _runs(steps: Sequence[Step]) -> Iterator[list[Step]]:
    """Stretches of ideas, and of tidying."""
    run: list[Step] = []
    for step in steps:
        if run and is_idea(run[0]) != is_idea(step):
            yield run
            run = []
        run.append(step)
    if run:
        yield run


def _is_visible(step: Step) -> bool:
    """Whether a tidying step can be seen where brackets that only group are not drawn."""
    if step.rule == "sum.brackets":
        return any([type(t) is Negation and type(t.arguments[0]) in (Sum, Negation) for t in step.before.arguments])
    return step.rule != "product.brackets"


def _ideas(run: list[Step]) -> list[Item]:
    """An item an idea; trifles go to the idea that they prepare, else to the one before."""
    items: list[list[Step]] = []
    waiting: list[Step] = []
    simple = False  # whether the last item is a group that a simple derivative may join
    for step in run:
        if step.rule in FOLDED:
            if items and not waiting and step.rule in _TRAILING:
                items[-1].append(step)
            else:
                waiting.append(step)
            continue
        if simple and step.rule in SIMPLE:
            items[-1] += [*waiting, step]
        else:
            items.append([*waiting, step])
            simple = step.rule in SIMPLE
        waiting = []
    if waiting:
        if items:
            items[-1] += waiting
        else:
            items.append(waiting)
    return [_item(steps) for steps in items]


def _item(steps: list[Step]) -> Item:
    ideas = [s for s in steps if s.rule not in FOLDED]
    if len(ideas) > 1:
        return Item("group", ideas[0], tuple(steps))
    return Item("step", ideas[0] if ideas else steps[0], tuple(steps))


def _brief(items: list[Item]) -> list[Item]:
    """Only the ideas; a derivation without any keeps its first item."""
    kept: list[Item] = []
    for item in items:
        idea = item.kind == "step" and item.lead.weight == "major" and item.lead.rule not in SIMPLE
        if kept and not idea:
            kept[-1] = Item(kept[-1].kind, kept[-1].lead, kept[-1].steps + item.steps)
        elif kept and kept[-1].kind != "step":
            kept[-1] = Item("step", item.lead, kept[-1].steps + item.steps)
        else:
            kept.append(item)
    return kept


MAX_RESULTS = 60  # steps looked at: an item shows a dozen results


def results(item: Item) -> list[tuple[Expression, Expression]]:
    """What each operator that an item worked out became, the later steps put into it: d/dx(3*x^2) → 3*(2*x)."""
    found: list[tuple[Expression, Expression]] = []
    home: dict[Expression, int] = {}
    for step in item.steps[:MAX_RESULTS]:
        if not is_idea(step):
            break
        index = home.get(step.before)
        if index is None:
            index = len(found)
            found.append((step.before, step.after))
        else:
            before, after = found[index]
            found[index] = before, after.replace(step.before, step.after)
        for node in postorder(step.after):
            if is_operator(node):
                home.setdefault(node, index)
    return found
