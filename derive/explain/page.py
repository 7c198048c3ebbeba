"""The page of a derivation: what is shown, in which words and in which order; every format is a drawing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from derive.expressions import Equation, Expression, make
from derive.explain import requirements, words
from derive.explain.catalog import Segment, Segments, has, joined, message, text_of
from derive.explain.marking import changed
from derive.explain.showing import answered, shown
from derive.explain.outlining import SIMPLE, Item, is_idea, outline, results
from derive.notation import text
from derive.notation.rope import Memo
from derive.rules.simplest import implied
from derive.trace import Condition, Derivation, Step

MAX_ENTRIES = 200  # longest textbook derivation at detail full: below 100
MAX_ENTRIES_HUGE = 5  # of formulas deeper or larger than HUGE
HUGE = 1_000  # depth or width; a page of print has formulas below 100
MAX_STATES_HUGE = 20  # each costs time in proportion to the formula
MAX_INNER = 100  # single steps of one entry
MAX_RESULTS = 12  # results written side by side in one entry
MAX_FOLDED = 6  # small steps told beside the idea they belong to
MAX_FORMULA = 4_000  # characters of one formula on a page: a screen full
MAX_PARTS = MAX_FORMULA // 2  # distinct ones of such a formula: each is a sign at least, and what it stands between


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered line of the page: what was done, and the whole formula after it.

    before, after are what became what; `mark` is the part of `state` that changed; `Page.inner`, `Page.why` say more.
    """

    number: str
    title: Segments
    lines: tuple[Segments, ...]
    before: Expression | None
    after: Expression | None
    state: Expression | None  # None where the formula fills more than a page
    mark: Expression | None
    conditions: tuple[Segments, ...]
    item: Item


