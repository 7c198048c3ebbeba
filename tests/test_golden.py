"""Every golden derivation comes out line by line as it is written down, with evidence that its result is right."""

from __future__ import annotations

from pathlib import Path

import pytest

import derive
from derive.notation import parse
from tests.engine.replay import check_trace
from tests.golden import blocks, files, lines

CASES = [pytest.param(path, block, id=f"{path.stem}:{block[0][2:]}") for path in files() for block in blocks(path)]


@pytest.mark.parametrize(("path", "block"), CASES)
def test_golden(path: Path, block: list[str]) -> None:
    problem = block[0].removeprefix("> ")
    assert "\n".join(lines(problem)) == "\n".join(block), "wanted? python -m tests.golden --write"


@pytest.mark.parametrize(("path", "block"), CASES)
def test_golden_derivation_is_right(path: Path, block: list[str]) -> None:
    d = derive.solve(block[0].removeprefix("> "))
    check_trace(d, d.problem)
    if d.outcome == "done" and not any(c.never for c in d.conditions):
        seen = d.verification
        one_point = (
            seen.verdict == "unchecked" and seen.rejected == 1
        )  # a value at a corner or a pole has no series there
        assert seen.verdict == "agrees" or one_point, seen


def test_the_result_is_the_last_line() -> None:
    for _, block in [(path, block) for path in files() for block in blocks(path)]:
        states = [line.split(" | ", 1)[1] for line in block if " | " in line]
        (result,) = [line.removeprefix("= ") for line in block if line.startswith("= ")]
        assert not states or states[-1] == result
        assert parse(result)


def test_enough_of_them() -> None:
    assert len(CASES) >= 70
    assert len(files()) >= 12
