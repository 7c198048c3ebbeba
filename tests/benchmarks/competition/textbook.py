"""The textbook set: what each stage takes, and the same set by SymPy and SymEngine, in milliseconds an expression."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from tests.benchmarks import stages

ROUNDS = 3
WORKED = "derive: parse, differentiate, tidy, conditions, words, LaTeX of every state"
SYMPY = "SymPy: parse, diff, latex"
SYMENGINE = "SymEngine: parse, diff"


def milliseconds() -> dict[str, float]:
    """Each stage of ours over the whole set, then the whole job of each system on the functions that all read."""
    cases = stages.textbook()
    stages.everything(cases, tuple(stages.STAGES))  # rules compiled, catalogs read
    figures = {name: _stage(cases, name) for name in stages.STAGES}
    known = stages.sympy_cases(cases)
    figures[WORKED] = _whole(lambda: stages.everything(known, stages.WORKED), len(known), ROUNDS)
    figures[SYMPY] = _whole(lambda: [stages.sympy_one(*case) for case in known], len(known), 1)
    readable = [case for case in known if _symengine(*case)]
    if readable:
        figures[SYMENGINE] = _whole(lambda: [_symengine(*case) for case in readable], len(readable), ROUNDS)
    return figures


def _stage(cases: list[stages.Case], name: str) -> float:
    times = []
    for _ in range(ROUNDS):
        works = stages.prepared(cases, name)
        start = process_time()
        stages.run(works, name)
        times.append(process_time() - start)
    return min(times) / len(cases) * 1000


def _whole(action: Callable[[], object], count: int, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = process_time()
        action()
        times.append(process_time() - start)
    return min(times) / count * 1000


def _symengine(source: str, variables: tuple[str, ...]) -> bool:
    """Whether SymEngine reads and differentiates it."""
    try:
        import symengine

        e = symengine.sympify(source.replace("^", "**"))
        for name in variables:
            e = e.diff(symengine.Symbol(name))
    except Exception:  # noqa: BLE001 - whatever it raises, the case is left out on its side
        return False
    return bool(str(e))