class Page:
    """A derivation in one language at one detail; its parts are made when they are first asked for."""

    def __init__(self, derivation: Derivation, detail: str = "standard", language: str = "en") -> None:
        self.derivation = derivation
        self.detail = detail
        self.language = language
        self.items = outline(derivation, detail)
        self.huge = max(_size(derivation.problem), _size(derivation.result)) > HUGE
        self.full = False  # whether a state was met that fills more than a page: no whole state is made after it
        self._texts: Memo = {}
        self._told: set[tuple[Expression, ...]] = set()  # conditions that the page has named already
        self.shown = self.items[: MAX_ENTRIES_HUGE if self.huge else MAX_ENTRIES]

    def word(self, name: str, **slots: Expression | str | int | Segments) -> Segments:
        """One of the page's own words."""
        return message(self.language, "words", name, slots)

    def plain(self, name: str) -> str:
        """One of the page's own words, as a string."""
        return text_of(self.language, "words", name)

    @property
    def problem(self) -> Expression:
        return shown(self.derivation.problem)

    @property
    def answer(self) -> Expression | None:
        """The result; None where nothing was worked out at all."""
        d = self.derivation
        if d.outcome == "unsound" or d.outcome.reason in _WITHOUT_ANSWER:
            return None
        return answered(d) if d.outcome == "done" or len(d.states) > 1 else None

    @property
    def flat(self) -> bool:
        """Whether brackets that only group are left out."""
        return self.detail != "full"

    @property
    def omitted(self) -> int:
        """How many steps the page does not show for their number."""
        return sum([len(item.steps) for item in self.items[len(self.shown) :]])

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple([self._entry(number, item) for number, item in enumerate(self.shown, 1)])

    @cached_property
    def notes(self) -> tuple[Segments, ...]:
        """How ambiguous input was read."""
        return tuple([words.note(n, self.language) for n in self.derivation.interpretation])

    @cached_property
    def outcome(self) -> tuple[Segments, ...]:
        """Why there is no complete answer; () when there is."""
        outcome = self.derivation.outcome
        if outcome.step is None:
            return words.outcome(outcome, self.language)
        wrong = self.derivation.steps[outcome.step]
        return words.outcome(outcome, self.language, wrong, self.numbers.get(wrong.index, 0))

    @cached_property
    def conditions(self) -> tuple[Segments, ...]:
        """Where the answer holds, each condition with its reason, or that it holds everywhere."""
        told = [requirements.finding(f, self.language) for f in self.derivation.findings]
        if told and self.derivation.outcome.reason in _POINTS:
            return tuple(told)  # what the function does there says more than 0 ≠ 0
        return (*requirements.domain(self.derivation, self.language), *told)

    @property
    def checked(self) -> bool:
        """Whether there is something that was checked: an answer, or one that is disproved."""
        return self.answer is not None or self.derivation.outcome == "unsound"

    @cached_property
    def evidence(self) -> Segments:
        return words.evidence(self.derivation.verification, self.language)

    @property
    def heading(self) -> Segments:
        """What stands over the answer."""
        if self.derivation.outcome == "done":
            return self.word("answer")
        finding = f"outcome.{self.derivation.outcome.reason}"
        if has(self.language, finding, "heading"):
            return message(self.language, finding, "heading")
        return self.word("partly" if self.answer is not None else "no-answer")

    @property
    def remarks(self) -> tuple[Segments, ...]:
        """What stands under the answer: why it is not complete, where it holds, how it was checked."""
        evidence = (self.evidence,) if self.checked else ()
        return (*self.outcome, *self.conditions, *evidence, *self.others)

    @cached_property
    def others(self) -> tuple[Segments, ...]:
        """Other methods by which it can be worked out, with the number of their steps."""
        return tuple([words.other_way(d, self.language) for d in self.derivation.alternatives])

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The number of the item that holds a step, by the step's index."""
        return {step.index: number for number, item in enumerate(self.items, 1) for step in item.steps}

    def _entry(self, number: int, item: Item) -> Entry:
        states = self.derivation.states
        before: Expression | None = None
        state: Expression | None = None
        if not self.full and (not self.huge or item.state <= MAX_STATES_HUGE):
            before, state = shown(states[item.start]), shown(states[item.state])
            self.full = distinct(state, MAX_PARTS) == MAX_PARTS
            if self.full:
                state = None
        lead = item.lead
        single = len(item.steps) == 1
        pairs = _pairs(item)
        return Entry(
            number=str(number),
            title=self.title(item),
            lines=tuple(self.lines(item)),
            before=lead.before if single else pairs[0][0] if len(pairs) == 1 else None,
            after=lead.after if single else pairs[0][1] if len(pairs) == 1 else None,
            state=state,
            mark=None if before is None or state is None else changed(before, state, self._alike),
            conditions=self._needed(item),
            item=item,
        )

    def _alike(self, a: Expression, b: Expression) -> bool:
        """Whether two expressions look the same on this page, where brackets that only group are not drawn."""
        if not self.flat or a.depth > HUGE:
            return False
        return text(a, flat=True, memo=self._texts) == text(b, flat=True, memo=self._texts)

    def _needed(self, item: Item) -> tuple[Segments, ...]:
        """The conditions of an entry; at detail full all of them, else those that no entry before it named."""
        found = [c for s in item.steps for c in s.conditions]
        if self.detail != "full":
            found = [c for c in found if c.alternatives not in self._told and not self._follows(c)]
            self._told.update([c.alternatives for c in found])
        return requirements.needed(found, self.language)

    def _follows(self, c: Condition) -> bool:
        """Whether a condition is weaker than one that the page has named: x != 0 after x > 0."""
        if len(c.alternatives) > 1 or c.along is not None:
            return False
        return implied(c.alternatives[0], [a[0] for a in self._told if len(a) == 1])

    def title(self, item: Item) -> Segments:
        if len(item.steps) > 1 and item.kind == "tidy":
            return self.word("tidy")
        if item.kind == "group":
            names = dict.fromkeys([words.name(s.rule, self.language) for s in item.steps if s.rule in _GROUPED])
            return joined([n if i == 0 else _lower(n, self.language) for i, n in enumerate(names)], ", ")
        if self.detail in ("brief", "standard") and not is_idea(item.lead):
            return self.word("tidy")
        return words.name(item.lead.rule, self.language)

    def lines(self, item: Item) -> Iterable[Segments]:
        """What an entry says beside its title."""
        pairs = _pairs(item)
        if item.kind == "tidy":
            first = {s.rule: s for s in reversed(item.steps)}
            rules = [s.rule for s in dict.fromkeys([first[s.rule] for s in item.steps])]
            told = [r for r in rules if r != "product.brackets"] or rules
            if len(told) > 3:  # how it is written is told only where there is room
                told = [r for r in told if first[r].weight != "cosmetic"] or told
            yield joined([self.what(first[r]) for r in told], self.plain("clauses"))
            return
        if item.kind == "group":
            for before, after in pairs[:MAX_RESULTS]:
                yield _equation(before, after)
            if len(pairs) > MAX_RESULTS:
                yield (Segment("text", "…"),)
            return
        lead = item.lead
        more = [s for s in item.folded if is_idea(s)]
        shown = words.book_formula(lead, self.language)
        if shown:
            yield shown
        if self.detail == "full" or not (shown or (more and lead.rule in _SEEN)):
            yield self.what(lead)
        if self.detail != "standard":
            return
        if lead.rule in SIMPLE and more and len(pairs) == 1:
            yield _equation(*pairs[0])
            return
        for step in more[:MAX_FOLDED]:
            plain = step.rule in ("derivative.constant", "derivative.variable")
            yield _equation(step.before, step.after) if plain else self.what(step)

    def what(self, step: Step) -> Segments:
        cited = self.numbers.get(step.cites, 0) if step.cites is not None else 0
        return words.what(step, self.language, cited)

    def why(self, entry: Entry) -> Segments:
        """One sentence of reason, where an entry is about one idea."""
        item = entry.item
        return words.why(item.lead, self.language) if item.kind == "step" or len(item.steps) == 1 else ()

    def inner(self, entry: Entry) -> list[Entry]:
        """The single steps of an entry that groups several; at detail full, its side calculation."""
        item = entry.item
        steps = item.steps[:MAX_INNER] if len(item.steps) > 1 else item.lead.steps if self.detail == "full" else ()
        return [self._single(f"{entry.number}.{index}", step) for index, step in enumerate(steps, 1)]

    def _single(self, number: str, step: Step) -> Entry:
        return Entry(
            number=number,
            title=words.name(step.rule, self.language),
            lines=(self.what(step),),
            before=step.before,
            after=step.after,
            state=step.after,
            mark=None,
            conditions=requirements.needed(step.conditions, self.language),
            item=Item("step", step, (step,)),
        )


