"""The second opinion on results: real problems with known answers, and what the evidence says."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from derive.expressions import Expression, derivative, symbol
from derive.notation.parser import parse
from derive.numeric import Verification, evaluate, verify

EXAMPLES = Path(__file__).parents[2] / ".." / "shared" / "examples"


def records(name: str, every: int = 1) -> Iterator[dict[str, Any]]:
    path = EXAMPLES / name
    if not path.exists():
        pytest.skip(f"{path} is not there")
    for k, line in enumerate(path.read_text("utf-8").splitlines()):
        if k % every == 0:
            yield json.loads(line)


def problem(record: dict[str, Any]) -> Expression:
    e = parse(record["input"])
    for name in reversed(record["wrt"]):
        e = derivative(e, symbol(name))
    return e


@pytest.mark.parametrize(
    ("name", "every"),
    [
        ("textbook.jsonl", 2),
        ("polynomials.jsonl", 3),
        ("rubi.jsonl", 12),
        ("suites.jsonl", 3),
        ("multivariable.jsonl", 2),
    ],
)
def test_known_answers_agree(name: str, every: int) -> None:
    for record in records(name, every):
        if (
            not record.get("expected") or record.get("task", "diff") != "diff" or record["id"] == "sympy-176"
        ):  # its answer holds for z > 0 only
            continue
        seen = verify(problem(record), parse(record["expected"]))
        assert seen.verdict == "agrees", (record["id"], seen)
        assert len(seen.points) >= 6
        assert seen.digits >= 30


@pytest.mark.parametrize(("name", "every"), [("textbook.jsonl", 3), ("suites.jsonl", 3)])
def test_known_values_agree(name: str, every: int) -> None:
    for record in records(name, every):
        for place in record["points"]:
            found = evaluate(problem(record), place["at"])
            assert found == pytest.approx(float(place["value"]), rel=1e-13, abs=1e-25), record["id"]


@pytest.mark.parametrize("name", ["textbook.jsonl"])
def test_wrong_answers_are_refuted(name: str) -> None:
    for record in records(name, 4):
        answer = parse(f"({record['expected']}) + {record['wrt'][0]}/1000000")
        seen = verify(problem(record), answer)
        assert seen.verdict == "disagrees", record["id"]
        assert seen.witness is not None


def test_the_evidence_goes_through_json() -> None:
    seen = verify(parse("d/dx(x^2)"), parse("2*x"))
    assert seen.verdict == "agrees"
    assert seen.method == "exact identity of rational functions; series of the input, ball arithmetic"
    assert len(seen.points) == 6  # the identity is decided; the points say where there are values
    assert seen.rejected == 0
    assert seen.witness is None
    assert Verification.model_validate_json(seen.model_dump_json()) == seen
    wrong = verify(parse("d/dx(x^2)"), parse("x"))
    assert wrong.verdict == "disagrees"
    assert wrong.witness is not None
    assert Verification.model_validate_json(wrong.model_dump_json()) == wrong


def test_an_empty_domain_is_said() -> None:
    seen = verify(parse("d/dx(atanh(sqrt(x^2 + 2)))"), parse("x/(sqrt(x^2 + 2)*(1 - (x^2 + 2)))"))
    assert (seen.verdict, seen.reason) == ("unchecked", "no point of the domain was found")


def test_matrices_are_judged_entry_by_entry() -> None:
    gradient = parse("[[∂/∂x(x^2*y), ∂/∂y(x^2*y)]]")
    assert verify(gradient, parse("[[2*x*y, x^2]]")).verdict == "agrees"
    wrong = verify(gradient, parse("[[2*x*y, 2*x]]"))
    assert wrong.verdict == "disagrees"
    assert wrong.witness is not None
    assert wrong.witness.expected != wrong.witness.found
    assert verify(gradient, parse("[[2*x*y], [x^2]]")).verdict == "disagrees"


def test_the_package_is_imported_without_flint() -> None:
    code = "import sys, derive, derive.numeric; sys.exit('flint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_a_narrower_result_is_said() -> None:
    seen = verify(parse("d/dx(ln(x^2)*x)"), parse("2*ln(x) + 2"))
    assert seen.verdict == "agrees"
    assert seen.reason.startswith("the result has no value at x = -")


def test_threads_do_not_disturb_each_other() -> None:
    problem, answer = parse("d^3/dx^3(x^2*sin(3*x))"), parse("18*cos(3*x) - 54*x*sin(3*x) - 27*x^2*cos(3*x)")
    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(lambda _: verify(problem, answer), range(40)))
    assert {s.verdict for s in seen} == {"agrees"}
    assert all(s == seen[0] for s in seen)
