"""How long each stage takes; reported, never asserted. Run by `pytest tests/benchmarks`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import derive
from derive.expressions import symbol
from tests.benchmarks import stages

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", stages.STAGES)
def test_stage(name: str, benchmark: BenchmarkFixture) -> None:
    cases = stages.textbook()
    benchmark.extra_info["expressions"] = len(cases)
    benchmark.pedantic(stages.run, setup=lambda: ((stages.prepared(cases, name), name), {}), rounds=3)


def test_rules_without_tidying(benchmark: BenchmarkFixture) -> None:
    cases = [(derive.parse(source), symbol(variables[0])) for source, variables in stages.textbook()]
    benchmark.pedantic(stages.without_tidying, args=(cases,), rounds=3)


def test_from_text_to_latex(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(stages.everything, args=(stages.textbook(),), rounds=3, warmup_rounds=1)


def test_everything_with_check_and_json(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(stages.everything, args=(stages.textbook(), tuple(stages.STAGES)), rounds=3, warmup_rounds=1)


def test_sympy(benchmark: BenchmarkFixture) -> None:
    cases = stages.sympy_cases(stages.textbook())
    benchmark.extra_info["expressions"] = len(cases)
    benchmark.pedantic(lambda: [stages.sympy_one(*case) for case in cases], rounds=1, warmup_rounds=0)


@pytest.mark.parametrize("n", [10, 100, 1000, 10_000])
def test_chain(n: int, benchmark: BenchmarkFixture) -> None:
    e = stages.nested_sines(n)
    d = benchmark.pedantic(derive.differentiate, args=(e, "x"), rounds=3)
    assert len(d.states) <= n + 2


def test_cold_start(benchmark: BenchmarkFixture) -> None:
    command = [sys.executable, "-m", "derive", "d/dx x^2*sin(x)"]
    benchmark.pedantic(
        subprocess.run, args=(command,), kwargs={"cwd": ROOT, "capture_output": True, "check": True}, rounds=5
    )
