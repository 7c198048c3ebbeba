"""`python -m tests.benchmarks.diagnosis` makes every known mistake and writes docs/reference/diagnosis.md.

--only TEXT   only mistakes of rules that begin so; what was measured of the others is kept
--part I/N    only the I-th of N parts, so that several processes share the work
--rest        only mistakes of which nothing is kept
--count N     problems for each mistake, 50 unless told
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.diagnosing import cases, subjects, told
from tests.benchmarks.report import ROOT, machine

PAGE = ROOT / "docs" / "reference" / "diagnosis.md"
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "derive-benchmarks" / "diagnosis"
COUNT = 50
AIM = 0.95
GOOD = ("named", "same")
LISTED = 3  # failures shown for a mistake
SHOWN = 80  # characters of a formula in a list
ABOUT = """\
# Mistakes that are recognized

<!-- written by `python -m tests.benchmarks.diagnosis` -->

Every known mistake is made on random problems on which it changes the value, every second one a part of a larger
problem. The wrong line is worked out to the end without further mistakes, and only that answer is shown to `check`. At
most {count} problems a mistake: some places have fewer. {machine}.

| | |
|---|---|"""


@dataclass(frozen=True)
class Row:
    """What was said of the wrong answers of one mistake; times in ms."""

    rule: str
    mistake: str
    said: dict[str, int]
    times: list[float]
    failures: list[tuple[str, str, str]]

    @property
    def problems(self) -> int:
        return sum(self.said.values())

    @property
    def share(self) -> float:
        """Of the problems, how many were explained at first place by this mistake or one with the same answer."""
        return sum(self.said.get(k, 0) for k in GOOD) / self.problems if self.problems else 0.0


def measure(only: str, part: int, parts: int, count: int, rest: bool) -> None:
    """A row for every mistake of rules that begin with `only`, each kept as soon as it is there."""
    for number, (_, rule, mistake) in enumerate(subjects()):
        if not rule.id.startswith(only) or number % parts != part:
            continue
        if rest and (KEPT / f"{mistake.id}.json").exists():
            continue
        answers = [told(mistake.id, case) for case in cases(rule, mistake, count)]
        failures = [(t.said, t.problem, t.answer) for t in answers if t.said not in GOOD]
        times = [t.seconds * 1000 for t in answers]
        said = dict(Counter(t.said for t in answers))
        row = Row(rule.id, mistake.id, said, times, failures[:LISTED])
        (KEPT / f"{mistake.id}.json").write_text(json.dumps(asdict(row)), "utf-8")
        sys.stderr.write(f"{rule.id} {mistake.id} {said}\n")


def page(rows: list[Row], count: int) -> str:
    """The table and what it comes to."""
    times = sorted(t for r in rows for t in r.times)
    tried = [r for r in rows if r.problems]
    reached = [r for r in tried if r.share >= AIM]
    total = sum(r.problems for r in tried)
    good = sum(r.said.get(k, 0) for r in tried for k in GOOD)
    named = sum(r.said.get("named", 0) for r in tried)
    p95 = quantiles(times, n=20)[-1]
    lines = [ABOUT.format(count=count, machine=machine())]
    figures = {
        "mistakes": len(rows),
        "wrong answers": f"{total:,}",
        "explained at first place, by it or by another one with the same answer": f"{good:,} ({good / total:.2%})",
        "by that very mistake": f"{named:,} ({named / total:.1%})",
        f"mistakes explained in at least {AIM:.0%} of their problems": f"{len(reached)} of {len(tried)}",
        "ms of processor time, the derivation included: median, 95 %, longest":
            f"{median(times):.1f}, {p95:.0f}, {times[-1]:.0f}",
    }  # fmt: skip
    lines += [f"| {what} | {value} |" for what, value in figures.items()]
    lines += ["", "## Below the aim", ""]
    below = [r for r in tried if r.share < AIM]
    lines += [] if below else ["None."]
    for r in below:
        lines.append(f"* `{r.mistake}` of `{r.rule}`: {r.share:.0%} of {r.problems}")
        lines += [f"  * {said}: `{_short(p)}` answered `{_short(a)}`" for said, p, a in r.failures]
    none = [r for r in rows if not r.problems]
    if none:
        lines += ["", "No problem was found on which these change the value of the whole: "
                  + ", ".join(f"`{r.mistake}`" for r in none) + "."]  # fmt: skip
    lines += ["", "## Every mistake", ""]
    lines += [
        "| rule | mistake | problems | explained | by its name | median ms | 95 % ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in tried:
        slow = quantiles(r.times, n=20)[-1] if len(r.times) > 1 else r.times[0]
        own = r.said.get("named", 0) / r.problems
        cells = (r.rule, r.mistake, r.problems, f"{r.share:.0%}", f"{own:.0%}", f"{median(r.times):.0f}", f"{slow:.0f}")
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def kept() -> list[Row]:
    """What was measured of every mistake that there is."""
    files = [KEPT / f"{mistake.id}.json" for _, _, mistake in subjects()]
    return [Row(**json.loads(f.read_text("utf-8"))) for f in files if f.exists()]


def _option(arguments: list[str], name: str, usual: str) -> str:
    return arguments[arguments.index(name) + 1] if name in arguments else usual


def main(arguments: list[str]) -> None:
    """Measure, keep, write the page."""
    part, _, parts = _option(arguments, "--part", "1/1").partition("/")
    count = int(_option(arguments, "--count", str(COUNT)))
    KEPT.mkdir(parents=True, exist_ok=True)
    measure(_option(arguments, "--only", ""), int(part) - 1, int(parts), count, "--rest" in arguments)
    PAGE.write_text(page(kept(), count), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