def _pairs(item: Item) -> list[tuple[Expression, Expression]]:
    """What the operators of an item became."""
    if item.kind == "tidy":
        return []
    return [(item.lead.before, item.lead.after)] if len(item.steps) == 1 else results(item)


def distinct(e: Expression, most: int) -> int:
    """How many distinct parts an expression has, counted up to `most`."""
    seen = {e}
    stack = [e]
    while stack and len(seen) < most:
        new = [a for a in stack.pop().arguments if a not in seen]
        seen.update(new)
        stack.extend(new)
    return min(len(seen), most)


def _size(e: Expression) -> int:
    """Its depth, or its width near the top: a cheap sign of a formula that fills more than a page."""
    return max(e.depth, len(e.arguments), *[len(a.arguments) for a in e.arguments[:3]], 0)


def _equation(before: Expression, after: Expression) -> Segments:
    return (Segment("math", make(Equation, (before, after), "=")),)


def _lower(name: Segments, language: str) -> Segments:
    if language != "en":
        return name
    first = name[0]
    return (Segment(first.kind, str(first.content)[:1].lower() + str(first.content)[1:]), *name[1:])


_WITHOUT_ANSWER = frozenset(
    "undecided-there empty-domain improper-integral nowhere-differentiable rules-never-hold jump no-derivative "
    "vertical-tangent vertical-cusp not-defined-there".split()
)
"""Outcomes in which the last line of the steps is no answer."""
_POINTS = frozenset("jump no-derivative vertical-tangent vertical-cusp".split())
"""Outcomes about the one point that was asked for."""
_GROUPED = frozenset(
    f"derivative.{n}" for n in ("linear", "constant-multiple", "constant-denominator", "power", "power-parameter")
)
_SEEN = frozenset({"derivative.linear", "derivative.negation"})
"""Rules whose words only repeat what became what."""
