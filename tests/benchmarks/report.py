"""`python -m tests.benchmarks.report` measures everything once more and writes docs/reference/benchmarks.md."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from time import process_time

import derive
from tests.benchmarks import stages

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
ROUNDS = 3


def best(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of processor time of the fastest of some rounds."""
    times = []
    for _ in range(rounds):
        start = process_time()
        action()
        times.append(process_time() - start)
    return min(times)


def cold(command: list[str]) -> float:
    """Seconds of processor time of a fresh process, the fastest of five."""

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(5):
        start = children()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        times.append(children() - start)
    return min(times)


def machine() -> str:
    """What it ran on, without names."""
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        model = models[0] if models else model
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"SymPy {version('sympy')}, python-flint {version('python-flint')}"
    )


def stage_rows(cases: list[stages.Case]) -> list[str]:
    rows = []
    for name in stages.STAGES:
        times = []
        for _ in range(ROUNDS):
            works = stages.prepared(cases, name)
            start = process_time()
            stages.run(works, name)
            times.append(process_time() - start)
        rows.append(f"| {name} | {min(times) / len(cases) * 1000:.3f} |")
    return rows


def page() -> str:
    """The page, measured now."""
    cases = stages.textbook()
    stages.everything(cases, tuple(stages.STAGES))  # rules compiled, catalogs read
    rows = stage_rows(cases)
    operators = [(derive.parse(source), stages.symbol(variables[0])) for source, variables in cases]
    bare = best(lambda: stages.without_tidying(operators)) / len(cases) * 1000
    known = stages.sympy_cases(cases)

    def ours(*names: str) -> float:
        return best(lambda: stages.everything(known, names)) / len(known) * 1000

    names = list(stages.STAGES)
    short, worked, told, full = ours(*names[:2]), ours(*names[:6]), ours(*names[:8]), ours(*names)
    theirs = best(lambda: [stages.sympy_one(*case) for case in known], rounds=1) / len(known) * 1000
    chains = []
    for n in (10, 100, 1000, 10_000):
        e = stages.nested_sines(n)
        seconds = best(lambda e=e: derive.differentiate(e, "x"))  # type: ignore[misc]
        chains.append(f"| {n:,} | {seconds * 1000:.2f} | {seconds / n * 1_000_000:.1f} |")
    start = cold([sys.executable, "-m", "derive", "d/dx x^2*sin(x)"])
    python = cold([sys.executable, "-c", "pass"])
    other = cold([sys.executable, "-c", "import sympy"])
    return "\n".join([
        "# How long things take",
        "",
        "<!-- written by `python -m tests.benchmarks.report` -->",
        "",
        f"Milliseconds of processor time, the fastest of {ROUNDS} rounds. {machine()}.",
        "",
        f"## A textbook's {len(cases)} functions",
        "",
        "| stage, every derivation with all its steps | ms an expression |",
        "|---|---|",
        *rows,
        f"| *the rules of differentiation alone, without tidying* | {bare:.3f} |",
        "",
        f"## Against SymPy, in one run, on the {len(known)} functions that it reads too",
        "",
        "| from text | ms an expression | of SymPy's time |",
        "|---|---|---|",
        f"| SymPy: `parse_expr` + `diff` + `latex`, no steps, cache cleared before each | {theirs:.3f} | 100 % |",
        f"| parse + differentiate + tidy, every step logged | {short:.3f} | {short / theirs:.0%} |",
        f"| the same + bindings, conditions, words, LaTeX of every state | {worked:.3f} | {worked / theirs:.0%} |",
        f"| the same + numeric check + a page of words, every step | {told:.3f} | {told / theirs:.0%} |",
        f"| the same + a LaTeX page + JSON | {full:.3f} | {full / theirs:.0%} |",
        "",
        "## A chain of nested sines",
        "",
        "| depth | ms | µs a step |",
        "|---|---|---|",
        *chains,
        "",
        "## Cold start",
        "",
        "| fresh process | ms of processor time |",
        "|---|---|",
        f"| `derive \"d/dx x^2*sin(x)\"` | {start * 1000:.0f} |",
        f"| `python -c \"import sympy\"` | {other * 1000:.0f} |",
        f"| `python -c \"pass\"` | {python * 1000:.0f} |",
        "",
    ])  # fmt: skip


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(PAGE.read_text("utf-8"))
