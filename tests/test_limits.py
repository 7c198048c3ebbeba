"""Very deep, very wide and very large inputs: an answer or a clear limit, never an exception or a hang."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

import derive
from derive.errors import LimitError
from derive.trace import Derivation
from tests.work import growth

N = 100_000
QUICK: dict[str, Callable[[int], str]] = {
    "nested sines": lambda n: "sin(" * n + "x" + ")" * n,
    "parentheses": lambda n: "(" * n + "x" + ")" * n,
    "minus signs": lambda n: "-" * n + "x",
    "sum of x": lambda n: "+".join(["x"] * n),
    "product of x": lambda n: "*".join(["x"] * n),
}
SLOW: dict[str, Callable[[int], str]] = {
    "nested brackets": lambda n: "(x+" * n + "x" + ")" * n,
    "towers of powers": lambda n: "x^" * (n // 10) + "x",  # the derivative has four steps a level
    "sum of powers": lambda n: "+".join(f"x^{k}" for k in range(2, n)),
}
HARD = {
    "nested squares": "(" * N + "x" + ")^2" * N,
    "chain of quotients": "x/" * N + "x",
    "product of binomials": "*".join(f"(x+{k})" for k in range(N)),
}
"""What may hit a limit when it is differentiated."""


def written(e: derive.Expression) -> str | None:
    """The text of an expression, or None where it is longer than the printer writes."""
    try:
        return str(e)
    except LimitError as limit:
        assert limit.limit
        return None


def read(source: str) -> derive.Expression:
    """The input, read and printed back to itself, and given a value."""
    e = derive.parse(source)
    text = written(e)
    assert text is not None
    assert derive.parse(text) == e
    try:
        assert isinstance(derive.evaluate(e, {"x": "1/2"}), float)
    except LimitError as limit:  # x/x/…/x is 2^99999
        assert limit.limit
    return e


def use(d: Derivation) -> None:
    """Everything about a derivation that can be asked for at once."""
    assert len(d.steps) == len(d.states) - 1
    assert isinstance(d.conditions, tuple)
    written(d.result)
    repr(d.outcome)


def done(source: str) -> None:
    """The input read, differentiated and evaluated."""
    d = derive.differentiate(read(source), "x")
    assert d.outcome == "done"
    assert isinstance(d.conditions, tuple)
    assert isinstance(derive.evaluate(d.result, {"x": "1/2"}), float)


@pytest.mark.parametrize("shape", QUICK)
def test_a_hundred_thousand_are_done(shape: str) -> None:
    """Up to ten seconds each."""
    done(QUICK[shape](N))


@pytest.mark.nightly
@pytest.mark.parametrize("shape", SLOW)
def test_many_more_steps_are_done(shape: str) -> None:
    done(SLOW[shape](N))


@pytest.mark.parametrize("shape", [*QUICK, *SLOW])
def test_work_is_in_proportion(shape: str) -> None:
    small = 2_000 if shape == "towers of powers" else 200  # 200 levels
    assert growth(lambda n: lambda: done((QUICK | SLOW)[shape](n)), small, 5 * small) < 1.1


@pytest.mark.parametrize("shape", HARD)
def test_done_or_a_clear_limit(shape: str) -> None:
    e = derive.parse(HARD[shape])
    start = process_time()
    d = derive.differentiate(e, "x", limits=derive.Limits(seconds=1))
    assert d.outcome.kind in ("done", "budget")
    assert d.outcome == "done" or d.outcome.limit == "seconds"
    assert process_time() - start < 30  # 0.9 s


@pytest.mark.parametrize(("limits", "name"), [(derive.Limits(steps=5), "steps"), (derive.Limits(nodes=10), "nodes")])
def test_limits_are_outcomes(limits: derive.Limits, name: str) -> None:
    d = derive.differentiate("*".join(f"(x+{k})^{k}" for k in range(2, 60)), "x", limits=limits)
    assert d.outcome == "budget"
    assert d.outcome.limit == name
    assert name in d.outcome.reason
    use(d)


HUGE = """
9^9^9^9
9^(9^9)*x
(x+1)^1000000
1e999999999
x^1e999999999
1e-999999999*x
d^1000/dx^1000(x^5)
d^1000/dx^1000(sin(x))
d^1000000000/dx^1000000000(x^2)
d^99999999999999999999/dx^99999999999999999999(x^2)
d^1000/dx^1000(x^2000)
2^2^2^2^2^2^2
x^(10^100)
(10^100)!
1000000!
factorial(factorial(1000))
gamma(1e9)
floor(1e999999999)
sqrt(10^1000000)
1e400^1e400
(1/3)^(10^9)
0.1^1000000
((x^99999)^99999)^99999
""".strip().splitlines()

WATCHED = """
import json, resource, signal, sys, time
import derive
from derive.errors import DeriveError
def stop(*_):
    raise TimeoutError
def peak():
    try:  # the resource module also counts what the process was forked from
        return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
signal.signal(signal.SIGPROF, stop)
derive.evaluate(derive.differentiate("x^2", "x").result, {"x": 1})
for source in json.loads(sys.stdin.read()):
    found = {"source": source}
    signal.setitimer(signal.ITIMER_PROF, 3)
    start = time.process_time()
    try:
        d = derive.solve(source, wrt=["x"])
        found["outcome"] = d.outcome.kind
        found["result"] = str(d.result)[:60]
    except DeriveError as error:
        found["error"] = f"{type(error).__name__}: {error}"
    except TimeoutError:
        found["error"] = "still at work after 3 s"
    found["seconds"] = time.process_time() - start
    start = time.process_time()
    try:
        derive.evaluate(derive.parse(source), {"x": "1/2"})
    except DeriveError as error:
        found["value"] = type(error).__name__
    except TimeoutError:
        found["value"] = "still at work"
    signal.setitimer(signal.ITIMER_PROF, 0)
    found["evaluation"] = time.process_time() - start
    found["megabytes"] = peak() // 1024
    print(json.dumps(found), flush=True)
"""


@pytest.fixture(scope="module")
def watched() -> dict[str, dict[str, object]]:
    """Every huge input worked out and evaluated in one fresh process, with its seconds and megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", WATCHED], input=json.dumps(HUGE), capture_output=True, text=True, timeout=120,
        cwd=Path(__file__).parents[1], check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:] + run.stdout[-500:]
    return {found["source"]: found for found in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("source", HUGE)
def test_huge_numbers(source: str, watched: dict[str, dict[str, object]]) -> None:
    """An answer or a clear error within a second and 500 MB."""
    found = watched[source]
    assert found["seconds"] < 1.0, found  # type: ignore[operator]
    assert found["evaluation"] < 1.0, found  # type: ignore[operator]
    assert found["megabytes"] < 500, found  # type: ignore[operator]
    assert found.get("outcome") in (None, "done", "stuck", "budget")
    assert "outcome" in found or found["error"]
