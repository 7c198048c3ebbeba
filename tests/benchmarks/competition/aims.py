"""What the project aims at, beside what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from tests.benchmarks.competition import textbook
from tests.benchmarks.competition.figures import Point, Run, growth
from tests.benchmarks.competition.problems import PROBLEMS

STEEPEST = 1.15
RATIO = 5
BYTES = 400


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim in words, the figure that answers it, and whether it is met (None: nothing to compare with)."""

    what: str
    measured: str
    met: bool | None


def aims(run: Run) -> list[Aim]:
    """All of them."""
    rivals = [_against(run, *rival) for rival in RIVALS]
    return [*_growth(run), *_sizes(run), *rivals, _chain(run), *_textbook(run), *_memory(run)]


RIVALS = (
    ("Rosenbrock gradient, n = 1,000: 100 times faster than SymEngine", "rosenbrock", 1000, "SymEngine", 100),
    ("Rosenbrock gradient, n = 10,000: within 4 times of CasADi", "rosenbrock", 10_000, "CasADi", 1 / 4),
    ("tanh network, 2,001 weights: within 3 times of CasADi", "network", 2001, "CasADi", 1 / 3),
)
"""Words, problem, n, system, and how many times faster than it."""


def point(run: Run, system: str, problem: str, n: int) -> Point | None:
    series = run.find(system, problem)
    return next((p for p in series.done() if p.n == n), None) if series else None


def _growth(run: Run) -> list[Aim]:
    found = []
    for problem in PROBLEMS:
        series = run.find("derive", problem.id)
        p = growth(series, problem.goal) if series else None
        over = "n" if problem.goal == "n" else "the output's shared size"
        what = f"{problem.title}: growth at most {STEEPEST} over {over}"
        found.append(Aim(what, "too few points" if p is None else f"{p:.2f}", None if p is None else p <= STEEPEST))
    return found


def _sizes(run: Run) -> list[Aim]:
    found = []
    for problem in PROBLEMS:
        if problem.asked != "gradient":
            continue
        series = run.find("derive", problem.id)
        ratios = [(p.all / p.function, p.n) for p in series.done() if p.all and p.function] if series else []
        if ratios:
            what = f"{problem.title}: function with gradient at most {RATIO} times the function"
            (worst, n), (last, _) = max(ratios), ratios[-1]
            found.append(Aim(what, f"{last:.2f} times, at worst {worst:.2f} (n = {n:,})", worst <= RATIO))
    return found


def _against(run: Run, what: str, problem: str, n: int, rival: str, times: float) -> Aim:
    """Whether derive is `times` faster than the rival (a quarter: takes at most 4 times as long)."""
    ours, theirs = point(run, "derive", problem, n), point(run, rival, problem, n)
    if ours is None or theirs is None or not ours.derive or not theirs.derive:
        missing = "derive" if ours is None else rival
        return Aim(what, f"{missing} has no figure", None if ours else False)
    ratio = theirs.derive / ours.derive
    words = f"{ratio:.0f} times faster" if ratio >= 1 else f"{1 / ratio:.1f} times as long"
    return Aim(what, f"{ours.derive * 1000:.1f} ms and {theirs.derive * 1000:.1f} ms: {words}", ratio >= times)


def _chain(run: Run) -> Aim:
    words, fastest = [], inf
    for system, way in (("derive, reverse", "by the sweep"), ("derive", "by the rules, from the outside in")):
        p, series = point(run, system, "chain", 100_000), run.find(system, "chain")
        if p is not None and p.derive is not None:
            words.append(f"{p.derive:.2f} s {way}")
            fastest = min(fastest, p.derive)
        else:
            words.append(f"{series.ends[-1] if series and series.ends else 'not measured'} {way}")
    return Aim("Nested chain of 100,000 within 2 s", "; ".join(words), fastest <= 2)


def _textbook(run: Run) -> list[Aim]:
    ours, theirs = run.textbook.get(textbook.WORKED), run.textbook.get(textbook.SYMPY)
    if ours is None or theirs is None:
        return []
    what = "A textbook derivation with tidying, conditions, words and LaTeX: a tenth of SymPy's parse, diff and latex"
    return [Aim(what, f"{ours:.2f} ms of {theirs:.2f} ms: {ours / theirs:.0%}", ours <= theirs / 10)]


def _memory(run: Run) -> list[Aim]:
    """At the largest n of every problem, where it took enough to be measured; what is read has no log."""
    derived = [p.id for p in PROBLEMS if p.id != "parse"]
    return [
        Aim(f"Memory: at most {BYTES} bytes a distinct node{more}", words, worst <= BYTES if worst else None)
        for more, ids in ((", log included", derived), (" while a text is read", ["parse"]))
        for worst, words in [_worst(run, ids)]
    ]


def _worst(run: Run, problems: list[str]) -> tuple[float, str]:
    """(most bytes a distinct node, these in words with the problem) of derive, as it derives or reads by itself."""
    worst, words = 0.0, "nothing large enough"
    for problem in PROBLEMS:
        series = run.find("derive", problem.id) if problem.id in problems else None
        for p in series.done()[-1:] if series else []:
            if p.nodes and p.kilobytes and p.kilobytes >= 1000 and p.kilobytes * 1024 / p.nodes > worst:
                worst = p.kilobytes * 1024 / p.nodes
                words = f"{worst:.0f} B ({problem.title}, n = {p.n:,})"
    return worst, words
