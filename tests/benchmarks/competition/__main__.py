"""`python -m tests.benchmarks.competition` measures everything once more and writes docs/reference/competition.md.

`--page` writes the page again from the stored figures; `--problems` and `--systems` measure a part and print it.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from time import monotonic

from tests.benchmarks.competition import page, textbook
from tests.benchmarks.competition.figures import Run, growth, load
from tests.benchmarks.competition.measure import measure
from tests.benchmarks.competition.problems import BY_ID, PROBLEMS, Problem
from tests.benchmarks.competition.systems import SYSTEMS, system

LIMIT = 6.0
"""Seconds a stage may take; a run of everything takes about ten minutes."""


def present() -> list[str]:
    """The systems whose packages are installed; the others are named on standard error."""
    found = []
    for module in SYSTEMS:
        package = module.partition("_")[0]
        if package != "ours" and find_spec(package) is None:
            sys.stderr.write(f"{package} is not installed: left out\n")
        else:
            found.append(module)
    return found


def run(problems: list[Problem], modules: list[str], limit: float) -> Run:
    """Every system at every problem, said on standard error as it goes."""
    systems = {module: system(module) for module in modules}
    result = Run(page.machine(), page.versions(list(systems.values())), limit)
    for problem in problems:
        for module, it in systems.items():
            if problem.id not in it.JOBS:
                continue
            start = monotonic()
            series = measure(it.NAME, module, problem, limit)
            result.series.append(series)
            p = growth(series, problem.goal)
            times = " ".join([f"{point.n}:{point.derive:.4f}" for point in series.done()])
            sys.stderr.write(
                f"{problem.id:13}{it.NAME:17}{'' if p is None else f'n^{p:.2f}':8}{times} "
                f"[{'; '.join(series.ends)}] {monotonic() - start:.0f} s\n"
            )
    return result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--problems", nargs="*", choices=list(BY_ID))
    options.add_argument("--systems", nargs="*", choices=SYSTEMS)
    options.add_argument("--limit", type=float, default=LIMIT)
    options.add_argument("--page", action="store_true")
    asked = options.parse_args()
    if asked.page:
        page.write(load(page.FIGURES))
        return
    problems = [BY_ID[p] for p in asked.problems] if asked.problems else list(PROBLEMS)
    result = run(problems, asked.systems or present(), asked.limit)
    if not asked.problems and not asked.systems:
        result.textbook = textbook.milliseconds()
        result.save(page.FIGURES)
        page.write(result)


if __name__ == "__main__":
    main()
