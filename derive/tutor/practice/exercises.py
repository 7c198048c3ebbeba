"""Exercises: problem, answer, number of steps, distractors that are the answers of named mistakes; no two alike."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from derive.engine import Limits, solve, work_out
from derive.errors import DeriveError, UsageError
from derive.expressions import Expression, Number, Symbol, natural, postorder, replace_all, symbol, symbols, tree_size
from derive.notation import latex, text
from derive.numeric import compare, verify
from derive.rules import Facts
from derive.trace import Derivation
from derive.tutor.practice.fill import problem as written
from derive.tutor.practice.topics import TOPICS, Topic, label, topic
from derive.tutor.check import method_of, used
from derive.tutor.judging import comparable, where
from derive.tutor.suspects import suspects

LEVELS = range(1, 6)
TRIES = 60  # candidates looked at for one exercise; the hardest topic keeps one in four
LARGEST = 60  # nodes of an answer that a student is asked for
MOST = 200
LIMITS = Limits(steps=400, nodes=40_000, seconds=60)  # not the clock but the steps decide: a seed gives one set
_STRICT = ConfigDict(arbitrary_types_allowed=True, defer_build=True)


@dataclass(frozen=True, config=_STRICT)
class Distractor:
    """A wrong answer, and the mistake that leads to it."""

    answer: Expression
    mistake: str
    rule: str


@dataclass(frozen=True, config=_STRICT)
class Exercise:
    """One exercise. `problem` is text that `solve` and `check` read; `steps` counts the ideas of its solution.

    components  the knowledge components (topics) of the rules in its solution
    """

    topic: str
    difficulty: int
    seed: int
    problem: str
    answer: Expression
    steps: int
    rules: tuple[str, ...]
    components: tuple[str, ...]
    distractors: tuple[Distractor, ...]

    def derivation(self) -> Derivation:
        """The explained solution."""
        return solve(self.problem)

    def to_dict(self) -> dict[str, Any]:
        """The exercise as JSON-ready data."""
        return {
            "topic": self.topic, "difficulty": self.difficulty, "seed": self.seed, "problem": self.problem,
            "answer": {"text": text(self.answer), "latex": latex(self.answer)}, "steps": self.steps,
            "rules": list(self.rules), "components": list(self.components),
            "distractors": [
                {"text": text(d.answer), "latex": latex(d.answer), "mistake": d.mistake, "rule": d.rule}
                for d in self.distractors
            ],
        }  # fmt: skip


def practice(
    topic: str = "chain-rule", difficulty: int = 2, seed: int = 1, count: int = 10, distractors: int = 3
) -> tuple[Exercise, ...]:
    """`count` exercises on a topic, the same ones for the same seed; fewer where a topic has no more that differ.

    difficulty  1 to 5. Raises UsageError for a topic or a number that does not exist.
    """
    chosen = _checked(topic, difficulty, count)
    rng = Random(f"{topic}/{difficulty}/{seed}")  # noqa: S311 - repeatable, not secret
    found: list[Exercise] = []
    skeletons: dict[Expression, int] = {}
    facts = Facts()
    for _ in range(count):
        best: Exercise | None = None
        for _ in range(TRIES):
            candidate = _candidate(chosen, difficulty, seed, rng, distractors)
            if candidate is None:
                continue
            exact, shape = _keys(candidate, facts)
            if exact in skeletons:
                continue
            if shape not in skeletons:
                best = candidate
                break
            best = best or candidate
        if best is None:
            break
        for key in _keys(best, facts):
            skeletons[key] = skeletons.get(key, 0) + 1
        found.append(best)
    return tuple(found)


def _checked(name: str, difficulty: int, count: int) -> Topic:
    if difficulty not in LEVELS:
        raise UsageError(f"the difficulty is from {LEVELS[0]} to {LEVELS[-1]}, not {difficulty}")
    if not 1 <= count <= MOST:
        raise UsageError(f"from 1 to {MOST} exercises can be made at once, not {count}")
    return topic(name)


def _candidate(chosen: Topic, difficulty: int, seed: int, rng: Random, distractors: int) -> Exercise | None:
    """An exercise that is fit for a student, or None."""
    problem = written(chosen.id, difficulty, rng)
    try:
        d = solve(problem, limits=LIMITS)
    except DeriveError:
        return None
    rules = tuple(dict.fromkeys([s.rule for s in d.steps]))
    if d.outcome != "done" or tree_size(d.result) > LARGEST or not set(chosen.rules) & set(rules):
        return None
    if any(type(n) is Number and len(str(n.label)) > 5 for n in postorder(d.result)) or not symbols(d.result):
        return None
    if verify(d.problem, d.result, conditions=where(d)).verdict != "agrees":
        return None
    wrong = tuple(_distractors(d, set(chosen.rules), distractors))
    major = [s for s in d.steps if s.weight == "major"]
    components = tuple(dict.fromkeys([label(r) for r in rules]))
    return Exercise(chosen.id, difficulty, seed, problem, d.result, len(major), rules, components, wrong)


def _distractors(d: Derivation, drilled: set[str], count: int) -> Iterator[Distractor]:
    """The answers of mistakes, those of the drilled rules first, each of another value."""
    if not count:
        return
    made = sorted(
        [s for s in suspects(list(d.states[:2]), used(d)[:2]) if s.rule], key=lambda s: s.rule not in drilled
    )  # fmt: skip
    made += [s for s in suspects(list(d.states), used(d)) if s.rule.startswith("derivative.")]
    known, method = [d.result], method_of(d)
    for suspect in made:
        worked = work_out(suspect.state, method, LIMITS)
        answer = worked.result
        if answer is None or not _is_plausible(answer, d.result):
            continue
        if any(compare(*comparable(other, answer), points=4).verdict != "different" for other in known):
            continue
        known.append(answer)
        yield Distractor(answer, suspect.mistake, suspect.rule)
        if len(known) > count:
            return


def _is_plausible(answer: Expression, right: Expression) -> bool:
    """Whether a wrong answer can stand beside the right one: as long as that, of the same letters, worked out."""
    size, usual = tree_size(answer), tree_size(right)
    return usual // 3 <= size <= 2 * usual + 6 and bool(symbols(answer)) and not answer.open


def _keys(exercise: Exercise, facts: Facts) -> tuple[Expression, Expression]:
    """The problem up to the names of its letters, and up to its numbers as well."""
    problem = exercise.derivation().problem
    nodes = postorder(problem)
    letters = dict.fromkeys(n for n in nodes if type(n) is Symbol)
    renamed = replace_all(problem, {n: symbol(f"x_{k}") for k, n in enumerate(letters)})
    numbers: dict[Expression, Expression] = {
        n: natural(2) for n in postorder(renamed) if type(n) is Number and n.label not in (0, 1)
    }
    return facts.representative(renamed), facts.representative(replace_all(renamed, numbers))


__all__ = ["TOPICS", "Distractor", "Exercise", "practice"]
