"""Runs the workers: one process for a system at a problem, killed when a stage takes too long."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import IO, Any

from tests.benchmarks.competition.figures import Point, Series, expected
from tests.benchmarks.competition.problems import Problem

ROOT = Path(__file__).parents[3]
START = 60.0
"""Seconds a system may take to be imported and warmed up, or to build a function before anything is derived."""
ALTOGETHER = 4
"""So many times the limit a system may work on a problem before no larger size is begun."""
WAIT = 5
"""So many times the limit may pass on the clock while a system works less: other work on the machine, or a wait."""
HOPELESS = 4.0
"""A size that is expected to take so many times the limit is left out."""


class Worker:
    """A worker process and the lines it says."""

    def __init__(self, module: str, problem: str, sizes: list[str], command: list[str] | None = None) -> None:
        command = command or [sys.executable, "-m", "tests.benchmarks.competition.worker"]
        self.process = subprocess.Popen(
            [*command, module, problem, *sizes],
            cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.worked = 0.0
        self.lines: queue.Queue[str] = queue.Queue()
        assert self.process.stdout is not None
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    def _listen(self, stdout: IO[str]) -> None:
        for line in stdout:
            self.lines.put(line)
        self.lines.put("")

    def say(self, seconds: float) -> dict[str, Any] | None:
        """The next thing it says; None when it has ended; TimeoutError when it works, or waits, for too long."""
        began, worked = monotonic(), self.processor_time()
        while True:
            try:
                line = self.lines.get(timeout=0.05)
            except queue.Empty:
                if self.processor_time() - worked > seconds or monotonic() - began > WAIT * seconds:
                    raise TimeoutError from None
            else:
                return json.loads(line) if line else None

    def processor_time(self) -> float:
        """Seconds it has worked, as far as the system has told."""
        file = Path(f"/proc/{self.process.pid}/stat")
        try:
            numbers = file.read_text("ascii").rpartition(")")[2].split()
        except OSError:  # it has ended, or the system does not tell
            return self.worked
        self.worked = (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
        return self.worked

    def stop(self) -> str:
        """Ends it; says how it had ended by itself."""
        self.process.kill() if self.process.poll() is None and self.lines.empty() else None
        code = self.process.wait()
        return f"crashed ({signal.Signals(-code).name})" if code < 0 else "failed to start" if code else "ended"


def measure(name: str, module: str, problem: Problem, limit: float, command: list[str] | None = None) -> Series:
    """Every size of a problem by one system, until it takes over `limit` seconds of processor time or fails."""
    series = Series(name, problem.id)
    waiting = [str(n) for n in problem.sizes]
    spent = 0.0
    while waiting:
        worker = Worker(module, problem.id, waiting, command)
        waiting = _attempt(series, worker, waiting, limit, ALTOGETHER * limit - spent)
        spent += worker.worked
    return series


def _attempt(series: Series, worker: Worker, sizes: list[str], limit: float, left: float) -> list[str]:
    """Listens to one process; the sizes that are still to be tried in another."""
    stage, point = "start", Point(0)
    try:
        for said in _said(worker, limit):
            match said["stage"]:
                case "start":
                    point = Point(said["n"])
                    likely = expected(series, point.n)
                    if likely is not None and likely > HOPELESS * limit:
                        return _left_out(series, worker, point.n, f"about {likely:.0f} s expected")
                    if worker.processor_time() > left:
                        return _left_out(series, worker, point.n, f"{ALTOGETHER * limit:g} s were worked")
                    series.points.append(point)
                    stage = "derive"
                case "derive":
                    point.derive, point.kilobytes, stage = said["seconds"], said["kilobytes"], "size"
                case "size":
                    point.function, point.all, point.nodes = said["function"], said["all"], said["nodes"]
                    stage = "build"
                case "build":
                    point.build, stage = said["seconds"], "evaluate"
                case "evaluate":
                    point.evaluate, point.check = said["seconds"], said["check"]
                case "raised":
                    raise RuntimeError(said["error"])
                case _:
                    pass
    except (TimeoutError, RuntimeError) as end:
        worker.process.kill()
        worker.process.wait()
        why = f"over {limit:g} s" if isinstance(end, TimeoutError) else str(end)
    else:
        why = worker.stop()
        if why == "ended":
            return []
    if stage in ("start", "derive"):
        series.points = series.done()
        series.ends.append(f"{why} at {point.n:,}" if stage == "derive" else why)
        return []
    series.ends.append(f"evaluation: {why} at {point.n:,}")
    return [f"{n}-" for n in map(size_of, sizes) if n > point.n]


def _left_out(series: Series, worker: Worker, n: int, why: str) -> list[str]:
    worker.process.kill()
    series.ends.append(f"{n:,} left out: {why}")
    return []


def size_of(size: str) -> int:
    return int(size.rstrip("-"))


def _said(worker: Worker, limit: float) -> Iterator[dict[str, Any]]:
    seconds = START
    while (said := worker.say(seconds)) is not None:
        yield said
        seconds = {"ready": START, "done": START, "start": START, "derive": 2 * limit}.get(said["stage"], limit)
