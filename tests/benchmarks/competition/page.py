"""Writes docs/reference/competition.md and its plots from what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import derive
from tests.benchmarks.competition import textbook
from tests.benchmarks.competition.aims import Aim, aims
from tests.benchmarks.competition.figures import Point, Run, Series, growth
from tests.benchmarks.competition.jobs import System
from tests.benchmarks.competition.measure import ALTOGETHER
from tests.benchmarks.competition.plot import chart
from tests.benchmarks.competition.problems import PROBLEMS, Problem

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reference" / "competition.md"
FOLDER = PAGE.with_suffix("")
FIGURES = FOLDER / "figures.json"
SYSTEMS = ("derive", "derive, forward", "SymEngine", "SymPy", "CasADi", "autograd", "JAX")
STYLES = {name: k for k, name in enumerate(SYSTEMS)} | {"derive, reverse": 1}
"""Each system keeps its colour and mark in every plot; the other way of ours is one of two, never both."""

HEAD = """# Side by side with other systems

<!-- written by `python -m tests.benchmarks.competition` -->

Derivatives of problems that grow, by derive and by what installs from PyPI, in one run on one machine. {machine}.
{versions}.

How to read it:

* **Time** is processor time of all threads, to derive and not to build the function, after one warm-up; what is short
  is the fastest of three. Each system works in a process of its own and may take {limit:g} s a stage, and
  {all:g} s a problem. Where it stops, and why, is said.
* **What is derived differs.** derive, SymPy, SymEngine and CasADi make formulas. derive alone keeps every step as data,
  with its rule and place (words, pictures and the numeric check are made when they are asked for). autograd runs the
  function with numbers, once forward and once back, and keeps no formula; JAX traces an array program into its own
  language. Both write a loop over n as one array operation, so their times hardly grow; a chain or a higher derivative
  they unroll.
* **Growth** is p in time ∝ n^p, by least squares in logarithms over the five largest n, times above 1 ms. For the
  Hessian and the n-th derivative it is taken over the shared size of the output instead of n.
* **Shared size** counts what differs once: leaves and binary operations of the function, then of the function with all
  its derivatives.
