"""`python -m tests.benchmarks.competition.worker SYSTEM PROBLEM N…`: one system at one problem, a JSON line a stage.

Runs as a process of its own, since a system may use up its time, its memory or its stack.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from tests.benchmarks.competition.jobs import Job
from tests.benchmarks.competition.problems import BY_ID, point
from tests.benchmarks.competition.systems import system

SHORT = 0.1
"""Seconds: what takes less is timed again, and the fastest of three counts."""


def say(**fields: Any) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def memory(name: str) -> int:
    """A figure of /proc/self/status in kB: VmRSS (now) or VmHWM (the most since it was forgotten)."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    return 0


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and what came of it."""
    start = process_time()
    result = action()
    return process_time() - start, result


def again(seconds: float, action: Callable[[], Any]) -> float:
    """The fastest of three, where one is short."""
    if seconds < SHORT:
        seconds = min([seconds, timed(action)[0], timed(action)[0]])
    return seconds


def derive(job: Job) -> Any:
    forget_peak()
    before = memory("VmRSS")
    seconds, result = timed(job.derive)
    peak = memory("VmHWM") - before
    say(stage="derive", seconds=again(seconds, job.derive), kilobytes=peak)
    return result


def one(job: Job, problem: str, n: int, build: bool) -> None:
    """Every stage of one size."""
    result = derive(job)
    if job.size is not None:
        before, after = job.size(result)
        say(stage="size", function=before, all=after, nodes=job.nodes and job.nodes(result))
    if build and job.build is not None:
        seconds, evaluator = timed(lambda: job.build(result))  # type: ignore[misc]
        say(stage="build", seconds=seconds)
        x = point(problem, n)
        values = [float(v) for v in evaluator(x)]
        seconds, _ = timed(lambda: evaluator(x))
        say(
            stage="evaluate",
            seconds=again(seconds, lambda: evaluator(x)),
            check=sum([v * (1 + k % 3) for k, v in enumerate(values)]),
        )


def main(name: str, problem: str, sizes: list[str]) -> None:
    """`N` derives and builds, `N-` derives only."""
    module = system(name)
    say(stage="ready")
    warm = module.JOBS[problem](BY_ID[problem].sizes[0])
    warm.derive()  # tables read, rules made ready: not what grows with n
    for size in sizes:
        n = int(size.rstrip("-"))
        say(stage="start", n=n)
        try:
            job = module.JOBS[problem](n)
            say(stage="built")
            one(job, problem, n, not size.endswith("-"))
        except (Exception, RecursionError) as error:  # noqa: BLE001 - whatever a system raises is its result
            say(stage="raised", error=type(error).__name__, message=str(error)[:200])
            return
        say(stage="done", n=n)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