* **Memory** is what the process grew by at its peak while deriving; for derive also by how much for each distinct node
  of the function, its derivatives and what the log holds (a sweep's steps are written out when they are asked for).
* **One evaluation** is one call of the derivatives as a numeric function: derive's by `derive.compile(…)` in plain
  Python, SymPy's and SymEngine's by their `lambdify` with common parts taken out, CasADi's `Function`, JAX's compiled.
  "Build" is the time to make that function.
* {agreement}
"""


def machine() -> str:
    """What it ran on, without names."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    model = models[0] if models else platform.machine()
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def versions(systems: Sequence[System]) -> dict[str, str]:
    """Each system's, by its name."""
    return {
        s.NAME: derive.__version__ if s.NAME == "derive" else version(s.DISTRIBUTION)
        for s in systems
        if "," not in s.NAME
    }


def write(run: Run) -> None:
    """The page and a plot for each problem."""
    FOLDER.mkdir(exist_ok=True)
    for problem in PROBLEMS:
        (FOLDER / f"{problem.id}.svg").write_text(plot(run, problem), "utf-8")
    PAGE.write_text(page(run), "utf-8")


def page(run: Run) -> str:
    """The whole page."""
    names = ", ".join([f"{name} {v}" for name, v in run.versions.items()])
    parts = [
        HEAD.format(
            machine=run.machine, versions=names, limit=run.limit, all=ALTOGETHER * run.limit, agreement=agreement(run)
        )
    ]
    parts += ["## Aims", "", "| aim | measured | met |", "|---|---|---|", *[row(aim) for aim in aims(run)], ""]
    parts += _textbook(run)
    for problem in PROBLEMS:
        parts += _problem(run, problem)
    return "\n".join(parts)


def row(aim: Aim) -> str:
    met = "–" if aim.met is None else "yes" if aim.met else "**no**"
    return f"| {aim.what} | {aim.measured} | {met} |"


def _textbook(run: Run) -> list[str]:
    if not run.textbook:
        return []
    whole = (textbook.WORKED, textbook.SYMPY, textbook.SYMENGINE)
    rows = [f"| {name} | {ms:.3f} |" for name, ms in run.textbook.items() if name not in whole]
    rivals = [f"| {name} | {run.textbook[name]:.3f} |" for name in whole if name in run.textbook]
    return [
        "## Textbook set", "", "Milliseconds an expression, each stage over the whole set.", "",
        "| stage of derive | ms |", "|---|---|", *rows, "",
        "| whole job, from text, on the functions that SymPy reads too | ms |", "|---|---|", *rivals, "",
    ]  # fmt: skip


def _problem(run: Run, problem: Problem) -> list[str]:
    every = run.of(problem.id)
    measured = {p.n for s in every for p in s.done()}
    sizes = [n for n in problem.sizes if n in measured]
    shown = sizes if len(sizes) <= 6 else [n for n in sizes if str(n)[0] == "1"]
    over = "n" if problem.goal == "n" else "size"
    head = [
        f"## {problem.title}", "", f"{problem.what} Asked for: {problem.asked}.", "",
        f"![{problem.title}: seconds over n](competition/{problem.id}.svg)", "",
        f"| seconds to derive | {' | '.join([f'n = {n:,}' for n in shown])} | growth over {over} | stopped |",
        "|---|" + "---|" * len(shown) + "---|---|",
    ]  # fmt: skip
    rows = [_times(series, shown, problem) for series in every]
    return [*head, *rows, "", *_largest(every)]


def _times(series: Series, shown: Sequence[int], problem: Problem) -> str:
    by_n = {p.n: p for p in series.done()}
    cells = [seconds(by_n[n].derive) if n in by_n else "" for n in shown]
    p = growth(series, problem.goal)
    ends = "; ".join([e for e in series.ends if not e.startswith("evaluation")])
    return f"| {series.system} | {' | '.join(cells)} | {'' if p is None else f'{p:.2f}'} | {ends} |"


CLOSE = 1e-6
"""How far values may differ: sums of thousands of terms are added in different orders."""


def _largest(every: Sequence[Series]) -> list[str]:
    rows = []
    for series in every:
        done = series.done()
        if not done:
            continue
        p = done[-1]
        ready = [q for q in done if q.evaluate is not None]
        size = (
            f"{p.function:,} → {p.all:,}"
            if p.function and p.all and p.all > p.function
            else f"{p.all or '':,}"
            if p.all
            else ""
        )
        rows.append(f"| {series.system} | {p.n:,} | {size} | {memory(p, series)} | {_evaluation(ready)} |")
    return [
        "| at the largest n | n | shared size | memory | build, one evaluation |", "|---|---|---|---|---|", *rows, "",
    ] if rows else []  # fmt: skip


def _evaluation(ready: Sequence[Point]) -> str:
    if not ready:
        return ""
    p = ready[-1]
    return f"{seconds(p.build)}, {seconds(p.evaluate)} (n = {p.n:,})"


def memory(p: Point, series: Series) -> str:
    """`12.3 MB, 280 B a node`."""
    if p.kilobytes is None:
        return ""
    text = f"{p.kilobytes / 1000:.1f} MB" if p.kilobytes >= 1000 else "under 1 MB"
    if p.nodes and p.kilobytes >= 1000:
        text += f", {p.kilobytes * 1024 / p.nodes:.0f} B a node"
    return text


def seconds(t: float | None) -> str:
    """`0.00123  →  1.2 ms`."""
    if t is None:
        return ""
    for unit, scale in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if t * scale >= 1 or unit == "µs":
            value = t * scale
            return f"{value:.0f} {unit}" if value >= 99.5 else f"{value:.2g} {unit}"
    return ""


def in_range(x: float) -> bool:
    """Whether a value is well inside what doubles hold: beyond, the order of factors decides what comes out."""
    return 1e-290 < abs(x) < 1e290


def agreement(run: Run) -> str:
    """Whether the derivatives of all systems agree in value; each disagreement is said."""
    found = []
    compared = 0
    for problem in PROBLEMS:
        first: dict[int, tuple[str, float]] = {}
        for series in run.of(problem.id):
            for p in series.points:
                if p.check is None:
                    continue
                name, wanted = first.setdefault(p.n, (series.system, p.check))
                if not in_range(p.check) and not in_range(wanted):
                    continue
                compared += name != series.system
                if not abs(p.check - wanted) <= CLOSE * (abs(wanted) + 1e-9):
                    found.append(f"{problem.title}, n = {p.n:,}: {series.system} {p.check!r}, {name} {wanted!r}")
    if found:
        return f"**{len(found)} of {compared} values differ**: {'; '.join(found)}."
    words = f"The values of the derivatives were compared {compared} times between systems: they agree"
    return f"{words} (what is beyond doubles is left out)."


def plot(run: Run, problem: Problem) -> str:
    """The problem's curves."""
    curves = []
    about = []
    for series in run.of(problem.id):
        points = [(float(p.n), max(p.derive or 0.0, 1e-6)) for p in series.done()]
        if points:
            curves.append((series.system, STYLES[series.system], points))
            about.append(f"{series.system}: {seconds(points[-1][1])} at n = {points[-1][0]:,.0f}")
    label = "bytes" if problem.id == "parse" else "order" if problem.id == "nth" else "n"
    return chart(curves, f"{problem.title}: seconds to derive", "; ".join(about) + ".", label)
